"""The forecast of a series by our method, with its intervals, at every level as it stands there."""

from __future__ import annotations

import numpy as np
import polars as pl

from jiaoheng.forecast.intervals import around, of_grades, of_totals, with_earlier
from jiaoheng.forecast.methods import CHOSEN
from jiaoheng.forecast.series import Array, Series
from jiaoheng.forecast.trial import Trial, tried

_TRIED = 10
"""The most years ahead that are tried; further on, errors are taken to grow as is usual."""

_BOUNDS = ("low_50", "low_80", "low_95", "high_50", "high_80", "high_95")

PROJECTION = {
    "area": pl.String,
    "level": pl.Int64,
    "grade": pl.String,
    "year": pl.Int64,
    **dict.fromkeys(("pupils", *_BOUNDS), pl.Float64),
}
"""Columns of `projected`. ``grade`` is null where all grades together are meant."""


def projected(series: Series, *, until: int) -> pl.DataFrame:
    """Forecast a series.

    Parameters
    ----------
    series : the counts.
    until : the last year, after the last of the series.

    Returns
    -------
    pl.DataFrame
        Columns of `PROJECTION`, in pupils, unrounded; null where nothing can be said. The intervals come from
        the errors that the method made on this series, see `intervals`.
    """
    ahead = until - series.years[-1]
    said = CHOSEN.forecast(series, ahead).transpose(1, 0, 2)
    trial = with_earlier(tried(series, CHOSEN, horizon=min(ahead, _TRIED)))
    known = trial.known_at(series.years[-1])
    total, by_grade = _bounds(said, known)
    frames = [_rows(series, None, said.sum(axis=2), total)]
    for at, grade in enumerate(series.grades):
        frames.append(_rows(series, grade, said[..., at], by_grade[..., at]))
    return pl.concat(frames)


def _bounds(said: Array, known: Trial) -> tuple[Array, Array]:
    """(bounds, leads, areas) for all grades together, (…, grades) for each."""
    total = np.full((len(_BOUNDS), *said.shape[:2]), np.nan)
    by_grade = np.full((len(_BOUNDS), *said.shape), np.nan)
    levels = known.series.levels
    for level in np.unique(levels):
        own = levels == level
        total[:, :, own] = np.concatenate(around(said[:, own].sum(axis=2), of_totals(known, own)))
        for at, spread in enumerate(of_grades(known, own)[1]):
            by_grade[:, :, own, at] = np.concatenate(around(said[:, own, at], spread))
    return total, by_grade


def _rows(series: Series, grade: str | None, said: Array, bounds: Array) -> pl.DataFrame:
    """From (leads, areas) and (bounds, leads, areas)."""
    ahead, areas = said.shape
    years = np.arange(1, ahead + 1) + series.years[-1]
    columns: dict[str, object] = {
        "area": np.tile(np.array(series.areas, dtype=object), ahead).tolist(),
        "level": np.tile(series.levels, ahead),
        "grade": [grade] * (ahead * areas),
        "year": np.repeat(years, areas),
        "pupils": said.ravel(),
    }
    columns |= {name: each.ravel() for name, each in zip(_BOUNDS, bounds, strict=True)}
    return pl.DataFrame(columns, schema=PROJECTION).with_columns(pl.col("pupils", *_BOUNDS).fill_nan(None))
