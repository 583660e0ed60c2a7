"""How numbers look to a reader."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.reports.numbers import (
    MISSING,
    change_unit,
    half_up,
    in_chinese,
    moment,
    percent,
    separated,
    shown,
    with_unit,
)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2.675, 2, "2.68"),
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (-0.004, 2, "0.00"),
        (0.285 * 100, 0, "29"),
        (1234567.5, 0, "1,234,568"),
        (57 / 100 * 100, 2, "57.00"),
        (0.0, 1, "0.0"),
    ],
)
def test_halves_are_rounded_up_as_on_paper(value: float, digits: int, text: str) -> None:
    assert shown(value, digits) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_rounding_agrees_with_decimal_arithmetic(thousandths: int, digits: int) -> None:
    exact = Decimal(thousandths) / 1000
    expected = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert half_up(thousandths / 1000, digits) == expected


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_missing_is_said_and_never_shown_as_zero(value: float | None) -> None:
    assert shown(value, 2) == MISSING
    assert with_unit(value, 2, "%") == MISSING
    assert percent(value) == MISSING


def test_a_value_short_of_a_threshold_never_looks_like_it() -> None:
    assert shown(92.9999, 2, apart_from=93) == "92.9999"
    assert shown(93, 2, apart_from=93) == "93.00"


def test_almost_everything_is_not_everything() -> None:
    assert percent(0.9999) == "不足100%"
    assert percent(1.0, 1) == "100%"


def test_only_a_rise_carries_a_plus() -> None:
    assert [shown(value, 1, sign=True) for value in (1.0, -1.0, 0.0)] == ["+1.0", "−1.0", "0.0"]


def test_units_stand_behind_numbers_and_bare_ratios_have_none() -> None:
    assert with_unit(1234, 0, "人") == "1,234人"
    assert with_unit(0.5481, 3, "系数") == "0.548"
    assert (change_unit("%"), change_unit("人")) == ("个百分点", "人")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2021—2025年累计新增学位数为11500个", "2021—2025年累计新增学位数为11,500个"),
        ("2025年目标（15000个），相差3500个", "2025年目标（15,000个），相差3,500个"),
        ("代码441284A与0.12345不变", "代码441284A与0.12345不变"),
        ("每生1234.56元", "每生1,234.56元"),
        ("按 2021—2025 年累计，到 2025 年约 15000 个", "按 2021—2025 年累计，到 2025 年约 15,000 个"),
    ],
)
def test_years_codes_and_decimals_are_left_as_they_are(words: str, expected: str) -> None:
    assert separated(words) == expected


def test_chapters_are_numbered_as_in_official_documents() -> None:
    assert [in_chinese(number) for number in (1, 9, 10, 11, 20, 34)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "三十四",
    ]
    with pytest.raises(ValueError, match="99"):
        in_chinese(100)


def test_a_moment_is_told_by_the_readers_clock() -> None:
    told = datetime.strptime(moment("2026-11-24T23:05:50+08:00"), "%Y-%m-%d %H:%M")
    assert told.astimezone(UTC) == datetime(2026, 11, 24, 15, 5, tzinfo=UTC)
