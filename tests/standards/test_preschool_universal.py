"""学前教育普及普惠: the 36 indicators, the national rule, and the tiers of the optional local scheme."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from jiaoheng import measures, packs, standards
from jiaoheng.census.snapshot import Census
from jiaoheng.packs import Catalogue
from jiaoheng.standards import Answer, Answers, Assessed, Verdict
from small import REGION, area, school, snapshot

STANDARD = "preschool_universal_2020"
LOCAL = "shenyang_preschool_2021"
YES_NO = (6, 8, 13, 14, 15, 16, 17, 18, 20, 21, 25, 30, 33, 34)


def kindergarten(number: int, **values: object) -> dict[str, object]:
    return school(
        f"11440000{number:02d}",
        school_type="kindergarten",
        built=2018 if number == 1 else 2000,
        party_branch=True,
        licensed=True,
        facilities_met=True,
        built_to_code=True,
        staffing_met=True,
        inspected=True,
        resident_inspector=True,
        no_primary_style=True,
        safety_incidents=0,
        ethics_incidents=0,
    ) | dict(values)


def stage(number: int, **values: object) -> dict[str, object]:
    return {
        "school_code": f"11440000{number:02d}",
        "stage": "preschool",
        "pupils": 150,
        "pupils_nursery": 0,
        "classes": 6,
        "classes_over_norm": 0,
        "teachers": 12,
        "teachers_certified": 12,
        "heads": 1,
        "heads_certified": 1,
    } | dict(values)


def county(folder: Path, *, some: dict[str, object] | None = None, **stage_values: object) -> Census:
    """Twenty public kindergartens in which all is well; the first has ``some`` otherwise."""
    ages = [
        {"area_code": "441284001", "age": age, "sex": sex, "school_age": 500, "registered": 600}
        for age in (3, 4, 5)
        for sex in ("male", "female")
    ]
    tables = {
        "areas": [area("441284001", "东城")],
        "schools": [kindergarten(1, **(some or {})), *(kindergarten(n) for n in range(2, 21))],
        "school_stages": [stage(1, **stage_values), *(stage(n) for n in range(2, 21))],
        "population": ages,
        "county_stages": [
            {
                "stage": "preschool",
                "layout_plan": True,
                "funds_per_pupil": 600,
                "funds_per_pupil_standard": 500,
            }
        ],
        "county": [
            {
                "region_code": REGION,
                "name": "四会市",
                "towns_total": 8,
                "towns_with_centre_kindergarten": 8,
                "estate_kindergartens": 4,
                "estate_kindergartens_public_inclusive": 4,
                "unlicensed_kindergartens": 0,
            }
        ],
    }
    return snapshot(folder, tables)


def answers(of: str = STANDARD, **changed: bool | float) -> Answers:
    said: dict[str, bool | float] = {f"universal_{number:02d}": True for number in YES_NO}
    said |= {"universal_11": 500.0, "universal_12": 500.0, "universal_approval": 90.0}
    said |= changed
    return Answers.model_validate(
        {"for": of, "year": 2025, "answers": {name: Answer(value=value) for name, value in said.items()}}
    )


def assess(census: Census, **changed: bool | float) -> Assessed:
    return standards.assess(census, STANDARD, answers=answers(**changed))


def verdicts(assessed: Assessed) -> dict[str, str]:
    return dict(assessed.together.select("item", "verdict").iter_rows())


def test_there_are_36_indicators_in_three_areas_numbered_as_in_the_document() -> None:
    rules = measures.catalogue()
    items = [item for item in rules.items_of(rules.standards[STANDARD]) if item.number]
    assert [item.number for item in items] == [str(number) for number in range(1, 37)]
    assert len({item.group for item in items}) == 3


def test_a_county_in_which_all_is_well_is_met_in_every_item(tmp_path: Path) -> None:
    found = assess(county(tmp_path))
    assert {item for item, verdict in verdicts(found).items() if verdict != Verdict.MET} == set()
    assert found.verdict == Verdict.MET
    assert found.word(found.verdict) == "合格"


def test_what_asks_for_new_buildings_does_not_apply_where_there_is_none(tmp_path: Path) -> None:
    found = assess(county(tmp_path, some={"built": 2017}))
    assert verdicts(found)["universal_27"] == Verdict.NOT_APPLICABLE
    assert found.verdict == Verdict.MET


def test_what_nobody_declared_is_unknown_and_the_county_does_not_pass(tmp_path: Path) -> None:
    found = standards.assess(county(tmp_path), STANDARD)
    unknown = {item for item, verdict in verdicts(found).items() if verdict == Verdict.UNKNOWN}
    assert unknown == {f"universal_{n:02d}" for n in (*YES_NO, 11, 12)} | {"universal_approval"}
    assert found.verdict == Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("some", "item", "verdict", "value"),
    [
        ({"facilities_met": False}, "universal_26", Verdict.WITHIN, 95),
        ({"built_to_code": False}, "universal_27", Verdict.FAILED, 0),
        ({"staffing_met": False}, "universal_29", Verdict.WITHIN, 95),
        ({"party_branch": False}, "universal_04", Verdict.FAILED, 95),
        ({"resident_inspector": False}, "universal_23", Verdict.FAILED, 95),
        ({"safety_incidents": 1}, "universal_19", Verdict.FAILED, 1),
        ({"ethics_incidents": 2}, "universal_35", Verdict.FAILED, 2),
        ({"no_primary_style": False}, "universal_36", Verdict.FAILED, 95),
    ],
)
def test_one_kindergarten_of_twenty(
    tmp_path: Path, some: dict[str, object], item: str, verdict: Verdict, value: float
) -> None:
    rows = assess(county(tmp_path, some=some)).rows.filter(item=item).row(0, named=True)
    assert (rows["verdict"], rows["value"]) == (verdict, pytest.approx(value))


@pytest.mark.parametrize(
    ("values", "item", "verdict"),
    [
        ({"classes": 20, "classes_over_norm": 20}, "universal_28", Verdict.MET),  # 114 of 134 classes
        ({"classes": 21, "classes_over_norm": 21}, "universal_28", Verdict.FAILED),  # 114 of 135
        ({"pupils": 750}, "universal_31", Verdict.MET),  # 3600 children, 240 teachers: 1:15
        ({"pupils": 751}, "universal_31", Verdict.FAILED),
        ({"teachers_certified": 11}, "universal_32", Verdict.FAILED),
        ({"heads_certified": 0}, "universal_32", Verdict.FAILED),
    ],
)
def test_bounds_are_part_of_what_meets_them(
    tmp_path: Path, values: dict[str, object], item: str, verdict: Verdict
) -> None:
    assert verdicts(assess(county(tmp_path, **values)))[item] == verdict


@pytest.mark.parametrize(
    ("grant", "verdict"),
    [(500, Verdict.MET), (499, Verdict.WITHIN), (1, Verdict.WITHIN), (0, Verdict.FAILED)],
)
def test_a_grant_below_the_provinces_is_nearly_enough_and_none_is_not(
    tmp_path: Path, grant: float, verdict: Verdict
) -> None:
    found = assess(county(tmp_path), universal_12=grant)
    assert verdicts(found)["universal_12"] == verdict


def test_approval_must_be_above_its_bound(tmp_path: Path) -> None:
    found = assess(county(tmp_path), universal_approval=85)
    assert verdicts(found)["universal_approval"] == Verdict.FAILED
    assert found.verdict == Verdict.FAILED


def test_a_county_may_measure_enrolment_by_registered_children(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "our_county.yaml").write_text(
        """
document:
  {id: our-county, title: 我县口径, issuer: 县教育局, date: null, effective_from: 2024-01-01, source: 我县}
items:
  - id: universal_01
    overrides: true
    name: 学前三年毛入园率
    standard: preschool_universal_2020
    group: 普及普惠水平
    number: "1"
    judged: county
    measure: preschool_gross_enrolment_registered
    op: ">="
    value: 85
    clause: 以户籍人口为分母
""",
        encoding="utf-8",
    )
    census = county(tmp_path)
    usual = assess(census).rows.filter(item="universal_01")["value"][0]
    rules = measures.catalogue(folder)
    own = standards.assess(census, STANDARD, catalogue=rules, answers=answers())
    assert usual == pytest.approx(100)
    assert own.rows.filter(item="universal_01")["value"][0] == pytest.approx(100 * 3000 / 3600)
    assert verdicts(own)["universal_01"] == Verdict.FAILED


@pytest.mark.parametrize(
    ("nearly", "failed", "tier"),
    [
        (0, 0, "创优"),
        (3, 0, "创优"),
        (4, 0, "提高"),
        (6, 0, "巩固"),
        (7, 0, "巩固"),
        (8, 0, None),
        (0, 1, None),
    ],
)
def test_tiers_count_the_36_items_and_allow_none_that_fails(
    tmp_path: Path, nearly: int, failed: int, tier: str | None
) -> None:
    found = standards.assess(
        county(tmp_path), LOCAL, catalogue=with_optional(tmp_path / "packs"), answers=answers(LOCAL)
    )
    worse = [Verdict.WITHIN.value] * nearly + [Verdict.FAILED.value] * failed
    numbered = [item.id for item in found.items if item.number]
    changed = dict(zip(numbered, worse, strict=False))
    together = found.together.with_columns(
        verdict=pl.col("item").replace_strict(changed, default=pl.col("verdict"), return_dtype=pl.String)
    )
    reached = replace(found, together=together).tier
    assert (reached.name if reached else None) == tier


def test_the_tiers_do_not_count_what_is_not_one_of_the_36(tmp_path: Path) -> None:
    found = standards.assess(
        county(tmp_path),
        LOCAL,
        catalogue=with_optional(tmp_path / "packs"),
        answers=answers(LOCAL, universal_approval=10),
    )
    assert found.tier is not None
    assert found.tier.name == "创优"


def test_optional_packs_are_not_in_force_until_somebody_adds_them() -> None:
    assert LOCAL not in measures.catalogue().standards


def with_optional(folder: Path) -> Catalogue:
    folder.mkdir()
    for path in packs.optional_paths():
        shutil.copy(path, folder)
    return measures.catalogue(folder)
