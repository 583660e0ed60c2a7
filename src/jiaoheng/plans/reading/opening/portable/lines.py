"""Puts the letters of a page, or of a cell, in lines: the order in which a PDF holds them says little."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from jiaoheng.plans.reading.opening.portable.page import Letter

_SAME_LINE = 0.5
"""Letters whose middles lie no further apart, in heights of the lower one, stand in one line."""
_BLANK_LATIN, _BLANK, _TAB = 0.2, 0.6, 2.0
"""A gap in heights from which it is a blank, between two Latin letters and else; and a tab."""


@dataclass(frozen=True)
class TextLine:
    """A line of words and its box; `size` is the height of most of its letters."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def lines(letters: Iterable[Letter]) -> list[TextLine]:
    """The lines from top to bottom, each from left to right."""
    return [line(row) for row in rows(letters)]


def rows(letters: Iterable[Letter]) -> list[list[Letter]]:
    """The letters of each line from left to right, the lines from top to bottom."""
    found: list[list[Letter]] = []
    middle, height = 0.0, 0.0
    for letter in sorted(letters, key=_middle):
        at, tall = _middle(letter), letter.bottom - letter.top
        if not found or at - middle > _SAME_LINE * min(height, tall or height):
            found.append([])
            middle, height = at, tall
        elif tall > height:
            middle, height = at, tall
        found[-1].append(letter)
    for row in found:
        row.sort(key=attrgetter("left"))
    return found


def pieces(row: list[Letter], gap: float) -> list[list[Letter]]:
    """A line in the pieces between its gaps of at least `gap`, in heights of its letters."""
    least = gap * height_of(row)
    found = [[row[0]]]
    for before, after in pairwise(row):
        if after.left - before.right >= least:
            found.append([])
        found[-1].append(after)
    return found


def height_of(row: list[Letter]) -> float:
    """The height of most letters of a line."""
    heights = sorted(letter.bottom - letter.top for letter in row)
    return heights[len(heights) // 2]


def _middle(letter: Letter) -> float:
    return (letter.top + letter.bottom) / 2


def line(row: list[Letter]) -> TextLine:
    """The words of letters that stand in one line, from left to right."""
    size = height_of(row)
    words = [row[0].sign]
    for before, after in pairwise(row):
        gap = after.left - before.right
        if gap > _BLANK_LATIN * size:
            words.append(_gap(before, after, gap / max(size, 1)))
        words.append(after.sign)
    return TextLine(
        "".join(words),
        row[0].left,
        min(letter.top for letter in row),
        max(letter.right for letter in row),
        max(letter.bottom for letter in row),
        size,
    )


def _gap(before: Letter, after: Letter, gap: float) -> str:
    """What stands for the gap between two letters, told in heights of the line."""
    if gap > _TAB:
        return "\t"
    return " " if gap > _BLANK or (_is_latin(before) and _is_latin(after)) else ""


def _is_latin(letter: Letter) -> bool:
    return letter.sign.isascii() and letter.sign.isalnum()
