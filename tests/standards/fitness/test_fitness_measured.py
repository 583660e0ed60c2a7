"""Cells of measurements: times in every spelling, units, words, what is no measurement."""

from __future__ import annotations

from datetime import date, time, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from jiaoheng.standards.fitness import fitness
from jiaoheng.standards.fitness.measured import MeasuredError, read_measured

ITEMS = fitness().items
RUN, SPRINT, SHUTTLE = ITEMS["run_1000m"], ITEMS["sprint_50m"], ITEMS["shuttle_run"]
UNTESTED = frozenset(fitness().rules.untested)


@pytest.mark.parametrize(
    "cell",
    [
        "3'40\"", "3′40″", "3’40”", "3'40", "3′40", "3:40", "3：40", "3.40", "３.４０", "3分40秒", "3分40",
        " 3 ' 40 \" ", "3'40''", "220", "220秒", 220, 220.0, time(3, 40), time(0, 3, 40),
        timedelta(minutes=3, seconds=40), timedelta(hours=3, minutes=40),
    ],
)  # fmt: skip
def test_all_of_these_are_220_seconds(cell: object) -> None:
    found = read_measured(cell, RUN)  # type: ignore[arg-type]
    assert (found.value, found.guessed) == (220, False)


@pytest.mark.parametrize("cell", [3.4, "3.4"])
def test_a_single_decimal_is_read_as_tens_of_seconds_and_said_to_be_a_guess(cell: object) -> None:
    found = read_measured(cell, RUN)  # type: ignore[arg-type]
    assert (found.value, found.guessed) == (220, True)


@pytest.mark.parametrize(
    ("cell", "value"), [(3.05, 185), ("3'05", 185), ("3'5\"", 185), ("4'", 240), (4, 240), ("4分", 240)]
)
def test_other_times(cell: object, value: float) -> None:
    assert read_measured(cell, RUN).value == value  # type: ignore[arg-type]


@pytest.mark.parametrize(("cell", "value"), [("1'38\"", 98), (1.38, 98), (98, 98), ("1:38", 98)])
def test_the_shuttle_run_is_written_in_minutes_too(cell: object, value: float) -> None:
    assert read_measured(cell, SHUTTLE).value == value  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [8.9, "8.9", "8.9秒", '8"9', "8″9", "8.9s"])
def test_the_sprint_is_seconds_and_never_minutes(cell: object) -> None:
    assert read_measured(cell, SPRINT).value == 8.9  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "cell", "value"),
    [
        ("vital_capacity", "2,900毫升", 2900),
        ("vital_capacity", "2900ml", 2900),
        ("sit_and_reach", "－2.4", -2.4),
        ("sit_and_reach", -2.4, -2.4),
        ("pull_ups", "8个", 8),
        ("pull_ups", 0, 0),
    ],
)
def test_numbers_with_their_units(item: str, cell: object, value: float) -> None:
    assert read_measured(cell, ITEMS[item]).value == value  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [None, "", "-", "——", "无", "缺测", "免测", "病假"])
def test_a_blank_and_words_for_it_are_unknown_and_never_zero(cell: str | None) -> None:
    assert read_measured(cell, RUN, UNTESTED).value is None


@pytest.mark.parametrize(
    ("item", "cell"),
    [
        ("run_1000m", "3'75\""), ("run_1000m", 3.75), ("run_1000m", "甄隐名"), ("run_1000m", "3-40"),
        ("run_1000m", 3.405), ("run_1000m", -3.4), ("run_1000m", True), ("run_1000m", date(2025, 3, 4)),
        ("sprint_50m", "8'9"), ("sprint_50m", time(0, 0, 9)), ("vital_capacity", "29OO"),
        ("vital_capacity", time(3, 40)), ("standing_jump", "1.75米"), ("standing_jump", '175"'),
        ("run_1000m", time(3, 40, 5)),
    ],
)  # fmt: skip
def test_what_is_no_measurement_is_refused_without_repeating_it(item: str, cell: object) -> None:
    with pytest.raises(MeasuredError) as error:
        read_measured(cell, ITEMS[item], UNTESTED)  # type: ignore[arg-type]
    assert "甄隐名" not in str(error.value)
    assert error.value.mend


@given(st.integers(1, 19), st.integers(0, 59))
def test_every_time_is_read_in_every_spelling(minutes: int, seconds: int) -> None:
    total = 60 * minutes + seconds
    for said in (f"{minutes}'{seconds:02d}\"", f"{minutes}:{seconds:02d}", f"{minutes}.{seconds:02d}"):
        assert read_measured(said, RUN).value == total
    assert read_measured(float(f"{minutes}.{seconds:02d}"), RUN).value == total
