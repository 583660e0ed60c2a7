"""The programme of a tidal problem: which columns there are, which rows, and what they mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from jiaoheng.places.tidal.problem import Build, Move, Problem, Schedule, Site, Temporary
from jiaoheng.places.tidal.programme import Programme
from jiaoheng.places.tidal.rules import GRADES, Conversion

Terms = dict[int, int]


@dataclass(frozen=True)
class Model:
    """A programme and what its columns mean.

    Attributes
    ----------
    objectives : shortage, new seats, cost, in this order.
    """

    programme: Programme
    moves: dict[tuple[str, int, str, str], int]
    builds: dict[tuple[str, int, str], int]
    temporary: dict[tuple[str, int, str], int]
    objectives: list[Terms]

    def schedule(self, values: list[int]) -> Schedule:
        """The schedule that values of the columns stand for."""
        return Schedule(
            tuple(Move(*key, values[place]) for key, place in self.moves.items() if values[place]),
            tuple(Build(*key, values[place]) for key, place in self.builds.items() if values[place]),
            tuple(Temporary(*key, values[place]) for key, place in self.temporary.items() if values[place]),
        )


def model(problem: Problem) -> Model:
    """Build the programme; its best solutions are the best schedules, by the order of the objectives."""
    made = Model(Programme(), {}, {}, {}, [{}, {}, {}])
    supply: dict[tuple[str, str, int], Terms] = defaultdict(dict)
    fixed: dict[tuple[str, str, int], int] = defaultdict(int)
    for site in problem.sites:
        _site(problem, made, site, supply, fixed)
    for zone, stage, year in problem.cells():
        _cell(problem, made, (zone, stage, year), supply, fixed)
    return made


def _site(
    problem: Problem,
    made: Model,
    site: Site,
    supply: dict[tuple[str, str, int], Terms],
    fixed: dict[tuple[str, str, int], int],
) -> None:
    programme, rules, last = made.programme, problem.rules, problem.years[-1]
    most = sum(site.given(stage, last) for stage in site.stages) + site.growth
    ways = [one for one in rules.conversions if one.target in site.hosts and one.source in site.stages]
    if most == 0:
        return
    for year in problem.years:
        for way in ways:
            if year + way.years <= last:
                place = programme.column(-(-most // GRADES[way.source]))
                made.moves[site.code, year, way.source, way.target] = place
                made.objectives[2][place] = way.cost
        if site.growth and year >= problem.years[0] + rules.lead:
            for stage in site.hosts:
                place = programme.column(site.growth)
                made.builds[site.code, year, stage] = place
                norm = rules.stage(stage).norm
                made.objectives[1][place] = norm
                made.objectives[2][place] = norm * rules.stage(stage).build
    built = {place: -1 for key, place in made.builds.items() if key[0] == site.code}
    if built:
        programme.row(built, -site.growth)
    for stage in site.stages:
        _rooms(problem, made, site, stage, ways, most, supply, fixed)


def _rooms(
    problem: Problem,
    made: Model,
    site: Site,
    stage: str,
    ways: list[Conversion],
    most: int,
    supply: dict[tuple[str, str, int], Terms],
    fixed: dict[tuple[str, str, int], int],
) -> None:
    """The rooms of a stage are what was given, plus all that came, less all that left."""
    programme = made.programme
    changes: Terms = {}
    for year in problem.years:
        before, given_before = dict(changes), site.given(stage, year - 1)
        leaving: Terms = {}
        for way in ways:
            left = made.moves.get((site.code, year, way.source, way.target))
            if way.source == stage and left is not None:
                leaving[left] = 1
            came = made.moves.get((site.code, year - way.years, way.source, way.target))
            if way.target == stage and came is not None:
                changes[came] = 1
        changes |= dict.fromkeys(leaving, -1)
        built = made.builds.get((site.code, year, stage))
        if built is not None:
            changes[built] = 1
        given = site.given(stage, year)
        grades = GRADES[stage]
        if leaving:
            # left * grades <= rooms before + grades - 1: only graduating classes give up their rooms.
            terms = {**before, **dict.fromkeys(leaving, -grades)}
            programme.row(terms, 1 - grades - given_before)
        zone = problem.rules.zone(site.area, stage)
        fixed[zone, stage, year] += given
        for place, sign in changes.items():
            supply[zone, stage, year][place] = supply[zone, stage, year].get(place, 0) + sign
        if not changes:
            continue
        programme.row(changes, -given)
        largest = problem.largest(site, stage, year)
        if given + most > largest:
            programme.row({place: -sign for place, sign in changes.items()}, given - largest)
        least = problem.least(site, stage)
        if least > 1:
            held = programme.column(1)
            programme.row({**changes, held: -least}, -given)
            programme.row({**{place: -sign for place, sign in changes.items()}, held: most}, given)


def _cell(
    problem: Problem,
    made: Model,
    cell: tuple[str, str, int],
    supply: dict[tuple[str, str, int], Terms],
    fixed: dict[tuple[str, str, int], int],
) -> None:
    programme, rules = made.programme, problem.rules
    zone, stage, year = cell
    pupils, norm = problem.demand[cell], rules.stage(stage).norm
    classes: Terms = dict(supply[cell])
    if rules.temporary_most:
        place = programme.column(rules.temporary_most)
        made.temporary[zone, year, stage] = place
        made.objectives[2][place] = rules.temporary
        classes[place] = 1
    short = programme.column(pupils, whole=False)
    made.objectives[0][short] = 1
    # short >= pupils - norm * classes, and the rest of the hull of that for whole classes:
    # short >= rest * (needed - classes), where the last class needed is filled by ``rest`` pupils.
    needed = -(-pupils // norm)
    rest = pupils - norm * (needed - 1)
    for slope, low in ((norm, pupils - norm * fixed[cell]), (rest, rest * (needed - fixed[cell]))):
        programme.row({short: 1, **{place: slope * sign for place, sign in classes.items()}}, low)
