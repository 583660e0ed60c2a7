"""Ratios of small areas, drawn towards those of the larger area as far as they cannot be trusted.

Empirical Bayes, level by level from the top: an area's mean log ratio has a sampling variance (noise over the
pupils that it rests on), and the areas of a level differ by a variance of their own; both come from the data.
The weight of an area's own history is the second over the sum (Morris 1983, "Parametric empirical Bayes
inference"). A year that was unlike the others counts for less (Huber's weights).
"""

from __future__ import annotations

import numpy as np

from jiaoheng.forecast.methods.transitions import Transitions
from jiaoheng.forecast.series import Array, Series

DECAY = 0.95
"""What a year's ratio counts beside that of the year after it."""

WINDOW = 10
"""Years that are looked back at."""

_FEW = 5
_UNLIKE = 2.0
_BETWEEN_FEW = 0.002
"""The variance between areas where there are too few to see it: ratios differ by about 4 in a hundred."""


def pooled_ratios(series: Series, seen: Transitions) -> Array:
    """(areas, grades): the log ratio to expect of each step; NaN where nothing says anything."""
    ratio, size = seen.log_ratio[:, -WINDOW:], seen.size[:, -WINDOW:]
    years = ratio.shape[1]
    recent: Array = DECAY ** np.arange(years, dtype=np.float64)[::-1]
    levels = series.levels
    parents = np.array(series.parents)
    expected = np.full((len(series.areas), len(series.grades)), np.nan)
    for level in range(int(levels.max()) + 1):
        at = np.flatnonzero(levels == level)
        prior = expected[parents[at]] if level else np.full((len(at), len(series.grades)), np.nan)
        expected[at] = _drawn(ratio[at], size[at], recent, prior)
    return expected


def _drawn(ratio: Array, size: Array, recent: Array, prior: Array) -> Array:
    noise, likeness = _noise(ratio, size)
    weight = size * recent[None, :, None] * likeness
    own, total = _mean(ratio, weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = noise * (weight * recent[None, :, None]).sum(axis=1) / total**2
    prior = np.where(np.isfinite(prior), prior, _typical(own, total))
    known = np.isfinite(own) & np.isfinite(variance)
    between = _between(np.where(known, own - prior, np.nan), variance)
    trust = np.where(known, between / (between + np.where(known, variance, 1.0)), 0.0)
    drawn: Array = prior + trust * np.where(known, own - prior, 0.0)
    return drawn


def _noise(ratio: Array, size: Array) -> tuple[float, Array]:
    """The variance of a log ratio that rests on one pupil, and how like the others each year is (to 1)."""
    known = size > 0
    middle = np.full((ratio.shape[0], ratio.shape[2]), np.nan)
    some = known.any(axis=1)
    middle[some] = np.nanmedian(np.where(known, ratio, np.nan).transpose(0, 2, 1)[some], axis=1)
    off = np.where(known, (ratio - middle[:, None]) * np.sqrt(size), np.nan)
    apart = np.abs(off[np.isfinite(off)])
    # 1.4826 makes the median deviation a standard deviation; one degree of freedom went to the middle.
    spread = 1.4826 * float(np.median(apart)) * np.sqrt(1.3) if apart.size else 1.0
    limit = _UNLIKE * max(spread, 1e-6)
    with np.errstate(divide="ignore", invalid="ignore"):
        likeness = np.where(np.abs(off) > limit, limit / np.abs(off), 1.0)
    return spread**2 + 1e-9, np.where(known, likeness, 0.0)


def _between(apart: Array, variance: Array) -> Array:
    """(grades,): the variance between areas beyond what noise makes (method of moments, robust)."""
    found = np.full(apart.shape[1], _BETWEEN_FEW)
    for grade in range(apart.shape[1]):
        known = np.isfinite(apart[:, grade])
        if known.sum() >= _FEW:
            noise, square = variance[known, grade], apart[known, grade] ** 2
            square = np.minimum(square, 9.0 * np.median(square) + 1e-9)
            weight = 1.0 / (noise + np.median(noise))
            found[grade] = max(0.0, float((weight * (square - noise)).sum() / weight.sum()))
    return found


def _typical(own: Array, total: Array) -> Array:
    """(grades,): the mean over areas by size, for areas that are part of nothing."""
    mean, _ = _mean(own[None], total[None])
    typical: Array = mean[0]
    return typical


def _mean(values: Array, weight: Array) -> tuple[Array, Array]:
    known = np.isfinite(values) & (weight > 0)
    total = np.where(known, weight, 0.0).sum(axis=1)
    summed = np.where(known, values * weight, 0.0).sum(axis=1)
    mean: Array = np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    return mean, total
