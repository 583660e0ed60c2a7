"""Equally likely futures around a forecast, as wide as its past errors: by grade, by area, and all together.

A future's error has three parts: what befalls all areas, what befalls an area, and what befalls a cohort,
which keeps its error as it moves up. Each is a random walk over the years. How much each weighs follows from
how much less a whole errs than its parts, as it was in the past. The errors of a cell are spread as its
intervals say, so that its quantiles are those intervals (a Gaussian copula).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiaoheng.forecast.intervals import of_grades, of_totals, with_earlier
from jiaoheng.forecast.series import BIRTHS, Array
from jiaoheng.forecast.spread import Spread
from jiaoheng.forecast.trial import Trial

Draws = NDArray[np.float32]

_STEP, _REACH = 0.25, 3.25
_SCORES = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
_DECILE = 1.281552
_FAR = 2.25
_BLOCK = 64


@dataclass(frozen=True)
class Doubt:
    """What past errors say of a forecast of the leaves of a series.

    Attributes
    ----------
    whole : of all areas together, where the series counts them so; None where it does not.
    total : of all grades together in an area.
    grades : of each grade in an area.
    feeders : as in `Series`: along which cohorts keep their errors.
    """

    whole: Spread | None
    total: Spread
    grades: tuple[Spread, ...]
    feeders: tuple[int, ...]


def doubt(trial: Trial) -> Doubt:
    """What a trial's errors say of the forecast that the same method makes now."""
    series = trial.series
    trial = with_earlier(trial)
    leaves = series.leaves
    roots = (series.levels == 0) & ~leaves
    _, grades = of_grades(trial, leaves)
    whole = of_totals(trial, roots) if roots.any() else None
    return Doubt(whole, of_totals(trial, leaves), tuple(grades), series.feeders)


def futures(point: Array, doubt: Doubt, *, draws: int = 1000, seed: int = 0) -> Draws:
    """Equally likely futures.

    Parameters
    ----------
    point : (areas, years, grades): the forecast, in pupils; NaN where nothing can be said.
    seed : the same seed gives the same futures of an area, whichever areas stand beside it in memory.

    Returns
    -------
    Draws
        (draws, areas, years, grades), in pupils, not rounded.
    """
    found = np.empty((draws, *point.shape), dtype=np.float32)
    for areas, part in blocks(point, doubt, draws=draws, seed=seed):
        found[:, areas] = part
    return found


def summaries(
    point: Array, doubt: Doubt, chances: Sequence[float], *, draws: int = 1000, seed: int = 0
) -> tuple[Array, Array, Array]:
    """Quantiles of futures that are never held all at once.

    Returns
    -------
    cells : (chances, areas, years, grades). totals : (chances, areas, years). whole : (chances, years).
    """
    areas, years, grades = point.shape
    cells = np.empty((len(chances), areas, years, grades))
    totals = np.empty((len(chances), areas, years))
    whole = np.zeros((draws, years))
    for own, part in blocks(point, doubt, draws=draws, seed=seed):
        together = part.sum(axis=3)
        cells[:, own] = _quantiles(part, chances)
        totals[:, own] = _quantiles(together, chances)
        whole += together.sum(axis=1)
    return cells, totals, np.quantile(whole, chances, axis=0)


def _quantiles(drawn: Draws, chances: Sequence[float]) -> Draws:
    """(chances, …): as `numpy.quantile` over the first axis; sorting rows that lie together is faster."""
    rows = np.ascontiguousarray(np.moveaxis(drawn, 0, -1))
    rows.sort(axis=-1)
    place = np.array(chances) * (len(drawn) - 1)
    below = np.minimum(place.astype(np.intp), len(drawn) - 2)
    low, high = rows[..., below], rows[..., below + 1]
    found: Draws = np.moveaxis(low + (place - below).astype(np.float32) * (high - low), -1, 0)
    return found


def blocks(
    point: Array, doubt: Doubt, *, draws: int = 1000, seed: int = 0, block: int = _BLOCK
) -> Iterator[tuple[slice, Draws]]:
    """The futures of some areas at a time: which areas, and (draws, those areas, years, grades)."""
    areas, years, _ = point.shape
    tables, parts = model(point, doubt)
    shared = _walk(np.random.Generator(np.random.PCG64(seed)), (draws, years))
    for start in range(0, areas, block):
        own = slice(start, min(start + block, areas))
        number = own.stop - start
        found = np.empty((draws, number, *point.shape[1:]), dtype=np.float32)
        for at in range(number):
            # Not 0: numpy takes [seed, 0] for the seed alone, which is what all areas share.
            chance = np.random.Generator(np.random.PCG64([seed, start + at + 1]))
            here = point[start + at], tables[:, :, start + at], parts[:, :, start + at]
            found[:, at] = _area(chance, shared, *here, doubt.feeders)
        yield own, found


def model(point: Array, doubt: Doubt) -> tuple[Array, Array]:
    """What futures are drawn from.

    Returns
    -------
    tables : (scores, years, areas, grades): the relative error at each of the normal `_SCORES`.
    parts : (3, years, areas): the shares of a cell's variance, see `_parts`.
    """
    years = range(point.shape[1])
    tables = np.stack([_tables(point[:, year], doubt, year + 1) for year in years], axis=1)
    shares = [_parts(point[:, year], tables[:, year], doubt, year + 1) for year in years]
    return tables, np.stack(shares, axis=1)


def _area(
    chance: np.random.Generator,
    shared: Draws,
    point: Array,
    table: Array,
    parts: Array,
    feeders: Sequence[int],
) -> Draws:
    """(draws, years, grades): the futures of one area, a year at a time."""
    draws, years = shared.shape
    grades = point.shape[1]
    alone = _walk(chance, (draws, years))
    found = np.empty((draws, years, grades), dtype=np.float32)
    before = np.array([at if feeder == BIRTHS else feeder for at, feeder in enumerate(feeders)])
    weights = (np.sqrt(parts) / _STEP).astype(np.float32)
    # The pupils at each score, grade after grade in one row, and what lies between two of them.
    values = np.maximum(point * (1 + table), 0.0).astype(np.float32).transpose(1, 2, 0)
    slopes = np.diff(values, axis=2, append=values[:, :, -1:]).reshape(years, -1)
    values = values.reshape(years, -1)
    starts = np.arange(grades, dtype=np.float32) * len(_SCORES)
    cohort: Draws = np.zeros((draws, grades), dtype=np.float32)
    for year in range(years):
        cohort = np.float32(np.sqrt(year)) * cohort.take(before, axis=1)
        cohort += chance.standard_normal((draws, grades), dtype=np.float32)
        cohort *= np.float32(1 / np.sqrt(year + 1))
        score = weights[2, year] * cohort
        common = weights[0, year] * shared[:, year] + weights[1, year] * alone[:, year]
        score += (common + np.float32(_REACH / _STEP))[:, None]
        np.clip(score, 0.0, len(_SCORES) - 1.001, out=score)
        score += starts
        place = score.astype(np.intp)
        score -= place
        score *= slopes[year].take(place)
        np.add(score, values[year].take(place), out=found[:, year])
    return found


def _walk(chance: np.random.Generator, shape: tuple[int, int]) -> Draws:
    """(draws, years): a random walk, at each year in units of its own standard deviation."""
    steps = chance.standard_normal(shape, dtype=np.float32)
    walked: Draws = np.cumsum(steps, axis=1, dtype=np.float32)
    walked /= np.sqrt(np.arange(1, shape[1] + 1, dtype=np.float32))
    return walked


def _tables(point: Array, doubt: Doubt, lead: int) -> Array:
    """(scores, areas, grades): the relative error at each of the normal `_SCORES`."""
    spreads = [spread.quantiles(point[:, at], lead, _chances()) for at, spread in enumerate(doubt.grades)]
    return np.nan_to_num(np.stack(spreads, axis=2))


def _parts(point: Array, table: Array, doubt: Doubt, lead: int) -> Array:
    """(3, areas): of a cell's variance, the shares that all areas, an area, and a cohort have in common.

    How far the parts of a whole err together follows from how far the whole errs, and they do.
    """
    known = np.nan_to_num(point)
    size = known.sum(axis=1)
    cells = known * np.sqrt(np.tensordot(_density(), table[_clipped()] ** 2, axes=1))
    full, apart = cells.sum(axis=1), (cells**2).sum(axis=1)
    totals = size * _middle(doubt.total, size, lead)
    within = _share(totals**2 - apart, full**2 - apart)
    implied = (apart + within * (full**2 - apart)).sum()
    if doubt.whole is None:
        shared = doubt.total.shared(lead)
        own = implied - (shared * size) @ (shared * size)
        everything = (shared * size.sum()) ** 2 + max(own, 0.0)
    else:
        everything = (size.sum() * _middle(doubt.whole, size.sum(keepdims=True), lead)[0]) ** 2
    between = _share(everything - implied, full.sum() ** 2 - (full**2).sum())
    # Rather an area too wide than all of them together too narrow.
    within = np.maximum(within, between)
    return np.stack([np.broadcast_to(between, within.shape), within - between, 1 - within])


def _middle(spread: Spread, size: Array, lead: int) -> Array:
    """The relative error as a standard deviation, measured between the outer deciles."""
    off = spread.quantiles(np.where(size > 0, size, np.nan), lead, np.array([0.1, 0.9]))
    found: Array = np.nan_to_num((off[1] - off[0]) / (2 * _DECILE))
    return found


def _share(excess: Array, room: Array) -> Array:
    """How far parts err together, from 0 to 1; 0 where there is but one part."""
    room = np.asarray(room)
    found = np.divide(excess, room, out=np.zeros(np.shape(room)), where=room > 0)
    return np.clip(found, 0.0, 1.0)


def _density() -> Array:
    """How likely the normal `_SCORES` are, in all one."""
    density = np.exp(-(_SCORES**2) / 2)
    found: Array = density / density.sum()
    return found


def _clipped() -> NDArray[np.int64]:
    """Which score stands for each of `_SCORES`: those beyond `_FAR` hardly move the deciles of a sum."""
    far = round((_REACH - _FAR) / _STEP)
    return np.clip(np.arange(len(_SCORES)), far, len(_SCORES) - 1 - far)


def _chances() -> Array:
    """The chance that a normal score does not exceed each of `_SCORES`."""
    steps = np.linspace(-9, 9, 36_001)
    heaped = np.cumsum(np.exp(-(steps**2) / 2))
    found: Array = np.interp(_SCORES, steps, heaped / heaped[-1])
    return found
