"""What a source marks, as words: every span is cut out of the text."""

from __future__ import annotations

from jiaoheng.plans.reading.source import MarkedTable, Source, Span


def words(source: Source, span: Span) -> str:
    return source.text[span.start : span.end]


def lines(source: Source) -> list[str]:
    """The lines that are not blank."""
    return [line for line in source.text.split("\n") if line]


def headings(source: Source) -> list[tuple[int, str]]:
    return [(each.level, words(source, each.span)) for each in source.headings]


def cells(source: Source, table: MarkedTable) -> list[tuple[int, int, str]]:
    """Row, column and words of each cell; a cell that spans more says so as ``words ↓rows →columns``."""
    return [
        (
            cell.row,
            cell.column,
            words(source, cell.span)
            + (f" ↓{cell.row_span}" if cell.row_span > 1 else "")
            + (f" →{cell.column_span}" if cell.column_span > 1 else ""),
        )
        for cell in table.cells
    ]


def grids(source: Source) -> list[list[list[str]]]:
    """The words of each table, row by row."""
    found = []
    for table in source.tables:
        rows: dict[int, list[str]] = {}
        for row, _, said in cells(source, table):
            rows.setdefault(row, []).append(said)
        found.append([rows[row] for row in sorted(rows)])
    return found
