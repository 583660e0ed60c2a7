"""What comes out of reading files: rows for the census tables, where each came from, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from jiaoheng.census import dictionary

SOURCE, ROW = "_source", "_row"
"""Columns of a part beside those of the dictionary: the index of its source, the Excel row (from 1)."""

KEY_SEPARATOR = "\x1f"
"""Parts the values of a key that is written as one text; no value can hold it."""


class Place(NamedTuple):
    """Where a value came from: the file's name, its sheet ("" for a CSV), the cell ("C17") and the row."""

    file: str
    sheet: str
    cell: str
    row: int

    def __str__(self) -> str:
        return " › ".join(part for part in (self.file, self.sheet, self.cell or f"第 {self.row} 行") if part)


class Cell(NamedTuple):
    """A value of a snapshot: its table, the key of its row (`key_text`), its column."""

    table: str
    key: str
    column: str


class SourceRow(NamedTuple):
    """A row of a file (``row`` as Excel counts) that gave a row of a census table."""

    table: str
    key: tuple[str, ...]
    source: int
    row: int


@dataclass(frozen=True)
class Source:
    """A sheet or CSV that was read. ``columns``: table, then column, to the letters of the sheet's column;
    the letters are empty where the sheet as a whole settles the value (the stage of a file per stage).
    A form, which has a row of the table in many cells, gives whole addresses (K7, J8+K8) in their place;
    for ``form_cells`` they stand under the heading of the form's column.

    A sheet that gives the same column of a table more than once (a column per item, say) is several sources.
    """

    file: str
    sha256: str
    sheet: str
    columns: Mapping[str, Mapping[str, str]]

    def place(self, table: str, column: str, row: int) -> Place:
        """Where this source has a value; of a value that several cells add up to, the first."""
        return self.places(table, column, row)[0]

    def places(self, table: str, column: str, row: int) -> tuple[Place, ...]:
        """All cells that give a value: several where they add up to it."""
        letters = self.columns.get(table, {}).get(column, "")
        if letters and letters[-1].isdecimal():
            addresses = letters.split("+")
            rows = [int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for address in addresses]
            return tuple(map(Place, repeat(self.file), repeat(self.sheet), addresses, rows))
        return (Place(self.file, self.sheet, f"{letters}{row}" if letters else "", row),)


@dataclass(frozen=True)
class Rejection:
    """A row, or a whole file (``row`` is None), that was refused: where, why, how to mend it.

    ``column`` is the heading as the user sees it, ``cell`` an address; both empty for a whole row. Values of
    tables of persons are never repeated.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    cell: str
    reason: str
    mend: str

    def message(self) -> str:
        """One line: ``学校表.xlsx › 小学 › 第 17 行「在校生数」：“３２O”不是整数。请改为阿拉伯数字。``"""
        where = f"第 {self.row} 行" if self.row is not None else ""
        where += f"「{self.column}」" if self.column else ""
        place = " › ".join(part for part in (self.file, self.sheet, where) if part)
        return f"{place}：{self.reason}。{self.mend}"


@dataclass(frozen=True)
class Recognised:
    """What a sheet was taken for: the layout (its id and name), the school, the stages, how many rows."""

    file: str
    sheet: str
    layout: str
    name: str
    school: str
    stage: str
    rows: int

    def message(self) -> str:
        """One line: ``报表.xlsx › 教基3112_小学：教基3112 小学分类型学生数，东城小学，小学，12 行。``"""
        place = " › ".join(part for part in (self.file, self.sheet) if part)
        what = "，".join(part for part in (self.name, self.school, self.stage, f"{self.rows} 行") if part)
        return f"{place}：{what}。"


@dataclass(frozen=True)
class Part:
    """Rows for one table from one source.

    ``data`` has the table's key, the columns that the source gave, and the Excel row of each in ``_row``.
    """

    table: str
    source: int
    data: pl.DataFrame

    @property
    def columns(self) -> tuple[str, ...]:
        """The dictionary columns that the part gives, the key included."""
        return tuple(name for name in self.data.columns if name != ROW)


@dataclass(frozen=True)
class Reading:
    """All that a reading found. ``rows_read == rows_accepted + rows_rejected`` always holds.

    A row of a sheet counts once, however many tables it feeds; rows without any content do not count.
    """

    parts: tuple[Part, ...] = ()
    sources: tuple[Source, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    notes: tuple[str, ...] = field(default=())
    recognised: tuple[Recognised, ...] = field(default=())

    @cached_property
    def tables(self) -> Mapping[str, pa.Table]:
        """The rows by table, one per key: only the columns that a file had, typed by the dictionary.

        Where two rows of the same key disagree the first is shown; `merge.settle` refuses such rows.
        """
        from jiaoheng.census.merge import merge_parts  # merge works on readings: it stands above

        return {
            name: merge_parts(name, [part for part in self.parts if part.table == name]).table()
            for name in dictionary.tables()
            if any(part.table == name for part in self.parts)
        }

    @cached_property
    def rows(self) -> pa.Table:
        """Where every row came from: columns table, key (`key_text`), source, row."""
        frames = [
            part.data.select(
                pl.lit(part.table).alias("table"),
                key_expression(part.table).alias("key"),
                pl.lit(part.source, pl.Int32).alias("source"),
                pl.col(ROW).alias("row"),
            )
            for part in self.parts
        ]
        if not frames:
            return ROWS_SCHEMA.empty_table()
        return pl.concat(frames).to_arrow().cast(ROWS_SCHEMA)


ROWS_SCHEMA = pa.schema(
    [("table", pa.string()), ("key", pa.string()), ("source", pa.int32()), ("row", pa.int32())]
)


def join(readings: Iterable[Reading], *, notes: Sequence[str] = ()) -> Reading:
    """Several readings as one, in the order given."""
    parts: list[Part] = []
    sources: list[Source] = []
    rejections: list[Rejection] = []
    all_notes: list[str] = list(notes)
    recognised: list[Recognised] = []
    read = accepted = rejected = 0
    for reading in readings:
        offset = len(sources)
        parts += [Part(part.table, part.source + offset, part.data) for part in reading.parts]
        sources += reading.sources
        rejections += reading.rejections
        all_notes += reading.notes
        recognised += reading.recognised
        read += reading.rows_read
        accepted += reading.rows_accepted
        rejected += reading.rows_rejected
    return Reading(
        parts=tuple(parts),
        sources=tuple(sources),
        rejections=tuple(rejections),
        rows_read=read,
        rows_accepted=accepted,
        rows_rejected=rejected,
        notes=tuple(all_notes),
        recognised=tuple(recognised),
    )


def key_text(key: Sequence[object] | object) -> str:
    """The key of a row as one text, as `Reading.rows` and the store's provenance write it."""
    values = key if isinstance(key, (tuple, list)) else (key,)
    return KEY_SEPARATOR.join(str(value) for value in values)


def key_expression(table: str) -> pl.Expr:
    """The same, for a whole frame of that table."""
    keys = dictionary.table(table).key
    return pl.concat_str([pl.col(name).cast(pl.String) for name in keys], separator=KEY_SEPARATOR)
