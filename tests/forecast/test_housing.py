"""New estates: the arithmetic of the plan, what counts on top of the trend, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng import measures
from jiaoheng.census import Census
from jiaoheng.forecast import BIRTHS, ForecastError, Series
from jiaoheng.forecast.enrolment import outlook
from jiaoheng.forecast.estates import Estate, estates
from jiaoheng.forecast.from_census import Counted
from jiaoheng.forecast.housing import Estates, NewHomes, new_homes
from jiaoheng.forecast.housing_lines import added, seats_needed
from jiaoheng.forecast.housing_norms import HousingNorms, housing_norms
from jiaoheng.forecast.scenario import Housing, Scenario
from shared import shared

GRADES = (
    "k1", "k2", "k3", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "g10", "g11", "g12",
)  # fmt: skip
NORMS = HousingNorms(
    {"preschool": 40.0, "primary": 80.0, "junior": 40.0, "senior": 20.0},
    0.25,
    8.0,
    dict.fromkeys(("preschool", "primary", "junior", "senior", "moving_in"), "某文件"),
)
ROW: dict[str, Any] = {
    "estate_code": "XQ01",
    "name": "东城一品",
    "area_code": "1",
    "households": 1000,
    "persons_per_household": 3.2,
    "planned_population": None,
    "handover_year": 2027,
    "occupancy": 0.0,
}


class Listed:
    """A census that has estates and nothing else."""

    year = 2025

    def __init__(self, *rows: dict[str, Any]) -> None:
        self._rows = list(rows)

    def table(self, name: str) -> pa.Table:
        assert name == "housing"
        return pa.Table.from_pylist(self._rows)


def read(**changes: Any) -> tuple[Estate, ...]:
    return estates(cast("Census", Listed(ROW | changes)), ("1", "2"))


def county() -> Series:
    pupils = np.full((3, 10, len(GRADES)), 100.0)
    pupils[0] = 200.0
    feeders = (BIRTHS, *range(len(GRADES) - 1))
    births = np.full((3, 20), 120.0)
    births[0] = 240.0
    years = tuple(range(2016, 2026))
    names = ("某县", "东城街道", "威整镇")
    return Series(("0", "1", "2"), years, GRADES, pupils, feeders, births, 2006, (-1, 0, 0), names)


def home(people: float, handover: int, area: str = "1") -> Estate:
    return Estate("某小区", area, people, handover=handover)


def counted(*listed: Estate, ahead: int = 15, **supposed: Any) -> NewHomes:
    return new_homes(Estates(listed, NORMS), county(), (1, 2), ahead, Housing(**supposed))


def test_the_plans_eighteen_estates_need_16138_seats_and_the_plans_figure_stands_beside(sihui: Any) -> None:
    text = shared("seeds/004_f9cdb5432da70a5b.txt").read_text(encoding="utf-8")
    assert "15000" in text
    towns = [str(code) for code in sihui.census(2025).table("areas").column("area_code").to_pylist()]
    found = Estates(estates(sihui.census(2025), towns), housing_norms(measures.catalogue()))
    lines = {line.label: line for line in seats_needed(found, stated=15000)}
    assert lines["规划人口"].value == 134_486
    assert "18 个小区" in lines["规划人口"].formula
    assert "42,027 户，户均 3.2 人" in lines["规划人口"].formula
    assert lines["小学学位"].value == pytest.approx(10_758.88)
    assert lines["初中学位"].value == pytest.approx(5_379.44)
    assert lines["小学、初中学位合计"].value == pytest.approx(16_138.32)
    assert lines["规划所写的学位"].value == 15_000
    assert lines["测算比规划多"].value == pytest.approx(1_138.32)
    assert "四会" in lines["小学学位"].source


def test_people_are_households_times_persons_where_no_population_was_planned() -> None:
    assert read()[0].people == pytest.approx(3200.0)
    assert read(planned_population=3000)[0].people == 3000
    assert read(persons_per_household=None)[0].people is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"households": -1}, "规划户数"),
        ({"persons_per_household": -3.2}, "户均人口"),
        ({"planned_population": -5}, "规划人口数"),
        ({"occupancy": 101.0}, "超过 100%"),
        ({"handover_year": 1899}, "早于 1900 年"),
        ({"area_code": "9"}, "不在镇街名录中"),
    ],
)
def test_what_cannot_be_is_refused_with_its_estate(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ForecastError, match=said) as refused:
        read(**changes)
    assert "2025 年 › 住宅小区 › 东城一品" in str(refused.value)


def test_an_unknown_population_is_never_counted_as_nobody() -> None:
    found = Estates((home(1000, 2027), Estate("无数", "1", None)), NORMS)
    (line,) = seats_needed(found)
    assert line.value is None
    assert "无数" in line.formula
    assert any("无数" in note for note in counted(*found.listed).notes)


def test_an_estate_fills_over_the_years_and_then_keeps_the_pupils_of_its_norm() -> None:
    pupils = counted(home(1000, 2027)).pupils
    assert pupils[0, 0].sum() == 0
    assert pupils[0, 1].sum() == pytest.approx(0.25 * 180)
    assert pupils[0, 9:].sum(axis=1) == pytest.approx(np.full(6, 180.0))
    assert pupils[0, -1, 3:9].sum() == pytest.approx(80.0)
    assert pupils[1].sum() == 0


def test_who_moves_in_moves_up_with_the_cohort() -> None:
    pupils = counted(home(1000, 2027)).pupils[0]
    for grade in (*range(1, 3), *range(4, 9), *range(10, 12)):
        assert (pupils[1:, grade] >= pupils[:-1, grade - 1] - 1e-9).all()


@given(
    past=st.lists(st.tuples(st.integers(1, 100_000), st.integers(2016, 2025)), max_size=5),
    coming=st.lists(st.tuples(st.integers(1, 100_000), st.integers(2026, 2035)), max_size=5),
)
def test_only_what_is_above_a_usual_year_counts(
    past: list[tuple[int, int]], coming: list[tuple[int, int]]
) -> None:
    new = counted(*(home(*each) for each in (*past, *coming)), ahead=30)
    people = {year: sum(many for many, at in coming if at == year) for _, year in coming}
    usual = sum(many for many, _ in past) / (2026 - min(at for _, at in past)) if past else 0.0
    over = sum(max(0.0, many - usual) for many in people.values())
    assert new.pupils[:, -1].sum() == pytest.approx(over * 180 / 1000, rel=1e-6, abs=1e-6)
    assert (new.usual is None) == (not past)


def test_estates_that_are_lived_in_add_nothing_and_this_is_said() -> None:
    new = counted(home(5000, 2020))
    assert not new.pupils.any()
    assert any("不重复计入" in note for note in new.notes)


def test_without_past_estates_all_counts_and_the_doubt_is_said() -> None:
    assert any("可能重复" in note for note in counted(home(5000, 2027)).notes)


@given(delay=st.integers(0, 5), resident=st.floats(0, 1))
def test_a_delay_shifts_and_families_who_stay_away_do_not_count(delay: int, resident: float) -> None:
    base = counted(home(1000, 2027), ahead=20).pupils
    late = counted(home(1000, 2027), ahead=20, delay=delay, resident=resident).pupils
    assert late[:, delay:] == pytest.approx(resident * base[:, : 20 - delay])
    assert not late[:, :delay].any() or delay == 0


def test_the_scenario_decides_whether_estates_count_in_forecast_and_futures() -> None:
    found = Estates((home(10_000, 2024), home(40_000, 2027)), NORMS)
    known = Counted(county(), ())
    base = outlook(known, until=2035, housing=found, draws=50)
    off = outlook(
        known,
        until=2035,
        housing=found,
        draws=50,
        scenario=Scenario.model_validate({"name": "不计", "housing": {"on": False}}),
    )
    on = outlook(
        known,
        until=2035,
        housing=found,
        draws=50,
        scenario=Scenario.model_validate({"name": "计入", "housing": {}}),
    )
    np.testing.assert_array_equal(off.point, base.point)
    assert not base.housing
    assert not off.housing
    more = 180 * (40_000 - 5_000) / 1000
    assert (on.pupils() - base.pupils())[-1] == pytest.approx(more)
    assert (on.futures() >= off.futures() - 1e-3).all()
    assert np.median(on.futures()[:, -1] - off.futures()[:, -1]) == pytest.approx(more, rel=0.2)
    assert sum(line.value or 0 for line in on.housing if line.label.startswith("2035 年增加")) == (
        pytest.approx(more)
    )
    assert any("以免重复" in note for note in on.notes)


def test_the_lines_say_what_a_usual_year_takes_away() -> None:
    new = counted(home(10_000, 2024), home(40_000, 2027))
    lines = {line.label: line for line in added(new, county(), Housing(), Estates((), NORMS))}
    assert lines["平常一年交付（已含在升级率中）"].value == 5_000
    assert lines["2027 年交付的，计入"].value == 35_000


def test_a_countys_own_norm_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "document: {id: own, title: 本地, issuer: 本县, date: null,"
        " effective_from: 2021-01-01, source: 本县}\n"
        "parameters:\n"
        "  - {id: estate_years_to_fill, name: 住满年数, unit: 年, clause: 本县, value: 0, overrides: true}\n",
        encoding="utf-8",
    )
    with pytest.raises(ForecastError, match="estate_years_to_fill"):
        housing_norms(measures.catalogue(tmp_path))
