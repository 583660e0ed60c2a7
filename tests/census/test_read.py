"""`census.read` tells what each file is, and says what to do where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from census_samples import KEY, REGION, county, reading, school

from jiaoheng import census
from jiaoheng.census.reading import join
from jiaoheng.census.store import Store
from jiaoheng.census.workbook import FileError

A = "2144000000"
PUPIL_HEADINGS = ["全国学籍号", "姓名", "学校标识码", "学段", "年级", "性别", "出生日期"]


def _book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "census")


def test_a_template_is_recognised(tmp_path: Path, store: Store) -> None:
    snapshot = store.commit(2025, county(), region=REGION)
    path = census.write_template(tmp_path / "t.xlsx", year=2025, census=snapshot)
    result = census.read(path, year=2025)
    assert result.tables["schools"].num_rows == 3
    with pytest.raises(FileError, match="2024"):
        census.read(path, year=2024)


def test_a_roster_is_recognised_and_its_identifiers_are_hashed(tmp_path: Path) -> None:
    pupils: list[list[object]] = [PUPIL_HEADINGS, ["G1", "张三丰", A, "小学", "一年级", "男", "2018-03-04"]]
    result = census.read(_book(tmp_path / "学生.xlsx", {"学生": pupils}), key=KEY)
    assert not result.rejections
    (row,) = result.tables["pupils"].to_pylist()
    assert str(row["pupil_id"]).startswith("h1:")
    assert row["grade"] == "g1"
    assert "张三丰" not in repr(result)


def test_rows_that_are_refused_count_among_those_that_a_sheet_was_seen_to_have(tmp_path: Path) -> None:
    pupils: list[list[object]] = [
        PUPIL_HEADINGS,
        ["G1", "张三丰", A, "小学", "一年级", "男", "2018-03-04"],
        ["G2", "李四", A, "小学", "一年级", "不明", "2018-03-04"],
    ]
    result = census.read(_book(tmp_path / "学生.xlsx", {"学生": pupils}), key=KEY)
    assert (result.rows_accepted, result.rows_rejected) == (1, 1)
    assert [seen.rows for seen in result.recognised] == [2]


def test_an_unknown_workbook_says_what_it_saw_and_what_to_do(tmp_path: Path) -> None:
    path = _book(tmp_path / "菜单.xlsx", {"周一": [["早餐", "午餐"], ["粥", "饭"]]})
    with pytest.raises(FileError) as caught:
        census.read(path)
    message = str(caught.value)
    assert message.startswith("菜单.xlsx：认不出是哪种表。工作表“周一”的栏目是 早餐、午餐。")
    assert "--mapping" in message


@pytest.mark.parametrize("other", ["44128419990101123X", "男", 2015, "一年级"])
def test_an_unknown_workbook_shows_no_row_that_may_be_a_person(tmp_path: Path, other: object) -> None:
    path = _book(tmp_path / "名单.xlsx", {"名单": [["名单"], ["张三丰", "城中小学", other]]})
    with pytest.raises(FileError, match=r"栏目是 (名单|A 列)。") as caught:
        census.read(path)
    assert "张三丰" not in str(caught.value)


def test_headings_beside_a_persons_number_are_told_only_where_they_are_known(tmp_path: Path) -> None:
    rows: list[list[object]] = [["张三丰", "学校名称"], ["44128419990101123X", "城中小学"]]
    path = _book(tmp_path / "名单.xlsx", {"名单": rows})
    with pytest.raises(FileError, match="栏目是 A 列、学校名称。"):
        census.read(path)


def test_a_sheet_that_is_no_table_of_ours_is_noted(tmp_path: Path) -> None:
    pupils: list[list[object]] = [PUPIL_HEADINGS, ["G1", "张三丰", A, "小学", "一年级", "男", "2018-03-04"]]
    path = _book(tmp_path / "学生.xlsx", {"学生": pupils, "菜单": [["早餐"], ["粥"]], "空": []})
    notes = census.read(path, key=KEY).notes
    assert any("菜单：认不出是哪种表" in note for note in notes)
    assert not any("空" in note for note in notes)


def test_a_file_given_twice_is_read_once(tmp_path: Path, store: Store) -> None:
    snapshot = store.commit(2025, county(), region=REGION)
    first = census.write_template(tmp_path / "甲.xlsx", year=2025, census=snapshot)
    second = tmp_path / "乙.xlsx"
    second.write_bytes(first.read_bytes())
    result = census.read([first, second])
    assert result.rows_read == 6
    assert any("乙.xlsx：内容与 甲.xlsx 完全相同" in note for note in result.notes)


def test_files_that_contradict_each_other_are_told_apart(tmp_path: Path, store: Store) -> None:
    paths = []
    for number, name in enumerate(("甲", "乙")):
        given_rows = join([county(), reading("schools", [school(A, books=number)], file="b")])
        snapshot = Store(tmp_path / name).commit(2025, given_rows, region=REGION)
        paths.append(census.write_template(tmp_path / f"{name}.xlsx", year=2025, census=snapshot))
    result = census.read(paths)
    assert sorted(rejection.file for rejection in result.rejections) == ["乙.xlsx", "甲.xlsx"]
    assert result.rows_read == result.rows_accepted + result.rows_rejected == 12


def test_no_file_is_an_error() -> None:
    with pytest.raises(FileError, match="没有给出"):
        census.read([])


def test_an_unknown_form_lists_those_that_are_known(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", {"表": [["甲"], ["1"]]})
    with pytest.raises(FileError, match="wide-school-export"):
        census.read(path, form="no-such-form")


def test_a_mapping_file_reads_any_table(tmp_path: Path) -> None:
    table = tmp_path / "名录.csv"
    table.write_text("代码,校名,镇\n2144000001,城中小学,441284001\n", "gb18030")
    mapping = tmp_path / "映射.yaml"
    mapping.write_text(
        "name: 名录\n"
        "tables:\n"
        "  - table: schools\n"
        "    columns: {school_code: 代码, name: 校名, area_code: 镇}\n",
        "utf-8",
    )
    result = census.read(table, mapping=mapping)
    assert result.tables["schools"].to_pylist() == [
        {"school_code": "2144000001", "name": "城中小学", "area_code": "441284001"}
    ]
    with pytest.raises(FileError, match="只能给一个"):
        census.read(table, mapping=mapping, form="wide-school-export")
