"""The lines of a document that hold running text: without tables, page numbers and blank lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables.table import Table

_LINE = re.compile(r"[^\n]+")
_PAGE_NUMBER = re.compile(
    r"(?:[-—–－·\s]*\d{1,4}[-—–－·\s]*|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+)$"
)
_OPENING = re.compile(
    r"\s*(?:#{1,6}\s+|[-*+]\s+(?=(?:\*\*|__)?(?:\d{1,2}\s*[.．、](?!\d)|[（(])))?(?:\*\*|__)?\s*"
)
"""What Markdown puts before a line: the sign of a heading, of a list whose items are numbered, of bold."""
_PICTURE = re.compile(r"(?:!\[.*\]\(.*\)|\S+\.(?:gif|jpe?g|png))$", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line without the white space and Markdown signs around it.

    Attributes
    ----------
    text : its plain words.
    span : where they stand.
    apart : a blank line, a table or a new page lies between it and the line before.
    level : the level of the heading that the format marks here, 0 where it marks none.
    indented : it begins further in than the page.
    """

    text: str
    span: Span
    apart: bool
    level: int = 0
    indented: bool = False


def lines(source: Source, tables: Sequence[Table]) -> Iterator[Line]:
    """The lines of `source` outside `tables`, in order."""
    skipped = sorted((table.span.start, table.span.end) for table in tables)
    starts = [start for start, _ in skipped]
    marked = sorted((heading.span.start, heading.span.end, heading.level) for heading in source.headings)
    marked_starts = [start for start, _, _ in marked]
    pages = sorted(source.pages)
    before = -1
    for found in _LINE.finditer(source.plain):
        words = found.group()
        opening = _OPENING.match(words)
        start = found.start() + (opening.end() if opening else 0)
        end = found.start() + len(words.rstrip().rstrip("*"))
        if end <= start:
            continue
        inside = bisect_right(starts, start) - 1
        if inside >= 0 and start < skipped[inside][1]:
            before = -1
            continue
        text = source.plain[start:end]
        if _PAGE_NUMBER.match(text) or _PICTURE.match(text):
            before = -1
            continue
        at = bisect_right(marked_starts, start) - 1
        level = marked[at][2] if at >= 0 and start < marked[at][1] else _hashes(words)
        turned = bisect_right(pages, start) != bisect_right(pages, max(before, 0))
        apart = before < 0 or turned or source.plain.count("\n", before, start) > 1
        indented = words[:2].isspace() and len(words) > 2
        yield Line(text, Span(start, end), apart, level, indented)
        before = end


def _hashes(words: str) -> int:
    stripped = words.lstrip()
    return len(stripped) - len(stripped.lstrip("#")) if stripped.startswith("#") else 0
