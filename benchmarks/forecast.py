"""How far the methods are off on real series: ``python -m benchmarks.forecast FOLDER``.

The folder holds New Jersey's table of schools and, if there, England's published forecast errors. Every
method is tried from every year with four counts, and sees nothing after it; the shock of 2020 is kept in.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.new_jersey import LEVELS, read
from jiaoheng.forecast import Trial, tried
from jiaoheng.forecast.intervals import COVERAGE, bounds, held
from jiaoheng.forecast.methods import CHOSEN, OURS, PEERS, POOLED
from jiaoheng.forecast.series import Array

LEADS = (1, 3, 5)
LEAST = 10
"""Relative errors of fewer pupils than this are those of remnants: 2 where 1,450 were the year before.

If they are counted they are the greater part of the mean over areas, and ours is then not the best: that
table is printed too.
"""

_PRINTED = 0.005
"""Errors that are the same to two digits are the same."""

Labels = NDArray[np.str_]
Mask = NDArray[np.bool_]

_METHODS = (OURS, CHOSEN, POOLED, *PEERS)


def main(folder: Path) -> int:
    """Print the tables; 1 if ours is worse than the best of the simple methods at any level and lead."""
    series = read(folder)
    levels = np.array([LEVELS[level] for level in series.levels])
    trials: dict[str, Trial] = {}
    for method in _METHODS:
        began = time.perf_counter()
        trials[method.id] = tried(series, method, horizon=max(LEADS))
        print(f"{method.id:15s} {time.perf_counter() - began:5.1f} s, all origins", file=sys.stderr)
    end = series.years[-1]
    end, whole, each = series.years[-1], "All grades together", "Each grade by itself"
    tables = ((whole, end, LEAST), (whole, end, 1), (whole, 2019, LEAST), (each, end, LEAST))
    worse = [
        _compared(f"{what}, targets to {last}", trials, levels, last, least=least, by_grade=what == each)
        for what, last, least in tables
    ]
    _coverage(trials[OURS.id], levels)
    _england(folder / "dfe_la_forecast_accuracy_summary.csv")
    return int(worse[0] > 0)


def errors(trial: Trial, own: Mask, lead: int, last: int, *, least: int, by_grade: bool) -> Array:
    """The relative errors (signed) of the areas ``own`` at a lead, of targets up to a year."""
    said, came = trial.forecast[:, lead - 1, own], trial.actual[:, lead - 1, own]
    if not by_grade:
        said, came = said.sum(axis=2, keepdims=True), came.sum(axis=2, keepdims=True)
    come = np.array([origin + lead <= last for origin in trial.origins])
    known = np.isfinite(said) & (came >= least) & come[:, None, None]
    off: Array = said[known] / came[known] - 1.0
    return off


def _table(trial: Trial, levels: Labels, last: int, *, least: int, by_grade: bool) -> Array:
    """(levels, leads): the mean absolute error in percent; NaN where no target has come."""
    found = np.full((len(LEVELS), len(LEADS)), np.nan)
    for row, level in enumerate(LEVELS):
        for column, lead in enumerate(LEADS):
            off = errors(trial, levels == level, lead, last, least=least, by_grade=by_grade)
            found[row, column] = 100 * np.abs(off).mean() if off.size else np.nan
    return found


def _compared(
    title: str, trials: dict[str, Trial], levels: Labels, last: int, *, least: int, by_grade: bool
) -> int:
    """Print a table; returns at how many levels and leads ours is worse than the best simple method."""
    print(f"\n{title}: mean absolute error in %, counts of {least} and more")
    _head()
    found = {
        id_: _table(trial, levels, last, least=least, by_grade=by_grade) for id_, trial in trials.items()
    }
    best = np.min([found[peer.id] for peer in PEERS], axis=0)
    for id_, table in {**found, "best of simple": best}.items():
        print(f"{id_:15s}" + "".join(f"   {_cells(row)}" for row in table))
    ours = found[OURS.id]
    worse = int((ours > best + _PRINTED).sum())
    print(
        f"ours over the best simple one, on average: {np.nanmean(ours / best):.3f}; worse in {worse} places"
    )
    return worse


def _coverage(trial: Trial, levels: Labels) -> None:
    print("\nIntervals of ours, from the errors known at each origin: % of counts that they hold")
    lower, upper = bounds(trial)
    came = trial.actual.sum(axis=3)
    _head()
    for index, coverage in enumerate(COVERAGE):
        rows = [
            [100 * held(*_at(lower, upper, came, levels == level, lead))[index] for lead in LEADS]
            for level in LEVELS
        ]
        print(f"{coverage:<15.0%}" + "".join(f"   {_cells(np.array(row), 1)}" for row in rows))


def _at(lower: Array, upper: Array, came: Array, own: Mask, lead: int) -> Iterator[Array]:
    yield lower[:, :, lead - 1][:, :, own]
    yield upper[:, :, lead - 1][:, :, own]
    yield came[:, lead - 1][:, own]


def _england(path: Path) -> None:
    if not path.exists():
        return
    rows = pl.read_csv(path).filter(pl.col("measure").is_in(["For_1_P", "For_3_P", "For_1_S", "For_3_S"]))
    print("\nEnglish local authorities' own forecasts of pupils, as published: mean absolute error in %")
    for row in rows.group_by("measure").agg(pl.col("MAPE").mean()).sort("measure").iter_rows():
        lead, stage = row[0].split("_")[1:]
        print(f"{'primary' if stage == 'P' else 'secondary'}, {lead} years ahead: {row[1]:.2f}")


def _head() -> None:
    print(" " * 15 + "".join(f"   {level:<20s}" for level in LEVELS))
    print(" " * 15 + ("   " + " ".join(f"{lead:>5d}y" for lead in LEADS)) * len(LEVELS))


def _cells(row: Array, digits: int = 2) -> str:
    return " ".join(f"{value:6.{digits}f}" if np.isfinite(value) else "     –" for value in row)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
