"""Where the figures of a census came from: cells of files, or rows of registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.census.reading import key_text
from jiaoheng.census.snapshot import PROVENANCE, Census


def cells(census: Census, table: str, key: Sequence[object], column: str) -> str:
    """The cells that a value came from: ``学校表.xlsx › 小学 › C17``."""
    places = census.provenance(table, tuple(key), column)
    return "；".join(str(place) for place in places) or "（没有记下来源）"


def rows(census: Census, table: str, keys: Iterable[Sequence[object]]) -> str:
    """The rows that records came from: ``431 行，名册.xlsx › 学生 第 2–431、440 行``. No record is shown."""
    wanted = [key_text(tuple(key)) for key in keys]
    known = pl.read_parquet(census.folder / f"{PROVENANCE}.parquet").filter(pl.col("table") == table)
    found = known.filter(pl.col("key").is_in(wanted))
    said = []
    for (number,), group in found.sort("source", "row").group_by("source", maintain_order=True):
        source = census.manifest.sources[int(str(number))].source
        where = " › ".join(part for part in (source.file, source.sheet) if part)
        said.append(f"{where} 第 {ranges(group['row'].to_list())} 行")
    places = "；".join(said) or "（没有记下来源）"
    return f"{len(wanted):,} 行，{places}"


def ranges(numbers: Iterable[int], *, most: int = 8) -> str:
    """Row numbers in short: ``2–431、440``; after `most` runs the rest are only counted."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [f"{first}–{last}" if last > first else f"{first}" for first, last in runs[:most]]
    more = sum(last - first + 1 for first, last in runs[most:])
    return "、".join(said) + (f" 等（另有 {more} 行）" if more else "")


def form(column: dictionary.Column) -> str:
    """Where the official forms have a column: ``教基5170「占地面积」``."""
    if not column.form:
        return ""
    if column.field.isdecimal():
        return f"{column.form} 第 {column.field} 项"
    return f"{column.form}「{column.field}」" if column.field else column.form
