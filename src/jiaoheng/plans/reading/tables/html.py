"""Tables that stand in a text as HTML (converters leave them so in Markdown)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import accumulate

from jiaoheng.plans.reading.source import MarkedCell, MarkedTable, Source, Span

_TABLE = re.compile(r"<table\b.*?</table\s*>", re.I | re.S)
_MOST_COLUMNS, _MOST_ROWS = 100, 5_000


def tables(source: Source) -> tuple[MarkedTable, ...]:
    """The tables between ``<table>`` and ``</table>``, in order; one within another is not looked into."""
    return tuple(
        MarkedTable(Span(found.start(), found.end()), _cells(found[0], found.start()))
        for found in _TABLE.finditer(source.text)
    )


def _cells(markup: str, offset: int) -> tuple[MarkedCell, ...]:
    parser = _Parser(markup)
    parser.feed(markup)
    parser.close()
    taken: set[tuple[int, int]] = set()
    cells = []
    last = max((row for row, *_ in parser.cells), default=0)
    for row, start, end, said, across in parser.cells:
        down = min(said, last - row + 1)
        column = 0
        while (row, column) in taken:
            column += 1
        taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
        cells.append(MarkedCell(row, column, Span(offset + start, offset + end), down, across))
    return tuple(cells)


class _Parser(HTMLParser):
    """Notes for each cell its row, where its words start and end, and how many places it covers."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0, *accumulate(len(line) + 1 for line in markup.split("\n"))]
        self._row = -1
        self._open: tuple[int, int, int] | None = None
        self.cells: list[tuple[int, int, int, int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._shut()
            self._row += 1
        elif tag in ("td", "th"):
            self._shut()
            said = dict(attrs)
            start = self._here() + len(self.get_starttag_text() or "")
            down, across = (
                _number(said.get("rowspan"), _MOST_ROWS),
                _number(said.get("colspan"), _MOST_COLUMNS),
            )
            self._row = max(self._row, 0)
            self._open = (start, down, across)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._shut()

    def _shut(self) -> None:
        if self._open is not None:
            start, down, across = self._open
            self.cells.append((self._row, start, max(start, self._here()), down, across))
        self._open = None

    def _here(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


def _number(said: str | None, most: int) -> int:
    """A span as an attribute gives it: at least 1, and no more than a table can have."""
    found = re.match(r"\s*(\d{1,4})", said or "")
    return min(max(int(found[1]), 1), most) if found else 1
