"""The table ``schools``: what a school is, and the ground, floors, equipment and rooms that it has.

Everything physical follows from the seats a school was built for, so a school with more pupils than seats
falls short per pupil as a real one does.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from jiaoheng.census.example.building import capacity
from jiaoheng.census.example.chance import between, rounded, stream
from jiaoheng.census.example.directory import School
from jiaoheng.census.example.enrolment import Group, Groups
from jiaoheng.census.example.land import place

Row = dict[str, object]

# Square metres per seat: ground, floor, teaching rooms, sports ground.
_PER_SEAT = {
    "preschool": (13.5, 9.6, 6.4, 4.2),
    "primary": (17.0, 8.6, 5.3, 7.6),
    "junior": (21.5, 11.4, 6.6, 10.3),
    "senior": (25.0, 15.5, 6.8, 9.8),
    "vocational": (24.0, 15.0, 8.0, 8.5),
    "special": (60.0, 32.0, 20.0, 12.0),
}


def premises(seed: int, groups: Groups, year: int) -> list[Row]:
    """The rows of ``schools`` for a year."""
    by_school: dict[str, list[Group]] = {}
    for (code, _), group in groups.items():
        by_school.setdefault(code, []).append(group)
    return [_school(seed, there, year) for there in by_school.values()]


def _school(seed: int, there: list[Group], year: int) -> Row:
    school = there[0].school
    rng = stream(seed, "premises", school.code)
    longitude, latitude = place(seed, school.area, school.code)
    built = max(school.opened, 1994 + int(rng.random() * 22) if school.opened < 2010 else school.opened)
    row: Row = {
        "school_code": school.code,
        "name": school.name,
        "area_code": school.area,
        "school_type": school.type_in(year),
        "ownership": school.ownership,
        "organiser": "private" if school.ownership == "private" else "county_education",
        "inclusive": school.inclusive if school.kindergarten and school.ownership == "private" else None,
        "urban_rural_code": school.urban_rural,
        "counted": school.counted,
        "main_school_code": school.main,
        "longitude": longitude,
        "latitude": latitude,
        "address": f"{school.name.removeprefix('四会市')}路{1 + int(rng.random() * 180)}号",
        "opened": school.opened,
        "built": built,
        "boarding": "boarding" in school.tags,
        "high_density": "dense" in school.tags if not school.kindergarten else None,
        "elite_senior": "elite" in school.tags if any(group.stage == "senior" for group in there) else None,
    }
    _areas(rng, school, there, year, row)
    _equipment(rng, school, there, year, row)
    _rooms(rng, school, there, row)
    if school.kindergarten:
        _kindergarten(rng, school, there[0], year, row)
    else:
        _life(rng, school, there, year, row)
    _money(rng, there, year, row)
    return _with_gaps(seed, school, year, row)


def _areas(rng: Random, school: School, there: list[Group], year: int, row: Row) -> None:
    seats = {group.stage: capacity(group.school, group.stage, year) for group in there}

    def total(index: int) -> float:
        return sum(_PER_SEAT[stage][index] * number for stage, number in seats.items())

    tight = 0.62 if "dense" in school.tags else 0.85 if school.urban_rural == "111" else 1.0
    roomy = 1.5 if school.rural else 1.0
    land = total(0) * tight * roomy * between(rng, 0.85, 1.2)
    sports = total(3) * tight * roomy * between(rng, 0.72, 1.25)
    teaching = total(2) * between(rng, 0.84, 1.22)
    floor = total(1) * between(rng, 0.92, 1.12)
    has_hall, hall = rng.random() < (0.75 if "elite" in school.tags else 0.3), between(rng, 600, 1400)
    if not has_hall or sum(seats.values()) <= 900:
        hall = 0.0
    living = floor * (0.34 if "boarding" in school.tags else 0.12)
    row |= {
        "land_area": rounded(land),
        "green_area": rounded(land * between(rng, 0.12, 0.3)),
        "sports_ground_area": rounded(sports),
        "building_area": rounded(max(floor, teaching * 1.3 + living)),
        "dangerous_area": 0,
        "teaching_area": rounded(teaching + hall),
        "classroom_area": rounded(teaching * between(rng, 0.55, 0.65)),
        "indoor_sports_area": rounded(hall),
        "library_area": rounded(teaching * between(rng, 0.03, 0.06)),
        "office_area": rounded(floor * between(rng, 0.06, 0.1)),
        "living_area": rounded(living),
        "dormitory_area": rounded(living * 0.6) if "boarding" in school.tags else 0,
        "canteen_area": rounded(living * 0.25),
        "toilet_area": rounded(floor * between(rng, 0.02, 0.035)),
    }
    rooms = sum(int(str(row[name])) for name in ("teaching_area", "office_area", "living_area"))
    row["building_area"] = max(int(str(row["building_area"])), rooms)
    if not school.kindergarten:
        row["transition_sports_area"] = rounded(between(rng, 800, 2600)) if "dense" in school.tags else 0


def _equipment(rng: Random, school: School, there: list[Group], year: int, row: Row) -> None:
    seats = sum(capacity(group.school, group.stage, year) for group in there)
    junior = (
        sum(capacity(group.school, group.stage, year) for group in there if group.stage != "primary") / seats
    )
    since = year - 2016
    per_seat = (1250 + 620 * junior + 115 * since) * between(rng, 0.75, 1.3)
    if school.kindergarten:
        per_seat = (420 + 45 * since) * between(rng, 0.6, 1.4)
    if school.opened >= 2017:
        per_seat *= 1.25
    classes = sum(len(group.sizes) for group in there)
    computers = rounded(seats * (0.09 + 0.008 * since) * between(rng, 0.75, 1.25))
    # In the forms these are 万元 with two places.
    row |= {
        "equipment_value": rounded(seats * per_seat / 10000) * 10000.0,
        "equipment_value_new": rounded(seats * per_seat * between(rng, 0.03, 0.08) / 10000) * 10000.0,
        "fixed_assets": rounded(seats * per_seat * between(rng, 7, 12) / 10000) * 10000.0,
        "books": rounded(seats * (8 if school.kindergarten else 21 + 0.7 * since) * between(rng, 0.8, 1.25)),
        "ebooks": rounded(seats * (4 + 2 * since) * between(rng, 0.4, 1.4))
        if not school.kindergarten
        else None,
        "computers": computers if not school.kindergarten else rounded(computers * 0.25),
        "pupil_computers": rounded(computers * 0.72) if not school.kindergarten else 0,
        "classrooms": classes + rounded(classes * between(rng, 0.0, 0.12)),
        "multimedia_rooms": rounded(classes * min(1.12, (0.62 + 0.05 * since) * between(rng, 0.88, 1.15))),
        "computer_rooms": 0 if school.kindergarten else max(1, rounded(seats / between(rng, 500, 800))),
        "laboratories": 0 if school.kindergarten else rounded((0.4 + 2.2 * junior) * seats / 400 + 0.6),
    }


def _rooms(rng: Random, school: School, there: list[Group], row: Row) -> None:
    """Music and art rooms against one each for every twelve classes."""
    if school.kindergarten:
        return
    needed = -(-sum(len(group.sizes) for group in there) // 12)
    for subject, sizes in (("music", (96, 73, 61, 54)), ("art", (90, 67, 61, 54))):
        rooms = max(0 if school.type == "teaching_point" else 1, needed - int(rng.random() * 1.6))
        left = rooms
        row[f"{subject}_rooms"] = rooms
        counts = []
        for part in (0.58, 0.6, 0.5, 0.5):
            reach = rounded(left * part + rng.random() * 0.5)
            counts.append(min(left, reach))
            left -= counts[-1]
        for index, size in enumerate(sizes):
            row[f"{subject}_rooms_{size}"] = sum(counts[: index + 1])


def _kindergarten(rng: Random, school: School, group: Group, year: int, row: Row) -> None:
    seats, classes = capacity(school, group.stage, year), len(group.sizes)
    good = "substandard" not in school.tags
    level = next((tag for tag in ("provincial", "prefectural", "county") if tag in school.tags), None)
    row |= {
        "kindergarten_level": f"{level}_first" if level else "ungraded",
        "standardised": good,
        "licensed": True,
        "estate": "estate" in school.tags,
        "built_to_code": school.opened < 2018 or rng.random() < 0.95,
        "facilities_met": good and rng.random() < 0.95,
        "staffing_met": rng.random() < 0.80 + 0.015 * (year - 2016),
        "inspected": True,
        "resident_inspector": True,
        "no_primary_style": rng.random() < 0.96,
        "safety_incidents": 0,
        "ethics_incidents": 0,
        "outdoor_play_area": rounded(seats * between(rng, 3.4, 6.0)),
        "activity_unit_area": rounded(classes * between(rng, 150, 250)),
        "activity_room_area": rounded(classes * between(rng, 70, 120)),
        "nap_room_area": rounded(classes * between(rng, 18, 34)),
        "washroom_area": rounded(classes * between(rng, 12, 18)),
        "hall_area": rounded(between(rng, 60, 160)),
        "party_branch": school.ownership == "public" or rng.random() < 0.55,
    }
    row["party_members"] = rounded(classes * between(rng, 0.2, 0.8))
    _fit_units(row)


def _fit_units(row: Row) -> None:
    """Class units within the building, and their rooms within the units."""
    unit, floor = int(str(row["activity_unit_area"])), int(str(row["building_area"]))
    row["activity_unit_area"] = unit = min(unit, rounded(floor * 0.8))
    names = ("activity_room_area", "nap_room_area", "washroom_area")
    rooms = sum(int(str(row[name])) for name in names)
    if rooms > unit:
        row |= {name: int(int(str(row[name])) * unit / rooms) for name in names}


def _life(rng: Random, school: School, there: list[Group], year: int, row: Row) -> None:
    since = year - 2016
    public = school.ownership == "public"
    pupils = sum(group.pupils for group in there)
    point = school.type == "teaching_point"
    compulsory = any(group.stage in ("primary", "junior") for group in there)
    row |= {
        "psychology_rooms": 0 if point or rng.random() > 0.66 + 0.035 * since else 1 + (pupils > 1800),
        "recording_rooms": 0
        if point
        else int(rng.random() * 0.9 + 0.13 * since)
        if public
        else int(rng.random() * 1.4),
        "charter": True,
        "informatised": rng.random() < 0.75 + 0.027 * since,
        "it_used": rng.random() < 0.72 + 0.028 * since,
        "ethics_culture_good": rng.random() < 0.9 + 0.01 * since,
        "curriculum_complete": rng.random() < (0.72 if point else 0.92) + 0.008 * since,
        "practice_course": rng.random() < 0.84 + 0.016 * since,
        "labour_base": rng.random() < 0.62 + 0.038 * since,
        "no_excess_burden": rng.random() < (0.86 if year < 2021 else 0.96),
        "party_branch": public or rng.random() < 0.7,
        "standard_school": rng.random() < 0.80 + 0.019 * since if compulsory else None,
        "air_conditioned": rng.random() < 0.15 + 0.095 * since if public else rng.random() < 0.9,
        "key_class": False if compulsory else None,
        "party_members": rounded(pupils / between(rng, 90, 160))
        if public
        else rounded(pupils / between(rng, 250, 500)),
    }


def _money(rng: Random, there: list[Group], year: int, row: Row) -> None:
    per_pupil = {
        "preschool": 500,
        "primary": 1150,
        "junior": 1950,
        "senior": 1800,
        "vocational": 2400,
        "special": 6500,
    }
    pupils = sum(group.pupils for group in there)
    basis = max(100, pupils) if any(group.stage == "primary" for group in there) else pupils
    amount = sum(per_pupil[group.stage] * group.pupils for group in there) * basis / pupils
    funds = rounded(amount * (1 + 0.018 * (year - 2016)) / 100) * 100
    row |= {"public_funds": float(funds), "public_funds_basis": basis}
    row["training_funds"] = float(rounded(funds * between(rng, 0.045, 0.075) / 100) * 100)


def _with_gaps(seed: int, school: School, year: int, row: Mapping[str, object]) -> Row:
    """A few cells that nobody filled in: missing, which is not zero."""
    rng = stream(seed, "gaps", school.code, year)
    gaps = set()
    if school.kindergarten and school.ownership == "private" and rng.random() < 0.06:
        gaps |= {"books", "green_area"}
    if not school.kindergarten and rng.random() < 0.04:
        gaps |= {"ebooks", "fixed_assets"}
    if school.ownership == "private" and not school.kindergarten and rng.random() < 0.08:
        gaps |= {"equipment_value_new", "party_members"}
    return {name: None if name in gaps else value for name, value in row.items()}
