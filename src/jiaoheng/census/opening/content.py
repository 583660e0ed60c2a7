"""Puts together what the workbook library read of a sheet and what a survey found that it does not tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jiaoheng.census.opening.survey import Survey
from jiaoheng.census.sheets import Range, Row, Sheet, column_letters

_SHOWN = 8


@dataclass(frozen=True)
class Content:
    """The rows of a sheet, its merged ranges, and remarks on what is hidden."""

    rows: Sequence[Row]
    merges: list[Range]
    remarks: tuple[str, ...]


def content_of(rows: list[list[Any]], merges: list[Range], survey: Survey) -> Content:
    """A sheet with its failed formulas in place, without the blank rows at its end.

    Parameters
    ----------
    rows : as the library gave them; changed.
    """
    _put_faults(rows, survey)
    _drop_blank_end(rows)
    return Content(rows, merges, _remarks(rows, survey))


def sheet_of(name: str, hidden: bool, load: Callable[[], Content]) -> Sheet:
    """A sheet that is loaded once, when it is first asked for."""
    content = cache(load)
    return Sheet(
        name=name,
        hidden=hidden,
        load_rows=lambda: content().rows,
        load_merges=lambda: content().merges,
        load_remarks=lambda: content().remarks,
    )


def _drop_blank_end(rows: list[list[Any]]) -> None:
    """Take off the rows after the last that holds more than spaces: one space at the end makes a million."""
    while rows and (rows[-1].count("") == len(rows[-1]) or not any(map(_says_something, rows[-1]))):
        rows.pop()


def _says_something(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _put_faults(rows: list[list[Any]], survey: Survey) -> None:
    """Put formulas that failed in place of the blanks that they were read as, or beyond the last cell."""
    for (row, column), said in survey.faults.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        if rows[row][column] in ("", None):
            rows[row][column] = said


def _remarks(rows: Sequence[Row], survey: Survey) -> tuple[str, ...]:
    """What is hidden and was read all the same."""
    said = []
    lines = sorted(
        row for row in survey.hidden_rows if row < len(rows) and any(map(_says_something, rows[row]))
    )
    if lines:
        why = "隐藏或被筛选掉" if survey.filtered else "隐藏"
        said.append(f"第 {_listed([str(row + 1) for row in lines])} 行{why}，已照常读入")
    width = max(map(len, rows), default=0)
    columns = [
        column
        for column in sorted(survey.hidden_columns)
        if column < width and any(column < len(row) and _says_something(row[column]) for row in rows)
    ]
    if columns:
        said.append(f"{_listed([column_letters(column) for column in columns])} 列隐藏，已照常读入")
    return tuple(said)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + (f" 等 {len(names)}" if len(names) > _SHOWN else "")
