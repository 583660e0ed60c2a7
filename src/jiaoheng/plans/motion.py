"""How fast an indicator moves, how fast it would have to, and where that leads."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from jiaoheng.plans.course import Course
from jiaoheng.plans.interval import Interval, exact


@dataclass(frozen=True)
class Motion:
    """The numbers of `Progress` that say how it moves; None where there is none."""

    expected: float | None = None
    lead: float | None = None
    pace: float | None = None
    pace_needed: float | None = None
    projected: float | None = None
    covered: float | None = None
    covered_expected: float | None = None


def motion(
    way: Course,
    goal: Interval,
    *,
    value: float | None,
    start: float | None,
    origin: float | None,
    start_year: int,
    year: int,
    end: int,
) -> Motion:
    """Pace, projection and the share of the way covered.

    Parameters
    ----------
    value : in `year`.
    start : the baseline, as the plan states it: the way is measured from here.
    origin : the baseline, measured as `value` is: the pace is measured from here, like with like.
    end : the year of the target.
    """
    expected = way.expected(year)
    if value is None:
        return Motion(expected=_number(expected))
    now, elapsed, left = exact(value), year - start_year, end - year
    pace = None
    if not way.holding and origin is not None and elapsed > 0:
        pace = (now - exact(origin)) / elapsed
    level = None if way.holding else goal.bound(way.side)
    return Motion(
        expected=_number(expected),
        lead=None if expected is None or way.side is None else float(lead(now, expected, way)),
        pace=_number(pace),
        pace_needed=_needed(now, goal, left),
        projected=None if pace is None or left <= 0 else float(now + pace * left),
        covered=_share(now, start, level),
        covered_expected=None if expected is None else _share(expected, start, level),
    )


def lead(value: Fraction, expected: Fraction, way: Course) -> Fraction:
    """How far `value` is ahead of the path, negative where it is behind."""
    ahead = exact(value) - exact(expected)
    return -ahead if way.side == "down" else ahead


def _needed(now: Fraction, goal: Interval, left: int) -> float | None:
    if left <= 0 or goal.holds(now):
        return None
    edge = goal.low if goal.below(now) else goal.high
    return None if edge is None else float((edge - now) / left)


def _share(reached: Fraction, start: float | None, level: Fraction | None) -> float | None:
    if start is None or level is None or exact(start) == level:
        return None
    return float((reached - exact(start)) / (level - exact(start)))


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
