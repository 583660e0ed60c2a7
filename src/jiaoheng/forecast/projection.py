"""The forecast of a series by our method, with its intervals, at every level as it stands there."""

from __future__ import annotations

import numpy as np
import polars as pl

from jiaoheng.forecast.intervals import around, half_widths
from jiaoheng.forecast.methods import OURS
from jiaoheng.forecast.series import Array, Series
from jiaoheng.forecast.trial import tried

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

    Every area is forecast from its own counts, at its own level: parts need not add up to their parent.

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
    said = OURS.forecast(series, ahead).transpose(1, 0, 2)
    known = tried(series, OURS, horizon=ahead).known_at(series.years[-1])
    whole = said.sum(axis=2)
    frames = [_rows(series, None, whole, around(whole, half_widths(known, whole, by_grade=False)))]
    lower, upper = around(said, half_widths(known, said, by_grade=True))
    for at, grade in enumerate(series.grades):
        frames.append(_rows(series, grade, said[..., at], (lower[..., at], upper[..., at])))
    return pl.concat(frames)


def _rows(series: Series, grade: str | None, said: Array, bounds: tuple[Array, Array]) -> pl.DataFrame:
    """From (leads, areas) and bounds (coverages, leads, areas)."""
    ahead, areas = said.shape
    years = np.arange(1, ahead + 1) + series.years[-1]
    columns: dict[str, object] = {
        "area": np.tile(np.array(series.areas, dtype=object), ahead).tolist(),
        "level": np.tile(series.levels, ahead),
        "grade": [grade] * (ahead * areas),
        "year": np.repeat(years, areas),
        "pupils": said.ravel(),
    }
    flat = [each.ravel() for side in bounds for each in side]
    columns |= dict(zip(_BOUNDS, flat, strict=True))
    return pl.DataFrame(columns, schema=PROJECTION).with_columns(pl.col("pupils", *_BOUNDS).fill_nan(None))
