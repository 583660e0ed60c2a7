"""Puts columns that a reader found or worked out together into a reading, with refusals and provenance.

A reader gives columns, each with the sheet column that it comes from; parsing, counting and refusing rows
is the work of `jiaoheng.census.rows`, to which this hands on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from jiaoheng.census import merge
from jiaoheng.census.reading import Reading, Rejection
from jiaoheng.census.rows import Target, read_columns
from jiaoheng.census.workbook import Book, Cell, Row, column_letters

Constant = str | int | float | bool


@dataclass(frozen=True)
class Given:
    """A column for a table: its cells, one for each data row.

    Attributes
    ----------
    target : ``table.column``.
    origin : the sheet column, from 0, that the cells come from or were worked out from.
    heading : that column's heading, as the user sees it.
    cells : as the sheet has them, or as they were worked out.
    factor : what numbers are multiplied by to reach the base unit.
    group : tells apart several rows that one row of the sheet gives to the same table (one a stage).
    """

    target: str
    origin: int
    heading: str
    cells: Sequence[Cell]
    factor: float = 1.0
    group: int = 0

    @property
    def table(self) -> str:
        """The table of the target."""
        return self.target.partition(".")[0]

    @property
    def name(self) -> str:
        """The column of the target."""
        return self.target.partition(".")[2]


@dataclass(frozen=True)
class Problem:
    """A cell that a reader could not make sense of. ``position`` counts the data rows from 0."""

    position: int
    column: int
    heading: str
    reason: str
    mend: str


@dataclass(frozen=True)
class Draft:
    """What a reader has found in one sheet.

    Attributes
    ----------
    numbers : the Excel number of each data row.
    columns : at least the key of every table that the sheet feeds.
    constants : by table and group, stored values that are the same for every row.
    problems : refusals that the reader found itself.
    notes : remarks for the user.
    distinct : tables that take each different row once (areas named on every school's row).
    """

    numbers: Sequence[int]
    columns: Sequence[Given]
    constants: Mapping[tuple[str, int], Mapping[str, Constant]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    distinct: frozenset[str] = frozenset()


def assemble(book: Book, sheet: str, draft: Draft, *, key: bytes | None = None) -> Reading:
    """The reading of a sheet; every data row counts, as accepted or as rejected."""
    problems = [*draft.problems, *_empty_rows(draft)]
    cells = {place: each.cells for place, each in enumerate(draft.columns)}
    reading = read_columns(
        book, sheet, cells, _targets(draft), numbers=draft.numbers, key=key, notes=draft.notes
    )
    reading = _with_origins(reading, draft)
    reading = _once(reading, draft.distinct)
    return _refuse(book, sheet, reading, problems, draft.numbers)


def _targets(draft: Draft) -> list[Target]:
    targets = []
    for table, group in dict.fromkeys((each.table, each.group) for each in draft.columns):
        columns, factors, headings = {}, {}, {}
        for place, each in enumerate(draft.columns):
            if (each.table, each.group) == (table, group):
                columns[each.name] = place
                headings[each.name] = each.heading
                if each.factor != 1.0:
                    factors[each.name] = each.factor
        targets.append(Target(table, columns, draft.constants.get((table, group), {}), factors, headings))
    return targets


def _empty_rows(draft: Draft) -> list[Problem]:
    """Rows of the sheet of which no column that is read says anything: they are refused, not lost."""
    refused = {problem.position for problem in draft.problems}
    empty = [position for position in range(len(draft.numbers)) if position not in refused]
    for each in draft.columns:
        empty = [position for position in empty if each.cells[position] in ("", None)]
    first = draft.columns[0]
    return [
        Problem(position, first.origin, first.heading, "这一行没有可读的内容", "请补填，或删去这一行。")
        for position in empty
    ]


def _with_origins(reading: Reading, draft: Draft) -> Reading:
    """Addresses in the sheet itself, in place of places in the draft."""
    letters = {column_letters(i): column_letters(each.origin) for i, each in enumerate(draft.columns)}
    sources = tuple(
        replace(
            source,
            columns={
                table: {name: letters.get(where, where) for name, where in columns.items()}
                for table, columns in source.columns.items()
            },
        )
        for source in reading.sources
    )
    rejections = []
    for rejection in reading.rejections:
        place = rejection.cell.rstrip("0123456789")
        rejections.append(
            replace(rejection, cell=letters[place] + rejection.cell[len(place) :] if place else "")
        )
    return replace(reading, sources=sources, rejections=tuple(rejections))


def _once(reading: Reading, distinct: frozenset[str]) -> Reading:
    parts = []
    for part in reading.parts:
        if part.table in distinct:
            names = list(part.columns)
            part = replace(part, data=part.data.unique(subset=names, keep="first", maintain_order=True))
        parts.append(part)
    return replace(reading, parts=tuple(parts))


def _refuse(
    book: Book, sheet: str, reading: Reading, problems: Sequence[Problem], numbers: Sequence[int]
) -> Reading:
    """Refuse the rows with problems; what reading them found about the same cells is said already."""
    made: dict[tuple[int, str], Rejection] = {}
    for problem in problems:
        row = numbers[problem.position]
        address = f"{column_letters(problem.column)}{row}"
        made.setdefault(
            (row, address),
            Rejection(book.file, sheet, row, problem.heading, address, problem.reason, problem.mend),
        )
    kept = [each for each in reading.rejections if (each.row, each.cell) not in made]
    whole: dict[int, Rejection] = {}
    for (row, _), rejection in made.items():
        whole.setdefault(row, rejection)
    reading = replace(reading, rejections=())
    if whole and reading.sources:
        reading = merge.reject(reading, {(0, row): rejection for row, rejection in whole.items()})
    rejections = sorted((*kept, *made.values()), key=lambda each: (each.row or 0, len(each.cell), each.cell))
    rejected = len({each.row for each in rejections})
    return replace(
        reading,
        rejections=tuple(rejections),
        rows_read=len(numbers),
        rows_accepted=len(numbers) - rejected,
        rows_rejected=rejected,
    )


def cells_of(rows: Sequence[Row], column: int) -> list[Cell]:
    """One column of the rows; rows may be of unequal length."""
    try:
        return list(map(itemgetter(column), rows))
    except IndexError:
        return [row[column] if column < len(row) else None for row in rows]


__all__ = ["Constant", "Draft", "Given", "Problem", "assemble", "cells_of"]
