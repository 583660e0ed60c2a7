"""Small censuses for tests: rows in, a stored snapshot out, with provenance as a real import leaves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.census.reading import ROW, Part, Reading, Source
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import Store

Rows = Sequence[Mapping[str, Any]]

REGION = "441284"


def snapshot(folder: Path, tables: Mapping[str, Rows], *, year: int = 2025) -> Census:
    """Store `tables` as if each had been a sheet of one workbook: headings in row 1, columns from A on."""
    parts, sources = [], []
    for number, (name, rows) in enumerate(tables.items()):
        table = dictionary.table(name)
        given = {column for row in rows for column in row}
        columns = [column for column in table.columns if column.name in given]
        data = pl.DataFrame(
            {column.name: [row.get(column.name) for row in rows] for column in columns},
            schema={column.name: pl.Series(dtype=_dtype(column)).dtype for column in columns},
        ).with_columns(pl.Series(ROW, range(2, len(rows) + 2), pl.Int32))
        letters = {column.name: _letters(place) for place, column in enumerate(columns)}
        parts.append(Part(name, number, data))
        sources.append(Source("普查表.xlsx", "0" * 64, table.zh, {name: letters}))
    read = sum(len(rows) for rows in tables.values())
    reading = Reading(tuple(parts), tuple(sources), rows_read=read, rows_accepted=read)
    return Store(folder).commit(year, reading, region=REGION)


def _dtype(column: dictionary.Column) -> pl.DataType:
    types = {"integer": pl.Int64(), "number": pl.Float64(), "boolean": pl.Boolean(), "date": pl.Date()}
    return types.get(column.type, pl.String())


def _letters(place: int) -> str:
    return (
        ascii_uppercase[place]
        if place < 26
        else ascii_uppercase[place // 26 - 1] + ascii_uppercase[place % 26]
    )


def school(code: str, **values: Any) -> dict[str, Any]:
    """A school with everything that is required."""
    usual = {
        "school_code": code,
        "name": f"第{code[-2:]}学校",
        "area_code": "441284001",
        "school_type": "primary_school",
        "ownership": "public",
        "urban_rural_code": "111",
        "counted": True,
    }
    return usual | values


def area(code: str, name: str) -> dict[str, Any]:
    return {"area_code": code, "name": name, "parent": REGION, "kind": "town"}
