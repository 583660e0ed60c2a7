"""The schools of the example county: ``schools.csv``, and which of them exist in a year.

Real are the names that the plan mentions; all other names, all sizes and all dates are invented.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

STAGES = ("preschool", "primary", "junior", "senior", "vocational", "special")

GRADES: Mapping[str, tuple[str, ...]] = {
    "preschool": ("k1", "k2", "k3"),
    "primary": ("g1", "g2", "g3", "g4", "g5", "g6"),
    "junior": ("g7", "g8", "g9"),
    "senior": ("g10", "g11", "g12"),
    "vocational": ("g10", "g11", "g12"),
    "special": ("g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9"),
}


@dataclass(frozen=True, eq=False)
class School:
    """A school, kindergarten, campus or point, over all years.

    ``sizes`` are its pupils by stage around 2020; it is open from ``opened`` to the year before ``closed``.
    """

    code: str
    name: str
    area: str
    type: str
    ownership: str
    urban_rural: str
    opened: int
    closed: int | None
    main: str | None
    sizes: Mapping[str, int]
    tags: frozenset[str]

    @property
    def kindergarten(self) -> bool:
        return self.type == "kindergarten"

    @property
    def counted(self) -> bool:
        return self.main is None

    @property
    def rural(self) -> bool:
        return self.urban_rural in ("210", "220")

    @property
    def urban(self) -> bool:
        return self.urban_rural in ("111", "112")

    @property
    def inclusive(self) -> bool:
        return "inclusive" in self.tags

    @property
    def twelve_from(self) -> int | None:
        """The year in which a nine-year school takes its first senior pupils."""
        return next((int(tag.split(":")[1]) for tag in self.tags if tag.startswith("twelve:")), None)

    def open_in(self, year: int) -> bool:
        """Whether the school takes pupils in the school year that begins in ``year``."""
        return self.opened <= year and (self.closed is None or year < self.closed)

    def stage_opened(self, stage: str) -> int:
        """The year in which a stage takes its first pupils."""
        return self.twelve_from or self.opened if stage == "senior" else self.opened

    def stages_in(self, year: int) -> tuple[str, ...]:
        """The stages that the school has in a year."""
        if not self.open_in(year):
            return ()
        return tuple(stage for stage in STAGES if stage in self.sizes and self.stage_opened(stage) <= year)

    def type_in(self, year: int) -> str:
        """The school's type in a year."""
        turned = self.twelve_from
        return "twelve_year_school" if turned is not None and turned <= year else self.type


@cache
def schools() -> tuple[School, ...]:
    """Every school that there is in any year, in the order of ``schools.csv``."""
    text = resources.files("jiaoheng.census.example").joinpath("schools.csv").read_text("utf-8")
    return tuple(_school(row) for row in csv.DictReader(text.splitlines()))


@cache
def by_name() -> Mapping[str, School]:
    """The schools by name."""
    return {school.name: school for school in schools()}


def _school(row: Mapping[str, str]) -> School:
    return School(
        code=row["school_code"],
        name=row["name"],
        area=row["area_code"],
        type=row["school_type"],
        ownership=row["ownership"],
        urban_rural=row["urban_rural_code"],
        opened=int(row["opened"]),
        closed=int(row["closed"]) if row["closed"] else None,
        main=row["main_school_code"] or None,
        sizes={stage: int(row[stage]) for stage in STAGES if row[stage]},
        tags=frozenset(row["tags"].split()),
    )
