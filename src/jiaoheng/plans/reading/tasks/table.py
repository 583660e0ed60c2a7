"""Tasks out of a task table: number, title, what is due in each year, units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from jiaoheng.plans.model import Passage, Period, Task
from jiaoheng.plans.reading.source import plain
from jiaoheng.plans.reading.tables.table import Cell, Table
from jiaoheng.plans.reading.tasks.deadlines import deadlines
from jiaoheng.plans.reading.tasks.units import units

Role = Literal["number", "title", "group", "due", "deadline", "lead", "responsible", "other"]

_YEAR = re.compile(r"(20\d\d)\s*年?")
_HEADS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("number", re.compile(r"序\s*号|编\s*号|^号$")),
    ("lead", re.compile(r"牵头|主责|主管(?:单位|部门)|主办")),
    ("responsible", re.compile(r"责任|配合|参与|协办|协同|实施(?:单位|部门)|落实单位|完成单位|单位$|部门$")),
    ("deadline", re.compile(r"时限|时间|期限|进度|节点")),
    ("title", re.compile(r"任务|内容|事项|工作|举措|措施|项目|目标|要求")),
)


def read(table: Table, section: Sequence[str], period: Period) -> Iterator[Task]:
    """The tasks of `table`, in its order.

    Parameters
    ----------
    table : one of kind ``tasks``.
    section : the headings that it stands under.
    period : the plan's years.
    """
    roles = _roles(table.columns)
    if "title" not in roles:
        return
    way = " › ".join([*section, table.title] if table.title else section) or "任务表"
    for place, row in enumerate(table.rows):
        cells = dict.fromkeys(roles, "")
        for cell, role in zip(row, roles, strict=True):
            cells[role] = cells[role] or cell.text
        title, printed = cells["title"], row[roles.index("title")].printed
        spans = [cell.span for cell, role in zip(row, roles, strict=True) if role != "group" and cell.span]
        if not title or not spans or (len(set(map(_words, row))) == 1 and len(row) > 2):
            continue
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        number = cells.get("number", "").rstrip(".、． ")
        passage = Passage(
            section=way, row=place + 1, quote=printed, start=start, end=end, confidence=round(table.sure, 2)
        )
        yield Task(
            number=number or str(place + 1),
            group=_group(row, roles),
            title=title,
            due=dict(_due(table.columns, row, roles, cells)) or deadlines(plain(title), period),
            lead=units(cells.get("lead", "")),
            responsible=units(cells.get("responsible", "")),
            passage=passage,
        )


def _words(cell: Cell) -> str:
    return cell.text


def _roles(columns: Sequence[str]) -> list[Role]:
    """What each column holds. Of several that could be the title, the last before the years is it."""
    roles: list[Role] = []
    for column in columns:
        last = column.split(" › ")[-1]
        if _YEAR.search(last) and "单位" not in last:
            roles.append("due")
            continue
        roles.append(next((role for role, pattern in _HEADS if pattern.search(last)), "other"))
    titles = [i for i, role in enumerate(roles) if role == "title"]
    for i in titles[:-1]:
        roles[i] = "group"
    return roles


def _group(row: Sequence[Cell], roles: Sequence[Role]) -> str:
    parts = (cell.text for cell, role in zip(row, roles, strict=True) if role == "group" and cell.text)
    return " › ".join(dict.fromkeys(parts))


def _due(
    columns: Sequence[str], row: Sequence[Cell], roles: Sequence[Role], cells: Mapping[Role, str]
) -> Iterator[tuple[int, str]]:
    for column, cell, role in zip(columns, row, roles, strict=True):
        year = _YEAR.search(column.split(" › ")[-1])
        if role == "due" and year and cell.text:
            yield int(year[1]), cell.text
    deadline = cells.get("deadline", "")
    if "due" not in roles and (years := _YEAR.findall(deadline)):
        yield int(years[-1]), deadline
