"""Errors by level, lead and grade are what their definitions say."""

from __future__ import annotations

import numpy as np
import pytest

from jiaoheng.forecast import BIRTHS, ForecastError, Method, Series, tried
from jiaoheng.forecast.accuracy import ACCURACY, accuracy
from jiaoheng.forecast.backtest import backtest
from jiaoheng.forecast.projection import projected
from jiaoheng.forecast.series import Array


def counts(pupils: list[list[list[float]]], parents: tuple[int, ...] | None = None) -> Series:
    values = np.array(pupils, dtype=float)
    areas, years, grades = values.shape
    return Series(
        tuple(f"a{at}" for at in range(areas)),
        tuple(range(2015, 2015 + years)),
        tuple(map(str, range(1, grades + 1))),
        values,
        (BIRTHS, *range(grades - 1)),
        np.full((areas, 0), np.nan),
        2015,
        parents or (-1,) * areas,
    )


def last(series: Series, ahead: int) -> Array:
    return np.repeat(series.pupils[:, -1:], ahead, axis=1)


LAST = Method("last", "", last)


def one(series: Series, **key: object) -> dict[str, object]:
    table = accuracy(tried(series, LAST, horizon=1, origins=[2015]), leads=[1])
    assert dict(table.schema) == ACCURACY
    rows = [row for row in table.to_dicts() if all(row[name] == value for name, value in key.items())]
    assert len(rows) == 1
    return rows[0]


def test_the_errors_are_those_of_the_definitions() -> None:
    row = one(counts([[[100], [80]], [[50], [100]], [[10], [10]]]), grade=None)
    assert row["n"] == 3
    assert row["mape"] == pytest.approx((25 + 50 + 0) / 3)
    assert row["median_ape"] == pytest.approx(25)
    assert row["wape"] == pytest.approx(100 * 70 / 190)
    assert row["bias"] == pytest.approx(100 * (20 - 50) / 190)
    assert row["coverage_80"] is None


def test_opening_closing_and_the_unknown_are_no_errors() -> None:
    row = one(
        counts([[[100], [80]], [[0], [30]], [[30], [0]], [[np.nan], [30]], [[9], [np.nan]]]), grade=None
    )
    assert row["n"] == 1


def test_a_total_is_unknown_where_a_grade_is_and_the_other_grades_stay() -> None:
    series = counts([[[100, 50], [80, np.nan]]])
    table = accuracy(tried(series, LAST, horizon=1, origins=[2015]), leads=[1])
    assert table["grade"].to_list() == ["1"]


def test_levels_stand_apart() -> None:
    series = counts([[[100], [80]], [[50], [40]], [[50], [40]]], parents=(-1, 0, 0))
    assert one(series, level=0, grade=None)["n"] == 1
    assert one(series, level=1, grade=None)["n"] == 2


def test_coverage_is_how_often_the_count_lies_within() -> None:
    series = counts([[[100], [80]], [[50], [100]]])
    trial = tried(series, LAST, horizon=1, origins=[2015])
    said = trial.forecast.sum(axis=3)
    half = np.array([10.0, 20.0, 60.0]).reshape(3, 1, 1, 1)
    row = accuracy(trial, leads=[1], total=(said - half, said + half)).row(0, named=True)
    assert [row[f"coverage_{share}"] for share in (50, 80, 95)] == [0, 50, 100]


def growing(areas: int = 6, years: int = 9, size: float = 20.0) -> Series:
    rng = np.random.default_rng(1)
    pupils = size + rng.integers(0, 5, (areas, years, 3)).astype(float)
    return counts(pupils.tolist())


def test_ours_stands_beside_the_peers_with_its_reason_even_for_areas_of_sixty_pupils() -> None:
    found = backtest(growing(), leads=(1, 3, 9))
    assert found.leads == (1, 3)
    assert any("9" in note for note in found.notes)
    ours = found.accuracy.filter(method="jiaoheng")
    assert ours["coverage_80"].is_not_null().all()
    assert set(ours["grade"]) == {None, "1", "2", "3"}
    assert {"naive", "trend", "progression_3"} <= set(found.accuracy["method"])
    assert all(chosen.reason for chosen in found.chosen)


def test_too_few_years_are_refused() -> None:
    with pytest.raises(ForecastError, match="3 年"):
        backtest(growing(years=3))
    with pytest.raises(ForecastError, match="最多"):
        backtest(growing(years=4), leads=[5])


def test_a_projection_has_each_year_within_its_intervals() -> None:
    frame = projected(growing(), until=2026)
    assert sorted(frame["year"].unique()) == [2024, 2025, 2026]
    assert frame.height == 6 * 3 * 4
    for share in (50, 80, 95):
        assert (frame[f"low_{share}"] <= frame["pupils"]).all()
        assert (frame["pupils"] <= frame[f"high_{share}"]).all()
    assert (frame["high_95"] > frame["high_80"]).all()
