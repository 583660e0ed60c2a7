"""Which method a level takes, and that parts add up to their whole."""

from __future__ import annotations

import numpy as np
import pytest

from jiaoheng.forecast import BIRTHS, Method, Series
from jiaoheng.forecast.methods import CANDIDATES, CHOSEN, OURS, POOLED, choose, coherent, naive, trend
from jiaoheng.forecast.series import Array

NAIVE = Method("naive", "维持现状", naive)
TREND = Method("trend", "线性趋势", trend)


def towns(pupils: Array, parent: Array | None = None) -> Series:
    """A county of the towns (towns, years, grades); its own counts are their sum if nothing else is said."""
    whole = pupils.sum(axis=0, keepdims=True) if parent is None else parent
    count, years, grades = pupils.shape
    return Series(
        ("county", *(f"town{number}" for number in range(count))),
        tuple(range(2012, 2012 + years)),
        tuple(f"g{grade + 1}" for grade in range(grades)),
        np.concatenate([whole, pupils]),
        (BIRTHS, *range(grades - 1)),
        np.zeros((count + 1, 0)),
        2012,
        (-1, *([0] * count)),
    )


def noisy(seed: int = 1, years: int = 12) -> Array:
    return np.random.default_rng(seed).poisson(100.0, (9, years, 6)).astype(np.float64)


def test_a_method_that_is_better_from_every_origin_is_taken_and_the_reason_says_so() -> None:
    line = np.full((3, 12, 6), 100.0) + 10.0 * np.arange(12)[None, :, None]
    chosen = choose(towns(line), (NAIVE, TREND))
    assert [each.method for each in chosen] == ["trend", "trend"]
    assert chosen[0].errors["trend"] == pytest.approx(0.0, abs=1e-9)
    assert "超出年际波动，取线性趋势" in chosen[0].reason


def test_a_small_difference_is_luck() -> None:
    series = towns(noisy())
    twin = Method("twin", "孪生", lambda history, ahead: naive(history, ahead) * 1.0001)
    for methods in ((NAIVE, twin), (twin, NAIVE)):
        assert {each.method for each in choose(series, methods)} == {methods[0].id}


def test_the_choice_sees_nothing_after_the_last_year() -> None:
    counts = noisy()
    other = counts.copy()
    other[:, 8:] *= 3.0
    assert choose(towns(counts).until(2019), CANDIDATES) == choose(towns(other).until(2019), CANDIDATES)


def test_too_short_a_history_says_so() -> None:
    chosen = choose(towns(noisy(years=1)), CANDIDATES)
    assert {each.method for each in chosen} == {OURS.id}
    assert all("历年太短" in each.reason and not each.errors for each in chosen)


@pytest.mark.parametrize("method", [OURS, CHOSEN], ids=lambda method: method.id)
def test_parts_add_up_to_their_whole_in_every_grade(method: Method) -> None:
    said = method.forecast(towns(noisy()), 5)
    assert said[1:].sum(axis=0) == pytest.approx(said[0])


def test_pupils_that_are_in_no_part_stay_outside() -> None:
    counts = noisy()
    said = OURS.forecast(towns(counts, counts.sum(axis=0, keepdims=True) * 1.25), 3)
    assert said[1:].sum(axis=0) == pytest.approx(said[0] / 1.25)


def test_a_large_whole_hardly_learns_from_its_parts_and_a_small_one_does() -> None:
    def forecast(history: Series, ahead: int) -> Array:
        said = naive(history, ahead)
        said[1:] *= 1.1
        return said

    small, large = towns(noisy() / 50.0), towns(noisy() * 50.0)
    moved = [coherent(forecast)(each, 1)[0].sum() / each.totals[0, -1] for each in (small, large)]
    assert 1.04 < moved[0] < 1.05
    assert 1.0 < moved[1] < 1.001


def test_where_births_are_known_a_method_that_does_not_look_at_them_is_compared_but_not_taken() -> None:
    draw = np.random.default_rng(3)
    born = 300.0 * draw.uniform(0.9, 1.1, (1, 24))
    pupils = np.zeros((1, 12, 3))
    for year in range(12):
        pupils[0, year] = born[0, [year + 9, year + 8, year + 7]]
    years = tuple(range(2010, 2022))
    known = Series(("county",), years, ("x", "y", "z"), pupils, (-1, 0, 1), born[:, :21], 1998, (-1,))
    perfect = {series_year: pupils[:, at] for at, series_year in enumerate(years)}

    def sees_all(series: Series, ahead: int) -> Array:
        last = series.years[-1]
        return np.stack([perfect.get(last + step + 1, pupils[:, -1]) for step in range(ahead)], axis=1)

    cheat = Method("cheat", "事后诸葛", sees_all, peer=True)
    found = choose(known, (POOLED, cheat))[0]
    assert found.method == "pooled"
    assert found.errors["cheat"] == pytest.approx(0.0)
    blind = Series(**{**known.__dict__, "births": np.zeros((1, 0))})
    assert choose(blind, (POOLED, cheat))[0].method == "cheat"
