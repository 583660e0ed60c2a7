"""Puts the rows of several files together, one per key, and lays them over a table that is there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl
import pyarrow as pa

from jiaoheng.census import dictionary
from jiaoheng.census.contradiction import contradiction
from jiaoheng.census.reading import ROW, SOURCE, Part, Reading, Rejection
from jiaoheng.census.schema import schema

_GIVEN = "_given_"
"""Opens the name of a column that says, row by row, whether a file had the column at all."""

RowId = tuple[int, int]
"""A source and an Excel row."""


@dataclass(frozen=True)
class Merged:
    """One row per key. ``frame`` holds the values, and a ``_given_…`` column where not every file had one."""

    name: str
    frame: pl.DataFrame

    @property
    def columns(self) -> tuple[str, ...]:
        """The dictionary columns that any file had, in the order of the dictionary."""
        return tuple(name for name in schema(self.name).names if name in self.frame.columns)

    def table(self) -> pa.Table:
        """The values as an Arrow table, typed by the dictionary."""
        wanted = pa.schema([schema(self.name).field(name) for name in self.columns])
        return self.frame.select(self.columns).to_arrow().cast(wanted)


def merge_parts(table: str, parts: Sequence[Part]) -> Merged:
    """The rows of all parts, one per key; of several values for one cell the first that is not null."""
    keys = list(dictionary.table(table).key)
    stack = _stack(parts)
    values = [name for name in stack.columns if name not in (*keys, SOURCE, ROW)]
    stack = stack.drop(SOURCE, ROW)
    repeated = _repeated(stack, keys)
    if repeated is not None:
        given = [name for name in values if name.startswith(_GIVEN)]
        first = [pl.col(name).drop_nulls().first() for name in values if name not in given]
        merged = (
            stack.filter(repeated)
            .group_by(keys, maintain_order=True)
            .agg(*first, *(pl.col(name).any() for name in given))
        )
        stack = pl.concat([stack.filter(~repeated), merged.select(stack.columns)])
    return Merged(table, stack)


def upsert(base: pa.Table, merged: Merged) -> pl.DataFrame:
    """``base`` with the merged rows laid over it, sorted by key, with all columns of the schema.

    A column that a file had overwrites, also with null; one that it lacked leaves the value as it was.
    """
    keys = list(dictionary.table(merged.name).key)
    names = schema(merged.name).names
    new = merged.frame
    if base.num_rows == 0:
        return pl.concat([pl.DataFrame(base), new], how="diagonal").select(names).sort(keys)
    values = [name for name in names if name in new.columns and name not in keys]
    old = pl.DataFrame(base).with_columns(pl.lit(True).alias("_old"))
    new = new.rename({name: f"_new_{name}" for name in values}).with_columns(pl.lit(True).alias("_new"))
    joined = old.join(new, on=keys, how="full", coalesce=True)
    overwritten = []
    for name in values:
        takes = pl.col("_new").is_not_null()
        if f"{_GIVEN}{name}" in joined.columns:
            takes = pl.col(f"{_GIVEN}{name}").fill_null(False)
        overwritten.append(pl.when(takes).then(pl.col(f"_new_{name}")).otherwise(pl.col(name)).alias(name))
    return joined.with_columns(overwritten).select(names).sort(keys)


def settle(reading: Reading) -> Reading:
    """The reading without rows that contradict each other; each becomes a rejection that names the other.

    Rows with the same key whose values agree, or where one is blank, stay and are merged.
    """
    bad: dict[RowId, Rejection] = {}
    for name, parts in _by_table(reading).items():
        for row_id, rejection in _contradictions(reading, name, parts):
            bad.setdefault(row_id, rejection)
    return reject(reading, bad) if bad else reading


def reject(reading: Reading, bad: Mapping[RowId, Rejection]) -> Reading:
    """The reading without these rows: what they gave to any table goes, and the counts follow."""
    sheets = _sheet_numbers(reading)
    doomed = {(sheets[source], row) for source, row in bad}
    gone = pl.DataFrame(sorted(doomed), schema={"_sheet": pl.Int32, ROW: pl.Int32}, orient="row")
    parts: list[Part] = []
    dropped: set[tuple[int, int]] = set()
    for part in reading.parts:
        sheet = sheets[part.source]
        rows = gone.filter(pl.col("_sheet") == sheet)[ROW]
        hit = part.data[ROW].is_in(rows.implode())
        dropped |= {(sheet, row) for row in part.data[ROW].filter(hit)}
        kept = part.data.filter(~hit)
        if kept.height:
            parts.append(replace(part, data=kept))
    return replace(
        reading,
        parts=tuple(parts),
        rejections=(*reading.rejections, *bad.values()),
        rows_accepted=reading.rows_accepted - len(dropped),
        rows_rejected=reading.rows_rejected + len(dropped),
    )


def _stack(parts: Sequence[Part]) -> pl.DataFrame:
    """All rows of the parts, with the source of each, and which columns its file had where they differ."""
    everywhere = set.intersection(*(set(part.columns) for part in parts))
    anywhere = {name for part in parts for name in part.columns}
    partial = sorted(anywhere - everywhere)
    return pl.concat(
        [
            part.data.with_columns(
                pl.lit(part.source, pl.Int32).alias(SOURCE),
                *(pl.lit(name in part.columns).alias(f"{_GIVEN}{name}") for name in partial),
            )
            for part in parts
        ],
        how="diagonal",
    )


def _repeated(stack: pl.DataFrame, keys: list[str]) -> pl.Series | None:
    """Which rows share their key with another; None where none does."""
    if stack.select(pl.struct(keys).n_unique()).item() == stack.height:
        return None
    return stack.select(pl.struct(keys).is_duplicated()).to_series()


def _contradictions(reading: Reading, name: str, parts: Sequence[Part]) -> Iterable[tuple[RowId, Rejection]]:
    table = dictionary.table(name)
    keys = list(table.key)
    stack = _stack(parts)
    repeated = _repeated(stack, keys)
    if repeated is None:
        return
    stack = stack.filter(repeated)
    values = [column.name for column in table.columns if column.name in stack.columns and not column.key]
    groups: dict[tuple[object, ...], list[dict[str, object]]] = defaultdict(list)
    clash = pl.any_horizontal(
        pl.lit(False), *(pl.col(value).drop_nulls().n_unique().over(keys) > 1 for value in values)
    )
    for row in stack.filter(clash).iter_rows(named=True):
        groups[tuple(row[key] for key in keys)].append(row)
    for rows in groups.values():
        for row in rows:
            other, columns = _opponent(row, rows, values)
            if other is not None:
                ids = _row_id(row), _row_id(other)
                yield ids[0], contradiction(reading, table, columns, row, other, ids)


def _opponent(
    row: dict[str, object], rows: Sequence[dict[str, object]], values: Sequence[str]
) -> tuple[dict[str, object] | None, list[str]]:
    """The first row that says otherwise, and in which columns; where none does, the row stands."""
    for other in rows:
        columns = [
            value
            for value in values
            if row[value] is not None and other[value] is not None and row[value] != other[value]
        ]
        if columns:
            return other, columns
    return None, []


def _row_id(row: Mapping[str, object]) -> RowId:
    source, number = row[SOURCE], row[ROW]
    assert isinstance(source, int)
    assert isinstance(number, int)
    return source, number


def _by_table(reading: Reading) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in reading.parts:
        found.setdefault(part.table, []).append(part)
    return found


def _sheet_numbers(reading: Reading) -> list[int]:
    """A number for each source's sheet: sources of one sheet share it, as they share its rows."""
    numbers: dict[tuple[str, str, str], int] = {}
    return [
        numbers.setdefault((source.file, source.sha256, source.sheet), len(numbers))
        for source in reading.sources
    ]
