"""Scenarios side by side, and the year in which each stage is at its largest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from jiaoheng import terms
from jiaoheng.forecast.outlook import STAGE_GRADES, Outlook
from jiaoheng.forecast.series import Array

PEAKS = {
    "scenario": pl.String,
    "stage": pl.String,
    "year": pl.Int64,
    "low_80": pl.Int64,
    "high_80": pl.Int64,
    "pupils": pl.Float64,
    "at_end": pl.Boolean,
}
"""Columns of `peaks`. ``low_80`` to ``high_80`` holds the peak's year in 80 of 100 futures; ``at_end`` is
true where the largest year is the first or the last that there is, so that the peak may lie outside."""


def compare(outlooks: Sequence[Outlook]) -> pl.DataFrame:
    """Pupils of the county by stage and year, and a column for each scenario.

    Raises
    ------
    ValueError
        None are given, or two have one name.
    """
    names = [outlook.scenario for outlook in outlooks]
    if not names or len(set(names)) < len(names):
        raise ValueError("compare() takes outlooks of one scenario or several, each with a name of its own")
    found: pl.DataFrame | None = None
    for outlook in outlooks:
        own = outlook.frame(by="county").select("stage", "year", pl.col("pupils").alias(outlook.scenario))
        keys = ["stage", "year"]
        found = own if found is None else found.join(own, on=keys, how="full", coalesce=True)
    assert found is not None
    return found


def peaks(outlooks: Sequence[Outlook]) -> pl.DataFrame:
    """When each stage of the county is at its largest, counted years and years to come together.

    Returns
    -------
    pl.DataFrame
        Columns of `PEAKS`, a row for each scenario and stage. A stage that nobody attends has none.
    """
    rows: list[dict[str, object]] = []
    for outlook in outlooks:
        for stage in outlook.stages:
            known_years, known = _counted(outlook, stage)
            years = np.array([*known_years, *outlook.years])
            said = np.concatenate([known, outlook.pupils(stage)])
            if not np.isfinite(said).all() or said.max() <= 0:
                continue
            futures = outlook.futures(stage)
            all_ = np.concatenate([np.tile(known, (len(futures), 1)), futures], axis=1)
            low, high = np.percentile(years[all_.argmax(axis=1)], [10, 90], method="inverted_cdf")
            at = int(said.argmax())
            rows.append(
                {
                    "scenario": outlook.scenario,
                    "stage": stage,
                    "year": int(years[at]),
                    "low_80": int(low),
                    "high_80": int(high),
                    "pupils": float(said[at]),
                    "at_end": at in (0, len(years) - 1),
                }
            )
    return pl.DataFrame(rows, schema=PEAKS)


def in_words(found: pl.DataFrame) -> list[str]:
    """One sentence for each row of `peaks`."""
    return [_sentence(row) for row in found.iter_rows(named=True)]


def _sentence(row: dict[str, object]) -> str:
    stage, year, low, high = (
        terms.label("stage", str(row["stage"])),
        row["year"],
        row["low_80"],
        row["high_80"],
    )
    head = f"{row['scenario']}情景下，{stage}在校生最多的是 {year} 年，{float(str(row['pupils'])):,.0f} 人"
    spread = "" if low == high == year else f"（80% 的可能在 {low} 至 {high} 年之间）"
    tail = "；它在所看年份的一端，真正的峰值可能在这些年份之外" if row["at_end"] else ""
    return f"{head}{spread}{tail}。"


def _counted(outlook: Outlook, stage: str) -> tuple[list[int], Array]:
    """The years up to the last one in which the whole stage was counted without a gap, and its pupils."""
    history = outlook.history
    areas = [history.areas.index(area) for area in outlook.areas]
    grades = [at for at, grade in enumerate(history.grades) if grade in STAGE_GRADES[stage]]
    pupils = history.pupils[areas][:, :, grades].sum(axis=(0, 2))
    gaps = np.flatnonzero(~np.isfinite(pupils))
    first = int(gaps[-1]) + 1 if gaps.size else 0
    return list(history.years[first:]), pupils[first:]
