"""Turns the rows of a sheet into rows of census tables: types, identifiers, refusals, places.

Every reader ends here: it says which column of the sheet is which column of the dictionary, and this does
the rest, column by column, so that a roster of 100,000 rows takes a moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from jiaoheng.census import dictionary, identity, identity_check, values
from jiaoheng.census.reading import ROW, Part, Reading, Rejection, Source
from jiaoheng.census.workbook import Book, Row, column_letters

POLARS_TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "code": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "term": pl.String(),
}


@dataclass(frozen=True)
class Target:
    """What a sheet's rows give to one table.

    Parameters
    ----------
    table : the table.
    columns : dictionary column to the sheet's column, counted from 0.
    constants : dictionary column to a stored value that is the same for every row (``{"stage": "primary"}``).
    factors : dictionary column to what its numbers are multiplied by (10,000 for 万元).
    headings : dictionary column to the heading as the user sees it; the Chinese name where left out.
    skip_blank : leave out a row whose columns beside the key are all blank (for a sheet with a column per
        item); otherwise such a row still says that its key exists.
    """

    table: str
    columns: Mapping[str, int]
    constants: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    skip_blank: bool = False


def read_rows(
    book: Book,
    sheet: str,
    rows: Sequence[Row],
    targets: Sequence[Target],
    *,
    first_row: int = 1,
    numbers: Sequence[int] | None = None,
    key: bytes | None = None,
    notes: Sequence[str] = (),
) -> Reading:
    """Read the body rows of a sheet.

    Parameters
    ----------
    book, sheet : the file and the name of the sheet, for messages and provenance.
    rows : the rows below the heading; rows may be of unequal length.
    targets : what they give to which table.
    first_row : the Excel number (from 1) of the first of the rows.
    numbers : the Excel number of each row, where they do not follow one another.
    key : the workspace's key for identifiers of persons.

    Returns
    -------
    Reading
        A row that any target refuses is refused whole; it gives nothing to any table.
    """
    numbers = list(numbers) if numbers is not None else list(range(first_row, first_row + len(rows)))
    return read_columns(
        book, sheet, _transpose(rows, targets), targets, numbers=numbers, key=key, notes=notes
    )


def read_columns(
    book: Book,
    sheet: str,
    cells: Mapping[int, Sequence[object]],
    targets: Sequence[Target],
    *,
    numbers: Sequence[int],
    key: bytes | None = None,
    notes: Sequence[str] = (),
) -> Reading:
    """`read_rows` for a sheet that was taken apart already: ``cells`` has each column that a target names."""
    height = len(numbers)
    frames: list[tuple[Target, pl.DataFrame]] = []
    faults: dict[tuple[int, int], tuple[str, values.CellError]] = {}
    missing: dict[tuple[int, str], tuple[Target, str]] = {}
    has_content = pl.repeat(False, height, eager=True)
    for target in targets:
        frame, wrong = _parse(target, cells, height, key)
        for (position, name), error in wrong.items():
            faults.setdefault((position, target.columns[name]), (_heading(target, name), error))
        keep = _content(target, frame)
        has_content = has_content | keep
        for name in dictionary.table(target.table).key:
            for position in (keep & frame[name].is_null()).arg_true():
                if (position, name) not in wrong:
                    missing.setdefault((position, _heading(target, name)), (target, name))
        frames.append((target, frame.with_columns(keep.alias("_keep"))))
    rejections = _rejections(book.file, sheet, numbers, faults, missing)
    bad = {position for position, _ in faults} | {position for position, _ in missing}
    good = ~_flags(height, bad)
    parts, sources = _parts(book, sheet, frames, good, numbers)
    accepted = has_content & good
    return Reading(
        parts=parts,
        sources=sources,
        rejections=rejections,
        rows_read=int((has_content | _flags(height, bad)).sum()),
        rows_accepted=int(accepted.sum()),
        rows_rejected=len(bad),
        notes=tuple(notes),
    )


def _transpose(rows: Sequence[Row], targets: Sequence[Target]) -> dict[int, list[object]]:
    """The columns that are used, as lists."""
    used = sorted({index for target in targets for index in target.columns.values()})
    if not used:
        return {}
    width = used[-1] + 1
    if all(len(row) >= width for row in rows):
        return {index: [row[index] for row in rows] for index in used}
    return {index: [row[index] if index < len(row) else None for row in rows] for index in used}


def _parse(
    target: Target, cells: Mapping[int, Sequence[object]], height: int, key: bytes | None
) -> tuple[pl.DataFrame, dict[tuple[int, str], values.CellError]]:
    table = dictionary.table(target.table)
    series: list[pl.Series] = []
    wrong: dict[tuple[int, str], values.CellError] = {}
    plain: pl.Series | None = None
    for name, index in target.columns.items():
        column = table[name]
        if not column.stored:
            continue
        parsed, faults = values.parse_column(cells[index], column, factor=target.factors.get(name, 1.0))
        wrong.update({(position, name): error for position, error in faults.items()})
        if column.rule.stored == "hash":
            plain = pl.Series(name, parsed, dtype=pl.String)
            parsed = list(identity.hash_identifiers(parsed, key))  # type: ignore[arg-type]
        series.append(pl.Series(name, parsed, dtype=POLARS_TYPES[column.type]))
    for name, value in target.constants.items():
        series.append(pl.repeat(value, height, dtype=POLARS_TYPES[table[name].type], eager=True).alias(name))
    frame = pl.DataFrame(series)
    if plain is not None and identity_check.COLUMN in table.by_name:
        frame = identity_check.add(frame, plain)
    for name in table.key:
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, POLARS_TYPES[table[name].type]).alias(name))
    return frame, wrong


def _content(target: Target, frame: pl.DataFrame) -> pl.Series:
    """Which rows give a row to the table."""
    keys = dictionary.table(target.table).key
    names = [
        name for name in target.columns if name in frame.columns and not (target.skip_blank and name in keys)
    ]
    if not names:
        return pl.repeat(False, frame.height, eager=True)
    return frame.select(pl.any_horizontal(pl.col(name).is_not_null() for name in names)).to_series()


def _heading(target: Target, name: str) -> str:
    return target.headings.get(name) or dictionary.table(target.table)[name].zh


def _flags(height: int, positions: set[int]) -> pl.Series:
    flags = [False] * height
    for position in positions:
        flags[position] = True
    return pl.Series(flags, dtype=pl.Boolean)


def _rejections(
    file: str,
    sheet: str,
    numbers: Sequence[int],
    faults: Mapping[tuple[int, int], tuple[str, values.CellError]],
    missing: Mapping[tuple[int, str], tuple[Target, str]],
) -> tuple[Rejection, ...]:
    found: list[tuple[int, int, Rejection]] = []
    for (position, index), (heading, error) in faults.items():
        row = numbers[position]
        cell = f"{column_letters(index)}{row}"
        found.append((row, index, Rejection(file, sheet, row, heading, cell, error.reason, error.mend)))
    for (position, heading), (target, name) in missing.items():
        row, at = numbers[position], target.columns.get(name)
        cell = "" if at is None else f"{column_letters(at)}{row}"
        mend = "请补填。" if at is not None else "请在表中加上这一列。"
        found.append((row, at or 0, Rejection(file, sheet, row, heading, cell, "没有填写", mend)))
    return tuple(rejection for _, _, rejection in sorted(found, key=lambda item: item[:2]))


def _parts(
    book: Book,
    sheet: str,
    frames: Sequence[tuple[Target, pl.DataFrame]],
    good: pl.Series,
    numbers: Sequence[int],
) -> tuple[tuple[Part, ...], tuple[Source, ...]]:
    """The accepted rows. Targets share a source unless they take a table's column from different places."""
    parts: list[Part] = []
    columns: list[dict[str, dict[str, str]]] = []
    row_numbers = pl.Series(ROW, numbers, dtype=pl.Int32)
    for target, frame in frames:
        letters = {
            name: column_letters(index) for name, index in target.columns.items() if name in frame.columns
        }
        letters |= dict.fromkeys(target.constants, "")
        for index, known in enumerate(columns):
            if known.setdefault(target.table, letters) == letters:
                source = index
                break
        else:
            source = len(columns)
            columns.append({target.table: letters})
        kept = frame.with_columns(row_numbers).filter(good & frame["_keep"]).drop("_keep")
        if kept.height:
            parts.append(Part(target.table, source, kept))
    sources = tuple(Source(book.file, book.sha256, sheet, known) for known in columns)
    return tuple(parts), sources
