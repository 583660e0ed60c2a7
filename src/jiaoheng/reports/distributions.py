"""Schools as distributions: every school a dot, the middle half a box, the region's value a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from jiaoheng.reports import charts, figures
from jiaoheng.reports.charts import ACCENT, INK, SOFT, Chart, Option
from jiaoheng.reports.figures import Figure
from jiaoheng.reports.inputs import MeasureEntry, MonitoringInputs
from jiaoheng.reports.numbers import MISSING, day, shown, with_unit

BOX_FILL = "#e3edf6"
MEAN_HUE = charts.HUES[1]


@dataclass(frozen=True)
class Spread:
    """The schools of one stage on one measure, ``values`` sorted.

    ``region`` is the ratio of sums, ``whole`` what the region is called beside it (全市).
    """

    stage: str
    schools: tuple[Figure, ...]
    values: tuple[float, ...]
    region: float | None
    whole: str

    @property
    def unknown(self) -> int:
        return sum(figure.status == "unknown" for figure in self.schools)

    def quantile(self, part: Fraction) -> float:
        """The value below which ``part`` of the schools lie (linear between neighbours)."""
        place = part * (len(self.values) - 1)
        below = int(place)
        above = min(below + 1, len(self.values) - 1)
        return self.values[below] + (self.values[above] - self.values[below]) * float(place - below)


def charts_of(inputs: MonitoringInputs, measures: Sequence[str]) -> list[Chart]:
    """One chart per measure that any school has a value for."""
    found = []
    for measure in measures:
        spreads = spread(inputs, measure)
        if spreads:
            found.append(_chart(inputs, inputs.measures[measure], spreads))
    return found


def spread(inputs: MonitoringInputs, measure: str) -> list[Spread]:
    """How the schools of each stage lie; stages without a single known value are left out."""
    found = []
    for stage in figures.stages(inputs, inputs.schools, measure):
        schools = figures.figures(inputs, inputs.schools, measure, stage=stage, year=inputs.year)
        values = sorted(figure.value for figure in schools if figure.value is not None)
        whole = figures.county(inputs, measure, stage)
        if values:
            found.append(
                Spread(stage, tuple(schools), tuple(values), whole.value if whole else None, inputs.whole)
            )
    return found


def _chart(inputs: MonitoringInputs, entry: MeasureEntry, spreads: list[Spread]) -> Chart:
    # ECharts counts categories from the bottom: the youngest pupils belong on top.
    upward = list(reversed(spreads))
    low, high, step = charts.span(_drawn(spreads), lines=5)
    labels = [figures.stage_label(one.stage) for one in upward]
    return Chart(
        id=f"schools-{entry.id}",
        title=entry.name,
        unit=entry.unit,
        source=inputs.source,
        date=day(inputs.as_of),
        alt=f"{entry.name}的学校分布：" + "；".join(_sentence(entry, one) for one in spreads) + "。",
        option=charts.base(
            grid={"left": 44, "right": 18, "top": 12, "bottom": 28},
            xAxis=charts.numbers(low=low, high=high, step=step),
            yAxis=[
                charts.categories(labels, jitter=34, jitterOverlap=False, jitterMargin=1),
                # The region's line must not be jittered with the dots.
                charts.categories(labels, show=False),
            ],
            series=[_boxes(entry, upward), _dots(entry, upward), _means(entry, upward)],
        ),
        height=84 * len(spreads) + 60,
        note="；".join(_sentence(entry, one) for one in spreads) + "。",
    )


def _drawn(spreads: list[Spread]) -> list[float]:
    """Everything that the axis must hold."""
    regions = [one.region for one in spreads if one.region is not None]
    return [*regions, *(value for one in spreads for value in one.values)]


def _sentence(entry: MeasureEntry, one: Spread) -> str:
    low, middle, high = (one.quantile(Fraction(quarter, 4)) for quarter in (1, 2, 3))
    said = [shown(value, entry.digits) for value in (middle, low, high)]
    unknown = f"，另有{one.unknown}所无数据" if one.unknown else ""
    return (
        f"{figures.stage_label(one.stage)} {len(one.values)}所{unknown}，"
        f"{one.whole}{shown(one.region, entry.digits)}，中位数{said[0]}，中间一半{said[1]}至{said[2]}"
    )


def _boxes(entry: MeasureEntry, spreads: list[Spread]) -> Option:
    return {
        "type": "boxplot",
        "layout": "vertical",
        "boxWidth": [26, 46],
        "itemStyle": {"color": BOX_FILL, "borderColor": SOFT, "borderWidth": 1},
        "emphasis": {"disabled": True},
        "data": [
            {
                "value": [one.quantile(Fraction(quarter, 4)) for quarter in range(5)],
                "tip": [figures.stage_label(one.stage), _sentence(entry, one)],
            }
            for one in spreads
        ],
    }


def _dots(entry: MeasureEntry, spreads: list[Spread]) -> Option:
    return {
        "type": "scatter",
        "symbolSize": 6,
        "itemStyle": {"color": ACCENT, "opacity": 0.7, "borderColor": "#ffffff", "borderWidth": 0.5},
        "data": [
            {
                "value": [figure.value, place],
                "tip": [figure.name, f"{figures.stage_label(one.stage)}：{figure.text_with_unit}"],
            }
            for place, one in enumerate(spreads)
            for figure in one.schools
            if figure.value is not None
        ],
    }


def _means(entry: MeasureEntry, spreads: list[Spread]) -> Option:
    return {
        "type": "scatter",
        "symbol": "rect",
        "symbolSize": [3, 54],
        "yAxisIndex": 1,
        "itemStyle": {"color": MEAN_HUE, "borderColor": INK, "borderWidth": 0.5},
        "z": 5,
        "data": [
            {
                "value": [one.region, figures.stage_label(one.stage)],
                "tip": [
                    f"{one.whole}{figures.stage_label(one.stage)}",
                    with_unit(one.region, entry.digits, entry.unit) if one.region is not None else MISSING,
                ],
            }
            for one in spreads
            if one.region is not None
        ],
    }
