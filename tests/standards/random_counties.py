"""Thousands of random counties in one snapshot, drawn so that every verdict and every boundary is met."""

from __future__ import annotations

import random
from typing import Any

Rows = list[dict[str, Any]]

KINDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "primary_school": (8, ("primary",)),
    "junior_school": (4, ("junior",)),
    "nine_year_school": (5, ("primary", "junior")),
    "twelve_year_school": (1, ("primary", "junior", "senior")),
    "complete_secondary_school": (1, ("junior", "senior")),
    "teaching_point": (3, ("primary",)),
    "special_school": (1, ("primary",)),
    "vocational_school": (1, ("junior",)),
}
SIZES = (0, 1, 30, 49, 50, 51, 60, 100, 200, 400, 800, 1000, 2000)
NEEDED = {
    "primary": {"degree": 4.2, "backbone": 1.0, "arts": 0.9},
    "junior": {"degree": 5.3, "backbone": 1.0, "arts": 0.9},
    "senior": {"degree": 5.3, "backbone": 1.0, "arts": 0.9},
}
PER_PUPIL = {"rooms": 5.8, "sports": 10.2, "equipment": 2500.0, "multimedia": 0.024}


def random_counties(count: int, seed: int) -> tuple[dict[str, Rows], dict[str, tuple[Rows, Rows]]]:
    """The tables of a snapshot, and for each county its rows of schools and of stages."""
    chance = random.Random(seed)
    tables: dict[str, Rows] = {"schools": [], "school_stages": []}
    counties = {}
    for number in range(count):
        unit = f"{110_000 + number}"
        schools, stages = _county(chance, unit)
        counties[unit] = (schools, stages)
        tables["schools"] += schools
        tables["school_stages"] += stages
    return tables, counties


def _county(chance: random.Random, unit: str) -> tuple[Rows, Rows]:
    # A good county has hardly a school that is short; a sparse one has gaps in its forms.
    good, gaps = chance.random() < 0.5, chance.choice((0.0, 0.0, 0.03, 0.15))
    schools: Rows = []
    stages: Rows = []
    kinds = list(KINDS)
    for number in range(chance.choice((1, 2, 3, 4, 5, 7, 9))):
        kind = chance.choices(kinds, [share for share, _ in KINDS.values()])[0]
        code = f"{unit}{number:04}"
        own = [_stage(chance, code, stage, good, gaps) for stage in KINDS[kind][1]]
        pupils = sum(row["pupils"] or 0 for row in own)
        schools.append(_school(chance, unit, code, kind, pupils, good, gaps))
        stages += own
    main = schools[0]
    for school in schools[1:]:
        if chance.random() < 0.05:
            school |= {"counted": False, "main_school_code": main["school_code"]}
    return schools, stages


def _stage(chance: random.Random, code: str, stage: str, good: bool, gaps: float) -> dict[str, Any]:
    pupils = chance.choice(SIZES) if not good else chance.choice((50, 100, 100, 200, 400, 1000))
    need = {name: rate * pupils / 100 for name, rate in NEEDED[stage].items()}
    degree, backbone, arts = (_near(chance, need[name], good) for name in ("degree", "backbone", "arts"))
    college = chance.randrange(degree + 1) if stage == "primary" else chance.randrange(5)
    left = degree - college if stage == "primary" else degree
    music = chance.randrange(arts + 1)
    row = {
        "pupils": pupils,
        "teachers_doctor": 0,
        "teachers_master": left // 3,
        "teachers_bachelor": left - left // 3,
        "teachers_college": college,
        "teachers_backbone": backbone,
        "teachers_physical_education": arts - music,
        "teachers_music": music,
        "teachers_fine_art": 0,
        "teachers_art": 0,
    }
    return {"school_code": code, "stage": stage, **_holed(chance, row, gaps)}


def _school(
    chance: random.Random, unit: str, code: str, kind: str, pupils: int, good: bool, gaps: float
) -> dict[str, Any]:
    indoor = chance.choice((0, 0, 360.5, 800))
    row = {
        "indoor_sports_area": indoor,
        "teaching_area": round(indoor + PER_PUPIL["rooms"] * pupils * _rate(chance, good), 2),
        "sports_ground_area": max(0.0, round(PER_PUPIL["sports"] * pupils * _rate(chance, good) - indoor, 2)),
        "equipment_value": round(PER_PUPIL["equipment"] * pupils * _rate(chance, good), 2),
        "multimedia_rooms": _near(chance, PER_PUPIL["multimedia"] * pupils, good),
    }
    return {
        "school_code": code,
        "name": code,
        "area_code": f"{unit}001",
        "school_type": kind,
        "ownership": "public",
        "counted": True,
        "main_school_code": None,
        **_holed(chance, row, gaps),
    }


def _rate(chance: random.Random, good: bool) -> float:
    if chance.random() < 0.02:
        return 0.0
    return chance.choice((1.0, 1.1, 1.3)) if good else chance.choice((0.3, 0.8, 0.85, 0.86, 1.0, 1.2, 4.0))


def _near(chance: random.Random, need: float, good: bool) -> int:
    """A whole number about what is needed: seldom short in a good county."""
    return max(0, int(need * _rate(chance, good) + (0.999 if good else chance.random())))


def _holed(chance: random.Random, row: dict[str, Any], gaps: float) -> dict[str, Any]:
    return {name: None if chance.random() < gaps else value for name, value in row.items()}
