"""Population by town, age and sex, and births by town and year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jiaoheng.census.example import cohorts, published
from jiaoheng.census.example.chance import apportion, between, rounded, stream
from jiaoheng.census.example.land import TOWNS

Row = dict[str, object]

# Residents aged 20 to 100 in 2020, in thousands for each five years of age; the last is for 100 and over.
_ADULTS = (33.0, 42.0, 58.0, 55.0, 47.0, 53.0, 53.0, 43.0, 29.0, 29.0, 20.0, 13.5, 9.0, 4.6, 1.4, 0.35, 0.02)
# Where people live: the share of a town in 2020 in percent, and how it changes in a year.
_TOWN_SHARES = {
    "441284001": (24.5, 0.30),
    "441284002": (18.5, -0.05),
    "441284003": (11.0, 0.22),
    "441284106": (14.5, 0.10),
    "441284101": (5.0, -0.04),
    "441284109": (7.2, -0.10),
    "441284110": (5.2, -0.08),
    "441284102": (4.0, -0.09),
    "441284103": (2.8, -0.06),
    "441284104": (1.9, -0.05),
    "441284105": (2.6, -0.06),
    "441284107": (1.4, -0.05),
    "441284108": (1.4, -0.04),
}
_CHILDREN_AGES = {
    "preschool": range(3, 6),
    "primary": range(6, 12),
    "junior": range(12, 15),
    "senior": range(15, 18),
}


def population(seed: int, year: int) -> list[Row]:
    """The rows of ``population``: residents, registered people and school-age children.

    The residents of 2020 add up to the census of 2020; the other years are rolled from it. School-age
    children are the education bureau's own count, for ages 3 to 17 only.
    """
    residents = residents_by_age(year)
    total = published.REGISTERED[year - 2016]
    registered = apportion(total, [number * _registered_pull(age) for age, number in enumerate(residents)])
    children = school_age(year)
    rows: list[Row] = []
    living = [_towns(seed, number, age, year) for age, number in enumerate(residents)]
    listed = [_towns(seed, number, age, 2016) for age, number in enumerate(registered)]
    schooled = {age: _towns(seed, number, age, year) for age, number in children.items()}
    for index, town in enumerate(TOWNS):
        for age in range(101):
            numbers: dict[str, tuple[int | None, int | None]] = {
                "resident": _sexes(living[age][index], age),
                "registered": _sexes(listed[age][index], age),
                "school_age": _sexes(schooled[age][index], age) if age in schooled else (None, None),
            }
            for which, sex in enumerate(("male", "female")):
                split = {name: pair[which] for name, pair in numbers.items()}
                rows.append({"area_code": town.code, "age": age, "sex": sex, **split})
    return rows


def births(seed: int, year: int) -> list[Row]:
    """The rows of ``births``: every full year since 2010, up to the year before."""
    rows: list[Row] = []
    for birth_year, number in published.BIRTHS.items():
        if birth_year >= year:
            continue
        everyone = _towns(seed, number, 0, birth_year)
        registered = _towns(seed, rounded(number * 0.74), 0, birth_year)
        for town, count, own in zip(TOWNS, everyone, registered, strict=True):
            rows.append(
                {
                    "area_code": town.code,
                    "birth_year": birth_year,
                    "births": count,
                    "registered_births": min(own, count),
                }
            )
    return rows


@cache
def residents_by_age(year: int) -> tuple[int, ...]:
    """Residents of the county by single year of age, 0 to 100; the last is 100 and over."""
    base = _census_2020()
    if year == 2020:
        return base
    shift = year - 2020
    weights = [0.0] * 101
    for age in range(101):
        before = age - shift
        if before < 0:
            # Born since: a school year's worth of births of two calendar years.
            weights[age] = (published.BIRTHS[year - age - 1] * 2 + published.BIRTHS.get(year - age, 4300)) / 3
        elif before <= 100:
            weights[age] = base[before] * _survival(age, before)
    if shift > 0:
        # Families with children of school age go on moving in.
        here = (*cohorts.totals("primary")[year], *cohorts.totals("junior")[year])
        for age, pupils in enumerate(here, 6):
            weights[age] = pupils / (0.985 if age < 12 else 0.895)
    weights[100] += base[100] * 0.6 if shift > 0 else 0.0
    return tuple(apportion(published.RESIDENTS[year - 2016], weights))


@cache
def school_age(year: int) -> Mapping[int, int]:
    """School-age children by age, 3 to 17, as the education bureau counts them.

    The sums over 3-5, 6-11, 12-14 and 15-17 are what the published enrolment ratios follow from.
    """
    rates = published.RATES
    seniors = cohorts.pupils("senior", year) + cohorts.pupils("vocational", year) + elsewhere(year)
    totals = {
        "preschool": rounded(
            cohorts.pupils("preschool", year) / published.at(rates["gross_preschool"], year)
        ),
        "primary": rounded(cohorts.pupils("primary", year) * 50478 / 50660),
        "junior": rounded(cohorts.pupils("junior", year) * 19573 / 20050),
        "senior": rounded(seniors / published.at(rates["gross_senior"], year)),
    }
    grades = {stage: cohorts.totals(stage)[year] for stage in totals}
    found: dict[int, int] = {}
    for stage, ages in _CHILDREN_AGES.items():
        found |= dict(zip(ages, apportion(totals[stage], grades[stage]), strict=True))
    return found


def elsewhere(year: int) -> int:
    """Children of the county who go to senior or vocational schools outside it."""
    return 3300 - 45 * (year - 2020)


@cache
def _census_2020() -> tuple[int, ...]:
    children = published.CENSUS_2020_AGES
    weights = [_ADULTS[age // 5 - 4] for age in range(20, 100)] + [_ADULTS[-1] * 5]
    return children + tuple(apportion(published.RESIDENTS[4] - sum(children), weights))


def _survival(age: int, before: int) -> float:
    """What is left of a cohort at an age of what it was, or will be, at another (1 below fifty)."""
    left, step = 1.0, 1 if age > before else -1
    for passed in range(min(age, before), max(age, before)):
        loss = 0.0 if passed < 50 else 0.004 if passed < 65 else 0.02 if passed < 80 else 0.09
        left *= 1 - loss if step > 0 else 1 / (1 - loss)
    return left


def _registered_pull(age: int) -> float:
    """Many residents of working age, and their children, are registered elsewhere."""
    return 0.72 if age < 18 else 0.55 if age < 45 else 0.85


def _towns(seed: int, number: int, age: int, year: int) -> list[int]:
    weights = []
    for town in TOWNS:
        share, drift = _TOWN_SHARES[town.code]
        weight = share + drift * (year - 2020)
        # The young live in the city, the old in the villages.
        central = town.code in published.CENTRAL_TOWNS
        tilt = (1.06 if age < 50 else 0.88) if central else (0.87 if age < 50 else 1.28)
        weights.append(weight * tilt * _leaning(seed, town.code, age))
    return apportion(number, weights)


@cache
def _leaning(seed: int, town: str, age: int) -> float:
    """How far a town has more or fewer people of an age than its neighbours."""
    return between(stream(seed, "town", town, age), 0.97, 1.03)


def _sexes(number: int, age: int) -> tuple[int, int]:
    men = 0.531 if age < 20 else 0.52 if age < 60 else 0.49 if age < 75 else 0.43
    male = rounded(number * men)
    return male, number - male
