"""The headings of annexes: the mark, and the title that follows it in a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiaoheng.plans.reading.outline.blocks import Block, is_title
from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables.table import Table

_LISTED = re.compile(r"附\s*(?:件|录)\s*[:：]\s*\S")
_TITLE_BLOCKS = 3


def is_listing(found: Sequence[Block], i: int) -> bool:
    """Whether block `i` only lists annexes that come later (``附件：1.…``, ``附件1.…`` above ``附件2.…``)."""
    block = found[i]
    assert block.marker is not None
    if block.marker.ordinal is None:
        return bool(_LISTED.match(block.text))
    return bool(block.text[block.marker.length :].strip()) and (_beside(found, i, 1) or _beside(found, i, -1))


def title(
    source: Source, found: Sequence[Block], i: int, tables: Sequence[Table]
) -> tuple[tuple[Span, ...], int]:
    """The places of the heading's words, and how many blocks they take.

    The title may be that of the table that the annex is.
    """
    block = found[i]
    assert block.marker is not None
    if block.text[block.marker.length :].strip():
        return block.pieces, 1
    pieces, used = list(block.pieces), 1
    caption = _caption(source, block.end, tables)
    if caption is not None:
        return (*pieces, caption), 1
    while used <= _TITLE_BLOCKS and i + used < len(found):
        following = found[i + used]
        goes_on = used == 1 or not following.apart
        if following.marker or following.footnote or not is_title(following.text, longest=60) or not goes_on:
            break
        pieces += following.pieces
        used += 1
    return tuple(pieces), used


def _beside(found: Sequence[Block], i: int, step: int) -> bool:
    if not 0 <= i + step < len(found):
        return False
    here, other = found[i].marker, found[i + step].marker
    return (
        here is not None
        and other is not None
        and other.kind == "附件"
        and here.ordinal is not None
        and other.ordinal == here.ordinal + step
    )


def _caption(source: Source, end: int, tables: Sequence[Table]) -> Span | None:
    for table in tables:
        if table.title_span is not None and table.span.start >= end:
            close = not source.text[end : table.span.start].strip()
            return table.title_span if close else None
    return None
