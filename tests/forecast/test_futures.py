"""Futures are as wide as the intervals say: in a cell, in an area, and all together."""

from __future__ import annotations

import numpy as np
import pytest

from jiaoheng.forecast import BIRTHS, Method, Series, tried
from jiaoheng.forecast.futures import Doubt, blocks, doubt, futures, summaries
from jiaoheng.forecast.intervals import COVERAGE, around
from jiaoheng.forecast.series import Array

GRADES = 6


def _moved_up(history: Series, years: int) -> Array:
    said, now = [], history.pupils[:, -1]
    for _ in range(years):
        now = np.concatenate([history.pupils[:, -3:, :1].mean(axis=1), now[:, :-1]], axis=1)
        said.append(now)
    return np.stack(said, axis=1)


MOVED_UP = Method("moved_up", "升级", _moved_up)


def county(*, seed: int, towns: int = 13, years: int = 14, size: float = 150.0) -> Series:
    """A county and its towns: shocks that all share, and pupils who come and go."""
    chance = np.random.default_rng(seed)
    sizes = size * chance.lognormal(0.0, 0.7, towns)
    now = chance.poisson(sizes[:, None], (towns, GRADES)).astype(float)
    counts = []
    for _ in range(years):
        sizes = sizes * np.exp(chance.normal(0.0, 0.04, towns))
        common = np.exp(chance.normal(0.0, 0.012) + chance.normal(0.0, 0.02, (towns, 1)))
        now = chance.poisson(0.05 * now) + chance.binomial(now.astype(int), 0.95)
        mean = np.concatenate([sizes[:, None], now[:, :-1]], axis=1) * common
        now = chance.poisson(mean * 0.1) + chance.binomial(np.round(mean).astype(int), 0.9)
        now = now.astype(float)
        counts.append(now)
    pupils = np.stack(counts, axis=1)
    return Series(
        areas=("county", *(f"{at:02}" for at in range(towns))),
        years=tuple(range(2010, 2010 + years)),
        grades=tuple(f"g{at}" for at in range(1, GRADES + 1)),
        pupils=np.concatenate([pupils.sum(axis=0, keepdims=True), pupils]),
        feeders=(BIRTHS, *range(GRADES - 1)),
        births=np.empty((towns + 1, 0)),
        births_from=2000,
        parents=(-1, *[0] * towns),
    )


def _forecast(seed: int = 1, **of: int) -> tuple[Array, Doubt]:
    series = county(seed=seed, **of)
    return MOVED_UP.forecast(series, 5)[series.leaves], doubt(tried(series, MOVED_UP, horizon=5))


def test_quantiles_of_a_cell_are_its_intervals() -> None:
    point, errors = _forecast()
    drawn = futures(point, errors, draws=4000, seed=7)
    for grade, spread in enumerate(errors.grades):
        lower, upper = around(point[:, :, grade].T, spread)
        for at, coverage in enumerate(COVERAGE):
            cell = drawn[:, :, :, grade]
            inside = ((cell >= lower[at].T) & (cell <= upper[at].T)).mean(axis=(0, 2))
            np.testing.assert_allclose(inside, coverage, atol=0.03)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_towns_and_the_county_are_as_wide_as_their_own_errors_say(seed: int) -> None:
    point, errors = _forecast(seed, towns=25)
    drawn = futures(point, errors, draws=2000, seed=seed)
    assert errors.whole is not None
    for drawn_part, said, spread in (
        (drawn.sum(axis=3), point.sum(axis=2), errors.total),
        (drawn.sum(axis=(1, 3))[:, None], point.sum(axis=(0, 2))[None], errors.whole),
    ):
        lower, upper = around(said.T, spread)
        low, high = np.quantile(drawn_part, [0.1, 0.9], axis=0)
        ratio = (high - low) / (upper[1] - lower[1]).T
        assert 0.75 < np.median(ratio) < 1.35


def test_the_same_seed_gives_the_same_futures_however_they_are_cut() -> None:
    point, errors = _forecast()
    one = futures(point, errors, draws=50, seed=3)
    np.testing.assert_array_equal(one, futures(point, errors, draws=50, seed=3))
    cut = np.concatenate([part for _, part in blocks(point, errors, draws=50, seed=3, block=4)], axis=1)
    np.testing.assert_array_equal(one, cut)
    assert not np.array_equal(one, futures(point, errors, draws=50, seed=4))


def test_a_cohort_keeps_its_error_as_it_moves_up() -> None:
    point, errors = _forecast()
    off = futures(point, errors, draws=4000, seed=5) / point - 1
    same = [np.corrcoef(off[:, area, 1, 2], off[:, area, 2, 3])[0, 1] for area in range(13)]
    other = [np.corrcoef(off[:, area, 1, 2], off[:, area, 2, 5])[0, 1] for area in range(13)]
    assert np.mean(same) > np.mean(other) + 0.2


def test_nothing_is_made_of_nothing() -> None:
    point, errors = _forecast()
    point[0] = 0.0
    point[1, :, 2] = np.nan
    drawn = futures(point, errors, draws=20)
    assert np.all(drawn[:, 0] == 0.0)
    assert np.isnan(drawn[:, 1, :, 2]).all()
    assert np.isfinite(drawn[:, 1, :, 3]).all()
    assert np.nanmin(drawn) >= 0.0


def test_summaries_are_quantiles_of_the_same_futures() -> None:
    point, errors = _forecast()
    drawn = futures(point, errors, draws=200, seed=9)
    cells, totals, whole = summaries(point, errors, (0.1, 0.5, 0.9), draws=200, seed=9)
    np.testing.assert_allclose(cells, np.quantile(drawn, (0.1, 0.5, 0.9), axis=0), rtol=1e-5)
    np.testing.assert_allclose(totals, np.quantile(drawn.sum(axis=3), (0.1, 0.5, 0.9), axis=0), rtol=1e-5)
    np.testing.assert_allclose(whole, np.quantile(drawn.sum(axis=(1, 3)), (0.1, 0.5, 0.9), axis=0), rtol=1e-5)


def test_towns_without_a_county_above_them_share_their_shocks_too() -> None:
    series = county(seed=6, towns=40, years=20)
    alone = Series(
        **{**series.__dict__, "areas": series.areas[1:], "pupils": series.pupils[1:], "parents": (-1,) * 40}
    )
    errors = doubt(tried(alone, MOVED_UP, horizon=3))
    point = MOVED_UP.forecast(alone, 3)
    together = futures(point, errors, draws=2000).sum(axis=(1, 3))
    spread = (np.quantile(together, 0.9, axis=0) - np.quantile(together, 0.1, axis=0)) / (2 * 1.2816)
    assert errors.whole is None
    assert np.all(spread > 0.7 * errors.total.shock * point.sum(axis=(0, 2)))
