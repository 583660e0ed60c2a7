"""Figures and the summary as people read them."""

from __future__ import annotations

import pytest
from plan_building import history, indicator, plan, target

from jiaoheng.plans import Observation, Status, progress, summarise, target_words
from jiaoheng.plans.figures import figure


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (57.0, "57"),
        (1.005, "1.01"),
        (2.675, "2.68"),
        (-0.001, "0"),
        (61178, "61178"),
        (0.1 + 0.2, "0.3"),
        (1e-9, "0"),
    ],
)
def test_figures_are_rounded_half_up_without_trailing_zeros(value: float, text: str) -> None:
    assert figure(value) == text


def test_a_figure_is_told_apart_from_its_threshold() -> None:
    assert figure(84.9996, apart_from=85) == "84.9996"
    assert figure(85, apart_from=85) == "85"


@pytest.mark.parametrize(
    ("made", "unit", "words"),
    [
        (target(">=", 57), "%", "≥57%"),
        (target(">", 98), "%", ">98%"),
        (target("=", 22), "%", "22%"),
        (target("~", 30), "所", "约30所"),
        (target("range", 40, value_max=50), "%", "40%—50%"),
        (target("increase_by", 3), "%", "增加3个百分点"),
        (target("decrease_to", 41.1), "%", "降低到41.1%"),
        (target(">=", 100, printed="达标"), "%", "达标，即≥100%"),
        (target("=", 74.48, printed="74.48%%"), "%", "74.48%"),
    ],
)
def test_targets_read_as_plans_print_them(made: object, unit: str, words: str) -> None:
    assert target_words(made, unit) == words  # type: ignore[arg-type]


def test_the_summary_counts_with_denominators_and_coverage() -> None:
    made = plan(
        indicator(target(">=", 50), id="a", property="约束性"),
        indicator(target(">=", 57), id="b"),
        indicator(target(">=", 90), id="c", property="约束性"),
        indicator(target(">=", 90), id="d", unlinked="没有数据"),
        indicator(target("=", 90), id="e", role="projection"),
    )
    results = progress(made, history({2022: Observation(50, coverage=0.965)}), year=2022)
    summary = summarise(made, results)
    assert [item.status.value for item in results] == [
        "met",
        "on_track",
        "behind",
        "unknown",
        "not_applicable",
    ]
    assert (summary.total, summary.applicable, summary.judged) == (5, 4, 3)
    assert sum(summary.counts.values()) == summary.total
    assert summary.counts[Status.MISSED] == 0
    assert (summary.below_full_coverage, summary.lowest_coverage) == (3, 0.965)
    assert summary.sentence == (
        "《某县教育规划》2022年年度评估：指标共5项，其中不作评判的1项；应评4项中可计算3项（75%），无法计算1项。"
        "可计算的3项中，已达到1项（33.3%）、进度正常1项（33.3%）、进度滞后1项（33.3%）。"
        "可计算的2项约束性指标中，已达到1项（50%）、进度滞后1项（50%）。"
        "可计算的3项中，数据覆盖率不足100%的有3项，最低为96.5%。"
    )


def test_a_summary_of_nothing_computable_claims_nothing() -> None:
    made = plan(indicator(target(">=", 50)))
    summary = summarise(made, progress(made, history({}), year=2022))
    assert (summary.judged, summary.lowest_coverage) == (0, None)
    assert summary.sentence == (
        "《某县教育规划》2022年年度评估：指标共1项；应评1项中可计算0项（0%），无法计算1项。"
    )
    assert "没有可评估的指标" in summarise(plan(), ()).sentence
