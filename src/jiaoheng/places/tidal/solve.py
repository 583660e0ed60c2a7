"""The best schedule: least shortage, then least new building, then least cost; proven, and checked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jiaoheng.places.tidal.check import Checked, check
from jiaoheng.places.tidal.model import model
from jiaoheng.places.tidal.problem import Problem, Schedule, Score, Site, TidalError
from jiaoheng.places.tidal.programme import Proven

SECONDS = 60.0
"""How long one objective of one group of sites may take."""


@dataclass(frozen=True)
class Tidal:
    """A schedule, what it comes to, and what is known of better ones.

    Attributes
    ----------
    untouched : what comes of doing nothing.
    bound : no schedule is better than this; the parts of ``checked.score`` that equal it are proven.
    certified : of shortage, seats and cost: whether multipliers prove the bound without the solver.
    """

    problem: Problem
    schedule: Schedule
    checked: Checked
    untouched: Checked
    bound: Score
    certified: tuple[bool, bool, bool]
    seconds: float

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.checked.score == self.bound


def plan(problem: Problem, *, seconds: float = SECONDS) -> Tidal:
    """Find the best schedule.

    Sites that share no zone, directly or through others, are solved apart: the sum of the best is the best.

    Raises
    ------
    TidalError
        No schedule was found in time, or the one that was found breaks a rule.
    """
    began = time.monotonic()
    found: list[Schedule] = []
    proven: list[tuple[Proven, ...]] = []
    for part in parts(problem):
        made = model(part)
        values, levels = made.programme.minimise(made.objectives, seconds=seconds)
        if values is None:
            names = "、".join(site.name for site in part.sites[:3])
            raise TidalError(
                f"潮汐学位：{names}等 {len(part.sites)} 所学校，{seconds:g} 秒内没有求出安排。"
                "请减少年份或放宽规则后重试。"
            )
        found.append(made.schedule(values))
        proven.append(levels)
    schedule = Schedule(
        tuple(one for each in found for one in each.moves),
        tuple(one for each in found for one in each.builds),
        tuple(one for each in found for one in each.temporary),
    )
    checked = check(problem, schedule)
    if checked.faults:
        raise TidalError(f"潮汐学位：求出的安排没有通过核对：{checked.faults[0]}请报告这个问题。")
    bounds = [sum(levels[place].bound for levels in proven) for place in range(3)]
    certified = [all(levels[place].certified for levels in proven) for place in range(3)]
    return Tidal(
        problem,
        schedule,
        checked,
        check(problem, Schedule()),
        Score(*bounds),
        (certified[0], certified[1], certified[2]),
        time.monotonic() - began,
    )


def parts(problem: Problem) -> list[Problem]:
    """The problem in parts that share no zone."""
    leaders: dict[tuple[str, str], tuple[str, str]] = {}

    def leader(zone: tuple[str, str]) -> tuple[str, str]:
        while leaders.setdefault(zone, zone) != zone:
            zone = leaders[zone]
        return zone

    def zones(site: Site) -> list[tuple[str, str]]:
        return [(problem.rules.zone(site.area, stage), stage) for stage in site.stages]

    for site in problem.sites:
        for zone in zones(site)[1:]:
            leaders[leader(zone)] = leader(zones(site)[0])
    sites: dict[tuple[str, str], list[Site]] = {}
    demand: dict[tuple[str, str], dict[tuple[str, str, int], int]] = {}
    for site in problem.sites:
        if site.stages:
            sites.setdefault(leader(zones(site)[0]), []).append(site)
    for cell, pupils in problem.demand.items():
        demand.setdefault(leader(cell[:2]), {})[cell] = pupils
    return [
        replace(problem, sites=tuple(sites.get(key, ())), demand=_of(demand, key))
        for key in sorted({*sites, *demand})
    ]


def _of(
    demand: Mapping[tuple[str, str], dict[tuple[str, str, int], int]], key: tuple[str, str]
) -> dict[tuple[str, str, int], int]:
    return demand.get(key, {})
