"""A schedule held against the rules in whole numbers; it knows nothing of the solver."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jiaoheng.places.tidal.problem import Build, Move, Problem, Schedule, Score, Site, Temporary
from jiaoheng.places.tidal.rules import GRADES, Conversion


@dataclass(frozen=True)
class Checked:
    """What a schedule comes to.

    Attributes
    ----------
    score : shortage, new seats, cost.
    rooms : classes by site, stage and year.
    short : pupils without a seat, by zone, stage and year; cells without shortage are left out.
    faults : rules that are broken, a Chinese sentence each.
    """

    score: Score
    rooms: dict[tuple[str, str, int], int]
    short: dict[tuple[str, str, int], int]
    faults: tuple[str, ...]


def check(problem: Problem, schedule: Schedule) -> Checked:
    """Carry a schedule out, year by year, and note every rule that it breaks."""
    faults = _unknown(problem, schedule)
    rooms: dict[tuple[str, str, int], int] = {}
    for site in problem.sites:
        faults += _carry_out(problem, schedule, site, rooms)
    places: Counter[tuple[str, str, int]] = Counter()
    areas = {site.code: site.area for site in problem.sites}
    for (code, stage, year), classes in rooms.items():
        places[problem.rules.zone(areas[code], stage), stage, year] += classes
    for one in schedule.temporary:
        places[one.zone, one.stage, one.year] += one.classes
    faults += _temporary(problem, schedule)
    short = {}
    for cell, pupils in problem.demand.items():
        missing = pupils - places[cell] * problem.rules.stage(cell[1]).norm
        if missing > 0:
            short[cell] = missing
    seats = sum(one.classes * problem.rules.stage(one.stage).norm for one in schedule.builds)
    return Checked(Score(sum(short.values()), seats, _cost(problem, schedule)), rooms, short, tuple(faults))


def _unknown(problem: Problem, schedule: Schedule) -> list[str]:
    codes = {site.code for site in problem.sites}
    at_sites: list[Move | Build] = [*schedule.moves, *schedule.builds]
    everything: list[Move | Build | Temporary] = [*at_sites, *schedule.temporary]
    faults = [f"{one.year} 年有负的班数：{one.classes}。" for one in everything if one.classes < 0]
    faults += [f"{one.year} 年不在计划的年份之内。" for one in everything if one.year not in problem.years]
    return faults + [f"没有学校 {one.site}。" for one in at_sites if one.site not in codes]


def _carry_out(
    problem: Problem, schedule: Schedule, site: Site, rooms: dict[tuple[str, str, int], int]
) -> list[str]:
    faults = []
    moves = [one for one in schedule.moves if one.site == site.code]
    builds = [one for one in schedule.builds if one.site == site.code]
    pairs: dict[tuple[str, str], Conversion] = {
        (one.source, one.target): one for one in problem.rules.conversions
    }
    for move in moves:
        known = (move.source, move.target) in pairs and move.source in site.stages
        if not known or move.target not in site.hosts:
            faults.append(f"{site.name}不能由 {move.source} 转为 {move.target}。")
            return faults
    for build in builds:
        if build.stage not in site.hosts:
            faults.append(f"{site.name}不能办 {build.stage}。")
        if build.year < problem.years[0] + problem.rules.lead:
            faults.append(f"{site.name} {build.year} 年来不及建成。")
    if sum(one.classes for one in builds) > site.growth:
        faults.append(f"{site.name}新建超过 {site.growth} 个班。")
    now = {stage: site.classes.get(stage, 0) for stage in site.stages}
    for year in problem.years:
        for stage in site.stages:
            left = sum(one.classes for one in moves if one.year == year and one.source == stage)
            if left * GRADES[stage] > now[stage] + GRADES[stage] - 1:
                faults.append(f"{site.name} {year} 年 {stage} 腾出 {left} 个班，多于毕业的班。")
            come = sum(
                one.classes
                for one in moves
                if one.target == stage and one.year + pairs[one.source, one.target].years == year
            )
            opened = site.added.get((stage, year), 0)
            built = sum(one.classes for one in builds if one.year == year and one.stage == stage)
            now[stage] += come + opened + built - left
            if now[stage] < 0:
                faults.append(f"{site.name} {year} 年 {stage} 的班数是负数。")
            if 0 < now[stage] < problem.least(site, stage):
                faults.append(f"{site.name} {year} 年 {stage} 只有 {now[stage]} 个班，少于下限。")
            if now[stage] > problem.largest(site, stage, year):
                faults.append(f"{site.name} {year} 年 {stage} 有 {now[stage]} 个班，多于上限。")
            rooms[site.code, stage, year] = now[stage]
    return faults


def _temporary(problem: Problem, schedule: Schedule) -> list[str]:
    used: Counter[tuple[str, str, int]] = Counter()
    for one in schedule.temporary:
        used[one.zone, one.stage, one.year] += one.classes
    most = problem.rules.temporary_most
    return [
        f"{zone or '全县'} {year} 年 {stage} 有 {classes} 个临时班，多于 {most} 个。"
        for (zone, stage, year), classes in used.items()
        if classes > most
    ]


def _cost(problem: Problem, schedule: Schedule) -> int:
    prices: dict[tuple[str, str], int] = {
        (one.source, one.target): one.cost for one in problem.rules.conversions
    }
    stage = problem.rules.stage
    converted = sum(one.classes * prices.get((one.source, one.target), 0) for one in schedule.moves)
    built = sum(one.classes * stage(one.stage).norm * stage(one.stage).build for one in schedule.builds)
    return int(converted + built + problem.rules.temporary * sum(one.classes for one in schedule.temporary))
