"""Takes off what a page has around the text: running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jiaoheng.plans.reading.opening.portable.lines import TextLine

_MARGIN = 0.14
"""The share of the page, above and below, in which heads and feet stand."""
_DEEPEST = 3
_FEWEST = 3
"""A line on so many pages, at one height, is a running one."""
_NUMBER = re.compile(r"[\W_]*(?:第?\s*(\d{1,4})\s*页?(?:[\W_]*共?\s*\d{1,4}\s*页?)?|[ivxIVX]{1,6})[\W_]*")


def without_furniture(pages: Sequence[tuple[float, list[TextLine]]]) -> list[list[TextLine]]:
    """The lines of each page without its heads, feet and number.

    Parameters
    ----------
    pages : height and lines, from top to bottom, of each page.
    """
    running = Counter(
        key for height, lines in pages for key in {_key(line) for line in _outer(height, lines)}
    )
    fewest = min(_FEWEST, max(2, len(pages)))
    counted = _is_counted(pages)
    return [
        [
            line
            for line in lines
            if line not in (outer := _outer(height, lines))
            or not (running[_key(line)] >= fewest or _is_number(line, outer, number, counted))
        ]
        for number, (height, lines) in enumerate(pages)
    ]


def _outer(height: float, lines: list[TextLine]) -> list[TextLine]:
    """The lines that stand where heads and feet do, few of them from either end."""
    above = [line for line in lines[:_DEEPEST] if line.bottom < _MARGIN * height]
    below = [line for line in lines[-_DEEPEST:] if line.top > (1 - _MARGIN) * height]
    return [*above, *below]


def _key(line: TextLine) -> tuple[str, int]:
    return re.sub(r"[\d\s]+", "", line.words), round(line.top / 4)


def _is_number(line: TextLine, outer: list[TextLine], number: int, counted: set[int]) -> bool:
    """Whether it is the number of its page: set off by signs, or in step with the pages."""
    said = _NUMBER.fullmatch(line.words)
    if said is None or line not in (outer[0], outer[-1]):
        return False
    return not line.words.strip().isdigit() or int(said[1]) - number in counted


def _is_counted(pages: Sequence[tuple[float, list[TextLine]]]) -> set[int]:
    """By how much the numbers at the ends of pages are ahead of the pages, where several agree or it is 1."""
    ahead = Counter(
        int(line.words) - number
        for number, (height, lines) in enumerate(pages)
        for line in _outer(height, lines)
        if line.words.strip().isdigit() and len(line.words) <= 4
    )
    return {1, *(step for step, count in ahead.items() if count > 1)}
