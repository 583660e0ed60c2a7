"""What a scenario supposes happens, and nothing else; what contradicts itself is refused with its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.forecast import BIRTHS, Series
from jiaoheng.forecast.births import index, with_births_to_come
from jiaoheng.forecast.scenario import (
    Scenario,
    ScenarioError,
    builtin,
    read_scenario,
    scenario_named,
)
from jiaoheng.forecast.series import Array
from jiaoheng.forecast.supposing import supposed
from jiaoheng.packs.yaml_lines import PackError

GRADES = ("k1", "k2", "k3", "g1", "g2", "g10", "v10")
TOWNS = {"1": "东城街道", "2": "威整镇"}


def county() -> Series:
    pupils = np.full((3, 4, 7), 100.0)
    births = np.full((3, 8), 120.0)
    feeders = (BIRTHS, 0, 1, 2, 3, 4, 4)
    return Series(
        ("0", *TOWNS),
        (2022, 2023, 2024, 2025),
        GRADES,
        pupils,
        feeders,
        births,
        2017,
        (-1, 0, 0),
        ("某县", *TOWNS.values()),
    )


def baseline(ahead: int = 8) -> Array:
    return np.arange(2 * ahead * 7, dtype=float).reshape(2, ahead, 7) + 50.0


def under(**changes: object) -> Array:
    scenario = Scenario.model_validate({"name": "试", **changes})
    return supposed(baseline(), county(), (1, 2), 3.0, scenario)


def test_what_supposes_nothing_changes_nothing() -> None:
    np.testing.assert_array_equal(under(), baseline())


@given(factor=st.floats(0.5, 2.0), born=st.integers(2026, 2029))
def test_more_births_fill_the_first_grade_three_years_later_and_move_up(factor: float, born: int) -> None:
    ratio = under(births={"factor": {born: factor}}) / baseline()
    for grade, depth in enumerate((0, 1, 2, 3, 4)):
        for step in range(8):
            expected = factor if 2026 + step - 3 - depth >= born else 1.0
            assert ratio[:, step, grade] == pytest.approx(expected)


def test_who_moves_in_stays_and_moves_up() -> None:
    ratio = under(migration=[{"rate": 0.1, "until": 2026}]) / baseline()
    assert ratio[:, 0] == pytest.approx(np.full((2, 7), 1.1))
    assert ratio[:, 1, 1:] == pytest.approx(np.full((2, 6), 1.1))
    assert ratio[:, 1, 0] == pytest.approx(np.ones(2))
    assert ratio[:, 7, :3] == pytest.approx(np.ones((2, 3)))


def test_only_the_towns_that_are_named_change() -> None:
    ratio = under(migration=[{"rate": 0.1, "areas": ["威整镇"]}]) / baseline()
    assert ratio[0] == pytest.approx(np.ones((8, 7)))
    assert ratio[1, 0] == pytest.approx(np.full(7, 1.1))


@given(share=st.floats(0.0, 1.0))
def test_boarding_moves_pupils_and_loses_none(share: float) -> None:
    found = under(
        boarding=[{"from": ["威整镇"], "to": "东城街道", "stage": "小学", "share": share, "since": 2028}]
    )
    assert found.sum(axis=0) == pytest.approx(baseline().sum(axis=0))
    assert found[:, :2] == pytest.approx(baseline()[:, :2])
    assert found[1, 2:, 3:5] == pytest.approx((1 - share) * baseline()[1, 2:, 3:5])
    assert found[:, :, :3] == pytest.approx(baseline()[:, :, :3])


def test_the_split_after_junior_school_is_of_those_who_enter() -> None:
    found, before = under(senior_share={2027: 0.7}), baseline()
    both = before[:, :, 5:].sum(axis=(0, 2))
    assert found[:, :, 5:].sum(axis=(0, 2)) == pytest.approx(both)
    assert found[:, 1:, 5].sum(axis=0) == pytest.approx(0.7 * both[1:])
    assert found[:, 0] == pytest.approx(before[:, 0])


REFUSED = {
    "factor": ("births: {factor: {2026: -1}}", 2),
    "nothing": ("births: {}", 2),
    "order": ("migration: [{rate: 0.01, from: 2030, until: 2027}]", 2),
    "twice": ("migration:\n  - {rate: 0.01}\n  - {rate: 0.02, stage: 小学}", 1),
    "itself": ("boarding: [{from: [甲], to: 甲, stage: 小学, share: 0.5, since: 2027}]", 2),
    "over": (
        "boarding:\n"
        "  - {from: [甲], to: 乙, stage: 小学, share: 0.6, since: 2027}\n"
        "  - {from: [甲], to: 丙, stage: 小学, share: 0.6, since: 2027}",
        1,
    ),
    "share": ("senior_share: {2027: 1.2}", 2),
    "stage": ("class_size: {大学: 45}", 2),
    "year_twice": ("senior_share: {2027: 0.5, 2027: 0.6}", 2),
    "word": ("brith: {}", 2),
}


@pytest.mark.parametrize(("text", "line"), REFUSED.values(), ids=REFUSED)
def test_a_scenario_that_cannot_be_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(f"name: 试\n{text}\n", "utf-8")
    with pytest.raises(PackError, match=rf"s\.yaml:{line}: "):
        read_scenario(path)


def test_an_unknown_town_and_a_year_that_has_passed_are_refused_with_the_line(
    tmp_path: Path,
) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("name: 试\nmigration: [{rate: 0.1, areas: [东城镇]}]\n", "utf-8")
    with pytest.raises(ScenarioError, match=r"s\.yaml:2: 没有镇街“东城镇”"):
        read_scenario(path).check(towns=TOWNS, base=2025)
    path.write_text("name: 试\nnote: 无\nsenior_share: {2025: 0.5}\n", "utf-8")
    with pytest.raises(ScenarioError, match=r"s\.yaml:3: 2025 年已经有统计数"):
        read_scenario(path).check(towns=TOWNS, base=2025)


def test_a_countys_own_scenario_comes_before_those_that_come_along(tmp_path: Path) -> None:
    (tmp_path / "low.yaml").write_text("name: 低出生\nnote: 本县的\n", "utf-8")
    assert scenario_named("低出生", folder=tmp_path).note == "本县的"
    assert scenario_named("low", folder=tmp_path).note == "本县的"
    assert scenario_named("低出生").births is not None
    with pytest.raises(ScenarioError, match=r"没有情景“五孩”。有：.*低出生"):
        scenario_named("五孩")
    assert {"基准", "低出生", "三孩见效", "人口流入", "人口流出", "项目推迟"} == set(builtin())


def test_births_to_come_follow_the_national_path_from_the_level_of_today() -> None:
    series = county()
    longer = with_births_to_come(series, 2030)
    assert longer.births.shape == (3, 14)
    np.testing.assert_array_equal(longer.births[:, :8], series.births)
    assert longer.births[1, 8] == pytest.approx(120.0 * index(2025) / index(2024))
    assert longer.births[1, -1] == pytest.approx(120.0 * index(2030) / index(2024))


def test_without_births_none_are_invented() -> None:
    series = county()
    without = Series(**{**series.__dict__, "births": np.zeros((3, 0))})
    assert with_births_to_come(without, 2030) is without


TWICE = {
    "migration": "migration: [{rate: 0.1, areas: [威整镇]}, {rate: 0.2, areas: ['2']}]",
    "itself": "boarding: [{from: [威整镇], to: '2', stage: 小学, share: 0.5, since: 2027}]",
    "listed twice": "boarding: [{from: [威整镇, '2'], to: 东城街道, stage: 小学, share: 0.5, since: 2027}]",
    "more than all": (
        "boarding: [{from: [威整镇], to: 东城街道, stage: 小学, share: 0.6, since: 2027},"
        " {from: ['2'], to: 东城街道, stage: 小学, share: 0.6, since: 2027}]"
    ),
    "passed": "migration: [{rate: 0.1, until: 2020}]",
}


@pytest.mark.parametrize("text", TWICE.values(), ids=TWICE)
def test_a_town_is_the_same_by_its_name_and_by_its_code(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(f"name: 试\n{text}\n", "utf-8")
    scenario = read_scenario(path)
    with pytest.raises(ScenarioError, match=r"s\.yaml:2: "):
        scenario.check(towns=TOWNS, base=2025)


def test_a_scenario_that_comes_along_goes_by_its_english_id_too() -> None:
    assert scenario_named("three-child").name == "三孩见效"
    assert scenario_named("late-projects").projects.delay == 1
