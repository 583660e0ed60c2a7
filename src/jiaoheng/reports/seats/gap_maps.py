"""Where seats are lacking, year by year: one map of the towns for each year, shaded by level of warning."""

from __future__ import annotations

from typing import Any

import polars as pl

from jiaoheng.reports import charts
from jiaoheng.reports.charts import Chart, Legend, Option
from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.numbers import day, percent, shown
from jiaoheng.reports.seats.levels import BEYOND, LOOKS, look
from jiaoheng.reports.seats.prospect import Prospect
from jiaoheng.reports.township_map import hatched, label_colour, series


def maps(origin: Origin, prospect: Prospect, stage: str, regions: dict[str, Any]) -> list[Chart]:
    """One map for each year; none without boundaries, or where nothing is known of the stage's seats."""
    if prospect.seats is None or not regions["features"]:
        return []
    towns = prospect.seats.filter((pl.col("stage") == stage) & pl.col("area").is_not_null())
    if towns["gap"].null_count() == towns.height:
        return []
    return [
        _map(origin, prospect, stage, year, frame, regions)
        for (year,), frame in sorted(towns.partition_by("year", as_dict=True).items())
    ]


def _map(
    origin: Origin,
    prospect: Prospect,
    stage: str,
    year: int,
    frame: pl.DataFrame,
    regions: dict[str, Any],
) -> Chart:
    label = stage_label(stage)
    lacking = frame.filter(pl.col("gap") > 0).sort("gap", descending=True)
    if lacking.height:
        first = lacking.row(0, named=True)
        said = (
            f"{lacking.height}个镇街缺学位，最多的是{prospect.called(first['area'])}，"
            f"缺{shown(first['gap'])}个"
        )
    else:
        said = "没有镇街缺学位"
    return Chart(
        id=f"gap-map-{stage}-{year}",
        title=f"{year}年各镇街{label}学位余缺",
        unit="个",
        source=f"{origin.source}和预测" + (f"；{prospect.norm}" if prospect.norm else ""),
        date=day(origin.as_of),
        alt=f"{year}年各镇街{label}学位余缺分布图：{said}。",
        option=charts.base(
            series=[series([_item(prospect, row) for row in frame.iter_rows(named=True)], regions)]
        ),
        height=460,
        legend=_legend(frame),
        regions=regions,
        note="颜色是预警级别；正数是缺的学位，负数是余的学位。",
    )


def _item(prospect: Prospect, row: dict[str, Any]) -> Option:
    name, looks = prospect.called(row["area"]), look(row["level"])
    if row["gap"] is None:
        return {
            "name": name,
            "value": None,
            "tip": [name, row["reason"] or looks.label],
            "itemStyle": hatched(),
        }
    written = f"{looks.word} {shown(row['gap'], sign=True)}".strip()
    chance = row["shortage_chance"]
    return {
        "name": name,
        "value": round(row["gap"]),
        # In grey too a small map tells the levels apart.
        "short": f"{{b}} {looks.word}".strip(),
        "tip": [
            name,
            f"{'缺' if row['gap'] > 0 else '余'}{shown(abs(row['gap']))}个学位",
            f"80%的可能在{shown(row['gap_low'], sign=True)}至{shown(row['gap_high'], sign=True)}之间",
            *([] if chance is None else [f"缺学位的可能：{percent(chance)}"]),
            looks.label,
        ],
        "itemStyle": {"areaColor": looks.fill} if row["level"] != "unknown" else hatched(),
        "label": {
            "formatter": "{b}\n" + written,
            "color": label_colour(looks.fill),
            "textBorderColor": looks.fill,
            "textBorderWidth": 2,
        },
    }


def _legend(frame: pl.DataFrame) -> tuple[Legend, ...]:
    """The keys of the levels that occur, the gravest first."""
    found = set(frame["level"])
    keys = [
        Legend(looks.fill, looks.label, hatched=level == "unknown")
        for level, looks in LOOKS.items()
        if level in found
    ]
    return (*keys, Legend(BEYOND.fill, BEYOND.label)) if None in found else tuple(keys)
