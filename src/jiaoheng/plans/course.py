"""The way from the baseline to the target: what the plan expects of each year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from jiaoheng.plans.interval import Interval, Side, exact, interval
from jiaoheng.plans.model import Indicator


@dataclass(frozen=True)
class Course:
    """The expected value by year: straight lines between what the plan states.

    Attributes
    ----------
    points : (year, value), oldest first; empty where no way can be drawn.
    side : the way the value has to go; None where the target is a band that the baseline lies in.
    holding : the baseline meets the target already and the plan states nothing between: it is to be held.
    stated : the years whose value the plan states itself, with the values that meet it.
    """

    points: tuple[tuple[int, Fraction], ...]
    side: Side | None
    holding: bool
    stated: dict[int, Interval]

    def expected(self, year: int) -> Fraction | None:
        """The value that the plan expects in `year`; None before the first point, or without points."""
        if not self.points or year < self.points[0][0]:
            return None
        for (year_before, before), (year_after, after) in pairwise(self.points):
            if year_before <= year <= year_after:
                return before + (after - before) * (year - year_before) / (year_after - year_before)
        return self.points[-1][1]


def course(
    indicator: Indicator,
    goal: Interval,
    *,
    end: int,
    start: float | None,
    start_year: int,
    better: str | None,
    tolerance: float,
) -> Course:
    """The way of an indicator to its `goal` in the year `end`, from the value `start` in `start_year`."""
    side = goal.side(start)
    stated: dict[int, Interval] = {}
    points: dict[int, Fraction] = {}
    for point in indicator.milestones:
        meets = interval(point, start=start, better=better, tolerance=tolerance, side=side)
        if meets is None or (start is not None and point.year <= start_year):
            continue
        stated[point.year] = meets
        value = meets.bound(side)
        if value is not None:
            points[point.year] = value
    level = goal.bound(side)
    holding = start is not None and goal.holds(start) and not stated
    if start is not None and start_year < end:
        held = level if holding else exact(start)
        if held is not None:
            points[start_year] = held
    if level is not None:
        points[end] = level
    return Course(tuple(sorted(points.items())), side, holding, stated)
