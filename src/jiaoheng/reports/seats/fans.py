"""Pupils to come as a fan: counts, forecast, and bands that hold 50, 80 and 95 of 100 futures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jiaoheng.forecast.outlook import STAGE_GRADES, Outlook
from jiaoheng.forecast.series import Array
from jiaoheng.reports import charts
from jiaoheng.reports.charts import ACCENT, DASHES, HUES, INK, MARKERS, STEPS, Chart, Legend, Option
from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.numbers import day, shown
from jiaoheng.reports.seats.prospect import Prospect
from jiaoheng.reports.text_width import ems

_PERCENTILES = (2.5, 10.0, 25.0, 75.0, 90.0, 97.5)
_BANDS = (STEPS[0], STEPS[1], STEPS[2], STEPS[1], STEPS[0])
_KEYS = (
    Legend(STEPS[2], "50%区间"),
    Legend(STEPS[1], "80%区间"),
    Legend(STEPS[0], "95%区间"),
)


def fan(origin: Origin, prospect: Prospect, stage: str, area: str | None = None) -> Chart | None:
    """The fan of a stage, in the whole region or one town; None where the stage never had a pupil."""
    outlook = prospect.outlooks[0]
    past = counted(outlook, stage, area)
    point = outlook.pupils(stage, area)
    if not np.nansum(past) and not point.any():
        return None
    bounds = np.percentile(outlook.futures(stage, area).astype(np.float64), _PERCENTILES, axis=0)
    years = [*outlook.history.years, *outlook.years]
    place = f"{prospect.called(area)}" if area else origin.whole
    label = stage_label(stage)
    low, high = (shown(float(bounds[at, -1])) for at in (1, 4))
    others = [other for other in prospect.outlooks[1:] if stage in other.stages]
    # Lines of several scenarios are named where they end.
    room = 24 + round(12 * max(ems(each.scenario) for each in prospect.outlooks)) if others else 16
    return Chart(
        id=f"fan-{stage}-{area}" if area else f"fan-{stage}",
        title=f"{place}{label}在校生，{years[0]}—{years[-1]}年",
        unit="人",
        source=f"{origin.source_since(years[0])}；{outlook.years[0]}年起为预测",
        date=day(origin.as_of),
        alt=(
            f"{place}{label}在校生的实际和预测：{_last_counted(outlook, past)}，"
            f"预测{outlook.years[-1]}年约{shown(float(point[-1]))}人，80%的可能在{low}至{high}人之间。"
        ),
        option=charts.base(
            grid={
                "left": 4,
                "right": room,
                "top": 14,
                "bottom": 4,
                "containLabel": True,
            },
            xAxis=charts.categories([str(year) for year in years], boundaryGap=False),
            yAxis=charts.numbers(low=0),
            series=[
                *_shades(outlook, past, bounds),
                *_edges(outlook, bounds),
                _counted(outlook, past, label),
                _forecast(outlook, past, point, bounds, label, named=bool(others)),
                *(_scenario(other, stage, area, at, outlook) for at, other in enumerate(others, start=1)),
            ],
        ),
        height=300 if area is None else 240,
        legend=_KEYS,
        note="实线是实际，虚线是预测；有颜色的带里各包含一半、八成、九成五的可能。",
    )


def counted(outlook: Outlook, stage: str, area: str | None = None) -> Array:
    """(years of the history,): pupils counted in a stage; NaN for a year in which a town is not known."""
    history = outlook.history
    codes = (area,) if area else outlook.areas
    rows = [history.areas.index(code) for code in codes]
    grades = [at for at, grade in enumerate(history.grades) if grade in STAGE_GRADES[stage]]
    found: Array = history.pupils[rows][:, :, grades].sum(axis=(0, 2))
    return found


def _last_counted(outlook: Outlook, past: Array) -> str:
    known = [at for at, value in enumerate(past) if np.isfinite(value)]
    if not known:
        return "没有实际数"
    return f"{outlook.history.years[known[-1]]}年实际{shown(float(past[known[-1]]))}人"


def _shades(outlook: Outlook, past: Array, bounds: Array) -> list[Option]:
    """Bands as stacked areas without a word or a point: silent, so that nobody takes them for figures."""
    before: list[float | None] = [None] * (len(past) - 1)
    anchor = float(past[-1]) if np.isfinite(past[-1]) else None
    steps = [bounds[0], *np.diff(bounds, axis=0)]
    fills = ("transparent", *_BANDS)
    return [
        {
            "type": "line",
            "silent": True,
            "stack": "bands",
            "symbol": "none",
            "lineStyle": {"opacity": 0},
            "areaStyle": {"color": fill, "opacity": 0 if fill == "transparent" else 1},
            "data": [
                *before,
                anchor if anchor is None or at == 0 else 0,
                *(round(float(value), 1) for value in step),
            ],
        }
        for at, (fill, step) in enumerate(zip(fills, steps, strict=True))
    ]


def _edges(outlook: Outlook, bounds: Array) -> list[Option]:
    """The edges of the 80 per cent band, as thin lines: they stay where a copier loses the shades."""
    before: list[Option] = [{"value": None}] * len(outlook.history.years)
    return [
        {
            "type": "line",
            "name": name,
            "symbol": "none",
            "lineStyle": {"color": STEPS[3], "width": 1, "type": "dotted"},
            "itemStyle": {"color": STEPS[3]},
            "data": [*before, *({"value": round(float(value))} for value in bounds[at])],
        }
        for name, at in (("80%下限", 1), ("80%上限", 4))
    ]


def _counted(outlook: Outlook, past: Array, label: str) -> Option:
    return {
        "type": "line",
        "name": "实际",
        "symbol": "circle",
        "symbolSize": 5,
        "lineStyle": {"color": INK, "width": 2.2},
        "itemStyle": {"color": INK},
        "data": [
            {"value": round(float(value), 1), "tip": [f"{year}年{label}", f"实际{shown(float(value))}人"]}
            if np.isfinite(value)
            else {"value": None}
            for year, value in zip(outlook.history.years, past, strict=True)
        ]
        + [{"value": None}] * len(outlook.years),
    }


def _forecast(
    outlook: Outlook, past: Array, point: Array, bounds: Array, label: str, *, named: bool
) -> Option:
    join = {"value": round(float(past[-1]), 1) if np.isfinite(past[-1]) else None}
    series: Option = {
        "type": "line",
        "name": "预测" if not named else outlook.scenario,
        "symbol": "emptyCircle",
        "symbolSize": 5,
        "lineStyle": {"color": ACCENT, "width": 2.2, "type": "dashed"},
        "itemStyle": {"color": ACCENT},
        "data": [
            *[{"value": None}] * (len(past) - 1),
            join,
            *(
                {
                    "value": round(float(value)),
                    "tip": [
                        f"{year}年{label}",
                        f"预测{shown(float(value))}人",
                        *(
                            f"{share}%区间：{shown(float(edges[low]))}至{shown(float(edges[high]))}人"
                            for share, low, high in ((50, 2, 3), (80, 1, 4), (95, 0, 5))
                        ),
                    ],
                }
                for year, value, edges in zip(outlook.years, point, bounds.T, strict=True)
            ),
        ],
    }
    return series | (_end_label() if named else {})


def _scenario(other: Outlook, stage: str, area: str | None, at: int, base: Outlook) -> Option:
    hue = HUES[at % len(HUES)]
    found = dict(zip(other.years, other.pupils(stage, area), strict=True))
    return {
        "type": "line",
        "name": other.scenario,
        "symbol": MARKERS[at % len(MARKERS)],
        "symbolSize": 5,
        "lineStyle": {"color": hue, "width": 1.8, "type": DASHES[(at + 1) % len(DASHES)]},
        "itemStyle": {"color": hue},
        "data": [{"value": None}] * len(base.history.years)
        + [_said(other.scenario, year, found.get(year)) for year in base.years],
        **_end_label(),
    }


def _said(scenario: str, year: int, value: float | None) -> Option:
    if value is None:
        return {"value": None}
    return {"value": round(float(value)), "tip": [f"{year}年，{scenario}", f"{shown(float(value))}人"]}


def _end_label() -> Option:
    return {
        "endLabel": {"show": True, "formatter": "{a}", "color": INK, "fontSize": 12, "distance": 8},
        "labelLayout": {"moveOverlap": "shiftY"},
    }


def fans(
    origin: Origin, prospect: Prospect, stages: Sequence[str], areas: Sequence[str | None]
) -> list[Chart]:
    """The fans of stages in areas, in that order, without those that have nobody."""
    found = (fan(origin, prospect, stage, area) for area in areas for stage in stages)
    return [chart for chart in found if chart]
