"""What is followed: each yearly part of each task, and each project, with the day that it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from jiaoheng.plans.following.deadlines import Due, due_by, due_in
from jiaoheng.plans.model import Passage, Plan, Project, Task


@dataclass(frozen=True, order=True)
class Key:
    """Which item: a task's number and the year of the part, or a project's id.

    `year` is None for a project, and for a task that the plan does not share out among years.
    """

    kind: Literal["task", "project"]
    number: str
    year: int | None = None

    def __str__(self) -> str:
        return self.number if self.year is None else f"{self.number}@{self.year}"


@dataclass(frozen=True)
class Item:
    """A part of a task that is due in one year, or a project.

    Attributes
    ----------
    title : of the task, or the project's name.
    words : what is due, as printed; empty where the plan says no more than the title.
    due : by when, and why that day.
    lead, responsible : the units that the plan names.
    project : for a project, all that the plan says of it.
    """

    key: Key
    title: str
    words: str
    due: Due
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    passage: Passage
    project: Project | None = field(default=None, compare=False)

    @property
    def owners(self) -> tuple[str, ...]:
        """Who answers for it: who leads; where the plan names nobody, who is responsible."""
        return self.lead or self.responsible

    @property
    def name(self) -> str:
        """As messages call it."""
        if self.key.kind == "project":
            return f"项目“{self.title}”"
        year = "" if self.key.year is None else f"{self.key.year}年"
        return f"任务{self.key.number}“{self.title}”{year}"


def items(plan: Plan) -> tuple[Item, ...]:
    """Everything of a plan that is followed, in its order, a task's parts by year."""
    return (
        *(part for task in plan.tasks for part in _parts(task, plan)),
        *(_project(project, plan) for project in plan.projects),
    )


def _parts(task: Task, plan: Plan) -> Sequence[Item]:
    due = {year: due_in(year, words) for year, words in sorted(task.due.items())}
    parts: list[tuple[int | None, Due, str]] = [(year, when, task.due[year]) for year, when in due.items()]
    return [
        Item(
            key=Key("task", task.number, year),
            title=task.title,
            words=words,
            due=when,
            lead=task.lead,
            responsible=task.responsible,
            passage=task.passage,
        )
        for year, when, words in parts or [(None, due_by(task.title, plan.period) or _end(plan), "")]
    ]


def _project(project: Project, plan: Plan) -> Item:
    year = project.due_year
    return Item(
        key=Key("project", project.id),
        title=project.name,
        words="",
        due=_end(plan) if year is None else Due(date(year, 12, 31), f"{year}年年底"),
        lead=project.lead,
        responsible=(),
        passage=project.passage,
        project=project,
    )


def _end(plan: Plan) -> Due:
    return Due(date(plan.period.end, 12, 31), "规划期末（规划没有写期限）")
