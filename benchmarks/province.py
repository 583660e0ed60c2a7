"""Schools to measure by: any number of them, with every figure that the forms ask for, from a fixed seed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.census.reading import ROW, Part, Reading, Source
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import Store
from jiaoheng.terms import CODE_LISTS

REGION = "440000"
YEAR = 2025
AREAS = 1_600

KINDS: dict[str, tuple[float, tuple[str, ...]]] = {
    "kindergarten": (0.42, ("preschool",)),
    "primary_school": (0.20, ("primary",)),
    "teaching_point": (0.07, ("primary",)),
    "nine_year_school": (0.18, ("primary", "junior")),
    "junior_school": (0.06, ("junior",)),
    "complete_secondary_school": (0.03, ("junior", "senior")),
    "twelve_year_school": (0.02, ("primary", "junior", "senior")),
    "vocational_school": (0.01, ("vocational",)),
    "special_school": (0.01, ("special",)),
}
"""Kinds of schools: their share of all schools, and the stages that each has."""

_UNKNOWN = 0.01


def province(folder: Path, *, schools: int = 200_000) -> Census:
    """Store a province: 1,600 townships, every figure imported."""
    return schools_of(folder, schools=schools, areas=AREAS)


def schools_of(
    folder: Path,
    *,
    schools: int,
    areas: int,
    without: Collection[str] = (),
    leaving_out: Collection[str] = (),
    county_digits: bool = False,
    seed: int = 20251122,
) -> Census:
    """Store a snapshot: one value in a hundred is missing, one school in fifty is a campus of another.

    The columns of school_stages that are named in `without` are left empty, for who brings records; there are
    no schools of the kinds `leaving_out`. With `county_digits` each area lies in a county of its own.
    """
    random = np.random.default_rng(seed)
    shares = {name: share for name, (share, _) in KINDS.items() if name not in leaving_out}
    kinds = np.array(list(shares))
    kind = random.choice(kinds, schools, p=np.array(list(shares.values())) / sum(shares.values()))
    area_codes = _areas(areas, county_digits)
    codes = np.array([f"2144{number:06}" for number in range(schools)])
    campus = random.random(schools) < 0.02
    campus[0] = False
    # The campuses of a school are of its kind: the next school before it that stands on its own.
    main = np.maximum.accumulate(np.where(campus, 0, np.arange(schools)))
    given = {
        "school_code": codes,
        "name": np.char.add(codes, "校"),
        "area_code": area_codes[random.integers(0, areas, schools)],
        "school_type": np.where(campus, kind[main], kind),
        "ownership": np.where(random.random(schools) < 0.75, "public", "private"),
        "urban_rural_code": random.choice(["111", "112", "121", "122", "210", "220"], schools),
        "counted": ~campus,
        "main_school_code": np.where(campus, codes[main], None),
    }
    stages = [KINDS[name][1] for name in given["school_type"]]
    rows = np.repeat(np.arange(schools), [len(own) for own in stages])
    keys = {"school_code": codes[rows], "stage": np.array([stage for own in stages for stage in own])}
    towns = {"area_code": area_codes, "name": np.char.add(area_codes, "镇")}
    figures = _figures(_filled("school_stages", keys, len(rows), random))
    figures = figures.with_columns(pl.lit(None, figures.schema[name]).alias(name) for name in without)
    parts = [
        _part("areas", 0, _filled("areas", towns, areas, random)),
        _part("schools", 1, _filled("schools", given, schools, random)),
        _part("school_stages", 2, figures),
    ]
    sources = tuple(
        Source("省表.xlsx", "0" * 64, part.table, {part.table: dict.fromkeys(part.columns, "A")})
        for part in parts
    )
    read = sum(len(part.data) for part in parts)
    return Store(folder).commit(
        YEAR, Reading(tuple(parts), sources, rows_read=read, rows_accepted=read), region=REGION
    )


def _areas(count: int, county_digits: bool) -> np.ndarray:
    codes = (f"{110000 + number}001" if county_digits else f"44{number:07}" for number in range(count))
    return np.array(list(codes))


def _filled(table: str, given: dict[str, np.ndarray], rows: int, random: np.random.Generator) -> pl.DataFrame:
    """Random values for every column that is not given."""
    made: dict[str, pl.Series] = {}
    for column in dictionary.table(table).columns:
        if column.name in given:
            made[column.name] = pl.Series(column.name, given[column.name].tolist())
            continue
        match column.type:
            case "integer":
                values = pl.Series(
                    random.integers(2000, 2025, rows) if column.unit == "年" else random.poisson(12, rows)
                )
            case "number":
                values = pl.Series(np.round(random.gamma(2.0, 600.0, rows), 1))
            case "boolean":
                values = pl.Series(random.random(rows) < 0.8)
            case "term":
                members = [member.value for member in CODE_LISTS[column.codes]]
                values = pl.Series(random.choice(members, rows))
            case _:
                values = pl.Series([None] * rows, dtype=pl.String)
        known = pl.Series(random.random(rows) >= _UNKNOWN)
        made[column.name] = pl.select(pl.when(known).then(values)).to_series()
    return pl.DataFrame(made)


def _figures(stages: pl.DataFrame) -> pl.DataFrame:
    """Pupils of the size of real schools, teachers to match."""
    return stages.with_columns(pupils=pl.col("pupils") * 40 + 20, teachers=pl.col("teachers") * 3 + 1)


def _part(table: str, source: int, data: pl.DataFrame) -> Part:
    return Part(table, source, data.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.Int32).alias(ROW)))
