"""A county's seat-building tasks held against the projects of its census."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from jiaoheng.places.tasks import (
    SUM,
    Held,
    Task,
    TaskError,
    TaskTable,
    hold,
    projects_of,
    read_tasks,
    tasks_of,
    wrong_sums,
)
from jiaoheng.plans import Plan
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.workspace import Workspace


@dataclass(frozen=True)
class TasksHeld:
    """A table of tasks held against projects.

    Attributes
    ----------
    wrong : sums of the table that are not what is printed.
    held : the tasks of this county, then its total.
    """

    table: TaskTable
    wrong: tuple[str, ...]
    held: tuple[Held, ...]

    @property
    def met(self) -> bool:
        """Whether every task is met or on course."""
        return all(one.verdict in ("met", "on_course") for one in self.held)


def hold_tasks(
    workspace: Workspace, table: TaskTable | Path, *, since: int, until: int, year: int | None = None
) -> TasksHeld:
    """Hold a table of tasks against the projects of the county.

    A row named as the county is held against all of its projects; else the rows are towns of the county.

    Raises
    ------
    WorkspaceError
        The census has no projects, or the table names neither the county nor one of its towns.
    """
    given = read_tasks(table) if isinstance(table, Path) else table
    census = workspace.census(year)
    if not census.has("projects"):
        raise WorkspaceError(f"{census.year} 年没有项目表，无法核对任务。请先导入学校建设项目表。")
    areas: dict[str, str] = {}
    if census.has("areas"):
        areas = dict(pl.DataFrame(census.table("areas")).select("area_code", "name").iter_rows())
    county = workspace.name in given.areas

    def area(row: Mapping[str, Any]) -> str:
        return workspace.name if county else areas.get(row["area_code"], "")

    known = {workspace.name} if county else set(areas.values())
    tasks = tuple(task for task in given.tasks if task.area in known)
    if not tasks:
        raise WorkspaceError(
            f"任务表中没有{workspace.name}，也没有它的镇街。表中有：{'、'.join(given.areas)}。请改正地区名称。"
        )
    rows = pl.DataFrame(census.table("projects")).iter_rows(named=True)
    projects = projects_of(rows, area=area)
    held = hold(TaskTable(tasks), projects, since=since, until=until, year=census.year)
    return TasksHeld(given, wrong_sums(given), held)


def tasks_of_plan(plan: Plan) -> TaskTable:
    """The first table of a plan that shares seats out among areas.

    Raises
    ------
    TaskError
        There is none.
    """
    for one in plan.allocations:
        rows = [(row.area, row.values) for row in one.rows]
        if one.total is not None:
            rows.append((SUM, one.total.values))
        if not any("学位" in column for column in one.columns):
            continue
        return tasks_of(
            ("地区", *one.columns),
            [(f"{one.title or '任务表'} › {area}", area, values) for area, values in rows],
        )
    raise TaskError("规划中没有分到各地区的学位任务表。请用 CSV 或 Excel 给出任务表。")


def tasks_data(found: TasksHeld) -> dict[str, Any]:
    """What became of the tasks, as plain data."""
    return {
        "wrong_sums": list(found.wrong),
        "met": found.met,
        "tasks": [_held(one) for one in found.held],
    }


def _held(one: Held) -> dict[str, Any]:
    task: Task = one.task
    return {
        "area": task.area,
        "scope": task.scope,
        "seats": task.seats,
        "private": task.private,
        "done": one.done,
        "under_way": one.under_way,
        "planned": one.planned,
        "late": one.late,
        "missing": one.missing,
        "unknown": list(one.unknown),
        "verdict": one.verdict,
        "sentence": one.sentence,
    }
