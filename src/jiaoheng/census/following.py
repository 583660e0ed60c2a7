"""Gives rows of files that still use a school's old code the code that it has now, by the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from jiaoheng.census.lineage import Former
from jiaoheng.census.reading import ROW, Part, Reading

_COLUMNS = ("school_code", "main_school_code")
"""The columns that hold a school's code, in any table."""


def follow(reading: Reading, former: Former) -> Reading:
    """The reading with old codes of schools replaced; a note for each says how many rows had it."""
    if not former.codes:
        return reading
    met: dict[str, set[tuple[int, int]]] = {}
    parts = tuple(_followed(part, former.codes, met) for part in reading.parts)
    if not met:
        return reading
    notes = [
        f"文件中的旧标识码 {old} 按变更台账记为 {former.codes[old]}（{len(rows)} 行）。"
        for old, rows in sorted(met.items())
    ]
    return replace(reading, parts=parts, notes=(*reading.notes, *notes))


def _followed(part: Part, codes: Mapping[str, str], met: dict[str, set[tuple[int, int]]]) -> Part:
    old = pl.Series(list(codes)).implode()
    names = [name for name in _COLUMNS if name in part.columns and part.data[name].is_in(old).any()]
    for name in names:
        for code, row in part.data.filter(pl.col(name).is_in(old)).select(name, ROW).iter_rows():
            met.setdefault(code, set()).add((part.source, row))
    if not names:
        return part
    return replace(part, data=part.data.with_columns(pl.col(name).replace(codes) for name in names))


__all__ = ["follow"]
