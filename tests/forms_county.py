"""Three schools that try the forms: two parts of one school, a gap in the data, a tiny point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jiaoheng.census.snapshot import Census
from small import area, school, snapshot

NINE, SMALL, POINT = "3144000001", "2144000002", "2144000003"
RESOURCES = {
    "teaching_area": 9000.0,
    "indoor_sports_area": 0.0,
    "sports_ground_area": 20000.0,
    "equipment_value": 6_000_000.0,
    "multimedia_rooms": 33,
}
TEACHERS = {
    "teachers_doctor": 0,
    "teachers_master": 0,
    "teachers_bachelor": 60,
    "teachers_college": 0,
    "teachers_backbone": 20,
    "teachers_physical_education": 6,
    "teachers_music": 3,
    "teachers_fine_art": 3,
    "teachers_art": 0,
}
GRADES = {f"pupils_g{grade}": 100 for grade in range(1, 7)}


def stage(code: str, name: str, pupils: int, **more: Any) -> dict[str, Any]:
    return {"school_code": code, "stage": name, "pupils": pupils, "classes": 20, **TEACHERS, **more}


def county(folder: Path) -> Census:
    """A nine-year school, a primary school that does not know its equipment, a tiny teaching point."""
    return snapshot(
        folder,
        {
            "areas": [area("441284001", "城中")],
            "county": [{"region_code": "441284", "name": "四会市", "resident_population": 645_249}],
            "schools": [
                school(NINE, school_type="nine_year_school", organiser="county_education", **RESOURCES),
                school(SMALL, organiser="private", **{**RESOURCES, "equipment_value": None}),
                school(POINT, school_type="teaching_point", **RESOURCES),
            ],
            "school_stages": [
                stage(NINE, "primary", 1000, **GRADES),
                stage(NINE, "junior", 500, teachers_bachelor=10),
                stage(SMALL, "primary", 600, **{**GRADES, "pupils_g6": 0}),
                stage(POINT, "primary", 49, **GRADES),
            ],
            "survey": [
                {"respondent": "parent", "sent": 100, "valid": 80, "satisfied": 69},
                {"respondent": "teacher", "sent": 20, "valid": 20, "satisfied": None},
            ],
        },
    )
