"""Matches the cells of a cross table with the columns that a form's layout knows.

A form may stand on its side: where more cells are found with rows and columns exchanged, it is read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jiaoheng.census import dictionary
from jiaoheng.census.readers.forms.cross_table import CrossTable
from jiaoheng.census.readers.heading import SEPARATOR, tidy, unit_of
from jiaoheng.census.readers.matching import conversion, fits
from jiaoheng.packs.form_layouts import FormLayout, NamedCell

_PAST = re.compile(r"上(?:一)?(?:学)?年(?:度|初|末)?|去年|上年同期.*")
_YEAR = re.compile(r"(20\d\d)(?:-20\d\d)?(?:学)?年(?:度|初|末)?")
_OWN = ("合计",)
"""The levels of the row that opens a stage: its total."""


@dataclass(frozen=True)
class At:
    """A cell of a table: the row (from 0) and column (from 0) in the sheet, its headings, its stage.

    ``row`` and ``heading``: what names its row and its column, in full; the levels leave out the row that
    opens a stage. ``unit``: what the row or the column names. ``stage`` is None in a form that no row divides
    by stage.
    """

    position: int
    column: int
    row: str
    heading: str
    row_levels: tuple[str, ...]
    column_levels: tuple[str, ...]
    stage: str | None
    unit: str

    @property
    def text(self) -> str:
        """The headings of row and column, as a message shows them."""
        return f"{self.row} × {self.heading}"


@dataclass(frozen=True)
class Hit:
    """Cells that give one column (several only where they add up), and the factor to the base unit."""

    target: str
    stage: str | None
    cells: tuple[At, ...]
    factors: tuple[float, ...]


@dataclass(frozen=True)
class Doubt:
    """A cell that cannot be used: why, and how to mend it."""

    cell: At
    reason: str
    mend: str


@dataclass(frozen=True)
class FormMatch:
    """What the cells of a table mean. ``rest``: those that lead to no column of the dictionary."""

    hits: tuple[Hit, ...]
    rest: tuple[At, ...]
    doubts: tuple[Doubt, ...]


def match_cells(table: CrossTable, layout: FormLayout) -> FormMatch:
    """What each cell of a table is.

    Parameters
    ----------
    table : the table, found with the layout's `inner` rows and openers of stages.
    layout : the form.
    """
    cells = list(_cells(table, layout))
    upright = _match(cells, table, layout)
    if len(upright.hits) >= layout.layout.least:
        return upright
    aside = _match([_turned(cell) for cell in cells], table, layout)
    return max(upright, aside, key=lambda each: len(each.hits))


def openers(layout: FormLayout) -> tuple[str, ...]:
    """The headings of the rows that open a stage."""
    return tuple(tidy(word) for pattern in layout.layout.stages for word in pattern.split("|"))


def _match(cells: Sequence[At], table: CrossTable, layout: FormLayout) -> FormMatch:
    by_stage: dict[str | None, list[At]] = {}
    for cell in cells:
        by_stage.setdefault(cell.stage, []).append(cell)
    hits: list[Hit] = []
    doubts: list[Doubt] = []
    for stage, own in by_stage.items():
        grid = _Grid(own, layout)
        found: dict[str, Hit] = {}
        for named in layout.named_cells():
            if named.target in found or not _may_give(named, stage, layout):
                continue
            at = grid.find(named)
            if len(at) > 1 and named.target not in layout.add:
                both = "」和「".join(cell.text for cell in at[:2])
                zh = _column(named.target).zh
                doubts.append(
                    Doubt(at[0], f"「{both}」都像“{zh}”，分不清用哪一格", "请改写行名或表头，使它们不同。")
                )
                continue
            if at:
                factors = [_factor(cell, named, table) for cell in at]
                if None in factors:
                    base = _column(named.target).unit_zh
                    bad = at[factors.index(None)]
                    doubts.append(Doubt(bad, f"单位「{bad.unit}」不能换算为{base}", "请改正表中的单位。"))
                else:
                    whole = tuple(factor for factor in factors if factor is not None)
                    found[named.target] = Hit(named.target, stage, at, whole)
        hits += found.values()
    used = {(cell.position, cell.column) for hit in hits for cell in hit.cells}
    used |= {(doubt.cell.position, doubt.cell.column) for doubt in doubts}
    rest = tuple(cell for cell in cells if (cell.position, cell.column) not in used)
    return FormMatch(tuple(hits), rest, tuple(doubts))


def _may_give(named: NamedCell, stage: str | None, layout: FormLayout) -> bool:
    """Whether rows of a stage may give a column: what is the whole school's stands outside the stages, and
    the share of a stage in it is another figure."""
    by_stage = named.target.startswith(("school_stages.", "county_stages."))
    if stage is not None and layout.layout.stages and not by_stage:
        return False
    return not named.stages or stage in named.stages


class _Grid:
    """The cells of one stage, found by the patterns of their row and column."""

    def __init__(self, cells: Sequence[At], layout: FormLayout) -> None:
        self._neutral = layout.layout.neutral
        self._current = _current_year(cells)
        self._cells = [cell for cell in cells if not self._is_past(cell)]
        self._rows: dict[str, set[tuple[str, ...]]] = {}
        self._columns: dict[str, set[tuple[str, ...]]] = {}

    def find(self, named: NamedCell) -> tuple[At, ...]:
        """The cells that the entry names; of several those whose headings say least beside it."""
        rows = self._fitting(self._rows, named.row, {cell.row_levels for cell in self._cells})
        columns = self._fitting(self._columns, named.column, {cell.column_levels for cell in self._cells})
        found = [cell for cell in self._cells if cell.row_levels in rows and cell.column_levels in columns]
        if len(found) < 2:
            return tuple(found)
        depth = [len(cell.row_levels) + len(cell.column_levels) for cell in found]
        return tuple(cell for cell, own in zip(found, depth, strict=True) if own == min(depth))

    def _fitting(
        self, known: dict[str, set[tuple[str, ...]]], pattern: str, levels: set[tuple[str, ...]]
    ) -> set[tuple[str, ...]]:
        if pattern not in known:
            known[pattern] = {each for each in levels if fits(each, pattern, self._neutral)}
        return known[pattern]

    def _is_past(self, cell: At) -> bool:
        for level in (*cell.row_levels, *cell.column_levels):
            year = _YEAR.fullmatch(level)
            if _PAST.fullmatch(level) or (year and year[1] != self._current):
                return True
        return False


def _current_year(cells: Sequence[At]) -> str:
    years = [
        found[1]
        for cell in cells
        for level in (*cell.row_levels, *cell.column_levels)
        if (found := _YEAR.fullmatch(level))
    ]
    return max(years, default="")


def _cells(table: CrossTable, layout: FormLayout) -> Iterator[At]:
    stages = {word: stage for pattern, stage in layout.layout.stages.items() for word in pattern.split("|")}
    tidied: Mapping[str, str] = {tidy(word): stage for word, stage in stages.items()}
    rows = _told_apart([(line.levels, line.code or str(n)) for n, line in enumerate(table.lines, 1)])
    headings = _told_apart([(path.levels, str(n)) for n, path in enumerate(table.columns, 1)])
    for line, row in zip(table.lines, rows, strict=True):
        stage: str | None = layout.layout.stage
        levels = line.levels
        opener = next((i for i, level in enumerate(levels) if level in tidied), None)
        if opener is not None:
            stage, levels = tidied[levels[opener]], levels[opener + 1 :] or _OWN
        for path, heading in zip(table.columns, headings, strict=True):
            unit = line.unit or path.unit
            yield At(line.position, path.column, row, heading, levels, path.levels, stage, unit)


def _told_apart(names: Sequence[tuple[tuple[str, ...], str]]) -> list[str]:
    """The names as texts; where two are the same, told apart by the code or number that goes with each."""
    found: dict[str, None] = {}
    for levels, mark in names:
        text = SEPARATOR.join(levels)
        found[f"{text}（{mark}）" if text in found else text] = None
    return list(found)


def _turned(cell: At) -> At:
    return replace(
        cell,
        row=cell.heading,
        heading=cell.row,
        row_levels=cell.column_levels,
        column_levels=cell.row_levels,
    )


def _factor(cell: At, named: NamedCell, table: CrossTable) -> float | None:
    """What the number is multiplied by; None where the row's or column's unit is of another kind."""
    base = _column(named.target).unit
    if cell.unit:
        return conversion(cell.unit, base)
    stated = {unit for text in table.title if (unit := unit_of(text))}
    for unit in (*(stated if len(stated) == 1 else ()), named.unit):
        if unit and (factor := conversion(unit, base)) is not None:
            return factor
    return 1.0


def _column(target: str) -> dictionary.Column:
    table, _, name = target.partition(".")
    return dictionary.table(table)[name]


__all__ = ["At", "Doubt", "FormMatch", "Hit", "match_cells", "openers"]
