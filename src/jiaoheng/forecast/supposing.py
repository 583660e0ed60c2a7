"""What a scenario does to a forecast: factors by town, year and grade, and pupils who change towns."""

from __future__ import annotations

import numpy as np

from jiaoheng.forecast.outlook import STAGE_GRADES
from jiaoheng.forecast.scenario import Scenario
from jiaoheng.forecast.series import Array, Series


def supposed(
    point: Array, series: Series, towns: tuple[int, ...], entry_age: float, scenario: Scenario
) -> Array:
    """The forecast under a scenario.

    Parameters
    ----------
    point : (towns, years ahead, grades): the baseline.
    series : the counts before it, and the births.
    towns : the areas of the series that ``point`` is of.
    entry_age : years from birth to the first grade; with a part of a year, some children are of each age.
    scenario : checked against the county (`Scenario.check`).

    Returns
    -------
    Array
        The same shape. A cohort that is born larger stays larger; who moved in stays; who boards elsewhere is
        counted there; nobody is lost between towns, or between senior and vocational schools.
    """
    names = [series.labels[town] if series.labels else series.areas[town] for town in towns]
    codes = [series.areas[town] for town in towns]
    found = point * _births(series, point.shape[1], entry_age, scenario)[None]
    found = found * _migration(series, point.shape, codes, names, scenario)
    found = _upper_secondary(found, series, scenario)
    return _boarding(found, series, codes, names, scenario)


def _births(series: Series, ahead: int, entry_age: float, scenario: Scenario) -> Array:
    """(years, grades): how much larger each cohort was born."""
    factor = np.ones((ahead, len(series.grades)))
    if scenario.births is None:
        return factor
    whole, part = int(np.floor(entry_age)), entry_age - np.floor(entry_age)
    for step in range(ahead):
        for grade, depth in enumerate(_depths(series)):
            born = series.years[-1] + step + 1 - depth - whole
            own, older = _factor(scenario.births.factor, born), _factor(scenario.births.factor, born - 1)
            factor[step, grade] = (1.0 - part) * own + part * older
    return factor


def _factor(factors: dict[int, float], year: int) -> float:
    given = [each for each in sorted(factors) if each <= year]
    return factors[given[-1]] if given else 1.0


def _depths(series: Series) -> list[int]:
    depths = []
    for grade in range(len(series.grades)):
        depth, feeder = 0, series.feeders[grade]
        while feeder >= 0:
            depth, feeder = depth + 1, series.feeders[feeder]
        depths.append(depth)
    return depths


def _migration(
    series: Series, shape: tuple[int, ...], codes: list[str], names: list[str], scenario: Scenario
) -> Array:
    """(towns, years, grades): how much larger each cohort became by those who moved."""
    grown = np.ones(shape)
    for step in range(shape[1]):
        year = series.years[-1] + step + 1
        for grade, feeder in enumerate(series.feeders):
            # A cohort brings along who joined it in earlier grades.
            before = grown[:, step - 1, feeder] if step and feeder >= 0 else 1.0
            rate = np.zeros(shape[0])
            for move in scenario.migration:
                stages = STAGE_GRADES[move.stage] if move.stage else series.grades
                timely = (move.from_ or 0) <= year <= (move.until or 9999)
                if timely and series.grades[grade] in stages:
                    rate += [
                        move.rate * (not move.areas or code in move.areas or name in move.areas)
                        for code, name in zip(codes, names, strict=True)
                    ]
            grown[:, step, grade] = before * (1.0 + rate)
    return grown


def _upper_secondary(point: Array, series: Series, scenario: Scenario) -> Array:
    """The entrants of senior and vocational schools split as supposed; they keep their places afterwards."""
    if not scenario.senior_share:
        return point
    found = point.copy()
    for years_since, (senior, vocational) in enumerate((("g10", "v10"), ("g11", "v11"), ("g12", "v12"))):
        if senior not in series.grades or vocational not in series.grades:
            continue
        one, other = series.grades.index(senior), series.grades.index(vocational)
        for step in range(point.shape[1]):
            entered = series.years[-1] + step + 1 - years_since
            given = [year for year in sorted(scenario.senior_share) if year <= entered]
            if not given:
                continue
            # The share is of the whole county: towns with the one kind of school only cannot be split.
            wanted = scenario.senior_share[given[-1]]
            there = found[:, step, one].sum(), found[:, step, other].sum()
            if min(there) > 0:
                both = there[0] + there[1]
                found[:, step, one] *= wanted * both / there[0]
                found[:, step, other] *= (1.0 - wanted) * both / there[1]
    return found


def _boarding(point: Array, series: Series, codes: list[str], names: list[str], scenario: Scenario) -> Array:
    found = point.copy()
    for move in scenario.boarding:
        grades = [at for at, grade in enumerate(series.grades) if grade in STAGE_GRADES[move.stage]]
        target = next(at for at in range(len(codes)) if move.to in (codes[at], names[at]))
        for at in range(len(codes)):
            if codes[at] in move.from_ or names[at] in move.from_:
                for step in range(point.shape[1]):
                    if series.years[-1] + step + 1 >= move.since:
                        leaving = move.share * point[at, step, grades]
                        found[at, step, grades] -= leaving
                        found[target, step, grades] += leaving
    return found
