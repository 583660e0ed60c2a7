"""Intervals hold what they promise, on series whose noise is known, and never look ahead."""

from __future__ import annotations

import numpy as np
import pytest

from jiaoheng.forecast import BIRTHS, Method, Series, Trial, tried
from jiaoheng.forecast.intervals import COVERAGE, bounds, held, of_totals
from jiaoheng.forecast.series import Array
from jiaoheng.forecast.spread import PLACE

STILL = Method("still", "维持现状", lambda series, ahead: np.repeat(series.pupils[:, -1:], ahead, axis=1))


def walks(*, areas: int, years: int, seed: int, shared: float = 0.0, size: float = 400.0) -> Series:
    """Areas whose counts walk at random: by themselves, and partly (``shared``) all together."""
    draw = np.random.default_rng(seed)
    own = draw.normal(0.0, 0.03, (areas, years, 1))
    together = draw.normal(0.0, 0.03, (1, years, 1)) * shared
    pupils = size * np.exp(np.cumsum(own + together, axis=1)) * np.ones((1, 1, 3))
    births = np.zeros((areas, 0))
    return Series(
        tuple(str(area) for area in range(areas)),
        tuple(range(2000, 2000 + years)),
        ("1", "2", "3"),
        pupils,
        (BIRTHS, 0, 1),
        births,
        2000,
        (-1,) * areas,
    )


def covered(trial: Trial, *, first: int = 3) -> list[float]:
    lower, upper = bounds(trial)
    return list(held(lower[:, first:], upper[:, first:], trial.actual[first:].sum(axis=3)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_promised_is_held_when_areas_err_by_themselves(seed: int) -> None:
    trial = tried(walks(areas=150, years=14, seed=seed), STILL, horizon=4)
    for found, promised in zip(covered(trial), COVERAGE, strict=True):
        assert found == pytest.approx(promised, abs=0.05)


def test_what_is_promised_is_held_on_the_average_when_all_areas_err_together() -> None:
    found = np.mean(
        [
            covered(tried(walks(areas=30, years=16, seed=seed, shared=1.0), STILL, horizon=4))
            for seed in range(40)
        ],
        axis=0,
    )
    assert found[1] == pytest.approx(0.80, abs=0.07)
    assert found[2] > 0.90


def test_one_area_with_hardly_a_past_gets_wide_intervals_not_none() -> None:
    trial = tried(walks(areas=1, years=5, seed=5), STILL, horizon=2, origins=[2001, 2002, 2003])
    lower, upper = bounds(trial)
    said = trial.forecast.sum(axis=3)
    known = np.isfinite(said)
    assert (lower[:, known] < said[known]).all()
    assert (upper[:, known] > said[known]).all()


def test_an_interval_knows_nothing_of_what_came_after_its_origin() -> None:
    series = walks(areas=20, years=12, seed=6)
    shocked = series.pupils.copy()
    shocked[:, -1] *= 0.5
    calm = bounds(tried(series, STILL, horizon=3))
    wild = bounds(tried(Series(**{**series.__dict__, "pupils": shocked}), STILL, horizon=3))
    np.testing.assert_array_equal(calm[0][:, :-1], wild[0][:, :-1])


def test_small_areas_get_wider_intervals_and_wider_ones_further_on() -> None:
    draw = np.random.default_rng(8)
    series = walks(areas=60, years=14, seed=8)
    sizes = np.where(np.arange(60) < 30, 20.0, 5000.0)[:, None, None]
    counts = draw.poisson(sizes * np.ones((60, 14, 3))).astype(float)
    trial = tried(Series(**{**series.__dict__, "pupils": counts}), STILL, horizon=3)
    lower, upper = bounds(trial)
    width = (np.log(upper + 0.5) - np.log(lower + 0.5))[1, -3]
    assert width[0, :30].min() > 3 * width[0, 30:].max()
    assert (width[1] > width[0]).all()


def test_wider_coverages_contain_narrower_ones() -> None:
    lower, upper = bounds(tried(walks(areas=10, years=10, seed=9), STILL, horizon=3), by_grade=True)
    known = np.isfinite(lower[0])
    for narrow in (0, 1):
        assert (lower[narrow][known] >= lower[narrow + 1][known]).all()
        assert (upper[narrow][known] <= upper[narrow + 1][known]).all()


def test_what_all_share_is_learnt_from_origins_and_the_rest_from_areas() -> None:
    spreads = []
    for shared in (0.0, 1.0):
        trial = tried(walks(areas=50, years=30, seed=11, shared=shared), STILL, horizon=1)
        spreads.append(of_totals(trial, trial.series.leaves))
    apart, together = spreads
    assert apart.shock < 0.01
    assert together.shock == pytest.approx(0.03, rel=0.4)
    sizes = np.array([1200.0])
    assert apart.place(sizes)[0] == pytest.approx(0.03, rel=0.15)
    assert together.place(sizes)[0] == pytest.approx(0.03, rel=0.15)


def test_without_any_past_the_expectation_speaks() -> None:
    series = walks(areas=3, years=3, seed=12)
    nothing: Array = np.full((1, 2, 3, 3), np.nan)
    trial = Trial(series, STILL, (2002,), (1, 2), nothing, nothing)
    spread = of_totals(trial, series.leaves)
    assert spread.tried == 0
    assert spread.quantiles(np.array([1000.0]), 1, np.array([0.9]))[0, 0] > 1.28 * PLACE


def test_longer_leads_than_were_tried_grow_as_usual() -> None:
    trial = tried(walks(areas=40, years=8, seed=13), STILL, horizon=2)
    spread = of_totals(trial, trial.series.leaves)
    assert spread.tried == 2
    assert spread.grown(16) == pytest.approx(4 * spread.grown(2))


def test_nobody_where_nobody_was_expected_and_no_interval_where_nothing_was_said() -> None:
    series = walks(areas=5, years=8, seed=4)
    series.pupils[0] = 0.0
    series.pupils[1, :, 2] = np.nan
    trial = tried(series, STILL, horizon=2)
    assert np.nanmax(bounds(trial)[1][:, :, :, 0]) == 0.0
    assert np.isnan(bounds(trial)[1][:, :, :, 1]).all()
    assert np.isfinite(bounds(trial, by_grade=True)[1][:, 1:, 0, 1, 0]).all()


def test_towns_of_twenty_pupils_do_not_fall_below_nobody() -> None:
    lower, _ = bounds(tried(walks(areas=13, years=6, seed=5, size=7.0), STILL, horizon=5), by_grade=True)
    assert np.nanmin(lower) >= 0.0
