"""Finds the headings and tables that a plain text marks in the way of Markdown.

The text stays as it is; only places are told. The syntax is that of GitHub Flavored Markdown (0.29, 4.2,
4.3 and 4.10).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from jiaoheng.plans.reading.source import MarkedCell, MarkedHeading, MarkedTable, Span

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(?=\S)([^\n]*)", re.MULTILINE)
_UNDERLINED = re.compile(r"(?:\A|\n[ \t]*\n) {0,3}(?=\S)([^\n|]+)\n {0,3}(={3,}|-{3,})[ \t]*(?=\n|\Z)")
_CLOSING = re.compile(r"(?:\A|(?<=[ \t]))#+\Z")
_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)


def headings(text: str) -> tuple[MarkedHeading, ...]:
    """The headings, each from its first to its last word."""
    fences = [Span(*found.span()) for found in _FENCE.finditer(text)]
    found = [
        MarkedHeading(_title(text, Span(*each.span(2))), len(each[1])) for each in _HEADING.finditer(text)
    ]
    found += [
        MarkedHeading(_trimmed(text, Span(*each.span(1))), 1 if each[2][0] == "=" else 2)
        for each in _UNDERLINED.finditer(text)
    ]
    found.sort(key=lambda heading: heading.span.start)
    return tuple(
        each
        for each in found
        if each.span.start < each.span.end and not any(each.span.start in fence for fence in fences)
    )


def _title(text: str, span: Span) -> Span:
    """A heading's words without the white space and the ``#`` that may close it."""
    words = text[span.start : span.end].rstrip()
    closing = _CLOSING.search(words)
    return _trimmed(text, Span(span.start, span.start + (closing.start() if closing else len(words))))


def tables(text: str) -> tuple[MarkedTable, ...]:
    """The tables between pipes with a rule below the head."""
    return tuple(_tables(text)) if "|" in text else ()


def _tables(text: str) -> Iterator[MarkedTable]:
    lines = [*_lines(text)]
    at = 1
    while at < len(lines):
        head, rule = lines[at - 1], lines[at]
        at += 1
        if "|" not in text[head.start : head.end] or not _is_rule(text, rule):
            continue
        if len(_cells(text, head)) != len(_cells(text, rule)):
            continue
        rows = [head]
        while at < len(lines) and "|" in text[lines[at].start : lines[at].end]:
            rows.append(lines[at])
            at += 1
        yield _marked(
            (span, row, column)
            for row, line in enumerate(rows)
            for column, span in enumerate(_cells(text, line))
        )


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _is_rule(text: str, line: Span) -> bool:
    words = text[line.start : line.end]
    return "|" in words and "-" in words and _RULE.fullmatch(words) is not None


def _cells(text: str, line: Span) -> list[Span]:
    """The cells of a line, without the white space around them."""
    words = _trimmed(text, line)
    bars = [bar.start() for bar in _BAR.finditer(text, words.start, words.end)]
    ends = [words.start - 1, *bars, words.end]
    if bars and bars[0] == words.start:
        ends.pop(0)
    if bars and bars[-1] == words.end - 1:
        ends.pop()
    return [_trimmed(text, Span(before + 1, after)) for before, after in pairwise(ends)]


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def _marked(cells: Iterable[tuple[Span, int, int]]) -> MarkedTable:
    marked = tuple(MarkedCell(row, column, span) for span, row, column in cells)
    return MarkedTable(Span(marked[0].span.start, marked[-1].span.end), marked)
