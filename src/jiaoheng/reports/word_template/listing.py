"""Every tag that a template may use, with what it stands for now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jiaoheng.reports.blocks import Chapter, Document, Grid
from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.numbers import MISSING
from jiaoheng.reports.results import facts
from jiaoheng.reports.tables import Cell, Column, Table, table, text
from jiaoheng.reports.word_template.values import Values

_HEADS = ("标签", "按名称写", "现在的值", "单位", "没有数值的原因")


def tags(values: Values) -> Document:
    """All tags of a report as a document: general, measures, the plan's indicators, tables, charts."""
    inputs = values.inputs
    found = (
        ("general", "概况", _general(values)),
        ("measures", "指标", _measures(values)),
        ("indicators", "规划指标", _indicators(values)),
        ("tables", "表", _tables(values)),
        ("charts", "图", _charts(values)),
    )
    return Document(
        title=f"{inputs.region_name}{inputs.year}年报告模板可用的标签",
        subtitle="把标签抄到 Word 模板里，用 jiaoheng report --template 生成文档",
        facts=facts(inputs),
        warning=inputs.warning,
        chapters=tuple(Chapter(id_, title, (Grid(made),)) for id_, title, made in found),
        issuer=inputs.region_name,
        created=inputs.generated_on,
    )


def _general(values: Values) -> Table:
    return _table(
        "tags-general",
        "概况标签",
        (
            [text(f"{{{{ {english} }}}}"), text(f"{{{{ {chinese} }}}}"), Cell(said or "", said)]
            for english, (chinese, said) in values.general().items()
        ),
        _HEADS[:3],
    )


def _measures(values: Values) -> Table:
    return _table("tags-measures", "指标标签", _measure_rows(values), _HEADS)


def _measure_rows(values: Values) -> Iterator[list[Cell]]:
    named = Counter(entry.name for entry in values.inputs.measures.values())
    for entry in values.inputs.measures.values():
        # A name that two measures bear would lead to the first of them.
        name = entry.name if named[entry.name] == 1 else entry.id
        for stage in values.stages_of(entry.id):
            label = stage_label(stage)
            figure = values.measure(entry.id, **({"stage": stage} if stage else {}))
            option = f', 学段="{label}"' if label else ""
            yield [
                text(f"{{{{ m.{entry.id}{'.' + stage if stage else ''} }}}}"),
                text(f"{{{{ 指标({_quoted(name)}{option}) }}}}"),
                text(figure.text),
                text(entry.unit),
                Cell(figure.names["reason"], figure.names["reason"]),
            ]


def _indicators(values: Values) -> Table:
    return _table(
        "tags-indicators",
        "规划指标标签",
        (
            [
                text(f"{{{{ plan.{item.indicator.id} }}}}"),
                text(f"{{{{ 规划({_quoted(item.indicator.name)}) }}}}"),
                text(values.plan(item.indicator.id).text),
                text(item.indicator.unit or "—"),
                Cell(values.plan(item.indicator.id).names["sentence"]),
            ]
            for item in values.inputs.progress
        ),
        (*_HEADS[:4], "判断"),
    )


def _tables(values: Values) -> Table:
    return _table(
        "tags-tables",
        "表标签",
        (
            [
                text(f'{{{{p 插表("{id_}") }}}}'),
                text(f"{{{{p 插表({_quoted(made.caption)}) }}}}"),
                text(f"{len(made.rows)}行，{len(made.columns)}列"),
            ]
            for id_, made in values.tables.items()
        ),
        _HEADS[:3],
    )


def _charts(values: Values) -> Table:
    return _table(
        "tags-charts",
        "图标签",
        (
            [
                text(f'{{{{ 插图("{id_}") }}}}'),
                text(f"{{{{ 插图({_quoted(chart.title)}) }}}}"),
                text(chart.alt or MISSING),
            ]
            for id_, chart in values.charts.items()
        ),
        (*_HEADS[:2], "图的内容"),
    )


def _table(id_: str, caption: str, rows: Iterator[list[Cell]], heads: tuple[str, ...]) -> Table:
    return table(id_, caption, [Column(head, kind="words") for head in heads], rows)


def _quoted(name: str) -> str:
    """A name in quotation marks of the other kind than those that it holds itself."""
    return f"'{name}'" if set(name) & set('"“”') else f'"{name}"'
