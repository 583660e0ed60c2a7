"""``jiaoheng forecast``: a table of one's own, forecast and back-tested."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiaoheng.workspace import Workspace

LOW = "低出生"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    rows = [
        f"{area},{year},{grade},{size + (year * 7 + grade * 3) % 5},county"
        for area, size in (("east", 20), ("west", 300))
        for year in range(2012, 2022)
        for grade in (1, 2, 3)
    ]
    path = tmp_path / "counts.csv"
    path.write_text("\n".join(["area,year,grade,pupils,parent", *rows]), encoding="utf-8")
    return path


def test_a_back_test_gives_error_bias_and_coverage_by_lead_and_grade(
    jiaoheng: Callable[..., Any], series: Path
) -> None:
    done = jiaoheng("forecast", "--backtest", "--series", series, "--json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["leads"] == [1, 3, 5]
    assert [level["areas"] for level in found["series"]["levels"]] == [1, 2]
    assert all(one["reason"] and one["errors"] for one in found["chosen"])
    ours = [row for row in found["accuracy"] if row["method"] == found["ours"]]
    assert {(row["lead"], row["grade"]) for row in ours if row["level"] == 0} == {
        (lead, grade) for lead in (1, 3, 5) for grade in (None, "1", "2", "3")
    }
    assert all(row["coverage_80"] is not None and row["bias"] is not None for row in ours)


def test_it_is_shown_with_the_methods_beside_it(jiaoheng: Callable[..., Any], series: Path) -> None:
    done = jiaoheng("forecast", "--backtest", "--series", series, "--leads", "1，2")
    assert done.code == 0
    assert "维持现状" in done.out
    assert "采用" in done.out


def test_a_forecast_is_shown_printed_and_written(
    jiaoheng: Callable[..., Any], series: Path, tmp_path: Path
) -> None:
    shown = jiaoheng("forecast", "--series", series, "--until", "2023")
    assert (shown.code, "2023" in shown.out) == (0, True)
    printed = json.loads(jiaoheng("forecast", "--series", series, "--json").out)
    by_grade = json.loads(jiaoheng("forecast", "--series", series, "--json", "--by", "grade").out)
    county = json.loads(jiaoheng("forecast", "--series", series, "--json", "--by", "county").out)
    assert [len(each["forecast"]) for each in (county, printed, by_grade)] == [5, 15, 60]
    assert {row["year"] for row in printed["forecast"]} == set(range(2022, 2027))
    jiaoheng("forecast", "--series", series, "-o", tmp_path / "f.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx").active
    assert sheet.max_row == 1 + len(printed["forecast"])


def test_a_county_is_forecast_and_back_tested_from_its_censuses(
    jiaoheng: Callable[..., Any],
    sihui: Workspace,
) -> None:
    done = jiaoheng("forecast", sihui.folder, "--until", "2030", "--by", "grade", "--json")
    assert done.code == 0
    document = json.loads(done.out)
    (found,) = document["outlooks"]
    assert {row["area"] for row in found["forecast"]} - {None} < set(document["areas"])
    assert {"k1", "g1", "g9"} <= {row["grade"] for row in found["forecast"]}
    assert {row["year"] for row in found["forecast"]} == set(range(2026, 2031))
    assert found["chosen"][0]["reason"]
    both = jiaoheng("forecast", sihui.folder, "--scenario", "基准", "--scenario", LOW, "--by", "county")
    assert both.code == 0
    assert f"{LOW}情景" in both.out
    assert jiaoheng("forecast", sihui.folder, "--scenario", "无此").code == 2
    tried = json.loads(jiaoheng("forecast", sihui.folder, "--backtest", "--json").out)
    assert {row["lead"] for row in tried["accuracy"]} == {1, 3, 5}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["county"], "二者取一"),
        (["--scenario", "基准"], "--scenario"),
        (["--leads", "one", "--backtest"], "--leads"),
        (["--leads", "0", "--backtest"], "--leads"),
        (["--until", "2021"], "2021 年为止"),
        (["-o", "f.pdf"], "f.pdf"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    jiaoheng: Callable[..., Any], series: Path, words: list[str], said: str
) -> None:
    done = jiaoheng("forecast", "--series", series, *words)
    assert done.code == 2
    assert said in done.err


def test_a_table_that_is_wrong_is_refused_with_its_place(jiaoheng: Callable[..., Any], series: Path) -> None:
    series.write_text(series.read_text("utf-8").replace("east,2013,2,", "east,2013,2,-"), encoding="utf-8")
    done = jiaoheng("forecast", "--backtest", "--series", series)
    assert done.code == 2
    assert "counts.csv › 第 6 行" in done.err
