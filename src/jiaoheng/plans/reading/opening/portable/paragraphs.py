"""Tells from the layout whether a line goes on with the paragraph of the line before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from jiaoheng.plans.reading.opening.portable.lines import TextLine
from jiaoheng.plans.reading.outline.markers import marker
from jiaoheng.plans.reading.source import plain

_AROUND = 12
"""So many lines before and after tell where the lines of a column begin and end."""
_SLACK = 0.6
"""So far from the right edge, in heights of its letters, ends a line with no room for what follows."""
_WIDE = 8
"""A full line holds so many letters at least."""
_EDGE_SHARE = 0.15
"""So many of the lines around reach the edge of a column whose paragraphs take several lines;"""
_EDGE_LINES = 5
"""or so many of its page."""
_FLUSH = 0.8
"""A line that begins so near to the left edge, in heights of its letters, is not indented."""
_DEEPEST = 3.0
_SAME_SIZE = 0.2
_PADDING = 10.0
"""The room that a cell leaves at both its sides together, in points, at least."""
_UNBROKEN = re.compile(r"[（《“‘「『【〔]*(?:[0-9A-Za-z.,%~–—-]+|.)[，。、；：！？）》”’」』】〕%]*")
"""What is not torn apart at the end of a line: a number, a word, a letter, with the punctuation about it."""
_NARROW = 0.55
"""The width of a Latin letter in heights."""
_APART = 1.3
"""Lines further apart than this many of the usual steps stand in two paragraphs."""
_ENDS = ("。", "！", "？", "；", "：", ".", ":", ";")


def goes_on(lines: Sequence[TextLine], number: int, before: Sequence[TextLine]) -> bool:
    """Whether line `number` of a page goes on with the line above, or with the last one of the page before.

    Parameters
    ----------
    lines : of the page, none of them in a table.
    before : the lines of the page before, which the first line may go on with.
    """
    if not number and len(before) < 2:
        return False  # a line by itself, a title above two columns say, does not tell how wide a line is
    line = lines[number]
    upper, around, at = (
        (lines[number - 1], lines, number - 1) if number else (before[-1], before, len(before) - 1)
    )
    if abs(upper.size - line.size) > _SAME_SIZE * line.size:
        return False
    left = min(each.left for each in _near(lines, number))
    ended = upper.words.endswith(_ENDS)
    if ended and (marker(plain(line.words)) is not None or not (number or _indents(lines, left))):
        return False
    if number and line.top - upper.top > _APART * _pitch(_near(lines, number)):
        return False
    right = max(each.right for each in _near(around, at))
    if not _is_edge(right, _near(around, at), around):
        return False
    full = upper.right + _width_of_next(line) > right - _SLACK * line.size
    wide = upper.right - upper.left > _WIDE * line.size
    return full and wide and line.left < left + _FLUSH * line.size


def _is_edge(right: float, near: Sequence[TextLine], page: Sequence[TextLine]) -> bool:
    """Whether lines end there because there is no more room: the longest of many short ones (the cells of a
    table, one a line) has few others beside it, here and on the page."""
    here, there = (sum(abs(each.right - right) < each.size for each in lines) for lines in (near, page))
    return here >= _EDGE_SHARE * len(near) or there >= _EDGE_LINES


def _indents(lines: Sequence[TextLine], left: float) -> bool:
    """Whether paragraphs begin with an indented line, so that one that is not indented goes on."""
    begins = (_FLUSH < (line.left - left) / max(line.size, 1) < _DEEPEST for line in lines)
    return sum(begins) > 1


def _pitch(lines: Sequence[TextLine]) -> float:
    """How far lines of one paragraph lie apart: the lower quartile, as some lie further."""
    steps = sorted(below.top - above.top for above, below in pairwise(lines))
    return steps[len(steps) // 4]


def in_cell(lines: Sequence[TextLine], width: float) -> tuple[str, bool]:
    """The words of a cell, and whether its last line is full.

    A line that leaves room for no other letter goes on, the others end.
    """
    words, room = "", width
    for line in lines:
        full = room < _width_of_next(line)
        words = together(words, line.words) if full else f"{words}\n{line.words}" if words else line.words
        room = width - _PADDING - (line.right - line.left)
    return words, bool(lines) and room < lines[-1].size


def _width_of_next(line: TextLine) -> float:
    """How wide what a line begins with is, that would have stood on the line above if it had found room."""
    found = _UNBROKEN.match(line.words)
    return sum(_NARROW if sign.isascii() else 1 for sign in (found[0] if found else "")) * line.size


def together(words: str, more: str) -> str:
    """Two lines in one, with a blank between words of letters; a hyphen at the end stays."""
    if words[-1].isascii() and words[-1].isalpha() and more[0].isascii() and more[0].isalpha():
        return f"{words} {more}"
    return words + more


def _near(lines: Sequence[TextLine], number: int) -> Sequence[TextLine]:
    return lines[max(0, number - _AROUND) : number + _AROUND + 1]
