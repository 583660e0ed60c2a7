"""Reads workbooks of measurements: one row a pupil, of whom nothing is kept but sex, grade, class and values.

Names and addresses are read past. An identifier serves to find a pupil who stands in two rows, and is then
forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import polars as pl

from jiaoheng.census import values
from jiaoheng.census.readers import body as bodies
from jiaoheng.census.readers.heading import cell_text
from jiaoheng.census.reading import Rejection
from jiaoheng.census.workbook import Book, Cell, Row, Sheet, column_letters, open_book
from jiaoheng.packs.fitness import Fitness
from jiaoheng.packs.fitness_grid import GRADES
from jiaoheng.standards.fitness.headings import Columns, called, find_columns
from jiaoheng.standards.fitness.measured import MeasuredError, read_measured
from jiaoheng.standards.fitness.pupil import FitnessError
from jiaoheng.standards.fitness.repeated import once_each
from jiaoheng.standards.fitness.rules import fitness
from jiaoheng.terms import Grade, Sex


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


@dataclass
class _Sheet:
    """One sheet: its rows, whose they are, and what is to be said of it."""

    source: int
    name: str
    head: int
    frame: pl.DataFrame = field(default_factory=pl.DataFrame)
    people: list[str | None] = field(default_factory=list)
    refused: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


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
    made = _Sheet(source, sheet.name, columns.head + 1)
    if passed := body.passed_over():
        made.notes.append(f"{where}：不是学生、未读：{passed}。")
    measured = {
        of.id: _measured(rows, numbers, columns, of.id, rules, book, made)
        for of in (*rules.inputs, *rules.items.values())
    }
    classes = _texts(rows, columns, "class")
    grades = _texts(rows, columns, "grade")
    schools = _texts(rows, columns, "school")
    around = (sheet.name, *columns.title, book.file)
    made.people = [text or None for text in _texts(rows, columns, "person")]
    made.frame = pl.DataFrame(
        {
            "source": [source] * len(rows),
            "file": [book.file] * len(rows),
            "sheet": [sheet.name] * len(rows),
            "row": numbers,
            "school": [text or Path(book.file).stem for text in schools],
            "class_name": [text or None for text in classes],
            "sex": [
                None if (sex := Sex.named(text)) is None else sex.value
                for text in _texts(rows, columns, "sex")
            ],
            "grade": [_grade(grade, (own, *around)) for grade, own in zip(grades, classes, strict=True)],
            "exempt": [
                bool(text) and text not in rules.rules.exempt.unless
                for text in _texts(rows, columns, "exempt")
            ],
            **measured,
        },
        schema={
            "source": pl.Int32,
            **dict.fromkeys(("file", "sheet"), pl.String),
            "row": pl.Int64,
            **dict.fromkeys(("school", "class_name", "sex", "grade"), pl.String),
            "exempt": pl.Boolean,
            **dict.fromkeys(measured, pl.Float64),
        },
    )
    return made


def _demand(where: str, columns: Columns) -> None:
    """Refuse a sheet that cannot be scored."""
    if columns.twice:
        first, second = columns.twice[0]
        raise FitnessError(f"{where}：{called(first)}和{called(second)}是同一项。请删去或改名其中一列。")
    if "sex" not in columns.roles:
        raise FitnessError(f"{where}：没有「性别」一列，不能评分。请补上。")
    if not {"grade", "class"} & columns.roles.keys():
        raise FitnessError(f"{where}：没有「年级编号」或「年级」一列，不能评分。请补上。")


def _measured(
    rows: Sequence[Row],
    numbers: Sequence[int],
    columns: Columns,
    name: str,
    rules: Fitness,
    book: Book,
    made: _Sheet,
) -> list[float | None]:
    """A column of measurements; what cannot be read is unknown, and said."""
    path = columns.measured.get(name)
    if path is None:
        return [None] * len(rows)
    of = next(each for each in (*rules.inputs, *rules.items.values()) if each.id == name)
    untested = frozenset(rules.rules.untested)
    known: dict[tuple[type, Cell], tuple[float | None, bool] | MeasuredError] = {}
    found: list[float | None] = []
    wrong: dict[str, list[int]] = {}
    guessed: list[int] = []
    for row, number in zip(rows, numbers, strict=True):
        cell = row[path.column] if path.column < len(row) else None
        key = (type(cell), cell)
        if key not in known:
            try:
                read = read_measured(cell, of, untested)
                known[key] = (read.value, read.guessed)
            except MeasuredError as error:
                known[key] = error
        said = known[key]
        if isinstance(said, MeasuredError):
            found.append(None)
            wrong.setdefault(said.reason + "\n" + said.mend, []).append(number)
        else:
            found.append(said[0])
            if said[1]:
                guessed.append(number)
    for words, places in wrong.items():
        reason, mend = words.split("\n")
        more = f"（同样的共 {len(places)} 行）" if len(places) > 1 else ""
        cell_name = f"{column_letters(path.column)}{places[0]}"
        made.refused.append(
            Rejection(book.file, made.name, places[0], path.text, cell_name, reason + more, mend)
        )
    if guessed:
        where = f"{book.file} › {made.name}" if made.name else book.file
        shown = "、".join(map(str, guessed[:8])) + (" 等" if len(guessed) > 8 else "")
        made.notes.append(
            f"{where}：{called(path)}有 {len(guessed)} 行只有一位小数（第 {shown} 行），"
            "按“分.秒”读，3.4 即 3 分 40 秒。请核对。"
        )
    return found


def _texts(rows: Sequence[Row], columns: Columns, role: str) -> list[str]:
    """A column of words, clean; empty where it says nothing or there is none."""
    path = columns.roles.get(role)
    if path is None:
        return [""] * len(rows)
    cells = [row[path.column] if path.column < len(row) else None for row in rows]
    return ["" if (text := values.clean(cell_text(cell))) in values.BLANKS else text for cell in cells]


def _grade(said: str, around: Sequence[str]) -> str | None:
    """The grade that its own column names (13, 三年级), else the class, the sheet, the title or the file
    (三年级1班, 初三(2)班); there a bare number is no grade."""
    found = Grade.named(said)
    if found in GRADES:
        return found.value if found else None
    return next((grade for text in (said, *around) if (grade := _grade_opening(text))), None)


@lru_cache(maxsize=10_000)
def _grade_opening(text: str) -> str | None:
    return next((grade for spelling, grade in _spellings() if text.startswith(spelling)), None)


@lru_cache(maxsize=1)
def _spellings() -> tuple[tuple[str, str], ...]:
    """Every word for a grade, the longest first: 初中一年级 before 初中一."""
    return tuple(sorted(_pairs(), key=lambda pair: -len(pair[0])))


def _pairs() -> Iterator[tuple[str, str]]:
    for grade in GRADES:
        for spelling in (grade.label, *grade.aliases):
            yield spelling, grade.value


__all__ = ["Measurements", "read_measurements"]
