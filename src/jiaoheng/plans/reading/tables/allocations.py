"""Allocations out of a table: what each area gets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiaoheng.plans.model import Allocation, AllocationRow, Passage
from jiaoheng.plans.reading.tables import cells
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

_TOTAL = re.compile(r"合计|总计|总\s*计|全[市县区](?:合计)?|共计")


def read(table: Table) -> Allocation:
    """The allocation that a table of kind ``allocation`` states.

    Its `columns` are those of values, without the one that names the areas; a row 合计 is its `total`.
    """
    rows = [row for row in table.rows if heading(row) is None]
    area = _area_column(rows)
    columns = range(area + 1, len(table.columns))
    factor, unit = cells.scaled(table.unit)
    found, total = [], None
    for row in rows:
        if not row[area].text:
            continue
        values = tuple(_number(row[at], factor) for at in columns)
        places = [cell.span for cell in row[area:] if cell.span is not None]
        line = AllocationRow(
            area=row[area].text,
            values=values,
            start=min(place.start for place in places),
            end=max(place.end for place in places),
        )
        if _TOTAL.fullmatch(line.area):
            total = line
        else:
            found.append(line)
    return Allocation(
        title=table.title,
        unit=unit,
        columns=tuple(table.columns[at] or f"第{at + 1}列" for at in columns),
        rows=tuple(found),
        total=total,
        passage=Passage(
            section=table.title or "表", start=table.span.start, end=table.span.end, confidence=table.sure
        ),
    )


def _area_column(rows: Sequence[Sequence[Cell]]) -> int:
    """The first column that is not figures only (a column of numbers 1, 2, 3 may stand before it)."""
    for at in range(len(rows[0])):
        if not all(cells.is_figure(row[at].text) for row in rows if row[at].text):
            return at
    return 0


def _number(cell: Cell, factor: float) -> float | None:
    value = cells.read(cell.text)
    return None if value is None else float(f"{value.value * factor:.12g}")
