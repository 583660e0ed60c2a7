"""Finds the tables whose columns are told by blank space alone, as in a table of three lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from jiaoheng.plans.reading.opening.portable.lines import pieces, rows
from jiaoheng.plans.reading.opening.portable.page import Letter
from jiaoheng.plans.reading.opening.portable.ruled import Area, RuledTable

_GAP = 1.0
"""Pieces of a line so far apart, in heights of its letters, stand in different columns."""
_FEWEST = 3
"""A table has so many columns and full rows, at least."""
_PATIENCE = 3
"""So many lines without columns may stand between two rows: cells that are several lines high."""
_NAMED = 0.8
"""The share of rows whose first column is filled from which cells begin at the top of their row."""

_FIGURE = re.compile(r"[≥≤><＞＜约]?[\d.,]+[%％‰]?(?:以上|以下|左右)?|[—–/-]+")

_Row = list[list[Letter]]
_Column = tuple[float, float]


def aligned_tables(
    letters: Sequence[Letter], before: RuledTable | None = None
) -> tuple[list[RuledTable], list[Letter]]:
    """The tables from top to bottom, and the letters that stand in none.

    Parameters
    ----------
    before : the table that the page or column before ends with, which the first lines may go on with.
    """
    lines = [pieces(row, _GAP) for row in rows(letters)]
    tables: list[RuledTable] = []
    rest: list[Letter] = []
    at = _rest_of(lines, before) if before else 0
    if before and at:
        tables.append(_table(lines[:at], _columns_of(before)))
    while at < len(lines):
        found = _longest(lines, at) if len(lines[at]) >= _FEWEST else None
        if found is None:
            rest += [letter for piece in lines[at] for letter in piece]
            at += 1
        else:
            end, columns = found
            tables.append(_table(lines[at:end], columns))
            at = end
    return tables, rest


def _rest_of(lines: Sequence[_Row], before: RuledTable) -> int:
    """How many lines go on with the table of the page before: one of them has its columns."""
    columns = _columns_of(before)
    end = 0
    while end < len(lines) and _fits(lines[end], columns):
        end += 1
    return end if any(len(line) >= _FEWEST for line in lines[:end]) else 0


def _columns_of(table: RuledTable) -> list[_Column]:
    return list(pairwise(table.edges))


def _longest(lines: Sequence[_Row], start: int) -> tuple[int, list[_Column]] | None:
    """Where a table that begins with that line ends, and its columns; None where there is none."""
    full = [start]
    for at in range(start + 1, len(lines)):
        if len(lines[at]) >= _FEWEST:
            full.append(at)
        elif at - full[-1] > _PATIENCE:
            break
    while len(full) >= _FEWEST:
        columns = _columns([lines[at] for at in full])
        if len(columns) >= _FEWEST and all(_fits(lines[at], columns) for at in range(start, full[-1] + 1)):
            end = full[-1] + 1
            step = min(_top(below) - _top(above) for above, below in pairwise(lines[start:end]))
            while end < len(lines) and _hangs_on(lines, end, columns, step):
                end += 1
            return end, columns
        full.pop()
    return None


def _columns(lines: Sequence[_Row]) -> list[_Column]:
    """From where to where the pieces of the lines reach that overlap one another."""
    found: list[_Column] = []
    for left, right in sorted((piece[0].left, piece[-1].right) for line in lines for piece in line):
        if found and left < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _fits(line: _Row, columns: Sequence[_Column]) -> bool:
    """Whether each piece stands in a column of its own."""
    places = [_place(piece, columns) for piece in line]
    return None not in places and len(set(places)) == len(places)


def _place(piece: list[Letter], columns: Sequence[_Column]) -> int | None:
    size = piece[0].bottom - piece[0].top
    for number, (left, right) in enumerate(columns):
        if left - size <= piece[0].left and piece[-1].right <= right + size:
            return number
    return None


def _hangs_on(lines: Sequence[_Row], at: int, columns: Sequence[_Column], step: float) -> bool:
    """Whether a line below is the rest of a cell: as near as the lines of the table are."""
    return _fits(lines[at], columns) and _top(lines[at]) - _top(lines[at - 1]) <= 1.1 * step


def _top(line: _Row) -> float:
    return line[0][0].top


def _table(lines: Sequence[_Row], columns: Sequence[_Column]) -> RuledTable:
    full = [at for at, line in enumerate(lines) if _begins_row(line, columns)]
    named = sum(_place(lines[at][0], columns) == 0 for at in full)
    begins = named >= _NAMED * len(full)
    held: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for at, line in enumerate(lines):
        row = _row_of(at, full) if begins else _nearest(lines, at, full)
        for piece in line:
            held[row, _place(piece, columns) or 0] += piece
    first = min(row for row, _ in held)
    edges = (*(left for left, _ in columns), columns[-1][1])
    areas = tuple(
        Area(row - first, column, 1, 1, edges[column + 1] - edges[column], tuple(held[row, column]))
        for row in range(first, len(full))
        for column in range(len(columns))
    )
    bottom = max(letter.bottom for piece in lines[-1] for letter in piece)
    return RuledTable(_top(lines[0]), bottom, edges, areas)


def _begins_row(line: _Row, columns: Sequence[_Column]) -> bool:
    """Whether it is the line of its row that fills the columns, or names the row and gives a figure."""
    named = _place(line[0], columns) == 0
    return len(line) >= _FEWEST or (named and any(_is_figure(piece) for piece in line[1:]))


def _is_figure(piece: list[Letter]) -> bool:
    return _FIGURE.fullmatch("".join(letter.sign for letter in piece)) is not None


def _row_of(at: int, full: Sequence[int]) -> int:
    """The last full row that begins above or at that line; -1 for what the page before begins."""
    return max((row for row, first in enumerate(full) if first <= at), default=-1)


def _nearest(lines: Sequence[_Row], at: int, full: Sequence[int]) -> int:
    return min(range(len(full)), key=lambda row: abs(_top(lines[full[row]]) - _top(lines[at])))
