"""How wide the columns of a table are: numbers never break, words share what is left."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.reports.tables import Cell, Column, Table
from jiaoheng.reports.text_width import ems

# Of a head: the most lines that it should take, and the fewest characters that stand in one.
_HEAD_LINES, _HEAD_LEAST = 6, 2.0
# Words may break, but a column of single characters nobody reads.
_WORDS_LEAST, _NAMES_LEAST, _CODE_LEAST, _MISSING_LEAST = 4.0, 7.0, 9.0, 3.0
# A date or a number within words is not cut in two; what is longer (an address, a hash) may be.
_RUN, _RUN_MOST = re.compile(r"[0-9][0-9.,/%-]+"), 6.0
_STEP = 6.0
"""Points in which room is given away."""
_PADDING = 6.5
"""Points that a cell's own margins and its border take."""


@dataclass(frozen=True)
class Demand:
    """What a column asks for, in points: the least it can be set in, and how wide each cell is on one line.

    ``breaks`` says whether its text may take several lines.
    """

    least: float
    cells: tuple[float, ...]
    breaks: bool

    def lines(self, row: int, width: float) -> int:
        """How many lines the cell of a row takes in a column of a width."""
        return math.ceil(self.cells[row] / max(width - _PADDING, 1.0)) if self.breaks else 1


def demands(table: Table, points: float) -> list[Demand]:
    """What each column asks for where the letters are ``points`` high."""
    return [
        _demand(column, [row[place] for row in table.rows], points, names=place == 0)
        for place, column in enumerate(table.columns)
    ]


def fits(asked: Sequence[Demand], room: float) -> bool:
    """Whether the columns can stand side by side in ``room`` points."""
    return sum(one.least for one in asked) <= room


def share(asked: Sequence[Demand], room: float) -> list[float]:
    """The width of each column; together they fill ``room``.

    Every column has its least. What is over goes, piece by piece, to the column of words that makes the table
    shorter for it; what no column of words can use goes to all alike.
    """
    across = [one.least for one in asked]
    over = room - sum(across)
    rows = range(len(asked[0].cells))
    while over > 0:
        step = min(_STEP, over)
        gains = [_gain(asked, across, place, step, rows) for place in range(len(asked))]
        best = max(range(len(asked)), key=gains.__getitem__)
        if gains[best] <= 0:
            return [width + over / len(asked) for width in across]
        across[best] += step
        over -= step
    return across


def lines(asked: Sequence[Demand], across: Sequence[float]) -> int:
    """How many lines all rows together take in columns of these widths."""
    return sum(
        max(one.lines(row, width) for one, width in zip(asked, across, strict=True))
        for row in range(len(asked[0].cells))
    )


def parts(asked: Sequence[Demand], room: float) -> list[list[int]]:
    """Columns in groups that each fit in ``room``, the first column at the head of every group.

    The groups hold about the same number of columns.
    """
    others = list(range(1, len(asked)))
    for count in range(1, len(others) + 1):
        size = -(-len(others) // count)
        groups = [[0, *others[start : start + size]] for start in range(0, len(others), size)]
        if all(fits([asked[place] for place in group], room) for group in groups):
            return groups
    return [[0, place] for place in others]


def _gain(asked: Sequence[Demand], across: Sequence[float], place: int, step: float, rows: range) -> float:
    """How much lower the rows become where one column is a step wider.

    A column that alone makes no row lower still gains a little for every line of its own that it saves:
    the others may follow.
    """
    one = asked[place]
    if not one.breaks:
        return 0.0
    gain = 0.0
    for row in rows:
        before, after = one.lines(row, across[place]), one.lines(row, across[place] + step)
        if after < before:
            rest = (other.lines(row, across[at]) for at, other in enumerate(asked) if at != place)
            highest = max(rest, default=1)
            gain += max(before, highest) - max(after, highest) + 0.2
        # Half-filled steps towards the next saving.
        gain += 0.01 * (before > 1)
    return gain


def _demand(column: Column, cells: Sequence[Cell], points: float, *, names: bool) -> Demand:
    longest = max((ems(cell.text) for cell in cells if not cell.missing), default=0.0)
    missing = _MISSING_LEAST if any(cell.missing for cell in cells) else 0.0
    # The unit stands on a line of its own.
    head_least = max(_HEAD_LEAST, ems(column.head) / _HEAD_LINES, ems(column.unit))
    if column.kind == "numeric":
        least = max(longest, head_least, missing)
    else:
        floor = {"code": _CODE_LEAST, "words": _NAMES_LEAST if names else _WORDS_LEAST}[column.kind]
        runs = (ems(run) for cell in cells for run in _RUN.findall(cell.text))
        least = max(min(longest, floor), min(max(runs, default=0.0), _RUN_MOST), head_least, missing)
    return Demand(
        least * points + _PADDING,
        tuple(ems(cell.text) * points for cell in cells),
        breaks=column.kind != "numeric",
    )
