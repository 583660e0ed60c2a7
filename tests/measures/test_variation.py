"""The weighted variation: the published example, and the readings of it that are wrong."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.measures import coefficient_of_variation
from jiaoheng.measures.variation import VariationError

# The example that accompanied the official calculation sheet (books per pupil in five primary schools):
# published 0.52; exact 0.515257. A contract: change it only with a decision record.
PUPILS = [45, 37, 89, 76, 55]
BOOKS = [279, 137, 935, 160, 402]


def test_published_example_of_five_schools_is_met_exactly() -> None:
    value = coefficient_of_variation(BOOKS, PUPILS)
    assert value == pytest.approx(0.515257, abs=5e-7)
    assert round(value, 2) == 0.52


def test_steps_of_the_published_example_are_met() -> None:
    total = sum(PUPILS)
    mean = sum(BOOKS) / total
    parts = [p / total * (x / p - mean) ** 2 for x, p in zip(BOOKS, PUPILS, strict=True)]
    assert parts == pytest.approx([0.0027, 0.8486, 5.1274, 4.5011, 0.1730], abs=5e-5)
    assert coefficient_of_variation(BOOKS, PUPILS) == pytest.approx(math.sqrt(sum(parts)) / mean, rel=1e-14)


def test_unweighted_readings_are_not_what_comes_out() -> None:
    ratios = [x / p for x, p in zip(BOOKS, PUPILS, strict=True)]
    population = statistics.pstdev(ratios) / statistics.mean(ratios)
    sample = statistics.stdev(ratios) / statistics.mean(ratios)
    assert population == pytest.approx(0.488771, abs=5e-7)
    assert sample == pytest.approx(0.546462, abs=5e-7)
    value = coefficient_of_variation(BOOKS, PUPILS)
    assert abs(value - population) > 0.02
    assert abs(value - sample) > 0.02


def test_one_school_has_no_variation_rather_than_zero() -> None:
    assert coefficient_of_variation([60], [1200]) is None
    assert coefficient_of_variation([60, None], [1200, 300]) is None
    assert coefficient_of_variation([60, 20], [1200, None]) is None
    assert coefficient_of_variation([], []) is None


def test_equal_schools_have_variation_zero_rather_than_none() -> None:
    assert coefficient_of_variation([10, 20], [100, 200]) == 0.0


def test_unknown_school_is_left_out_and_zero_amount_is_not() -> None:
    known = coefficient_of_variation(BOOKS, PUPILS)
    assert coefficient_of_variation([*BOOKS, None], [*PUPILS, 500]) == known
    assert coefficient_of_variation([*BOOKS, 500], [*PUPILS, None]) == known
    assert coefficient_of_variation([*BOOKS, float("nan")], [*PUPILS, 500]) == known
    assert coefficient_of_variation([*BOOKS, 0], [*PUPILS, 500]) > known


def test_school_without_pupils_is_left_out_with_its_amount() -> None:
    assert coefficient_of_variation([*BOOKS, 9999], [*PUPILS, 0]) == coefficient_of_variation(BOOKS, PUPILS)


def test_amounts_that_are_all_zero_have_no_variation() -> None:
    assert coefficient_of_variation([0, 0], [10, 20]) is None


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(VariationError, match="数量有 2 个，学生数有 1 个"):
        coefficient_of_variation([1, 2], [1])


def test_negative_pupils_are_refused_even_beside_an_unknown_amount() -> None:
    with pytest.raises(VariationError, match="第 2 所学校的学生数是负数"):
        coefficient_of_variation([1, None], [5, -1])


def test_infinite_numbers_are_refused() -> None:
    with pytest.raises(VariationError, match="无穷大"):
        coefficient_of_variation([1, math.inf], [5, 5])


schools = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 5000)), min_size=2, max_size=30).filter(
    lambda rows: any(x for x, _ in rows)
)


@given(schools, st.floats(0.01, 1e4))
def test_a_factor_on_the_measure_changes_nothing(rows: list[tuple[int, int]], factor: float) -> None:
    amounts, pupils = zip(*rows, strict=True)
    scaled = coefficient_of_variation([x * factor for x in amounts], pupils)
    assert scaled == pytest.approx(coefficient_of_variation(amounts, pupils), rel=1e-9, abs=1e-9)


@given(schools)
def test_splitting_a_school_into_equal_halves_changes_nothing(rows: list[tuple[int, int]]) -> None:
    (x, p), *rest = rows
    halves = [(x, p), (x, p), *[(2 * a, 2 * b) for a, b in rest]]
    doubled = [(2 * a, 2 * b) for a, b in rows]
    assert coefficient_of_variation(*zip(*halves, strict=True)) == pytest.approx(
        coefficient_of_variation(*zip(*doubled, strict=True)), rel=1e-9, abs=1e-9
    )
