"""Grade progression with pooled ratios; entrants from births where those are known."""

from __future__ import annotations

import numpy as np

from jiaoheng.forecast.methods.entry import entrants
from jiaoheng.forecast.methods.pooling import pooled_ratios
from jiaoheng.forecast.methods.transitions import ORDINARY, Transitions, apart, transitions, usual
from jiaoheng.forecast.series import BIRTHS, Array, Series

_ENTRY_DECAY = 0.5
"""What the entrants of a year count beside those of the year after, where nothing else says anything."""


def pooled(series: Series, ahead: int) -> Array:
    """Every grade from the grade below it; see `pooling` for the ratios.

    A grade that did not follow from the grade below in the last year (the first grade of a school that takes
    pupils from others, a school that was opened or split) goes on as it lately was. A grade that an area does
    not have stays empty; an area that no longer counts anybody is NaN.
    """
    if len(series.years) < 2:
        return np.repeat(series.pupils[:, -1:], ahead, axis=1)
    seen = transitions(series)
    ratio = np.exp(np.nan_to_num(pooled_ratios(series, seen)))
    now = series.pupils[:, -1]
    lately = _lately(series.pupils)
    arriving = entrants(series, ahead)
    follows = _follows(series)
    feeders = [max(0, feeder) for feeder in series.feeders]
    entry = np.array([feeder == BIRTHS for feeder in series.feeders])
    years: list[Array] = []
    here = now
    for step in range(1, ahead + 1):
        coming = arriving[:, step - 1]
        moved = np.where(follows, here[:, feeders] * ratio, np.where(np.isfinite(coming), coming, lately))
        entered = _entered(series, seen, ratio, series.years[-1] + step)
        if entered is not None:
            # Beyond the last births that are known, as many enter as in the year before.
            known = entered if not years else np.where(entry & ~np.isfinite(entered), years[-1], entered)
            moved = np.where(np.isfinite(known), known, moved)
        here = np.where(now > 0, moved, np.where(np.isfinite(now), 0.0, np.nan))
        years.append(here)
    return np.stack(years, axis=1)


def _entered(series: Series, seen: Transitions, ratio: Array, year: int) -> Array | None:
    """(areas, grades): the entrants from births; NaN in other grades, and where births are unknown."""
    if seen.lag is None:
        return None
    born = seen.lag.born(series, year)
    entered = np.full(ratio.shape, np.nan)
    for grade, feeder in enumerate(series.feeders):
        if feeder == BIRTHS:
            own = (seen.size[:, :, grade] > 0).any(axis=1)
            entered[:, grade] = np.where(own, born * ratio[:, grade], np.nan)
    return entered


def _follows(series: Series) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """(areas, grades): whether the last step into a grade was an ordinary one."""
    feeders = [max(0, feeder) for feeder in series.feeders]
    entry = np.array([feeder == BIRTHS for feeder in series.feeders])
    now, before = series.pupils[:, -1], series.pupils[:, -2][:, feeders]
    with np.errstate(divide="ignore", invalid="ignore"):
        ordinary = np.abs(np.log((now + 0.5) / (before + 0.5)) - usual(series)) < ORDINARY
    here = series.pupils[:, -1][:, feeders] > 0
    return ~entry[None] & ~apart(series) & here & (before > 0) & ordinary


def _lately(pupils: Array) -> Array:
    """(areas, grades): the mean of the years, each counting half of the year after it."""
    weight = (_ENTRY_DECAY ** np.arange(pupils.shape[1])[::-1])[None, :, None] * np.isfinite(pupils)
    total = weight.sum(axis=1)
    summed = (weight * np.nan_to_num(pupils)).sum(axis=1)
    mean: Array = np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    return mean
