"""What the monitoring report says of standards: verdict, rules, items, coefficients, failing schools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from jiaoheng.packs import Item
from jiaoheng.reports import charts
from jiaoheng.reports.blocks import Block, Figures, Grid, Heading, Notice, Paragraph, Sentence
from jiaoheng.reports.charts import Chart, Option
from jiaoheng.reports.inputs import MonitoringInputs
from jiaoheng.reports.numbers import day, shown
from jiaoheng.reports.standards.failing import failing_schools_table
from jiaoheng.reports.standards.inputs import StandardInputs
from jiaoheng.reports.standards.tables import county_items_table, rules_table, school_items_table
from jiaoheng.reports.tables import Column, Table, number, table, text
from jiaoheng.standards import Assessed, Verdict, words

_MARKERS = ("circle", "triangle", "rect")


def blocks(inputs: MonitoringInputs) -> Iterator[Block]:
    """The blocks of the chapter; none where no standard was assessed."""
    for assessed in inputs.standards:
        yield from _of_one(_standard_inputs(inputs, assessed), inputs)


def _of_one(inputs: StandardInputs, report: MonitoringInputs) -> Iterator[Block]:
    assessed = inputs.assessed
    id_ = assessed.standard.id.replace("_", "-")
    yield Heading(assessed.standard.name)
    yield Paragraph(
        (
            Sentence(words.verdict_sentence(assessed, inputs.region_name)),
            Sentence(_counts(assessed), inputs.source),
        )
    )
    if assessed.standard.rules:
        yield Grid(rules_table(inputs))
    drawn = _coefficients(inputs, f"coefficients-{id_}")
    if drawn:
        yield Figures((drawn,))
    in_schools = [item for item in assessed.items if item.judged == "school"]
    in_county = [item for item in assessed.items if item.judged == "county"]
    if in_schools:
        caption = f"{assessed.standard.name}：逐校评价的项目"
        yield Grid(
            school_items_table(inputs, in_schools, id=f"table-schools-{id_}", caption=caption, worst=False)
        )
    if in_county:
        caption = f"{assessed.standard.name}：{inputs.whole}的项目"
        yield Grid(county_items_table(inputs, in_county, id=f"table-county-{id_}", caption=caption))
    failing = failing_schools_table(inputs, id=f"table-failing-{id_}")
    if failing.rows:
        yield Grid(failing)
        yield Grid(_by_township(inputs, report, f"table-townships-{id_}"))
    if doubts := assessed.standard.document.unverified:
        yield Notice(f"标准中尚未核对原文的：{'；'.join(doubts)}。")


def _standard_inputs(inputs: MonitoringInputs, assessed: Assessed) -> StandardInputs:
    return StandardInputs(
        region_code=inputs.region_code,
        region_name=inputs.region_name,
        year=inputs.year,
        synthetic=inputs.synthetic,
        generated_on=inputs.generated_on,
        snapshots=inputs.snapshots,
        assessed=assessed,
    )


def _counts(assessed: Assessed) -> str:
    found = {
        verdict: assessed.together.filter(pl.col("verdict") == verdict).height
        for verdict in (Verdict.MET, Verdict.WITHIN, Verdict.FAILED, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)
    }
    said = [f"{count} 项{assessed.word(verdict)}" for verdict, count in found.items() if count]
    return f"{len(assessed.items)} 个项目中，{'，'.join(said)}。"


def _by_township(inputs: StandardInputs, report: MonitoringInputs, id: str) -> Table:
    """How many schools of each township do not pass."""
    rules = [rule.id for rule in inputs.assessed.standard.rules if rule.level == "school"]
    judged = inputs.assessed.rules.filter(
        pl.col("rule").is_in(rules) & (pl.col("verdict") != Verdict.NOT_APPLICABLE)
    )
    by_school = judged.group_by("school").agg(failed=(pl.col("verdict") == Verdict.FAILED).any())
    placed = by_school.join(report.school_table, left_on="school", right_on="school_code")
    counted = placed.group_by("area_code").agg(schools=pl.len(), failed=pl.col("failed").sum())
    names: Mapping[str, str] = dict(report.area_table.select("area_code", "name").iter_rows())
    rows = counted.sort("failed", "area_code", descending=[True, False]).iter_rows(named=True)
    return table(
        id,
        f"{inputs.assessed.standard.name}：各镇街没有通过的学校",
        [Column("镇街", kind="words"), Column("评价的学校", "所"), Column("没有通过的学校", "所")],
        [
            [
                text(names.get(row["area_code"]) or row["area_code"]),
                number(float(row["schools"])),
                number(float(row["failed"])),
            ]
            for row in rows
        ],
        source=inputs.source,
        note="一贯制学校有一个学段没有通过的，计为没有通过。",
    )


def _coefficients(inputs: StandardInputs, id: str) -> Chart | None:
    """The coefficients of variation beside their caps, a mark and a line for each stage."""
    assessed = inputs.assessed
    measures = assessed.catalogue.measures
    items = [item for item in assessed.items if item.measure and measures[item.measure].rollup == "variation"]
    rows = assessed.rows.filter(
        pl.col("item").is_in([item.id for item in items]) & pl.col("value").is_not_null()
    )
    if rows.is_empty():
        return None
    stages = list(dict.fromkeys(rows["stage"]))
    caps = {
        stage: rows.filter(pl.col("stage").eq_missing(pl.lit(stage, pl.String)))["threshold"]
        .unique()
        .to_list()
        for stage in stages
    }
    highest = rows.sort("value", descending=True).row(0, named=True)
    return Chart(
        id=id,
        title="校际差异系数与上限",
        unit="无量纲",
        source=inputs.source,
        date=day(inputs.as_of),
        alt=(
            f"各项校际差异系数与上限，分学段。最大的是{words.stage_words(highest['stage'])}"
            f"{assessed.item(highest['item']).name}，为{shown(highest['value'], 3)}，"
            f"上限{shown(highest['threshold'], 2)}。"
        ),
        option=charts.base(
            grid={"left": 4, "right": 36, "top": 44, "bottom": 4, "containLabel": True},
            legend={
                "top": 4,
                "left": 0,
                "itemGap": 16,
                "selectedMode": False,
                "textStyle": {"color": charts.SOFT, "fontSize": 12},
            },
            xAxis=charts.numbers(low=0),
            yAxis=charts.long_names([item.name for item in items]),
            series=[_marks(place, stage, items, rows, caps[stage]) for place, stage in enumerate(stages)],
        ),
        height=50 * len(items) + 76,
        note="竖线是上限；点在线的右边，就是超过了上限。",
    )


def _marks(
    place: int, stage: str | None, items: Sequence[Item], rows: pl.DataFrame, caps: Sequence[float]
) -> Option:
    colour, label = charts.HUES[place], words.stage_words(stage)
    values = {
        row["item"]: row["value"]
        for row in rows.filter(pl.col("stage").eq_missing(pl.lit(stage, pl.String))).iter_rows(named=True)
    }
    return {
        "type": "scatter",
        "name": label,
        "symbol": _MARKERS[place % len(_MARKERS)],
        "symbolSize": 11,
        # Equal values of two stages do not hide each other.
        "symbolOffset": [0, 8 if place else -8],
        "itemStyle": {"color": colour},
        "data": [
            {"value": [values[item.id], line], "tip": [item.name, f"{label}：{shown(values[item.id], 3)}"]}
            for line, item in enumerate(items)
            if item.id in values
        ],
        "markLine": {
            "silent": True,
            "symbol": "none",
            "lineStyle": {"color": colour, "type": "dashed" if place else "solid", "width": 1.6},
            "label": {
                "show": True,
                "formatter": f"{label}上限",
                "color": colour,
                "position": "insideStartTop",
            },
            "data": [{"xAxis": cap} for cap in caps if cap is not None],
        },
    }
