"""A random small county, with what real ones have: gaps, campuses, through schools, registers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from jiaoheng import terms
from jiaoheng.census import dictionary
from small import REGION

Rows = list[dict[str, Any]]

STAGES = {
    "kindergarten": ["preschool"],
    "primary_school": ["primary"],
    "junior_school": ["junior"],
    "nine_year_school": ["primary", "junior"],
    "complete_secondary_school": ["junior", "senior"],
    "twelve_year_school": ["primary", "junior", "senior"],
    "teaching_point": ["primary"],
    "vocational_school": ["vocational"],
    "special_school": ["special"],
}


def random_county(seed: int, *, schools: int = 40, gaps: float = 0.08) -> dict[str, Rows]:
    """Tables of a county; `gaps` is the share of values that are missing."""
    maker = _Maker(random.Random(seed), gaps)
    tables: dict[str, Rows] = {"areas": [], "schools": [], "school_stages": []}
    codes = [f"{REGION}{number:03}" for number in range(1, 5)]
    tables["areas"] = [maker.row("areas", area_code=code, name=f"{code}镇", boundary=None) for code in codes]
    for number in range(schools):
        _add_school(maker, tables, f"21440{number:05}", codes)
    counted = [row for row in tables["schools"] if row["counted"] is not False]
    for row in maker.random.sample(tables["schools"], 6):
        main = maker.random.choice(counted)
        if row is not main:
            row["counted"], row["main_school_code"] = False, main["school_code"]
            counted = [other for other in counted if other is not row]
    tables |= {name: _records(maker, tables, name) for name in ("classes", "pupils", "teachers")}
    tables["population"] = [
        maker.row("population", area_code=code, age=age, sex=sex)
        for code in codes
        for age in range(20)
        for sex in ("male", "female")
    ]
    tables["births"] = [
        maker.row("births", area_code=code, birth_year=year)
        for code in codes[:3]
        for year in range(2019, 2026)
    ]
    for name, key in (("housing", "estate_code"), ("projects", "project_code")):
        tables[name] = [
            maker.row(
                name,
                **{key: f"{number}"},
                name="某某",
                area_code=maker.random.choice(codes),
                school_code=None,
            )
            for number in range(9)
        ]
    tables["projects"][0]["area_code"] = None
    tables["finance"] = [maker.row("finance", item=item.value) for item in terms.FinanceItem]
    tables["survey"] = [maker.row("survey", respondent=who.value) for who in terms.Respondent]
    tables["county_stages"] = [maker.row("county_stages", stage=stage.value) for stage in terms.Stage][:5]
    tables["county"] = [maker.row("county", region_code=REGION, name="四会市")]
    return {
        name: [{k: v for k, v in row.items() if k in _stored(name)} for row in rows]
        for name, rows in tables.items()
    }


class _Maker:
    def __init__(self, maker: random.Random, gaps: float) -> None:
        self.random = maker
        self.gaps = gaps

    def row(self, table: str, **given: Any) -> dict[str, Any]:
        """A row with random values for every column that is not given."""
        found = {}
        for column in dictionary.table(table).columns:
            empty = not column.required and self.random.random() < self.gaps
            found[column.name] = None if empty else self._value(column)
        return found | {name: value for name, value in given.items() if name in found}

    def _value(self, column: dictionary.Column) -> Any:
        match column.type:
            case "integer":
                return self.random.choice([0, self.random.randrange(40), self.random.randrange(900)])
            case "number":
                return round(self.random.random() * 3000, 2)
            case "boolean":
                return self.random.random() < 0.6
            case "term":
                return self.random.choice(list(terms.CODE_LISTS[column.codes])).value
            case "date":
                return date(2015, 3, 1 + self.random.randrange(20))
        return f"{column.name}{self.random.randrange(9)}"


def _add_school(maker: _Maker, tables: Mapping[str, Rows], code: str, areas: list[str]) -> None:
    kind = maker.random.choice(list(STAGES))
    urban = None if maker.random.random() < 0.1 else maker.random.choice(["111", "112", "121", "210", "220"])
    tables["schools"].append(
        maker.row(
            "schools",
            school_code=code,
            name=f"{code}校",
            area_code=maker.random.choice(areas[:3]),
            school_type=kind,
            urban_rural_code=urban,
            counted=maker.random.choice([True, True, None]),
            main_school_code=None,
        )
    )
    stages = list(STAGES[kind]) + (
        ["preschool"] if kind == "primary_school" and maker.random.random() < 0.3 else []
    )
    tables["school_stages"] += [maker.row("school_stages", school_code=code, stage=stage) for stage in stages]


def _records(maker: _Maker, tables: Mapping[str, Rows], name: str) -> Rows:
    """Records of about half of the school stages."""
    key = dictionary.table(name).key
    rows: Rows = []
    for place in tables["school_stages"]:
        if maker.random.random() < 0.5:
            continue
        for number in range(maker.random.randrange(1, 12)):
            identity = dict.fromkeys(key, f"{place['school_code']}{place['stage']}{number}")
            rows.append(
                maker.row(name, **identity | {"school_code": place["school_code"], "stage": place["stage"]})
            )
    return rows


def _stored(name: str) -> set[str]:
    return {column.name for column in dictionary.table(name).columns if column.stored}
