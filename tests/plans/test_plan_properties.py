"""What must hold for any plan and any value."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from plan_building import indicator, judge, target

from jiaoheng.plans import Observation, Status

HUNDREDTHS = st.integers(-20_000, 20_000).map(lambda n: n / 100)
OPS = {
    ">=": lambda value, goal: value >= goal,
    ">": lambda value, goal: value > goal,
    "<=": lambda value, goal: value <= goal,
    "<": lambda value, goal: value < goal,
    "increase_to": lambda value, goal: value >= goal,
    "decrease_to": lambda value, goal: value <= goal,
}
RANK = {Status.MISSED: 0, Status.BEHIND: 0, Status.ON_TRACK: 1, Status.MET: 2}


@given(st.sampled_from(sorted(OPS)), HUNDREDTHS, HUNDREDTHS, HUNDREDTHS, st.integers(2021, 2025))
def test_met_exactly_where_the_comparator_holds(
    op: str, goal: float, value: float, baseline: float, year: int
) -> None:
    result = judge(indicator(target(op, goal), baseline=baseline), {year: value}, year=year)
    holds = OPS[op](Decimal(str(value)), Decimal(str(goal)))
    assert (result.status is Status.MET) == holds
    if result.margin != 0:
        assert (result.margin > 0) == holds


@given(
    st.sampled_from(sorted(OPS)),
    HUNDREDTHS,
    HUNDREDTHS,
    st.lists(HUNDREDTHS, min_size=2, max_size=2),
    st.integers(2021, 2026),
    st.sampled_from(["annual", "midterm"]),
)
def test_a_better_value_never_gets_a_worse_verdict(
    op: str, goal: float, baseline: float, values: list[float], year: int, kind: str
) -> None:
    item = indicator(target(op, goal), baseline=baseline)
    better_is_less = op in ("<=", "<", "decrease_to")
    worse, better = sorted(values, reverse=better_is_less)
    at = min(year, 2025)
    low = judge(item, {at: worse}, year=year, kind=kind)
    high = judge(item, {at: better}, year=year, kind=kind)
    assert RANK[low.status] <= RANK[high.status]


@given(HUNDREDTHS, HUNDREDTHS, HUNDREDTHS, st.integers(2018, 2024), st.integers(2021, 2024))
def test_the_linear_path_agrees_with_a_plain_calculation(
    baseline: float, goal: float, value: float, baseline_year: int, year: int
) -> None:
    assume(baseline < goal and baseline_year < year)
    item = indicator(target(">=", goal), baseline=baseline, baseline_year=baseline_year)
    result = judge(item, {year: value}, year=year)
    # Cross-multiplied in whole hundredths, so that no division rounds.
    b, g, v = (round(x * 100) for x in (baseline, goal, value))
    whole, gone = 2025 - baseline_year, year - baseline_year
    on_path = v * whole >= b * whole + (g - b) * gone
    assert result.expected is not None
    assert abs(result.expected - (b + (g - b) * gone / whole) / 100) < 1e-9
    expected = Status.MET if v >= g else Status.ON_TRACK if on_path else Status.BEHIND
    assert result.status is expected
    assert result.pace is not None
    assert result.projected is not None
    assert abs(result.projected - (value + (value - baseline) / gone * (2025 - year))) < 1e-6


@given(HUNDREDTHS, HUNDREDTHS, HUNDREDTHS, st.integers(2021, 2024))
def test_keeping_the_pace_needed_ends_on_the_target(
    baseline: float, goal: float, value: float, year: int
) -> None:
    item = indicator(target(">=", goal), baseline=baseline)
    result = judge(item, {year: value}, year=year)
    if result.pace_needed is None:
        assert result.status is Status.MET
    else:
        assert abs(value + result.pace_needed * (2025 - year) - goal) < 1e-6


@given(
    st.sampled_from([*sorted(OPS), "=", "~", "increase_by", "decrease_by"]),
    HUNDREDTHS,
    st.none() | HUNDREDTHS,
    st.dictionaries(st.integers(2020, 2026), HUNDREDTHS),
    st.integers(2021, 2026),
    st.sampled_from(["annual", "midterm", "final"]),
    st.sampled_from(["unknown", "not_applicable", None]),
)
def test_what_is_not_known_never_passes(
    op: str,
    goal: float,
    baseline: float | None,
    others: dict[int, float],
    year: int,
    kind: str,
    state: str | None,
) -> None:
    values: dict[int, float | Observation] = dict(others)
    values.pop(min(year, 2025), None)
    if state is not None:
        values[min(year, 2025)] = Observation(None, state, "缺数据")
    result = judge(indicator(target(op, goal), baseline=baseline), values, year=year, kind=kind)
    assert result.status in (Status.UNKNOWN, Status.NOT_APPLICABLE)
    assert (result.value, result.margin, result.pace, result.lead) == (None, None, None, None)
    assert result.reason.endswith("。")


@given(
    st.sampled_from([*sorted(OPS), "=", "~", "increase_by", "decrease_by"]),
    HUNDREDTHS,
    HUNDREDTHS,
    HUNDREDTHS,
    st.integers(2025, 2027),
)
def test_a_final_verdict_is_the_annual_one_in_the_end(
    op: str, goal: float, baseline: float, value: float, year: int
) -> None:
    item = indicator(target(op, goal), baseline=baseline)
    annual = judge(item, {2025: value}, year=year)
    final = judge(item, {2025: value}, year=year, kind="final")
    assert annual.status is final.status
    assert final.status in (Status.MET, Status.MISSED)
