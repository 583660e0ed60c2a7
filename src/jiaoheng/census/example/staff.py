"""Teachers and staff of every school and stage: numbers first, then how each number divides.

The totals of a stage are those of `published`; schools get teachers by pupils and by classes, so small
schools have more per pupil. Every breakdown adds up to the teachers of its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jiaoheng.census.example import published
from jiaoheng.census.example.chance import apportion, between, leaning, rounded, stream
from jiaoheng.census.example.directory import STAGES
from jiaoheng.census.example.enrolment import Group, Groups
from jiaoheng.census.example.qualifications import Row, qualify

_Key = tuple[str, str]

_TITLES = ("full_senior", "associate_senior", "middle", "assistant", "junior", "none")
_TITLE_WEIGHTS = {
    ("public", "preschool"): (0, 3, 22, 35, 6, 34),
    ("public", "primary"): (0.3, 14, 48, 25, 3, 9.7),
    ("public", "junior"): (0.5, 21, 45, 23, 2, 8.5),
    ("public", "senior"): (1.2, 30, 38, 22, 1, 7.8),
    ("public", "vocational"): (0.6, 24, 36, 25, 2, 12.4),
    ("public", "special"): (0, 9, 36, 38, 4, 13),
}
_PRIVATE_TITLES = (0, 2, 12, 28, 6, 52)

AGES = ("24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54", "55_59", "60")
_AGE_WEIGHTS = {"public": (3, 12, 13, 12, 15, 21, 16, 8, 0), "private": (12, 27, 24, 16, 9, 6, 3, 2, 1)}

_COURSES: Mapping[str, Mapping[str, float]] = {
    "primary": {
        "morality_and_law": 5,
        "chinese": 33,
        "mathematics": 24,
        "foreign_language": 9,
        "science": 5,
        "information_technology": 3,
        "physical_education": 8.2,
        "music": 4.2,
        "fine_art": 3.9,
        "art": 0.4,
        "labour": 1.4,
        "integrated_practice": 0.9,
        "psychology": 0.8,
        "course_other": 0.6,
        "not_teaching": 0.6,
    },
    "junior": {
        "morality_and_law": 7,
        "chinese": 17,
        "mathematics": 16.5,
        "foreign_language": 15.5,
        "history": 6,
        "geography": 5,
        "physics": 7.5,
        "chemistry": 4.5,
        "biology": 5,
        "information_technology": 2.5,
        "physical_education": 6.5,
        "music": 2.4,
        "fine_art": 2.3,
        "labour": 0.6,
        "psychology": 1.0,
        "course_other": 0.4,
        "not_teaching": 0.3,
    },
    "senior": {
        "morality_and_law": 8,
        "chinese": 16,
        "mathematics": 16,
        "foreign_language": 15.5,
        "history": 6.5,
        "geography": 6.5,
        "physics": 9,
        "chemistry": 7.5,
        "biology": 6.5,
        "information_technology": 2,
        "physical_education": 4,
        "music": 0.8,
        "fine_art": 1,
        "psychology": 0.7,
    },
}
_ARTS = ("music", "fine_art", "art")


def employ(seed: int, groups: Groups, year: int) -> Mapping[_Key, Row]:
    """The staff columns of ``school_stages`` for a year, by school code and stage."""
    rows: dict[_Key, Row] = {key: {} for key in groups}
    for stage in STAGES:
        there = [key for key in groups if key[1] == stage]
        if there:
            _numbers(seed, groups, there, stage, year, rows)
            qualify(seed, groups, there, stage, year, rows)
    _hired(groups, year, rows)
    for key, group in groups.items():
        _divide(seed, group, rows[key])
        _staff(seed, group, rows[key])
    return rows


def _numbers(
    seed: int, groups: Groups, there: Sequence[_Key], stage: str, year: int, rows: dict[_Key, Row]
) -> None:
    for ownership in ("public", "private"):
        own = [key for key in there if groups[key].school.ownership == ownership]
        weights = [_need(groups[key]) * leaning(seed, key, "teachers", 0.13) for key in own]
        for key, number in zip(
            own, apportion(published.teachers(stage, ownership, year), weights), strict=True
        ):
            rows[key]["teachers"] = number


def _need(group: Group) -> float:
    """How many teachers a school would like: by pupils, and by classes however small they are."""
    per_class = 45 if group.stage == "primary" else 50
    return (0.55 * group.pupils / per_class + 0.45 * len(group.sizes)) * (1.0 if group.school.urban else 1.15)


def _hired(groups: Groups, year: int, rows: Mapping[_Key, Row]) -> None:
    """Who was recruited this year; public schools recruit on the establishment."""
    public = [key for key in groups if groups[key].school.ownership == "public"]
    total = published.HIRED_2016_2020[year - 2016] if year <= 2020 else 118 + 7 * (year - 2021)
    caps = [rows[key]["teachers"] or 0 for key in public]
    for key, number in zip(public, apportion(total, caps, caps), strict=True):
        rows[key]["teachers_hired"] = number
    for key, group in groups.items():
        teachers = rows[key]["teachers"] or 0
        if group.school.ownership == "private":
            rows[key]["teachers_hired"] = rounded(teachers * 0.11)
            rows[key]["teachers_left"] = rounded(teachers * 0.10)
        else:
            rows[key]["teachers_left"] = rounded(teachers * 0.022)


def _divide(seed: int, group: Group, row: Row) -> None:
    teachers = row["teachers"] or 0
    public = group.school.ownership == "public"
    rng = stream(seed, "teachers", group.school.code, group.stage, group.year)

    def share(low: float, high: float) -> int:
        return rounded(teachers * between(rng, low, high))

    def divided(names: Sequence[str], weights: Sequence[float], prefix: str) -> None:
        moved = [weight * between(rng, 0.75, 1.25) for weight in weights]
        for name, number in zip(names, apportion(teachers, moved), strict=True):
            row[f"{prefix}{name}"] = number

    divided(_TITLES, _TITLE_WEIGHTS["public", group.stage] if public else _PRIVATE_TITLES, "teachers_title_")
    divided(AGES, _AGE_WEIGHTS[group.school.ownership], "teachers_age_")
    female = {"preschool": 0.985, "primary": 0.76, "junior": 0.61, "senior": 0.52, "vocational": 0.55}
    middle = female.get(group.stage, 0.72)
    row["teachers_female"] = share(middle - 0.03, min(1.0, middle + 0.03))
    row["teachers_minority"] = share(0.0, 0.025)
    since = group.year - 2016
    if public:
        away = (
            rounded(teachers * between(rng, 0.30, 0.55)) if group.stage == "preschool" else share(0.0, 0.05)
        )
        row["teachers_contract"] = away
        row["teachers_established"] = teachers - away
    else:
        row["teachers_contract"] = None
        row["teachers_established"] = 0
    row["teachers_certified"] = min(teachers, share(0.93 + 0.006 * since, 0.97 + 0.006 * since))
    if group.stage == "preschool":
        row["teachers_early_childhood"] = share(0.70 + 0.015 * since, 0.80 + 0.015 * since)
    if group.stage == "vocational":
        row["teachers_vocational"] = share(0.50, 0.54)
        row["teachers_dual"] = rounded((row["teachers_vocational"] or 0) * (0.47 + 0.018 * since))
    if group.stage in _COURSES:
        courses = _courses(group)
        divided(list(courses), list(courses.values()), "teachers_")
    _backbone(rng.random(), group, row)
    _development(rng.random(), group, row)


def _courses(group: Group) -> dict[str, float]:
    """What is taught. Small rural schools have hardly anybody for the arts."""
    courses = dict(_COURSES[group.stage])
    small = group.school.rural or group.pupils < 350
    gain = 1 + 0.055 * (group.year - 2016)
    for name in _ARTS:
        courses[name] = courses.get(name, 0.0) * (0.15 if small else gain)
    courses["physical_education"] *= 0.55 if small else gain
    return courses


def _backbone(luck: float, group: Group, row: Row) -> None:
    teachers = row["teachers"] or 0
    since = group.year - 2016
    level = 0.20 if group.school.urban else 0.12 if group.school.rural else 0.16
    if group.school.ownership == "private":
        level *= 0.35
    if group.stage == "preschool":
        level *= 0.5
    number = rounded(teachers * level * (1 + 0.09 * since) * (0.7 + 0.6 * luck))
    levels = ("national", "provincial", "prefectural", "county")
    row["teachers_backbone"] = number
    for name, count in zip(levels, apportion(number, (0.3, 3, 22, 75)), strict=True):
        row[f"backbone_{name}"] = count


def _development(luck: float, group: Group, row: Row) -> None:
    teachers = row["teachers"] or 0
    since = group.year - 2016
    small = group.school.type in ("teaching_point", "primary_school") and group.pupils < 120
    row["itinerant_pe_arts"] = (1 + int(luck * 2)) if small else 0
    if group.stage in ("primary", "junior", "senior", "vocational"):
        big = group.pupils >= (1200 if group.stage == "primary" else 1000)
        row["psychologists"] = int(0.09 * since + luck) + (1 if big and group.year >= 2022 else 0)
        row["psychologists_part_time"] = int(0.5 + luck + 0.1 * since)
    if group.stage in ("primary", "junior") and group.school.ownership == "public":
        eligible = rounded(teachers * (0.52 + 0.1 * luck))
        rotated = rounded(eligible * (0.06 + 0.007 * since + 0.03 * luck))
        row["rotation_eligible"], row["rotated"] = eligible, rotated
        row["rotated_backbone"] = min(row["teachers_backbone"] or 0, rounded(rotated * (0.15 + 0.1 * luck)))
    due = rounded(teachers * (0.17 + 0.05 * luck))
    row["training_due"] = due
    row["training_done"] = min(due, rounded(due * (0.90 + 0.01 * since + 0.05 * luck)))


def _staff(seed: int, group: Group, row: Row) -> None:
    teachers = row["teachers"] or 0
    rng = stream(seed, "staff", group.school.code, group.stage, group.year)
    point = group.school.type == "teaching_point"
    if group.stage == "preschool":
        row["administrators"] = 1 + rounded(teachers * 0.03)
        row["care_workers"] = rounded(len(group.sizes) * between(rng, 0.85, 1.05))
        row["health_workers"] = max(1, rounded(group.pupils / between(rng, 190, 320)))
        row["auxiliaries"] = 0
        row["support_staff"] = rounded(group.pupils / between(rng, 55, 80))
        row["other_staff"] = 0
    else:
        row["administrators"] = 0 if point else rounded(teachers * between(rng, 0.02, 0.05))
        row["auxiliaries"] = 0 if point else rounded(teachers * between(rng, 0.015, 0.04))
        row["support_staff"] = rounded(teachers * between(rng, 0.02, 0.06))
        row["other_staff"] = int(rng.random() * 2)
        row["silver_teachers"] = int(rng.random() * 1.15)
        row["external_teachers"] = rounded(teachers * between(rng, 0.0, 0.03))
        row["care_workers"] = 0
        row["health_workers"] = 0
    kinds = (
        "administrators",
        "auxiliaries",
        "support_staff",
        "care_workers",
        "health_workers",
        "other_staff",
    )
    others = sum(row[kind] or 0 for kind in kinds)
    row["staff"] = teachers + others
    row["staff_female"] = (row["teachers_female"] or 0) + rounded(others * 0.55)
    row["staff_established"] = (row["teachers_established"] or 0) + (
        rounded(others * 0.35) if group.school.ownership == "public" else 0
    )
    row["heads"] = 0 if point or not group.school.counted else 1
    row["heads_certified"] = row["heads"]
    row["heads_qualified"] = row["heads"] if group.school.ownership == "public" or rng.random() < 0.9 else 0
