"""How unequal schools are: the coefficients of variation of the seven resources, then and now."""

from __future__ import annotations

from collections.abc import Sequence

from jiaoheng.reports import charts, figures
from jiaoheng.reports.charts import HUES, PAPER, SOFT, Chart, Option
from jiaoheng.reports.figures import Figure, stage_label
from jiaoheng.reports.inputs import MeasureEntry, MonitoringInputs
from jiaoheng.reports.numbers import day
from jiaoheng.terms import Stage

STAGES = (Stage.PRIMARY.value, Stage.JUNIOR.value)
_MARKERS = ("circle", "triangle")


def of_measures(inputs: MonitoringInputs, measures: Sequence[str]) -> list[MeasureEntry]:
    """The variation measures of ``measures``, in that order."""
    by_subject = {entry.variation_of: entry for entry in inputs.measures.values() if entry.variation_of}
    return [by_subject[measure] for measure in measures if measure in by_subject]


def baseline_year(inputs: MonitoringInputs) -> int:
    """The year before the plan: what the report compares with."""
    return inputs.plan.period.start - 1


def chart(inputs: MonitoringInputs, measures: Sequence[str]) -> Chart | None:
    """One row per resource, a mark per stage; hollow marks for the year before the plan."""
    entries = of_measures(inputs, measures)
    years = sorted({baseline_year(inputs), inputs.year})
    seen = {
        (year, stage): [figures.county(inputs, entry.id, stage, year) for entry in entries]
        for year in years
        for stage in STAGES
    }
    known = [figure for found in seen.values() for figure in found if figure and figure.value is not None]
    if not known:
        return None
    series = [
        _marks(year, place, found, now=year == inputs.year)
        for year in years
        for place, found in enumerate(seen[year, stage] for stage in STAGES)
        if any(figure and figure.value is not None for figure in found)
    ]
    widest = max(
        (figure for figure in known if figure.year == inputs.year),
        key=lambda figure: figure.value or 0,
        default=None,
    )
    return Chart(
        id="variation",
        title="七项资源配置的校际差异系数",
        unit="无量纲",
        source=inputs.source + (f"；{years[0]}年快照" if len(years) > 1 else ""),
        date=day(inputs.as_of),
        alt="七项资源配置的校际差异系数，分小学和初中。"
        + (
            f"{inputs.year}年最大的是{stage_label(widest.stage)}{widest.measure.name}，为{widest.text}。"
            if widest
            else ""
        ),
        option=charts.base(
            grid={"left": 4, "right": 24, "top": 40, "bottom": 4, "containLabel": True},
            legend={
                "top": 4,
                "left": 0,
                "itemGap": 16,
                "itemWidth": 13,
                "itemHeight": 13,
                "selectedMode": False,
                "textStyle": {"color": SOFT, "fontSize": 12},
            },
            xAxis=charts.numbers(low=0),
            yAxis=charts.long_names([inputs.measures[entry.variation_of].name for entry in entries]),
            series=series,
        ),
        height=54 * len(entries) + 70,
        note="按学生数加权；数值越大，学校之间差别越大。",
    )


def _marks(year: int, place: int, found: Sequence[Figure | None], *, now: bool) -> Option:
    stage, hue = STAGES[place], HUES[place]
    style = {"color": hue} if now else {"color": PAPER, "borderColor": hue, "borderWidth": 1.6}
    return {
        "type": "scatter",
        "name": f"{stage_label(stage)} {year}年",
        "symbol": _MARKERS[place],
        "symbolSize": 11,
        # The rows of the two stages lie apart, so that equal values do not hide each other.
        "symbolOffset": [0, -8 if place == 0 else 8],
        "itemStyle": style,
        "z": 3 if now else 2,
        "data": [
            {
                "value": [figure.value, row],
                "tip": [figure.measure.name, f"{stage_label(stage)}{year}年：{figure.text}"],
            }
            for row, figure in enumerate(found)
            if figure and figure.value is not None
        ],
    }
