"""The plan's indicators: one line each in the overview, one card each with its path."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jiaoheng.plans import Progress, Status, target_words
from jiaoheng.reports import blocks, charts
from jiaoheng.reports.blocks import Card, Line
from jiaoheng.reports.charts import ACCENT, INK, PAPER, SOFT, Chart, Option
from jiaoheng.reports.inputs import MonitoringInputs
from jiaoheng.reports.numbers import (
    NOT_APPLICABLE,
    change_unit,
    day,
    percent,
    separated,
    shown,
    with_unit,
)
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text

# The order of concern: what is missed comes first.
ORDER = (Status.MISSED, Status.BEHIND, Status.UNKNOWN, Status.ON_TRACK, Status.MET, Status.NOT_APPLICABLE)


def groups(inputs: MonitoringInputs) -> dict[str, list[Progress]]:
    """Indicators by the plan's groups, in the plan's order."""
    found: dict[str, list[Progress]] = {}
    for progress in inputs.progress:
        found.setdefault(progress.indicator.group or "其他指标", []).append(progress)
    return found


def overview(inputs: MonitoringInputs) -> Table:
    """All indicators in one table: the verdict and what it rests on first, for a reader with a phone."""
    return table(
        "table-indicators",
        f"{inputs.year}年规划指标总览",
        [
            Column("指标", kind="words"),
            Column("状态", kind="words"),
            Column("现状值"),
            Column("目标", kind="words"),
            Column("与目标相差"),
            Column("属性", kind="words"),
            Column("单位", kind="words"),
            Column("基期值"),
            Column("路径当年值"),
            Column("覆盖率", "%"),
        ],
        [_row(inputs, progress) for progress in inputs.progress],
        source=f"{inputs.source}；目标与基期值见《{inputs.plan.title}》",
        note="“与目标相差”为负，表示尚差这么多；百分比之差以百分点计。状态的含义见“数据来源与口径”。",
        compact=True,
    )


def card(inputs: MonitoringInputs, progress: Progress) -> Card:
    """One indicator in full."""
    indicator, unit = progress.indicator, progress.indicator.unit
    digits = digits_of(inputs, progress)
    target = progress.target
    apart = target.value if target and progress.status in (Status.MISSED, Status.BEHIND) else None
    return Card(
        id=anchor(progress),
        title=indicator.name,
        property=indicator.property or "",
        status=blocks.Status(progress.status.value, progress.status.label),
        sentence=separated(progress.reason),
        key=(
            Line(f"{progress.judged_year}年现状", with_unit(progress.value, digits, unit, apart_from=apart)),
            Line(f"{target.year}年目标" if target else "目标", separated(target_words(target, unit))),
            Line("与目标相差", _margin(progress, digits)),
        ),
        details=tuple(_details(progress, digits)),
        sources=tuple(_sources(inputs, progress)),
        chart=_path_chart(inputs, progress, digits),
    )


def digits_of(inputs: MonitoringInputs, progress: Progress) -> int:
    """Places to show: as the measure asks, else as many as the plan prints."""
    entry = inputs.measures.get(progress.indicator.measure or "")
    if entry:
        return entry.digits
    stated = [target.value for target in progress.indicator.targets]
    if progress.indicator.baseline:
        stated.append(progress.indicator.baseline.value)
    return max((len(f"{value:.12g}".partition(".")[2]) for value in stated), default=0)


def anchor(progress: Progress) -> str:
    """Where the indicator's card stands in the report."""
    return f"indicator-{progress.indicator.id}"


def _row(inputs: MonitoringInputs, progress: Progress) -> list[Cell]:
    indicator, target, digits = progress.indicator, progress.target, digits_of(inputs, progress)
    status = Cell(progress.status.label, ORDER.index(progress.status), status=progress.status.value)
    return [
        text(indicator.name, href=f"#{anchor(progress)}"),
        status,
        number(progress.value, digits),
        text(separated(target_words(target, "")), sort=target.value)
        if target
        else Cell(target_words(None, "")),
        Cell(NOT_APPLICABLE)
        if progress.status is Status.NOT_APPLICABLE
        else number(progress.margin, digits, sign=True, formula=_margin_formula(progress)),
        text(indicator.property or "未注明"),
        text(indicator.unit or "—"),
        number(progress.baseline, digits),
        number(progress.expected, digits) if progress.path else Cell(NOT_APPLICABLE),
        number(None if progress.coverage is None else progress.coverage * 100, 1),
    ]


def _margin_formula(progress: Progress) -> str:
    """The margin as the difference between value (third column) and target, where it is one of the two."""
    value, target, margin = progress.value, progress.target, progress.margin
    if value is None or target is None or margin is None:
        return ""
    goal = target.value
    for difference, formula in ((value - goal, f"{{2}}-{goal:.15g}"), (goal - value, f"{goal:.15g}-{{2}}")):
        if math.isclose(difference, margin, abs_tol=1e-9):
            return formula
    return ""


def _margin(progress: Progress, digits: int) -> str:
    if progress.status is Status.NOT_APPLICABLE:
        return "不作评判"
    return with_unit(progress.margin, digits, change_unit(progress.indicator.unit), sign=True)


def _details(progress: Progress, digits: int) -> list[Line]:
    """The figures behind the verdict; those that cannot be worked out are left out."""
    unit, step = progress.indicator.unit, change_unit(progress.indicator.unit)
    # A count moves by less than one a year.
    fine = max(digits, 1)
    lines = [Line("基期", f"{progress.baseline_year}年{with_unit(progress.baseline, digits, unit)}")]
    if progress.expected is not None:
        lines.append(Line("路径当年值", with_unit(progress.expected, digits, unit)))
    if progress.pace is not None:
        lines.append(Line("至今速度", f"年均{with_unit(progress.pace, fine, step, sign=True)}"))
    if progress.pace_needed is not None:
        lines.append(Line("所需速度", f"年均{with_unit(progress.pace_needed, fine, step, sign=True)}"))
    if progress.target is not None and progress.projected is not None:
        projected = with_unit(progress.projected, digits, unit)
        lines.append(Line("照此速度", f"{progress.target.year}年为{projected}"))
    return [*lines, Line("数据覆盖率", percent(progress.coverage, 1))]


def _sources(inputs: MonitoringInputs, progress: Progress) -> list[Line]:
    """Where the target stands, how the value is worked out and from which snapshot."""
    indicator, passage = progress.indicator, progress.indicator.passage
    entry = inputs.measures.get(indicator.measure or "")
    row = f"，第{passage.row}行" if passage.row else ""
    lines = [
        Line("规划出处", f"{passage.section}{row}"),
        Line(
            "计算口径",
            f"{entry.definition}（{entry.document}，{entry.clause}）"
            if entry
            else _without_definition(progress),
        ),
        Line("数据来源", inputs.source),
    ]
    return [*lines, Line("说明", separated(indicator.note))] if indicator.note else lines


def _without_definition(progress: Progress) -> str:
    indicator = progress.indicator
    return indicator.unlinked or f"目录中没有编号为“{indicator.measure}”的口径"


def _path_chart(inputs: MonitoringInputs, progress: Progress, digits: int) -> Chart | None:
    """The way from baseline to target and what has been measured; None where nothing has been."""
    actual = {seen.year: seen.value for seen in progress.actuals}
    known = [value for value in actual.values() if value is not None]
    if not known:
        return None
    indicator, target, path = progress.indicator, progress.target, dict(progress.path)
    first = min([progress.baseline_year, *path, *actual])
    years = list(range(first, max([inputs.year, *path, *([target.year] if target else [])]) + 1))
    unit = indicator.unit or "—"
    aimed = [target.value] if target else []
    drawn = [*known, *path.values(), *aimed]
    widest = max(abs(value) for value in aimed or known)
    low, high, step = charts.span(drawn, least=max(widest * 0.02, 10**-digits * 4), whole=digits == 0)
    if unit == "%" and max(drawn) <= 100:
        high = min(high, 100.0)
    return Chart(
        id=f"path-{indicator.id}",
        title=f"{indicator.name}，{years[0]}—{years[-1]}年",
        unit=unit,
        source=f"{inputs.source_since(years[0])}；目标路径见规划",
        date=day(inputs.as_of),
        alt=f"{indicator.name}的变化与目标路径。{separated(progress.reason)}",
        option=charts.base(
            grid={"left": 12, "right": 20, "top": 40, "bottom": 4, "containLabel": True},
            legend={
                "top": 4,
                "left": 0,
                "itemWidth": 26,
                "itemHeight": 9,
                "selectedMode": False,
                "textStyle": {"color": SOFT, "fontSize": 12},
                "data": ["实际值", "目标路径"] if path else ["实际值"],
            },
            xAxis=charts.categories([str(year) for year in years]),
            yAxis=charts.numbers(low=low, high=high, step=step),
            series=[
                *([_target_line(progress, path, years, digits)] if path else []),
                _actual_line(progress, actual, years, digits),
            ],
        ),
        height=230,
    )


def _actual_line(
    progress: Progress, actual: dict[int, float | None], years: Sequence[int], digits: int
) -> Option:
    unit = progress.indicator.unit
    latest = max((year for year, value in actual.items() if value is not None), default=None)
    items: list[Option] = []
    for year in years:
        value = actual.get(year)
        item: Option = {"value": value, "tip": [f"{year}年实际值", with_unit(value, digits, unit)]}
        if year == latest:
            item["label"] = {
                "show": True,
                "formatter": shown(value, digits),
                "position": _label_side(progress),
                "color": ACCENT,
                "fontWeight": "bold",
                "fontSize": 13,
                "textBorderColor": PAPER,
                "textBorderWidth": 3,
            }
        items.append(item)
    return {
        "type": "line",
        "name": "实际值",
        "symbol": "circle",
        "symbolSize": 8,
        "z": 3,
        "lineStyle": {"color": ACCENT, "width": 2.5},
        "itemStyle": {"color": ACCENT},
        "data": items,
    }


def _label_side(progress: Progress) -> str:
    """Away from the target line, so that the two never cross the number."""
    if progress.target is None:
        return "top"
    falling = progress.baseline is not None and progress.target.value < progress.baseline
    ahead = progress.value is not None and progress.value > progress.target.value
    return "top" if ahead or falling else "bottom"


def _target_line(progress: Progress, path: dict[int, float], years: Sequence[int], digits: int) -> Option:
    unit = progress.indicator.unit
    goal = progress.target
    items: list[Option] = []
    for year in years:
        value = path.get(year)
        item: Option = {"value": value, "tip": [f"{year}年目标路径", with_unit(value, digits, unit)]}
        if goal is not None and year == goal.year and value is not None:
            item |= {"symbolSize": 11, "tip": [f"{year}年目标", separated(target_words(goal, unit))]}
        items.append(item)
    return {
        "type": "line",
        "name": "目标路径",
        "symbol": "diamond",
        "symbolSize": 8,
        "connectNulls": True,
        "lineStyle": {"color": SOFT, "width": 1.6, "type": "dashed"},
        "itemStyle": {"color": PAPER, "borderColor": INK, "borderWidth": 1.4},
        "data": items,
    }
