"""Targets against their baselines, and against what is possible."""

from __future__ import annotations

from typing import Any

import pytest
from audit_building import findings, found, passage, written
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.plans import Baseline, Commitment, Indicator, Target
from jiaoheng.plans.auditing import paths, targets
from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.model import Passage, YearlyPath

CHECKS = (*targets.CHECKS, *paths.CHECKS)


def row(op: str, value: float, baseline: float | None, *, name: str = "普惠率", **more: Any) -> Indicator:
    return Indicator.model_validate(
        {
            "id": name,
            "name": name,
            "unit": more.pop("unit", "%"),
            "targets": more.pop("targets", ({"year": 2025, "op": op, "value": float(value)},)),
            "baseline": None if baseline is None else Baseline(year=2020, value=float(baseline)),
            "passage": Passage(section="表1", row=1, quote=name),
            **({} if "measure" in more else {"unlinked": "无"}),
            **more,
        }
    )


def kinds(*rows: Indicator) -> list[str]:
    return [kind for kind, _ in found(CHECKS, written(indicators=rows))]


def test_a_floor_below_the_baseline_is_a_doubt_with_both_figures() -> None:
    (finding,) = findings(CHECKS, written(indicators=(row(">", 85, 86.49),)))
    assert (finding.kind, finding.severity) == ("target_below_baseline", "doubt")
    assert finding.figures == (85, 86.49)
    assert ">85%（2025年）低于基期 86.49%（2020年），相差1.49个百分点" in finding.sentence


def test_raised_to_less_than_there_was_is_a_contradiction() -> None:
    (finding,) = findings(CHECKS, written(indicators=(row("increase_to", 85, 86.49),)))
    assert finding.severity == "contradiction"


@pytest.mark.parametrize(
    ("op", "value", "baseline", "more"),
    [
        (">=", 98, 97, {}),
        (">=", 98, None, {}),
        ("<=", 45, 50, {"name": "近视率"}),
        ("=", 12, 20, {"unit": "所"}),
        (">=", 2000, 3000, {"unit": "个", "cumulative": True}),
        ("increase_by", 5, 60, {}),
        ("range", 80, 86, {"targets": ({"year": 2025, "op": "range", "value": 80.0, "value_max": 90.0},)}),
    ],
)
def test_no_finding_where_the_target_goes_the_right_way_or_the_way_is_not_known(
    op: str, value: float, baseline: float | None, more: dict[str, Any]
) -> None:
    assert kinds(row(op, value, baseline, **more)) == []


def test_the_measure_says_which_way_a_bare_figure_should_go() -> None:
    near_sight = {"measure": "myopia_rate", "stage": "school", "name": "近视率"}
    assert kinds(row("=", 55, 50, **near_sight)) == ["target_below_baseline"]
    assert kinds(row("=", 45, 50, **near_sight)) == []


def test_a_commitment_of_the_same_measure_is_held_against_the_indicators_baseline() -> None:
    text = "小学专任教师本科以上学历比例达到93%。"
    linked = {"measure": "teachers_bachelor_share", "stage": "primary"}
    promised = Commitment(
        subject="小学本科以上学历教师比例",
        unit="%",
        target=Target(year=2025, op=">=", value=93),
        passage=passage(text, "达到93%"),
        **linked,
    )
    plan = written(text, indicators=(row(">=", 99, 96.54, name="小学", **linked),), commitments=(promised,))
    (finding,) = findings(CHECKS, plan)
    assert finding.figures == (93, 96.54)
    assert "达到93%" in {side.quote for side in finding.sides}
    assert len(finding.sides) == 2


def test_a_target_that_equals_its_baseline_is_met_already_unless_it_is_to_be_kept() -> None:
    assert kinds(row(">=", 98, 98)) == ["target_already_met"]
    assert kinds(row(">=", 98, 98, name="普惠率保持")) == []
    traditional = Passage(section="表1", row=1, quote="普惠率 98 鞏固在98以上")
    assert kinds(row(">=", 98, 98, passage=traditional)) == []
    assert kinds(row(">=", 100, 100)) == []
    assert kinds(row("<=", 0, 0, name="辍学率")) == []


def test_a_share_cannot_pass_a_hundred_but_a_gross_ratio_can() -> None:
    assert kinds(row(">=", 101, 95)) == ["target_over_hundred"]
    assert kinds(row(">", 100, 95)) == ["target_over_hundred"]
    assert kinds(row(">", 100, 95, name="学前毛入园率")) == []
    assert kinds(row(">=", 110, 95, unit="所")) == []
    assert kinds(row(">=", 100, 95)) == []


@pytest.mark.parametrize(
    ("name", "severity"), [("普惠率", "error"), ("幼儿三年入园率", "doubt"), ("小学入学率", "doubt")]
)
def test_a_rate_that_may_have_lost_the_word_gross_is_only_a_doubt(name: str, severity: str) -> None:
    (finding,) = findings(targets.CHECKS, written(indicators=(row(">", 100, None, name=name),)))
    assert (finding.kind, finding.severity) == ("target_over_hundred", severity)


def test_nothing_can_fall_by_more_than_there_is() -> None:
    assert kinds(row("decrease_by", 60, 50, name="近视率")) == ["target_under_zero"]
    assert kinds(row("decrease_by", 5, 50, name="近视率")) == []


def test_a_year_on_the_way_that_goes_back_is_found() -> None:
    def with_points(*values: float) -> Indicator:
        points = [Target(year=2021 + i, op=">=", value=float(value)) for i, value in enumerate(values)]
        return row(">=", 90, 80, path=YearlyPath(points=tuple(points)))

    assert kinds(with_points(82, 84, 88)) == []
    assert kinds(with_points(82, 86, 84)) == ["path_goes_back"]


def path_text(yearly: float, end: float) -> tuple[str, tuple[Commitment, ...]]:
    text = f"公办园占比2022年达到52%，2023—2024年每年提升{yearly:g}个百分点，2024年达到{end:g}%。"
    said = [
        ("公办园占比", "%", Target(year=2022, op=">=", value=52), "达到52%"),
        (
            "公办园占比",
            "个百分点",
            Target(year=2024, op="increase_by", value=yearly),
            f"提升{yearly:g}个百分点",
        ),
        ("公办园占比", "%", Target(year=2024, op=">=", value=end), f"2024年达到{end:g}%"),
    ]
    return text, tuple(
        Commitment(subject=subject, unit=unit, target=target, passage=passage(text, words))
        for subject, unit, target, words in said
    )


def paths_of(yearly: float, end: float) -> list[tuple[str, tuple[float, ...]]]:
    text, said = path_text(yearly, end)
    return found(paths.CHECKS, written(text, commitments=said))


def test_yearly_additions_that_do_not_reach_the_end_are_found() -> None:
    assert paths_of(2, 57) == [("path_misses_end", (56, 57))]
    assert paths_of(2, 56) == []
    assert paths_of(3, 57) == []


def test_a_year_that_adds_otherwise_is_counted_and_another_quantity_is_not() -> None:
    text = "公办园占比2022年达到52%，2023—2024年每年提升2个百分点，2025年提升1个百分点，2025年达到60%。"

    def said(subject: str) -> Audited:
        parts = [
            ("公办园占比", "%", Target(year=2025, op=">=", value=52), "达到52%"),
            (subject, "个百分点", Target(year=2024, op="increase_by", value=2), "提升2个百分点"),
            (subject, "个百分点", Target(year=2025, op="increase_by", value=1), "提升1个百分点"),
            ("公办园占比", "%", Target(year=2025, op=">=", value=60), "达到60%"),
        ]
        return written(
            text,
            commitments=tuple(
                Commitment(subject=name, unit=unit, target=target, passage=passage(text, words))
                for name, unit, target, words in parts
            ),
        )

    assert found(paths.CHECKS, said("公办园占比")) == [("path_misses_end", (57, 60))]
    assert found(paths.CHECKS, said("普惠率")) == []


@settings(deadline=None)
@given(yearly=st.integers(1, 9), short=st.integers(1, 9))
def test_a_consistent_path_is_silent_and_an_end_set_too_high_is_found(yearly: int, short: int) -> None:
    assert paths_of(yearly, 52 + 2 * yearly) == []
    assert [kind for kind, _ in paths_of(yearly, 52 + 2 * yearly + short)] == ["path_misses_end"]


@settings(deadline=None)
@given(
    baseline=st.decimals(1, 90, places=2),
    steps=st.lists(st.decimals(0, 2, places=2), min_size=1, max_size=4),
    fall=st.decimals("0.01", 1, places=2),
)
def test_a_random_plan_that_only_rises_gives_no_finding_and_one_fall_is_found(
    baseline: Any, steps: list[Any], fall: Any
) -> None:
    end = baseline + sum(steps) + 1
    rising: Audited = written(indicators=(row(">=", float(end), float(baseline)),))
    assert found(CHECKS, rising) == []
    fallen = written(indicators=(row(">=", float(baseline - fall), float(baseline)),))
    assert [kind for kind, _ in found(CHECKS, fallen)] == ["target_below_baseline"]
