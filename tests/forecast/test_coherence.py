"""Parts add up to their whole, and one that did not report takes nothing from the others."""

from __future__ import annotations

import numpy as np
import pytest

from jiaoheng.forecast import BIRTHS, Series
from jiaoheng.forecast.methods import coherent
from jiaoheng.forecast.series import Array

PARTS = (100.0, 200.0, 300.0)


def series(last: tuple[float, ...]) -> Series:
    whole = np.array([[600.0], *[[part] for part in PARTS]])
    pupils = np.stack([whole, np.array([[600.0], *[[part] for part in last]])], axis=1)
    nobody = np.full((4, 0), np.nan)
    return Series(("w", "a", "b", "c"), (2020, 2021), ("1",), pupils, (BIRTHS,), nobody, 2020, (-1, 0, 0, 0))


def half_more(history: Series, ahead: int) -> Array:
    """Each part at its first count and half as much again, the whole at its own."""
    said = np.repeat(history.pupils[:, :1], ahead, axis=1)
    said[1:] *= 1.5
    return said


def test_parts_are_scaled_to_the_whole_and_keep_their_proportions() -> None:
    said = coherent(half_more)(series(PARTS), 1)[:, 0, 0]
    assert said[1:].sum() == pytest.approx(said[0])
    assert said[3] == pytest.approx(3 * said[1])


def test_a_part_that_was_not_counted_last_leaves_the_others_as_they_would_be() -> None:
    all_counted = coherent(half_more)(series(PARTS), 1)[:, 0, 0]
    one_missing = coherent(half_more)(series((np.nan, 200.0, 300.0)), 1)[:, 0, 0]
    assert one_missing[2:] == pytest.approx(all_counted[2:])
