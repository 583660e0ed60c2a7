"""Who goes where: the county's grades shared out among its schools, and split into classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jiaoheng.census.example import cohorts, published
from jiaoheng.census.example.chance import apportion, between, stream
from jiaoheng.census.example.directory import GRADES, School, schools
from jiaoheng.census.example.published import YEARS

# How the weight of a town changes in a year, from 2020 on and back.
_DRIFT = {
    "441284001": 0.020,
    "441284002": -0.006,
    "441284003": 0.014,
    "441284106": 0.010,
    "441284101": -0.015,
    "441284109": 0.004,
    "441284110": 0.000,
    "441284104": -0.012,
    "441284107": -0.015,
    "441284108": -0.012,
}
# How many grades a new school opens with.
_FIRST_GRADES = {"preschool": 3, "primary": 2, "junior": 1, "senior": 1}
_KINDERGARTEN_NORM = {"k1": 25, "k2": 30, "k3": 35}


@dataclass(frozen=True)
class Group:
    """The pupils of one school, stage and year.

    Attributes
    ----------
    grades : pupils by grade.
    girls : of them girls.
    classes : the sizes of the classes by grade.
    """

    school: School
    stage: str
    year: int
    grades: Mapping[str, int]
    girls: Mapping[str, int]
    classes: Mapping[str, tuple[int, ...]]

    @property
    def pupils(self) -> int:
        return sum(self.grades.values())

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of all classes."""
        return tuple(size for sizes in self.classes.values() for size in sizes)

    @property
    def first(self) -> int:
        """Pupils of the lowest grade."""
        return self.grades[GRADES[self.stage][0]]

    @property
    def last(self) -> int:
        """Pupils of the highest grade."""
        return self.grades[GRADES[self.stage][-1]]


Groups = Mapping[tuple[str, str], Group]
"""The groups of a year by school code and stage, in the order of the directory."""


def enrol(seed: int) -> Mapping[int, Groups]:
    """The pupils of every school, stage and year. The sums over the county are those of `cohorts`."""
    return {year: _year(seed, year) for year in YEARS}


def girls_among(seed: int, school: School, stage: str, cohort: int) -> Callable[[int], int]:
    """How many of the first so many children of a cohort of a school are girls.

    A cohort is named by the year in which it was in the stage's first grade. The same children are girls in
    every year, whatever number of them is still there.
    """
    rng = stream(seed, "girls", school.code, stage, cohort)
    share, phase = between(rng, 0.445, 0.485), rng.random()
    return lambda count: int(count * share + phase)


def _year(seed: int, year: int) -> Groups:
    members: dict[str, list[School]] = {}
    for school in schools():
        for stage in school.stages_in(year):
            members.setdefault(stage, []).append(school)
    found: dict[tuple[str, str], Group] = {}
    for stage, there in members.items():
        counts = _shares(seed, there, stage, year)
        for school, numbers in zip(there, counts, strict=True):
            found[school.code, stage] = _group(seed, school, stage, year, numbers)
    order = {school.code: number for number, school in enumerate(schools())}
    return dict(sorted(found.items(), key=lambda item: order[item[0][0]]))


def _shares(seed: int, there: Sequence[School], stage: str, year: int) -> list[tuple[int, ...]]:
    """For each school its pupils by grade."""
    if stage == "special":
        pull = (1.3, 1.3, 1.2, 1.2, 1.1, 1.1, 1.0, 0.9, 0.8)
        return [tuple(apportion(cohorts.pupils(stage, year), pull))]
    by_grade = []
    for index, total in enumerate(cohorts.totals(stage)[year]):
        weights = _weights(seed, there, stage, year, index)
        if stage in ("primary", "junior"):
            by_grade.append(_central_and_outside(there, weights, total, year))
        else:
            by_grade.append(apportion(total, weights))
    return list(zip(*by_grade, strict=True))


def _central_and_outside(
    there: Sequence[School], weights: Sequence[float], total: int, year: int
) -> list[int]:
    everybody = cohorts.pupils("primary", year) + cohorts.pupils("junior", year)
    inside = [school.area in published.CENTRAL_TOWNS for school in there]
    central = int(total * cohorts.central_compulsory(year) / everybody + 0.5)
    first = apportion(central, [weight * is_in for weight, is_in in zip(weights, inside, strict=True)])
    rest = apportion(
        total - central, [weight * (not is_in) for weight, is_in in zip(weights, inside, strict=True)]
    )
    return [one + other for one, other in zip(first, rest, strict=True)]


def _weights(seed: int, there: Sequence[School], stage: str, year: int, index: int) -> list[float]:
    """The town's weight, shared among its schools by size; a new school starts with its lowest grades."""
    pull = [
        school.sizes[stage]
        * _started(school, stage, year, index)
        * _favour(school, year)
        # A cohort keeps what it has more or less than others, from grade to grade.
        * between(stream(seed, "cohort", school.code, stage, year - index), 0.94, 1.06)
        for school in there
    ]
    if stage in ("senior", "vocational"):
        return pull
    towns: dict[str, float] = {}
    for school, weight in zip(there, pull, strict=True):
        towns[school.area] = towns.get(school.area, 0.0) + weight
    return [
        weight * _town(school.area, stage, year) / towns[school.area]
        for school, weight in zip(there, pull, strict=True)
    ]


@cache
def _town(area: str, stage: str, year: int) -> float:
    base = sum(
        school.sizes[stage] for school in schools() if school.area == area and stage in school.stages_in(2020)
    )
    return base * (1 + _DRIFT.get(area, -0.008) * (year - 2020))


def _started(school: School, stage: str, year: int, index: int) -> float:
    age = year - school.stage_opened(stage)
    if stage == "preschool":
        return (0.55, 0.8)[age] if age < 2 else 1.0
    return 1.0 if index < age + _FIRST_GRADES.get(stage, 9) else 0.0


def _favour(school: School, year: int) -> float:
    """Private schools lose ground after 2021, when the rules on them change."""
    since = max(0, year - 2021)
    if school.ownership == "private":
        return 1 - (0.05 if school.kindergarten else 0.03) * since
    return 1.0


def _group(seed: int, school: School, stage: str, year: int, numbers: Sequence[int]) -> Group:
    grades = dict(zip(GRADES[stage], numbers, strict=True))
    girls = {
        grade: girls_among(seed, school, stage, year - index)(count)
        for index, (grade, count) in enumerate(grades.items())
    }
    classes = {grade: _classes(seed, school, stage, year, grade, count) for grade, count in grades.items()}
    return Group(school, stage, year, grades, girls, classes)


def _classes(seed: int, school: School, stage: str, year: int, grade: str, count: int) -> tuple[int, ...]:
    """Class sizes: as even as a school makes them, not quite equal."""
    if not count:
        return ()
    most = _class_size(seed, school, stage, year, grade)
    number = -(-count // most)
    sizes = [count // number + (index < count % number) for index in range(number)]
    rng = stream(seed, "classes", school.code, grade, year)
    for index in range(1, number):
        moved = int(between(rng, 0, 2.4))
        if sizes[index] - moved > 5 and sizes[index - 1] + moved <= most:
            sizes[index - 1] += moved
            sizes[index] -= moved
    return tuple(sizes)


def _class_size(seed: int, school: School, stage: str, year: int, grade: str) -> int:
    """The largest class that a school makes. Crowded town schools go over the norm, every year less so."""
    rng = stream(seed, "class size", school.code, stage)
    crowded = rng.random()
    ease = max(0, year - 2019)
    if stage == "preschool":
        return _KINDERGARTEN_NORM[grade] + (3 if crowded < 0.12 else 0)
    if stage == "special":
        return 14
    if stage in ("senior", "vocational"):
        return 55 - min(ease, 4) if crowded < 0.5 else 50
    norm = 45 if stage == "primary" else 50
    if not school.urban:
        return norm - int(crowded * 5)
    over = 12 if "dense" in school.tags else 7 if crowded < 0.4 else 3 if crowded < 0.6 else 0
    return norm + max(0, over - ease)
