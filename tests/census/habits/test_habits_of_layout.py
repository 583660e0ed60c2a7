"""How people lay out sheets: headings, totals, notes, repeated heads, hidden rows. One test a habit."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from small_tables import (
    CITY,
    HEADINGS,
    HILL,
    SCHOOLS,
    TABLE,
    VALLEY,
    is_whole,
    notes,
    reading_of,
    school,
    write,
)

from jiaoheng.census import read

TITLE = ("四会市 2025 年小学基本情况",)


def test_a_title_and_remarks_above_and_notes_below(tmp_path: Path) -> None:
    rows = [
        TITLE,
        ("填报单位：四会市教育局", "", "", "统计时间：2025-09-01"),
        *TABLE,
        (),
        ("注：数据截至 9 月 1 日。",),
        ("填表人：张三",),
    ]
    found = reading_of(write(tmp_path / "小学.xlsx", rows))
    assert is_whole(found)
    assert "说明行（第 8、9 行）" in notes(found)


def test_merged_headings_of_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "小学.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("小学")
        for column, heading in enumerate(HEADINGS[:3]):
            page.merge_range(0, column, 1, column, heading)
        page.merge_range(0, 3, 0, 4, "在校生数")
        page.write_row(1, 3, ["合计", "其中：女"])
        for line, each in enumerate(SCHOOLS, 2):
            page.write_row(line, 0, (*each[:4], 40))
    found = reading_of(path)
    assert is_whole(found)
    assert school(found)["pupils_female"] == 40


def test_merged_headings_of_a_roster(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("名册")
        page.merge_range(0, 0, 0, 5, "学生名册")
        page.merge_range(1, 0, 2, 0, "序号")
        page.merge_range(1, 1, 1, 3, "学生基本信息")
        page.write_row(2, 1, ["全国学籍号", "姓名", "性别"])
        page.merge_range(1, 4, 2, 4, "学校标识码")
        page.merge_range(1, 5, 2, 5, "年级")
        page.write_row(3, 0, [1, "G441284201501010011", "李某某", "男", "2144000001", "三年级"])
    (pupil,) = read(path, key=bytes(32)).tables["pupils"].to_pylist()
    assert (pupil["school_code"], pupil["grade"], pupil["sex"]) == ("2144000001", "g3", "male")


def test_a_head_that_is_repeated_on_every_printed_page(tmp_path: Path) -> None:
    again = [TITLE, HEADINGS]
    rows = [TITLE, HEADINGS, CITY, *again, VALLEY, ("续表",), HEADINGS, HILL]
    found = reading_of(write(tmp_path / "小学.xlsx", rows))
    assert is_whole(found)
    assert "重复的表头（第 4、5、8 行）" in notes(found)
    assert "说明行（第 7 行）" in notes(found)


def test_a_repeated_head_of_several_rows_with_column_numbers(tmp_path: Path) -> None:
    head = [
        ("学校名称", "学校标识码", "办学类型", "学生", "", "教师"),
        ("", "", "", "在校生数", "其中：女", "专任教师数"),
        ("甲", "乙", "丙", 1, 2, 3),
    ]
    rows = [*head, (*CITY[:4], 280, 32), *head, (*VALLEY[:4], 140, 18), (*HILL[:4], 40, 9)]
    found = reading_of(write(tmp_path / "小学.xlsx", rows))
    assert is_whole(found)
    assert "重复的表头（第 5、6、7 行）" in notes(found)


def test_rows_of_totals_subtotals_and_of_which(tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        ("合  计", "", "", 990, 59, 24000.5, 192.5),
        CITY,
        VALLEY,
        ("城区小计", "", "", 900, 50, 20000.5, 180.5),
        ("其中：民办", "", "", 0, 0, 0, 0),
        HILL,
        ("备注：含教学点",),
    ]
    found = reading_of(write(tmp_path / "小学.xlsx", rows))
    assert is_whole(found)
    assert "合计行（第 2、5 行）" in notes(found)
    assert "说明行（第 6、8 行）" in notes(found)
    assert "相差" not in notes(found)


def test_a_total_that_is_not_the_sum_is_said(tmp_path: Path) -> None:
    rows = [HEADINGS, (*CITY[:6], "120万元"), VALLEY, HILL, ("合计", "", "", 999, 59, 1234567.25, 192.5)]
    said = notes(reading_of(write(tmp_path / "小学.xlsx", rows)))
    assert "「在校生数」是 999，各行相加是 990，相差 9" in said
    assert "是 1234567.25，各行相加是 24000.5，" in said
    assert "固定资产" not in said  # 120万元 in a cell and 120 in another are the same


def test_blank_rows_and_columns_between(tmp_path: Path) -> None:
    rows = [(), ("", *HEADINGS), (), *[row for each in SCHOOLS for row in (("", *each), ("", " ", "\u3000"))]]
    assert is_whole(reading_of(write(tmp_path / "小学.xlsx", rows)))


def test_line_feeds_and_spaces_in_headings_and_names(tmp_path: Path) -> None:
    headings = (
        "学 校\n名 称",
        "学校\n标识码",
        " 办学类型\u00a0",
        "在校\n生数",
        "专任教师数",
        "占地面积\n（平方米）",
        "固定资产总值",
    )
    rows = [headings, ("城中\n小学", *CITY[1:]), VALLEY, HILL]
    found = reading_of(write(tmp_path / "小学.xlsx", rows))
    assert is_whole(found)
    assert school(found)["name"] == "城中小学"


def test_hidden_rows_are_data_and_said(tmp_path: Path) -> None:
    path = tmp_path / "小学.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("小学")
        for line, row in enumerate(TABLE):
            page.write_row(line, 0, row)
        page.set_row(2, None, None, {"hidden": True})
        page.set_row(9, None, None, {"hidden": True})
        page.set_column(4, 4, None, None, {"hidden": True})
    found = reading_of(path)
    assert is_whole(found)
    assert school(found)["teachers"] == 32
    assert "小学.xlsx › 小学：第 3 行隐藏，已照常读入。" in found.notes
    assert "小学.xlsx › 小学：E 列隐藏，已照常读入。" in found.notes


def test_rows_that_a_filter_leaves_out_are_data_and_said(tmp_path: Path) -> None:
    path = tmp_path / "小学.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("小学")
        for line, row in enumerate(TABLE):
            page.write_row(line, 0, row)
        page.autofilter(0, 0, 3, len(HEADINGS) - 1)
        page.filter_column(3, "x > 100")
        page.set_row(3, None, None, {"hidden": True})
    found = reading_of(path)
    assert is_whole(found)
    assert "第 4 行隐藏或被筛选掉，已照常读入" in notes(found)


def test_hidden_sheets_are_not_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "小学.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in (("小学", TABLE), ("去年", [HEADINGS, ("旧小学", "2144000009", "小学", 1)])):
            page = book.add_worksheet(name)
            for line, row in enumerate(rows):
                page.write_row(line, 0, row)
        page.hide()
    found = reading_of(path)
    assert is_whole(found)
    assert "去年：工作表是隐藏的，未读取" in notes(found)


def test_cells_beyond_the_table_refuse_nothing(tmp_path: Path) -> None:
    rows = [(*row, "", "", "", "待核") if row == VALLEY else row for row in TABLE]
    assert is_whole(reading_of(write(tmp_path / "小学.xlsx", rows)))
