"""A small county in which every item of 优质均衡 is met, and where single figures can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import polars as pl

from jiaoheng import standards
from jiaoheng.census.snapshot import Census
from jiaoheng.standards import Answers, Assessed
from small import REGION, area, school, snapshot

STANDARD = "quality_balance_2017"
DECLARED = ("qb_g14_rural", "qb_q7_hours", "qb_pre_monitoring")
PRIMARY, OTHER_PRIMARY, JUNIOR, OTHER_JUNIOR = (f"21440000{number:02d}" for number in (1, 2, 3, 4))

Changes = Mapping[tuple[str, ...], Any]
"""Cells to change: (table, column) of the county, (table, stage, column), (school, column) of a school, or
(school, stage, column)."""

_SCHOOL = {
    "built": 2020,
    "high_density": False,
    "teaching_area": 6000.0,
    "indoor_sports_area": 0.0,
    "sports_ground_area": 12000.0,
    "transition_sports_area": 0.0,
    "equipment_value": 3_000_000.0,
    "multimedia_rooms": 30,
    "music_rooms_96": 2,
    "music_rooms_73": 2,
    "music_rooms_61": 2,
    "music_rooms_54": 2,
    "art_rooms_90": 2,
    "art_rooms_67": 2,
    "art_rooms_61": 2,
    "art_rooms_54": 2,
    "charter": True,
    "informatised": True,
    "it_used": True,
    "ethics_culture_good": True,
    "curriculum_complete": True,
    "practice_course": True,
    "labour_base": True,
    "no_excess_burden": True,
    "key_class": False,
    "public_funds": 1_000_000.0,
    "training_funds": 60_000.0,
    "public_funds_basis": 1000,
}
_STAGE = {
    "pupils": 1000,
    "migrants": 100,
    "classes": 24,
    **{f"classes_size_{size}": 0 for size in (25, 30, 35, 40, 50, 55, 60, 65, 66)},
    "classes_size_45": 24,
    "largest_class": 42,
    "teachers": 80,
    "teachers_certified": 80,
    "teachers_backbone": 20,
    "teachers_doctor": 0,
    "teachers_master": 10,
    "teachers_bachelor": 50,
    "teachers_college": 20,
    "teachers_physical_education": 6,
    "teachers_music": 3,
    "teachers_fine_art": 3,
    "teachers_art": 0,
    "itinerant_pe_arts": 0,
    "training_due": 80,
    "training_done": 80,
    "rotation_eligible": 40,
    "rotated": 10,
    "rotated_backbone": 5,
    "graduates": 300,
    "transfers_in": 0,
    "transfers_out": 0,
    "cohort_start": 300,
    "cohort_deaths": 0,
}
_COUNTY = {
    "region_code": REGION,
    "name": "四会市",
    "basic_balance_year": 2015,
    "layout_plan": True,
    "posts_coordinated": True,
    "resident_population": 500_000,
    "special_funds_per_pupil": 7000.0,
    "wage_teachers": 110_000.0,
    "wage_civil_servants": 100_000.0,
    "public_primary_entrants": 400,
    "public_primary_in_zone": 400,
    "public_junior_entrants": 400,
    "public_junior_in_zone": 400,
    "elite_plan": 1000,
    "elite_quota": 600,
    "left_behind_system": True,
    "left_behind_total": 100,
    "left_behind_cared": 100,
    "migrants_eligible": 200,
    "migrants_public": 180,
    "migrants_purchased": 10,
    "disabled_school_age": 100,
    "disabled_enrolled": 99,
    **dict.fromkeys(
        ("vetoed_exams", "vetoed_choice", "vetoed_posts", "vetoed_safety", "vetoed_tutoring"), False
    ),
}
_COUNTY_STAGE = {
    "unified_building_standard": True,
    "unified_staffing_standard": True,
    "unified_funds_standard": True,
    "unified_equipment_standard": True,
    "quality_level": 3,
    "between_school_share": 0.1,
}
_SURVEY = {"sent": 1000, "valid": 600, "satisfied": 540}


def county(folder: Path, changes: Changes | None = None, *, year: int = 2025) -> Census:
    """Two primary and two junior schools, all alike, with some cells changed."""
    kinds = {
        PRIMARY: ("primary", "primary_school"),
        OTHER_PRIMARY: ("primary", "primary_school"),
        JUNIOR: ("junior", "junior_school"),
        OTHER_JUNIOR: ("junior", "junior_school"),
    }
    schools = {code: school(code, school_type=kind, **_SCHOOL) for code, (_, kind) in kinds.items()}
    stages = {
        (code, stage): {"school_code": code, "stage": stage} | _STAGE for code, (stage, _) in kinds.items()
    }
    county_stages = {stage: {"stage": stage} | deepcopy(_COUNTY_STAGE) for stage in ("primary", "junior")}
    own = dict(_COUNTY)
    surveys = {who: {"respondent": who} | dict(_SURVEY) for who in ("parent", "pupil")}
    for place, value in (changes or {}).items():
        match place:
            case ("county", column):
                own[column] = value
            case ("county_stages", stage, column):
                county_stages[stage][column] = value
            case ("survey", who, column):
                surveys[who][column] = value
            case (code, column):
                schools.setdefault(code, school(code, **_SCHOOL))[column] = value
            case (code, stage, column):
                usual = {"school_code": code, "stage": stage} | _STAGE
                stages.setdefault((code, stage), usual)[column] = value
    tables = {
        "areas": [area("441284001", "东城")],
        "schools": list(schools.values()),
        "school_stages": list(stages.values()),
        "county_stages": list(county_stages.values()),
        "county": [own],
        "survey": list(surveys.values()),
    }
    return snapshot(folder, tables, year=year)


def answers(*more: str, **changed: bool) -> Answers:
    """Everything that is declared, and the promises named in ``more``."""
    said = dict.fromkeys((*DECLARED, *more), True) | changed
    return Answers.model_validate(
        {"for": STANDARD, "year": 2025, "answers": {name: {"value": value} for name, value in said.items()}}
    )


def assess(folder: Path, changes: Changes | None = None, *promises: str, **declared: bool) -> Assessed:
    """The county with some cells changed, held against the standard."""
    census = county(folder, changes)
    return standards.assess(census, STANDARD, answers=answers(*promises, **declared), engine="polars")


def row(assessed: Assessed, item: str, school: str | None = None, stage: str | None = None) -> dict[str, Any]:
    """The one row of an item, in a school and stage where these are given."""
    rows = assessed.rows.filter(pl.col("item") == item)
    if school is not None:
        rows = rows.filter(pl.col("school") == school)
    if stage is not None:
        rows = rows.filter(pl.col("stage") == stage)
    (found,) = rows.to_dicts()
    return found


def rule(assessed: Assessed, id_: str, school: str | None = None) -> dict[str, Any]:
    """The one row of a rule, in a school where it is given."""
    rows = assessed.rules.filter(pl.col("rule") == id_)
    (found,) = (rows if school is None else rows.filter(pl.col("school") == school)).to_dicts()
    return found
