"""优质均衡 once more, in plain Python with exact fractions, written from the document's words.

It shares nothing with the code under test. Rows of the census are merged, split and summed by loops; whether
a rule holds where something is unknown is found by trying every way in which it may turn out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

Row = Mapping[str, Any]
Key = tuple[str, str]

WEIGHTS = {"primary": Fraction(1), "junior": Fraction("1.1"), "senior": Fraction("1.32")}
THRESHOLDS = {
    "qb_l1": {"primary": "4.2", "junior": "5.3"},
    "qb_l2": {"primary": "1", "junior": "1"},
    "qb_l3": {"primary": "0.9", "junior": "0.9"},
    "qb_l4": {"primary": "4.5", "junior": "5.8"},
    "qb_l5": {"primary": "7.5", "junior": "10.2"},
    "qb_l6": {"primary": "2000", "junior": "2500"},
    "qb_l7": {"primary": "2.3", "junior": "2.4"},
}
SHARE = Fraction("0.85")
CAPS = {"primary": Fraction("0.50"), "junior": Fraction("0.45")}
STAGES = ("primary", "junior")


@dataclass(frozen=True)
class Amount:
    """An item in a school and stage: how much there is, for how many pupils, and whether it is looked at."""

    amount: Fraction | None
    pupils: Fraction | None
    scope: bool | None
    factor: int

    @property
    def value(self) -> Fraction | None:
        if not self.scope or self.amount is None or not self.pupils:
            return None
        return self.amount / self.pupils * self.factor


@dataclass(frozen=True)
class PlainCounty:
    """Verdicts and values of one county."""

    values: dict[tuple[str, str, str], Fraction | None]
    items: dict[tuple[str, str, str], str]
    schools: dict[Key, str]
    squares: dict[tuple[str, str], Fraction | None]
    """The squares of the coefficients, by item and stage: a root would not be exact."""
    coefficients: dict[tuple[str, str], str]
    resources: str
    balance: str


def assess_county(schools: Iterable[Row], stages: Iterable[Row]) -> PlainCounty:
    """Judge one county; rows as in the census tables, None where a figure is unknown."""
    amounts = {
        (item, *key): amount
        for key, items in _amounts(list(schools), list(stages)).items()
        for item, amount in items.items()
    }
    values = {place: amount.value for place, amount in amounts.items()}
    items = {place: _item(place[0], place[2], amount) for place, amount in amounts.items()}
    keys = dict.fromkeys(place[1:] for place in items)
    rules = {key: school_rule([items[item, *key] for item in THRESHOLDS]) for key in keys}
    squares, coefficients = {}, {}
    for item, stage in product(THRESHOLDS, STAGES):
        rows = [amount for place, amount in amounts.items() if (place[0], place[2]) == (item, stage)]
        squares[item, stage], coefficients[item, stage] = coefficient(rows, CAPS[stage])
    whole = all_of(rules.values())
    return PlainCounty(values, items, rules, squares, coefficients, whole, all_of(coefficients.values()))


def school_rule(verdicts: Sequence[str]) -> str:
    """At least six of seven are met, and the rest reach 85 %; what does not apply is left out."""
    there = [verdict for verdict in verdicts if verdict != "not_applicable"]
    if not there:
        return "not_applicable"
    ways = [("met", "within", "failed") if verdict == "unknown" else (verdict,) for verdict in there]
    found = {way.count("met") >= len(there) - 1 and "failed" not in way for way in product(*ways)}
    return "unknown" if len(found) > 1 else "met" if True in found else "failed"


def all_of(verdicts: Iterable[str]) -> str:
    """Every one is met; what does not apply is left out."""
    there = [verdict for verdict in verdicts if verdict != "not_applicable"]
    if not there:
        return "not_applicable"
    if any(verdict in ("failed", "within") for verdict in there):
        return "failed"
    return "unknown" if "unknown" in there else "met"


def coefficient(rows: Iterable[Amount], cap: Fraction) -> tuple[Fraction | None, str]:
    """The square of the coefficient of variation, weighted by pupils, and its verdict under a cap."""
    there = [row for row in rows if row.scope is not False and (row.pupils is None or row.pupils > 0)]
    if len(there) < 2:
        return None, "not_applicable"
    known = [(row.amount, row.pupils) for row in there if row.scope and row.amount is not None and row.pupils]
    everything = sum((amount for amount, _ in known), Fraction(0))
    if len(known) < 2 or everything == 0:
        return None, "unknown"
    pupils = sum((people for _, people in known), Fraction(0))
    mean = everything / pupils
    apart = sum((people / pupils * (amount / people - mean) ** 2 for amount, people in known), Fraction(0))
    square = apart / mean**2
    return square, "met" if square <= cap**2 else "failed"


def root(square: Fraction) -> float:
    """The root of a fraction as a float."""
    return math.sqrt(square)


def _item(item: str, stage: str, amount: Amount) -> str:
    if amount.scope is False:
        return "not_applicable"
    value = amount.value
    if value is None:
        return "unknown"
    threshold = Fraction(THRESHOLDS[item][stage])
    if value >= threshold:
        return "met"
    return "within" if value >= threshold * SHARE else "failed"


def _amounts(schools: list[Row], stages: list[Row]) -> dict[Key, dict[str, Amount]]:
    own = {row["school_code"]: row for row in schools}
    home = {
        code: row["main_school_code"] if row["counted"] is False and row["main_school_code"] in own else code
        for code, row in own.items()
    }
    buildings: dict[str, list[Row]] = defaultdict(list)
    for code, row in own.items():
        buildings[home[code]].append(row)
    teaching: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in stages:
        teaching[home[row["school_code"]]][row["stage"]].append(row)
    found: dict[Key, dict[str, Amount]] = {}
    for code, by_stage in teaching.items():
        weighed = {name: _weighed(name, rows) for name, rows in by_stage.items()}
        for stage in STAGES:
            if stage in by_stage:
                found[code, stage] = _of_stage(own[code], buildings[code], by_stage[stage], stage, weighed)
    return found


def _of_stage(
    school: Row, sites: list[Row], rows: list[Row], stage: str, weighed: Mapping[str, Fraction | None]
) -> dict[str, Amount]:
    pupils = _sum(rows, "pupils")
    share = _share(stage, weighed)
    degrees = ["teachers_doctor", "teachers_master", "teachers_bachelor"]
    degrees += ["teachers_college"] if stage == "primary" else []
    arts = ["teachers_physical_education", "teachers_music", "teachers_fine_art", "teachers_art"]
    teaching, indoor = _sum(sites, "teaching_area"), _sum(sites, "indoor_sports_area")
    rooms = None if teaching is None or indoor is None else teaching - indoor
    split = {
        "qb_l4": (rooms, 1),
        "qb_l5": (_plus([indoor, _sum(sites, "sports_ground_area")]), 1),
        "qb_l6": (_sum(sites, "equipment_value"), 1),
        "qb_l7": (_sum(sites, "multimedia_rooms"), 100),
    }
    amounts = {
        "qb_l1": (_plus([_sum(rows, name) for name in degrees]), 100),
        "qb_l2": (_sum(rows, "teachers_backbone"), 100),
        "qb_l3": (_plus([_sum(rows, name) for name in arts]), 100),
    }
    for item, (whole, factor) in split.items():
        amounts[item] = (None if whole is None or share is None else whole * share, factor)
    scope = _scope(school["school_type"], pupils)
    return {item: Amount(amount, pupils, scope, factor) for item, (amount, factor) in amounts.items()}


def _scope(kind: str, pupils: Fraction | None) -> bool | None:
    """Without pupils, special, vocational, or a teaching point of fewer than 50: not looked at."""
    if kind in ("special_school", "vocational_school"):
        return False
    if pupils is None:
        return None
    return pupils > 0 and not (kind == "teaching_point" and pupils < 50)


def _weighed(stage: str, rows: list[Row]) -> Fraction | None:
    pupils = _sum(rows, "pupils")
    return None if pupils is None else pupils * WEIGHTS[stage]


def _share(stage: str, weighed: Mapping[str, Fraction | None]) -> Fraction | None:
    if len(weighed) == 1:
        return Fraction(1)
    whole = _plus(weighed.values())
    return None if not whole else weighed[stage] / whole


def _sum(rows: Iterable[Row], column: str) -> Fraction | None:
    return _plus(None if row[column] is None else Fraction(str(row[column])) for row in rows)


def _plus(parts: Iterable[Fraction | None]) -> Fraction | None:
    found = list(parts)
    return None if None in found else sum(found, Fraction(0))
