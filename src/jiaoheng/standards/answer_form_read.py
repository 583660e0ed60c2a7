"""Reads a form of answers that came back: every row that says something, what is wrong, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from jiaoheng.census import values
from jiaoheng.census.dates import date_of
from jiaoheng.census.offices import unit_name
from jiaoheng.census.sheets import Cell, FileError, Row
from jiaoheng.census.workbook import open_book
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.standards.answer_form import DAY, EVIDENCE, KEY, NO, NOTE, OF, UNIT, UNKNOWN, VALUE, YEAR, YES
from jiaoheng.standards.answers import Answer
from jiaoheng.standards.asked import Asked

_HEAD_WITHIN = 12
"""The headings stand within so many rows; people put lines above them."""


@dataclass(frozen=True)
class Given:
    """A row that was filled in: the question, and the answer (None: it is taken back)."""

    place: str
    key: str
    answer: Answer | None
    files: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form that came back: what it is for, and its rows. With faults nothing of it is to be used."""

    of: str
    year: int | None
    rows: tuple[Given, ...]
    faults: tuple[str, ...]


def read_form(path: Path, questions: Mapping[str, Asked], *, by: str = "", on: date | None = None) -> Form:
    """What was filled into a form, in the order of its rows.

    Parameters
    ----------
    questions : what is asked, by key.
    by, on : the unit and the day, where the form leaves their cells empty.

    Raises
    ------
    FileError
        It is no such form.
    """
    book = open_book(path)
    for sheet in book.visible:
        head = next((at for at, row in enumerate(sheet.rows[:_HEAD_WITHIN]) if _is_head(row)), None)
        if head is not None:
            return _read(f"{book.file} › {sheet.name}", sheet.rows, head, questions, by=by, on=on)
    raise FileError(
        f"{book.file}：不是填报表（没有「{KEY}」和「{VALUE}」两列）。"
        "请用 jiaoheng answers 工作区 标准或评分表 -o 文件 生成。"
    )


def _read(
    place: str,
    rows: Sequence[Row],
    head: int,
    questions: Mapping[str, Asked],
    *,
    by: str,
    on: date | None,
) -> Form:
    faults: list[str] = []
    filled = list(_filled(place, rows, head))
    above = [cell for row in rows[:head] for cell in row]
    unit = _text(_after(above, UNIT)) or by.strip()
    try:
        unit = unit_name(unit)
    except ValueError as error:
        if filled:
            faults.append(f"{place}「{UNIT}」：{error}")
    written = _after(above, DAY)
    day = _day(written) or (None if _text(written) else on)
    if day is None and filled:
        faults.append(f"{place}「{DAY}」：“{_text(written)}”不是日期。请写成 2025-09-30。")
    year = re.fullmatch(r"(\d{4})(?:\.0)?年?", _text(_after(above, YEAR)))
    found: list[Given] = []
    seen: dict[str, str] = {}
    for where, cells in filled:
        key = _text(cells.get(KEY))
        question = questions.get(key)
        if question is None:
            hint = nearest(key, questions) or "请不要改动这一列。"
            faults.append(f"{where}「{KEY}」：没有“{key}”这个问题。{hint}")
        elif key in seen:
            faults.append(f"{where}「{KEY}」：“{key}”在{seen[key]}已填过。请只留一行。")
        else:
            seen[key] = where.rsplit(" › ", 1)[-1]
            answer = _answer(where, cells, question, unit, day, faults)
            files = tuple(
                part.strip() for part in re.split(r"[；;\n]+", _text(cells.get(EVIDENCE))) if part.strip()
            )
            found.append(Given(where, key, answer, files))
    return Form(_text(_after(above, OF)), int(year[1]) if year else None, tuple(found), tuple(faults))


def _answer(
    where: str,
    cells: Mapping[str, Cell],
    question: Asked,
    unit: str,
    day: date | None,
    faults: list[str],
) -> Answer | None:
    text = _text(cells.get(VALUE))
    if text == UNKNOWN:
        return None
    value = _value(cells.get(VALUE), question)
    if value is None:
        wanted = f"{YES}或{NO}" if question.kind == "yes_no" else "一个数，如 95.5，不带单位"
        problem = f"“{text}”不对" if text else "没有填"
        faults.append(f"{where}「{VALUE}」：{problem}。请填{wanted}；不能确定的填“{UNKNOWN}”。")
        return None
    try:
        answer = Answer.model_validate(
            {"value": value, "by": unit or None, "on": day, "note": _text(cells.get(NOTE)) or None}
        )
    except ValidationError as error:
        # The unit has been told of once, above the table.
        told = [
            str(one["msg"]).removeprefix("Value error, ") for one in error.errors() if one["loc"][0] != "by"
        ]
        faults.extend(f"{where}：{message}" for message in told)
        return None
    if fault := question.fault(answer):
        faults.append(f"{where}「{VALUE}」：{fault}请改正。")
    return answer


def _value(cell: Cell, question: Asked) -> float | bool | None:
    text = _text(cell)
    if question.kind == "yes_no":
        return {YES: True, NO: False}.get(text)
    if isinstance(cell, bool):
        return None
    try:
        number = float(text.rstrip("%％") if question.unit in ("%", "％") else text)
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None


def _filled(place: str, rows: Sequence[Row], head: int) -> Iterator[tuple[str, dict[str, Cell]]]:
    """The rows beneath the headings in which something was filled in, by heading."""
    columns = {_text(cell): at for at, cell in enumerate(rows[head]) if _text(cell)}
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = {name: row[at] if at < len(row) else None for name, at in columns.items()}
        if any(_text(cells.get(name)) for name in (VALUE, NOTE, EVIDENCE)):
            yield f"{place} › 第 {number} 行", cells


def _is_head(row: Row) -> bool:
    return {KEY, VALUE} <= {_text(cell) for cell in row}


def _after(cells: Sequence[Cell], label: str) -> Cell:
    """The cell to the right of a label; None where the label is not there."""
    texts = [_text(cell) for cell in cells]
    at = texts.index(label) + 1 if label in texts else len(cells)
    return cells[at] if at < len(cells) else None


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return date_of(_text(cell)) if _text(cell) else None


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return values.clean("" if cell is None else str(cell).replace("\r\n", "\n"))
