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

DECAYS = (0.95, 0.8, 0.6, 0.3)
"""What a year's ratio may count beside that of the year after it; which one, a level's past decides."""

_HABIT = 0.05
"""The part of the error by which a shorter memory must have been better than the one before it."""

WINDOW = 10
"""Years that are looked back at."""

_FEW = 5
_ENOUGH = 20
_UNLIKE = 2.0
_BETWEEN_FEW = 0.002
"""The variance between areas where there are too few to see it: ratios differ by about 4 in a hundred."""


def pooled_ratios(series: Series, seen: Transitions) -> Array:
    """(areas, grades): the log ratio to expect of each step; NaN where nothing says anything."""
    ratio, size = seen.log_ratio[:, -WINDOW:], seen.size[:, -WINDOW:]
    levels = series.levels
    parents = np.array(series.parents)
    expected = np.full((len(series.areas), len(series.grades)), np.nan)
    for level in range(int(levels.max()) + 1):
        at = np.flatnonzero(levels == level)
        prior = expected[parents[at]] if level else np.full((len(at), len(series.grades)), np.nan)
        expected[at] = _drawn(
            ratio[at], size[at], _weights(_decay(ratio[at], size[at]), ratio.shape[1]), prior
        )
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


def _decay(ratio: Array, size: Array) -> float:
    """The memory with which the ratios of each year would have been foreseen best from those before it.

    Where families move in for some years and then no longer, ratios drift, and a long memory lags behind;
    where they do not, it averages out more noise. A year that was like no other says little: errors beyond
    three times the usual one count as that.
    """
    best, taken = np.inf, DECAYS[0]
    for decay in DECAYS:
        errors = []
        for year in range(2, ratio.shape[1]):
            foreseen, _ = _mean(ratio[:, :year], size[:, :year] * _weights(decay, year)[None, :, None])
            off = np.abs(ratio[:, year] - foreseen) * np.sqrt(size[:, year])
            errors.append(off[np.isfinite(off)])
        together = np.concatenate(errors) if errors else np.zeros(0)
        if together.size < _ENOUGH:
            return DECAYS[0]
        cost = float(np.minimum(together, 3.0 * np.median(together) + 1e-12).mean())
        if cost < best * (1.0 - _HABIT):
            best, taken = cost, decay
    return taken


def _weights(decay: float, years: int) -> Array:
    weights: Array = decay ** np.arange(years, dtype=np.float64)[::-1]
    return weights


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
