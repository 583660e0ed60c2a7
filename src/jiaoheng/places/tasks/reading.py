"""Reads a table of tasks from a workbook or CSV, or from a table that a plan document holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jiaoheng.census.workbook import open_book
from jiaoheng.places.tasks.table import SUM, Task, TaskError, TaskTable

_SUMS = ("合计", "总计", "全市", "全县", "小计")
_AREAS = ("地区", "县（市、区）", "县(市、区)", "单位", "镇街", "镇（街道）", "area")
_SCOPES = (
    ("preschool", ("学前", "幼儿园", "preschool")),
    ("compulsory", ("义务教育", "compulsory")),
    ("primary", ("小学", "primary")),
    ("junior", ("初中", "junior")),
    ("senior", ("高中", "senior")),
    ("total", ("总数", "合计", "总计", "基础教育", "total")),
)


def read_tasks(path: Path) -> TaskTable:
    """The first sheet with a table of tasks.

    Wide, as documents print it: a column of areas, a column for each stage, of which private ones to be
    compressed, a total, a last row 合计; the heading may take two rows. Or long: ``area, stage, seats`` and,
    where a row is the part to be compressed, ``kind`` = ``private``.

    Raises
    ------
    TaskError
        There is none, or a cell is no number of seats; says which.
    FileError
        The file cannot be opened.
    """
    book = open_book(path)
    for sheet in book.sheets:
        rows = [["" if cell is None else str(cell).strip() for cell in row] for row in sheet.rows]
        start = next((at for at, row in enumerate(rows) if row and row[0] in _AREAS), None)
        if start is None:
            continue
        body = next((at for at in range(start + 1, len(rows)) if rows[at] and rows[at][0]), len(rows))
        columns = _headings(rows[start:body])
        where = f"{book.file}{' › ' + sheet.name if sheet.name else ''}"
        lines = [(f"{where} › 第 {at + 1} 行", rows[at]) for at in range(body, len(rows)) if any(rows[at])]
        if "stage" in columns and "seats" in columns:
            return _long(columns, lines)
        return tasks_of(columns, [(place, row[0], row[1:]) for place, row in lines])
    raise TaskError(f"{path.name}：没有找到任务表。第一列的表头应是“地区”，每个学段一列。")


def tasks_of(columns: Sequence[str], rows: Sequence[tuple[str, str, Sequence[object]]]) -> TaskTable:
    """A table from its headings and rows.

    Parameters
    ----------
    columns : full names, that of the areas first.
    rows : where the row stands, its area, its cells after the area.

    Raises
    ------
    TaskError
        No column names a stage, or a cell is no number of seats.
    """
    scopes = [_scope(name) for name in columns[1:]]
    if not any(scope not in (None, "total") for scope, _ in scopes):
        raise TaskError(f"任务表的表头没有学段：{'、'.join(columns)}。请写明学前教育、义务教育、普通高中等。")
    tasks: list[Task] = []
    printed: dict[tuple[str, str], int] = {}
    for place, area, cells in rows:
        values = {
            key: _seats(place, name, cell)
            for key, name, cell in zip(scopes, columns[1:], cells, strict=False)
            if key[0] is not None
        }
        summed = area.replace(" ", "") in _SUMS
        for (scope, private), value in values.items():
            if scope is None or (private and not summed):
                continue
            if summed or scope == "total":
                if value is not None:
                    printed[SUM if summed else area, "private" if private else scope] = value
            else:
                tasks.append(Task(area, scope, value, values.get((scope, True))))
    return TaskTable(tuple(tasks), printed)


def _long(columns: Sequence[str], lines: Sequence[tuple[str, Sequence[str]]]) -> TaskTable:
    seats: dict[tuple[str, str], int | None] = {}
    private: dict[tuple[str, str], int | None] = {}
    for place, cells in lines:
        row = dict(zip(columns, cells, strict=False))
        scope = _scope(row["stage"])[0]
        if scope in (None, "total"):
            raise TaskError(
                f"{place}「stage」：不认识“{row['stage']}”。可写学前教育、义务教育、小学、初中、高中。"
            )
        into = private if row.get("kind") in ("private", "民办") else seats
        if (row["area"], str(scope)) in into:
            raise TaskError(f"{place}：{row['area']} {row['stage']} 写了两次。请删去一行。")
        into[row["area"], str(scope)] = _seats(place, "seats", row["seats"])
    return TaskTable(tuple(Task(*key, value, private.get(key)) for key, value in seats.items()))


def _headings(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names of the columns; a cell that spans several columns or rows is written in the first of them."""
    width = max(len(row) for row in rows)
    names = [""] * width
    for depth, row in enumerate(rows):
        over = ""
        for at in range(width):
            said = row[at] if at < len(row) else ""
            # A blank beside a name belongs to it only where a row below tells the columns apart.
            below = any(at < len(later) and later[at] for later in rows[depth + 1 :])
            over = said or (over if below else "")
            names[at] = " › ".join(part for part in (names[at], over) if part)
    return names


def _scope(name: str) -> tuple[str | None, bool]:
    """What a column asks for, and whether it is the part that is private."""
    private = "民办" in name or "压缩" in name
    return next((scope for scope, words in _SCOPES if any(word in name for word in words)), None), private


def _seats(place: str, name: str, cell: object) -> int | None:
    said = "" if cell is None else str(cell).replace(",", "").replace("，", "").strip()
    if said in ("", "—", "-", "/", "－"):
        return None
    try:
        value = float(said)
    except ValueError:
        value = -1.0
    if value < 0 or value != int(value):
        raise TaskError(f"{place}「{name}」：“{cell}”不是学位数。请填写不小于零的整数。")
    return int(value)
