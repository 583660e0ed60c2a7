"""Figures, plan indicators and tables as what a template can ask for: their names, English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiaoheng.plans import Progress, target_words
from jiaoheng.reports import figures
from jiaoheng.reports.figures import Figure, stage_label
from jiaoheng.reports.indicators import digits_of
from jiaoheng.reports.inputs import MonitoringInputs
from jiaoheng.reports.numbers import change_unit, percent, separated, shown, with_unit
from jiaoheng.reports.tables import Table
from jiaoheng.reports.word_template.sandbox import Tag

# English and Chinese names of the same thing.
_FIGURE = {
    "text": "文字",
    "with_unit": "带单位",
    "value": "数值",
    "unit": "单位",
    "name": "名称",
    "stage": "学段",
    "year": "年份",
    "coverage": "覆盖率",
    "reason": "原因",
    "definition": "口径",
    "document": "依据文件",
    "clause": "条款",
}
_PLAN = {
    "name": "名称",
    "text": "文字",
    "with_unit": "带单位",
    "value": "数值",
    "unit": "单位",
    "group": "领域",
    "property": "属性",
    "status": "状态",
    "sentence": "判断",
    "target": "目标",
    "target_year": "目标年",
    "baseline": "基期值",
    "baseline_year": "基期年",
    "margin": "与目标相差",
    "coverage": "覆盖率",
}
_TABLE = {"caption": "标题", "columns": "列", "rows": "行", "note": "注", "source": "来源"}


def of_figure(figure: Figure) -> Tag:
    """A figure of a measure; written out, it is its number alone."""
    entry = figure.measure
    return Tag(
        f"“{figures.name_with_stage(entry, figure.stage)}”",
        _both(
            _FIGURE,
            text=figure.text,
            with_unit=figure.text_with_unit,
            value=figure.value,
            unit=entry.unit,
            name=entry.name,
            stage=stage_label(figure.stage),
            year=str(figure.year),
            coverage=percent(figure.coverage, 1),
            reason=figure.reason,
            definition=entry.definition,
            document=entry.document,
            clause=entry.clause,
        ),
        figure.text,
    )


def of_indicator(item: Progress, inputs: MonitoringInputs) -> Tag:
    """A plan's indicator: its value in the judged year, and what the plan asks for."""
    indicator, digits = item.indicator, digits_of(inputs, item)
    unit = indicator.unit
    text = shown(item.value, digits)
    return Tag(
        f"规划指标“{indicator.name}”",
        _both(
            _PLAN,
            name=indicator.name,
            text=text,
            with_unit=with_unit(item.value, digits, unit),
            value=item.value,
            unit=unit,
            group=indicator.group or "未分组",
            property=indicator.property or "未注明",
            status=item.status.label,
            sentence=separated(item.reason),
            target=separated(target_words(item.target, unit)),
            target_year=str(item.target.year) if item.target else "未写",
            baseline=with_unit(item.baseline, digits, unit),
            baseline_year=str(item.baseline_year),
            margin=with_unit(item.margin, digits, change_unit(unit), sign=True),
            coverage=percent(item.coverage, 1),
        ),
        text,
    )


def of_table(table: Table) -> Tag:
    """A table for loops: its rows, each with its cells by number and by the head of their column."""
    heads = [column.head for column in table.columns]
    rows = []
    for row in table.rows:
        texts = [cell.text for cell in row]
        rows.append(Tag("行", dict(zip(heads, texts, strict=True)), items=texts))
    return Tag(
        f"表“{table.caption}”",
        _both(
            _TABLE,
            caption=table.caption,
            columns=heads,
            rows=Tag("行", {}, items=rows),
            note=table.note,
            source=table.source,
        ),
        items=rows,
    )


def _both(chinese: Mapping[str, str], **values: Any) -> dict[str, Any]:
    return values | {chinese[name]: value for name, value in values.items()}
