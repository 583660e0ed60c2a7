"""Indicators out of a table: one a row, with its baseline, its targets and its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jiaoheng.plans.model import Baseline, Comparator, Period, Target
from jiaoheng.plans.reading.source import Span
from jiaoheng.plans.reading.tables import cells, names
from jiaoheng.plans.reading.tables.cells import Value
from jiaoheng.plans.reading.tables.columns import Role, When, property_of, roles, when
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

Property = Literal["约束性", "预期性"]

_REACHED = "达标"


@dataclass(frozen=True)
class TableDoubt:
    """What could not be settled from a table alone: about what (``target``, ``baseline``, ``name``),
    the question in Chinese, what may be the answer (the likeliest first), and the place."""

    about: str
    question: str
    options: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class ReadIndicator:
    """A row of an indicator table.

    Attributes
    ----------
    name, group : without number and unit; a part (其中：小学) has its whole name. `group` may be empty.
    unit : base unit (人, not 万人); values stand in it.
    targets : one a year, oldest first; empty where the document prints no figure, and then a doubt says so.
    cumulative : whether the targets count what is added over all years.
    row : its row in the body of the table, from 1.
    span : from the first character of the name to the last of the row's last cell.
    owners : the responsible units as printed; empty where the table has none.
    """

    name: str
    group: str
    unit: str
    baseline: Baseline | None
    targets: tuple[Target, ...]
    property: Property | None
    cumulative: bool
    row: int
    span: Span
    confidence: float
    owners: str = ""
    doubts: tuple[TableDoubt, ...] = ()


def read(table: Table, period: Period) -> list[ReadIndicator]:
    """The indicators of `table`, in its order.

    Parameters
    ----------
    table : one of kind ``indicators``.
    period : the plan's; it tells baselines from targets.
    """
    layout = roles(table)
    found: list[ReadIndicator] = []
    group, parent, parent_unit, parent_group, inside = "", "", "", "", False
    bodies = list(table.rows)
    for place, row in enumerate(bodies):
        above = heading(row)
        if above is not None and not _opens_parts(bodies, place, layout):
            group, parent, inside = names.read(above.text).words, "", False
            continue
        cell = row[layout.index("name")] if "name" in layout else row[0]
        if not cell.text:
            continue
        name = names.read(cell.text)
        if above is not None:
            parent, parent_unit, parent_group, inside = name.words, name.unit, group, True
            continue
        values = {at: row[at] for at, role in enumerate(layout) if role == "value"}
        own_unit = name.unit or _unit_of(row, layout)
        own_group = _group(row, layout) or group
        alike = own_group == parent_group and own_unit in ("", parent_unit)
        inside = name.part or (inside and alike and not name.numbered and names.is_bare(name.words))
        full = names.whole(parent, name.words) if inside and parent else name.words
        if not inside:
            parent, parent_unit, parent_group = name.words, own_unit, own_group
        unit = own_unit or (parent_unit if inside else "") or table.unit
        if not any(cell.text for cell in values.values()):
            inside = _opens_parts(bodies, place, layout)
            continue
        found.append(_indicator(table, period, layout, row, place + 1, full, own_group, unit))
    return found


def _opens_parts(rows: Sequence[Sequence[Cell]], place: int, layout: Sequence[Role]) -> bool:
    """Whether the next row is a part of this one (其中：…)."""
    at = layout.index("name") if "name" in layout else 0
    return place + 1 < len(rows) and names.read(rows[place + 1][at].text).part


def _group(row: Sequence[Cell], layout: Sequence[Role]) -> str:
    groups: list[str] = []
    for cell, role in zip(row, layout, strict=True):
        words = names.read(cell.text).words if role == "group" and cell.text else ""
        if words and words not in groups:
            groups.append(words)
    return " › ".join(groups)


def _unit_of(row: Sequence[Cell], layout: Sequence[Role]) -> str:
    text = row[layout.index("unit")].text if "unit" in layout else ""
    return "" if cells.nothing(text) else text


def _indicator(
    table: Table,
    period: Period,
    layout: Sequence[Role],
    row: Sequence[Cell],
    number: int,
    name: str,
    group: str,
    unit: str,
) -> ReadIndicator:
    """One row, its values told apart by the heads of their columns."""
    factor, base = cells.scaled(unit)
    read_values: list[tuple[When, Value, Cell]] = []
    wordy: list[tuple[When, Cell]] = []
    for at, role in enumerate(layout):
        if role != "value" or cells.nothing(row[at].text):
            continue
        time, value = when(table.columns[at], period), cells.read(row[at].text)
        if value is None or not cells.is_figure(row[at].text):
            wordy.append((time, row[at]))
        else:
            read_values.append((time, value, row[at]))
    printed = next((value.unit for _, value, _ in reversed(read_values) if value.unit), "")
    base = base or (
        "%" if _REACHED in "".join(cell.text for _, cell in wordy) and printed == "%" else printed
    )
    scaled = [(time, _scaled(value, factor), cell) for time, value, cell in read_values]
    targets, cumulative, doubts = _targets(name, scaled, wordy, base)
    baseline = _baseline(scaled)
    span = _span(row, layout)
    used = [(time, value) for time, value, _ in scaled if time.timing != "growth" or cumulative]
    sure = min(table.sure, *(min(time.sure, value.sure) for time, value in used), 0.6 if wordy else 1.0)
    return ReadIndicator(
        name=name,
        group=group,
        unit=base,
        baseline=baseline,
        targets=targets,
        property=_property(row, layout),
        cumulative=cumulative,
        row=number,
        span=span,
        confidence=round(sure, 2),
        owners="、".join(row[at].text for at, role in enumerate(layout) if role == "owner" and row[at].text),
        doubts=doubts,
    )


def _targets(
    name: str, values: Sequence[tuple[When, Value, Cell]], wordy: Sequence[tuple[When, Cell]], unit: str
) -> tuple[tuple[Target, ...], bool, tuple[TableDoubt, ...]]:
    """The targets by year, whether they are sums over all years, and what is doubtful.

    A sum in a column of its own (累计) stands in where no year has a figure.
    """
    doubts: list[TableDoubt] = []
    by_year = {time.year: _target(time.year, value) for time, value, _ in values if time.timing == "target"}
    summed = any(value.cumulative or time.cumulative for time, value, _ in values if time.timing == "target")
    for time, cell in wordy:
        if time.timing != "target" or time.year in by_year or cell.span is None:
            continue
        if cell.text == _REACHED and unit == "%":
            by_year[time.year] = Target(year=time.year, op=">=", value=100, printed=cell.text)
            question = f"「{name}」{time.year} 年的目标只印“{cell.text}”，是否按 100% 理解？"
            doubts.append(TableDoubt("target", question, ("≥100%", "没有数值目标"), cell.span))
        else:
            question = f"「{name}」{time.year} 年的目标印作“{cell.text}”，没有数字。目标值是多少？"
            doubts.append(TableDoubt("target", question, (), cell.span))
    if not by_year:
        summed = True
        by_year = {
            time.year: _target(time.year, value)
            for time, value, _ in values
            if time.timing == "growth" and value.cumulative
        }
    for time, value, cell in values:
        if value.sure < 0.8 and cell.span is not None:
            question = f"「{name}」{time.year} 年的数值印作“{cell.text}”，读作 {value.value:g}，对吗？"
            doubts.append(TableDoubt(time.timing, question, (f"{value.value:g}",), cell.span))
    return tuple(by_year[year] for year in sorted(by_year)), summed and bool(by_year), tuple(doubts)


def _target(year: int, value: Value) -> Target:
    return Target(year=year, op=value.op, value=value.value, value_max=value.value_max, printed=value.printed)


def _baseline(values: Sequence[tuple[When, Value, Cell]]) -> Baseline | None:
    """The value of the last year before the plan."""
    past = [(time.year, value) for time, value, _ in values if time.timing == "baseline"]
    if not past:
        return None
    year, value = max(past, key=lambda pair: pair[0])
    op: Comparator = value.op if value.op != "range" else "~"
    return Baseline(year=year, value=value.value, op=op, printed=value.printed)


def _scaled(value: Value, factor: float) -> Value:
    if factor == 1 or value.unit:
        return value
    top = None if value.value_max is None else float(f"{value.value_max * factor:.12g}")
    return replace(value, value=float(f"{value.value * factor:.12g}"), value_max=top)


def _property(row: Sequence[Cell], layout: Sequence[Role]) -> Property | None:
    for cell, role in zip(row, layout, strict=True):
        if role == "property" and (said := property_of(cell.text)):
            return said
    return None


def _span(row: Sequence[Cell], layout: Sequence[Role]) -> Span:
    """From the first character of the name to the last of the last cell that says something."""
    start = layout.index("name") if "name" in layout else 0
    spans = [cell.span for cell in row[start:] if cell.span is not None]
    return Span(spans[0].start, max(span.end for span in spans))
