"""Children ten years on: the nation is balanced, each part does what it says, nonsense is refused."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from jiaoheng.forecast.population.children import Counted, children_ten_years_on, found_again, moves, of_china
from jiaoheng.forecast.population.fault import PopulationError
from shared import shared

_DRAWN = np.random.default_rng(1)
_RESIDENTS = _DRAWN.uniform(1e5, 1e6, 200)
_URBAN = _DRAWN.uniform(0.1, 1.0, 200)
_DRAWN_COUNTIES = Counted(
    tuple(f"县{number}" for number in range(200)),
    _RESIDENTS * _DRAWN.uniform(0.03, 0.09, 200),
    _RESIDENTS,
    _RESIDENTS * np.exp(0.3 - 0.7 * _URBAN + _DRAWN.normal(0, 0.1, 200)),
    _RESIDENTS * _URBAN,
)


def test_moves_take_from_some_what_others_win_and_towns_win() -> None:
    factor = moves(_DRAWN_COUNTIES, of_china())
    children = _DRAWN_COUNTIES.children
    assert (children * factor).sum() == pytest.approx(children.sum())
    assert factor[_URBAN.argmax()] > 1 > factor[_URBAN.argmin()]


def test_the_missed_add_up_to_the_nations_and_are_nobody_where_policy_is_kept() -> None:
    known = of_china()
    factor = found_again(_DRAWN_COUNTIES, known)
    children = _DRAWN_COUNTIES.children
    assert (children * factor).sum() == pytest.approx(children.sum() * (1 + known.missed))
    share = children / _RESIDENTS
    assert factor[share.argmin()] == 1.0
    assert factor.argmax() == share.argmax()


def test_without_either_it_is_the_plain_cohort() -> None:
    known = replace(of_china(), missed=0.0, children_move=0.0)
    np.testing.assert_allclose(children_ten_years_on(_DRAWN_COUNTIES, known), _DRAWN_COUNTIES.children)


def test_a_county_without_registered_people_gets_what_its_urban_share_says() -> None:
    registered = _DRAWN_COUNTIES.registered.copy()
    registered[3] = np.nan
    assert np.isfinite(children_ten_years_on(replace(_DRAWN_COUNTIES, registered=registered))[3])


def test_nonsense_is_refused_with_the_county() -> None:
    children = _DRAWN_COUNTIES.children.copy()
    children[7] = -1
    with pytest.raises(PopulationError, match="县7"):
        children_ten_years_on(replace(_DRAWN_COUNTIES, children=children))
    with pytest.raises(PopulationError, match="县0的城镇人口"):
        children_ten_years_on(replace(_DRAWN_COUNTIES, urban=_RESIDENTS * 1.01))


def test_on_chinas_counties_it_is_nearer_than_the_plain_cohort() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "benchmarks.china", str(shared("data/forecast"))]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
