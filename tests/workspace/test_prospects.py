"""What a report of a workspace says of pupils to come, and what it says where there is too little."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jiaoheng.census import Census
from jiaoheng.forecast import ForecastError
from jiaoheng.reports.seats import SEATS
from jiaoheng.workspace import Workspace, prospects


class Shelf:
    """Years without a census that could be opened."""

    folder = Path()

    def __init__(self, *years: int) -> None:
        self.years = years

    def census(self, year: int) -> Census:
        raise ForecastError(f"{year} 年的数据没有分年级学生数。")


def test_of_one_year_nothing_is_forecast_and_a_sentence_says_why() -> None:
    found = prospects.prospect(Shelf(2025), year=2025)
    assert found.outlooks == ()
    assert "只有2025年一年" in found.why_not


def test_later_years_do_not_make_an_early_one_long_enough() -> None:
    assert "只有2024年一年" in prospects.prospect(Shelf(2024, 2025), year=2024).why_not


def test_what_cannot_be_forecast_is_said_and_the_report_goes_on() -> None:
    found = prospects.prospect(Shelf(2024, 2025), year=2025)
    assert found.why_not == "不能预测在校生和学位：2024 年的数据没有分年级学生数。"


@pytest.mark.parametrize("year", [2021, 2025])
def test_a_report_of_a_past_year_knows_nothing_of_later_ones(sihui: Workspace, year: int) -> None:
    found = prospects.prospect(sihui, year=year)
    base = found.outlooks[0]
    assert base.history.years[-1] == year
    assert base.years == tuple(range(year + 1, year + 1 + prospects.AHEAD))
    assert found.called(base.areas[0]) != base.areas[0]
    assert [one.scenario for one in found.outlooks] == ["基准", *prospects.BESIDE]
    assert found.accuracy is not None
    assert set(found.accuracy["level"]) == {0, 1}


def test_seats_are_held_against_pupils_and_warned_of_by_a_rule_of_the_packs(sihui: Workspace) -> None:
    rule = sihui.catalogue.seat_warnings["four_colour_seat_warning"]
    found = prospects.with_seats(prospects.prospect(sihui, year=2025, scenarios=()), sihui, year=2025)
    assert found.seats is not None
    assert found.seats.schema == SEATS
    whole = found.seats.filter(found.seats["area"].is_null(), found.seats["stage"] == "primary")
    assert whole["demand"].to_list() == pytest.approx(found.outlooks[0].pupils("primary").tolist())
    assert rule.name in found.warning


def test_without_a_forecast_seats_are_not_spoken_of(sihui: Workspace) -> None:
    nothing = prospects.prospect(Shelf(2025), year=2025)
    assert prospects.with_seats(nothing, sihui, year=2025) is nothing


def test_two_years_are_too_few_to_try_a_forecast_and_the_report_is_still_written(
    sihui: Workspace, tmp_path: Path
) -> None:
    young = tmp_path / "young"
    shutil.copytree(sihui.folder, young)
    for year in sihui.years[:-2]:
        shutil.rmtree(young / "census" / str(year))
    found = prospects.prospect(Workspace(young), year=sihui.years[-1])
    assert found.outlooks
    assert found.accuracy is None
    Workspace(young).report(tmp_path / "report.html")
    assert "至少要 4 年" in (tmp_path / "report.html").read_text("utf-8")
