"""A small county with a value in nearly every column: the truth behind the books that are damaged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from random import Random

import pyarrow as pa

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.dictionary import Column
from jiaoheng.census.reading import join
from jiaoheng.census.rows import Target, read_rows
from jiaoheng.census.schema import schema
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import Store
from jiaoheng.census.workbook import Book

KEY = bytes(range(32))
REGION, YEAR = "441284", 2025
STAGES = ("preschool", "primary", "junior", "senior", "vocational", "special")
PERSONS = ("pupils", "teachers")

_PER_STAGE = 5
_TYPES = {
    "preschool": "kindergarten",
    "primary": "primary_school",
    "junior": "junior_school",
    "senior": "senior_school",
    "vocational": "vocational_school",
    "special": "special_school",
}
_GRADES = {"primary": ("g1", "g3", "g6"), "junior": ("g7", "g9"), "senior": ("g10",)}
_GIVEN = ("number", "integer", "text", "boolean", "date", "term", "code")

Record = dict[str, object]


@cache
def tables() -> Mapping[str, pa.Table]:
    """Every table of the county, as a snapshot has it, but for identifiers: they are those of the files."""
    rng = Random(2025)
    areas = [
        {"area_code": f"44128400{number}", "name": name, "parent": REGION}
        for number, name in enumerate(("东城街道", "城中街道", "龙甫镇", "大沙镇", "地豆镇"), 1)
    ]
    schools = [_school(rng, stage, number) for stage in STAGES for number in range(_PER_STAGE)]
    stages = [
        _filled("school_stages", {"school_code": each["school_code"], "stage": stage}, rng)
        for each, stage in zip(schools, (stage for stage in STAGES for _ in range(_PER_STAGE)), strict=True)
    ]
    found: dict[str, list[Record]] = {
        "areas": [_filled("areas", area, rng) for area in areas],
        "schools": schools,
        "school_stages": stages,
        "classes": _classes(rng, schools),
        "pupils": _persons(rng, "pupils", 40),
        "teachers": _persons(rng, "teachers", 40),
    }
    for name in ("population", "births", "housing", "projects", "county_stages"):
        found[name] = [_filled(name, {}, rng, distinct=number) for number in range(1, 6)]
    return {name: pa.Table.from_pylist(rows, schema(name)) for name, rows in found.items()}


def census(folder: object) -> Census:
    """The county as last year's snapshot, which the damaged books are laid over."""
    readings = []
    for name, data in tables().items():
        names = data.column_names
        labelled = [[_written(name, key, row[key]) for key in names] for row in data.to_pylist()]
        targets = [Target(name, {key: place for place, key in enumerate(names)})]
        readings.append(read_rows(Book(f"{name}.xlsx", "0" * 64, ()), name, labelled, targets, key=KEY))
    return Store(folder).commit(YEAR - 1, join(readings), region=REGION)  # type: ignore[arg-type]


def secret_name(number: int) -> str:
    """A person's name that nothing else holds: found anywhere in what comes out, it has leaked."""
    return f"欧阳密{number:03d}号"


def secret_number(number: int) -> str:
    """A person's identity number, with the check digit that the standard asks for."""
    body = f"441284{1970 + number % 50}0{1 + number % 9}1{number % 10}{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def _school(rng: Random, stage: str, number: int) -> Record:
    code = f"{STAGES.index(stage) + 1}1440{STAGES.index(stage):02d}{number:03d}"
    counted = not (stage == "primary" and number == 4)
    known: Record = {
        "school_code": code,
        "name": f"{'东南西北中'[number]}区{terms.label('stage', stage)}{number + 1}校",
        "area_code": f"44128400{number % 5 + 1}",
        "school_type": _TYPES[stage],
        "counted": counted,
        "main_school_code": None if counted else f"{code[:-1]}0",
        "urban_rural_code": rng.choice(("111", "121", "220")),
    }
    return _filled("schools", known, rng)


def _classes(rng: Random, schools: list[Record]) -> list[Record]:
    return [
        _filled(
            "classes",
            {
                "school_code": school["school_code"],
                "stage": stage,
                "grade": grade,
                "class_code": f"0{number}",
            },
            rng,
        )
        for stage, grades in _GRADES.items()
        for number, grade in enumerate(grades, 1)
        for school in schools
        if school["school_type"] == _TYPES[stage]
    ]


def _persons(rng: Random, table: str, count: int) -> list[Record]:
    found = []
    for number in range(count):
        stage = rng.choice(tuple(_GRADES))
        known: Record = {
            dictionary.table(table).key[0]: secret_number(number + 500 * (table == "teachers")),
            "school_code": f"{STAGES.index(stage) + 1}1440{STAGES.index(stage):02d}{number % _PER_STAGE:03d}",
            "stage": stage,
        }
        if table == "pupils":
            known |= {
                "grade": rng.choice(_GRADES[stage]),
                "class_code": f"0{number % 3 + 1}",
                "home_area": "441284003",
            }
        found.append(_filled(table, known, rng))
    return found


def _filled(table: str, known: Record, rng: Random, *, distinct: int = 0) -> Record:
    """A record with a value in every column that a snapshot keeps; now and then one that may be blank is."""
    row: Record = {}
    for column in dictionary.table(table).columns:
        if column.name in known:
            row[column.name] = known[column.name]
        elif column.stored and (_needed(column) or rng.random() > 0.1):
            row[column.name] = _value(column, rng, distinct)
    return row


def _needed(column: Column) -> bool:
    """Columns without which the project's writers cannot write, or a total cannot be taken apart."""
    return column.required or column.table == "school_stages" or column.name in ("birth_date", "home_area")


def _value(column: Column, rng: Random, distinct: int) -> object:
    assert column.type in _GIVEN, column
    if column.type == "integer":
        if column.unit == "年" or column.name in ("year", "hired"):
            return 1990 + distinct + rng.randrange(8)
        return rng.choice((0, rng.randrange(1, 60), rng.randrange(1000, 9000)))
    if column.type == "number":
        return round(rng.uniform(112, 113) if column.unit == "度" else rng.uniform(1, 9000), 2)
    if column.type == "boolean":
        return rng.random() < 0.5
    if column.type == "date":
        return date(2012, 1, 1) + timedelta(days=rng.randrange(900))
    if column.type == "term":
        members = list(terms.CODE_LISTS[column.codes])
        return str(members[(distinct or rng.randrange(99)) % len(members)].value)
    if column.type == "code":
        return f"0{distinct}{rng.randrange(10, 99)}"
    return f"{column.zh}{distinct}之{rng.randrange(99)}"


def _written(table: str, name: str, value: object) -> object:
    column = dictionary.table(table)[name]
    if column.type == "boolean" and value is not None:
        return "是" if value else "否"
    return terms.label(column.codes, str(value)) if column.type == "term" and value is not None else value
