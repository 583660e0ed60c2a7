"""A target as an interval: what the comparators mean, decided on the unrounded value.

``>=`` and ``<=`` include their bound, ``>`` and ``<`` do not. A bare figure is a level to reach: a floor
where more is better, a ceiling where less is; where the measure does not say, the side of the baseline
decides.
``~`` (左右, 约) allows a share of the value either way.

Numbers are compared as decimals of 12 significant digits: 57/100*100 is 56.99999999999999 in a computer, and
a county that has reached 57 % has reached it. A share of counts below ten million either equals a printed
threshold or differs from it by far more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from jiaoheng.plans.model import Target

Side = Literal["up", "down"]


def exact(value: float | Fraction) -> Fraction:
    """The decimal of 12 significant digits that `value` stands for, free of binary noise."""
    return Fraction(Decimal(f"{float(value):.12g}"))


@dataclass(frozen=True)
class Interval:
    """All values that meet a target; a bound that is None is not there, an open one is itself left out."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: float | Fraction) -> bool:
        """Whether the unrounded `value` meets the target."""
        return not self.below(value) and not self.above(value)

    def below(self, value: float | Fraction) -> bool:
        """Whether `value` is too small."""
        if self.low is None:
            return False
        return exact(value) <= exact(self.low) if self.low_open else exact(value) < exact(self.low)

    def above(self, value: float | Fraction) -> bool:
        """Whether `value` is too large."""
        if self.high is None:
            return False
        return exact(value) >= exact(self.high) if self.high_open else exact(value) > exact(self.high)

    def margin(self, value: float) -> Fraction:
        """How far `value` lies inside (positive) or outside (negative) the nearer bound."""
        distances = [exact(value) - exact(self.low)] if self.low is not None else []
        if self.high is not None:
            distances.append(exact(self.high) - exact(value))
        return min(distances)

    def side(self, start: float | Fraction | None) -> Side | None:
        """The way to go from `start`; None inside a band, or where nothing says where a band is entered."""
        if self.high is None:
            return "up"
        if self.low is None:
            return "down"
        if start is None or self.holds(start):
            return None
        return "up" if self.below(start) else "down"

    def bound(self, side: Side | None) -> Fraction | None:
        """The value to reach when going that way."""
        return {"up": self.low, "down": self.high, None: None}[side]


def interval(
    target: Target, *, start: float | None, better: str | None, tolerance: float, side: Side | None = None
) -> Interval | None:
    """The values that meet `target`; None where it counts from a baseline that is not known.

    Parameters
    ----------
    start : the baseline.
    better : ``higher`` or ``lower`` where the measure says so.
    tolerance : the share of the value that ``~`` allows either way, where the target states none.
    side : for a point on a path, the way that the path goes; it settles what a bare figure means.
    """
    value = exact(target.value)
    if target.op in ("increase_by", "decrease_by"):
        if start is None:
            return None
        up = target.op == "increase_by"
        return Interval(low=exact(start) + value) if up else Interval(high=exact(start) - value)
    if target.op == "range":
        return Interval(low=value, high=exact(target.value if target.value_max is None else target.value_max))
    if target.op == "~":
        width = abs(value) * exact(tolerance if target.tolerance is None else target.tolerance)
        return Interval(low=value - width, high=value + width)
    if target.op == "=":
        way = side or _side_of_bare_figure(value, start=start, better=better)
        return Interval(low=None if way == "down" else value, high=None if way == "up" else value)
    if target.op in (">=", ">", "increase_to"):
        return Interval(low=value, low_open=target.op == ">")
    return Interval(high=value, high_open=target.op == "<")


def _side_of_bare_figure(value: Fraction, *, start: float | None, better: str | None) -> Side | None:
    if better in ("higher", "lower"):
        return "up" if better == "higher" else "down"
    if start is None or exact(start) == value:
        return None
    return "up" if exact(start) < value else "down"
