"""What the methods must say of series whose future is known, and of areas that are new, empty or tiny."""

from __future__ import annotations

import numpy as np
import pytest

from jiaoheng.forecast import BIRTHS, Method, Series
from jiaoheng.forecast.methods import METHODS, OURS, POOLED, learn
from jiaoheng.forecast.methods.transitions import transitions
from jiaoheng.forecast.series import Array

GRADES = 6


def cohorts(areas: int = 12, years: int = 12, *, ratio: float = 1.02, noise: int | None = None) -> Series:
    """A county of ``areas`` towns whose cohorts grow by a ratio in each grade; with noise by a seed."""
    draw = np.random.default_rng(noise)
    born = 200.0 * np.random.default_rng(17).uniform(0.8, 1.2, (areas, years + 10))
    pupils = np.zeros((areas, years + 10, GRADES))
    pupils[:, 0] = born[:, :1] * ratio ** np.arange(GRADES)
    for year in range(1, years + 10):
        pupils[:, year, 0] = born[:, year]
        pupils[:, year, 1:] = pupils[:, year - 1, :-1] * ratio
        if noise is not None:
            pupils[:, year] = draw.poisson(pupils[:, year])
    pupils = pupils[:, 10:]
    whole = np.concatenate([pupils.sum(axis=0, keepdims=True), pupils])
    # Children of three: the births of three years before.
    births = np.concatenate([born.sum(axis=0, keepdims=True), born])
    return Series(
        ("county", *(f"town{number}" for number in range(areas))),
        tuple(range(2010, 2010 + years)),
        tuple(f"year {grade}" for grade in range(1, GRADES + 1)),
        whole,
        (BIRTHS, *range(GRADES - 1)),
        births[:, : years + 10],
        2010 - 10 - 3,
        (-1, *([0] * areas)),
    )


def error(said: Array, came: Array) -> float:
    return float(np.mean(np.abs(said.sum(axis=-1) / came.sum(axis=-1) - 1.0)))


def test_cohorts_that_move_up_by_a_fixed_ratio_are_forecast_to_the_pupil_while_births_are_known() -> None:
    series = cohorts()
    said = POOLED.forecast(series.until(2018), 2)
    assert said == pytest.approx(series.pupils[:, 9:11], rel=2e-3)


def test_the_age_of_entry_is_found_from_births() -> None:
    lag = transitions(cohorts(noise=1)).lag
    assert lag is not None
    assert (lag.years, lag.later) == (3, 0.0)


def entering(counts: Array) -> Series:
    """A county of one town in which so many enter every year, all of whom move up; no births are known."""
    years = len(counts)
    pupils = np.tile(counts[None, :, None], (2, 1, GRADES))
    for grade in range(1, GRADES):
        pupils[:, grade:, grade] = pupils[:, : years - grade, 0]
        pupils[:, :grade, grade] = counts[0]
    areas, grades = ("county", "town"), tuple(f"g{grade}" for grade in range(1, GRADES + 1))
    feeders = (BIRTHS, *range(GRADES - 1))
    return Series(
        areas, tuple(range(2010, 2010 + years)), grades, pupils, feeders, np.zeros((2, 0)), 2010, (-1, 0)
    )


def test_without_births_entrants_go_on_as_they_lately_were() -> None:
    series = entering(np.full(10, 500.0))
    assert transitions(series).lag is None
    assert POOLED.forecast(series, 5) == pytest.approx(500.0, rel=1e-6)


def test_a_wave_of_entrants_is_believed_in_as_far_as_it_held() -> None:
    falling = POOLED.forecast(entering(1000.0 * 0.92 ** np.arange(12.0)), 5)[0, :, 0]
    came = 1000.0 * 0.92 ** np.arange(12.0, 17.0)
    assert falling == pytest.approx(came, rel=0.25)
    assert (falling > came).all()  # damped
    jumping = np.where(np.arange(12) % 2, 480.0, 520.0)
    assert POOLED.forecast(entering(jumping), 5)[0, :, 0] == pytest.approx(500.0, rel=0.04)


def test_a_town_that_grows_faster_than_its_county_is_not_expected_to_do_so_for_ever() -> None:
    counts = 100.0 * 1.15 ** np.arange(12.0)
    series = entering(counts)
    pupils = series.pupils.copy()
    pupils[0] = 5000.0
    said = POOLED.forecast(Series(**{**series.__dict__, "pupils": pupils}), 5)
    assert said[1, -1, 0] < counts[-1] * 1.15


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pooling_makes_noisy_towns_better_than_their_own_ratios(seed: int) -> None:
    series = cohorts(areas=60, noise=seed)
    came = series.pupils[1:, 9:12]
    own = METHODS["progression_3"].forecast(series.until(2018), 3)[1:]
    drawn = POOLED.forecast(series.until(2018), 3)[1:]
    assert error(drawn, came) < error(own, came)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_method_speaks_of_the_areas_that_are_there_and_of_no_others(method: Method) -> None:
    series = cohorts(noise=4)
    pupils = series.pupils.copy()
    pupils[3] = 0.0  # nobody
    pupils[4, -2:] = np.nan  # no longer counted
    pupils[5, :-1] = np.nan  # opened this year
    pupils[6] = np.round(pupils[6] / 40.0)  # five to a grade
    pupils[7, :, 0] = 0.0  # takes its pupils from others
    series = Series(**{**series.__dict__, "pupils": pupils})
    said = method.forecast(series, 5)
    assert said.shape == (13, 5, GRADES)
    there = np.isfinite(pupils[:, -1]).all(axis=1)
    assert np.isfinite(said[there]).all()
    assert np.isnan(said[4]).all()
    assert (said[there] >= 0).all()
    assert (said[3] == 0).all()
    assert (said[7, :, 0] == 0).all()


def test_a_shock_year_does_not_carry_on() -> None:
    series = cohorts(areas=30, noise=7)
    shocked = series.pupils.copy()
    shocked[:, -2] *= 0.93
    shocked = np.where(np.isfinite(shocked), shocked, 0.0)
    hit = Series(**{**series.__dict__, "pupils": shocked})
    calm = OURS.forecast(series, 3).sum(axis=2)
    after = OURS.forecast(hit, 3).sum(axis=2)
    assert np.abs(after / calm - 1.0).max() < 0.05


def test_the_blend_trusts_progression_where_cohorts_are_large_and_less_where_they_are_noise() -> None:
    large = learn(cohorts(areas=30, noise=3), 3).share[0, :, 0]
    tiny = cohorts(areas=30, noise=3)
    noisy = np.random.default_rng(5).poisson(np.full(tiny.pupils.shape, 4.0)).astype(float)
    small = learn(Series(**{**tiny.__dict__, "pupils": noisy}), 3).share[1, :, 0]
    assert large.min() > small.max()


def test_a_series_of_one_year_goes_on_as_it_is() -> None:
    series = cohorts().until(2010)
    assert OURS.forecast(series, 2) == pytest.approx(np.repeat(series.pupils, 2, axis=1))


def test_entrants_of_tiny_towns_are_drawn_from_more_years_than_those_of_large_ones() -> None:
    def off(entrants: float) -> float:
        """How far the next entrants are from their mean, as a share of the noise of one year."""
        counts = np.random.default_rng(11).poisson(entrants, (200, 12, GRADES)).astype(float)
        years, grades = tuple(range(2010, 2022)), tuple(f"g{grade}" for grade in range(1, GRADES + 1))
        areas, births = tuple(str(area) for area in range(200)), np.zeros((200, 0))
        series = Series(areas, years, grades, counts, (BIRTHS, *range(GRADES - 1)), births, 2010, (-1,) * 200)
        said = POOLED.forecast(series, 1)[:, 0, 0]
        return float((said - entrants).std() / np.sqrt(entrants))

    # Halving the weight each year leaves 0.58 of the noise, whatever the size.
    assert off(10.0) < 0.45
    assert off(5000.0) == pytest.approx(0.58, abs=0.08)


def test_where_grades_part_each_keeps_its_share_of_the_wave() -> None:
    draw = np.random.default_rng(2)
    ninth = np.concatenate([np.linspace(500, 900, 9), np.linspace(870, 600, 6)]) + draw.normal(0, 2, 15)
    pupils = np.zeros((1, 14, 3))
    for year in range(14):
        pupils[0, year, 0] = ninth[year]
        if year:
            pupils[0, year, 1:] = ninth[year - 1] * np.array([0.65, 0.30])
    pupils[0, 0, 1:] = 480 * np.array([0.65, 0.30])
    names = ("g9", "g10", "v10")
    series = Series(
        ("county",), tuple(range(2010, 2024)), names, pupils, (BIRTHS, 0, 0), np.zeros((1, 0)), 2010, (-1,)
    )
    said = POOLED.forecast(series.until(2019), 1)[0, 0]
    assert said[1:] == pytest.approx(pupils[0, 10, 1:], rel=0.01)


def test_a_towns_upper_school_follows_the_county_not_the_towns_own_junior_school() -> None:
    years, ahead = 12, 3
    # The town with the vocational school has a junior school that empties while the county's fill.
    ninth = np.stack([np.linspace(400, 100, years + ahead), np.linspace(1600, 2900, years + ahead)])
    pupils = np.zeros((3, years + ahead, 3))
    pupils[1:, :, 0] = ninth
    before = np.concatenate([ninth[:, :1], ninth[:, :-1]], axis=1).sum(axis=0)
    pupils[1, :, 2], pupils[2, :, 1] = 0.3 * before, 0.65 * before
    pupils[0] = pupils[1:].sum(axis=0)
    names = ("g9", "g10", "v10")
    series = Series(
        ("county", "one", "two"),
        tuple(range(2010, 2010 + years + ahead)),
        names,
        pupils,
        (BIRTHS, 0, 0),
        np.zeros((3, 0)),
        2010,
        (-1, 0, 0),
    )
    said = OURS.forecast(series.until(2010 + years - 1), 1)
    assert said[1, 0, 2] == pytest.approx(pupils[1, years, 2], rel=0.02)
    assert said[2, 0, 1] == pytest.approx(pupils[2, years, 1], rel=0.02)
