"""Finds the tables that are ruled on a page, and where their cells lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jiaoheng.plans.reading.opening.portable.page import Letter, Page, Rule

_NEAR = 3.0
"""Ends of lines that are no further apart, in points, meet."""
_SHORTEST = 5.0
_MOST_RULES = 3000
"""A page with more lines is a drawing."""


@dataclass(frozen=True)
class Area:
    """A cell on the page: its place from 0, what it spans, its width in points, and its letters."""

    row: int
    column: int
    row_span: int
    column_span: int
    width: float
    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class RuledTable:
    """A table on the page: where it begins and ends, the edges of its columns, its cells in order of rows."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    areas: tuple[Area, ...]

    def same_columns(self, other: RuledTable) -> bool:
        """Whether the columns of the two stand one below the other."""
        return len(self.edges) == len(other.edges) and all(
            abs(mine - theirs) <= _NEAR for mine, theirs in zip(self.edges, other.edges, strict=True)
        )


@dataclass(frozen=True)
class _Lines:
    """Lines of one direction: the place `at` across it, from `start` to `end` along it."""

    at: float
    start: float
    end: float


def ruled_tables(
    page: Page, before: RuledTable | None = None
) -> tuple[tuple[RuledTable, ...], tuple[Letter, ...]]:
    """The tables from top to bottom, and the letters that stand in none.

    A frame is no table, nor is one with words in one column only, but for what is left of a table of the page
    before. A table open at its sides is closed where its level lines end.

    Parameters
    ----------
    before : the last table of the page before.
    """
    if len(page.rules) > _MOST_RULES:
        return (), page.letters
    tables: list[RuledTable] = []
    rest = page.letters
    for level, upright in _meshes(page.rules):
        columns = _stops([*(line.at for line in upright), *_ends(level)])
        rows = _stops([line.at for line in level])
        if len(columns) < 3 or len(rows) < 2:
            continue
        inside, outside = _split(rest, columns, rows)
        areas = _areas(columns, rows, level, upright, inside)
        table = RuledTable(rows[0], rows[-1], tuple(columns), areas)
        worded = len({area.column for area in areas if area.letters})
        if worded > 1 or (worded and before is not None and table.same_columns(before)):
            tables.append(table)
            rest = outside
    return tuple(sorted(tables, key=lambda table: table.top)), rest


def _meshes(rules: Iterable[Rule]) -> Iterator[tuple[list[_Lines], list[_Lines]]]:
    """Level and upright lines that hang together."""
    level, upright = [], []
    for rule in rules:
        if max(rule.right - rule.left, rule.bottom - rule.top) < _SHORTEST:
            continue
        if rule.is_level:
            level.append(_Lines((rule.top + rule.bottom) / 2, rule.left, rule.right))
        else:
            upright.append(_Lines((rule.left + rule.right) / 2, rule.top, rule.bottom))
    level, upright = _joined(level), _joined(upright)
    groups = list(range(len(level)))

    def head(number: int) -> int:
        while groups[number] != number:
            groups[number] = groups[groups[number]]
            number = groups[number]
        return number

    held: list[int] = []
    for line in upright:
        met = [number for number, other in enumerate(level) if _meet(other, line)]
        held.append(met[0] if met else -1)
        for number in met[1:]:
            groups[head(number)] = head(met[0])
    together: dict[int, tuple[list[_Lines], list[_Lines]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate(level):
        together[head(number)][0].append(line)
    for number, line in zip(held, upright, strict=True):
        if number >= 0:
            together[head(number)][1].append(line)
    for lines in together.values():
        if len(lines[0]) > 1 and lines[1]:
            yield lines


def _meet(level: _Lines, upright: _Lines) -> bool:
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _joined(lines: list[_Lines]) -> list[_Lines]:
    """Pieces that lie on one line and touch, and the two of a double line, as one."""
    found: list[_Lines] = []
    for row in _clusters(lines):
        at = sum(line.at for line in row) / len(row)
        row.sort(key=lambda line: line.start)
        start, end = row[0].start, row[0].end
        for line in row[1:]:
            if line.start > end + _NEAR:
                found.append(_Lines(at, start, end))
                start, end = line.start, line.end
            end = max(end, line.end)
        found.append(_Lines(at, start, end))
    return found


def _clusters(lines: list[_Lines]) -> Iterator[list[_Lines]]:
    row: list[_Lines] = []
    for line in sorted(lines, key=lambda line: line.at):
        if row and line.at - row[0].at > _NEAR:
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _ends(level: list[_Lines]) -> tuple[float, float]:
    return min(line.start for line in level), max(line.end for line in level)


def _stops(places: list[float]) -> list[float]:
    """Distinct places, in order."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 2 * _NEAR:
            found.append(place)
    return found


def _split(
    letters: Iterable[Letter], columns: list[float], rows: list[float]
) -> tuple[list[Letter], tuple[Letter, ...]]:
    """The letters within the table, and the others."""
    inside: list[Letter] = []
    outside: list[Letter] = []
    for letter in letters:
        x, y = letter.middle
        within = columns[0] <= x <= columns[-1] and rows[0] <= y <= rows[-1]
        (inside if within else outside).append(letter)
    return inside, tuple(outside)


def _areas(
    columns: list[float],
    rows: list[float],
    level: list[_Lines],
    upright: list[_Lines],
    letters: list[Letter],
) -> tuple[Area, ...]:
    groups = _merged(columns, rows, level, upright)
    held: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        x, y = letter.middle
        held[groups[_interval(rows, y), _interval(columns, x)]].append(letter)
    members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for place, first in groups.items():
        members[first].append(place)
    areas = []
    for (row, column), places in sorted(members.items()):
        down = max(place[0] for place in places) - row + 1
        across = max(place[1] for place in places) - column + 1
        width = columns[column + across] - columns[column]
        areas.append(Area(row, column, down, across, width, tuple(held[row, column])))
    return tuple(areas)


def _merged(
    columns: list[float], rows: list[float], level: list[_Lines], upright: list[_Lines]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place of the grid the upper left place of the cell that it belongs to.

    A cell grows to the right, then downwards, until a line closes it; what is not a rectangle is not merged.
    """
    width, height = len(columns) - 1, len(rows) - 1
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) in first:
                continue
            across = 1
            while (
                column + across < width
                and (row, column + across) not in first
                and not _closed(upright, columns[column + across], (rows[row] + rows[row + 1]) / 2)
            ):
                across += 1
            span = range(column, column + across)
            down = 1
            while row + down < height and not any(
                _closed(level, rows[row + down], (columns[each] + columns[each + 1]) / 2) for each in span
            ):
                down += 1
            for y in range(row, row + down):
                for x in span:
                    first[y, x] = (row, column)
    return first


def _closed(lines: list[_Lines], at: float, along: float) -> bool:
    """Whether a line at that place passes by that point."""
    return any(abs(line.at - at) <= 2 * _NEAR and line.start <= along <= line.end for line in lines)


def _interval(stops: list[float], place: float) -> int:
    for number, stop in enumerate(stops[1:-1]):
        if place < stop:
            return number
    return len(stops) - 2
