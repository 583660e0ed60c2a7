"""Indicators out of a table: one a row, with its baseline, its targets and its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jiaoheng.plans.model import Baseline, Comparator, Period, Target
from jiaoheng.plans.reading.source import Span
from jiaoheng.plans.reading.tables import cells
from jiaoheng.plans.reading.tables.cells import Value
from jiaoheng.plans.reading.tables.columns import When, roles, when
from jiaoheng.plans.reading.tables.head_words import Role, property_of
from jiaoheng.plans.reading.tables.labels import Label, labels
from jiaoheng.plans.reading.tables.table import Cell, Table

Property = Literal["约束性", "预期性"]

_REACHED = "达标"
_CLEAR, _SAME = 0.8, 1e-6
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_ADDED = re.compile(r"(?:累计|新增|新建|新改扩建|改扩建|扩建)")


@dataclass(frozen=True)
class _Figure:
    """A cell's figure, in base units, and what its column is for."""

    when: When
    value: Value
    cell: Cell

    @property
    def span(self) -> Span:
        return self.cell.pieces[0]


@dataclass(frozen=True)
class TableDoubt:
    """What could not be settled from a table alone.

    Attributes
    ----------
    about : ``target``, ``baseline``, ``growth`` or ``cumulative``.
    question : in Chinese. options : what may be the answer, the likeliest first. span : the cell.
    """

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
    times = {at: when(table.columns[at], period) for at, role in enumerate(layout) if role == "value"}
    return [_indicator(table, layout, times, label) for label in labels(table, layout)]


def _indicator(table: Table, layout: Sequence[Role], times: dict[int, When], label: Label) -> ReadIndicator:
    """One row, its values told apart by the heads of their columns."""
    row = table.rows[label.place]
    factor, unit = cells.scaled(label.unit)
    figures, wordy = _values(row, times, factor)
    printed = next((figure.value.unit for figure in reversed(figures) if figure.value.unit), "")
    unit = unit or printed
    targets, cumulative, doubts = _targets(label.name, figures)
    words, more = _words(label.name, unit, wordy, {target.year for target in targets})
    targets = tuple(sorted((*targets, *words), key=lambda target: target.year))
    if not cumulative and len(targets) == 1 and unit != "%" and _ADDED.match(label.name):
        cumulative = True
        question = f"「{label.name}」{targets[0].year} 年的目标按规划期内累计理解，对吗？"
        doubts += (TableDoubt("cumulative", question, ("累计", "当年"), _span(row, layout)),)
    used = [figure for figure in figures if figure.when.timing != "growth" or cumulative]
    sure = [table.sure, *(min(figure.when.sure, figure.value.sure) for figure in used)]
    return ReadIndicator(
        name=label.name,
        group=label.group,
        unit=unit,
        baseline=_baseline(figures),
        targets=targets,
        property=_property(row, layout),
        cumulative=cumulative,
        row=label.place + 1,
        span=_span(row, layout),
        confidence=round(min(*sure, 0.6 if wordy else 1.0), 2),
        owners="、".join(
            cell.text for cell, role in zip(row, layout, strict=True) if role == "owner" and cell.text
        ),
        doubts=(*doubts, *more),
    )


def _values(
    row: Sequence[Cell], times: dict[int, When], factor: float
) -> tuple[list[_Figure], list[tuple[When, Cell]]]:
    """The figures of a row, and its value cells that hold words (a date is words, too)."""
    figures, wordy = [], []
    for at, time in times.items():
        cell = row[at]
        if cells.nothing(cell.text):
            continue
        value = cells.read(cell.text)
        if value is None or not cells.is_figure(cell.text) or _is_date(value):
            wordy.append((time, cell))
        else:
            figures.append(_Figure(time, _scaled(value, factor), cell))
    return figures, wordy


def _targets(
    name: str, figures: Sequence[_Figure]
) -> tuple[tuple[Target, ...], bool, tuple[TableDoubt, ...]]:
    """The targets by year, whether they are sums over all years, and what is doubtful."""
    aimed = [figure for figure in figures if figure.when.timing == "target"]
    sums = [figure for figure in aimed if figure.when.cumulative or figure.value.cumulative]
    yearly = [figure for figure in aimed if figure not in sums]
    doubts = [_misread(name, figure) for figure in figures if figure.value.sure < _CLEAR]
    if not aimed:
        sums = [figure for figure in figures if figure.when.timing == "growth" and figure.value.cumulative]
    if not sums:
        return tuple(_target(figure.when.year, figure.value) for figure in yearly), False, tuple(doubts)
    total = sums[-1]
    added = sum(figure.value.value for figure in yearly)
    if yearly and abs(added - total.value.value) > _SAME * max(1.0, abs(added)):
        question = f"「{name}」各年合计 {added:g}，而累计印作“{total.cell.text}”，以哪个为准？"
        options = (f"{total.value.value:g}", f"{added:g}")
        doubts.append(TableDoubt("target", question, options, total.span))
    return (*_running(yearly, total), _target(total.when.year, total.value)), True, tuple(doubts)


def _running(yearly: Sequence[_Figure], total: _Figure) -> list[Target]:
    """What is reached by the end of each year before the last, where each year's addition is printed."""
    reached, targets = 0.0, []
    for figure in yearly:
        reached += figure.value.value
        if figure.when.year < total.when.year:
            value = float(f"{reached:.12g}")
            targets.append(Target(year=figure.when.year, op="=", value=value, printed=figure.cell.text))
    return targets


def _words(
    name: str, unit: str, wordy: Sequence[tuple[When, Cell]], known: set[int]
) -> tuple[list[Target], list[TableDoubt]]:
    """Targets in words: 达标 of a share is all of it; any other has no figure, and nobody invents one."""
    targets, doubts = [], []
    for time, cell in wordy:
        if time.timing != "target" or time.year in known:
            continue
        if cell.text == _REACHED and unit == "%":
            targets.append(Target(year=time.year, op=">=", value=100, printed=cell.text))
            question = f"「{name}」{time.year} 年的目标只印“{cell.text}”，是否按 100% 理解？"
            doubts.append(TableDoubt("target", question, ("≥100%", "没有数值目标"), cell.pieces[0]))
        else:
            question = f"「{name}」{time.year} 年的目标印作“{cell.text}”，没有数字。目标值是多少？"
            doubts.append(TableDoubt("target", question, (), cell.pieces[0]))
    return targets, doubts


def _misread(name: str, figure: _Figure) -> TableDoubt:
    read_as = f"{figure.value.value:g}"
    question = f"「{name}」{figure.when.year} 年的数值印作“{figure.cell.text}”，读作 {read_as}，对吗？"
    return TableDoubt(figure.when.timing, question, (read_as,), figure.span)


def _target(year: int, value: Value) -> Target:
    return Target(year=year, op=value.op, value=value.value, value_max=value.value_max, printed=value.printed)


def _baseline(figures: Sequence[_Figure]) -> Baseline | None:
    """The value of the last year before the plan."""
    past = [figure for figure in figures if figure.when.timing == "baseline"]
    if not past:
        return None
    last = max(past, key=lambda figure: figure.when.year)
    op: Comparator = last.value.op if last.value.op != "range" else "~"
    return Baseline(year=last.when.year, value=last.value.value, op=op, printed=last.value.printed)


def _is_date(value: Value) -> bool:
    """Whether a figure is a year (2023年), which is when and not how much."""
    return value.unit == "年" and value.op == "=" and _FIRST_YEAR <= value.value <= _LAST_YEAR


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
