"""Intervals from a method's own past errors: at each origin of a trial from what was known then."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jiaoheng.forecast.series import Array
from jiaoheng.forecast.spread import Spread, expected, fitted
from jiaoheng.forecast.trial import Trial, tried

COVERAGE = (0.50, 0.80, 0.95)


def bounds(trial: Trial, *, by_grade: bool = False) -> tuple[Array, Array]:
    """The intervals that would have been given at each origin, from the errors that were known by then.

    Where the method can be tried from earlier origins than the trial's, it is: their errors were known too.

    Returns
    -------
    lower, upper : (coverages, origins, leads, areas), with ``by_grade`` (…, areas, grades); in pupils.
    """
    past = with_earlier(trial)
    said = trial.forecast if by_grade else trial.forecast.sum(axis=3)
    lower, upper = (np.full((len(COVERAGE), *said.shape), np.nan) for _ in range(2))
    levels = trial.series.levels
    for at, origin in enumerate(trial.origins):
        known = past.known_at(origin)
        for level in np.unique(levels):
            own = levels == level
            here = said[at][:, own]
            if by_grade:
                _, spreads = of_grades(known, own)
                parts = [around(here[:, :, grade], spread) for grade, spread in enumerate(spreads)]
                lower[:, at, :, own] = _areas_first(np.stack([part[0] for part in parts], axis=-1))
                upper[:, at, :, own] = _areas_first(np.stack([part[1] for part in parts], axis=-1))
            else:
                low, high = around(here, of_totals(known, own))
                lower[:, at, :, own], upper[:, at, :, own] = _areas_first(low), _areas_first(high)
    return lower, upper


def of_totals(known: Trial, own: NDArray[np.bool_]) -> Spread:
    """How far the method was off in all grades together, in the areas ``own``."""
    said, came = known.forecast[:, :, own].sum(axis=3), known.actual[:, :, own].sum(axis=3)
    return fitted(said, came, expected(len(known.leads)))


def of_grades(known: Trial, own: NDArray[np.bool_]) -> tuple[Spread, list[Spread]]:
    """How far it was off in a grade, whichever it is; and in each, held against that.

    A town's past says little about one of its grades; what is known of all grades stands in for what is not.
    """
    said, came = known.forecast[:, :, own], known.actual[:, :, own]
    flat = (*said.shape[:2], -1)
    whole = fitted(said.reshape(flat), came.reshape(flat), expected(len(known.leads)))
    return whole, [fitted(said[..., at], came[..., at], whole) for at in range(said.shape[3])]


def around(said: Array, spread: Spread) -> tuple[Array, Array]:
    """The intervals of a forecast (leads, areas): lower and upper, each (coverages, leads, areas), in pupils.

    Where nobody is expected, nobody is: an opening is news, not an error of a forecast.
    """
    outside = (1 - np.array(COVERAGE)) / 2
    chances = np.concatenate([outside, 1 - outside])
    off = np.stack([spread.quantiles(size, lead, chances) for lead, size in enumerate(said, 1)], axis=1)
    found = np.where(said == 0, 0.0, np.maximum(said * (1 + off), 0.0))
    return found[: len(COVERAGE)], found[len(COVERAGE) :]


def held(lower: Array, upper: Array, actual: Array) -> Sequence[float]:
    """For each coverage, the share of the counts that lay within; where nobody came, nothing is counted."""
    known = (actual > 0) & np.isfinite(lower[0])
    within = (actual >= lower) & (actual <= upper)
    return [float(each[known].mean()) if known.any() else float("nan") for each in within]


def with_earlier(trial: Trial) -> Trial:
    """The trial, and the method tried from the origins before: the third count on (if short, the second)."""
    years = trial.series.years
    first = 2 if len(years) > 5 else 1
    last = max(trial.origins, default=years[0])
    missing = [year for year in years[first:-1] if year < last and year not in trial.origins]
    if not missing:
        return trial
    more = tried(trial.series, trial.method, horizon=len(trial.leads), origins=missing)
    origins = np.array(more.origins + trial.origins)
    order: NDArray[np.int64] = np.argsort(origins)
    return Trial(
        series=trial.series,
        method=trial.method,
        origins=tuple(int(each) for each in origins[order]),
        leads=trial.leads,
        forecast=np.concatenate([more.forecast, trial.forecast])[order],
        actual=np.concatenate([more.actual, trial.actual])[order],
    )


def _areas_first(bounds: Array) -> Array:
    """(areas, coverages, leads, …): as numpy wants it where areas are picked by a mask beside an index."""
    moved: Array = np.moveaxis(bounds, 2, 0)
    return moved
