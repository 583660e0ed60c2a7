"""How good the forecast was where it could be tried: errors beside the simple methods, and coverage."""

from __future__ import annotations

import polars as pl

from jiaoheng.forecast.methods import CANDIDATES, CHOSEN
from jiaoheng.reports import charts
from jiaoheng.reports.blocks import Sentence
from jiaoheng.reports.charts import DASHES, HUES, INK, MARKERS, Chart, Option
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.numbers import day, shown
from jiaoheng.reports.seats.prospect import Prospect
from jiaoheng.reports.tables import Column, Table, number, table, text
from jiaoheng.reports.text_width import ems

_HALF_PAGE = 410
_COVERAGES = ("coverage_50", "coverage_80", "coverage_95")


def level_name(origin: Origin, level: int) -> str:
    """Of whom the errors are: the whole region, or its towns."""
    return origin.whole if level == 0 else "各镇街"


def reasons(prospect: Prospect) -> tuple[Sentence, ...]:
    """Which method was chosen for each level, and why."""
    return tuple(Sentence(f"{one.reason.rstrip('。')}。") for one in prospect.outlooks[0].chosen)


def error_charts(origin: Origin, prospect: Prospect) -> list[Chart]:
    """For each level the mean error by lead of the method taken, and of the best of the others."""
    totals = _totals(prospect)
    if totals.is_empty():
        return []
    return [
        _errors(origin, level, frame)
        for (level,), frame in sorted(totals.partition_by("level", as_dict=True).items())
        if frame["lead"].n_unique() > 1
    ]


def _totals(prospect: Prospect) -> pl.DataFrame:
    """Of all grades together, with each method's name; what the forecast was made by first, then the best."""
    frame = prospect.accuracy
    if frame is None or frame.is_empty():
        return pl.DataFrame()
    names = {method.id: method.name for method in (CHOSEN, *CANDIDATES)}
    mean = pl.col("mape").mean().over("level", "method")
    return (
        frame.filter(pl.col("grade").is_null())
        .with_columns(name=pl.col("method").replace(names), chosen=pl.col("method") == CHOSEN.id)
        .sort("level", pl.col("chosen").not_(), mean, "method", "lead")
    )


def error_table(origin: Origin, prospect: Prospect) -> Table | None:
    """Every level and method: the error at each lead."""
    frame = _totals(prospect)
    if frame.is_empty():
        return None
    leads = sorted(frame["lead"].unique())
    rows = frame.pivot("lead", index=["level", "method", "name", "chosen"], values="mape")
    return table(
        "table-forecast-errors",
        "用过去的数据检验：各种方法的平均绝对误差",
        [
            Column("范围", kind="words"),
            Column("方法", kind="words"),
            *(Column(f"提前{lead}年", "%") for lead in leads),
        ],
        [
            [
                text(level_name(origin, row["level"])),
                text(row["name"] + ("（采用）" if row["chosen"] else "")),
                *(number(row[str(lead)], 2) for lead in leads),
            ]
            for row in rows.iter_rows(named=True)
        ],
        source=origin.source,
        note="每次检验只用那一年以前的数据，预测以后各年的在校生，再与实际比较。",
        joined=1,
    )


def coverage_table(origin: Origin, prospect: Prospect) -> Table | None:
    """Of the chosen methods: bias, and how often the bands held what came, at each lead."""
    frame = _totals(prospect)
    if frame.is_empty() or not frame["chosen"].any():
        return None
    rows = frame.filter("chosen")
    covers = [name for name in _COVERAGES if rows[name].is_not_null().any()]
    return table(
        "table-forecast-coverage",
        "采用的方法：偏差和区间的覆盖率",
        [
            Column("范围", kind="words"),
            Column("提前", "年"),
            Column("检验的数", "个"),
            Column("偏差", "%"),
            *(Column(f"{name[-2:]}%区间覆盖率", "%") for name in covers),
        ],
        [
            [
                text(level_name(origin, row["level"])),
                number(float(row["lead"])),
                number(float(row["n"])),
                number(row["bias"], 2, sign=True),
                *(number(row[name]) for name in covers),
            ]
            for row in rows.iter_rows(named=True)
        ],
        source=origin.source,
        note="偏差为正，是预测得多了。覆盖率越接近区间的名义比例越好。",
        joined=1,
    )


def _errors(origin: Origin, level: int, frame: pl.DataFrame) -> Chart:
    leads = sorted(frame["lead"].unique())
    methods = frame.unique("method", keep="first", maintain_order=True).head(len(HUES))
    who = level_name(origin, level)
    by_method = {
        row["method"]: dict(frame.filter(pl.col("method") == row["method"])[["lead", "mape"]].iter_rows())
        for row in methods.iter_rows(named=True)
    }
    said = "；".join(
        f"{row['name']}提前{leads[-1]}年的误差{shown(by_method[row['method']].get(leads[-1]), 1)}%"
        for row in methods.iter_rows(named=True)
    )
    return Chart(
        id=f"forecast-errors-{level}",
        title=f"{who}在校生预测的平均绝对误差，按提前的年数",
        unit="%",
        source=origin.source,
        date=day(origin.as_of),
        alt=f"{who}各种方法的预测误差：{said}。",
        option=charts.base(
            grid={
                "left": 4,
                "right": 16,
                "top": 22 + 22 * _lines(methods["name"].to_list()),
                "bottom": 4,
                "containLabel": True,
            },
            legend={
                "top": 4,
                "left": 0,
                "itemGap": 14,
                "selectedMode": False,
                "textStyle": {"color": INK, "fontSize": 12},
            },
            xAxis=charts.categories([f"{lead}年" for lead in leads], boundaryGap=False),
            yAxis=charts.numbers(low=0),
            series=[
                _line(row["name"], by_method[row["method"]], leads, at)
                for at, row in enumerate(methods.iter_rows(named=True))
            ],
        ),
        height=280,
    )


def _lines(names: list[str]) -> int:
    """How many lines the keys take above a chart of half the page's width."""
    lines, left = 1, 0.0
    for name in names:
        room = 44 + 12 * ems(name)
        if left and left + room > _HALF_PAGE:
            lines, left = lines + 1, 0.0
        left += room
    return lines


def _line(name: str, errors: dict[int, float], leads: list[int], at: int) -> Option:
    hue = HUES[at % len(HUES)]
    return {
        "type": "line",
        "name": name,
        "symbol": MARKERS[at % len(MARKERS)],
        "symbolSize": 7,
        "lineStyle": {"color": hue, "width": 2.6 if at == 0 else 1.8, "type": DASHES[at % len(DASHES)]},
        "itemStyle": {"color": hue},
        "data": [
            {"value": errors.get(lead), "tip": [name, f"提前{lead}年：{shown(errors.get(lead), 2)}%"]}
            for lead in leads
        ],
    }
