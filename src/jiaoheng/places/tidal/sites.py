"""The sites of a county from its census, and the demand from what is to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import polars as pl

from jiaoheng.forecast import Outlook
from jiaoheng.places.tidal.problem import Problem, Site
from jiaoheng.places.tidal.rules import STAGES, Rules

UNDER_WAY = ("planned", "under_construction", "completed")
"""What a project that will still open is: those in use are in the census already."""


@dataclass(frozen=True)
class County:
    """What there is of schools.

    Attributes
    ----------
    notes : what was missing or supposed, a Chinese sentence each.
    """

    sites: tuple[Site, ...]
    notes: tuple[str, ...]


def problem_of(
    outlook: Outlook,
    rules: Rules,
    *,
    schools: pl.DataFrame,
    stages: pl.DataFrame,
    projects: pl.DataFrame | None = None,
    areas: Mapping[str, str],
    quantile: float | None = None,
) -> tuple[Problem, tuple[str, ...]]:
    """A county's schools against its pupils to come.

    Parameters
    ----------
    schools, stages, projects : the census tables ``schools``, ``school_stages``, ``projects``.
    areas : names of the areas by code; each is given ground for a new school, where the rules allow one.
    quantile : of the futures that the seats are to suffice for (0.8: four in five); None: the forecast.

    Returns
    -------
    tuple
        The problem, and what was missing or supposed.
    """
    county = sites_of(rules, outlook.years, schools, stages, projects, areas)
    demand = demand_of(outlook, rules, quantile=quantile)
    return Problem(outlook.years, county.sites, demand, rules, areas), county.notes


def demand_of(
    outlook: Outlook, rules: Rules, *, quantile: float | None = None
) -> dict[tuple[str, str, int], int]:
    """Pupils by zone, stage and year, rounded up: by area, of pooled stages in the whole county."""
    demand: dict[tuple[str, str, int], int] = {}
    for stage in rules.stages:
        if stage not in outlook.stages:
            continue
        for area in [None] if stage in rules.pooled else outlook.areas:
            if quantile is None:
                pupils = outlook.pupils(stage, area)
            else:
                pupils = np.quantile(outlook.futures(stage, area), quantile, axis=0)
            for year, count in zip(outlook.years, pupils, strict=True):
                # What draws in single precision add to a whole number is no pupil.
                demand[area or "", stage, year] = max(ceil(float(count) - 1e-3), 0)
    return demand


def sites_of(
    rules: Rules,
    years: tuple[int, ...],
    schools: pl.DataFrame,
    stages: pl.DataFrame,
    projects: pl.DataFrame | None,
    areas: Mapping[str, str],
) -> County:
    """Every school as a site; private ones keep their stages; ground for a new school in each area."""
    notes: list[str] = []
    added, grounds = _projects(rules, years, projects, notes)
    rooms: dict[str, dict[str, int]] = {}
    unknown = 0
    for row in stages.filter(pl.col("stage").is_in(list(rules.stages))).iter_rows(named=True):
        held = _rooms(rules, row)
        unknown += held is None
        if held is not None:
            rooms.setdefault(str(row["school_code"]), {})[str(row["stage"])] = held
    if unknown:
        notes.append(f"{unknown} 个学校学段没有核定学位数也没有班级数，没有计入教室。")
    sites = []
    for row in schools.iter_rows(named=True):
        code = str(row["school_code"])
        if code not in rooms and code not in added:
            continue
        public = row["ownership"] == "public"
        hosts = rules.hosts.get(str(row["school_type"]), ()) if public else ()
        sites.append(
            Site(
                code,
                str(row["name"]),
                str(row["area_code"]),
                rooms.get(code, {}),
                tuple(stage for stage in hosts if stage in rules.stages),
                rules.growth if hosts else 0,
                added.pop(code, {}),
            )
        )
    grounds += [(code, code, None, opened) for code, opened in added.items()]
    sites += [
        Site(code, name, area, {}, (), 0, opened) for code, name, area, opened in grounds if area is not None
    ]
    placeless = [name for _, name, area, _ in grounds if area is None]
    if placeless:
        notes.append(f"{len(placeless)} 个项目没有镇街，没有计入：{'、'.join(placeless[:5])}。")
    if rules.new_school:
        near = tuple(stage for stage in STAGES if stage in rules.stages and stage not in rules.pooled)
        sites += [
            Site(f"new:{code}", f"{name}新校址", code, {}, near, rules.new_school)
            for code, name in areas.items()
        ]
        # Where a school for the whole county stands makes no difference to its seats: one ground is enough.
        far = tuple(stage for stage in STAGES if stage in rules.stages and stage in rules.pooled)
        if far:
            sites.append(Site("new:", "全县新校址", "", {}, far, rules.new_school * max(len(areas), 1)))
    return County(tuple(sites), tuple(notes))


def _rooms(rules: Rules, row: Mapping[str, Any]) -> int | None:
    if row.get("capacity") is not None:
        return int(row["capacity"]) // rules.stage(str(row["stage"])).norm
    return None if row.get("classes") is None else int(row["classes"])


_Opened = dict[tuple[str, int], int]


def _projects(
    rules: Rules, years: tuple[int, ...], projects: pl.DataFrame | None, notes: list[str]
) -> tuple[dict[str, _Opened], list[tuple[str, str, str | None, _Opened]]]:
    """Classes that projects open, by school; and those of schools that are not there yet."""
    added: dict[str, _Opened] = {}
    grounds: list[tuple[str, str, str | None, _Opened]] = []
    late: list[str] = []
    unsure: list[str] = []
    closing: list[str] = []
    for row in _rows(projects):
        stage, name = str(row["stage"]), str(row["name"])
        if row["kind"] == "close" and row["status"] != "opened":
            closing.append(name)
            continue
        if row["status"] not in UNDER_WAY or stage not in rules.stages:
            continue
        if row["seats"] is None or row["due_year"] is None:
            unsure.append(name)
            continue
        year = max(int(row["due_year"]), years[0])
        if int(row["due_year"]) < years[0]:
            late.append(name)
        classes = int(row["seats"]) // rules.stage(stage).norm
        if row["school_code"] is not None:
            opened = added.setdefault(str(row["school_code"]), {})
            opened[stage, year] = opened.get((stage, year), 0) + classes
        else:
            grounds.append(
                (f"project:{row['project_code']}", name, row["area_code"], {(stage, year): classes})
            )
    if late:
        notes.append(
            f"{len(late)} 个项目已过投入使用年份而未投用，假定 {years[0]} 年投用：{'、'.join(late[:5])}。"
        )
    if closing:
        notes.append(f"{len(closing)} 个撤并项目没有减去学位：{'、'.join(closing[:5])}。")
    if unsure:
        notes.append(f"{len(unsure)} 个项目没有学位数或投入使用年份，没有计入：{'、'.join(unsure[:5])}。")
    return added, grounds


def _rows(projects: pl.DataFrame | None) -> Iterable[dict[str, Any]]:
    return [] if projects is None else projects.iter_rows(named=True)
