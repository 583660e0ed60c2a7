"""The cells of one column, as a mapping asks for them: taken, summed, joined, looked up, in simplified
characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jiaoheng.census import values
from jiaoheng.census.dictionary import Column
from jiaoheng.census.readers.assemble import Problem, cells_of
from jiaoheng.census.readers.mappings.model import Origin, Script
from jiaoheng.census.script import simplified
from jiaoheng.census.workbook import Cell, Row


@dataclass(frozen=True)
class Table:
    """The data rows of a sheet, and where each heading stands."""

    rows: Sequence[Row]
    places: Mapping[str, int]
    squeeze: Callable[[str], str]

    def place(self, heading: str) -> int:
        """The column of a heading."""
        return self.places[self.squeeze(heading)]

    def cells(self, heading: str) -> list[Cell]:
        """The cells under a heading."""
        return cells_of(self.rows, self.place(heading))

    def take(self, positions: Sequence[int]) -> Table:
        """Some of the rows."""
        return Table([self.rows[position] for position in positions], self.places, self.squeeze)


@dataclass(frozen=True)
class Cells:
    """The cells of a column, and the heading and sheet column that they come from."""

    origin: int
    heading: str
    cells: Sequence[Cell]


def cells_for(
    origin: Origin, column: Column, table: Table, results: Sequence[Cell] | None, script: Script
) -> tuple[Cells, list[Problem]]:
    """What a mapping's column holds.

    Parameters
    ----------
    origin : where it comes from.
    column : the dictionary column that it goes to.
    table : the rows.
    results : the values of the origin's expression, where it has one.
    script : the mapping's script, for columns that do not name their own.
    """
    if origin.expr is not None:
        assert results is not None
        node = origin.node
        named = sorted(node.columns()) if node is not None else []
        heading = named[0] if named else ""
        return Cells(table.place(heading) if named else 0, heading or origin.expr, results), []
    if origin.sum is not None:
        return _sum(origin.sum, column, table)
    if origin.join is not None:
        heading, cells = origin.join[0], _join(origin.join, origin.separator, table)
    else:
        assert origin.from_ is not None
        heading, cells = origin.from_, table.cells(origin.from_)
    place = table.place(heading)
    cells, problems = _translate(origin, cells, place, heading)
    wanted = origin.script or (script if column.type in ("text", "term") else "as_is")
    if wanted == "simplified":
        simple = {cell: simplified(cell) for cell in set(cells) if isinstance(cell, str)}
        cells = [simple.get(cell, cell) if isinstance(cell, str) else cell for cell in cells]
    if origin.prefix:
        cells = [f"{origin.prefix}{text}" if (text := _said(cell)) else None for cell in cells]
    return Cells(place, heading, cells), problems


def _sum(headings: Sequence[str], column: Column, table: Table) -> tuple[Cells, list[Problem]]:
    """The sum of several columns; missing where one of them is: missing is not zero."""
    problems: list[Problem] = []
    parts = []
    for heading in headings:
        place = table.place(heading)
        found, faults = values.parse_column(table.cells(heading), column)
        parts.append(found)
        problems += [Problem(at, place, heading, error.reason, error.mend) for at, error in faults.items()]
    sums: list[Cell] = []
    for row in zip(*parts, strict=True):
        figures = [cell for cell in row if isinstance(cell, int | float)]
        sums.append(sum(figures) if len(figures) == len(parts) else None)
    return Cells(table.place(headings[0]), "＋".join(headings), sums), problems


def _join(headings: Sequence[str], separator: str, table: Table) -> list[Cell]:
    parts = [[_said(cell) for cell in table.cells(heading)] for heading in headings]
    return [separator.join(texts) if all(texts) else None for texts in zip(*parts, strict=True)]


def _translate(
    origin: Origin, cells: list[Cell], place: int, heading: str
) -> tuple[list[Cell], list[Problem]]:
    """Texts through the lookup or the rules; one that neither knows is refused unless the mapping says
    otherwise."""
    if origin.lookup is None and not origin.rules:
        return cells, []
    known: dict[Cell, Cell] = {}
    unknown: set[Cell] = set()
    for cell in set(cells):
        text = _said(cell)
        found, value = _look_up(origin, text)
        if found:
            known[cell] = value
        elif not text or origin.otherwise is not None or origin.keep:
            known[cell] = cell if origin.keep else origin.otherwise if text else None
        else:
            known[cell] = None
            unknown.add(cell)
    mend = "请在映射文件的 lookup 或 rules 里加上它，或写 otherwise。"
    problems = [
        Problem(position, place, heading, "内容不在映射文件的对照中", mend)
        for position, cell in enumerate(cells)
        if cell in unknown
    ]
    return [known[cell] for cell in cells], problems


def _look_up(origin: Origin, text: str) -> tuple[bool, Cell]:
    if origin.lookup is not None:
        return text in origin.lookup, origin.lookup.get(text)
    for rule in origin.rules:
        if text and re.search(rule.match, text):
            return True, rule.value
    return False, None


def _said(cell: Cell) -> str:
    text = values.clean(cell)
    return "" if text in values.BLANKS else text


__all__ = ["Cells", "Table", "cells_for"]
