"""jiaoheng remedy: what it prints, writes and returns; the changed county passes when assessed anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jiaoheng import workspace

STANDARD = "quality-balance-2017"


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace.write_costs(tmp_path_factory.mktemp("remedy") / "costs.yaml")


def test_every_school_passes_when_the_changed_county_is_assessed(sihui, costs: Path, jiaoheng) -> None:
    run = jiaoheng("remedy", sihui.folder, STANDARD, "--costs", costs, "--json")
    found = json.loads(run.out)
    assert run.code == 0
    assert found["solved"]
    assert found["passing"]["assessed"] == found["passing"]["after"] == found["schools"]
    assert found["bound"] <= found["cost"]
    assert found["gap"] <= 0.01
    for one in found["coefficients"]:
        assert one["assessed"] == pytest.approx(one["after"], rel=1e-9)
        assert one["assessed"] <= one["cap"]


def test_the_cost_is_the_sum_of_its_steps(sihui, costs: Path, jiaoheng) -> None:
    found = json.loads(jiaoheng("remedy", sihui.folder, STANDARD, "--costs", costs, "--json").out)
    years = 5
    assert found["cost"] == pytest.approx(sum(one["once"] + years * one["yearly"] for one in found["steps"]))


def test_within_a_budget_most_schools_pass_and_the_rest_is_said(sihui, costs: Path, jiaoheng) -> None:
    options = ("--costs", costs, "--budget", "20000000", "--json")
    run = jiaoheng("remedy", sihui.folder, STANDARD, *options)
    found = json.loads(run.out)
    assert run.code == 1
    assert not found["solved"]
    assert found["cost"] <= 20_000_000
    assert found["passing"]["before"] < found["passing"]["after"] < found["schools"]
    assert found["passing"]["assessed"] == found["passing"]["after"]


def test_pupils_are_rezoned_within_their_limit_and_the_bound_is_called_an_estimate(
    sihui, costs: Path, jiaoheng
) -> None:
    text = costs.read_text(encoding="utf-8").replace("  # - {name: 调整招生地段", "  - {name: 调整招生地段")
    rezoned = costs.with_name("rezoned.yaml")
    rezoned.write_text(text, encoding="utf-8")
    run = jiaoheng("remedy", sihui.folder, STANDARD, "--costs", rezoned, "--json")
    found = json.loads(run.out)
    moved = [one for one in found["steps"] if one["kind"] == "rezone"]
    assert moved
    assert all(one["from"] != one["school"] for one in moved)
    assert found["passing"]["assessed"] == found["schools"]
    assert "没有严格证明" in "".join(found["sentences"])


def test_limits_that_conflict_are_named_with_what_would_be_enough(sihui, costs: Path, jiaoheng) -> None:
    text = costs.read_text(encoding="utf-8").replace(
        "cost: 60000, whole: true", "cost: 60000, whole: true, county_limit: 1"
    )
    tight = costs.with_name("tight.yaml")
    tight.write_text(text, encoding="utf-8")
    run = jiaoheng("remedy", sihui.folder, STANDARD, "--costs", tight)
    assert run.code == 1
    assert "建设网络多媒体教室" in run.out
    assert "至少要放宽" in run.out


def test_the_work_is_spread_over_the_years_to_the_deadline(sihui, costs: Path, jiaoheng) -> None:
    found = json.loads(
        jiaoheng("remedy", sihui.folder, STANDARD, "--costs", costs, "--until", "2028", "--json").out
    )
    assert [one["year"] for one in found["years"]] == [2026, 2027, 2028]
    assert found["years"][-1]["passing"] == found["schools"]
    assert {one["year"] for one in found["steps"]} <= {2026, 2027, 2028}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_list_of_what_to_do_is_written(sihui, costs: Path, jiaoheng, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"方案.{kind}"
    assert jiaoheng("remedy", sihui.folder, STANDARD, "--costs", costs, "-o", path).code == 0
    assert path.stat().st_size > 1000


def test_bad_input_says_where_and_how_to_mend(sihui, costs: Path, jiaoheng, tmp_path: Path) -> None:
    assert "--costs-template" in jiaoheng("remedy", sihui.folder, STANDARD).err
    assert "已有这个文件" in jiaoheng("remedy", sihui.folder, STANDARD, "--costs-template", costs).err
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(costs.read_text(encoding="utf-8").replace("cost: 4000", "cost: -1"), encoding="utf-8")
    run = jiaoheng("remedy", sihui.folder, STANDARD, "--costs", wrong)
    assert run.code == 2
    line = (
        wrong.read_text(encoding="utf-8")[: wrong.read_text(encoding="utf-8").index("cost: -1")].count("\n")
        + 1
    )
    assert f"{wrong}:{line}:" in run.err
    unknown = tmp_path / "unknown.yaml"
    unknown.write_text(
        costs.read_text(encoding="utf-8").replace("raises: [生均教学及辅助用房面积]", "raises: [图书]"),
        encoding="utf-8",
    )
    assert "不是本标准的指标" in jiaoheng("remedy", sihui.folder, STANDARD, "--costs", unknown).err
    assert jiaoheng("remedy", sihui.folder, STANDARD, "--costs", costs, "--until", "2020").code == 2
