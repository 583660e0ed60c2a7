"""Which lines of a text are the rows of one table, where a mark (tab, pipe) parts its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from jiaoheng.plans.reading.source import Span
from jiaoheng.plans.reading.tables.captions import is_caption

_LONGEST_HEADING = 24
_OF_WHICH = re.compile(r"\s*其中")
_SENTENCE = re.compile(r"[。；;，,：:！？]\s*$")


def of_rows(plain: str, lines: Sequence[Span], mark: str) -> list[list[Span]]:
    """Blocks of rows, each row the stretch of its line, or of its lines where cells hold several.

    Lines next to one another are a block; so are rows that only blank lines part, if each stands alone. A
    short line without `mark` between two rows is a heading across all columns.
    """
    found = [_whole_rows(plain, block, mark) for block in _adjacent(plain, lines, mark)]
    joined: list[list[Span]] = []
    alone = False
    for block in found:
        if joined and alone and len(block) == 1 and _next_row(plain, joined[-1][-1], block[0], mark):
            joined[-1].append(block[0])
        else:
            joined.append(list(block))
            alone = len(block) == 1
    return joined


def _adjacent(plain: str, lines: Sequence[Span], mark: str) -> Iterator[list[Span]]:
    block: list[Span] = []
    for place, line in enumerate(lines):
        text = plain[line.start : line.end]
        if block and line.start != block[-1].end + 1:
            yield block
            block = []
        following = lines[place + 1] if place + 1 < len(lines) else None
        if _holds(text, mark) or (block and following and _is_heading(plain, text, line, following, mark)):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _holds(text: str, mark: str) -> bool:
    return mark in text and (mark == "\t" or text.count(mark) > 1)


def _is_heading(plain: str, text: str, line: Span, following: Span, mark: str) -> bool:
    """Whether a line without `mark`, after a row, is a heading above the row that follows."""
    words = text.strip()
    return (
        0 < len(words) <= _LONGEST_HEADING
        and following.start == line.end + 1
        and _holds(plain[following.start : following.end], mark)
        and not _SENTENCE.search(words)
        and not is_caption(words)
    )


def _whole_rows(plain: str, block: Sequence[Span], mark: str) -> list[Span]:
    """The lines of a block as rows: lines with too few marks that together have as many as most rows have
    are one row, whose cells hold several lines."""
    counts = [plain.count(mark, line.start, line.end) for line in block]
    usual = Counter(count for count in counts if count).most_common(1)[0][0] if any(counts) else 0
    parts = [_OF_WHICH.match(plain, line.start, line.end) is not None for line in block]
    rows: list[Span] = []
    place = 0
    while place < len(block):
        stop = _end_of_row(counts, parts, place, max(counts[0], usual))
        rows.append(Span(block[place].start, block[stop - 1].end))
        place = stop
    return rows


def _end_of_row(counts: Sequence[int], parts: Sequence[bool], place: int, wanted: int) -> int:
    """Where the row that starts at `place` ends: after its line, unless further lines make it whole.

    A line without marks starts a row only where 其中 goes on with its cell; else it is a heading.
    """
    total, stop = counts[place], place + 1
    opens = total > 0 or (stop < len(counts) and parts[stop] and counts[stop] < wanted)
    if not opens or total >= wanted:
        return stop
    while stop < len(counts) and total < wanted and counts[stop] < wanted:
        total += counts[stop]
        stop += 1
    return stop if total == wanted and counts[stop - 1] else place + 1


def _next_row(plain: str, above: Span, row: Span, mark: str) -> bool:
    same = plain.count(mark, above.start, above.end) == plain.count(mark, row.start, row.end)
    return same and not plain[above.end : row.start].strip()
