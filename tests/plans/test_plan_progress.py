"""The verdicts: each status, each comparator at its bound, baselines that are odd or missing."""

from __future__ import annotations

import pytest
from plan_building import history, indicator, judge, plan, target

from jiaoheng.plans import Observation, PlanError, Status, progress

FITNESS = (
    target(">=", 47, 2021),
    target(">=", 52, 2022),
    target("=", 54, 2023),
    target("=", 56, 2024),
    target("=", 57, 2025),
)


@pytest.mark.parametrize(
    ("op", "value", "reached"),
    [
        (">=", 57, True),
        (">=", 56.99, False),
        (">", 57, False),
        (">", 57.0001, True),
        ("<=", 57, True),
        ("<=", 57.01, False),
        ("<", 57, False),
        ("<", 56.9, True),
        ("=", 57, True),
        ("=", 58, True),
        ("=", 56.9, False),
        ("~", 57 * 0.95, True),
        ("~", 57 * 1.05, True),
        ("~", 57 * 0.949, False),
        ("~", 57 * 1.051, False),
        ("increase_to", 57, True),
        ("increase_to", 56, False),
        ("decrease_to", 57, True),
        ("decrease_to", 58, False),
        ("increase_by", 99, True),
        ("increase_by", 98.9, False),
        ("decrease_by", -15, True),
        ("decrease_by", -14.9, False),
    ],
)
def test_in_the_target_year_the_comparator_alone_decides(op: str, value: float, reached: bool) -> None:
    result = judge(indicator(target(op, 57)), {2025: value}, year=2025)
    assert result.status == ("met" if reached else "missed")


@pytest.mark.parametrize(
    ("value", "status"), [(40, "met"), (50, "met"), (45, "met"), (39.9, "missed"), (50.1, "missed")]
)
def test_a_range_includes_both_ends(value: float, status: str) -> None:
    item = indicator(target("range", 40, value_max=50), baseline=30)
    assert judge(item, {2025: value}, year=2025).status == status


def test_binary_noise_does_not_cost_a_county_its_target() -> None:
    noisy = 57 / 100 * 100
    assert noisy < 57
    assert judge(indicator(target(">=", 57)), {2025: noisy}, year=2025).status is Status.MET


def test_noise_does_not_let_an_excluded_bound_pass() -> None:
    assert judge(indicator(target(">", 0.3)), {2025: 0.1 + 0.2}, year=2025).status is Status.MISSED


def test_a_stated_tolerance_goes_before_the_default() -> None:
    item = indicator(target("~", 100, tolerance=0.01), baseline=50)
    assert judge(item, {2025: 98}, year=2025).status is Status.MISSED
    assert judge(indicator(target("~", 100), baseline=50), {2025: 98}, year=2025).status is Status.MET
    wide = judge(indicator(target("~", 100), baseline=50), {2025: 91}, year=2025, tolerance=0.1)
    assert wide.status is Status.MET


@pytest.mark.parametrize(
    ("year", "value", "status"),
    [
        (2021, 45, "on_track"),
        (2021, 44.99, "behind"),
        (2023, 51, "on_track"),
        (2023, 50.9, "behind"),
        (2024, 57, "met"),
        (2025, 56.9, "missed"),
        (2027, 60, "unknown"),
    ],
)
def test_a_linear_path_from_42_to_57_expects_three_points_a_year(
    year: int, value: float, status: str
) -> None:
    assert judge(indicator(target(">=", 57)), {year: value}, year=year).status == status


@pytest.mark.parametrize(
    ("year", "value", "status"),
    [
        (2021, 47, "on_track"),
        (2021, 46.9, "behind"),
        (2022, 52, "on_track"),
        (2022, 51.9, "behind"),
        (2023, 54, "on_track"),
        (2023, 53.9, "behind"),
        (2024, 56, "on_track"),
        (2024, 55.9, "behind"),
        (2025, 57, "met"),
        (2025, 56.9, "missed"),
    ],
)
def test_stated_yearly_points_go_before_the_straight_line(year: int, value: float, status: str) -> None:
    result = judge(indicator(target(">=", 57), points=FITNESS), {year: value}, year=year)
    assert result.status == status
    assert result.path == ((2020, 42), (2021, 47), (2022, 52), (2023, 54), (2024, 56), (2025, 57))


def test_the_comparator_of_a_stated_point_is_exact_too() -> None:
    item = indicator(target(">=", 57), points=(target(">", 50, 2022),))
    assert judge(item, {2022: 50}, year=2022).status is Status.BEHIND
    assert judge(item, {2022: 50.1}, year=2022).status is Status.ON_TRACK
    assert judge(item, {2021: 46}, year=2021).status is Status.ON_TRACK
    assert judge(item, {2021: 45.9}, year=2021).status is Status.BEHIND


def test_an_earlier_target_is_a_milestone() -> None:
    item = indicator(target(">=", 50, 2022), target(">=", 60, 2025), baseline=40)
    assert judge(item, {2022: 50}, year=2022).status is Status.ON_TRACK
    assert judge(item, {2022: 49}, year=2022).status is Status.BEHIND
    assert judge(item, {2024: 50 + 20 / 3}, year=2024).status is Status.ON_TRACK


def test_a_falling_indicator_is_on_track_below_its_path() -> None:
    item = indicator(target("=", 41.1), baseline=43.6)
    ahead = judge(item, {2022: 42.5}, year=2022)
    assert (ahead.status, ahead.expected, ahead.lead) == ("on_track", 42.6, 0.1)
    late = judge(item, {2022: 43}, year=2022)
    assert late.status is Status.BEHIND
    assert late.pace == pytest.approx(-0.3)
    assert late.pace_needed == pytest.approx((41.1 - 43) / 3)
    assert late.projected == pytest.approx(43 - 0.9)
    assert judge(item, {2025: 41.1}, year=2025).status is Status.MET
    assert judge(item, {2025: 41.2}, year=2025).status is Status.MISSED


def test_a_target_below_the_baseline_is_held_not_paced() -> None:
    item = indicator(target(">", 85), baseline=86.49)
    held = judge(item, {2023: 85.5}, year=2023)
    assert (held.status, held.holding, held.pace, held.expected) == ("met", True, None, 85)
    assert "保持在2025年目标（>85%）之内" in held.reason
    assert judge(item, {2023: 85}, year=2023).status is Status.BEHIND
    assert judge(item, {2025: 85}, year=2025).status is Status.MISSED
    fallen = judge(item, {2023: 84}, year=2023)
    assert (fallen.status, fallen.covered) == ("behind", None)
    assert "跌出" in fallen.reason


def test_a_bare_figure_equal_to_its_baseline_is_a_floor_where_more_is_better() -> None:
    item = indicator(target("=", 100), baseline=100)
    assert judge(item, {2023: 100.4}, year=2023, better={"m": "higher"}).status is Status.MET
    assert judge(item, {2023: 99.9}, year=2023, better={"m": "higher"}).status is Status.BEHIND
    assert judge(item, {2023: 99.9}, year=2023, better={"m": "lower"}).status is Status.MET
    assert judge(item, {2023: 100.4}, year=2023).status is Status.BEHIND


def test_the_measure_settles_a_bare_figure_before_the_baseline_does() -> None:
    item = indicator(target("=", 22), baseline=25)
    assert judge(item, {2025: 23}, year=2025, better={"m": "higher"}).status is Status.MET
    assert judge(item, {2025: 23}, year=2025).status is Status.MISSED


def test_without_a_baseline_the_measured_one_serves() -> None:
    item = indicator(target(">=", 57), baseline=None)
    result = judge(item, {2020: 42, 2022: 48}, year=2022)
    assert (result.status, result.baseline, result.baseline_year, result.expected) == (
        "on_track",
        42,
        2020,
        48,
    )
    assert result.baseline_difference is None


def test_without_any_baseline_progress_is_unknown_until_the_target_decides() -> None:
    item = indicator(target(">=", 57), baseline=None)
    unknown = judge(item, {2022: 48}, year=2022)
    assert (unknown.status, unknown.value) == ("unknown", 48)
    assert "基期值" in unknown.reason
    assert judge(item, {2022: 57}, year=2022).status is Status.MET
    assert judge(item, {2025: 48}, year=2025).status is Status.MISSED
    growth = indicator(target("increase_by", 5), baseline=None)
    assert judge(growth, {2025: 48}, year=2025).status is Status.UNKNOWN


def test_before_the_path_begins_there_is_nothing_to_compare_with() -> None:
    late = judge(indicator(target(">=", 57), baseline_year=2023), {2022: 50}, year=2022)
    assert late.status is Status.UNKNOWN
    assert "路径从2023年开始" in late.reason
    points = indicator(target(">=", 57), baseline=None, points=(target(">=", 52, 2023),))
    assert judge(points, {2022: 50}, year=2022).status is Status.UNKNOWN
    assert judge(points, {2024: 54.5}, year=2024).status is Status.ON_TRACK


def test_a_baseline_in_the_target_year_leaves_no_path_and_no_pace() -> None:
    item = indicator(target(">=", 57, 2021), baseline=42, baseline_year=2021)
    (result,) = progress(plan(item, start=2021, end=2021), history({2021: 50}), year=2021)
    assert (result.status, result.pace, result.projected, result.expected) == ("missed", None, None, 57)


def test_years_missing_in_between_do_not_matter_to_the_pace() -> None:
    result = judge(indicator(target(">=", 57)), {2020: 42, 2023: 48}, year=2023)
    assert result.pace == pytest.approx(2)
    assert result.pace_needed == pytest.approx(4.5)
    assert result.projected == pytest.approx(52)
    assert [actual.value for actual in result.actuals] == [42, None, None, 48]


def test_the_pace_is_measured_from_the_measured_baseline() -> None:
    result = judge(indicator(target(">=", 57)), {2020: 40, 2022: 46}, year=2022)
    assert result.pace == pytest.approx(3)
    assert result.baseline_difference == -2
    assert "规划所列2020年基期值为42%，按本系统的数据算得40%，低2个百分点。" in result.reason


def test_a_baseline_that_agrees_as_printed_is_not_remarked_on() -> None:
    item = indicator(target(">=", 98), baseline=97.02)
    assert "基期" not in judge(item, {2020: 97.0249, 2022: 97.5}, year=2022).reason
    assert "算得97.03%" in judge(item, {2020: 97.0251, 2022: 97.5}, year=2022).reason


def test_missing_is_unknown_with_its_reason_and_the_latest_value() -> None:
    unknown = Observation(None, "unknown", "初中专任教师学历没有填报。")
    result = judge(indicator(target(">=", 57)), {2022: 50, 2023: unknown}, year=2023)
    assert (result.status, result.value, result.pace) == ("unknown", None, None)
    assert result.reason.startswith("2023年优良率无法计算：初中专任教师学历没有填报。")
    assert "最近可算的是2022年：50%。" in result.reason
    assert judge(indicator(target("<=", 57)), {}, year=2025).status is Status.UNKNOWN


def test_not_a_number_is_not_a_value() -> None:
    assert judge(indicator(target("<=", 57)), {2025: float("nan")}, year=2025).status is Status.UNKNOWN


def test_a_number_that_is_not_known_is_not_used() -> None:
    result = judge(indicator(target(">=", 57)), {2025: Observation(99, "unknown", "口径不明")}, year=2025)
    assert (result.status, result.value) == ("unknown", None)


def test_an_indicator_without_a_measure_is_unknown_and_says_why() -> None:
    result = judge(indicator(target(">=", 57), unlinked="年报没有这一项"), {2025: 60}, year=2025)
    assert result.status is Status.UNKNOWN
    assert "年报没有这一项" in result.reason


def test_not_applicable_stays_so() -> None:
    seen = Observation(None, "not_applicable", "本县没有中职学校。")
    result = judge(indicator(target(">=", 57)), {2025: seen}, year=2025)
    assert (result.status, result.reason) == ("not_applicable", "2025年优良率不适用：本县没有中职学校。")


def test_a_projection_is_shown_and_not_judged() -> None:
    item = indicator(target("=", 61000), baseline=51000, unit="人", role="projection", name="学龄人口")
    result = judge(item, {2022: 54000}, year=2022)
    assert (result.status, result.expected, result.lead) == ("not_applicable", 55000, -1000)
    assert "实际少1000人" in result.reason


def test_what_is_added_each_year_is_summed_after_the_baseline() -> None:
    item = indicator(target("=", 15000), baseline=675, cumulative=True, unit="个", name="新增学位数")
    values: dict[int, float | Observation] = {2020: 675, 2021: 2000, 2022: 5000}
    result = judge(item, values, year=2022)
    assert (result.status, result.value, result.expected, result.pace) == ("on_track", 7000, 6000, 3500)
    assert result.reason.startswith("2021—2022年累计优良率".replace("优良率", "新增学位数") + "为7000个")
    gap = judge(item, {2021: 2000, 2023: 13000}, year=2023)
    assert gap.status is Status.UNKNOWN
    assert "没有2022年的数据" in gap.reason


def test_a_final_assessment_knows_nothing_on_the_way() -> None:
    item = indicator(target(">=", 57))
    assert judge(item, {2025: 57}, year=2025, kind="final").status is Status.MET
    assert judge(item, {2025: 56}, year=2025, kind="final").status is Status.MISSED
    early = judge(item, {2024: 56}, year=2024, kind="final")
    assert early.status is Status.UNKNOWN
    assert "不能作末期评估" in early.reason


def test_after_the_target_year_the_target_year_is_judged() -> None:
    result = judge(indicator(target(">=", 57)), {2025: 57, 2026: 50}, year=2026)
    assert (result.status, result.judged_year, result.value) == ("met", 2025, 57)
    assert result.actuals[-1].value == 50


def test_the_midterm_says_how_much_of_the_way_is_covered() -> None:
    item = indicator(target(">=", 57))
    result = judge(item, {2023: 50.25}, year=2023, kind="midterm")
    assert (result.status, result.covered, result.covered_expected) == ("behind", 0.55, 0.6)
    assert "路程已走完55%，按路径到2023年应走完60%" in result.reason
    assert judge(item, {2023: 51}, year=2023, kind="midterm").status is Status.ON_TRACK
    back = judge(item, {2023: 39}, year=2023, kind="midterm")
    assert back.covered == pytest.approx(-0.2)


def test_a_band_that_was_overshot_is_behind() -> None:
    item = indicator(target("range", 40, value_max=50), baseline=30)
    assert judge(item, {2023: 36}, year=2023).status is Status.ON_TRACK
    assert judge(item, {2023: 35}, year=2023).status is Status.BEHIND
    over = judge(item, {2023: 55}, year=2023)
    assert over.status is Status.BEHIND
    assert over.pace_needed == pytest.approx(-2.5)


def test_a_band_that_held_the_baseline_is_to_be_held() -> None:
    item = indicator(target("range", 40, value_max=50), baseline=45)
    assert judge(item, {2023: 50}, year=2023).holding
    assert judge(item, {2023: 39}, year=2023).status is Status.BEHIND


def test_the_verdict_carries_number_year_unit_and_both_paces() -> None:
    result = judge(indicator(target(">=", 57), points=FITNESS), {2020: 42, 2023: 53.6}, year=2023)
    assert result.reason == (
        "2023年优良率为53.6%，未达到规划所列当年值（54%），相差0.4个百分点，进度滞后；2025年目标（≥57%）尚未达到。"
        "2020年以来年均增加3.87个百分点，到2025年还需年均增加1.7个百分点，照此速度2025年预计为61.33%。"
    )


def test_a_value_just_short_is_not_shown_as_reaching() -> None:
    result = judge(indicator(target(">=", 57)), {2025: 56.9996}, year=2025)
    assert "为56.9996%，未达到" in result.reason


def test_coverage_below_all_is_said() -> None:
    seen = Observation(60, coverage=0.965)
    assert "2025年数据覆盖率为96.5%。" in judge(indicator(target(">=", 57)), {2025: seen}, year=2025).reason


def test_a_year_before_the_plan_and_an_unknown_kind_are_refused() -> None:
    item = indicator(target(">=", 57))
    with pytest.raises(PlanError, match="评估年度 2019 早于规划期 2021—2025 年"):
        judge(item, {}, year=2019)
    with pytest.raises(PlanError, match="没有「weekly」这种评估"):
        judge(item, {}, year=2022, kind="weekly")


def test_without_a_target_nothing_can_be_judged_and_the_reason_is_said() -> None:
    result = judge(indicator(), {2020: 42, 2023: 50}, year=2023, kind="midterm")
    assert (result.status, result.target, result.value, result.path) == (Status.UNKNOWN, None, 50, ())
    assert result.reason == "2023年优良率为50%，规划没有写目标值。"
    unlinked = judge(indicator(unlinked="没有口径"), {}, year=2023)
    assert unlinked.reason == "2023年优良率无法计算：规划没有写目标值。"
    foreseen = judge(indicator(role="projection"), {2023: 50}, year=2023)
    assert foreseen.status is Status.NOT_APPLICABLE
    assert foreseen.reason.endswith("规划没有写预测值。")
