"""The template can be filled in by a person, and what is in it reads back exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
import openpyxl
import pyarrow as pa
import pytest
from census_samples import KEY, REGION, arrow_tables, county, reading, school, stage
from hypothesis import HealthCheck, given, settings
from openpyxl.worksheet.worksheet import Worksheet

from jiaoheng.census import dictionary
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.schema import conform, schema
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import Store
from jiaoheng.census.template import write_template
from jiaoheng.census.template_read import is_template, read_mark, read_template
from jiaoheng.census.template_sheet import HEADING_ROW
from jiaoheng.census.workbook import FileError, open_book
from jiaoheng.errors import JiaohengError

A, B = "2144000000", "2144000001"


def _read(path: Path, *, year: int | None = None) -> Reading:
    return read_template(open_book(path), key=KEY, year=year)


def _edit(path: Path, table: str, change: Callable[[Worksheet], None]) -> Path:
    """Change a sheet as a person would, with other software than ours."""
    book = openpyxl.load_workbook(path)
    change(book[dictionary.table(table).zh])
    edited = path.with_name(f"edited-{path.name}")
    book.save(edited)
    return edited


def _column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[2] if cell.value == heading)


@pytest.fixture
def census(tmp_path: Path) -> Census:
    return Store(tmp_path / "census").commit(2025, county(), region=REGION)


@pytest.fixture
def filled(tmp_path: Path, census: Census) -> Path:
    return write_template(tmp_path / "模板.xlsx", year=2025, census=census)


@pytest.mark.parametrize("name", [name for name, table in dictionary.tables().items() if table.exported])
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_table_comes_back_as_it_was(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = data.draw(arrow_tables(name))
    path = write_template(
        tmp_path_factory.mktemp("template") / "t.xlsx",
        year=2025,
        census=_holding({name: table}),
        tables=[name],
    )
    result = _read(path)
    assert not result.rejections
    assert not result.notes
    assert result.rows_read == result.rows_accepted == table.num_rows
    assert _sorted(conform(result.tables[name], name), name).equals(_sorted(table, name))


class _Holding:
    """A snapshot that holds just these tables."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self.region, self.year, self._tables = REGION, 2025, tables

    def table(self, name: str) -> pa.Table:
        return self._tables.get(name, schema(name).empty_table())


def _holding(tables: dict[str, pa.Table]) -> Census:
    return _Holding(tables)  # type: ignore[return-value]


def _sorted(table: pa.Table, name: str) -> pa.Table:
    order = [(key, "ascending") for key in dictionary.table(name).key]
    return table.sort_by(order).combine_chunks()


def test_what_was_read_back_imports_without_any_change(tmp_path: Path, census: Census, filled: Path) -> None:
    again = Store(tmp_path / "census").commit(2025, _read(filled, year=2025), region=REGION)
    assert again.manifest.content == census.manifest.content


def test_awkward_values_come_back(tmp_path: Path) -> None:
    long = "多边形（" + "112.345678 23.456789, " * 4000 + "）"
    rows = [
        school("0000000001", name="=1+1", address="@x\n第二行", longitude=0.1 + 0.2, land_area=1e-300),
        school("2144000002", name="张<三>&“四” 😀", longitude=-179.99999999999997, land_area=1 / 3),
        school("2144000003", name="_x0041_", longitude="", land_area=123456789.123456789),
    ]
    rows = [{"address": "", **row} for row in rows]
    given_rows = join(
        [
            reading("schools", rows),
            reading(
                "areas", [{"area_code": "441284001", "name": "城中街道", "boundary": long}], file="镇街.xlsx"
            ),
        ]
    )
    census = Store(tmp_path / "census").commit(2025, given_rows, region=REGION)
    assert len(census.table("areas")["boundary"][0].as_py()) > 80_000
    result = _read(write_template(tmp_path / "t.xlsx", year=2025, census=census))
    assert not result.rejections
    for name in ("schools", "areas"):
        assert conform(result.tables[name], name).equals(census.table(name)), name


def test_an_empty_template_reads_as_nothing(tmp_path: Path) -> None:
    path = write_template(tmp_path / "t.xlsx", year=2025, region=REGION)
    result = _read(path)
    assert result.rows_read == 0
    assert not result.rejections
    assert not result.notes
    mark = read_mark(open_book(path))
    assert (mark.year, mark.region, mark.dictionary) == (2025, REGION, dictionary.version())
    assert list(mark.sheets.values()) == list(dictionary.tables())


def test_a_person_can_fill_in_an_empty_template(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for heading, value in {
            "学校标识码": "0144000001",
            "学校名称": "城中小学",
            "镇街代码": "441284001",
            "办学类型": "小学",
            "办学性质": "公办",
            "是否寄宿制学校": "否",
            "占地面积（平方米）": 1234.5,
            "教学仪器设备资产值（元）": "1,000,000",
        }.items():
            sheet.cell(3, _column(sheet, heading), value)

    path = _edit(write_template(tmp_path / "t.xlsx", year=2025), "schools", fill)
    row = _read(path).tables["schools"].to_pylist()[0]
    assert row["school_code"] == "0144000001"
    assert (row["school_type"], row["boarding"], row["land_area"]) == ("primary_school", False, 1234.5)
    assert row["equipment_value"] == 1_000_000.0
    assert row["books"] is None


def test_moved_columns_are_found_by_their_headings(filled: Path, census: Census) -> None:
    def move(sheet: Worksheet) -> None:
        first, second = _column(sheet, "学校名称"), _column(sheet, "办学类型")
        for row in range(1, sheet.max_row + 1):
            one, two = sheet.cell(row, first), sheet.cell(row, second)
            if row > 1:
                one.value, two.value = two.value, one.value

    result = _read(_edit(filled, "schools", move))
    assert not result.rejections
    assert conform(result.tables["schools"], "schools").equals(census.table("schools"))


def test_a_removed_column_keeps_its_values(tmp_path: Path, filled: Path) -> None:
    def remove(sheet: Worksheet) -> None:
        column = _column(sheet, "在校生数（人）")
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = None

    path = _edit(filled, "school_stages", remove)
    result = _read(path)
    assert "pupils" not in result.tables["school_stages"].column_names
    again = Store(tmp_path / "census").commit(2025, result, region=REGION)
    assert again.table("school_stages")["pupils"].to_pylist() == [100, 101, 102]


def test_a_heading_without_its_unit_is_understood(filled: Path) -> None:
    def rename(sheet: Worksheet) -> None:
        sheet.cell(2, _column(sheet, "在校生数（人）")).value = " 在校生数 "

    result = _read(_edit(filled, "school_stages", rename))
    assert result.tables["school_stages"]["pupils"].to_pylist() == [100, 101, 102]


def test_a_heading_with_another_unit_is_refused(filled: Path) -> None:
    def rename(sheet: Worksheet) -> None:
        cell = sheet.cell(2, _column(sheet, "固定资产总值（元）"))
        cell.value = "固定资产总值（万元）"

    (rejection,) = _read(_edit(filled, "schools", rename)).rejections
    assert "应为“固定资产总值（元）”" in rejection.message()
    assert rejection.row == 2


def test_an_unknown_column_is_passed_over_with_a_note(filled: Path) -> None:
    def add(sheet: Worksheet) -> None:
        sheet.cell(2, sheet.max_column + 1).value = "备注"
        sheet.cell(3, sheet.max_column).value = "好学校"

    result = _read(_edit(filled, "schools", add))
    assert not result.rejections
    assert any("“备注”不在数据字典中" in note for note in result.notes)


def test_an_unknown_column_of_persons_is_told_by_letter(tmp_path: Path) -> None:
    path = write_template(tmp_path / "t.xlsx", year=2025)

    def shift(sheet: Worksheet) -> None:
        sheet.cell(2, 2).value = "张三丰"
        sheet.cell(3, 1).value = "G1"

    notes = read_template(open_book(_edit(path, "pupils", shift)), key=KEY).notes
    assert any("B 列的栏目不在数据字典中" in note for note in notes)
    assert "张三丰" not in "".join(notes)


def test_a_column_that_stands_twice_is_refused_with_both_places(filled: Path) -> None:
    def double(sheet: Worksheet) -> None:
        sheet.cell(2, sheet.max_column + 1).value = "学校名称"

    result = _read(_edit(filled, "schools", double))
    assert "B 列" in result.rejections[0].reason
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (6, 3, 3)


def test_a_sheet_without_its_key_is_refused(filled: Path) -> None:
    def blank(sheet: Worksheet) -> None:
        sheet.cell(2, _column(sheet, "学段")).value = None

    result = _read(_edit(filled, "school_stages", blank))
    assert "缺少主键栏目“学段”" in result.rejections[0].message()
    assert result.rows_read == result.rows_accepted + result.rows_rejected == 6


def test_a_title_above_the_headings_does_no_harm(filled: Path) -> None:
    def title(sheet: Worksheet) -> None:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(1, 2)
        sheet["A1"] = "四会市 2025 年数据"

    result = _read(_edit(filled, "school_stages", title))
    assert result.tables["school_stages"]["pupils"].to_pylist() == [100, 101, 102]
    numbers = {row["row"] for row in result.rows.to_pylist() if row["table"] == "school_stages"}
    assert numbers == {5, 6, 7}


def test_a_fault_names_the_cell_that_the_clerk_sees(filled: Path) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet.cell(4, _column(sheet, "在校生数（人）")).value = "约一百"

    (rejection,) = _read(_edit(filled, "school_stages", spoil)).rejections
    book = openpyxl.load_workbook(filled)
    letters = book["学校分学段"].cell(2, _column(book["学校分学段"], "在校生数（人）")).column_letter
    assert rejection.cell == f"{letters}4"
    assert rejection.message().startswith("edited-模板.xlsx › 学校分学段 › 第 4 行「在校生数（人）」")


def test_school_names_stand_beside_the_codes_and_are_not_read(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled)["学校分学段"]
    column = _column(sheet, "学校名称")
    assert sheet.cell(3, column).value == f"第{A}小学"
    assert not _read(filled).notes


def test_no_row_of_a_person_stands_in_a_template_even_of_the_same_year(tmp_path: Path) -> None:
    pupil = {"pupil_id": "G1", "school_code": A, "stage": "小学", "grade": "一年级", "class_code": "三班"}
    store = Store(tmp_path / "census")
    census = store.commit(2025, join([county(), reading("pupils", [pupil])]), region=REGION)
    path = write_template(tmp_path / "t.xlsx", year=2025, census=census)
    assert openpyxl.load_workbook(path)["学生"].max_row == HEADING_ROW
    again = store.commit(2025, _read(path, year=2025), region=REGION)
    assert again.table("pupils").num_rows == 1


def test_last_years_values_are_filled_in_but_not_those_of_persons(tmp_path: Path) -> None:
    pupil = {"pupil_id": "G1", "school_code": A, "stage": "小学", "grade": "一年级"}
    last = Store(tmp_path / "census").commit(
        2024, join([county(), reading("pupils", [pupil])]), region=REGION
    )
    path = write_template(tmp_path / "t.xlsx", year=2025, previous=last)
    result = _read(path, year=2025)
    assert result.tables["school_stages"]["pupils"].to_pylist() == [100, 101, 102]
    assert "pupils" not in result.tables
    cover = [str(row[1].value) for row in openpyxl.load_workbook(path)["说明"].iter_rows()]
    assert any("已预填 2024 年的数据" in text for text in cover)


def test_a_template_of_another_year_is_refused(filled: Path) -> None:
    with pytest.raises(FileError, match="这是 2025 年的模板，而要导入的是 2024 年"):
        _read(filled, year=2024)


def test_a_template_of_a_later_version_is_refused(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["_jiaoheng"]["B1"] = "999"
    book.save(filled)
    with pytest.raises(FileError, match="升级"):
        _read(filled)


def test_a_damaged_mark_is_a_clear_error(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["_jiaoheng"]["A3"] = "yaer"
    book.save(filled)
    with pytest.raises(FileError, match="隐藏工作表已损坏"):
        _read(filled)


def test_a_sheet_that_was_removed_or_added_is_noted(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    del book["班级"]
    book.create_sheet("我的草稿")["A1"] = 1
    book.save(filled)
    notes = _read(filled).notes
    assert any("没有工作表“班级”" in note for note in notes)
    assert any("“我的草稿”不是模板中的表" in note for note in notes)
    assert len(notes) == 2


def test_headings_are_locked_and_data_is_not(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    for table in dictionary.tables().values():
        sheet = book[table.zh]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.cell(2, 1).protection.locked
        assert not sheet.column_dimensions["A"].protection.locked
        assert sheet.freeze_panes is not None
    assert not book["学校"].cell(3, 1).protection.locked


def test_choices_counts_and_notes_help_the_clerk(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    sheet = book["学校分学段"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    stage_rule = rules[f"{sheet.cell(3, _column(sheet, '学段')).coordinate}"]
    assert stage_rule.type == "list"
    name, cells = stage_rule.formula1.lstrip("=").split("!")
    options = [cell.value for (cell,) in book[name.strip("'")][cells.replace("$", "")]]
    assert options[:3] == ["学前教育", "小学", "初中"]
    pupils = sheet.cell(3, _column(sheet, "在校生数（人）"))
    assert rules[pupils.coordinate].type == "whole"
    assert rules[pupils.coordinate].operator == "greaterThanOrEqual"
    assert rules[pupils.coordinate].formula1 == "0"
    note = sheet.cell(2, pupils.column).comment.text
    assert "教基3112" in note
    assert "留空" in note
    assert book["学校"].cell(3, 1).number_format == "@"
    assert book["_选项"].sheet_state == "veryHidden"
    assert book["_jiaoheng"].sheet_state == "veryHidden"


def test_columns_are_outlined_by_their_group(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled)["学校"]
    levels = [sheet.column_dimensions[cell.column_letter].outlineLevel for cell in sheet[2]]
    groups = [column.group for column in dictionary.table("schools").columns]
    starts = [index == 0 or groups[index] != groups[index - 1] for index in range(len(groups))]
    for index, start in enumerate(starts):
        if start:
            assert levels[index] == 0


def test_only_the_tables_asked_for_are_written(tmp_path: Path) -> None:
    path = write_template(tmp_path / "t.xlsx", year=2025, tables=["schools"])
    assert openpyxl.load_workbook(path).sheetnames == ["说明", "学校", "_选项", "_jiaoheng"]


def test_other_workbooks_are_no_template(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("学校标识码\n1\n", "utf-8")
    assert not is_template(open_book(path))


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path, census: Census) -> None:
    with pytest.raises(FileError, match="无法写入"):
        write_template(tmp_path / "nowhere" / "t.xlsx", year=2025)
    with pytest.raises(JiaohengError, match="只能给一个"):
        write_template(tmp_path / "t.xlsx", year=2025, census=census, previous=census)


def test_a_stage_row_may_hold_nothing_but_its_key(tmp_path: Path) -> None:
    given_rows = join([reading("schools", [school(A)]), reading("school_stages", [stage(A)], file="b.xlsx")])
    census = Store(tmp_path / "census").commit(2025, given_rows, region=REGION)
    result = _read(write_template(tmp_path / "t.xlsx", year=2025, census=census))
    assert result.tables["school_stages"].num_rows == 1
