"""Tasks against projects, delays, and the yearly plan of building."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.places.tasks import Project, Task, TaskTable, building_plan, delay, hold, projects_of

_TASK = TaskTable((Task("甲县", "compulsory", 1000),))
_OPEN = Project("一小", "甲县", "primary", 600, "opened", 2023, 2023)
_BUILT = Project("二中", "甲县", "junior", 300, "under_construction", 2025, None)
_PLANNED = Project("三小", "甲县", "primary", 100, "planned", 2025, None)


def _verdict(*projects: Project) -> tuple[str, int | None]:
    held = hold(_TASK, projects, since=2021, until=2025, year=2025)[0]
    return held.verdict, held.missing


def test_the_verdict_is_exact() -> None:
    assert _verdict(_OPEN, _BUILT, _PLANNED) == ("on_course", 0)
    assert _verdict(_OPEN, _BUILT, replace(_PLANNED, seats=99)) == ("short", 1)
    assert _verdict(replace(_OPEN, seats=1000)) == ("met", 0)
    assert _verdict(replace(_OPEN, seats=999)) == ("short", 1)


def test_what_is_not_known_never_meets_a_task() -> None:
    assert _verdict(_OPEN, _BUILT, replace(_PLANNED, seats=None)) == ("unknown", 100)
    held = hold(TaskTable((Task("甲县", "senior", None),)), [], since=2021, until=2025, year=2025)
    assert [one.verdict for one in held] == ["unknown", "unknown"]


def test_seats_outside_the_years_or_overdue_do_not_count() -> None:
    assert _verdict(replace(_OPEN, opened_year=2020)) == ("short", 1000)
    late = hold(_TASK, [replace(_BUILT, due_year=2024)], since=2021, until=2025, year=2025)[0]
    assert (late.late, late.under_way, late.missing) == (300, 0, 1000)
    assert hold(_TASK, [replace(_BUILT, due_year=2026)], since=2021, until=2025, year=2025)[0].late == 300


def test_projects_of_other_stages_and_areas_do_not_count() -> None:
    assert _verdict(replace(_OPEN, stage="senior")) == ("short", 1000)
    assert _verdict(replace(_OPEN, area="乙县")) == ("short", 1000)


def test_private_and_cancelled_projects_are_left_out() -> None:
    row = {
        "name": "一小",
        "stage": "primary",
        "seats": 10,
        "status": "opened",
        "due_year": 2023,
        "opened_year": 2023,
        "kind": "new",
        "public": True,
    }
    rows = [row, {**row, "public": False}, {**row, "status": "cancelled"}, {**row, "kind": "close"}]
    assert len(projects_of(rows, area=lambda _: "甲县")) == 1


def test_the_cost_of_a_delay_is_the_difference_that_it_makes() -> None:
    found = delay(
        "二中",
        seats=300,
        due=2026,
        years=2,
        demand={2026: 900, 2027: 1100, 2028: 1200},
        supply={2026: 1000, 2027: 1000, 2028: 1000},
        norm=50,
        temporary=80_000,
    )
    # 2026: 900 pupils for 700 seats; 2027: short by 100 anyway, now by 400; 2028 it is open.
    assert found.short == {2026: 200, 2027: 300}
    assert found.classes == {2026: 4, 2027: 6}
    assert found.cost == 10 * 80_000
    assert "多缺学位 500 人次" in found.sentence


def test_a_delay_that_nobody_feels_is_said_to_be_none() -> None:
    found = delay("二中", seats=100, due=2026, years=1, demand={2026: 10}, supply={2026: 500}, norm=50)
    assert found.pupil_years == 0
    assert "学位仍够" in found.sentence


@given(
    st.lists(st.lists(st.integers(0, 400), min_size=4, max_size=4), min_size=1, max_size=30),
    st.lists(st.integers(0, 300), min_size=4, max_size=4),
    st.sampled_from([0.0, 0.1, 0.2, 0.5]),
)
def test_the_plan_keeps_the_chance_and_no_class_could_be_left_out(
    draws: list[list[int]], supply: list[int], chance: float
) -> None:
    futures, years = np.array(draws, dtype=np.float32), (2026, 2027, 2028, 2029)
    steps = building_plan(
        {("甲", "junior"): futures},
        {("甲", "junior"): supply},
        years=years,
        norms={"junior": 50},
        lead=2,
        now=2026,
        chance=chance,
    )
    built = 0
    opened = {step.year: step for step in steps}
    for at, year in enumerate(years):
        step = opened.get(year)
        if step is not None:
            assert step.seats > 0
            assert step.seats % 50 == 0
            assert (step.start, step.in_time) == (year - 2, year - 2 >= 2026)
            without = built + step.seats - 50
            assert np.mean(futures[:, at] > supply[at] + without) > chance
            built += step.seats
            assert step.chance == pytest.approx(np.mean(futures[:, at] > supply[at] + built))
        assert np.mean(futures[:, at] > supply[at] + built) <= chance + 1e-12
