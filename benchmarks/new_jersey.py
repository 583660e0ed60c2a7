"""New Jersey's public schools, fall 2012 to 2022, as one series: state, counties, districts, schools."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from jiaoheng.forecast import BIRTHS, Series

LEVELS = ("state", "county", "district", "school")
SCHOOLS = "nj_school_grade_2012_2022.csv.gz"
_GRADES = ("K", *(str(grade) for grade in range(1, 13)))
_KEYS = (("year",), ("year", "county"), ("year", "county", "dist"), ("year", "county", "dist", "school"))


def read(folder: Path) -> Series:
    """The series, from the folder of the table of schools. What has no rows in a year was not there."""
    rows = pl.read_csv(
        folder / SCHOOLS, schema_overrides=dict.fromkeys(("county", "dist", "school"), pl.String)
    ).select(_KEYS[-1] + tuple(pl.col(grade).cast(pl.Float64).fill_null(0.0) for grade in _GRADES))
    years = sorted(rows["year"].unique())
    areas: list[str] = []
    parents: list[int] = []
    blocks = []
    for keys in _KEYS:
        summed = rows.group_by(keys).agg(pl.col(*_GRADES).sum())
        code = pl.concat_str(pl.lit("NJ"), *keys[1:], separator="-")
        summed = summed.with_columns(code.alias("area")).sort("area", "year")
        own = summed["area"].unique(maintain_order=True).to_list()
        where = {area: at for at, area in enumerate(own)}
        block = np.full((len(own), len(years), len(_GRADES)), np.nan)
        at = [where[area] for area in summed["area"]]
        block[at, [years.index(year) for year in summed["year"]]] = summed.select(_GRADES).to_numpy()
        known = {area: index for index, area in enumerate(areas)}
        parents += [known[area.rsplit("-", 1)[0]] if areas else -1 for area in own]
        areas += own
        blocks.append(block)
    return Series(
        tuple(areas),
        tuple(years),
        _GRADES,
        np.concatenate(blocks),
        (BIRTHS, *range(len(_GRADES) - 1)),
        np.zeros((len(areas), 0)),
        years[0],
        tuple(parents),
    )
