"""Builds every table of every year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from jiaoheng.census.example import building, county, land, people, persons
from jiaoheng.census.example.enrolment import Groups, enrol
from jiaoheng.census.example.premises import premises
from jiaoheng.census.example.published import YEARS
from jiaoheng.census.example.pupil_counts import count_pupils
from jiaoheng.census.example.seats import count_seats
from jiaoheng.census.example.staff import employ
from jiaoheng.census.example.teachers import teachers
from jiaoheng.census.schema import schema

SEED = 441284
"""The seed of the example county that the demo and the documentation show."""

RECORD_YEARS = (2024, 2025)
"""The years that have records of persons and classes."""

Rows = Mapping[tuple[str, str], dict[str, object]]


def build(*, seed: int = SEED) -> dict[int, dict[str, pa.Table]]:
    """The tables of the example county, 2016 to 2025, as the dictionary has them.

    All figures are invented, around those that are published for 四会 (see `published`).

    Parameters
    ----------
    seed : the same seed gives the same tables, on every machine.

    Returns
    -------
    dict
        By year, then by name of the table. Identifiers of persons are as the bureau has them, not hashed;
        names are left out. The records of persons (classes, pupils, teachers) are those of `RECORD_YEARS`.
    """
    groups = enrol(seed)
    stages = {year: _stages(seed, groups, year) for year in YEARS}
    pupils = persons.pupils(
        seed,
        {year: groups[year] for year in RECORD_YEARS},
        {year: stages[year] for year in RECORD_YEARS},
    )
    found = {}
    for year in YEARS:
        found[year] = _year(seed, groups[year], stages[year], year)
        if year in RECORD_YEARS:
            found[year] |= {
                "classes": persons.classes(seed, groups[year]),
                "pupils": pupils[year],
                "teachers": teachers(seed, groups[year], stages[year], year),
            }
    return found


def _stages(seed: int, groups: Mapping[int, Groups], year: int) -> Rows:
    staff = employ(seed, groups[year], year)
    pupils = count_pupils(seed, groups, year)
    seats = count_seats(seed, groups[year], year)
    return {
        key: {"school_code": key[0], "stage": key[1], **seats[key], **pupils[key], **staff[key]}
        for key in groups[year]
    }


def _year(seed: int, groups: Groups, stages: Rows, year: int) -> dict[str, pa.Table]:
    rows: dict[str, Sequence[Mapping[str, object]]] = {
        "areas": land.areas(seed),
        "schools": premises(seed, groups, year),
        "school_stages": list(stages.values()),
        "population": people.population(seed, year),
        "births": people.births(seed, year),
        "housing": county.housing(seed, year),
        "finance": county.finance(year),
        "projects": building.projects(seed, year),
        "survey": county.survey(seed, year),
        "county_stages": county.county_stages(stages, year),
        "county": [county.county(groups, stages, year)],
    }
    return {name: pa.Table.from_pylist(list(each), schema(name)) for name, each in rows.items()}
