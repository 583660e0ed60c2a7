"""Seats by school, stage and year: what there is, what projects bring and how late, what closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiaoheng.census.snapshot import Census
from jiaoheng.places.lateness import Lateness, lateness
from jiaoheng.places.supposed import SeatsError, Supposed
from jiaoheng.terms import label

NORMS: Mapping[str, int] = {"preschool": 30, "primary": 45, "junior": 50, "senior": 50, "vocational": 50}
"""Pupils in a class by stage, where nobody says otherwise: 《幼儿园工作规程》 (middle class), and the
provincial norm of 45 in primary and 50 in later schools (see the pack ``size-and-class``)."""

KINDERGARTEN: Mapping[str, int] = {
    "classes_k1": 25,
    "classes_k2": 30,
    "classes_k3": 35,
    "classes_k_mixed": 30,
}
"""Children in a class of a kindergarten by its kind: 《幼儿园工作规程》第十一条."""

STAGES = tuple(NORMS)
Basis = Literal["rated", "classes"]
COMING = ("planned", "under_construction")


@dataclass(frozen=True)
class School:
    """Seats of one school in one stage.

    Attributes
    ----------
    seats : in the year of the census; None where nothing says how many.
    purchased : of a private school's seats those that the government pays for.
    """

    code: str
    name: str
    area: str
    stage: str
    public: bool
    seats: int | None
    pupils: int
    purchased: int = 0
    intake: int | None = None
    closes: int | None = None


@dataclass(frozen=True)
class Coming:
    """Seats of a project that are still to open."""

    code: str
    name: str
    area: str
    stage: str
    public: bool
    seats: int
    due: int


@dataclass(frozen=True)
class Supply:
    """All of them.

    Attributes
    ----------
    year : of the census.
    temporary : (area, stage, first and last year, seats).
    late : how many years projects of this county came late.
    notes : what was missing or taken otherwise, a sentence each.
    """

    year: int
    schools: tuple[School, ...]
    coming: tuple[Coming, ...]
    late: Lateness
    temporary: tuple[tuple[str, str, int, int, int], ...] = ()
    notes: tuple[str, ...] = field(default=())

    def seats(
        self, areas: Sequence[str], stage: str, years: Sequence[int], *, public: bool = False
    ) -> NDArray[np.float64]:
        """(years,): seats with every project in the year in which it is due; NaN where some are unknown."""
        return self._standing(areas, stage, years, public=public) + sum(
            project.seats * (np.array(years) >= project.due)
            for project in self._projects(areas, stage, public=public)
        )

    def futures(
        self,
        areas: Sequence[str],
        stage: str,
        years: Sequence[int],
        *,
        draws: int,
        seed: int,
        public: bool = False,
    ) -> NDArray[np.float64]:
        """(draws, years): the same with each project as late as such projects were, in each future anew.

        A project is equally late in a future whatever areas are asked for.
        """
        found = np.tile(self._standing(areas, stage, years, public=public), (draws, 1))
        for project in self._projects(areas, stage, public=public):
            number = [each.code for each in self.coming].index(project.code)
            opened = project.due + self.late.drawn(draws, np.random.default_rng([seed, number]))
            found += project.seats * (np.array(years)[None] >= opened[:, None])
        return found

    def _standing(
        self, areas: Sequence[str], stage: str, years: Sequence[int], *, public: bool
    ) -> NDArray[np.float64]:
        when = np.array(years)
        found = np.zeros(len(when))
        for school in self.schools:
            if school.area in areas and school.stage == stage:
                open_ = np.ones(len(when)) if school.closes is None else 1.0 * (when < school.closes)
                seats = school.seats if school.public or not public else school.purchased
                found += np.where(open_ > 0, np.nan if seats is None else float(seats), 0.0)
        for area, which, first, last, seats in self.temporary:
            if area in areas and which == stage:
                found += seats * ((when >= first) & (when <= last))
        return found

    def _projects(self, areas: Sequence[str], stage: str, *, public: bool) -> list[Coming]:
        return [
            project
            for project in self.coming
            if project.area in areas and project.stage == stage and (project.public or not public)
        ]


def supply(
    census: Census,
    *,
    basis: Basis = "rated",
    norms: Mapping[str, int] | None = None,
    supposed: Supposed | None = None,
    delay: int = 0,
    cancelled: Sequence[str] = (),
) -> Supply:
    """The seats of a county.

    Parameters
    ----------
    basis : ``rated`` capacity (classes times the norm where a school has none), or ``classes`` times the
        norm: in the stages of ``norms``, in all where there are none.
    norms : pupils in a class by stage; `NORMS` for those that are not in it, and `KINDERGARTEN` where the
        classes of a kindergarten are known by their kind.
    supposed : closings and temporary seats.
    delay : years that all projects come later, beside what they usually are late.
    cancelled : codes or names of projects that will not come.

    Raises
    ------
    SeatsError
        A number cannot be, or a school or a project is not there.
    """
    notes: list[str] = []
    counted = tuple(norms or STAGES) if basis == "classes" else ()
    schools = _schools(census, counted, norms or {}, supposed or Supposed(), notes)
    coming, late = _projects(census, delay, cancelled, notes)
    temporary = _temporary(schools, supposed or Supposed())
    return Supply(census.year, schools, coming, late, temporary, tuple(dict.fromkeys(notes)))


def _schools(
    census: Census,
    counted: Sequence[str],
    norms: Mapping[str, int],
    supposed: Supposed,
    notes: list[str],
) -> tuple[School, ...]:
    named = {row["school_code"]: row for row in census.table("schools").to_pylist()}
    closes = _closings(supposed, named, census.year)
    found = []
    for row in census.table("school_stages").to_pylist():
        stage, school = row["stage"], named.get(row["school_code"])
        if school is None or stage not in NORMS:
            continue
        where = f"{census.year} 年 › {school['name']} › {label('stage', stage)}"
        pupils, rated = row["pupils"] or 0, row["capacity"]
        if rated is not None and (rated < 0 or (rated == 0 and pupils > 0)):
            raise SeatsError(
                f"{where}：核定学位数是 {rated}，在校生有 {pupils} 人。请改正；不知道核定数的，请留空。"
            )
        by_classes, size = _by_classes(row, norms)
        seats = rated if stage not in counted and rated is not None else by_classes
        if stage not in counted and rated is None and by_classes is not None:
            notes.append(f"{label('stage', stage)}有学校没有核定学位数，按班数乘以班额{size}计。")
        if seats is None:
            notes.append(f"{where}：没有核定学位数，也没有班数，所在镇街的学位数不明。")
        key = (row["school_code"], stage)
        found.append(
            School(
                code=row["school_code"],
                name=school["name"],
                area=school["area_code"],
                stage=stage,
                public=school["ownership"] == "public",
                seats=seats,
                pupils=pupils,
                purchased=row["purchased_seats"] or 0,
                intake=row["intake_plan"],
                closes=closes.get(key, closes.get((row["school_code"], ""))),
            )
        )
    return tuple(found)


def _by_classes(row: Mapping[str, Any], norms: Mapping[str, int]) -> tuple[int | None, str]:
    """Seats in the classes that there are, and the class size in words; None where they are not counted."""
    stage, classes = row["stage"], row["classes"]
    kinds = {kind: row[kind] for kind in KINDERGARTEN}
    known = [count for count in kinds.values() if count is not None]
    # Classes of infants, and kinds that were not filled in, leave the kinds short of all classes.
    if stage == "preschool" and stage not in norms and known and sum(known) == classes:
        seats = sum(size * (kinds[kind] or 0) for kind, size in KINDERGARTEN.items())
        return seats, "（小班 25、中班 30、大班 35、混合班 30 人）"
    size = norms.get(stage, NORMS[stage])
    return None if classes is None else classes * size, f" {size} 人"


def _closings(
    supposed: Supposed, schools: Mapping[str, Mapping[str, object]], year: int
) -> dict[tuple[str, str], int]:
    codes = {str(row["name"]): code for code, row in schools.items()} | {code: code for code in schools}
    found = {}
    for closing in supposed.closings:
        if closing.school not in codes:
            raise closing.fault(f"没有学校“{closing.school}”。请写学校全称或标识码。")
        if closing.year <= year:
            raise closing.fault(f"{closing.year} 年已经有统计数，停办应写 {year + 1} 年以后。")
        found[codes[closing.school], closing.stage or ""] = closing.year
    return found


def _temporary(schools: Sequence[School], supposed: Supposed) -> tuple[tuple[str, str, int, int, int], ...]:
    found = []
    for line in supposed.temporary:
        school = next(
            (each for each in schools if line.school in (each.code, each.name) and each.stage == line.stage),
            None,
        )
        if school is None:
            raise line.fault(f"没有学校“{line.school}”，或它没有{label('stage', line.stage)}。")
        found.append((school.area, line.stage, line.from_, line.until, line.seats))
    return tuple(found)


def _projects(
    census: Census, delay: int, cancelled: Sequence[str], notes: list[str]
) -> tuple[tuple[Coming, ...], Lateness]:
    table = pl.DataFrame(census.table("projects"))
    late = lateness(table, census.year)
    areas = {row["school_code"]: row["area_code"] for row in census.table("schools").to_pylist()}
    names = {str(row[key]) for row in table.iter_rows(named=True) for key in ("project_code", "name")}
    unknown = [each for each in cancelled if each not in names]
    if unknown:
        raise SeatsError(f"没有建设项目“{unknown[0]}”。请写项目编号或项目全称。")
    found, overdue = [], []
    for row in table.iter_rows(named=True):
        where = f"{census.year} 年 › 项目 › {row['name']}"
        if row["seats"] is not None and row["seats"] < 0:
            raise SeatsError(
                f"{where}：新增学位数是负数（{row['seats']}）。请改正；撤并请写进 seats.yaml 的停办。"
            )
        start, due = row["start_year"], row["due_year"]
        if start is not None and due is not None and due < start:
            raise SeatsError(f"{where}：计划 {due} 年投入使用，早于开工的 {start} 年。请改正其中一个。")
        opened = row["opened_year"] is not None and row["opened_year"] <= census.year
        gone = row["status"] == "cancelled" or row["project_code"] in cancelled or row["name"] in cancelled
        # What is open already is in the schools' capacity.
        if opened or gone or row["status"] not in (*COMING, None) or row["stage"] not in NORMS:
            continue
        area = row["area_code"] or areas.get(row["school_code"])
        if not row["seats"] or due is None or area is None:
            notes.append(f"项目“{row['name']}”没有新增学位数、投入使用年份或镇街，没有计入。")
            continue
        if due <= census.year:
            overdue.append(row["name"])
        due = max(due, census.year + 1) + delay
        public = row["public"] is not False
        found.append(Coming(row["project_code"], row["name"], area, row["stage"], public, row["seats"], due))
    if overdue:
        notes.append(
            f"{len(overdue)} 个项目到期而未投入使用，按最早 {census.year + 1} 年计：{'、'.join(overdue)}。"
        )
    return tuple(found), late
