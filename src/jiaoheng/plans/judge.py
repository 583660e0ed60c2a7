"""Progress: what was measured, held against every indicator of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jiaoheng.plans import sentences
from jiaoheng.plans.course import Course, course
from jiaoheng.plans.files import PlanError
from jiaoheng.plans.history import History
from jiaoheng.plans.interval import Interval, exact, interval
from jiaoheng.plans.model import Indicator, Plan
from jiaoheng.plans.motion import Motion, lead, motion
from jiaoheng.plans.readings import actuals, observed
from jiaoheng.plans.results import Actual, Progress
from jiaoheng.plans.status import Assessment, Status


def progress(
    plan: Plan,
    history: History,
    *,
    year: int,
    assessment: Assessment | str = Assessment.ANNUAL,
    better: Mapping[str, str] | None = None,
    tolerance: float = 0.05,
) -> tuple[Progress, ...]:
    """Hold what was measured against every indicator of a plan.

    Parameters
    ----------
    history : what each measure was in each year, see `Recorded.from_frames`.
    year : the year to assess. After the year of the target, the value of that year is judged.
    assessment : ``annual`` (against the path of the year), ``midterm`` (the same, and the share of the way
        that is covered), ``final`` (met, missed or unknown; nothing about being on the way).
    better : ``higher``, ``lower`` or ``none`` by measure, as the catalogue says; it settles what a bare
        figure means.
    tolerance : the share of its value by which a target of ``~`` (左右, 约) may be missed, where the plan
        states none.

    Raises
    ------
    PlanError
        Where the year lies before the plan, or the assessment is not one of the three.
    """
    kind = Assessment.named(assessment)
    if kind is None:
        names = "、".join(f"{member.value}（{member.label}）" for member in Assessment)
        raise PlanError(f"没有「{assessment}」这种评估。请从 {names} 中选一种。")
    if year < plan.period.start:
        raise PlanError(
            f"《{plan.title}》：评估年度 {year} 早于规划期 {plan.period.start}—{plan.period.end} 年。"
            f"请选 {plan.period.start} 年或以后的年度。"
        )
    return tuple(
        _judge(
            indicator,
            history,
            plan=plan,
            year=year,
            kind=kind,
            better=(better or {}).get(indicator.measure or ""),
            tolerance=tolerance,
        )
        for indicator in plan.indicators
    )


def _judge(
    indicator: Indicator,
    history: History,
    *,
    plan: Plan,
    year: int,
    kind: Assessment,
    better: str | None,
    tolerance: float,
) -> Progress:
    target, stated = indicator.target, indicator.baseline
    start_year = plan.period.start - 1 if stated is None else stated.year
    series = actuals(indicator, history, start_year, year)
    computed = observed(indicator, history, start_year).value
    baseline = computed if stated is None else stated.value
    start = 0.0 if indicator.cumulative else baseline
    goal, way, judged_year = None, None, year
    if target is not None:
        judged_year = min(year, target.year)
        goal = interval(target, start=start, better=better, tolerance=tolerance)
    if target is not None and goal is not None:
        way = course(
            indicator,
            goal,
            end=target.year,
            start=start,
            start_year=start_year,
            better=better,
            tolerance=tolerance,
        )
    now = next((actual for actual in series if actual.year == judged_year), None)
    value = None if now is None else now.value
    moves = Motion()
    if target is not None and goal is not None and way is not None:
        moves = motion(
            way,
            goal,
            value=value,
            start=start,
            origin=start if indicator.cumulative or computed is None else computed,
            start_year=start_year,
            year=judged_year,
            end=target.year,
        )
    status, cause = _verdict(indicator, now, goal, way, kind=kind, year=year)
    result = Progress(
        indicator=indicator,
        year=year,
        judged_year=judged_year,
        assessment=kind,
        status=status,
        reason="",
        value=value,
        actuals=series,
        baseline=baseline,
        baseline_year=start_year,
        baseline_computed=computed,
        baseline_difference=None if stated is None else _difference(computed, stated.value),
        path=() if way is None else tuple((when, float(level)) for when, level in way.points),
        expected=moves.expected,
        lead=moves.lead,
        margin=None if goal is None or value is None else float(goal.margin(value)),
        holding=way is not None and way.holding,
        pace=moves.pace,
        pace_needed=moves.pace_needed,
        projected=moves.projected,
        covered=moves.covered,
        covered_expected=moves.covered_expected,
        coverage=None if now is None else now.coverage,
    )
    return replace(result, reason=sentences.verdict(result, cause))


def _verdict(
    indicator: Indicator,
    now: Actual | None,
    goal: Interval | None,
    way: Course | None,
    *,
    kind: Assessment,
    year: int,
) -> tuple[Status, str]:
    """The status, and for unknown and not applicable its cause."""
    target = indicator.target
    if indicator.role == "projection":
        return Status.NOT_APPLICABLE, "规划所列是预测数，不是要完成的任务，不作评判"
    if target is None:
        return Status.UNKNOWN, "规划没有写目标值"
    if now is None:
        return Status.UNKNOWN, indicator.unlinked or f"没有{min(year, target.year)}年的数据"
    if now.status == "not_applicable":
        return Status.NOT_APPLICABLE, now.reason or "本县没有这项指标所指的对象"
    if now.value is None:
        return Status.UNKNOWN, now.reason or "所需数据缺失"
    if goal is None or way is None:
        return Status.UNKNOWN, "目标是在基期上增减的量，而规划没有写基期值，数据中也没有"
    if kind is Assessment.FINAL and year < target.year:
        return Status.UNKNOWN, f"目标年{target.year}年还没有到，不能作末期评估"
    if goal.holds(now.value):
        return Status.MET, ""
    if year >= target.year:
        return Status.MISSED, ""
    if way.holding:
        return Status.BEHIND, ""
    if now.year in way.stated:
        return (Status.ON_TRACK if way.stated[now.year].holds(now.value) else Status.BEHIND), ""
    expected = way.expected(now.year)
    first = way.points[0][0] if way.points else target.year
    if now.year < first < target.year:
        return Status.UNKNOWN, f"到目标的路径从{first}年开始，{now.year}年没有可对照的值"
    if expected is None or way.side is None:
        return Status.UNKNOWN, "规划没有写基期值，数据中也没有，画不出到目标的路径"
    beyond = goal.above(now.value) if way.side == "up" else goal.below(now.value)
    enough = lead(exact(now.value), expected, way) >= 0 and not beyond
    return (Status.ON_TRACK if enough else Status.BEHIND), ""


def _difference(computed: float | None, stated: float) -> float | None:
    return None if computed is None else float(exact(computed) - exact(stated))
