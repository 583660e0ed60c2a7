"""Which measures a monitoring report shows where. An id that the catalogue or the data lack is passed over."""

from __future__ import annotations

PUPILS = "pupils"

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

MAP_LEVELS = (
    ("class_size", "primary"),
    ("class_size", "junior"),
    ("class_size", "preschool"),
    ("l1_teachers_above_qualification", "primary"),
    ("l1_teachers_above_qualification", "junior"),
    ("l4_teaching_area", "primary"),
    ("l5_sports_area", "primary"),
    (PUPILS, "primary"),
    (PUPILS, "preschool"),
)
MAP_CHANGES = ((PUPILS, "preschool"), (PUPILS, "primary"), (PUPILS, "junior"))

TOWNSHIP_COLUMNS = (
    (PUPILS, "preschool"),
    (PUPILS, "primary"),
    (PUPILS, "junior"),
    ("class_size", "primary"),
    ("class_size", "junior"),
    *((measure, "primary") for measure in SEVEN_RESOURCES),
)

SCHOOL_COLUMNS = (PUPILS, "class_size", *SEVEN_RESOURCES)

# Shown side by side for city, town and country, and for public and private schools.
COMPARED = (
    (PUPILS, "preschool"),
    (PUPILS, "primary"),
    (PUPILS, "junior"),
    ("class_size", "preschool"),
    ("class_size", "primary"),
    ("class_size", "junior"),
    *((measure, stage) for measure in SEVEN_RESOURCES for stage in ("primary", "junior")),
)
