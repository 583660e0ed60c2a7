"""Rosters of pupils, teachers and classes: known by their headings, one row a person or a class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from jiaoheng.census.readers import layouts, read_roster, recognise_roster, recognise_wide, wide_layouts
from jiaoheng.census.readers.known import Known, Place
from jiaoheng.census.reading import Reading
from jiaoheng.census.workbook import open_book
from jiaoheng.errors import JiaohengError

KEY = b"0123456789abcdef" * 2
PUPIL = "G441284201501010011"
HEADINGS = [
    "序号",
    "全国学籍号",
    "姓名",
    "学校标识码",
    "年级",
    "班级",
    "性别",
    "出生日期",
    "是否寄宿",
    "备注",
]
ROW = [1, PUPIL, "李某某", "2144000001", "三年级", "1班", "男", "2016-05-04", "否", ""]


def write(path: Path, rows: Sequence[Sequence[object]], *, above: Sequence[str] = ()) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet("名册")
    for line, text in enumerate(above):
        page.merge_range(line, 0, line, 9, text)
    for line, row in enumerate(rows, len(above)):
        page.write_row(line, 0, row)
    book.close()
    return path


def read(path: Path, roster: str, **options: object) -> Reading:
    (layout,) = [layout for layout in layouts() if layout.id == roster]
    return read_roster(open_book(path), layout, **({"key": KEY} | options))  # type: ignore[arg-type]


def test_pupils_are_read_by_headings_in_any_order_and_spelling(tmp_path: Path) -> None:
    other = [
        "班号",
        "就读学校",
        "学籍号",
        "学校代码",
        "学生姓名",
        "所在年级",
        "性别",
        "出生年月日",
        "是否住宿",
        "随迁子女",
    ]
    row = ["0301", "一小", PUPIL, "2144000001", "李某某", "小学三年级", "1", datetime(2016, 5, 4), "√", "是"]
    reading = read(write(tmp_path / "名册.xlsx", [other, row], above=["四会市学生名册"]), "roster-pupils")
    assert reading.rejections == ()
    (pupil,) = reading.tables["pupils"].to_pylist()
    assert pupil["school_code"] == "2144000001"
    assert (pupil["stage"], pupil["grade"], pupil["class_code"]) == ("primary", "g3", "0301")
    assert (pupil["sex"], pupil["birth_date"]) == ("male", date(2016, 5, 4))
    assert (pupil["boarder"], pupil["migrant"]) == (True, True)


def test_identifiers_become_hashes_and_names_are_not_kept(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "名册.xlsx", [HEADINGS, ROW]), "roster-pupils")
    table = reading.tables["pupils"]
    assert "name" not in table.column_names
    assert PUPIL not in str(table.to_pylist())
    other_key = read(write(tmp_path / "名册.xlsx", [HEADINGS, ROW]), "roster-pupils", key=b"x" * 32)
    assert other_key.tables["pupils"]["pupil_id"] != table["pupil_id"]


def test_no_key_is_an_error_that_shows_no_identifier(tmp_path: Path) -> None:
    with pytest.raises(JiaohengError) as caught:
        read(write(tmp_path / "名册.xlsx", [HEADINGS, ROW]), "roster-pupils", key=None)
    assert PUPIL not in str(caught.value)


@pytest.mark.parametrize(
    ("grade", "stage"),
    [
        ("小班", "preschool"),
        ("六年级", "primary"),
        ("初一", "junior"),
        ("九年级", "junior"),
        ("高三", "senior"),
    ],
)
def test_the_stage_follows_from_the_grade_where_no_column_says_it(
    tmp_path: Path, grade: str, stage: str
) -> None:
    row = [*ROW[:4], grade, *ROW[5:]]
    reading = read(write(tmp_path / "名册.xlsx", [HEADINGS, row]), "roster-pupils")
    assert reading.tables["pupils"]["stage"].to_pylist() == [stage]


def test_a_bad_cell_refuses_its_row_and_is_not_shown_where_it_is_personal(tmp_path: Path) -> None:
    bad = [2, PUPIL[:-1] + "2", "王某某", "2144000001", "三年级", "1班", "男", "五月四日生", "否", ""]
    reading = read(write(tmp_path / "名册.xlsx", [HEADINGS, ROW, bad]), "roster-pupils")
    (rejection,) = reading.rejections
    assert (rejection.row, rejection.cell, rejection.column) == (3, "H3", "出生日期")
    assert "五月四日" not in rejection.message()
    assert (reading.rows_read, reading.rows_accepted, reading.rows_rejected) == (2, 1, 1)


def test_a_pupil_without_an_identifier_is_refused_and_not_lost(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "名册.xlsx", [HEADINGS, ROW, [2, "", *ROW[2:]]]), "roster-pupils")
    assert [rejection.cell for rejection in reading.rejections] == ["B3"]
    assert (reading.rows_read, reading.rows_accepted) == (2, 1)


def test_totals_and_signatures_are_no_pupils(tmp_path: Path) -> None:
    rows = [HEADINGS, ROW, ["合计", 1], ["填表人：张三　审核人：李四"]]
    reading = read(write(tmp_path / "名册.xlsx", rows), "roster-pupils")
    assert (reading.rows_read, reading.rows_accepted) == (1, 1)
    assert any("第 3 行" in note and "第 4 行" in note for note in reading.notes)


class TestSchoolByName:
    KNOWN = Known(
        schools=(Place("2144000001", "一小"), Place("2144000002", "二小"), Place("2144000003", "二小"))
    )
    NAMED = ("全国学籍号", "学校名称", "年级", "班级")

    def test_is_found_where_one_school_has_it(self, tmp_path: Path) -> None:
        path = write(tmp_path / "名册.xlsx", [self.NAMED, [PUPIL, "一小", "三年级", "1班"]])
        reading = read(path, "roster-pupils", known=self.KNOWN)
        assert reading.tables["pupils"]["school_code"].to_pylist() == ["2144000001"]

    @pytest.mark.parametrize(
        ("name", "words"), [("三小", "不在学校表中"), ("二小", "2144000002、2144000003")]
    )
    def test_is_refused_where_none_or_several_have_it(self, tmp_path: Path, name: str, words: str) -> None:
        path = write(tmp_path / "名册.xlsx", [self.NAMED, [PUPIL, name, "三年级", "1班"]])
        reading = read(path, "roster-pupils", known=self.KNOWN)
        (rejection,) = reading.rejections
        assert words in rejection.reason
        assert (reading.rows_read, reading.rows_rejected) == (1, 1)

    def test_is_not_repeated_where_the_row_is_a_person(self, tmp_path: Path) -> None:
        path = write(tmp_path / "名册.xlsx", [self.NAMED, [PUPIL, "张三丰", "三年级", "1班"]])
        (rejection,) = read(path, "roster-pupils", known=self.KNOWN).rejections
        assert rejection.message() == (
            "名册.xlsx › 名册 › 第 2 行「学校名称」：填写的学校不在学校表中。"
            "请在表中加上「学校标识码」一列，或先导入学校表。"
        )


def test_a_first_pupil_without_an_identifier_is_no_heading(tmp_path: Path) -> None:
    headings = ["学籍号", "学校名称", "年级", "姓名", "特长"]
    rows = [headings, ["", "一小", "三年级", "张三丰", "书法"], [PUPIL, "一小", "三年级", "李四", ""]]
    known = Known(schools=(Place("2144000001", "一小"),))
    reading = read(write(tmp_path / "名册.xlsx", rows), "roster-pupils", known=known)
    assert (reading.rows_read, reading.rows_accepted) == (2, 1)
    assert [(rejection.cell, rejection.column) for rejection in reading.rejections] == [("A2", "学籍号")]
    assert "张三丰" not in repr(reading)


def test_columns_that_are_not_read_are_told_by_letter(tmp_path: Path) -> None:
    headings = ["学籍号", "学校标识码", "年级", "张三丰"]
    reading = read(
        write(tmp_path / "名册.xlsx", [headings, [PUPIL, "2144000001", "三年级", "x"]]), "roster-pupils"
    )
    assert reading.notes == ("名册.xlsx › 名册：没有对应的列、未读：D 列。",)


def test_a_home_area_is_found_by_its_name(tmp_path: Path) -> None:
    known = Known(areas=(Place("441284101", "龙甫镇"),))
    headings = ["全国学籍号", "学校标识码", "年级", "居住镇街"]
    rows = [[PUPIL, "2144000001", "三年级", "龙甫"], [PUPIL[:-1] + "2", "2144000001", "三年级", "某某镇"]]
    reading = read(write(tmp_path / "名册.xlsx", [headings, *rows]), "roster-pupils", known=known)
    assert reading.tables["pupils"]["home_area"].to_pylist() == ["441284101"]
    assert [rejection.cell for rejection in reading.rejections] == ["D3"]
    assert "某某镇" not in reading.rejections[0].message()


def test_teachers_are_read_with_their_terms(tmp_path: Path) -> None:
    headings = [
        "身份证号",
        "姓名",
        "学校标识码",
        "学段",
        "人员类型",
        "学历",
        "职称",
        "任教学科",
        "骨干教师",
        "持证",
    ]
    row = [
        "441284198001010011",
        "王某",
        "2144000001",
        "小学",
        "专任教师",
        "大学本科",
        "一级教师",
        "体育",
        "县级",
        "是",
    ]
    reading = read(write(tmp_path / "教师.xlsx", [headings, row]), "roster-teachers")
    assert reading.rejections == ()
    (teacher,) = reading.tables["teachers"].to_pylist()
    assert (teacher["stage"], teacher["kind"]) == ("primary", "teacher")
    assert (teacher["qualification"], teacher["title"]) == ("bachelor", "middle")
    assert (teacher["course"], teacher["backbone"]) == ("physical_education", "county")
    assert teacher["certified"] is True


def test_classes_are_read(tmp_path: Path) -> None:
    headings = ["学校标识码", "年级", "班号", "学生数", "女生数", "班主任"]
    reading = read(
        write(tmp_path / "班级.xlsx", [headings, ["3144000001", "八年级", "0802", 48, 22, "王某"]]),
        "roster-classes",
    )
    (found,) = reading.tables["classes"].to_pylist()
    assert (found["stage"], found["grade"], found["class_code"]) == ("junior", "g8", "0802")
    assert (found["pupils"], found["pupils_female"]) == (48, 22)


def test_each_roster_is_told_from_the_others_and_from_a_wide_export(tmp_path: Path) -> None:
    teachers = ["身份证号", "学校名称", "学校标识码", "学段", "人员类型", "学历", "出生日期", "是否少数民族"]
    classes = ["学校标识码", "学校名称", "学段", "年级", "班级编号", "学生数", "女生数"]
    pupils = [*HEADINGS, "学校名称", "学段", "随迁子女", "留守儿童", "是否少数民族"]
    for wanted, headings in (
        ("roster-pupils", pupils),
        ("roster-teachers", teachers),
        ("roster-classes", classes),
    ):
        (sheet,) = open_book(write(tmp_path / "名册.xlsx", [headings, ["x"] * len(headings)])).sheets
        scores = {
            layout.id: recognise_roster(sheet, layout)
            for layout in layouts()
            if layout.layout.kind == "roster"
        }
        scores |= {layout.id: recognise_wide(sheet, layout) for layout in wide_layouts()}
        assert max(scores, key=lambda name: scores[name]) == wanted, scores


def test_a_workbook_without_the_headings_is_refused(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "成绩.xlsx", [["考号", "语文"], ["1", 90]]), "roster-pupils")
    assert [rejection.reason for rejection in reading.rejections] == ["没有找到学生名册的表头"]
