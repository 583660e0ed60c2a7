"""Identity numbers are checked before they are hashed, and only the outcome is kept."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.census import dictionary
from jiaoheng.census.identity_check import outcomes
from jiaoheng.census.rows import Target, read_rows
from jiaoheng.census.workbook import Book

# Worked by hand from GB 11643: 11010519491231002X is the example of the standard.
STANDARD = "11010519491231002X"


def check_digit(first: str) -> str:
    """The last digit by the definition of ISO 7064, MOD 11-2, one character at a time."""
    product = 0
    for digit in first:
        product = (product + int(digit)) * 2 % 11
    return "0123456789X"[(12 - product) % 11]


def outcome(text: str, born: date | None = None, sex: str | None = None) -> str | None:
    return outcomes(
        pl.Series([text]), birth=pl.Series([born], dtype=pl.Date), sex=pl.Series([sex], dtype=pl.String)
    ).item()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STANDARD, "valid"),
        ("G" + STANDARD, "valid"),
        ("L" + STANDARD, "valid"),
        ("110105194912310021", "check_digit"),
        ("11010519491331002X", "birth"),
        ("11010518991231002X", "birth"),
        ("1101051949123100", "length"),
        ("1101051949123100200", "length"),
        ("H60123456", "other"),
        ("G2144000001", "other"),
        ("H1:0123456789ABCDEF0123456789ABCDEF", None),
    ],
)
def test_the_first_fault_of_a_number_is_told(text: str, said: str | None) -> None:
    assert outcome(text) == said


def test_the_number_is_held_to_the_date_of_birth_and_the_sex_beside_it() -> None:
    assert outcome(STANDARD, born=date(1949, 12, 31), sex="female") == "valid"
    assert outcome(STANDARD, born=date(1949, 12, 30), sex="female") == "birth_differs"
    assert outcome(STANDARD, born=date(1949, 12, 31), sex="male") == "sex_differs"


@given(
    st.dates(date(1930, 1, 1), date(2020, 12, 31)), st.integers(0, 999), st.integers(0, 9), st.integers(0, 16)
)
def test_every_wrong_digit_is_noticed(born: date, serial: int, other: int, place: int) -> None:
    first = f"441284{born:%Y%m%d}{serial:03d}"
    number = first + check_digit(first)
    assert outcome(number) == "valid"
    wrong = number[:place] + str(other) + number[place + 1 :]
    if wrong != number:
        assert outcome(wrong) in ("check_digit", "birth")


def test_a_roster_keeps_the_outcome_and_not_the_number() -> None:
    columns = {"pupil_id": 0, "school_code": 1, "stage": 2, "grade": 3}
    rows = [
        ["G" + STANDARD, "2144000001", "小学", "一年级"],
        ["G110105194912310021", "2144000001", "小学", "一年级"],
    ]
    book = Book("名册.xlsx", "0" * 64, ())
    reading = read_rows(book, "名册", rows, [Target("pupils", columns)], key=bytes(32))
    pupils = pl.DataFrame(reading.tables["pupils"])
    assert sorted(pupils["id_check"]) == ["check_digit", "valid"]
    assert pupils["pupil_id"].str.starts_with("h1:").all()
    assert "1949" not in str(pupils.to_dicts())


def test_a_template_with_hashes_keeps_the_outcome_of_the_first_import() -> None:
    columns = {"pupil_id": 0, "school_code": 1, "stage": 2, "grade": 3, "id_check": 4}
    rows = [["h1:" + "a" * 32, "2144000001", "小学", "一年级", "校验码不符"]]
    book = Book("模板.xlsx", "0" * 64, ())
    reading = read_rows(book, "学生", rows, [Target("pupils", columns)], key=bytes(32))
    assert reading.tables["pupils"]["id_check"].to_pylist() == ["check_digit"]
    assert dictionary.table("pupils")["id_check"].personal == "attribute"
