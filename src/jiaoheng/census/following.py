"""Gives rows of files that still use a school's old code the code that it has now, by the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.census.integrity import REFERENCES
from jiaoheng.census.lineage import Former
from jiaoheng.census.reading import Part, Reading

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(
        dict.fromkeys(
            [
                *(["school_code"] if name == "schools" else []),
                *(each.column for each in REFERENCES if each.table == name and each.target == "schools"),
            ]
        )
    )
    for name in dictionary.tables()
}
"""The columns of each table that hold a school's code."""


def follow(reading: Reading, former: Former) -> Reading:
    """The reading with old codes of schools replaced; a note for each says how many rows had it."""
    if not former.codes:
        return reading
    met: Counter[str] = Counter()
    parts = tuple(_followed(part, former.codes, met) for part in reading.parts)
    if not met:
        return reading
    notes = [
        f"文件中的旧标识码 {old} 按变更台账记为 {former.codes[old]}（{rows} 行）。"
        for old, rows in sorted(met.items())
    ]
    return replace(reading, parts=parts, notes=(*reading.notes, *notes))


def _followed(part: Part, codes: Mapping[str, str], met: Counter[str]) -> Part:
    names = [name for name in _COLUMNS[part.table] if name in part.columns]
    old = [name for name in names if part.data[name].is_in(list(codes)).any()]
    if not old:
        return part
    for name in old:
        met.update(code for code in part.data[name].to_list() if code in codes)
    return replace(part, data=part.data.with_columns(pl.col(name).replace(codes) for name in old))


__all__ = ["follow"]
