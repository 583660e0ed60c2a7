"""Seats lacking or empty by town and year, with the level of warning beside the figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.numbers import percent
from jiaoheng.reports.seats.levels import look
from jiaoheng.reports.seats.prospect import LEVELS, Prospect
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text

# Every year of the near ones, then one in five.
_NEAR, _STEP = 5, 5


def years_shown(years: Sequence[int]) -> list[int]:
    """The years that a table has room for: the next five, then those that end in 0 or 5, and the last."""
    found = [year for at, year in enumerate(years) if at < _NEAR or year % _STEP == 0 or at == len(years) - 1]
    return list(dict.fromkeys(found))


def gap_table(origin: Origin, prospect: Prospect, stage: str) -> Table | None:
    """Each town's gap in the years shown, its gravest year with the chance of a shortage, and its warning."""
    if prospect.seats is None:
        return None
    of_stage = prospect.seats.filter(pl.col("stage") == stage)
    years = years_shown(sorted(of_stage["year"].unique()))
    if not years:
        return None
    towns = [area for area in of_stage["area"].unique(maintain_order=True) if area is not None]
    rows = [
        _row(prospect.called(town), of_stage.filter(pl.col("area") == town), years)
        for town in sorted(towns, key=lambda town: _gravity(of_stage.filter(pl.col("area") == town)))
    ]
    whole = of_stage.filter(pl.col("area").is_null())
    if whole.height:
        rows.append(_row(origin.whole, whole, years))
    return table(
        f"table-gap-{stage}",
        f"{stage_label(stage)}学位缺口，按镇街和年份",
        [
            Column("镇街", kind="words"),
            Column("预警", kind="words"),
            *(Column(f"{year}年", "个") for year in years),
            Column("最紧的一年", kind="words"),
            Column("那年缺学位的可能", "%"),
        ],
        rows,
        source=f"{origin.source}；{years[0]}年起为预测" + (f"；{prospect.norm}" if prospect.norm else ""),
        note="缺口是需要的学位减去供给的学位：正数是缺，负数是余。",
        compact=True,
        total=bool(whole.height),
    )


def warned(origin: Origin, prospect: Prospect) -> Table | None:
    """Every town and stage with a warning: the first year of its gravest level, and why."""
    if prospect.seats is None:
        return None
    order = pl.col("level").replace_strict(
        {level: at for at, level in enumerate(LEVELS)}, default=len(LEVELS)
    )
    rows = (
        prospect.seats.filter(pl.col("level").is_in(LEVELS[:4]))
        .sort(order, "year", "stage", "area", nulls_last=True)
        .unique(["area", "stage"], keep="first", maintain_order=True)
    )
    if rows.is_empty():
        return None
    return table(
        "table-seat-warnings",
        "学位预警",
        [
            Column("镇街", kind="words"),
            Column("学段", kind="words"),
            Column("年份", kind="words"),
            Column("预警", kind="words"),
            Column("理由", kind="words"),
        ],
        [
            [
                text(prospect.called(row["area"]) if row["area"] else origin.whole),
                text(stage_label(row["stage"])),
                text(f"{row['year']}年"),
                _level(row["level"]),
                text(row["reason"]),
            ]
            for row in rows.iter_rows(named=True)
        ],
        source=prospect.warning,
        note="每个镇街、学段只列最重的一级最先出现的一年。",
    )


def _row(name: str, frame: pl.DataFrame, years: Sequence[int]) -> list[Cell]:
    by_year = {row["year"]: row for row in frame.iter_rows(named=True)}
    worst = _worst(frame)
    cells = [number((by_year.get(year) or {}).get("gap"), sign=True) for year in years]
    if worst is None:
        return [text(name), _level("unknown"), *cells, text(None), number(None)]
    chance = worst["shortage_chance"]
    shown_chance = Cell(percent(chance).removesuffix("%"), None if chance is None else chance * 100, digits=0)
    return [
        text(name),
        _level(_gravest(frame), title=worst["reason"] or ""),
        *cells,
        text(f"{worst['year']}年", sort=worst["year"]),
        number(None) if chance is None else shown_chance,
    ]


def _worst(frame: pl.DataFrame) -> dict[str, Any] | None:
    """The year with the greatest gap; None where no gap is known."""
    known = frame.filter(pl.col("gap").is_not_null()).sort("gap", descending=True)
    return known.row(0, named=True) if known.height else None


def _gravest(frame: pl.DataFrame) -> str:
    """The gravest level of all years; unknown where some year is, and none of the others warns."""
    found = set(frame["level"].drop_nulls())
    warns = [level for level in LEVELS[:4] if level in found]
    return warns[0] if warns else "unknown" if "unknown" in found or not found else "none"


def _gravity(frame: pl.DataFrame) -> tuple[int, float]:
    worst = _worst(frame)
    gap = worst["gap"] if worst else None
    return LEVELS.index(_gravest(frame)), -float(gap) if isinstance(gap, float) else 0.0


def _level(level: str, *, title: str = "") -> Cell:
    looks = look(level)
    return Cell(looks.label, LEVELS.index(level), status=looks.mark, title=title)
