"""Which measures the report shows where; an id that the catalogue or the data lack is passed over."""

from __future__ import annotations

PUPILS = "pupil_count"
CLASS_SIZE = "mean_class_size"
TEACHER_LOAD = "pupil_teacher_ratio"

# The seven resources of the quality-balance assessment, in its order.
SEVEN_RESOURCES = (
    "l1_teachers_above_qualification",
    "l2_backbone_teachers",
    "l3_pe_arts_teachers",
    "l4_teaching_area",
    "l5_sports_area",
    "l6_equipment_value",
    "l7_multimedia_rooms",
)

_BASIC = ("preschool", "primary", "junior")
_COMPULSORY = ("primary", "junior")

MAP_LEVELS = (
    *((CLASS_SIZE, stage) for stage in ("primary", "junior", "preschool")),
    *((TEACHER_LOAD, stage) for stage in _COMPULSORY),
    *((measure, stage) for measure in SEVEN_RESOURCES for stage in _COMPULSORY),
    *((PUPILS, stage) for stage in _BASIC),
)
MAP_CHANGES = tuple((PUPILS, stage) for stage in _BASIC)

TOWNSHIP_COLUMNS = (
    *((PUPILS, stage) for stage in _BASIC),
    *((CLASS_SIZE, stage) for stage in _BASIC),
    *((TEACHER_LOAD, stage) for stage in _COMPULSORY),
    *((measure, stage) for measure in SEVEN_RESOURCES for stage in _COMPULSORY),
)

SCHOOL_COLUMNS = (PUPILS, CLASS_SIZE, TEACHER_LOAD, *SEVEN_RESOURCES)

# Shown side by side for city, town and country, and for public and private schools.
COMPARED = (
    *((PUPILS, stage) for stage in _BASIC),
    *((CLASS_SIZE, stage) for stage in _BASIC),
    *((TEACHER_LOAD, stage) for stage in _BASIC),
    *((measure, stage) for measure in SEVEN_RESOURCES for stage in _COMPULSORY),
)

BY_GROUP = SCHOOL_COLUMNS
"""All that is shown by township, school, urban-rural class and ownership."""

OVER_YEARS = (PUPILS, *SEVEN_RESOURCES)
"""What is shown over the years beside the plan's own measures, with the variations of the seven resources."""
