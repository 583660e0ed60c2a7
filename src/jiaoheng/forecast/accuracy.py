"""How far methods were off, and how often their intervals held, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiaoheng.forecast.series import Array
from jiaoheng.forecast.trial import Trial

Bounds = tuple[Array, Array]
"""Lower and upper of 50, 80 and 95 %: (3, origins, leads, areas[, grades]), as `intervals.bounds` gives."""

_COVERAGES = ("coverage_50", "coverage_80", "coverage_95")

ACCURACY = {
    "method": pl.String,
    "level": pl.Int64,
    "lead": pl.Int64,
    "grade": pl.String,
    "n": pl.Int64,
    "mape": pl.Float64,
    "wape": pl.Float64,
    "median_ape": pl.Float64,
    "bias": pl.Float64,
    **dict.fromkeys(_COVERAGES, pl.Float64),
}
"""Columns of `accuracy`."""


def accuracy(
    trial: Trial, *, leads: Sequence[int], total: Bounds | None = None, by_grade: Bounds | None = None
) -> pl.DataFrame:
    """The errors of a trial by level, lead and grade, all in percent.

    Parameters
    ----------
    trial : a method tried.
    leads : which of its leads.
    total, by_grade : intervals for all grades together, and for each grade; without them coverage is null.

    Returns
    -------
    pl.DataFrame
        Columns of `ACCURACY`; ``grade`` is null where all grades together are meant. With forecast f and
        count a, over the ``n`` pairs of an origin and an area of which both are known, a > 0, and the area
        had any pupils at the origin (that a school opens or closes is no error of a method):

        - mape: the mean of |f - a| / a; median_ape: the median of it.
        - wape: the sum of |f - a| over the sum of a.
        - bias: the sum of (f - a) over the sum of a; above zero where too many were forecast.
        - coverage: in how many of them low <= a <= high.

        A lead and level of which nothing is known has no row.
    """
    levels = trial.series.levels
    at = [trial.series.years.index(origin) for origin in trial.origins]
    there = np.nansum(trial.series.pupils[:, at], axis=2).T > 0
    rows: list[dict[str, object]] = []
    for level in np.unique(levels):
        own = levels == level
        for lead in leads:
            key = {"method": trial.method.id, "level": int(level), "lead": lead}
            for grade, said, came, bounds in _cases(trial, lead, own, total, by_grade):
                if measured := _measured(said, came, bounds, there[:, own]):
                    rows.append(key | {"grade": grade} | measured)
    return pl.DataFrame(rows, schema=ACCURACY)


def _cases(
    trial: Trial, lead: int, own: NDArray[np.bool_], total: Bounds | None, by_grade: Bounds | None
) -> Iterator[tuple[str | None, Array, Array, Bounds | None]]:
    """For all grades and each of them: forecasts, counts and intervals of the areas, (…, origins, areas)."""
    step = trial.leads.index(lead)
    said, came = trial.forecast[:, step][:, own], trial.actual[:, step][:, own]
    both = total and (total[0][:, :, step][:, :, own], total[1][:, :, step][:, :, own])
    yield None, said.sum(axis=2), came.sum(axis=2), both
    for at, grade in enumerate(trial.series.grades):
        each = by_grade and (
            by_grade[0][:, :, step, :, at][:, :, own],
            by_grade[1][:, :, step, :, at][:, :, own],
        )
        yield grade, said[:, :, at], came[:, :, at], each


def _measured(said: Array, came: Array, bounds: Bounds | None, there: NDArray[np.bool_]) -> dict[str, object]:
    known = there & np.isfinite(said) & np.isfinite(came) & (came > 0)
    if not known.any():
        return {}
    off, count = said[known] - came[known], came[known]
    share = np.abs(off) / count
    measured: dict[str, object] = {
        "n": int(known.sum()),
        "mape": 100 * float(share.mean()),
        "wape": 100 * float(np.abs(off).sum() / count.sum()),
        "median_ape": 100 * float(np.median(share)),
        "bias": 100 * float(off.sum() / count.sum()),
    }
    if bounds is None:
        return measured
    for name, lower, upper in zip(_COVERAGES, *bounds, strict=True):
        given = known & np.isfinite(lower) & np.isfinite(upper)
        held = (lower <= came) & (came <= upper)
        measured[name] = 100 * float(held[given].mean()) if given.any() else None
    return measured
