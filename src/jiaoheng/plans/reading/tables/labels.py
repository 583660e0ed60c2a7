"""What the rows of an indicator table are called: name, group and unit, parts made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.tables import cells, names
from jiaoheng.plans.reading.tables.head_words import Role
from jiaoheng.plans.reading.tables.names import Name
from jiaoheng.plans.reading.tables.table import Cell, Table, heading


@dataclass(frozen=True)
class Label:
    """What a row with values is called: `place` is its place in the table's rows, from 0."""

    place: int
    name: str
    group: str
    unit: str


@dataclass(frozen=True)
class _Whole:
    """The last row that is no part of another: what 其中 rows after it are parts of."""

    name: str = ""
    unit: str = ""
    group: str = ""


def labels(table: Table, layout: Sequence[Role]) -> list[Label]:
    """The rows of `table` that have values, in order.

    A row under 其中, and rows after it that name no measure of their own (小学, 初中), get the name and the
    unit of the row that they are parts of; a heading across all columns is the group of the rows below it.
    """
    at = layout.index("name") if "name" in layout else 0
    read = _names(table, at)
    found: list[Label] = []
    heading_group, whole, inside = "", _Whole(), False
    for place, (row, name) in enumerate(zip(table.rows, read, strict=True)):
        if name is None:
            continue
        opens = place + 1 < len(read) and _opens(name, read[place + 1])
        if heading(row) is not None:
            heading_group, inside = (heading_group, True) if opens else (name.words, False)
            whole = _Whole(name.words, name.unit, heading_group) if opens else _Whole()
            continue
        unit = name.unit or _unit(row, layout)
        group = _group(row, layout) or heading_group
        alike = group == whole.group and unit in ("", whole.unit)
        inside = name.part or (inside and alike and not name.numbered and names.is_bare(name.words))
        full = names.whole(whole.name, name.words) if inside and whole.name else name.words
        shared = whole.unit if inside else ""
        if not inside:
            whole = _Whole(name.words, unit, group)
        if any(cell.text for cell, role in zip(row, layout, strict=True) if role == "value"):
            found.append(Label(place, full, group, unit or shared or table.unit))
        else:
            inside = opens
    return found


def _names(table: Table, at: int) -> list[Name | None]:
    """The name of each row; of a heading its words; None where nothing is printed."""
    counted = names.counted([row[at].text for row in table.rows if heading(row) is None and row[at].text])
    return [_name(row, at, counted) for row in table.rows]


def _name(row: Sequence[Cell], at: int, counted: bool) -> Name | None:
    above = heading(row)
    if above is not None:
        return names.read(above.text)
    text = names.uncounted(row[at].text) if counted else row[at].text
    return names.read(text) if text else None


def _opens(name: Name, after: Name | None) -> bool:
    """Whether the row after one is a part of it: it says 其中, or names no measure where this one does."""
    if after is None or after.part:
        return after is not None
    shared = bool(name.unit) or names.is_share(name.words)
    return shared and not after.unit and not after.numbered and names.is_bare(after.words)


def _group(row: Sequence[Cell], layout: Sequence[Role]) -> str:
    groups: list[str] = []
    for cell, role in zip(row, layout, strict=True):
        words = names.read(cell.text).words if role == "group" and cell.text else ""
        if words and words not in groups:
            groups.append(words)
    return " › ".join(groups)


def _unit(row: Sequence[Cell], layout: Sequence[Role]) -> str:
    text = row[layout.index("unit")].text if "unit" in layout else ""
    return "" if cells.nothing(text) else text
