"""Records of staff for the latest years. They add up to the rows of ``school_stages``.

The two years are drawn apart: a teacher of one year is nobody in particular of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

import pyarrow as pa

from jiaoheng.census.example import published
from jiaoheng.census.example.chance import pick, stream
from jiaoheng.census.example.enrolment import Group, Groups
from jiaoheng.census.example.persons import Identities
from jiaoheng.census.schema import schema
from jiaoheng.terms import IdentityCheck

Row = Mapping[str, object]
Person = dict[str, object]
_Key = tuple[str, str]

_EPOCH = date(1970, 1, 1).toordinal()
_QUALIFICATIONS = ("doctor", "master", "bachelor", "college", "secondary", "below_secondary")
_TITLES = ("full_senior", "associate_senior", "middle", "assistant", "junior", "none")
_AGES = {
    "60": (60, 3),
    "55_59": (55, 5),
    "50_54": (50, 5),
    "45_49": (45, 5),
    "40_44": (40, 5),
    "35_39": (35, 5),
    "30_34": (30, 5),
    "25_29": (25, 5),
    "24": (22, 3),
}
_COURSES = (
    *("morality_and_law", "chinese", "mathematics", "foreign_language", "history", "geography", "science"),
    *("physics", "chemistry", "biology", "information_technology", "physical_education", "music", "fine_art"),
    *("art", "labour", "integrated_practice", "psychology"),
)
_OTHERS = {
    "administrators": "administrator",
    "auxiliaries": "auxiliary",
    "support_staff": "support",
    "care_workers": "care_worker",
    "health_workers": "health_worker",
    "other_staff": "other",
}


def teachers(seed: int, groups: Groups, rows: Mapping[_Key, Row], year: int) -> pa.Table:
    """The table ``teachers`` for a year: all staff, full-time teachers first within each school and stage."""
    # Each year has identifiers of its own.
    number = Identities(first=120 * (year % 4))
    people: list[Person] = []
    for key, group in groups.items():
        people += _teachers(seed, group, rows[key], number)
        people += _others(seed, group, rows[key], number)
    _recruited(seed, people, year)
    return pa.Table.from_pylist(people, schema("teachers"))


def _teachers(seed: int, group: Group, row: Row, number: Identities) -> list[Person]:
    count = _count(row, "teachers")
    rng = stream(seed, "teacher records", group.school.code, group.stage, group.year)
    ages = [
        age
        for name, (low, width) in _AGES.items()
        for age in _ages(rng, _count(row, f"teachers_age_{name}"), low, width)
    ]
    titles = _expand(row, "teachers_title_", _TITLES)
    mixed = [
        _shuffled(rng, column)
        for column in (
            _expand(row, "teachers_", _QUALIFICATIONS),
            _courses(group, row),
            _flags(count, row, "teachers_female"),
            _flags(count, row, "teachers_minority"),
            _flags(count, row, "teachers_certified"),
            _flags(count, row, "teachers_early_childhood"),
        )
    ]
    backbone = _expand(row, "backbone_", ("national", "provincial", "prefectural", "county"))
    backbone += ["none"] * (count - len(backbone))
    established = _count(row, "teachers_established")
    other = "private" if group.school.ownership == "private" else "contract"
    employment = ["established"] * established + [other] * (count - established)
    eligible, rotated = _rotation(count, backbone, row)
    dual = _dual(mixed[1], row)
    head_of = _count(row, "heads") if not _count(row, "administrators") else 0
    people = []
    for index in range(count):
        birth, female = _birth(rng, group.year, ages[index]), bool(mixed[2][index])
        people.append(
            {
                "teacher_id": number(birth, female),
                "id_check": IdentityCheck.VALID.value,
                "school_code": group.school.code,
                "stage": group.stage,
                "kind": "teacher",
                "sex": "female" if female else "male",
                "birth_date": birth,
                "qualification": mixed[0][index],
                "title": titles[index],
                "course": mixed[1][index],
                "minority": mixed[3][index],
                "certified": mixed[4][index],
                "employment": employment[index],
                "backbone": backbone[index],
                "head": index < head_of,
                "dual_qualified": dual[index],
                "early_childhood": mixed[5][index] if group.stage == "preschool" else None,
                "rotation_eligible": eligible[index],
                "rotated": rotated[index],
                "training_hours": float(120 + pick(rng, 420)),
                "hired": _hired(rng, group.year, ages[index]),
            }
        )
    return people


def _others(seed: int, group: Group, row: Row, number: Identities) -> list[Person]:
    rng = stream(seed, "staff records", group.school.code, group.stage, group.year)
    kinds = [kind for column, kind in _OTHERS.items() for _ in range(_count(row, column))]
    female = _count(row, "staff_female") - _count(row, "teachers_female")
    established = _count(row, "staff_established") - _count(row, "teachers_established")
    heads = _count(row, "heads") if _count(row, "administrators") else 0
    other = "private" if group.school.ownership == "private" else "contract"
    people: list[Person] = []
    for index, kind in enumerate(kinds):
        is_female = index >= len(kinds) - female
        age = 26 + pick(rng, 32)
        birth = _birth(rng, group.year, age)
        people.append(
            {
                "teacher_id": number(birth, is_female),
                "id_check": IdentityCheck.VALID.value,
                "school_code": group.school.code,
                "stage": group.stage,
                "kind": kind,
                "sex": "female" if is_female else "male",
                "birth_date": birth,
                "minority": False,
                "employment": "established" if index < established else other,
                "head": index < heads,
                "hired": _hired(rng, group.year, age),
            }
        )
    return people


def _recruited(seed: int, people: Sequence[Person], year: int) -> None:
    """Give the recruits of 2016 to 2020 their years: as many, with the qualifications, as were published."""
    rng = stream(seed, "recruits", year)
    found: dict[str, list[Person]] = {name: [] for name in published.HIRED_DEGREES}
    for person in people:
        birth = person["birth_date"]
        assert isinstance(birth, int)
        young = date.fromordinal(birth + _EPOCH).year >= year - 38
        if person["kind"] == "teacher" and person["employment"] == "established" and young:
            found.get(str(person["qualification"]), []).append(person)
    years = [first + 2016 for first, count in enumerate(published.HIRED_2016_2020) for _ in range(count)]
    hired = iter(_shuffled(rng, years))
    for name, count in published.HIRED_DEGREES.items():
        for person in _shuffled(rng, found[name])[:count]:
            person["hired"] = next(hired)


def _hired(rng: Random, year: int, age: int) -> int:
    """The year of entry; none in 2016 to 2020, whose recruits are chosen afterwards."""
    first = year - age + 22 + pick(rng, 4)
    return min(first, 2015) if first <= 2017 else max(first, 2021) if first <= year else year


def _courses(group: Group, row: Row) -> list[object]:
    count = _count(row, "teachers")
    if group.stage == "preschool":
        return ["kindergarten"] * count
    if group.stage == "vocational":
        skilled = _count(row, "teachers_vocational")
        return [*["vocational"] * skilled, *["other"] * (count - skilled)]
    if "teachers_chinese" not in row:
        return ["other"] * count
    courses = _expand(row, "teachers_", _COURSES)
    courses += ["other"] * _count(row, "teachers_course_other")
    courses += ["not_teaching"] * _count(row, "teachers_not_teaching")
    return courses


def _rotation(count: int, backbone: Sequence[object], row: Row) -> tuple[list[object], list[object]]:
    """Who may be moved and who was: backbone teachers are first in the list, as many as were moved."""
    if row.get("rotation_eligible") is None:
        return [None] * count, [None] * count
    eligible, rotated = _count(row, "rotation_eligible"), _count(row, "rotated")
    best = _count(row, "rotated_backbone")
    leading = sum(level != "none" for level in backbone)
    ordinary = list(range(leading, count))[: rotated - best]
    moved = set(range(best)) | set(ordinary)
    moved |= set(range(best, best + rotated - len(moved)))
    allowed = set(moved)
    for index in range(count):
        if len(allowed) < eligible:
            allowed.add(index)
    return [index in allowed for index in range(count)], [index in moved for index in range(count)]


def _dual(courses: Sequence[object], row: Row) -> list[object]:
    """双师型: among those who teach a trade."""
    if row.get("teachers_dual") is None:
        return [None] * len(courses)
    left = _count(row, "teachers_dual")
    flags: list[object] = []
    for course in courses:
        is_dual = course == "vocational" and left > 0
        left -= is_dual
        flags.append(is_dual)
    return flags


def _expand(row: Row, prefix: str, names: Sequence[str]) -> list[object]:
    return [name for name in names for _ in range(_count(row, prefix + name))]


def _flags(count: int, row: Row, name: str) -> list[object]:
    yes = _count(row, name)
    return [index < yes for index in range(count)]


def _ages(rng: Random, count: int, low: int, width: int) -> list[int]:
    return sorted((low + pick(rng, width) for _ in range(count)), reverse=True)


def _birth(rng: Random, year: int, age: int) -> int:
    """A day on which somebody was born who is ``age`` on 1 September of the year."""
    return date(year - age, 9, 1).toordinal() - _EPOCH - pick(rng, 365)


def _shuffled(rng: Random, values: Sequence[object]) -> list:  # type: ignore[type-arg]
    keys = [rng.random() for _ in values]
    return [values[index] for index in sorted(range(len(values)), key=keys.__getitem__)]


def _count(row: Row, name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) else 0
