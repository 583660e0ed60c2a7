"""Problems so small that every schedule can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

from jiaoheng.places.tidal import GRADES, Build, Conversion, Move, Problem, Rules, Schedule, Site, Temporary


def tiny(seed: int) -> Problem:
    """One or two sites, two or three stages, two or three years."""
    dice = Random(seed)
    stages = dice.choice([("primary", "junior"), ("preschool", "primary"), ("junior", "senior")])
    conversions = [
        {"from": a, "to": b, "cost": dice.choice([0, 3, 10]), "years": dice.choice([0, 1])}
        for a, b in (stages, stages[::-1])
    ][: dice.choice([1, 2])]
    rules = Rules.model_validate(
        {
            "stages": {
                stage: {
                    "norm": dice.choice([2, 3, 5]),
                    "least": dice.choice([1, 1, 2]),
                    "largest": dice.choice([3, 5]),
                    "build": dice.choice([1, 7]),
                }
                for stage in stages
            },
            "conversions": conversions,
            "lead": dice.choice([0, 1]),
            "temporary": dice.choice([0, 4]),
            "temporary_most": dice.choice([0, 0, 1]),
        }
    )
    years = tuple(range(2026, 2026 + dice.choice([1, 2, 3])))
    sites = []
    for at in range(dice.choice([1, 1, 2])):
        classes = {stage: dice.choice([0, 0, 1, 3]) for stage in stages}
        added = {(dice.choice(stages), dice.choice(years)): 1} if dice.random() < 0.2 else {}
        hosts = stages if dice.random() < 0.8 else stages[:1]
        sites.append(
            Site(str(at), f"学校{at}", dice.choice("甲乙"), classes, hosts, dice.choice([0, 1]), added)
        )
    zones = {rules.zone(site.area, stage) for site in sites for stage in stages}
    demand = {
        (zone, stage, year): dice.randrange(12)
        for zone in sorted(zones)
        for stage in stages
        if (zone == "") == (stage in rules.pooled)
        for year in years
    }
    return Problem(years, tuple(sites), demand, rules)


def schedules(problem: Problem, *, most: int) -> Iterator[Schedule] | None:
    """Every schedule that could keep the rules; None where there are more than ``most``."""
    things: list[tuple[type, tuple[object, ...]]] = []
    highs: list[int] = []
    for site in problem.sites:
        rooms = sum(site.classes.values()) + sum(site.added.values()) + site.growth
        for year, way in product(problem.years, problem.rules.conversions):
            if rooms and way.target in site.hosts:
                things.append((Move, (site.code, year, way.source, way.target)))
                highs.append(-(-rooms // GRADES[way.source]))
        for year, stage in product(problem.years, site.hosts):
            if site.growth and year >= problem.years[0] + problem.rules.lead:
                things.append((Build, (site.code, year, stage)))
                highs.append(site.growth)
    for (zone, stage, year), pupils in problem.demand.items():
        if problem.rules.temporary_most and pupils:
            things.append((Temporary, (zone, year, stage)))
            highs.append(problem.rules.temporary_most)
    count = 1
    for high in highs:
        count *= high + 1
    return _all(things, highs) if count <= most else None


def _all(things: list[tuple[type, tuple[object, ...]]], highs: list[int]) -> Iterator[Schedule]:
    for values in product(*(range(high + 1) for high in highs)):
        done = [kind(*key, value) for (kind, key), value in zip(things, values, strict=True) if value]
        yield Schedule(
            tuple(one for one in done if isinstance(one, Move)),
            tuple(one for one in done if isinstance(one, Build)),
            tuple(one for one in done if isinstance(one, Temporary)),
        )


def wave() -> Problem:
    """A school with primary rooms to spare when the junior stage is full, and ground to build on."""
    rules = Rules(
        stages={
            "primary": {"norm": 45, "least": 6, "largest": 36, "build": 90},
            "junior": {"norm": 50, "least": 3, "largest": 36, "build": 120},
        },
        conversions=(Conversion(source="primary", target="junior", cost=1000, years=1),),
        lead=2,
        temporary=500,
        temporary_most=1,
    )
    years = tuple(range(2026, 2031))
    school = Site("1", "中心小学", "甲", {"primary": 24}, ("primary", "junior"))
    ground = Site("2", "新校址", "甲", {}, ("junior",), growth=6)
    demand = {("甲", "primary", year): 1080 - 180 * at for at, year in enumerate(years)}
    demand |= {("甲", "junior", year): 60 * at + 60 for at, year in enumerate(years)}
    return Problem(years, (school, ground), demand, rules)
