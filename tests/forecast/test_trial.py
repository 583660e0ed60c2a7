"""A method that is tried sees nothing of what it is asked for."""

from __future__ import annotations

import numpy as np

from jiaoheng.forecast import BIRTHS, Method, Series, Trial, tried
from jiaoheng.forecast.series import Array


def counts(years: int = 6) -> Series:
    pupils = np.arange(2 * years * 2, dtype=float).reshape(2, years, 2)
    names = tuple(range(2010, 2010 + years))
    births = np.arange(2.0 * years).reshape(2, years)
    return Series(("a", "b"), names, ("1", "2"), pupils, (BIRTHS, 0), births, 2010, (-1, -1))


def last(series: Series, ahead: int) -> Array:
    return np.repeat(series.pupils[:, -1:], ahead, axis=1)


def test_a_method_sees_the_counts_of_its_origin_and_the_births_before_it_and_nothing_later() -> None:
    seen: list[tuple[tuple[int, ...], int]] = []

    def spy(series: Series, ahead: int) -> Array:
        seen.append((series.years, series.births.shape[1]))
        return last(series, ahead)

    tried(counts(), Method("spy", "", spy), horizon=2, origins=[2012, 2014])
    assert seen == [((2010, 2011, 2012), 2), ((2010, 2011, 2012, 2013, 2014), 4)]


def test_targets_are_the_years_after_the_origin() -> None:
    trial = tried(counts(), Method("last", "", last), horizon=3)
    assert trial.origins == (2013, 2014)
    assert trial.actual[0, 1, 0, 0] == counts().pupils[0, 5, 0]
    assert trial.forecast[0, 1, 0, 0] == counts().pupils[0, 3, 0]
    assert np.isnan(trial.forecast[1, 1]).all()


def test_what_was_known_at_a_year_has_no_later_target() -> None:
    trial = tried(counts(8), Method("last", "", last), horizon=3)
    known = trial.known_at(2015)
    assert isinstance(known, Trial)
    assert known.origins == (2013, 2014)
    assert np.isfinite(known.actual[0, :2]).all()
    assert np.isnan(known.actual[0, 2]).all()
    assert np.isfinite(known.actual[1, 0]).all()
    assert np.isnan(known.actual[1, 1:]).all()
    assert np.isfinite(trial.actual[0, 2]).all()
