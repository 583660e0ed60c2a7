"""Sheets that people filled in, read into the content of a pack, with the place of every value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiaoheng.packs.sheets.codecs import Cell, CellError, plain
from jiaoheng.packs.sheets.columns import Column
from jiaoheng.packs.sheets.layout import (
    DOCUMENT,
    LAYOUT,
    SheetKind,
    columns_of,
    document_columns,
    kind_named,
)
from jiaoheng.packs.yaml_lines import Located, Location, PackError, nearest

GUIDE = "填写说明"
"""The sheet for the reader's eye; reading passes over it."""

Rows = Sequence[Sequence[Cell]]

_SHEET_LINES = 10_000_000


@dataclass(frozen=True)
class Place:
    """Where an entry stands: the row, counted from 1, and its columns, to name the one with a fault."""

    sheet: str
    row: int
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class SheetLocated(Located):
    """The content of a workbook; a fault is told with sheet, row and heading instead of a line."""

    places: Mapping[Location, Place] = field(default_factory=dict)

    def line(self, location: Iterable[str | int]) -> int:
        """A number that orders faults as the sheets and rows do."""
        place, _ = self._place(tuple(location))
        if place is None:
            return 0
        sheets = [DOCUMENT, *(kind.name for kind in LAYOUT)]
        return sheets.index(place.sheet) * _SHEET_LINES + place.row

    def message(self, location: Iterable[str | int], problem: str) -> str:
        """``file › sheet › 第 n 行「heading」：problem``, keys in it told as headings."""
        place, column = self._place(tuple(location))
        if place is None:
            return f"{self.path.name}：{problem}"
        said = _with_headings(problem, place.columns)
        return _told(self.path.name, place.sheet, place.row, column, said)

    def _place(self, location: Location) -> tuple[Place | None, Column | None]:
        """The nearest row above a location, and the column that the rest of the way leads to."""
        for length in range(len(location), 0, -1):
            place = self.places.get(location[:length])
            if place is None:
                continue
            rest = tuple(str(key) for key in location[length:])
            fitting = [one for one in place.columns if one.way and one.way == rest[: len(one.way)]]
            inside = [one for one in place.columns if rest and rest[0] in one.way[:1]]
            return place, next(iter(fitting or inside), None)
        return None, None


def read_sheets(file: str, sheets: Sequence[tuple[str, Rows]]) -> SheetLocated:
    """The content of a pack from the sheets of a workbook.

    Parameters
    ----------
    file : the workbook's name, for messages.
    sheets : name and rows of each sheet; the first row has the headings. A blank row, and a blank column
        without a heading, say nothing; sheets and columns may be left out and may stand in any order.

    Raises
    ------
    PackError
        A sheet or a heading that is not known, or a cell that cannot be read: every fault, one to a line.
    """
    reading = _Reading(file)
    for name, rows in sheets:
        if name == GUIDE:
            continue
        kind = kind_named(name)
        if name == DOCUMENT:
            reading.document(rows)
        elif kind is None:
            hint = nearest(name, [DOCUMENT, *(one.name for one in LAYOUT)]) or "请删去这张表，或改正表名。"
            reading.faults.append(f"{file} › {name}：不认识的工作表。{hint}")
        elif kind.field is None:
            reading.entries(kind, rows)
    for name, rows in sheets:
        kind = kind_named(name)
        if kind is not None and kind.field is not None:
            reading.children(kind, rows)
    if "document" not in reading.data:
        reading.faults.append(
            f"{file}：没有「{DOCUMENT}」表。请用 jiaoheng pack template 写出模板，对照补上。"
        )
    if reading.faults:
        raise PackError("\n".join(reading.faults))
    data = {key: reading.data[key] for key in _order() if reading.data.get(key) or key == "document"}
    return SheetLocated(Path(file), data, {}, reading.places)


def _order() -> list[str]:
    return ["document", *dict.fromkeys(kind.section for kind in LAYOUT)]


class _Reading:
    """What has been read of a workbook so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: dict[str, Any] = {}
        self.places: dict[Location, Place] = {}
        self.faults: list[str] = []
        self._owners: dict[str, dict[str, int]] = {}

    def document(self, rows: Rows) -> None:
        """Fields below each other: the heading, then the value."""
        found: dict[str, Any] = {}
        fields = {one.heading: one for one in document_columns()}
        self.places["document",] = Place(DOCUMENT, 1, document_columns())
        for number, row in enumerate(rows[1:], 2):
            said = plain(row[0]) if row and not _blank(row[0]) else ""
            if not said:
                continue
            column = fields.get(said)
            if column is None:
                hint = nearest(said, fields) or f"可填：{'、'.join(fields)}。"
                self.faults.append(f"{self.file} › {DOCUMENT} › 第 {number} 行：不认识的栏目“{said}”。{hint}")
                continue
            self.places["document", column.way[0]] = Place(DOCUMENT, number, (column,))
            self._take(found, column, row[1] if len(row) > 1 else None, DOCUMENT, number)
        self.data["document"] = found

    def entries(self, kind: SheetKind, rows: Rows) -> None:
        """One entry to a row."""
        held = self.data.setdefault(kind.section, [])
        owners = self._owners.setdefault(kind.section, {})
        for number, values in self._rows(kind, rows):
            entry: dict[str, Any] = {}
            for column, cell in values:
                self._take(entry, column, cell, kind.name, number)
            self.places[kind.section, len(held)] = Place(kind.name, number, columns_of(kind))
            name = str(entry.get("id", ""))
            same = sum(1 for one in held if one.get("id") == name)
            owners[name if not same else f"{name}#{same + 1}"] = len(held)
            held.append(entry)

    def children(self, kind: SheetKind, rows: Rows) -> None:
        """What entries have several of, each row with the id of its entry."""
        assert kind.field is not None
        owners = self._owners.get(kind.section, {})
        for number, values in self._rows(kind, rows):
            first, rest = values[: 1 + kind.named], values[1 + kind.named :]
            owner = self._owner(kind, number, first[0][1], owners)
            entry: dict[str, Any] = {}
            for column, cell in rest:
                self._take(entry, column, cell, kind.name, number)
            if owner is None:
                continue
            held = self.data[kind.section][owner].setdefault(kind.field, {} if kind.named else [])
            key: str | int = len(held)
            if kind.named:
                key = "" if _blank(first[1][1]) else plain(first[1][1])
                if not key or key in held:
                    problem = "重复。请改用另一个名字。" if key else "缺少变量名。请补上。"
                    self.faults.append(_told(self.file, kind.name, number, first[1][0], problem))
                    continue
                held[key] = entry
            else:
                held.append(entry)
            self.places[kind.section, owner, kind.field, key] = Place(kind.name, number, columns_of(kind))

    def _owner(self, kind: SheetKind, number: int, cell: Cell, owners: Mapping[str, int]) -> int | None:
        column = columns_of(kind)[0]
        name = "" if _blank(cell) else plain(cell)
        if name in owners and name:
            return owners[name]
        parent = next(one.name for one in LAYOUT if one.section == kind.section and one.field is None)
        hint = nearest(name, owners) or f"请填「{parent}」表里的编号。"
        problem = f"「{parent}」表里没有编号“{name}”。{hint}" if name else f"缺少编号。{hint}"
        self.faults.append(_told(self.file, kind.name, number, column, problem))
        return None

    def _rows(self, kind: SheetKind, rows: Rows) -> Iterator[tuple[int, list[tuple[Column, Cell]]]]:
        """The rows that say something: the number of each, and every column with its cell."""
        known = {one.heading: one for one in columns_of(kind)}
        places: dict[str, int] = {}
        for place, cell in enumerate(rows[0] if rows else ()):
            said = "" if _blank(cell) else plain(cell)
            if said and said not in known:
                hint = nearest(said, known) or "请删去这一列，或对照模板改正。"
                self.faults.append(f"{self.file} › {kind.name} › 第 1 行：不认识的栏目“{said}”。{hint}")
            elif said in places:
                self.faults.append(f"{self.file} › {kind.name} › 第 1 行：栏目“{said}”重复。请删去一列。")
            elif said:
                places[said] = place
        for number, row in enumerate(rows[1:], 2):
            if all(_blank(cell) for cell in row):
                continue
            cells = {said: row[place] if place < len(row) else None for said, place in places.items()}
            yield number, [(column, cells.get(said)) for said, column in known.items()]

    def _take(self, entry: dict[str, Any], column: Column, cell: Cell, sheet: str, number: int) -> None:
        """Put the value of a cell into an entry; a blank one leaves it to the usual."""
        if _blank(cell):
            if column.null:
                entry[column.way[0]] = None
            return
        try:
            value = column.codec.decode(cell)
        except CellError as error:
            self.faults.append(_told(self.file, sheet, number, column, str(error)))
            return
        for key in column.way[:-1]:
            entry = entry.setdefault(key, {})
        entry[column.way[-1]] = value


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _told(file: str, sheet: str, row: int, column: Column | None, problem: str) -> str:
    where = f"「{column.heading}」" if column else ""
    return f"{file} › {sheet} › 第 {row} 行{where}：{problem}"


def _with_headings(problem: str, columns: Sequence[Column]) -> str:
    """The keys that a message names, as the headings of the sheet."""
    headings = {one.way[-1]: one.heading for one in reversed(columns) if one.way}
    return re.sub(r"「(\w+)」", lambda found: f"「{headings.get(found[1], found[1])}」", problem)
