"""Finds what a page has around the text: running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jiaoheng.plans.reading.opening.portable.lines import TextLine
from jiaoheng.plans.reading.opening.portable.page import Page

_MARGIN = 0.14
"""The share of the page, above and below, in which heads and feet stand."""
_DEEPEST = 3
_WIDE = 0.6
"""A line that takes more of the width of its page is text."""
_FEWEST = 3
"""A line on so many pages, at one height, is a running one."""
_SET_OFF = r"[\s\-‐-―−~·•*|()（）\[\]【】]*"
_NUMBER = re.compile(
    rf"{_SET_OFF}(?:第?\s*(\d{{1,4}})\s*页?(?:[\s/／,，、]*共?\s*\d{{1,4}}\s*页?)?|[ivxIVX]{{1,6}}){_SET_OFF}"
)
"""A page number with what sets it off; a figure of the text has other signs (≥85%, 74.48%)."""


def furniture(pages: Sequence[tuple[Page, list[TextLine]]]) -> list[set[int]]:
    """Which lines of each page, by their place, are its heads, feet and number.

    Parameters
    ----------
    pages : each with its lines, from top to bottom.
    """
    outer = [_outer(page, lines) for page, lines in pages]
    running = Counter(key for page in outer for key in {_key(line) for line in page.values()})
    fewest = min(_FEWEST, max(2, len(pages)))
    ahead = _ahead(outer)
    return [
        {
            place
            for place, line in page.items()
            if running[_key(line)] >= fewest
            or (place in (min(page), max(page)) and _is_number(line.words, number, ahead))
        }
        for number, page in enumerate(outer)
    ]


def _outer(page: Page, lines: list[TextLine]) -> dict[int, TextLine]:
    """The lines that stand where heads and feet do, few of them from either end, by their place."""
    return {
        place: line
        for place, line in enumerate(lines)
        if line.right - line.left < _WIDE * page.width
        and (
            (place < _DEEPEST and line.bottom < _MARGIN * page.height)
            or (place >= len(lines) - _DEEPEST and line.top > (1 - _MARGIN) * page.height)
        )
    }


def _key(line: TextLine) -> tuple[str, int]:
    return re.sub(r"[\d\s]+", "", line.words), round(line.top / 4)


def _is_number(words: str, number: int, ahead: set[int]) -> bool:
    """Whether it is the number of its page: set off by signs, or in step with the pages."""
    said = _NUMBER.fullmatch(words)
    if said is None:
        return False
    return not words.isdigit() or int(said[1]) - number in ahead


def _ahead(outer: Sequence[dict[int, TextLine]]) -> set[int]:
    """By how much the numbers at the ends of pages are ahead of the pages, where several agree or it is 1."""
    steps = Counter(
        int(line.words) - number
        for number, page in enumerate(outer)
        for line in page.values()
        if line.words.isdecimal() and len(line.words) <= 4
    )
    return {1, *(step for step, count in steps.items() if count > 1)}
