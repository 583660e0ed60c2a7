"""Cells out of stretches of the source: trimmed, without markup, and line by line."""

from __future__ import annotations

import re

from jiaoheng.plans.reading.flow import Flow, flow
from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables.table import Cell

_MARKUP = re.compile(r"</?(?:p|br|b|i|u|em|strong|span|div|sup|sub|font|td|th|tr)\b[^<>]*>|&nbsp;|\*\*", re.I)
_LINE_END = re.compile(r"\n|<br\s*/?>|</p>", re.I)
_EMPTY = Cell("")


def cell(source: Source, start: int, end: int) -> Cell:
    """The cell from `start` to `end` (exclusive): one piece, its outer blanks and markup cut off."""
    spans = _word_spans(source.plain, start, end)
    if not spans:
        return _EMPTY
    return _cell(flow(source, spans), (Span(spans[0].start, spans[-1].end),))


def joined(source: Source, cells: list[Cell]) -> Cell:
    """One cell of the pieces of `cells`, in their order."""
    pieces = tuple(piece for part in cells for piece in part.pieces)
    words = [span for piece in pieces for span in _word_spans(source.plain, piece.start, piece.end)]
    return _cell(flow(source, words), pieces) if pieces else _EMPTY


def lines(source: Source, whole: Cell) -> tuple[Cell, ...]:
    """The lines that a cell was printed in, empty ones left out; a cell of one line is its only one."""
    found: list[Cell] = []
    for piece in whole.pieces:
        start = piece.start
        for end in _LINE_END.finditer(source.plain, piece.start, piece.end):
            found.append(cell(source, start, end.start()))
            start = end.end()
        found.append(cell(source, start, piece.end))
    return tuple(line for line in found if line.text)


def _cell(words: Flow, pieces: tuple[Span, ...]) -> Cell:
    return Cell(words.text, pieces, words.printed)


def _word_spans(plain: str, start: int, end: int) -> list[Span]:
    """The stretches between `start` and `end` that are words, not markup; none of them blank."""
    found = []
    for mark in [*_MARKUP.finditer(plain, start, end), None]:
        stop = mark.start() if mark else end
        words = plain[start:stop]
        left = len(words) - len(words.lstrip())
        if words.strip():
            found.append(Span(start + left, start + len(words.rstrip())))
        start = mark.end() if mark else end
    return found
