"""A county's targets beside its prefecture's and what documents demand; the pace beside the past's."""

from __future__ import annotations

from typing import Any

import pytest
from audit_building import catalogue, found, written

from jiaoheng.packs import demands
from jiaoheng.plans import Baseline, Indicator, Observation, Passage, Recorded, Target
from jiaoheng.plans.auditing import Audited, audit, hierarchy, pace
from jiaoheng.plans.model import Region

RETENTION = {"measure": "junior_retention", "stage": "junior", "name": "初中巩固率"}
LINKS: dict[str, Any] = {"measure": "preschool_gross_enrolment", "stage": "preschool", "name": "毛入园率"}


def row(value: float, *, op: str = ">=", year: int = 2025, baseline: float = 60, **link: Any) -> Indicator:
    return Indicator.model_validate(
        {
            "id": "i",
            "unit": "%",
            "targets": ({"year": year, "op": op, "value": float(value)},),
            "baseline": Baseline(year=2020, value=float(baseline)),
            "passage": Passage(section="表1", row=1),
            **(link or LINKS),
        }
    )


def of_region(code: str, *rows: Indicator) -> Audited:
    plan = written(indicators=rows, title=f"规划 {code}").plan
    return Audited(plan.model_copy(update={"region": Region(code=code, name=code)}))


@pytest.mark.parametrize(
    ("above", "below"), [("440700", "440703"), ("440000", "440700"), ("440000", "441284")]
)
def test_a_target_below_that_of_the_region_above_is_found(above: str, below: str) -> None:
    plans = of_region(above, row(95)), of_region(below, row(90))
    assert found(hierarchy.CHECKS, *plans) == [("target_below_plan_above", (90, 95))]


@pytest.mark.parametrize(
    ("above", "own", "code"),
    [
        (row(95), row(95), "440703"),
        (row(95), row(99), "440703"),
        (row(95), row(90), "441284"),
        (row(95), row(90, year=2024), "440703"),
        (row(95), row(90, **RETENTION, unit="人"), "440703"),
    ],
)
def test_no_finding_for_another_region_year_or_quantity_or_a_target_that_is_high_enough(
    above: Indicator, own: Indicator, code: str
) -> None:
    own_only = [kind for kind, _ in found(hierarchy.CHECKS, of_region("440700", above), of_region(code, own))]
    assert "target_below_plan_above" not in own_only


def test_a_target_below_a_national_requirement_is_found_with_its_clause() -> None:
    assert found(hierarchy.CHECKS, of_region("440703", row(80))) == [("target_below_requirement", (80, 85))]
    assert found(hierarchy.CHECKS, of_region("440703", row(85))) == []
    (finding,) = audit(
        [of_region("440703", row(94, **RETENTION))], catalogue=catalogue(), checks=hierarchy.CHECKS
    )
    assert "教督〔2017〕6号" in finding.sentence
    assert "教育质量第 1 项" in finding.sentence


def test_every_demand_agrees_with_the_better_of_its_measure() -> None:
    rules = catalogue()
    found = list(demands(rules))
    assert {demand.measure for demand in found} > {"junior_retention", "l4_teaching_area", "public_approval"}
    for demand in found:
        assert rules.measures[demand.measure].better in (demand.better, "none"), demand.item.id


def test_a_demand_of_each_school_is_one_of_the_county_unless_it_is_worked_out_school_by_school() -> None:
    found = {(demand.measure, demand.stage): demand.value for demand in demands(catalogue())}
    assert found["l4_teaching_area", "primary"] == 4.5
    assert found["l4_teaching_area", "junior"] == 5.8
    assert found["special_funds_per_pupil_amount", ""] == 6000
    assert not {"music_rooms_per_school", "school_size"} & {measure for measure, _ in found}


def past(*values: float) -> Recorded:
    first = 2020 - len(values) + 1
    return Recorded(
        {
            ("preschool_gross_enrolment", "preschool", first + i): Observation(value)
            for i, value in enumerate(values)
        }
    )


def paces(item: Indicator, history: Recorded | None = None, text: str | None = None) -> list[str]:
    plan = written(text, indicators=(item,))
    return [each.kind for each in audit([plan], catalogue=catalogue(), history=history, checks=pace.CHECKS)]


def test_a_target_that_needs_more_than_twice_the_pace_of_the_past_is_asked_about() -> None:
    assert paces(row(90, baseline=60), past(58, 59, 60)) == ["pace_above_the_past"]
    assert paces(row(70, baseline=60), past(58, 59, 60)) == []
    assert paces(row(61, baseline=60), past(62, 61, 60)) == ["pace_above_the_past"]
    assert paces(row(90, baseline=60), past(60)) == []
    assert paces(row(90, baseline=60)) == []


def test_the_past_is_also_taken_from_the_text_where_it_ends_in_the_baseline() -> None:
    text = "毛入园率由2015年的58%提高到2020年的{}%。"
    assert paces(row(90, baseline=60), text=text.format(60)) == ["pace_above_the_past"]
    assert paces(row(90, baseline=60), text=text.format(61)) == []
    assert paces(row(63, baseline=60), text=text.format(60)) == []


def test_a_target_with_a_year_of_its_own_is_held_against_the_years_it_has() -> None:
    late = row(62, baseline=60, year=2021)
    assert late.target == Target(year=2021, op=">=", value=62)
    assert paces(late, past(59.5, 60)) == ["pace_above_the_past"]
    assert paces(late, past(59, 60)) == []


@pytest.mark.parametrize(("title", "number"), [("甲市乙县教育规划", 1), ("乙县规划", 0), ("丙市乙县规划", 0)])
def test_without_codes_a_title_that_names_both_regions_says_which_is_above(title: str, number: int) -> None:
    def named(name: str, title: str, value: float) -> Audited:
        plan = written(indicators=(row(value),), title=title).plan
        return Audited(plan.model_copy(update={"region": Region(code=None, name=name)}))

    told = found(hierarchy.CHECKS, named("甲市", "甲市教育规划", 95), named("乙县", title, 90))
    assert [kind for kind, _ in told].count("target_below_plan_above") == number
