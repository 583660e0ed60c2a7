"""Rows of a sheet become rows of tables, or rejections that name the place, the reason and the remedy."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from census_samples import KEY, book, reading, school, stage
from hypothesis import given, settings

from jiaoheng.census.identity import KeyFileError
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.rows import Target, read_rows
from jiaoheng.census.workbook import column_letters


def test_a_bad_cell_rejects_its_row_and_names_its_place() -> None:
    result = reading(
        "school_stages",
        [stage("2144000001", pupils="120"), stage("2144000002", pupils="３２O")],
        first_row=16,
    )
    (rejection,) = result.rejections
    assert (
        rejection.message() == "学校.xlsx › 小学 › 第 17 行「在校生数」：“３２O”不是整数。请改为阿拉伯数字。"
    )
    assert rejection.cell == "C17"
    assert result.tables["school_stages"]["school_code"].to_pylist() == ["2144000001"]
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (2, 1, 1)


def test_a_row_without_its_key_is_rejected() -> None:
    result = reading("schools", [school("2144000001"), school("")])
    (rejection,) = result.rejections
    assert rejection.reason == "没有填写"
    assert rejection.column == "学校标识码"
    assert rejection.cell == "A4"


def test_blank_rows_do_not_count() -> None:
    blank = dict.fromkeys(school("1"), "")
    dashes = dict.fromkeys(school("1"), "-")
    result = reading("schools", [blank, school("2144000001"), dashes, school("2144000002")])
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (2, 2, 0)
    assert result.rows["row"].to_pylist() == [4, 6]


def test_two_faults_in_a_row_are_two_rejections_and_one_rejected_row() -> None:
    result = reading("school_stages", [stage("2144000001", pupils="x", classes="y")])
    assert [rejection.cell for rejection in result.rejections] == ["C3", "D3"]
    assert (result.rows_read, result.rows_rejected) == (1, 1)


def test_a_row_that_one_table_refuses_gives_nothing_to_another() -> None:
    rows = [["2144000001", "甲", "12"], ["2144000002", "乙", "一打"]]
    result = read_rows(
        book("宽表.xlsx"),
        "小学",
        rows,
        [
            Target("schools", {"school_code": 0, "name": 1}),
            Target("school_stages", {"school_code": 0, "pupils": 2}, constants={"stage": "primary"}),
        ],
        first_row=5,
    )
    assert result.tables["schools"]["name"].to_pylist() == ["甲"]
    assert result.tables["school_stages"]["stage"].to_pylist() == ["primary"]
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (2, 1, 1)


def test_a_fault_in_a_cell_that_two_tables_use_is_told_once() -> None:
    result = read_rows(
        book("宽表.xlsx"),
        "小学",
        [[4.4e17, "甲", 5]],
        [
            Target("schools", {"school_code": 0, "name": 1}),
            Target("school_stages", {"school_code": 0, "pupils": 2}, constants={"stage": "primary"}),
        ],
    )
    assert len(result.rejections) == 1


def test_a_column_per_item_gives_a_row_per_item_and_each_knows_its_cell() -> None:
    result = read_rows(
        book("经费.xlsx"),
        "经费",
        [[120.5, ""]],
        [
            Target("finance", {"amount": 0}, {"item": "gdp"}, factors={"amount": 1e4}, skip_blank=True),
            Target("finance", {"amount": 1}, {"item": "teacher_training"}, skip_blank=True),
        ],
        first_row=4,
    )
    table = result.tables["finance"]
    assert table.select(["item", "amount"]).to_pylist() == [{"item": "gdp", "amount": 1205000.0}]
    (part,) = result.parts
    assert result.sources[part.source].place("finance", "amount", 4).cell == "A4"
    assert result.rows_read == result.rows_accepted == 1


def test_rows_shorter_than_the_heading_are_read() -> None:
    result = read_rows(
        book("a.csv"),
        "",
        [["2144000001", "甲", "5"], ["2144000002"]],
        [Target("schools", {"school_code": 0, "name": 1, "books": 2})],
    )
    assert result.tables["schools"]["books"].to_pylist() == [5, None]


def test_a_heading_as_the_user_sees_it_stands_in_the_message() -> None:
    result = read_rows(
        book("a.xlsx"),
        "表",
        [["2144000001", "x"]],
        [Target("schools", {"school_code": 0, "books": 1}, headings={"books": "图书（册）"})],
        first_row=2,
    )
    assert "第 2 行「图书（册）」" in result.rejections[0].message()


def test_an_identifier_is_hashed_and_a_name_is_dropped() -> None:
    pupil = {
        "pupil_id": "G44128419990101123X",
        "name": "张三丰",
        "school_code": "2144000001",
        "grade": "一年级",
    }
    result = reading("pupils", [pupil])
    table = result.tables["pupils"]
    assert "name" not in table.column_names
    (hashed,) = table["pupil_id"].to_pylist()
    assert hashed.startswith("h1:")
    assert "44128419990101" not in repr(result)
    assert "张三丰" not in repr(result)


def test_an_identifier_is_hashed_before_anything_else_can_fail() -> None:
    pupil = {"pupil_id": "G44128419990101123X", "grade": "一年级", "birth_date": "张三丰的生日"}
    result = reading("pupils", [pupil])
    assert result.rejections
    assert "44128419990101" not in repr(result)
    assert "张三丰" not in repr(result)


def test_identifiers_without_a_key_are_an_error() -> None:
    with pytest.raises(KeyFileError, match="密钥"):
        reading("pupils", [{"pupil_id": "G1"}], key=None)


def test_joining_keeps_every_row_with_its_file() -> None:
    first = reading("schools", [school("2144000001")], file="甲.xlsx")
    second = reading("schools", [school("2144000002")], file="乙.xlsx")
    both = join([first, second], notes=["说明"])
    assert both.tables["schools"].num_rows == 2
    files = [both.sources[source].file for source in both.rows["source"].to_pylist()]
    assert files == ["甲.xlsx", "乙.xlsx"]
    assert both.notes == ("说明",)
    assert both.rows_read == 2


def test_column_letters_go_on_after_z() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


_CELLS = st.sampled_from(
    ["", None, "-", "2144000001", "2144000002", "小学", "初中", "12", 7.0, "x", 3.5, "-1", True]
)


@settings(deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=0, max_size=5), max_size=12))
def test_rows_read_are_those_accepted_and_those_rejected(rows: list[list[object]]) -> None:
    result = read_rows(
        book("a.xlsx"),
        "表",
        rows,  # type: ignore[arg-type]
        [
            Target("school_stages", {"school_code": 0, "stage": 1, "pupils": 2, "classes": 3}),
            Target("schools", {"school_code": 0, "books": 4}),
        ],
        key=KEY,
    )
    assert result.rows_read == result.rows_accepted + result.rows_rejected
    accepted = set(result.rows["row"].to_pylist())
    rejected = {rejection.row for rejection in result.rejections}
    assert len(accepted) == result.rows_accepted
    assert len(rejected) == result.rows_rejected
    assert not accepted & rejected
    filled = {
        number
        for number, row in enumerate(rows, start=1)
        if any(cell not in ("", None, "-") for cell in row[:5])
    }
    assert accepted | rejected == filled


def test_a_reading_of_nothing_has_no_tables() -> None:
    assert Reading().tables == {}
    assert Reading().rows.num_rows == 0
