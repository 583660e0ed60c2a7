"""Seat warnings (学位预警): for every town and stage a level by a pack's rule, the years, and the reason."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from jiaoheng.forecast.outlook import STAGE_GRADES
from jiaoheng.packs.seat_warning import SeatWarning
from jiaoheng.places.gap import Gap
from jiaoheng.terms import label

WARNED: dict[str, pl.DataType] = {"level": pl.String(), "value": pl.Float64(), "reason": pl.String()}
"""Columns that `warned` adds. ``level`` is red, orange, yellow, blue, none or unknown, in English;
null where the rule does not look. ``value`` is what was compared, in percent."""

_SAME = 1e-9


def warned(gap: Gap, rule: SeatWarning, *, names: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The gap's frame, with the level of every row.

    Parameters
    ----------
    names : towns by code, for the sentences.

    Notes
    -----
    A value is compared unrounded, but for the ninth digit. What is not known is ``unknown``, never ``none``.
    """
    called = names or {}
    base = gap.supply.year
    found = [_judged(row, gap, rule, called, base) for row in gap.frame.iter_rows(named=True)]
    return gap.frame.hstack(pl.DataFrame(found, schema=WARNED, orient="row"))


def _judged(
    row: Mapping[str, object], gap: Gap, rule: SeatWarning, names: Mapping[str, str], base: int
) -> tuple[str | None, float | None, str | None]:
    stage, year = str(row["stage"]), int(str(row["year"]))
    if stage not in rule.stages or year > base + rule.years:
        return None, None, None
    where = names.get(str(row["area"]), str(row["area"])) if row["area"] else str(row["zone"] or "全县")
    value, shown = _value(row, gap, rule, year)
    title = f"{where}{label('stage', stage)} {year} 年"
    if value is None:
        return "unknown", None, f"{title}：{shown}，不能判断。"
    for case in rule.cases:
        same = abs(value - case.value) <= _SAME * max(1.0, abs(case.value))
        if (case.op == ">=" and same) or (value > case.value and not same):
            bound = f"{'达到' if case.op == '>=' else '超过'} {case.value:g}%"
            return case.colour, value, f"{title}：{shown}，{bound}。"
    reason = f"{title}：{shown}。"
    if rule.empty is not None and isinstance(row["supply"], float) and row["supply"] > 0:
        full = 100.0 * float(str(row["demand"])) / row["supply"]
        if full < rule.empty:
            reason = f"{title}：预计只用到学位的 {full:.0f}%，空余约 {row['empty']:.0f} 个。"
    return "none", value, reason


def _value(row: Mapping[str, object], gap: Gap, rule: SeatWarning, year: int) -> tuple[float | None, str]:
    """What is compared, in percent, and a phrase that says what it is."""
    if rule.of == "intake":
        return _intake(row, gap, year)
    seats, pupils, chance = row["supply"], float(str(row["demand"])), row["shortage_chance"]
    if not isinstance(seats, float) or not isinstance(chance, float):
        return None, "有学校的学位数不明"
    if rule.of == "chance":
        return 100.0 * chance, f"预计在校生 {pupils:.0f} 人，学位 {seats:.0f} 个，缺学位的可能 {chance:.0%}"
    if seats <= 0:
        return (
            (None, "没有学位也没有学生")
            if pupils < 0.5
            else (float("inf"), f"预计在校生 {pupils:.0f} 人，没有学位")
        )
    full = 100.0 * pupils / seats
    return full, f"预计在校生 {pupils:.0f} 人，学位 {seats:.0f} 个，占 {full:.1f}%"


def _intake(row: Mapping[str, object], gap: Gap, year: int) -> tuple[float | None, str]:
    """Those who are expected to enter the stage's first grade, over what its schools plan to take in now."""
    stage = str(row["stage"])
    areas = _areas(row, gap)
    plans = [
        s.intake for s in gap.supply.schools if s.area in areas and s.stage == stage and s.closes is None
    ]
    if not plans or any(plan is None for plan in plans):
        return None, "有学校没有招生计划数" if plans else "没有学校"
    planned = sum(plan for plan in plans if plan is not None)
    at = gap.outlook.years.index(year)
    first = STAGE_GRADES[stage][0]
    entering = float(
        sum(
            weight * gap.outlook.pupils(stage, area, first)[at]
            for area, weight in gap.weights(stage, areas).items()
        )
    )
    if planned <= 0:
        return None, "招生计划数是零"
    share = 100.0 * entering / planned
    return share, f"预计新生 {entering:.0f} 人，常态招生计划 {planned} 人，占 {share:.1f}%"


def _areas(row: Mapping[str, object], gap: Gap) -> tuple[str, ...]:
    if row["area"] is not None:
        return (str(row["area"]),)
    return gap.zones[str(row["zone"])] if row["zone"] is not None else gap.outlook.areas
