"""Rows with one key become one row; rows that contradict each other are refused, each naming the other."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pyarrow as pa
from census_samples import reading, school
from hypothesis import given, settings

from jiaoheng.census.merge import merge_parts, settle, upsert
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.schema import conform, empty

A, B = "2144000001", "2144000002"


def _upsert(base: pa.Table, reading: Reading) -> list[dict[str, Any]]:
    merged = upsert(base, merge_parts("schools", reading.parts))
    return merged.select("school_code", "name", "books", "computers").to_dicts()


def _base(**values: object) -> pa.Table:
    return conform(reading("schools", [{"school_code": A, **values}]).tables["schools"], "schools")


def test_equal_rows_of_two_files_become_one() -> None:
    both = settle(
        join([reading("schools", [school(A)], file="甲"), reading("schools", [school(A)], file="乙")])
    )
    assert not both.rejections
    assert both.tables["schools"].num_rows == 1
    assert (both.rows_read, both.rows_accepted) == (2, 2)


def test_a_blank_does_not_contradict_a_value() -> None:
    first = reading("schools", [{"school_code": A, "books": "", "computers": 5}], file="甲")
    second = reading("schools", [{"school_code": A, "books": 12, "computers": ""}], file="乙")
    both = settle(join([first, second]))
    assert not both.rejections
    assert _upsert(empty("schools"), both) == [{"school_code": A, "name": None, "books": 12, "computers": 5}]


def test_rows_that_contradict_are_both_refused_and_name_each_other() -> None:
    first = reading(
        "schools", [{"school_code": A, "books": 12}, {"school_code": B, "books": 1}], file="甲.xlsx"
    )
    second = reading("schools", [{"school_code": A, "books": 13}], file="乙.xlsx", first_row=9)
    both = settle(join([first, second]))
    messages = [rejection.message() for rejection in both.rejections]
    assert messages == [
        f"甲.xlsx › 小学 › 第 3 行「图书册数」：学校标识码 {A} 的内容不一致：这里（B3）是 12，"
        "乙.xlsx › 小学 › B9 是 13。"
        "请核实后改正其中一处；若以 乙.xlsx 为准，请先只导入其他文件，再单独导入它。",
        f"乙.xlsx › 小学 › 第 9 行「图书册数」：学校标识码 {A} 的内容不一致：这里（B9）是 13，"
        "甲.xlsx › 小学 › B3 是 12。"
        "请核实后改正其中一处；若以 甲.xlsx 为准，请先只导入其他文件，再单独导入它。",
    ]
    assert both.tables["schools"]["school_code"].to_pylist() == [B]
    assert (both.rows_read, both.rows_accepted, both.rows_rejected) == (3, 1, 2)


def test_contradicting_persons_are_not_shown() -> None:
    rows = [{"pupil_id": "G1", "home_area": "441284001"}, {"pupil_id": "G1", "home_area": "441284002"}]
    both = settle(reading("pupils", rows))
    assert len(both.rejections) == 2
    assert "441284001" not in repr(both)


def test_a_column_in_the_file_overwrites_even_with_nothing() -> None:
    base = _base(name="旧名", books=5, computers=7)
    given_rows = reading("schools", [{"school_code": A, "name": "新名", "books": ""}])
    assert _upsert(base, given_rows) == [{"school_code": A, "name": "新名", "books": None, "computers": 7}]


def test_a_file_overwrites_only_the_columns_that_it_has_itself() -> None:
    base = conform(
        reading("schools", [{"school_code": code, "books": 5, "computers": 7} for code in (A, B)]).tables[
            "schools"
        ],
        "schools",
    )
    both = join(
        [
            reading("schools", [{"school_code": A, "books": 1}], file="甲"),
            reading("schools", [{"school_code": B, "computers": 2}], file="乙"),
        ]
    )
    assert _upsert(base, both) == [
        {"school_code": A, "name": None, "books": 1, "computers": 7},
        {"school_code": B, "name": None, "books": 5, "computers": 2},
    ]


def test_rows_are_in_the_order_of_their_keys_whatever_the_order_of_the_files() -> None:
    one, two = reading("schools", [school(B)], file="甲"), reading("schools", [school(A)], file="乙")
    assert _upsert(empty("schools"), join([one, two])) == _upsert(empty("schools"), join([two, one]))


_Row = st.fixed_dictionaries(
    {"school_code": st.sampled_from([A, B, "2144000003"])},
    optional={
        "books": st.none() | st.integers(0, 2),
        "computers": st.none() | st.integers(0, 2),
        "name": st.none() | st.sampled_from(["甲", "乙"]),
    },
)


@settings(deadline=None)
@given(st.lists(st.lists(_Row, min_size=1, max_size=3), min_size=1, max_size=3), st.lists(_Row, max_size=3))
def test_laying_files_over_a_table_does_what_doing_it_row_by_row_does(
    files: list[list[dict[str, object]]], before: list[dict[str, object]]
) -> None:
    settled = settle(
        join(reading("schools", rows, file=f"{number}.xlsx") for number, rows in enumerate(files))
    )
    assert settled.rows_read == settled.rows_accepted + settled.rows_rejected
    known = {str(row["school_code"]): dict(row) for row in before}
    base = (
        conform(
            reading(
                "schools", [{"school_code": "", "name": "", "books": "", "computers": ""}, *known.values()]
            ).tables["schools"],
            "schools",
        )
        if known
        else empty("schools")
    )
    expected, refused = _by_hand(files, known)
    assert settled.rows_rejected == refused
    if settled.parts:
        assert {row["school_code"]: row for row in _upsert(base, settled)} == expected


def _by_hand(
    files: list[list[dict[str, object]]], known: dict[str, dict[str, object]]
) -> tuple[dict[str, dict[str, object]], int]:
    """The plain way: collect what is said of every cell, refuse rows that disagree, then overwrite."""
    names = ("name", "books", "computers")
    rows = [
        (row["school_code"], {name: row.get(name) for name in names if name in file[0]})
        for file in files
        for row in file
    ]
    bad = {
        index
        for index, (code, row) in enumerate(rows)
        for other_code, other in rows
        if other_code == code
        and any(
            row[name] is not None and other.get(name) is not None and row[name] != other[name] for name in row
        )
    }
    result = {
        code: {"school_code": code} | {name: row.get(name) for name in names} for code, row in known.items()
    }
    said: dict[tuple[str, str], list[object]] = {}
    for index, (code, row) in enumerate(rows):
        if index not in bad:
            result.setdefault(str(code), {"school_code": code} | dict.fromkeys(names))
            for name, value in row.items():
                said.setdefault((str(code), name), []).append(value)
    for (code, name), values in said.items():
        result[code][name] = next((value for value in values if value is not None), None)
    return result, len(bad)


def test_persons_that_contradict_each_other_are_told_by_place_and_not_by_value() -> None:
    row = {"teacher_id": "T1", "school_code": A, "stage": "小学", "kind": "专任教师", "hired": 1987}
    both = settle(
        join(
            [
                reading("teachers", [row], file="甲", sheet="教师"),
                reading("teachers", [{**row, "school_code": B, "hired": 1999}], file="乙", sheet="教师"),
            ]
        )
    )
    messages = [rejection.message() for rejection in both.rejections]
    assert len(messages) == 2
    assert "乙 › 教师 › B3" in messages[0]
    assert not any(value in "".join(messages) for value in (A, B, "1987", "1999"))
