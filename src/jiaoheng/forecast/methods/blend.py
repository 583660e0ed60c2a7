"""Three forecasts, blended in the proportions that were right in the past: pooled progression by itself, the
area's share of the larger area, and a straight line.

Progression is right where cohorts are large: its errors are those of the ratios. In small areas ratios are
noise, and it is hard to beat that an area keeps the share that it has of its county; a straight line knows
what neither does when many move in or out. How much of each is learned by level and lead from the errors that
were known at the time, and drawn towards what the size of the areas lets one expect (Bates and Granger 1969,
"The combination of forecasts"). Beyond the leads that were tried, cohorts alone speak more and more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jiaoheng.forecast.methods.peers import trend
from jiaoheng.forecast.methods.pooled import pooled
from jiaoheng.forecast.methods.remembered import remembered
from jiaoheng.forecast.series import Array, Series

_STEPS = 10
_SHARES = np.array(
    [(a, b, _STEPS - a - b) for a in range(_STEPS + 1) for b in range(_STEPS + 1 - a)], dtype=np.float64
)
_SHARES /= _STEPS

_LEAST = 0.5
_HALF = 1000.0
"""Progression is expected to deserve half of the weight in tiny areas, three quarters at this many pupils."""

_LINE = 0.2
"""The part of the progression's weight that a line is expected to deserve."""

_COHORTS = np.array([1.0, 0.0, 0.0])
_BORN = 0.5
"""What is left of the others' expected weight where births say who will enter."""

_FORGOTTEN = 0.7
"""What is left of the others' weight with each year beyond the leads that were tried."""

_STRENGTH = 4.0
"""How strongly what is expected holds against what was seen: as much as a few years."""

_SHARPNESS = 6.0
"""How much less a choice of shares has to say as its cost is higher by one."""

_SURPRISE = 0.5
"""An error counts no more than this (in logarithms): a school that closed says nothing about the method."""


@dataclass(frozen=True)
class Blend:
    """The weights of progression, of the share kept and of a straight line: (levels, leads, 3)."""

    share: Array


def blended(series: Series, ahead: int) -> Array:
    """Pooled progression, its totals blended with two others; the grades keep their proportions."""
    share = learn(series, ahead).share[series.levels]
    parts = _totals(series, ahead).transpose(2, 0, 1)
    moved = pooled(series, ahead)
    total = parts[0]
    wanted = (share.transpose(2, 0, 1) * parts).sum(axis=0)
    scale = np.divide(wanted, total, out=np.ones_like(total), where=total > 0)
    said: Array = moved * scale[:, :, None]
    return said


def learn(series: Series, ahead: int) -> Blend:
    """The shares that were best in the past, by what was known at the end of the series."""
    levels = series.levels
    count = int(levels.max()) + 1
    losses = _losses(series, ahead, count)
    share = np.empty((count, ahead, 3))
    for level in range(count):
        own = levels == level
        expected = _expected(series.totals[own, -1])
        if np.isfinite(series.births[own]).any():
            expected = _COHORTS + _BORN * (expected - _COHORTS)
        # An area by itself shows little; a hundred show what one year was like, not a hundred years.
        weight = 2.0 * own.sum() / (own.sum() + 10.0)
        for lead in range(ahead):
            if (level, lead) not in losses:
                expected = _COHORTS + _FORGOTTEN * (expected - _COHORTS)
                share[level, lead] = expected
                continue
            cost = _STRENGTH * ((_SHARES - expected) ** 2).sum(axis=1) / 2.0
            for loss in losses[level, lead]:
                cost = cost + weight * loss / (loss.mean() + 1e-6)
            # All that are nearly as good have a say: the very least of few noisy errors is half luck.
            say = np.exp(-_SHARPNESS * (cost - cost.min()))
            expected = say @ _SHARES / say.sum()
            share[level, lead] = expected
    return Blend(share)


def _losses(series: Series, ahead: int, count: int) -> dict[tuple[int, int], list[Array]]:
    """By level and lead, for each past origin the mean error under each choice of shares."""
    found: dict[tuple[int, int], list[Array]] = {}
    totals, levels = series.totals, series.levels
    for position in range(2, len(series.years) - 1):
        past = series.until(series.years[position])
        reach = min(ahead, len(series.years) - 1 - position)
        parts = _totals(past, reach).transpose(2, 0, 1)
        for lead in range(reach):
            came = totals[:, position + 1 + lead]
            known = np.isfinite(parts[:, :, lead]).all(axis=0) & (came > 0)
            for level in range(count):
                at = np.flatnonzero(known & (levels == level))
                if at.size:
                    said = _SHARES @ parts[:, at, lead]
                    off = np.abs(np.log((said + 1.0) / (came[at] + 1.0)))
                    found.setdefault((level, lead), []).append(np.minimum(off, _SURPRISE).mean(axis=1))
    return found


@remembered
def _totals(series: Series, ahead: int) -> Array:
    """(areas, years ahead, 3): what each of the three says of all grades together."""
    moved = pooled(series, ahead).sum(axis=2)
    return np.stack([moved, _kept(series, moved), trend(series, ahead).sum(axis=2)], axis=2)


def _kept(series: Series, moved: Array) -> Array:
    """(areas, years ahead): every area keeps the share that it has of the larger one, from the top down."""
    now, levels, parents = series.totals[:, -1:], series.levels, np.array(series.parents)
    kept = moved.copy()
    for level in range(1, int(levels.max()) + 1):
        at = np.flatnonzero(levels == level)
        larger = now[parents[at]]
        growth = np.divide(kept[parents[at]], larger, out=np.ones_like(kept[at]), where=larger > 0)
        kept[at] = now[at] * growth
    return kept


def _expected(totals: Array) -> Array:
    """The shares that areas of such a size deserve."""
    here = totals[totals > 0]
    size = float(np.median(here)) if here.size else 0.0
    moving = _LEAST + (1.0 - _LEAST) * size / (size + _HALF)
    return np.array([moving * (1.0 - _LINE), 1.0 - moving, moving * _LINE])
