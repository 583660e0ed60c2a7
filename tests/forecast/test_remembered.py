"""What is kept of a forecast must be what would be said anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jiaoheng.forecast import BIRTHS, Method, Series
from jiaoheng.forecast.methods import METHODS, learn, naive
from jiaoheng.forecast.methods.remembered import remembered
from jiaoheng.forecast.series import Array


def towns(entrants: float = 40.0, seed: int = 5, births: bool = False) -> Series:
    draw = np.random.default_rng(seed)
    pupils = draw.poisson(entrants, (8, 11, 6)).astype(np.float64)
    born = draw.poisson(entrants, (8, 17 if births else 0)).astype(np.float64)
    return Series(
        ("county", *(f"town{number}" for number in range(8))),
        tuple(range(2012, 2023)),
        tuple(f"y{grade}" for grade in range(6)),
        np.concatenate([pupils.sum(axis=0, keepdims=True), pupils]),
        (BIRTHS, *range(5)),
        np.concatenate([born.sum(axis=0, keepdims=True), born]),
        2006,
        (-1, *([0] * 8)),
    )


@pytest.mark.parametrize("births", [True, False])
@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_what_is_said_of_a_year_does_not_depend_on_how_much_further_is_asked(
    method: Method, births: bool
) -> None:
    series = towns(births=births)
    assert method.forecast(series, 7)[:, :2] == pytest.approx(method.forecast(series, 2))


def test_other_counts_are_forecast_anew_and_the_same_ones_once() -> None:
    asked: list[int] = []

    def counted(series: Series, ahead: int) -> Array:
        asked.append(ahead)
        return naive(series, ahead)

    again = remembered(counted)
    series = towns()
    other = replace(series, pupils=series.pupils + 1.0)
    assert (again(series, 2) == naive(series, 2)).all()
    assert (again(other, 2) == naive(other, 2)).all()
    assert (again(towns(), 3) == naive(series, 3)).all()
    assert len(asked) == 2
    assert again(series, 9).shape[1] == 9
    assert len(asked) == 3


def test_what_is_kept_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        remembered(naive)(towns(), 1)[:] = 0.0


def test_the_steps_weigh_more_where_births_are_known() -> None:
    without, known = (learn(towns(births=births).until(2013), 1).share[1, 0, 0] for births in (False, True))
    assert known > without
