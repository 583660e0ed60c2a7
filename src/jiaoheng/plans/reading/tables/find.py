"""All tables of a source, in order, whatever way they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import captions, html, marked, splitting, stream, tabs
from jiaoheng.plans.reading.tables.lines import lines, outside
from jiaoheng.plans.reading.tables.pages import Joined, Page, follows, join
from jiaoheng.plans.reading.tables.table import Table

_BETWEEN_PAGES = re.compile(
    r"(?:\s|[-—–－]\s*\d+\s*[-—–－]|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|^\s*\d+\s*$|续表\s*\d*)*", re.M
)
_FEWEST_ROWS = 2


def find(source: Source) -> tuple[Table, ...]:
    """The tables of `source`: their pages joined, their heads read, in the order of the document."""
    every = lines(source)
    marks = marked.pages(source, (*source.tables, *html.tables(source)))
    pages = [*marks, *tabs.pages(source, outside(every, [page.span for page in marks]))]
    gridded = [(group, _table(source, join(source, group))) for group in _groups(source, pages)]
    taken = [page.span for group, table in gridded if table is not None for page in group]
    tables = [table for _, table in gridded if table is not None]
    tables += stream.tables(source, outside(every, taken))
    tables = [splitting.split(source, table) for table in tables]
    return tuple(sorted(tables, key=lambda table: table.span.start))


def _groups(source: Source, pages: Sequence[Page]) -> list[list[Page]]:
    """Pages that are one table: the same columns, and nothing between them but the page's own marks."""
    groups: list[list[Page]] = []
    for page in sorted(pages, key=lambda page: page.span.start):
        last = groups[-1] if groups else None
        if (
            last
            and _BETWEEN_PAGES.fullmatch(source.plain[last[-1].span.end : page.span.start])
            and follows(last[0], page)
        ):
            last.append(page)
        else:
            groups.append([page])
    return groups


def _table(source: Source, joined: Joined) -> Table | None:
    """A table of its parts, its caption found; None where nothing is left but a head."""
    if not joined.rows or len(joined.head) + len(joined.rows) < _FEWEST_ROWS:
        return None
    caption = captions.before(source, joined.span.start)
    start = caption.span.start if caption.span else joined.span.start
    return Table(
        title=caption.title,
        title_span=caption.span,
        span=Span(start, joined.span.end),
        columns=joined.columns,
        rows=joined.rows,
        sure=1.0 if joined.head else 0.6,
        unit=caption.unit,
    )
