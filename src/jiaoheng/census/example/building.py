"""Building projects (``projects.csv``), and the seats that they add to a school's capacity."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jiaoheng.census.example.chance import between, rounded, stream
from jiaoheng.census.example.directory import School, by_name
from jiaoheng.census.example.published import CENTRAL_TOWNS

Row = dict[str, object]

_CLASS = {"preschool": 30, "primary": 45, "junior": 50, "senior": 50, "vocational": 50, "special": 9}


@dataclass(frozen=True)
class Project:
    """A building project of one stage, over all years."""

    code: str
    name: str
    kind: str
    stage: str
    area: str
    school: str
    seats: int
    public: bool
    start: int
    due: int
    opened: int | None
    cancelled: int | None
    investment: int
    lead_unit: str

    @property
    def since(self) -> int:
        """The first year in which the project is in the county's list: that of its plan period."""
        return 2016 if self.due <= 2020 else 2021


def projects(seed: int, year: int) -> list[Row]:
    """The rows of ``projects`` as they stand in a year."""
    return [_row(seed, project, year) for project in all_projects() if project.since <= year]


def capacity(school: School, stage: str, year: int) -> int:
    """The approved seats of a school and stage in a year."""
    seats = [
        project for project in all_projects() if project.school == school.name and project.stage == stage
    ]
    if school.opened >= 2016 and any(project.kind == "new" for project in seats):
        return sum(
            project.seats for project in seats if project.opened is not None and project.opened <= year
        )
    later = sum(project.seats for project in seats if project.opened is not None and project.opened > year)
    return max(_CLASS[stage], _planned(school, stage) - later)


def new_seats(school: School, stage: str, year: int) -> int:
    """The seats that came into use at a school and stage in a year."""
    return sum(
        project.seats
        for project in all_projects()
        if project.school == school.name and project.stage == stage and project.opened == year
    )


@cache
def all_projects() -> tuple[Project, ...]:
    """Every project that there is in any year."""
    text = resources.files("jiaoheng.census.example").joinpath("projects.csv").read_text("utf-8")
    return tuple(_project(row) for row in csv.DictReader(text.splitlines()))


@cache
def _planned(school: School, stage: str) -> int:
    """What the school has seats for once all its projects are done, in whole classes.

    Town schools have fewer seats than pupils, village schools far more.
    """
    size = _CLASS[stage]
    central = school.area in CENTRAL_TOWNS
    room = 0.88 if "dense" in school.tags else 0.97 if school.urban else 1.75 if school.rural else 1.3
    if school.ownership == "private" or stage in ("senior", "vocational", "special"):
        room = 1.06
    # The sizes of the directory are weights: this is what they come to in 2020.
    scale = {("primary", True): 0.83, ("junior", True): 0.98, ("junior", False): 0.9}.get(
        (stage, central), 1.0
    )
    return max(1, rounded(school.sizes[stage] * room * scale / size)) * size


def _row(seed: int, project: Project, year: int) -> Row:
    school = by_name().get(project.school)
    opened = project.opened if project.opened is not None and project.opened <= year else None
    status = _status(project, year, opened)
    share = {"opened": 1.0, "planned": 0.0, "cancelled": 0.0}.get(status)
    if share is None:
        whole = max(1, (project.opened or project.due + 1) - project.start)
        share = min(
            0.92, (year - project.start + between(stream(seed, "paid", project.code), 0.2, 0.6)) / whole
        )
    if opened == year:
        share = 0.94
    return {
        "project_code": project.code,
        "name": project.name,
        "kind": project.kind,
        "stage": project.stage,
        "area_code": project.area,
        "school_code": _site(project, school, opened),
        "seats": project.seats,
        "public": project.public,
        "start_year": project.start,
        "due_year": project.due,
        "opened_year": opened,
        "status": status,
        "investment": float(project.investment),
        "paid": rounded(project.investment * share / 10000) * 10000.0,
        "lead_unit": project.lead_unit,
    }


def _site(project: Project, school: School | None, opened: int | None) -> str | None:
    """The school's code: of an extension always, of a new school once it is open."""
    if school is None or (project.kind == "new" and opened is None):
        return None
    return school.code


def _status(project: Project, year: int, opened: int | None) -> str:
    if opened is not None:
        return "opened"
    if project.cancelled is not None and project.cancelled <= year:
        return "cancelled"
    return "under_construction" if project.start <= year else "planned"


def _project(row: Mapping[str, str]) -> Project:
    return Project(
        code=row["project_code"],
        name=row["name"],
        kind=row["kind"],
        stage=row["stage"],
        area=row["area_code"],
        school=row["school"],
        seats=int(row["seats"]),
        public=row["public"] == "yes",
        start=int(row["start"]),
        due=int(row["due"]),
        opened=int(row["opened"]) if row["opened"] else None,
        cancelled=int(row["cancelled"]) if row["cancelled"] else None,
        investment=int(row["investment"]),
        lead_unit=row["lead_unit"],
    )
