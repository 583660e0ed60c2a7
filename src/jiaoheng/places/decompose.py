"""Why the gap of a stage changes from the year of the census to a later one: parts that add up exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jiaoheng.forecast.outlook import STAGE_GRADES, Outlook
from jiaoheng.forecast.series import BIRTHS, Series
from jiaoheng.places.gap import Gap
from jiaoheng.places.supply import Supply


@dataclass(frozen=True)
class Change:
    """One reason, in seats; a rise of the gap is above zero."""

    name: str
    value: float


@dataclass(frozen=True)
class Changes:
    """How the gap of a stage comes from one year's to another's: ``start`` and all parts make ``end``."""

    stage: str
    first: int
    last: int
    start: float
    parts: tuple[Change, ...]
    end: float


def decompose(gap: Gap, stage: str, year: int, *, area: str | None = None) -> Changes | None:
    """Why the gap of a stage is what it will be in a year.

    Parameters
    ----------
    area : a town; the whole county where None.

    Returns
    -------
    Changes
        Parts: pupils as they would be if those who are there moved up as they did this year, and as many
        entered the first grade; what other rates make of those who are there; what changes in those who have
        yet to enter; and of the seats: projects, temporary seats, closings. None where seats are unknown, or
        only public ones count, or a town's pupils study elsewhere.
    """
    outlook, supply = gap.outlook, gap.supply
    areas = outlook.areas if area is None else (area,)
    now = float(_now(outlook, stage, areas))
    seats = _seats(supply, stage, areas, year)
    elsewhere = area is not None and stage in gap.flows
    if gap.public or elsewhere or any(np.isnan(value) for value in seats.values()) or np.isnan(now):
        return None
    moving, joining, entering = _pupils(outlook, stage, areas, year)
    parts = (
        Change("年级更替", moving - now),
        Change("升学和迁移", joining),
        Change("新入园变化", entering),
        Change("项目建成", -seats["projects"]),
        Change("临时学位", -seats["temporary"]),
        Change("停办撤并", seats["closed"]),
    )
    start = now - seats["standing"]
    end = start + sum(part.value for part in parts)
    shown = tuple(part for part in parts if part.value != 0.0)
    return Changes(stage, supply.year, year, start, shown, end)


def _now(outlook: Outlook, stage: str, areas: tuple[str, ...]) -> float:
    history = outlook.history
    rows = [history.areas.index(area) for area in areas]
    grades = [at for at, grade in enumerate(history.grades) if grade in STAGE_GRADES[stage]]
    return float(history.pupils[rows, -1][:, grades].sum())


def _pupils(outlook: Outlook, stage: str, areas: tuple[str, ...], year: int) -> tuple[float, float, float]:
    """Pupils if cohorts moved up as this year; those more or fewer by the way; and by who is to enter."""
    history, step = outlook.history, outlook.years.index(year) + 1
    rows = [history.areas.index(area) for area in areas]
    now = np.nan_to_num(history.pupils[rows, -1]).sum(axis=0)
    rates = _rates(history, rows)
    moving = joining = entering = 0.0
    for grade in STAGE_GRADES[stage]:
        if grade not in history.grades:
            continue
        coming = float(sum(outlook.pupils(stage, area, grade)[step - 1] for area in areas))
        at, left, there = history.grades.index(grade), step, 1.0
        while left and history.feeders[at] != BIRTHS:
            there *= rates[at]
            at, left = history.feeders[at], left - 1
        there *= float(now[at])
        moving += there
        if left:
            entering += coming - there
        else:
            joining += coming - there
    return moving, joining, entering


def _rates(history: Series, rows: list[int]) -> list[float]:
    """(grades,): of this year's pupils over those of the grade before in the year before; 1 where unknown."""
    now = np.nan_to_num(history.pupils[rows, -1]).sum(axis=0)
    before = np.nan_to_num(history.pupils[rows, -2]).sum(axis=0) if len(history.years) > 1 else now * 0.0
    return [
        float(now[at] / before[feeder]) if feeder != BIRTHS and before[feeder] > 0 else 1.0
        for at, feeder in enumerate(history.feeders)
    ]


def _seats(supply: Supply, stage: str, areas: tuple[str, ...], year: int) -> dict[str, float]:
    here = [school for school in supply.schools if school.area in areas and school.stage == stage]
    known = [float("nan") if school.seats is None else float(school.seats) for school in here]
    closed = [
        seats
        for school, seats in zip(here, known, strict=True)
        if school.closes is not None and school.closes <= year
    ]
    opened = [
        project.seats
        for project in supply.coming
        if project.area in areas and project.stage == stage and project.due <= year
    ]
    for_now = [
        seats
        for area, which, first, last, seats in supply.temporary
        if area in areas and which == stage and first <= year <= last
    ]
    return {
        "standing": float(sum(known)),
        "closed": float(sum(closed)),
        "projects": float(sum(opened)),
        "temporary": float(sum(for_now)),
    }
