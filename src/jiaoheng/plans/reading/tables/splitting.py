"""Rows whose cells hold several lines (a name and its 其中) become a row a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import words
from jiaoheng.plans.reading.tables.cells import is_figure, nothing
from jiaoheng.plans.reading.tables.columns import roles
from jiaoheng.plans.reading.tables.head_words import Role
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

Row = tuple[Cell, ...]


def split(source: Source, table: Table) -> Table:
    """`table` with each such row in its lines; other cells of the row are repeated in every line."""
    layout = roles(table)
    if "name" not in layout or "value" not in layout:
        return table
    rows = [part for row in table.rows for part in _parts(source, row, layout)]
    return table if len(rows) == len(table.rows) else replace(table, rows=tuple(rows))


def _parts(source: Source, row: Row, layout: Sequence[Role]) -> list[Row]:
    """A row, or its lines: as many values in each column, and as many names or one more (the whole)."""
    values = [at for at, role in enumerate(layout) if role == "value" and row[at].text]
    if heading(row) is not None or not values:
        return [row]
    lines = [words.lines(source, cell) for cell in row]
    names = lines[layout.index("name")]
    many = len(lines[values[0]])
    even = all(len(lines[at]) == many for at in values) and len(names) - many in (0, 1)
    if many < 2 or not even or not all(_is_value(line) for at in values for line in lines[at]):
        return [row]
    lead = len(names) - many
    return [
        tuple(
            names[nth] if role == "name" else _own(lines[at], row[at], role, nth - lead, many)
            for at, role in enumerate(layout)
        )
        for nth in range(len(names))
    ]


def _is_value(line: Cell) -> bool:
    return is_figure(line.text) or nothing(line.text)


def _own(lines: Sequence[Cell], cell: Cell, role: Role, nth: int, many: int) -> Cell:
    """What a cell says in its line `nth`; -1 is the line of a name without values."""
    if len(lines) == many and role in ("value", "unit", "property", "ordinal"):
        return lines[nth] if nth >= 0 else Cell("")
    return Cell("") if role == "value" else cell
