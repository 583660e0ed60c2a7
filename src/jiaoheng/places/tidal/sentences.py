"""A tidal plan as a table and as sentences."""

from __future__ import annotations

import polars as pl

from jiaoheng import terms
from jiaoheng.places.tidal.solve import Tidal

TIDAL = {
    "year": pl.Int64,
    "school_code": pl.String,
    "school": pl.String,
    "action": pl.String,
    "from_stage": pl.String,
    "to_stage": pl.String,
    "classes": pl.Int64,
    "seats": pl.Int64,
    "ready": pl.Int64,
    "cost": pl.Int64,
}
"""Columns of `frame`. ``action`` is ``convert``, ``build`` or ``temporary``; of a temporary class the school
is null; ``year`` is when a conversion begins and a building opens, ``ready`` when pupils can sit there."""


def frame(found: Tidal) -> pl.DataFrame:
    """One row for each step, by year and school (columns: `TIDAL`); cost in yuan."""
    rules = found.problem.rules
    names = {site.code: site.name for site in found.problem.sites}
    ways = {(one.source, one.target): one for one in rules.conversions}
    rows: list[tuple[object, ...]] = []
    for move in found.schedule.moves:
        way = next(one for pair, one in ways.items() if pair == (move.source, move.target))
        seats = move.classes * rules.stage(move.target).norm
        rows.append(
            (
                move.year,
                move.site,
                names[move.site],
                "convert",
                move.source,
                move.target,
                move.classes,
                seats,
                move.year + way.years,
                move.classes * way.cost,
            )
        )
    for build in found.schedule.builds:
        stage = rules.stage(build.stage)
        seats = build.classes * stage.norm
        rows.append(
            (
                build.year,
                build.site,
                names[build.site],
                "build",
                None,
                build.stage,
                build.classes,
                seats,
                build.year,
                seats * stage.build,
            )
        )
    for one in found.schedule.temporary:
        seats = one.classes * rules.stage(one.stage).norm
        cost = one.classes * rules.temporary
        rows.append((one.year, None, None, "temporary", None, one.stage, one.classes, seats, one.year, cost))
    made = pl.DataFrame(rows, schema=TIDAL, orient="row")
    return made.sort("year", "action", "school_code", "from_stage", "to_stage", nulls_last=True)


def sentences(found: Tidal) -> tuple[str, ...]:
    """What comes of the plan, what must give, and how sure the plan is; for a report or a screen."""
    score, before = found.checked.score, found.untouched.score
    converted = sum(one.classes for one in found.schedule.moves)
    told = [
        f"不转换、不新建，{_span(found)}缺学位 {before.shortage:,} 人次（一名学生一年为一人次）；"
        f"按下面的安排，缺 {score.shortage:,} 人次。"
    ]
    if converted:
        schools = len({one.site for one in found.schedule.moves})
        told.append(f"{schools} 所学校转换 {converted} 个班的教室。")
    elif found.problem.rules.conversions:
        told.append("没有值得转换的教室。")
    told.append(
        f"新建学位 {score.seats:,} 个；转换、新建和临时班共 {score.cost / 10_000:,.2f} 万元。"
        if score.seats
        else f"不用新建学位；转换和临时班共 {score.cost / 10_000:,.2f} 万元。"
    )
    told += _what_must_give(found)
    if found.proven:
        way = "其中缺口和新建另经整数核算证明" if all(found.certified[:2]) else "由求解器证明，安排经逐条核对"
        told.append(f"没有缺口更小的安排；缺口同样小的，没有新建更少、花费更低的（{way}）。")
    else:
        told.append(
            f"在时限内没有证明是最好的：缺口至少 {found.bound.shortage:,} 人次，"
            f"缺口相同时新建至少 {found.bound.seats:,} 个，花费至少 {found.bound.cost / 10_000:,.2f} 万元。"
        )
    if found.problem.rules.note:
        told.append(f"规则和单价：{found.problem.rules.note}。")
    return tuple(told)


def _what_must_give(found: Tidal) -> list[str]:
    """Where pupils stay without a seat, the largest first, and whether time or room is what lacks."""
    rules, first = found.problem.rules, found.problem.years[0]
    short = sorted(found.checked.short.items(), key=lambda cell: (-cell[1], cell[0]))
    if not short:
        return []
    early = sum(pupils for (_, _, year), pupils in short if year < first + rules.lead)
    told = []
    if early:
        told.append(
            f"{first + rules.lead} 年之前新建来不及（从决定到投用 {rules.lead} 年），其间缺 {early:,} 人次："
            "只能靠临时班、购买民办学位或放宽班额。"
        )
    late = [(cell, pupils) for cell, pupils in short if cell[2] >= first + rules.lead]
    if late:
        (zone, stage, year), most = late[0]
        where = found.problem.areas.get(zone, zone) or "全县"
        told.append(
            f"此后仍缺 {sum(pupils for _, pupils in late):,} 人次，最多的是 {where} {year} 年"
            f"{terms.label('stage', stage)}，缺 {most:,} 个：请放宽可新建的班数、可举办的学段或班额。"
        )
    return told


def _span(found: Tidal) -> str:
    first, last = found.problem.years[0], found.problem.years[-1]
    return f"{first} 年" if first == last else f"{first}—{last} 年"
