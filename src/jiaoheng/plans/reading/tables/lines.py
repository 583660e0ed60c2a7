"""The lines of a source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiaoheng.plans.reading.source import Source, Span


def lines(source: Source) -> list[Span]:
    """All lines of `source`, without their ends; blank ones too."""
    found, start = [], 0
    for text in source.plain.split("\n"):
        found.append(Span(start, start + len(text)))
        start += len(text) + 1
    return found


def outside(all_lines: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """The lines that overlap none of the stretches `taken`; both are in the order of the text."""
    spans = sorted(taken, key=lambda span: span.start)
    found, at = [], 0
    for line in all_lines:
        while at < len(spans) and spans[at].end <= line.start:
            at += 1
        if at == len(spans) or not line.overlaps(spans[at]):
            found.append(line)
    return found
