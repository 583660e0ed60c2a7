"""Single years out of five-year groups: totals kept, never below nobody, exact where ages are smooth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jiaoheng.forecast.population import single_years
from jiaoheng.forecast.population.fault import PopulationError

_GROUPS = arrays(np.float64, st.integers(4, 20), elements=st.integers(0, 10**7).map(float))


@given(_GROUPS)
def test_single_years_add_up_to_their_group_and_are_never_negative(groups: np.ndarray) -> None:
    years = single_years(groups)
    assert (years >= 0).all()
    np.testing.assert_allclose(years.reshape(-1, 5).sum(axis=1), groups, rtol=1e-9, atol=1e-6)


@given(st.lists(st.floats(-1, 1), min_size=4, max_size=4), st.integers(4, 18))
def test_a_cubic_is_found_again_at_every_age(terms: list[float], count: int) -> None:
    ages = np.arange(5 * count) / (5 * count)
    true = 10 + np.polynomial.polynomial.polyval(ages, terms)
    found = single_years(true.reshape(-1, 5).sum(axis=1))
    np.testing.assert_allclose(found, true, rtol=1e-9)


def test_areas_are_independent_and_the_unknown_stays_where_it_is() -> None:
    groups = np.array([[10.0, 20, 30, 20, 10, 5, 5, 5], [10, np.nan, 30, 20, 10, 5, 5, 5]])
    years = single_years(groups)
    np.testing.assert_allclose(years[0], single_years(groups[0]))
    assert np.isnan(years[1, :20]).all()
    assert np.isfinite(years[1, 20:]).all()


def test_too_few_groups_and_negative_counts_are_refused() -> None:
    with pytest.raises(PopulationError, match="3 个五岁组"):
        single_years(np.ones(3))
    with pytest.raises(PopulationError, match="10—14 岁组"):
        single_years(np.array([1.0, 2, -3, 4, 5]))
