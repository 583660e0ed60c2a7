"""What every format is read into: lines and grids in reading order; and a `Source` composed of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from jiaoheng.plans.reading.source import MarkedCell, MarkedHeading, MarkedTable, Source, Span


@dataclass(frozen=True)
class Line:
    """A paragraph. `level` from 1 where the format marks it as a heading, else 0."""

    words: str
    level: int = 0


@dataclass(frozen=True)
class GridCell:
    """A cell of a table, at its place from 0."""

    row: int
    column: int
    words: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Grid:
    """A table; its cells in order of rows, and from left to right within each."""

    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class PageStart:
    """Here a page begins."""


Block = Line | Grid | PageStart


def composed(blocks: Iterable[Block], format: str) -> Source:
    """The text of `blocks` with its marks.

    A blank line ends each paragraph and table; a row of a table is a line, with tabs between its cells.
    """
    draft = _Draft()
    tables, headings, pages = [], [], []
    for block in blocks:
        match block:
            case PageStart():
                pages.append(draft.length)
            case Line(words, level):
                span = draft.write(words)
                draft.write("\n\n" if words else "")
                if level and words.strip():
                    headings.append(MarkedHeading(span, level))
            case Grid(cells):
                tables.append(_table(cells, draft))
    return Source(
        "".join(draft.pieces),
        format=format,
        tables=tuple(tables),
        headings=tuple(headings),
        pages=tuple(pages),
    )


class _Draft:
    """A text that grows, and tells where what is written to it stands."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def write(self, words: str) -> Span:
        start = self.length
        self.pieces.append(words)
        self.length += len(words)
        return Span(start, self.length)


def _table(cells: tuple[GridCell, ...], draft: _Draft) -> MarkedTable:
    marked = []
    for _, row in groupby(cells, key=lambda cell: cell.row):
        for number, cell in enumerate(row):
            draft.write("\t" if number else "")
            span = draft.write(cell.words)
            marked.append(MarkedCell(cell.row, cell.column, span, cell.row_span, cell.column_span))
        draft.write("\n")
    table = MarkedTable(Span(marked[0].span.start, draft.length - 1), tuple(marked))
    draft.write("\n")
    return table
