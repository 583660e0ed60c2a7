"""The building of seats: a table of tasks held against projects, what a delay costs, what to build when."""

from __future__ import annotations

from jiaoheng.places.tasks.building import Step, building_plan
from jiaoheng.places.tasks.delay import Delay, delay
from jiaoheng.places.tasks.hold import VERDICT_WORDS, Held, Project, hold, projects_of
from jiaoheng.places.tasks.reading import read_tasks, tasks_of
from jiaoheng.places.tasks.table import SCOPE_WORDS, SUM, Task, TaskError, TaskTable, wrong_sums

__all__ = [
    "SCOPE_WORDS",
    "SUM",
    "VERDICT_WORDS",
    "Delay",
    "Held",
    "Project",
    "Step",
    "Task",
    "TaskError",
    "TaskTable",
    "building_plan",
    "delay",
    "hold",
    "projects_of",
    "read_tasks",
    "tasks_of",
    "wrong_sums",
]
