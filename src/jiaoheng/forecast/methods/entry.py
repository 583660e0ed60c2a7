"""Entrants where births are unknown: as they lately were, moved on by as much of their drift as held.

Births come in waves, and neighbours share them: an area's drift is drawn towards that of the larger area. How
much of the drift to believe is learned by level from the entrants that came after earlier years (Gardner and
McKenzie 1985, "Forecasting trends in time series": trends that are damped).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jiaoheng.forecast.series import BIRTHS, Array, Series

_SHORTEST = 0.5
"""What the entrants of a year count at least beside those of the year after."""

_NOISY = 500.0
"""At this many entrants the noise of a year is as large as what their level wanders by."""

_DRIFT_DECAY = 0.85
_DRIFT_YEARS = 4
"""A drift is that of the last four years: a wave turns within a few."""

_DAMPED = 0.9
"""What is left of a drift from one year to the next."""

_OWN = 200.0
"""At this many entrants an area's own drift counts as much as that of the larger area."""

_BELIEFS = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
_EXPECTED = 1 / 3
"""How much of a drift is believed in before anything was tried, and how strongly that holds."""

_STRENGTH = 2.0
_TRIED = 4
"""Years ahead that a drift is tried for."""

_APART = 0.02
"""How far an area's drift may be from the larger area's: faster growth than that seldom lasts."""

_STEEPEST = 0.15
"""A drift of more than this (in logarithms, a year) is an opening or a closing, not a wave."""


def entrants(series: Series, ahead: int) -> Array:
    """(areas, years ahead, grades): the entrants to come; NaN in grades that others enter from below."""
    found = np.full((len(series.areas), ahead, len(series.grades)), np.nan)
    for grade, feeder in enumerate(series.feeders):
        if feeder == BIRTHS:
            counts = series.pupils[:, :, grade]
            belief = _belief(counts, series)
            found[:, :, grade] = _moved(counts, series, ahead, belief)
    return found


def _moved(counts: Array, series: Series, ahead: int, belief: Array) -> Array:
    level, age = _level(counts)
    steps = age[:, None] + np.cumsum(_DAMPED ** np.arange(ahead))[None]
    moved: Array = level[:, None] * np.exp((belief * _drift(counts, series))[:, None] * steps)
    return moved


def _memory(counts: Array) -> Array:
    """(areas,): what a year counts beside that of the year after: the fewer enter, the more of it is noise.

    That of exponential smoothing for a level that wanders under noise (Muth 1960, "Optimal properties of
    exponentially weighted forecasts").
    """
    known = np.isfinite(counts)
    signal = np.where(known, counts, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1) / _NOISY
    memory: Array = np.clip(1.0 - (np.sqrt(signal**2 + 4.0 * signal) - signal) / 2.0, _SHORTEST, 1.0)
    return memory


def _level(counts: Array) -> tuple[Array, Array]:
    """The mean of the years, by `_memory`; and how old that mean is, in years."""
    back = np.arange(counts.shape[1])[::-1]
    weight = _memory(counts)[:, None] ** back[None] * np.isfinite(counts)
    total = weight.sum(axis=1)
    known = total > 0
    summed = (weight * np.nan_to_num(counts)).sum(axis=1)
    level = np.divide(summed, total, out=np.full(total.shape, np.nan), where=known)
    age = np.divide((weight * back).sum(axis=1), total, out=np.zeros_like(total), where=known)
    return level, age


def _drift(counts: Array, series: Series) -> Array:
    """(areas,): the yearly change of the logarithm, drawn towards the larger area's."""
    lately = counts[:, -_DRIFT_YEARS:]
    back = np.arange(lately.shape[1])[::-1]
    known = lately > 0
    weight = (_DRIFT_DECAY**back)[None] * known
    total = np.maximum(weight.sum(axis=1), 1e-9)
    time = -back[None] - ((weight * -back).sum(axis=1) / total)[:, None]
    spread = (weight * time**2).sum(axis=1)
    logs = np.log(np.where(known, lately, 1.0))
    own = np.divide((weight * time * logs).sum(axis=1), spread, out=np.zeros_like(total), where=spread > 0)
    own = np.clip(own, -_STEEPEST, _STEEPEST)
    size = np.divide(np.where(known, lately, 0.0).sum(axis=1), np.maximum(known.sum(axis=1), 1))
    trust = np.where(known.sum(axis=1) > 2, size / (size + _OWN), 0.0)
    drift: Array = np.zeros(len(own))
    levels, parents = series.levels, np.array(series.parents)
    for level in range(int(levels.max()) + 1):
        at = levels == level
        larger = drift[parents[at]] if level else np.zeros(int(at.sum()))
        apart = own[at] - larger
        drift[at] = larger + trust[at] * (np.clip(apart, -_APART, _APART) if level else apart)
    return drift


def _belief(counts: Array, series: Series) -> Array:
    """(areas,): how much of the drift held in the past, by level; where little can be tried, `_EXPECTED`."""
    levels = series.levels
    cost = np.tile(_STRENGTH * (_BELIEFS - _EXPECTED) ** 2, (int(levels.max()) + 1, 1))
    for end in range(3, counts.shape[1]):
        past, came = counts[:, :end], counts[:, end : end + _TRIED]
        said = [_moved(past, series, came.shape[1], np.full(len(counts), each)) for each in _BELIEFS]
        for level in range(len(cost)):
            own = levels == level
            cost[level] += _losses(np.stack([each[own] for each in said]), came[own])
    best: NDArray[np.float64] = _BELIEFS[np.argmin(cost, axis=1)]
    return best[levels]


def _losses(said: Array, came: Array) -> Array:
    """(beliefs,): the mean error in logarithms under each belief, as a ratio to the mean over beliefs."""
    known = (came > 0) & (said > 0).all(axis=0)
    if not known.any():
        return np.zeros(len(said))
    off = np.minimum(np.abs(np.log(said[:, known] / came[known])), 0.5)
    mean = (off * np.sqrt(came[known])).sum(axis=1)
    losses: Array = mean / max(float(mean.mean()), 1e-9)
    return losses
