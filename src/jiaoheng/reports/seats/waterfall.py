"""Why a gap opens: from one year's gap to another's, each reason a step up or down."""

from __future__ import annotations

from itertools import accumulate

from jiaoheng.reports import charts
from jiaoheng.reports.charts import ACCENT, HUES, INK, SOFT, Chart, Option
from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.numbers import day, shown
from jiaoheng.reports.seats.prospect import Fall, Prospect
from jiaoheng.reports.tables import Column, Table, number, table, text

_RISE, _FALL = HUES[1], HUES[2]


def waterfall(origin: Origin, prospect: Prospect, fall: Fall) -> Chart:
    """The steps as floating boxes: what opens the gap in one colour, what closes it in another."""
    parts = [part for part in fall.parts if round(part.value)]
    levels = list(accumulate((part.value for part in parts), initial=fall.start))
    boxes = [
        (f"{fall.first}年缺口", 0.0, fall.start, ACCENT),
        *(
            (part.name, before, before + part.value, _RISE if part.value > 0 else _FALL)
            for part, before in zip(parts, levels, strict=False)
        ),
        (f"{fall.last}年缺口", 0.0, fall.end, ACCENT),
    ]
    steps = "，".join(f"{part.name}{shown(part.value, sign=True)}" for part in parts)
    label = stage_label(fall.stage)
    return Chart(
        id=f"waterfall-{fall.stage}",
        title=f"{label}学位缺口的由来，{fall.first}—{fall.last}年",
        unit="个",
        source=f"{origin.source}和预测" + (f"；{prospect.norm}" if prospect.norm else ""),
        date=day(origin.as_of),
        alt=(
            f"{label}学位缺口从{fall.first}年的{shown(fall.start, sign=True)}个"
            f"到{fall.last}年的{shown(fall.end, sign=True)}个：{steps}。"
        ),
        option=charts.base(
            grid={"left": 4, "right": 8, "top": 28, "bottom": 4, "containLabel": True},
            xAxis=charts.categories(
                [name for name, *_ in boxes],
                axisLabel={
                    "color": INK,
                    "fontSize": 12,
                    "width": 74,
                    "overflow": "break",
                    "interval": 0,
                    "hideOverlap": False,
                },
                axisLine={"onZero": False, "lineStyle": {"color": SOFT}},
            ),
            yAxis=charts.numbers(),
            series=[_boxes(boxes), _labels(boxes)],
        ),
        height=320,
        note="正数使缺口变大，负数使缺口变小；各步之和正好是两年缺口之差。",
    )


def fall_table(origin: Origin, fall: Fall) -> Table:
    """The same steps as a table; the last row is the sum of those above it."""
    rows = [(f"{fall.first}年缺口", fall.start), *((part.name, part.value) for part in fall.parts)]
    return table(
        f"table-waterfall-{fall.stage}",
        f"{stage_label(fall.stage)}学位缺口的由来，{fall.first}—{fall.last}年",
        [Column("项目", kind="words"), Column("学位", "个")],
        [
            *([text(name), number(value, sign=True)] for name, value in rows),
            [text(f"{fall.last}年缺口"), number(fall.end, sign=True, formula="SUM({above})")],
        ],
        source=f"{origin.source}和预测",
        sortable=False,
        total=True,
    )


def _boxes(boxes: list[tuple[str, float, float, str]]) -> Option:
    """Boxes that may hang below zero or across it: candlesticks without wicks."""
    return {
        "type": "candlestick",
        "barWidth": "58%",
        "data": [
            {
                "value": [round(low), round(high), round(min(low, high)), round(max(low, high))],
                "tip": [name, f"{shown(high - low, sign=True)}个"],
                "itemStyle": {
                    "color": colour,
                    "color0": colour,
                    "borderColor": colour,
                    "borderColor0": colour,
                },
            }
            for name, low, high, colour in boxes
        ],
    }


def _labels(boxes: list[tuple[str, float, float, str]]) -> Option:
    return {
        "type": "scatter",
        "silent": True,
        "symbolSize": 0.1,
        "data": [
            {
                "value": round(max(low, high)),
                "label": {
                    "show": True,
                    "position": "top",
                    "formatter": shown(high - low, sign=True),
                    "color": INK,
                    "fontSize": 12,
                },
            }
            for _, low, high, _ in boxes
        ],
    }
