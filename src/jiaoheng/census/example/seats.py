"""The seat columns of ``school_stages``: capacity, new and purchased seats, intake plans, quotas."""

from __future__ import annotations

from collections.abc import Mapping

from jiaoheng.census.example.building import all_projects, capacity, new_seats
from jiaoheng.census.example.chance import apportion, between, rounded, stream
from jiaoheng.census.example.enrolment import Group, Groups

Row = dict[str, object]

_CLASS = {"preschool": 25, "primary": 45, "junior": 50, "senior": 50, "vocational": 50, "special": 8}


def count_seats(seed: int, groups: Groups, year: int) -> Mapping[tuple[str, str], Row]:
    """The seat columns for a year, by school code and stage."""
    return {key: _row(seed, group, year) for key, group in groups.items()}


def _row(seed: int, group: Group, year: int) -> Row:
    rng = stream(seed, "seats", group.school.code, group.stage, year)
    public = group.school.ownership == "public"
    added = new_seats(group.school, group.stage, year)
    size = _CLASS[group.stage]
    plan = -(-group.first // size) * size
    row: Row = {
        "capacity": capacity(group.school, group.stage, year),
        "new_seats": added,
        "intake_plan": plan,
        "new_public_seats": sum(
            project.seats
            for project in all_projects()
            if project.public
            and (project.school, project.stage) == (group.school.name, group.stage)
            and project.opened == year
        ),
        "purchased_seats": None,
        "quota_allocated": None,
        "quota_rural": None,
    }
    if not public and group.stage in ("primary", "junior"):
        # The county has bought seats for migrant children since 2021.
        share = 0.0 if year < 2021 else between(rng, 0.05, 0.07) + 0.006 * (year - 2021)
        row["purchased_seats"] = rounded(group.pupils * share)
    if group.stage == "senior" and "elite" in group.school.tags:
        quota = rounded(plan * (0.5 + 0.006 * (year - 2016)))
        row["quota_allocated"] = quota
        row["quota_rural"] = apportion(quota, (0.46, 0.54))[0]
    return row
