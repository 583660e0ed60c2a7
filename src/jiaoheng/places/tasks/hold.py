"""Holds a table of tasks against the projects that there are: done, under way, planned, missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jiaoheng.places.tasks.table import SCOPE_WORDS, SCOPES, SUM, Task, TaskTable

Verdict = Literal["met", "on_course", "short", "unknown"]

VERDICT_WORDS = {"met": "已完成", "on_course": "按计划可完成", "short": "不足", "unknown": "无法判断"}


@dataclass(frozen=True)
class Project:
    """A project that adds public seats.

    Attributes
    ----------
    seats, due_year, opened_year : None where not known.
    converts : whether it turns private seats into public ones.
    """

    name: str
    area: str
    stage: str
    seats: int | None
    status: str
    due_year: int | None
    opened_year: int | None
    converts: bool = False


@dataclass(frozen=True)
class Held:
    """How far a task is.

    Attributes
    ----------
    done : seats opened within the years.
    under_way, planned : seats due within the years, building begun or not.
    late : seats due after the years, or due already and not open.
    missing : of the task, what no project covers; None where the task is not known.
    unknown : projects whose seats or years are not known; they may cover what is missing.
    """

    task: Task
    done: int
    under_way: int
    planned: int
    late: int
    missing: int | None
    unknown: tuple[str, ...]
    verdict: Verdict

    @property
    def sentence(self) -> str:
        """For a report or a screen."""
        what = f"{self.task.area}{SCOPE_WORDS[self.task.scope]}"
        if self.task.seats is None:
            return f"{what}：任务表没有写学位数，无法判断。"
        parts = [f"任务 {self.task.seats:,} 个", f"已投用 {self.done:,} 个", f"在建 {self.under_way:,} 个"]
        parts += [f"规划 {self.planned:,} 个"] if self.planned else []
        parts += [f"逾期或期后 {self.late:,} 个"] if self.late else []
        parts += [f"没有项目的 {self.missing:,} 个"] if self.missing else []
        parts += [f"{len(self.unknown)} 个项目学位数或年份不明"] if self.unknown else []
        return f"{what}：{'，'.join(parts)}：{VERDICT_WORDS[self.verdict]}。"


def hold(
    table: TaskTable, projects: Iterable[Project], *, since: int, until: int, year: int
) -> tuple[Held, ...]:
    """Each task against its projects, then all of an area, then all (新增公办学位总数原则上不少于任务数).

    Seats are compared exactly; unknown projects never meet a task.

    Parameters
    ----------
    since, until : the years of the task, both counted.
    year : today's; a project due before it that is not open is late.
    """
    every = tuple(projects)
    held = [_held(task, every, since, until, year) for task in table.tasks]
    for area in table.areas:
        held.append(_held(Task(area, "total", table.seats(area)), every, since, until, year))
    if len(table.areas) > 1:
        held.append(_held(Task(SUM, "total", table.seats()), every, since, until, year))
    return tuple(held)


def projects_of(
    rows: Iterable[Mapping[str, Any]], *, area: Callable[[Mapping[str, Any]], str]
) -> tuple[Project, ...]:
    """Public projects from rows of the census table ``projects``; cancelled and closing ones are left out.

    Parameters
    ----------
    area : the area of the task table that a project counts for.
    """
    return tuple(
        Project(
            str(row["name"]),
            area(row),
            str(row["stage"]),
            row["seats"],
            str(row["status"]),
            row["due_year"],
            row["opened_year"],
            row["kind"] == "convert",
        )
        for row in rows
        if row["public"] is not False and row["status"] != "cancelled" and row["kind"] != "close"
    )


def _held(task: Task, projects: tuple[Project, ...], since: int, until: int, year: int) -> Held:
    stages = {stage for each in SCOPES.values() for stage in each}
    if task.scope != "total":
        stages = set(SCOPES[task.scope])
    done = under_way = planned = late = 0
    unknown: list[str] = []
    for one in projects:
        if one.stage not in stages or task.area not in (SUM, one.area):
            continue
        if one.status == "opened":
            if one.opened_year is not None and not since <= one.opened_year <= until:
                continue
            if one.seats is None or one.opened_year is None:
                unknown.append(one.name)
            else:
                done += one.seats
        elif one.seats is None or one.due_year is None:
            unknown.append(one.name)
        elif one.due_year < year or one.due_year > until:
            late += one.seats
        elif one.status == "planned":
            planned += one.seats
        else:
            under_way += one.seats
    covered = done + under_way + planned
    missing = None if task.seats is None else max(task.seats - covered, 0)
    verdict: Verdict = "short"
    if task.seats is None:
        verdict = "unknown"
    elif done >= task.seats:
        verdict = "met"
    elif missing == 0:
        verdict = "on_course"
    elif unknown:
        verdict = "unknown"
    return Held(task, done, under_way, planned, late, missing, tuple(unknown), verdict)
