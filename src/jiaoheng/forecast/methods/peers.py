"""The simple methods that a bureau, or a textbook, would take: what ours is held against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jiaoheng.forecast.method import Forecaster, Method
from jiaoheng.forecast.series import BIRTHS, Array, Series

SENSIBLE = 2.0
"""A ratio above this, or below its inverse, is an opening or a closing: the grade then stays as it is now."""


def naive(series: Series, ahead: int) -> Array:
    """As it is now."""
    still: Array = np.repeat(series.pupils[:, -1:], ahead, axis=1)
    return still


def trend(series: Series, ahead: int) -> Array:
    """A straight line through the last five years of each grade, not below zero."""
    pupils = series.pupils[:, -5:]
    count = pupils.shape[1]
    if count < 2:
        return naive(series, ahead)
    time = np.arange(count) - (count - 1) / 2
    slope = (time[None, :, None] * pupils).sum(axis=1) / (time**2).sum()
    steps = time[-1] + np.arange(1, ahead + 1)
    line = pupils.mean(axis=1)[:, None] + slope[:, None] * steps[None, :, None]
    return _or_now(series, np.maximum(0.0, line))


def progression(years: int) -> Forecaster:
    """Grade progression ratios, the mean of the last ``years``; entrants are their mean over the same."""

    def forecast(series: Series, ahead: int) -> Array:
        ratios = _ratios(series)[:, -years:]
        return _roll(series, ahead, _mean(ratios), _mean(series.pupils[:, -years:]))

    return forecast


def smoothed(series: Series, ahead: int) -> Array:
    """Ratios smoothed exponentially with 0.4, as the US projections of education statistics do it."""
    return _roll(series, ahead, _smooth(_ratios(series)), _smooth(series.pupils))


def _ratios(series: Series) -> Array:
    """(areas, years less one, grades): pupils over those a grade below the year before; NaN where unknown."""
    feeders = [max(0, feeder) for feeder in series.feeders]
    before, after = series.pupils[:, :-1][:, :, feeders], series.pupils[:, 1:]
    ratios: Array = np.divide(after, before, out=np.full(after.shape, np.nan), where=before > 0)
    ratios[:, :, [feeder == BIRTHS for feeder in series.feeders]] = np.nan
    ratios[(ratios > SENSIBLE) | (ratios < 1.0 / SENSIBLE)] = np.nan
    return ratios


def _roll(series: Series, ahead: int, ratios: Array, entrants: Array) -> Array:
    feeders = [max(0, feeder) for feeder in series.feeders]
    entry = np.array([feeder == BIRTHS for feeder in series.feeders])
    now = series.pupils[:, -1]
    years = []
    here = now
    for _ in range(ahead):
        moved = here[:, feeders] * ratios
        here = np.where(entry, entrants, np.where(np.isfinite(moved), moved, now))
        years.append(here)
    return _or_now(series, np.stack(years, axis=1))


def _or_now(series: Series, said: Array) -> Array:
    """What was said, or today's count where there is too little history; nothing of an area that is gone."""
    now = series.pupils[:, -1:]
    found: Array = np.where(np.isfinite(now), np.where(np.isfinite(said), said, now), np.nan)
    return found


def _mean(values: Array) -> Array:
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    mean: Array = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return mean


def _smooth(values: Array) -> Array:
    level = np.full((values.shape[0], values.shape[2]), np.nan)
    for year in range(values.shape[1]):
        new = values[:, year]
        stepped = np.where(np.isfinite(level), 0.4 * new + 0.6 * level, new)
        level = np.where(np.isfinite(new), stepped, level)
    return level


_NAMED: tuple[tuple[str, str, Callable[[Series, int], Array]], ...] = (
    ("naive", "维持现状", naive),
    ("trend", "线性趋势（近 5 年）", trend),
    ("progression_1", "升级率（上年）", progression(1)),
    ("progression_3", "升级率（近 3 年平均）", progression(3)),
    ("progression_5", "升级率（近 5 年平均）", progression(5)),
    ("smoothed", "指数平滑升级率", smoothed),
)

PEERS = tuple(Method(id_, name, forecast, peer=True) for id_, name, forecast in _NAMED)
