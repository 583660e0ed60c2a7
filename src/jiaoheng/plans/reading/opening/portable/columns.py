"""Takes a page of two columns apart, as gazettes are printed: the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from jiaoheng.plans.reading.opening.portable.lines import height_of, rows
from jiaoheng.plans.reading.opening.portable.page import Letter
from jiaoheng.plans.reading.opening.portable.ruled import RuledTable

_FEWEST = 8
"""A column has so many lines, at least."""
_GAP = 0.8
"""The least width of the space between the columns, in heights of letters."""
_CENTRE = (0.35, 0.65)
"""Where, in shares of the text's width, the space between two columns lies."""
_BARE = 0.25
"""The share of the usual letters that may stand in the space: titles run across it."""
_FULL = 0.36
"""The share of the text's width that half of the lines of each column fill."""
_BIN = 2.0


class Band(NamedTuple):
    """What is read in one go: letters and tables of a column, or of what runs across both."""

    letters: list[Letter]
    tables: list[RuledTable]


def bands(letters: Sequence[Letter], tables: Sequence[RuledTable]) -> list[Band]:
    """The parts of a page in reading order; one part where it has no columns.

    Parameters
    ----------
    letters : those that stand in no table.
    """
    lines = rows(letters)
    gutter = _gutter(lines)
    if gutter is None:
        return [Band(list(letters), list(tables))]
    across = [table for table in tables if table.edges[0] < gutter < table.edges[-1]]
    stops = sorted(
        [(table.top, table.bottom, table) for table in across]
        + [(line[0].top, line[0].bottom, line) for line in lines if _crosses(line, gutter)],
        key=lambda stop: stop[0],
    )
    found: list[Band] = []
    top = float("-inf")
    for start, end, what in [*stops, (float("inf"), float("inf"), [])]:
        for left in (True, False):
            found.append(
                Band(
                    [
                        letter
                        for line in lines
                        if not _crosses(line, gutter) and top <= line[0].middle[1] < start
                        for letter in line
                        if (letter.left < gutter) == left
                    ],
                    [
                        table
                        for table in tables
                        if table not in across
                        and top <= table.top < start
                        and (table.edges[0] < gutter) == left
                    ],
                )
            )
        found.append(Band([], [what]) if isinstance(what, RuledTable) else Band(what, []))
        top = start if end == float("inf") else (start + end) / 2
    return [band for band in found if band.letters or band.tables]


def _gutter(lines: Sequence[list[Letter]]) -> float | None:
    """Where the space between two columns lies; None for a page of one column."""
    if len(lines) < _FEWEST:
        return None
    start = min(line[0].left for line in lines)
    width = max(line[-1].right for line in lines) - start
    place = _space(lines, start, width)
    if place is None:
        return None
    left = [
        max(each.right for each in line if each.left < place) - line[0].left
        for line in lines
        if line[0].left < place
    ]
    right = [
        line[-1].right - min(each.left for each in line if each.left >= place)
        for line in lines
        if line[-1].left >= place
    ]
    if min(len(left), len(right)) < _FEWEST:
        return None
    return place if min(median(left), median(right)) >= _FULL * width else None


def _space(lines: Sequence[list[Letter]], start: float, width: float) -> float | None:
    """The middle of the widest upright strip near the centre in which hardly a letter stands."""
    first, last = (int(share * width / _BIN) for share in _CENTRE)
    counts = [0] * (last - first + 1)
    covered = 0.0
    for line in lines:
        free = first
        for letter in line:
            covered += letter.right - letter.left
            begin, end = int((letter.left - start) / _BIN), int((letter.right - start) / _BIN)
            for at in range(max(begin, free), min(end, last) + 1):
                counts[at - first] += 1
            free = max(free, end + 1)
    most = _BARE * covered / max(width, 1)
    best, run = (0, 0), 0
    for at, count in enumerate(counts):
        run = run + 1 if count <= most else 0
        best = max(best, (run, at))
    size = median(height_of(line) for line in lines)
    if best[0] * _BIN < _GAP * size:
        return None
    return start + (first + best[1] - best[0] / 2 + 0.5) * _BIN


def _crosses(line: list[Letter], place: float) -> bool:
    """Whether a letter stands where the space is, or the line runs over it without a gap."""
    if any(letter.left < place < letter.right for letter in line):
        return True
    left = max((letter.right for letter in line if letter.right <= place), default=None)
    right = min((letter.left for letter in line if letter.left >= place), default=None)
    return left is not None and right is not None and right - left < _GAP * height_of(line)
