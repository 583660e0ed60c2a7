"""What stands outside the table that was recognised is not read, and the notes say where it is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from census_samples import KEY
from test_wide import CENTRAL, CODE, COLUMNS, COUNTED, DISTRICT, NAME, NINE, POINT, PUPILS
from wide_books import write_wide

from jiaoheng.census import read, write_template
from jiaoheng.census.workbook import FileError

ROSTER = ["全国学籍号", "姓名", "学校标识码", "学段", "年级", "班级编号", "性别"]
PUPIL = ["G441284200901010017", "欧阳密", "2144000001", "小学", "一年级", "01", "女"]


def written(path: Path, *rows: list[object], sheet: str = "名册") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def test_rows_above_the_headings_are_named_and_their_content_is_not(tmp_path: Path) -> None:
    others = [[f"G44128420090101002{number}", *PUPIL[1:]] for number in range(2)]
    reading = read(written(tmp_path / "名册.xlsx", *others, ROSTER, PUPIL), key=KEY)
    assert reading.rows_accepted == 1
    (note,) = [note for note in reading.notes if "表头之上" in note]
    assert note.startswith("名册.xlsx › 名册：第 1、2 行")
    assert "欧阳密" not in note


def test_a_title_above_the_headings_is_no_data(tmp_path: Path) -> None:
    path = written(tmp_path / "名册.xlsx", ["2025 年小学学生名册"], ["单位", "人", 2025], ROSTER, PUPIL)
    assert read(path, key=KEY).notes == ()


def test_a_column_without_a_heading_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "名册.xlsx", [*ROSTER[:6], ""], PUPIL)
    assert "名册.xlsx › 名册：没有表头、未读：G 列。请补上表头。" in read(path, key=KEY).notes


def test_a_blank_column_without_a_heading_is_not_worth_a_word(tmp_path: Path) -> None:
    path = written(tmp_path / "名册.xlsx", [*ROSTER, ""], [*PUPIL, ""])
    assert read(path, key=KEY).notes == ()


def test_an_export_says_so_too(tmp_path: Path) -> None:
    path = write_wide(tmp_path / "小学.xlsx", [*COLUMNS, ("",)], [CENTRAL | {("",): 7}])
    assert any("没有表头、未读：" in note for note in read(path).notes)


def test_a_template_says_so_too(tmp_path: Path) -> None:
    path = write_template(tmp_path / "模板.xlsx", year=2025, tables=["areas"])
    book = openpyxl.load_workbook(path)
    page = book["镇街"]
    for column, cell in enumerate(("441284001", "东城街道", "441284", "街道"), 1):
        page.cell(3, column).value = cell
    page.cell(2, 4).value = None
    book.save(path)
    assert "模板.xlsx › 镇街：没有表头、未读：D 列。请补上表头。" in read(path).notes


def test_a_roster_of_pupils_whose_identifiers_have_another_name_is_no_list_of_classes(tmp_path: Path) -> None:
    path = written(tmp_path / "名册.xlsx", ["学生编号", *ROSTER[1:]], PUPIL)
    with pytest.raises(FileError, match="认不出是哪种表"):
        read(path, key=KEY)


@pytest.mark.parametrize("given", [CENTRAL[CODE], CENTRAL[NAME]])
def test_a_main_school_is_kept_where_no_column_says_which_schools_count(tmp_path: Path, given: str) -> None:
    main = ("主校标识码",)
    columns = [NAME, CODE, DISTRICT, PUPILS, main]
    rows = [{column: row[column] for column in columns[:4]} for row in (CENTRAL, POINT, NINE)]
    rows[1][main] = given
    rows[2][main] = NINE[CODE]
    assert COUNTED not in columns
    schools = read(write_wide(tmp_path / "小学.xlsx", columns, rows)).tables["schools"].to_pylist()
    assert {row["school_code"]: row["main_school_code"] for row in schools} == {
        CENTRAL[CODE]: None,
        POINT[CODE]: CENTRAL[CODE],
        # A school that names itself has no other above it.
        NINE[CODE]: None,
    }


def test_a_sheet_without_the_headings_of_the_mapping_is_named(tmp_path: Path) -> None:
    rules = tmp_path / "mapping.yaml"
    rules.write_text(
        "name: 学校\ntables:\n  - table: schools\n    columns: {school_code: 代码, name: 校名}\n", "utf-8"
    )
    path = tmp_path / "一览.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, heading in (("甲", "代码"), ("乙", "编码")):
            page = book.add_worksheet(name)
            page.write_row(0, 0, [heading, "校名"])
            page.write_row(1, 0, ["2144000001", "中心小学"])
    reading = read(path, mapping=rules)
    assert reading.rows_accepted == 1
    assert reading.notes == ("一览.xlsx › 乙：没有映射文件所写的表头，未读取。",)
