"""How many pupils the county has in every grade and year: cohorts that move up, gain some, lose some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from jiaoheng.census.example import published
from jiaoheng.census.example.chance import rounded
from jiaoheng.census.example.published import YEARS

# How much a primary cohort grows from the year before to this one (families that move in, then out).
_MOVES = {2017: 1.032, 2018: 1.030, 2019: 1.026, 2020: 1.022}
_MOVES |= {2021: 1.012, 2022: 1.004, 2023: 0.999, 2024: 0.996, 2025: 0.995}
# The part of a sixth grade that starts junior school in the county.
_STAYING = {2017: 0.940, 2018: 0.942, 2019: 0.944, 2020: 0.946}
_STAYING |= {2021: 0.950, 2022: 0.953, 2023: 0.956, 2024: 0.958, 2025: 0.960}
_JUNIOR_STEPS = (0.998, 0.997)
_ENTRANTS = {2021: 9050, 2022: 9000, 2023: 9250, 2024: 8950, 2025: 8200}
_NINTH = {2019: 6010, 2018: 5830, 2017: 5700, 2016: 5640}
_KINDERGARTEN = {2014: 4850, 2015: 5050, 2016: 5350, 2017: 5700, 2018: 6051, 2019: 6000, 2020: 5900}
_KINDERGARTEN |= {2021: 6350, 2022: 5700, 2023: 4900, 2024: 4350, 2025: 4050}
_TENTH = {2016: (2700, 1060), 2017: (2780, 1110), 2018: (2990, 1130), 2019: (3090, 1230), 2020: (3180, 1290)}
_TENTH |= {2021: (3260, 1350), 2022: (3500, 1440), 2023: (3690, 1530), 2024: (3860, 1600), 2025: (4060, 1690)}
_SPECIAL = {
    2016: 118,
    2017: 150,
    2018: 182,
    2019: 210,
    2020: 235,
    2021: 246,
    2022: 257,
    2023: 268,
    2024: 276,
    2025: 283,
}


@cache
def totals(stage: str) -> Mapping[int, tuple[int, ...]]:
    """Pupils of the county by year, one number for each grade of the stage, lowest first."""
    makers: Mapping[str, Callable[[], Mapping[int, tuple[int, ...]]]] = {
        "preschool": _preschool,
        "primary": lambda: {year: grades[:6] for year, grades in _compulsory().items()},
        "junior": lambda: {year: grades[6:] for year, grades in _compulsory().items()},
        "senior": lambda: _upper(0, (2650, 2580), published.SENIOR_2020),
        "vocational": lambda: _upper(1, (1020, 980), published.VOCATIONAL_2020),
        "special": lambda: {year: (pupils,) for year, pupils in _SPECIAL.items()},
    }
    return makers[stage]()


def pupils(stage: str, year: int) -> int:
    """Pupils of a stage in a year."""
    return sum(totals(stage)[year])


def central_compulsory(year: int) -> int:
    """Compulsory pupils of the five central towns."""
    first, last = published.CENTRAL_COMPULSORY[2016], published.CENTRAL_COMPULSORY[2021]
    if year <= 2021:
        return first + (last - first) * (year - 2016) // 5
    outside = {2022: 15000, 2023: 14700, 2024: 14300, 2025: 13700}[year]
    return pupils("primary", year) + pupils("junior", year) - outside


@cache
def _compulsory() -> Mapping[int, tuple[int, ...]]:
    years: dict[int, tuple[int, ...]] = {2020: published.PRIMARY_2020 + published.JUNIOR_2020}
    for year in range(2021, YEARS[-1] + 1):
        before = years[year - 1]
        primary = [_ENTRANTS[year], *(rounded(number * _MOVES[year]) for number in before[:5])]
        junior = [rounded(before[5] * _STAYING[year])]
        junior += [rounded(number * step) for number, step in zip(before[6:8], _JUNIOR_STEPS, strict=True)]
        years[year] = tuple(primary + junior)
    for year in range(2019, YEARS[0] - 1, -1):
        after = years[year + 1]
        primary = [rounded(number / _MOVES[year + 1]) for number in after[1:6]]
        sixth = rounded(after[6] / _STAYING[year + 1])
        junior = [rounded(number / step) for number, step in zip(after[7:9], _JUNIOR_STEPS, strict=True)]
        years[year] = (*primary, sixth, *junior, _NINTH[year])
    return {year: years[year] for year in YEARS}


def _preschool() -> Mapping[int, tuple[int, ...]]:
    first = _KINDERGARTEN
    # In 2020 many children of the epidemic year stayed at home and came a year later.
    second = {year: rounded(first[year - 1] * (1.15 if year == 2021 else 1.10)) for year in range(2015, 2026)}
    third = {year: rounded(second[year - 1] * 1.055) for year in YEARS}
    found = {year: (first[year], second[year], third[year]) for year in YEARS}
    return found | {2020: published.PRESCHOOL_2020}


def _upper(kind: int, first: tuple[int, int], base: tuple[int, ...]) -> Mapping[int, tuple[int, ...]]:
    """Grades 10 to 12: who came in, less the few who leave on the way (more in vocational schools)."""
    step = (0.992, 0.955)[kind]
    found: dict[int, tuple[int, ...]] = {}
    before: tuple[int, ...] = (0, *first)
    for year in YEARS:
        second = rounded(before[0] * step) if year > YEARS[0] else first[0]
        third = rounded(before[1] * step) if year > YEARS[0] else first[1]
        before = base if year == 2020 else (_TENTH[year][kind], second, third)
        found[year] = before
    return found
