"""Which plan of several is meant, where nobody says: the one in force in the year, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiaoheng import plans
from jiaoheng.plans import Period
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.lookups import plan_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with the plan of 2021 to 2025 and the one after it."""
    (tmp_path / "plans").mkdir()
    ended = plans.load(plans.shipped()["sihui-2021-2025"])
    plans.save(ended, tmp_path / "plans" / "ended.yaml")
    begun = ended.model_copy(update={"period": Period(start=2026, end=2030), "indicators": ()})
    plans.save(begun, tmp_path / "plans" / "begun.yaml")
    return tmp_path


@pytest.mark.parametrize(("year", "name"), [(2021, "ended"), (2025, "ended"), (2026, "begun")])
def test_the_plan_in_force_is_meant(folder: Path, year: int, name: str) -> None:
    assert plan_path(folder, None, year=year).stem == name


@pytest.mark.parametrize("year", [None, 2020, 2031])
def test_without_one_in_force_the_user_is_asked(folder: Path, year: int | None) -> None:
    with pytest.raises(WorkspaceError, match=r"begun\.yaml、ended\.yaml"):
        plan_path(folder, None, year=year)


def test_a_plan_that_is_named_is_taken(folder: Path) -> None:
    assert plan_path(folder, "begun", year=2021).stem == "begun"
