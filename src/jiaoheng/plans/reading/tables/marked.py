"""Tables that the format itself marks (docx, HTML)."""

from __future__ import annotations

from collections.abc import Iterable

from jiaoheng.plans.reading.source import MarkedTable, Source
from jiaoheng.plans.reading.tables import words
from jiaoheng.plans.reading.tables.pages import Page
from jiaoheng.plans.reading.tables.table import Cell


def pages(source: Source, tables: Iterable[MarkedTable]) -> tuple[Page, ...]:
    """The rows of each table, a merged cell repeated in every place that it covers."""
    return tuple(page for page in (_page(source, table) for table in tables) if page is not None)


def _page(source: Source, table: MarkedTable) -> Page | None:
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    if height < 2 or width < 2:
        return None
    grid = [[Cell("")] * width for _ in range(height)]
    for marked in table.cells:
        held = words.cell(source, marked.span.start, marked.span.end)
        for row in range(marked.row, marked.row + marked.row_span):
            for column in range(marked.column, marked.column + marked.column_span):
                grid[row][column] = held
    return Page(tuple(map(tuple, grid)), table.span)
