"""Pupils and seats to come of the made-up county, in the shapes that a report is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
from report_fake import PUPILS_BY_STAGE, TOWNSHIPS, YEARS

from jiaoheng.forecast.methods import CHOSEN
from jiaoheng.forecast.outlook import STAGE_GRADES, Chosen, Outlook
from jiaoheng.forecast.series import BIRTHS, Series
from jiaoheng.reports.seats import SEATS, Fall, Part, Prospect

STAGES = ("preschool", "primary", "junior", "senior")
CODES = tuple(f"4412840{number:02}" for number in range(1, len(TOWNSHIPS) + 1))
AHEAD = tuple(range(2026, 2041))
DRAWS = 200
COVERED = {"coverage_50": 52.0, "coverage_80": 79.0, "coverage_95": 94.0}


def outlook(*, scenario: str = "基准", factor: float = 1.0, towns: int = len(CODES)) -> Outlook:
    """A wave that passes through the stages; spread grows with the lead."""
    grades = [grade for stage in STAGES for grade in STAGE_GRADES[stage] if grade != "j4"]
    weight = np.linspace(1.6, 0.4, towns) / towns
    past = np.stack(
        [
            np.array(PUPILS_BY_STAGE[stage], dtype=float) / (len(STAGE_GRADES[stage]) - (stage == "junior"))
            for stage in STAGES
            for grade in STAGE_GRADES[stage]
            if grade != "j4"
        ],
        axis=1,
    )
    leads = np.arange(1, len(AHEAD) + 1)
    path = np.stack(
        [
            past[-1, at] * (1 + 0.25 * np.sin((leads + 3 - at / 2) / 4) - 0.2 * leads / len(leads)) * factor
            for at in range(len(grades))
        ],
        axis=1,
    )
    point = weight[:, None, None] * path[None]
    noise = (
        np.random.default_rng(1).normal(size=(DRAWS, 1, 1, 1)) * 0.015 * np.sqrt(leads)[None, None, :, None]
    )
    series = Series(
        areas=("441284", *CODES[:towns]),
        years=tuple(YEARS),
        grades=tuple(grades),
        pupils=np.concatenate([past[None], weight[:, None, None] * past[None]]),
        feeders=(BIRTHS, *range(len(grades) - 1)),
        births=np.full((towns + 1, 1), np.nan),
        births_from=2024,
        parents=(-1, *([0] * towns)),
    )
    return Outlook(
        history=series,
        areas=CODES[:towns],
        years=AHEAD,
        point=point,
        draws=(point[None] * np.exp(noise)).astype(np.float32),
        scenario=scenario,
        chosen=(
            Chosen(0, "pooled", "合并升级率法", {"pooled": 1.1}, "误差最小的是合并升级率法，平均 1.1%。"),
            Chosen(1, "pooled", "合并升级率法", {"pooled": 2.4}, "误差最小的是合并升级率法，平均 2.4%。"),
        ),
        notes=("2025 年的出生人口还没有，2028 年起入园的人数按趋势推算。",),
    )


def seats(made: Outlook, stages: Sequence[str] = ("primary", "junior")) -> pl.DataFrame:
    """Seats as many as a tenth more than the first year's pupils; the last town's are not known."""
    rows: list[dict[str, Any]] = []
    for stage in stages:
        for area in (None, *made.areas):
            supply = float(made.pupils(stage, area)[0]) * 1.02
            demand, futures = made.pupils(stage, area), made.futures(stage, area)
            low, high = np.percentile(futures, (10, 90), axis=0)
            for at, year in enumerate(made.years):
                gap, chance = float(demand[at]) - supply, float((futures[:, at] > supply).mean())
                known = area != made.areas[-1]
                level = (
                    "red"
                    if chance > 0.8
                    else "orange"
                    if chance > 0.5
                    else "yellow"
                    if chance > 0.2
                    else "none"
                )
                rows.append(
                    {
                        "area": area,
                        "stage": stage,
                        "year": year,
                        "supply": supply if known else None,
                        "demand": float(demand[at]),
                        "gap": gap if known else None,
                        "gap_low": float(low[at]) - supply if known else None,
                        "gap_high": float(high[at]) - supply if known else None,
                        "shortage_chance": chance if known else None,
                        "level": level if known else "unknown",
                        "reason": f"缺学位的可能为{chance:.0%}。" if known else "没有核定规模。",
                    }
                )
    return pl.DataFrame(rows, schema=SEATS)


def accuracy() -> pl.DataFrame:
    """Errors that grow with the lead; the chosen method's are the least."""
    rows = [
        {
            "method": method,
            "level": level,
            "lead": lead,
            "grade": None,
            "n": 6 - lead,
            "mape": factor * lead * (level + 1),
            "bias": 0.3 * lead,
            **(COVERED if method == CHOSEN.id else dict.fromkeys(COVERED)),
        }
        for method, factor in (("naive", 2.2), (CHOSEN.id, 1.0), ("trend", 1.8))
        for level in (0, 1)
        for lead in range(1, 6)
    ]
    of_a_grade = rows[0] | {"grade": "g1", "mape": 99.0}
    numbers = dict.fromkeys(("mape", "bias", *COVERED), pl.Float64)
    return pl.DataFrame([*rows, of_a_grade], schema_overrides={"grade": pl.String, **numbers})


def prospect(**changes: Any) -> Prospect:
    """All that a report can be told; ``changes`` replace fields."""
    base = outlook()
    made = Prospect(
        outlooks=(base, outlook(scenario="三孩", factor=1.06)),
        seats=seats(base),
        accuracy=accuracy(),
        falls=(
            Fall(
                "junior",
                2025,
                2028,
                -300.0,
                (
                    Part("升学的学生", 1450.0),
                    Part("新楼盘", 320.0),
                    Part("在建项目", -900.0),
                    Part("停办", 60.0),
                ),
            ),
        ),
        schedule=pl.DataFrame(
            [
                (2027, "1", "贞山小学", "convert", "preschool", "primary", 2, 90, 2028, 120_000),
                (2029, None, None, "temporary", None, "junior", 1, 50, 2029, 35_000),
            ],
            schema={
                "year": pl.Int64,
                **dict.fromkeys(("school_code", "school", "action", "from_stage", "to_stage"), pl.String),
                **dict.fromkeys(("classes", "seats", "ready", "cost"), pl.Int64),
            },
            orient="row",
        ),
        scheduled=("不用新建学位；转换和临时班共 15.50 万元。",),
        names=dict(zip(CODES, TOWNSHIPS, strict=True)),
        norm="班额小学45人、初中50人",
        warning="学位预警办法（示例）",
    )
    return replace(made, **changes)
