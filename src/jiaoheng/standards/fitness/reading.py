"""Reads workbooks of measurements: one row a pupil, of whom nothing is kept but sex, grade, class and values.

Names and addresses are read past. An identifier serves to find a pupil who stands in two rows, and is then
forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from jiaoheng.census import values
from jiaoheng.census.personal import without_numbers
from jiaoheng.census.readers import body as bodies
from jiaoheng.census.readers.heading import cell_text
from jiaoheng.census.reading import Rejection
from jiaoheng.census.workbook import Book, Row, Sheet, open_book
from jiaoheng.packs.fitness import Fitness
from jiaoheng.standards.fitness.grades import grade_of
from jiaoheng.standards.fitness.headings import Columns, called, find_columns
from jiaoheng.standards.fitness.measured_column import read_column
from jiaoheng.standards.fitness.pupil import FitnessError
from jiaoheng.standards.fitness.repeated import once_each
from jiaoheng.standards.fitness.rules import fitness
from jiaoheng.terms import Sex

_SCHEMA: dict[str, Any] = {
    "source": pl.Int32,
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "school": pl.String,
    "class_name": pl.String,
    "sex": pl.String,
    "grade": pl.String,
    "exempt": pl.Boolean,
}


@dataclass(frozen=True)
class Measurements:
    """What workbooks say.

    Attributes
    ----------
    pupils : one row a pupil: ``source`` (the position of its file in what was given), ``file``, ``sheet``,
        ``row`` (as in Excel), ``school``, ``class_name``, ``sex``, ``grade``, ``exempt``, and the items and
        inputs of the standard; null where not known.
    heads : the row of the headings (as in Excel) of every sheet that was read, by source and sheet.
    refused : cells that could not be read (the value is then unknown) and rows that are left out.
    notes : what a user should know of how the files were read.
    """

    pupils: pl.DataFrame
    heads: Mapping[tuple[int, str], int]
    refused: tuple[Rejection, ...]
    notes: tuple[str, ...]


def read_measurements(paths: Sequence[Path], *, rules: Fitness | None = None) -> Measurements:
    """Read workbooks of measurements.

    Parameters
    ----------
    paths : .xlsx, .xls, .csv and all other files that an import takes.
    rules : the standard, which has the headings too; that of 2014 where left out.

    Raises
    ------
    FitnessError, FileError
        A file cannot be opened, or no sheet of it has a heading of an item, or one lacks grade or sex.
    """
    rules = rules or fitness()
    found: list[_Sheet] = []
    notes: list[str] = []
    for source, path in enumerate(paths):
        book = open_book(path)
        read = [each for sheet in book.visible if (each := _read(book, source, sheet, rules)) is not None]
        if not read:
            some = "、".join(item.name for item in list(rules.items.values())[1:4])
            raise FitnessError(f"{book.file}：没有找到体测成绩的表头。表头中应有{some}等项目的名称。")
        notes += book.notes([sheet for sheet in book.visible if sheet.name in {each.name for each in read}])
        found += read
    frame = pl.concat([each.frame for each in found])
    people = [person for each in found for person in each.people]
    kept, repeated = once_each(frame, people)
    refused = [rejection for each in found for rejection in each.refused] + list(repeated.refused)
    return Measurements(
        pupils=kept,
        heads={(each.source, each.name): each.head for each in found},
        refused=tuple(refused),
        notes=(*notes, *(note for each in found for note in each.notes), *repeated.notes),
    )


@dataclass(frozen=True)
class _Sheet:
    """One sheet: its rows, whose they are, and what is to be said of it."""

    source: int
    name: str
    head: int
    frame: pl.DataFrame
    people: Sequence[str | None]
    refused: Sequence[Rejection]
    notes: Sequence[str]


def _read(book: Book, source: int, sheet: Sheet, rules: Fitness) -> _Sheet | None:
    columns = find_columns(sheet, rules)
    if columns is None:
        return None
    where = f"{book.file} › {sheet.name}" if sheet.name else book.file
    _demand(where, columns)
    body = bodies.split(
        sheet.rows, columns.data, columns.first, totals=rules.rules.totals, remarks=rules.rules.notes
    )
    rows = [sheet.rows[position] for position in body.data]
    numbers = [position + 1 for position in body.data]
    untested = frozenset(rules.rules.untested)
    measured = {
        of.id: read_column(rows, numbers, columns.measured.get(of.id), of, untested)
        for of in (*rules.inputs, *rules.items.values())
    }
    place = {"source": source, "file": book.file, "sheet": sheet.name}
    said = _said(rows, columns, rules, (sheet.name, *columns.title, book.file))
    frame = pl.DataFrame(
        {
            **{name: [value] * len(rows) for name, value in place.items()},
            "row": numbers,
            **said,
            **{name: column.values for name, column in measured.items()},
        },
        schema=_SCHEMA | dict.fromkeys(measured, pl.Float64),
    )
    passed = [f"不是学生、未读：{words}。"] if (words := body.passed_over()) else []
    notes = [*passed, *(note for column in measured.values() for note in column.notes())]
    return _Sheet(
        source=source,
        name=sheet.name,
        head=columns.head + 1,
        frame=frame,
        people=[text or None for text in _texts(rows, columns, "person")],
        refused=[each for column in measured.values() for each in column.refused(book.file, sheet.name)],
        notes=[f"{where}：{note}" for note in notes],
    )


def _demand(where: str, columns: Columns) -> None:
    """Refuse a sheet that cannot be scored."""
    if columns.twice:
        first, second = columns.twice[0]
        raise FitnessError(f"{where}：{called(first)}和{called(second)}是同一项。请删去或改名其中一列。")
    if "sex" not in columns.roles:
        raise FitnessError(f"{where}：没有「性别」一列，不能评分。请补上。")
    if not {"grade", "class"} & columns.roles.keys():
        raise FitnessError(f"{where}：没有「年级编号」或「年级」一列，不能评分。请补上。")


def _said(
    rows: Sequence[Row], columns: Columns, rules: Fitness, around: Sequence[str]
) -> dict[str, list[Any]]:
    """Who the pupils are, so far as scoring needs it."""
    classes, grades, schools, sexes, exempt = (
        _texts(rows, columns, role) for role in ("class", "grade", "school", "sex", "exempt")
    )
    unless = rules.rules.exempt.unless
    return {
        # A number that slipped into these columns may be a person's.
        "school": [without_numbers(text) or Path(around[-1]).stem for text in schools],
        "class_name": [without_numbers(text) or None for text in classes],
        "sex": [None if (sex := Sex.named(text)) is None else sex.value for text in sexes],
        "grade": [grade_of(grade, (own, *around)) for grade, own in zip(grades, classes, strict=True)],
        "exempt": [bool(text) and text not in unless for text in exempt],
    }


def _texts(rows: Sequence[Row], columns: Columns, role: str) -> list[str]:
    """A column of words, clean; empty where it says nothing or there is none."""
    path = columns.roles.get(role)
    if path is None:
        return [""] * len(rows)
    cells = [row[path.column] if path.column < len(row) else None for row in rows]
    return ["" if (text := values.clean(cell_text(cell))) in values.BLANKS else text for cell in cells]


__all__ = ["Measurements", "read_measurements"]
