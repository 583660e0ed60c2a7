"""Forecasts of a whole and of its parts that add up, grade by grade, in every year.

A small whole (a district of three schools) learns from its parts, a large one (a county) hardly: the sum
of its parts carries all that they cannot foresee of each other. Then the parts are scaled to the whole, by
grade: pupils who leave one school of a town are in another (Athanasopoulos, Ahmed and Hyndman 2009,
"Hierarchical forecasts"; the weights are those of sizes: a dozen years cannot tell how errors go together).
"""

from __future__ import annotations

import numpy as np

from jiaoheng.forecast.method import Forecaster
from jiaoheng.forecast.series import Array, Series

_MOST = 0.5
_HALF = 1000.0
"""The smallest wholes are half what their parts say; at this many pupils a quarter."""


def coherent(forecast: Forecaster) -> Forecaster:
    """The same forecast, its levels brought together so that parts add up to their whole.

    Where they do not add up in the last count (some pupils are in no part), they keep the same gap.
    A grade that no part is expected to have is left as it is. A part that was not counted last is no part of
    the sums, neither then nor later.
    """

    def agreed(series: Series, ahead: int) -> Array:
        said = forecast(series, ahead).copy()
        levels, parents = series.levels, np.array(series.parents)
        deepest = int(levels.max())
        now = series.pupils[:, -1].sum(axis=1)
        covered = _covered(now, parents)
        counted = np.where(np.isnan(now), np.nan, 1.0)[:, None, None]
        for level in range(deepest - 1, -1, -1):
            own = levels == level
            heard = _MOST * _HALF / (_HALF + np.nan_to_num(now[own]))
            of_parts = _summed(said * counted, parents)[own] / covered[own, None, None]
            said[own] *= _ratio(of_parts, said[own]) ** heard[:, None, None]
        for level in range(1, deepest + 1):
            own = levels == level
            factor = _ratio(said * covered[:, None, None], _summed(said * counted, parents))
            said[own] *= factor[parents[own]]
        return said

    return agreed


def _covered(now: Array, parents: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Array:
    """(areas,): the share of each area's pupils that its parts hold; 1 where nothing is known."""
    return _ratio(_summed(now, parents), now)


def _summed(values: Array, parents: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Array:
    """The same shape: for each area the sum over its parts, those without a figure left out."""
    found = np.zeros_like(values)
    parts = np.flatnonzero(parents >= 0)
    np.add.at(found, parents[parts], np.nan_to_num(values[parts]))
    return found


def _ratio(above: Array, below: Array) -> Array:
    """One over the other; 1 where either is nothing, or unknown."""
    with np.errstate(invalid="ignore"):
        known = (above > 0) & (below > 0)
    found: Array = np.divide(above, below, out=np.ones_like(above), where=known)
    return found
