"""Tables whose cells stand apart by tabs or pipes, one row a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import blocks, words
from jiaoheng.plans.reading.tables.lines import outside
from jiaoheng.plans.reading.tables.pages import Page
from jiaoheng.plans.reading.tables.table import Cell

Row = tuple[Cell, ...]

_RULE = re.compile(r"[\s|:\-—+=]*")
_RULED = re.compile(r"[\t ]*[-=]{3,}[-=\t ]*")
_LEADERS = re.compile(r"[.…·。]{3,}\s*\t|[^\t]*\t\s*\d+\s*$")


def pages(source: Source, lines: Sequence[Span]) -> tuple[Page, ...]:
    """The stretches of `lines` that are rows of cells.

    Parameters
    ----------
    lines : the lines of the source in their order, none of them part of a table found before.
    """
    piped = [line for line in lines if source.plain[line.start : line.end].lstrip().startswith("|")]
    other = outside(lines, piped)
    found = [*_pages(source, piped, "|"), *_pages(source, other, "\t")]
    taken = [page.span for page in found]
    found += _pages(source, outside(other, taken), "|")
    return tuple(sorted(found, key=lambda page: page.span.start))


def _pages(source: Source, lines: Sequence[Span], mark: str) -> list[Page]:
    found = _under_rules(source.plain, list(blocks.of_rows(source.plain, lines, mark)), mark)
    pages = [_page(source, block, mark) for block in found]
    return [page for page in pages if page is not None]


def _under_rules(plain: str, found: Sequence[list[Span]], mark: str) -> list[list[Span]]:
    """`found` with each head that ends in a drawn rule joined to the rows that follow after blank lines."""
    joined: list[list[Span]] = []
    for block in found:
        last = joined[-1][-1] if joined else None
        air = last is not None and not plain[last.end : block[0].start].strip()
        if air and last is not None and _is_rule(plain[last.start : last.end], mark):
            joined[-1] += block
        else:
            joined.append(list(block))
    return joined


def _page(source: Source, block: Sequence[Span], mark: str) -> Page | None:
    plain = source.plain
    texts = [plain[line.start : line.end] for line in block]
    if mark == "\t" and _contents(texts):
        return None
    rules = [place for place, text in enumerate(texts) if _is_rule(text, mark)]
    rows = [_cells(source, line, mark) for place, line in enumerate(block) if place not in rules]
    width = max((len(row) for row in rows), default=0)
    if not rows or width < 2:
        return None
    if mark == "\t" and rules[:1] == [1]:
        rows[0] = (rows[0][0],) * (width - len(rows[0])) + rows[0]
    padded = tuple(row + (Cell(""),) * (width - len(row)) for row in rows)
    return Page(padded, Span(block[0].start, block[-1].end))


def _cells(source: Source, line: Span, mark: str) -> Row:
    """The cells of a line; of a row between pipes the outer ones are no cells."""
    start, cells = line.start, []
    text = source.plain
    while True:
        end = text.find(mark, start, line.end)
        cells.append(words.cell(source, start, line.end if end < 0 else end))
        if end < 0:
            break
        start = end + 1
    if mark == "|":
        stripped = text[line.start : line.end].strip()
        cells = cells[stripped.startswith("|") : len(cells) - stripped.endswith("|")]
    return tuple(cells)


def _is_rule(text: str, mark: str) -> bool:
    """Whether a line only draws: ``|---|:--:|``, or ``----`` in each column."""
    if mark == "\t":
        return _RULED.fullmatch(text) is not None
    return "-" in text and _RULE.fullmatch(text) is not None


def _contents(texts: Sequence[str]) -> bool:
    """Whether the lines are a table of contents: words, and the number of a page that never falls."""
    if not all(_LEADERS.search(text) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.findall(r"\d+", text.rpartition("\t")[2]))]
    return len(numbers) == len(texts) and numbers == sorted(numbers)
