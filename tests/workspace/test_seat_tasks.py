"""Tidal seats and seat-building tasks of the example county."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from example_county import sihui
from jiaoheng.forecast import BIRTHS, Outlook, Series
from jiaoheng.places.tasks import Task, TaskTable
from jiaoheng.places.tidal import read_rules
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.seat_tasks import hold_tasks, tasks_data
from jiaoheng.workspace.tidal import TIDAL_RULES, plan_tidal, tidal_data
from jiaoheng.workspace.workspace import Workspace

__all__ = ["sihui"]


def test_the_rules_to_begin_with_say_that_they_are_made_up() -> None:
    rules = read_rules(TIDAL_RULES)
    assert "模拟" in rules.note
    assert [rules.stage(stage).norm for stage in ("preschool", "primary", "junior", "senior")] == [
        30,
        45,
        50,
        50,
    ]


def test_the_rules_point_at_the_line_of_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "tidal.yaml"
    text = TIDAL_RULES.read_text(encoding="utf-8")
    file.write_text(text.replace("{from: junior, to: primary", "{from: junior, to: junior"), encoding="utf-8")
    with pytest.raises(Exception, match="是同一学段"):
        read_rules(file)


def test_a_county_is_held_to_its_own_row(sihui: Workspace) -> None:
    name = sihui.name
    table = TaskTable((Task(name, "primary", 1), Task(name, "junior", 10**6), Task("别的县", "primary", 1)))
    found = hold_tasks(sihui, table, since=2016, until=2025)
    assert {one.task.area for one in found.held} == {name}
    assert [one.verdict for one in found.held] == ["met", "short", "short"]
    assert not found.met
    assert tasks_data(found)["tasks"][1]["missing"] == found.held[1].missing


def test_a_table_of_another_county_is_refused(sihui: Workspace) -> None:
    table = TaskTable((Task("别的县", "primary", 1),))
    with pytest.raises(WorkspaceError, match="别的县"):
        hold_tasks(sihui, table, since=2021, until=2025)
    with pytest.raises(WorkspaceError, match="任务表中没有"):
        hold_tasks(sihui, replace(table, tasks=()), since=2021, until=2025)


def test_the_schools_of_a_county_are_planned_for_its_pupils(sihui: Workspace) -> None:
    areas = tuple(sorted(pl.DataFrame(sihui.census().table("areas"))["area_code"]))
    count = len(areas)
    history = Series(
        areas, (2025,), ("g1",), np.ones((count, 1, 1)), (BIRTHS,), np.ones((count, 0)), 2025, (-1,) * count
    )
    point = np.full((count, 1, 1), 60000.0)
    outlook = Outlook(history, areas, (2026,), point, point[None].astype(np.float32))
    data = tidal_data(plan_tidal(sihui, outlook, year=2025))
    assert data["proven"]
    # A year is too short to convert or to build: two temporary classes in each town are all that can be had.
    assert data["untouched"]["shortage"] - data["score"]["shortage"] == count * 2 * 45
    assert data["score"]["seats"] == 0
    assert len(data["short"]) == count
