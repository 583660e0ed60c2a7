"""The monitoring report (规划实施监测报告): chapters in order, as a document and as one HTML file."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng.plans import Assessment
from jiaoheng.reports import (
    appendix,
    audit,
    distributions,
    html,
    indicators,
    projects,
    regional,
    results,
    selection,
    structure,
    summary,
    tasks,
    township_map,
    variations,
)
from jiaoheng.reports.blocks import (
    Block,
    Chapter,
    Choice,
    Document,
    Figures,
    Grid,
    Heading,
    Line,
    Notice,
    Paragraph,
    Sentence,
)
from jiaoheng.reports.inputs import MonitoringInputs
from jiaoheng.reports.seats import chapter as seats
from jiaoheng.reports.standards import chapter
from jiaoheng.reports.tables import Table


def monitoring(inputs: MonitoringInputs) -> str:
    """The report as one self-contained HTML page that opens without a network.

    Parameters
    ----------
    inputs : everything that the report says comes from here.

    Returns
    -------
    str
        HTML, to be written as UTF-8.
    """
    return html.render(compose(inputs))


def compose(inputs: MonitoringInputs) -> Document:
    """The report as chapters of blocks, for any renderer."""
    assessment = next(kind.label for kind in Assessment if kind.value == inputs.assessment)
    return Document(
        title=f"《{inputs.plan.title}》实施监测报告",
        subtitle=f"{inputs.year}年度 · {assessment}",
        facts=(
            *results.facts(inputs),
            Line("规划期", inputs.period),
            Line("规划文号", inputs.plan.number or "未注明"),
        ),
        warning=inputs.warning,
        chapters=tuple(one for one in _chapters(inputs) if one.blocks),
        issuer=inputs.region_name,
        created=inputs.generated_on,
    )


def _chapters(inputs: MonitoringInputs) -> Iterator[Chapter]:
    yield Chapter("summary", "摘要", summary.blocks(inputs))
    yield Chapter("overview", "指标总览", (Grid(indicators.overview(inputs)),))
    for number, (group, items) in enumerate(indicators.groups(inputs).items(), start=1):
        yield Chapter(f"group-{number}", group, tuple(indicators.card(inputs, item) for item in items))
    yield Chapter("tasks", "规划任务", tuple(_tasks(inputs)))
    yield Chapter(
        "projects", "规划项目", tuple(projects.blocks(inputs.following) if inputs.following else ())
    )
    yield Chapter("townships", "镇街分布", tuple(_townships(inputs)))
    yield Chapter("schools", "校际分布", tuple(_distributions(inputs)))
    yield Chapter("compared", "城乡与公办民办", tuple(_compared(inputs)))
    yield Chapter("structure", "规模结构的变化", tuple(_structure(inputs)))
    yield Chapter(
        "school-table", "学校数据", tuple(_grids(regional.schools(inputs, selection.SCHOOL_COLUMNS)))
    )
    yield Chapter("standards", "对照标准", tuple(chapter.blocks(inputs)))
    yield Chapter("seats", seats.TITLE, tuple(seats.blocks(inputs, inputs.prospect, inputs.area_table)))
    yield Chapter("audit", "规划审读", () if inputs.audit is None else audit.blocks(inputs.audit))
    yield Chapter("uncomputed", "无法计算的指标", appendix.uncomputed(inputs))
    yield Chapter("sources", "数据来源与口径", appendix.sources(inputs))


def _tasks(inputs: MonitoringInputs) -> Iterator[Block]:
    if inputs.following is None:
        return
    yield from tasks.blocks(inputs.following)
    if inputs.evidence_lost:
        yield Notice(f"有 {inputs.evidence_lost} 份佐证材料与登记时不同，或已不见，应当核实。")


def _townships(inputs: MonitoringInputs) -> Iterator[Block]:
    layers = township_map.layers(inputs, selection.MAP_LEVELS, selection.MAP_CHANGES)
    charts = township_map.charts_of(inputs, layers)
    if charts:
        names = tuple(layer.title for layer in layers)
        yield Choice("map", "地图显示", tuple(charts), names)
    yield from _grids(regional.townships(inputs, selection.TOWNSHIP_COLUMNS))


def _distributions(inputs: MonitoringInputs) -> Iterator[Block]:
    charts = distributions.charts_of(inputs, selection.SEVEN_RESOURCES)
    if charts:
        yield Paragraph(
            (
                Sentence(
                    "每一个点是一所学校；方框是居中的一半学校，框内的线是中位数；"
                    f"高出方框的竖线（橙色）是{inputs.whole}值。"
                ),
                Sentence(f"{inputs.whole}值是各校数量之和除以学生数之和。"),
            )
        )
        yield Figures(tuple(charts), columns=2)
    spread = variations.chart(inputs, selection.SEVEN_RESOURCES)
    if spread:
        yield Heading("校际差异系数")
        yield Figures((spread,))


def _compared(inputs: MonitoringInputs) -> Iterator[Block]:
    yield from _grids(
        regional.compared(
            inputs,
            inputs.urban_rural,
            selection.COMPARED,
            id="table-urban-rural",
            caption="城区、镇区、乡村对照",
            codes="urban_rural",
        ),
        regional.compared(
            inputs,
            inputs.ownership,
            selection.COMPARED,
            id="table-ownership",
            caption="公办、民办对照",
            codes="ownership",
        ),
    )


def _structure(inputs: MonitoringInputs) -> Iterator[Block]:
    charts = [structure.pupils_chart(inputs, selection.PUPILS), structure.births_chart(inputs)]
    found = tuple(chart for chart in charts if chart)
    if found:
        yield Figures(found)
    yield from _grids(structure.pupils_table(inputs, selection.PUPILS))


def _grids(*tables: Table | None) -> Iterator[Block]:
    for one in tables:
        if one:
            yield Grid(one)
