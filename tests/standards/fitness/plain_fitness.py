"""The fitness standard once more, read from the reference tables as plainly as can be: no code of ours.

Thresholds are compared as decimal fractions in the order in which they are printed; nothing is looked up,
nothing is turned into whole numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from shared import shared

NAMES = {
    "vital_capacity": "vc",
    "sprint_50m": "r50",
    "sit_and_reach": "sr",
    "rope_skipping": "rope",
    "standing_jump": "jump",
    "sit_ups": "situp",
    "pull_ups": "pullup",
    "shuttle_run": "shuttle",
    "run_1000m": "run",
    "run_800m": "run",
}
LETTERS = {"male": "M", "female": "F"}
RUNS = ("sprint_50m", "shuttle_run", "run_1000m", "run_800m")
TENTHS = ("sprint_50m", "sit_and_reach")


@cache
def tables() -> Any:
    """The reference tables, numbers as decimal fractions."""
    text = shared("fitness_2014_tables.json").read_text("utf-8")
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def column(item: str, sex: str, grade: int) -> list[tuple[int, Decimal]]:
    """Points and threshold, best first; empty where the pupil does not do the item."""
    if (item, sex) in (("run_1000m", "female"), ("run_800m", "male")):
        return []
    table = tables()["tables"].get(f"{NAMES[item]}_{LETTERS[sex]}")
    if table is None or grade not in table["grades"]:
        return []
    place = table["grades"].index(grade) + 1
    return [(int(row[0]), row[place]) for row in table["rows"] if row[place] is not None]


def columns() -> Iterator[tuple[str, str, int]]:
    """Every item, sex and grade of which there is a column."""
    for item in NAMES:
        for sex in LETTERS:
            for grade in range(1, 13):
                if column(item, sex, grade):
                    yield item, sex, grade


def points(item: str, sex: str, grade: int, value: Decimal) -> int:
    """The points of a value that is no finer than the item is measured."""
    for level, threshold in column(item, sex, grade):
        if (value <= threshold) if item in RUNS else (value >= threshold):
            return level
    return 0


def bonus(item: str, sex: str, grade: int, value: Decimal) -> int:
    """The points on top."""
    rules = tables()["bonus"]
    best = column(item, sex, grade)[0][1]
    beyond = best - value if item in RUNS else value - best
    if item == "rope_skipping":
        return int(min(max(beyond // rules["rope"]["per"], 0), rules["rope"]["max"]))
    if item == "pull_ups":
        return int(min(max(beyond, 0), rules["pullup_M"]["max"]))
    if item == "sit_ups" and grade >= 7:
        return sum(beyond >= step for step in rules["situp_F"]["steps"])
    if item in ("run_1000m", "run_800m"):
        return sum(beyond >= step for step in rules[f"run_{LETTERS[sex]}"]["steps_seconds"])
    return 0


def bmi(weight: Decimal, height: Decimal) -> Decimal:
    """Kilograms over metres squared, half up to one decimal."""
    metres = height / 100
    return (weight / (metres * metres)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def bmi_band(sex: str, grade: int, value: Decimal) -> tuple[int, str]:
    """The points and the band of an index of one decimal."""
    low, high, obese = tables()["bmi_low_high_obese_by_grade"][LETTERS[sex]][grade - 1]
    if value >= obese:
        return 60, "肥胖"
    if value > high:
        return 80, "超重"
    return (100, "正常") if value >= low else (80, "低体重")


def weights(sex: str, grade: int) -> Mapping[str, int]:
    """What each item counts for."""
    bands = {"G1-2": (1, 2), "G3-4": (3, 4), "G5-6": (5, 6), "G7-12": range(7, 13)}
    band = next(name for name, grades in bands.items() if grade in grades)
    found = {}
    for short, weight in tables()["weights"][band].items():
        if short == "bmi":
            name = "bmi"
        elif short == "run":
            name = "run_1000m" if sex == "male" else "run_800m"
        elif short == "pullup_or_situp":
            name = "pull_ups" if sex == "male" else "sit_ups"
        else:
            name = next(ours for ours, theirs in NAMES.items() if theirs == short)
        found[name] = int(weight)
    return found


def level(total: Decimal) -> str:
    """The word for a total."""
    for least, word in ((90, "优秀"), (80, "良好"), (60, "及格")):
        if total >= least:
            return word
    return "不及格"
