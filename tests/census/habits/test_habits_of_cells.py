"""How people write into cells: figures, units, blanks, codes, dates, formulas. One test for each habit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from small_tables import (
    CITY,
    HEADINGS,
    HILL,
    TABLE,
    VALLEY,
    is_whole,
    reading_of,
    replace_in,
    school,
    with_cell,
    write,
    write_text,
)

from jiaoheng.census import read


@pytest.mark.parametrize(
    "cell",
    ["６００", "600人", "600 名", " 600\u00a0", "\u3000600", "600.0", "0.06万人", "600\n", "'600".strip("'")],
)
def test_numbers_as_text(tmp_path: Path, cell: str) -> None:
    assert is_whole(reading_of(write(tmp_path / "小学.xlsx", with_cell("在校生数", cell))))


@pytest.mark.parametrize(
    ("cell", "square_metres"),
    [
        ("12,000.5", 12000.5),
        ("１２，０００．５", 12000.5),
        ("12000.5㎡", 12000.5),
        ("12000.5 平方米", 12000.5),
        ("18亩", 12000.0),
        ("1.2公顷", 12000.0),
    ],
)
def test_areas_with_commas_and_units(tmp_path: Path, cell: str, square_metres: float) -> None:
    found = reading_of(write(tmp_path / "小学.xlsx", with_cell("占地面积（平方米）", cell)))
    assert school(found)["land_area"] == pytest.approx(square_metres)


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "－", "—", "——", "/", "／", "无", "暂无", "…", "\u00a0", "#N/A"]
)
def test_what_people_write_for_nothing_is_missing_and_never_zero(tmp_path: Path, cell: str) -> None:
    found = reading_of(write(tmp_path / "小学.xlsx", with_cell("在校生数", cell)))
    assert found.rejections == ()
    assert school(found)["pupils"] is None
    assert school(found, "2144000002")["pupils"] == 300


def test_zero_is_zero(tmp_path: Path) -> None:
    for cell in (0, "0", "０"):
        assert school(reading_of(write(tmp_path / "小学.xlsx", with_cell("在校生数", cell))))["pupils"] == 0


@pytest.mark.parametrize(
    "cell", ["约600", "600余", "六百", "85%", "600间", "6OO", "600-700", "1 234", "-5", 60.5, True]
)
def test_what_may_mean_two_things_refuses_its_row_at_its_place(tmp_path: Path, cell: object) -> None:
    found = reading_of(write(tmp_path / "小学.xlsx", with_cell("在校生数", cell)))
    (refused,) = found.rejections
    assert (refused.sheet, refused.row, refused.cell, refused.column) == ("小学", 2, "D2", "在校生数")
    assert (found.rows_read, found.rows_accepted) == (3, 2)


class TestMoney:
    HEADING = HEADINGS.index("固定资产总值")

    def assets(self, tmp_path: Path, heading: str, cell: object, *above: str) -> object:
        headings = (*HEADINGS[: self.HEADING], heading)
        rows = [*[(line,) for line in above], headings, (*CITY[: self.HEADING], cell), VALLEY, HILL]
        return school(reading_of(write(tmp_path / "小学.xlsx", rows)))["fixed_assets"]

    def test_in_ten_thousand_yuan_by_the_heading(self, tmp_path: Path) -> None:
        assert self.assets(tmp_path, "固定资产总值（万元）", 120) == 1_200_000

    def test_in_yuan_by_the_heading(self, tmp_path: Path) -> None:
        assert self.assets(tmp_path, "固定资产总值（元）", 1_200_000) == 1_200_000

    @pytest.mark.parametrize(
        "line",
        [
            "单位：元",
            "金额单位：元",
            "（单位:元）",
            "计量单位：人、平方米、元",
            "填报单位：四会市教育局　　单位：元",
        ],
    )
    def test_in_yuan_by_a_line_above_the_table(self, tmp_path: Path, line: str) -> None:
        assert self.assets(tmp_path, "固定资产总值", 1_200_000, "基本情况表", line) == 1_200_000

    def test_a_heading_is_nearer_than_a_line_above(self, tmp_path: Path) -> None:
        assert self.assets(tmp_path, "固定资产总值（万元）", 120, "单位：元") == 1_200_000

    @pytest.mark.parametrize("cell", ["120万元", "120 万元", "1,200,000元", "0.012亿元"])
    def test_a_cell_is_nearer_than_its_heading(self, tmp_path: Path, cell: str) -> None:
        assert self.assets(tmp_path, "固定资产总值（万元）", cell) == pytest.approx(1_200_000)

    def test_in_ten_thousands_of_nobody_knows_what_is_refused(self, tmp_path: Path) -> None:
        found = reading_of(write(tmp_path / "小学.xlsx", with_cell("固定资产总值", "120万")))
        assert "看不出是什么单位" in found.rejections[0].reason


class TestCodes:
    @pytest.mark.parametrize(
        "cell",
        [
            2144000001,
            2144000001.0,
            "2144000001.0",
            "２１４４０００００１",
            " 2144000001\u00a0",
            "'2144000001",
            "2144 000001",
            "\ufeff2144000001",
        ],
    )
    def test_that_became_numbers_or_took_spaces(self, tmp_path: Path, cell: object) -> None:
        assert is_whole(reading_of(write(tmp_path / "小学.xlsx", with_cell("学校标识码", cell))))

    @pytest.mark.parametrize("cell", ["2.144E+09", "2.144e9", 2.144000001e16])
    def test_that_lost_their_digits_are_refused(self, tmp_path: Path, cell: object) -> None:
        found = reading_of(write(tmp_path / "小学.xlsx", with_cell("学校标识码", cell)))
        assert found.rejections[0].cell == "B2"
        assert "文本" in found.rejections[0].mend

    def test_that_lost_their_leading_zeros_get_them_back_where_all_others_are_as_long(
        self, tmp_path: Path
    ) -> None:
        rows = [
            (*row[:1], code, *row[2:])
            for row, code in zip(TABLE, ["学校标识码", 144000001, "0144000002", "0144000003"], strict=True)
        ]
        found = reading_of(write(tmp_path / "小学.xlsx", rows))
        assert school(found, "0144000001")["pupils"] == 600

    def test_of_several_lengths_stay_as_they_are(self, tmp_path: Path) -> None:
        rows = [
            (*row[:1], code, *row[2:])
            for row, code in zip(TABLE, ["学校标识码", 144000001, "0144000002", "01440003"], strict=True)
        ]
        found = reading_of(write(tmp_path / "小学.xlsx", rows))
        assert school(found, "144000001")["pupils"] == 600


class TestFormulas:
    def test_with_a_stored_value_are_read(self, tmp_path: Path) -> None:
        assert is_whole(reading_of(self._book(tmp_path, "=300*2", 600)))

    def test_with_a_stored_error_are_refused(self, tmp_path: Path) -> None:
        (refused,) = reading_of(self._book(tmp_path, "=1/0", "#DIV/0!")).rejections
        assert (refused.cell, refused.reason) == ("D2", "公式的结果是 #DIV/0!")

    def test_that_were_never_worked_out_are_refused(self, tmp_path: Path) -> None:
        path = write(tmp_path / "小学.xlsx", [row[:4] for row in TABLE])
        book = openpyxl.load_workbook(path)
        for number in (2, 3, 4):
            # Not one of the last column has a value: the library does not see that column at all.
            book["小学"][f"D{number}"] = "=300*2"
        book.save(path)
        refused = reading_of(path).rejections
        assert [each.cell for each in refused] == ["D2", "D3", "D4"]
        assert "未计算" in refused[0].reason

    def test_that_give_an_empty_text_are_blank(self, tmp_path: Path) -> None:
        path = self._book(tmp_path, '=IF(1,"",2)', "")
        replace_in(path, "xl/worksheets/sheet1.xml", '<c r="D2"><f>', '<c r="D2" t="str"><f>')
        found = reading_of(path)
        assert found.rejections == ()
        assert school(found)["pupils"] is None

    def _book(self, folder: Path, formula: str, value: object) -> Path:
        path = folder / "小学.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet("小学")
            for line, row in enumerate(TABLE):
                page.write_row(line, 0, row)
            page.write_formula(1, 3, formula, None, value)
        return path


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_of_either_epoch(tmp_path: Path, date_1904: bool) -> None:
    path = tmp_path / "名册.xlsx"
    options = {"date_1904": date_1904, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet("名册")
        page.write_row(0, 0, ["全国学籍号", "学校标识码", "年级", "班级编号", "性别", "出生日期"])
        page.write_row(1, 0, ["G441284201501010011", "2144000001", "三年级", "01", "男"])
        page.write_datetime(1, 5, date(2016, 5, 4))
    found = read(path, key=bytes(32))
    assert found.tables["pupils"].to_pylist()[0]["birth_date"] == date(2016, 5, 4)


def test_text_in_quotation_marks_with_the_separator_in_it(tmp_path: Path) -> None:
    rows = with_cell("学校名称", '"城中小学（东,西校区）"')
    assert school(reading_of(write_text(tmp_path / "小学.csv", rows)))["name"] == "城中小学（东,西校区）"
