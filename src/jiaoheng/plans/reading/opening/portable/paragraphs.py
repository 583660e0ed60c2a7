"""Tells from the layout whether a line goes on with the paragraph of the line before it."""

from __future__ import annotations

from collections.abc import Sequence

from jiaoheng.plans.reading.opening.portable.lines import TextLine

_AROUND = 12
"""So many lines before and after tell where the lines of a column begin and end."""
_FULL = 1.6
"""A line that ends so near to the right edge, in heights of its letters, is full."""
_FLUSH = 0.8
"""A line that begins so near to the left edge, in heights of its letters, is not indented."""
_SAME_SIZE = 0.2
_APART = 2.5
"""Lines further apart, in heights of their letters, are separate."""


def goes_on(lines: Sequence[TextLine], number: int, before: Sequence[TextLine]) -> bool:
    """Whether line `number` of a page goes on with the line above, or with the last one of the page before.

    Parameters
    ----------
    lines : of the page, none of them in a table.
    before : the lines of the page before, which the first line may go on with.
    """
    line = lines[number]
    upper, around = (lines[number - 1], lines) if number else (before[-1], before)
    if abs(upper.size - line.size) > _SAME_SIZE * line.size:
        return False
    if number and line.top - upper.bottom > _APART * line.size:
        return False
    at = number - 1 if number else len(before) - 1
    right = max(each.right for each in _near(around, at))
    left = min(each.left for each in _near(lines, number))
    return upper.right > right - _FULL * line.size and line.left < left + _FLUSH * line.size


def together(words: str, more: str) -> str:
    """Two lines in one, with a blank between words of letters; a hyphen at the end stays."""
    if words[-1].isascii() and words[-1].isalpha() and more[0].isascii() and more[0].isalpha():
        return f"{words} {more}"
    return words + more


def _near(lines: Sequence[TextLine], number: int) -> Sequence[TextLine]:
    return lines[max(0, number - _AROUND) : number + _AROUND + 1]
