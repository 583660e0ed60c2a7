"""Forms, gap lists and reports on a standard as people open them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from forms_county import NINE, POINT, SMALL, county
from jiaoheng import census as census_room
from jiaoheng import measures, standards
from jiaoheng.census import readers
from jiaoheng.census.snapshot import Census
from jiaoheng.packs.application import load_all
from jiaoheng.reports import Origin
from jiaoheng.reports.blocks import Document, Grid, Paragraph, Points
from jiaoheng.reports.standards import (
    SchoolRow,
    StandardInputs,
    application_book,
    application_document,
    data_book,
    gap_list,
    school_page,
    self_assessment,
)
from jiaoheng.reports.standards.application import shown
from jiaoheng.reports.standards.words import pieces
from jiaoheng.reports.tables import Table
from jiaoheng.standards import Answers, Assessed
from jiaoheng.standards.application import FilledCell, FilledForm, fill

ORIGIN = Origin("441284", "四会市", 2025, True, date(2026, 1, 5), ())
DARK, LIGHT = "FF595959", "FFBFBFBF"


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Census:
    return county(tmp_path_factory.mktemp("forms") / "census")


@pytest.fixture(scope="module")
def assessed(census: Census) -> Assessed:
    return standards.assess(census, "quality-balance-2017", engine="polars")


@pytest.fixture(scope="module")
def forms(census: Census, assessed: Assessed) -> tuple[FilledForm, ...]:
    application = load_all(assessed.catalogue)["quality_balance_2017"]
    rules = measures.catalogue()
    return fill(application, assessed, census, region="四会市", catalogue=rules, engine="polars")


@pytest.fixture(scope="module")
def book(assessed: Assessed, forms: tuple[FilledForm, ...]) -> Mapping[str, Worksheet]:
    application = load_all(assessed.catalogue)["quality_balance_2017"]
    written = io.BytesIO(application_book(application, forms, ORIGIN))
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(written)}


@pytest.fixture(scope="module")
def inputs(assessed: Assessed) -> StandardInputs:
    names = {NINE: "第01学校", SMALL: "第02学校", POINT: "第03学校"}
    return StandardInputs(
        "441284",
        "四会市",
        2025,
        False,
        date(2026, 1, 5),
        (),
        assessed=assessed,
        schools={code: SchoolRow(code, name) for code, name in names.items()},
        by=2027,
    )


def cell(sheet: Worksheet, row_name: str, stage: str, heading: str) -> Any:
    """The cell of a school's stage under a heading."""
    heads = {str(each.value).replace("\n", ""): each.column for each in sheet[4]}
    column = next(place for head, place in heads.items() if head.startswith(heading))
    row = next(
        row[0].row for row in sheet.iter_rows(min_row=5) if (row[1].value, row[2].value) == (row_name, stage)
    )
    return sheet.cell(row, column)


def tables(document: Document) -> dict[str, Table]:
    blocks = [block for chapter in document.chapters for block in chapter.blocks]
    return {block.table.id: block.table for block in blocks if isinstance(block, Grid)}


def sentences(document: Document) -> str:
    blocks = [block for chapter in document.chapters for block in chapter.blocks]
    return "\n".join(
        str(sentence)
        for block in blocks
        if isinstance(block, Paragraph | Points)
        for sentence in block.sentences
    )


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2.675, 2, "2.68"),
        (0.4985, 3, "0.499"),
        (0.49949999999999994, 3, "0.500"),
        (28.349999999999998, 1, "28.4"),
        (12345.5, 0, "12346"),
        (0.0, 2, "0.00"),
        (None, 2, ""),
    ],
)
def test_what_is_shown_is_rounded_half_up_and_unknown_is_blank(
    value: float | None, digits: int, text: str
) -> None:
    assert shown(FilledCell(value, digits)) == text


def test_the_workbook_keeps_the_value_and_shows_its_places(book: Mapping[str, Worksheet]) -> None:
    found = cell(book["表Ⅱ-2"], "第01学校", "小学", "4 生均教学及辅助用房面积")
    assert found.value == pytest.approx(9000 / 1550, rel=1e-14)
    assert found.number_format == "0.00"
    share = book["表Ⅱ-1"]
    assert [each.number_format for each in share[5]][1:] == ["0", "General", "General"]
    assert {each.number_format for each in book["表Ⅲ"][6] if each.value is not None} >= {"0.00", "0.000"}


def test_cells_that_fall_short_are_dark_and_others_are_not(book: Mapping[str, Worksheet]) -> None:
    sheet = book["表Ⅱ-2"]
    failed = cell(sheet, "第01学校", "初中", "1 每百名学生拥有高于规定学历教师数")
    met = cell(sheet, "第01学校", "小学", "1 每百名学生拥有高于规定学历教师数")
    within = cell(sheet, "第01学校", "小学", "7 每百名学生拥有网络多媒体教室数")
    assert (failed.value, failed.fill.fgColor.rgb) == (2.0, DARK)
    assert (met.value, met.fill.fill_type) == (6.0, None)
    assert within.value == pytest.approx(100 * 33 / 1550)
    assert within.fill.fgColor.rgb == LIGHT


def test_unknown_cells_are_empty_and_unfilled(book: Mapping[str, Worksheet]) -> None:
    found = cell(book["表Ⅱ-2"], "第02学校", "小学", "6 生均教学仪器设备值")
    assert found.value is None
    assert found.fill.fill_type is None
    assert found.border.left.style == "thin"


def test_sheets_are_ready_to_print(book: Mapping[str, Worksheet]) -> None:
    assert list(book) == ["填报说明", "表Ⅰ", "表Ⅱ-1", "表Ⅱ-2", "表Ⅲ", "表Ⅳ", "表Ⅴ", "表Ⅵ"]
    schools = book["表Ⅱ-2"]
    assert (schools.page_setup.paperSize, schools.page_setup.orientation) == (8, "landscape")
    assert int(book["表Ⅳ"].page_setup.paperSize) == 9
    assert schools.print_title_rows == "$4:$4"
    assert book["表Ⅰ"].print_title_rows == "$4:$5"
    assert schools.sheet_properties.pageSetUpPr.fitToPage
    assert int(schools.page_setup.fitToHeight) == 0
    # The heading of several columns is one cell above them.
    assert "B4:C4" in {str(each) for each in book["表Ⅰ"].merged_cells.ranges}


def test_the_warning_of_made_up_data_stands_on_every_sheet(book: Mapping[str, Worksheet]) -> None:
    for name, sheet in book.items():
        said = [str(each.value) for row in sheet.iter_rows() for each in row if each.value]
        assert any(ORIGIN.warning in words for words in said), name


def test_on_paper_the_same_forms_show_the_same(assessed: Assessed, forms: tuple[FilledForm, ...]) -> None:
    application = load_all(assessed.catalogue)["quality_balance_2017"]
    document = application_document(application, forms, ORIGIN)
    assert [chapter.title.split("　")[0] for chapter in document.chapters] == [
        filled.form.label for filled in forms
    ]
    rows = tables(document)["table-table_2_2"].rows
    assert rows[1][10].text == "5.81"
    assert rows[0][12].text == ""
    assert (rows[2][7].text, rows[2][7].fill) == ("2.00", "dark")
    assert (rows[1][13].text, rows[1][13].fill) == ("2.13", "light")
    assert (rows[1][7].fill, rows[0][12].fill) == ("", "")


def test_the_form_of_a_school_is_read_back_with_the_same_values(census: Census, tmp_path: Path) -> None:
    layout = next(each for each in readers.form_layouts() if each.id == "quality-balance-school")
    path = tmp_path / "学校数据采集表.xlsx"
    path.write_bytes(data_book(layout, census, [NINE, SMALL], ORIGIN))
    reading = census_room.read([path], year=2025, census=census, key=b"k" * 32)
    assert reading.rejections == ()
    compared = 0
    for name, keys in (("schools", ("school_code",)), ("school_stages", ("school_code", "stage"))):
        stored = {tuple(row[key] for key in keys): row for row in census.table(name).to_pylist()}
        for row in reading.tables[name].to_pylist():
            known = stored[tuple(row[key] for key in keys)]
            for column, value in row.items():
                if value is not None:
                    compared += 1
                    assert value == pytest.approx(known[column]), (name, column)
    assert compared > 50
    unknown = next(row for row in reading.tables["schools"].to_pylist() if row["school_code"] == SMALL)
    assert unknown["equipment_value"] is None


def test_a_gap_is_told_in_whole_teachers_with_clause_and_deadline(inputs: StandardInputs) -> None:
    listed = tables(gap_list(inputs))["table-gaps"]
    row = next(
        [each.text for each in row]
        for row in listed.rows
        if (row[0].text, row[1].text) == ("第01学校", "初中") and row[3].text.startswith("1 ")
    )
    assert row[4:] == [
        "2.00人",
        "≥ 5.3人",
        "缺 16.5 人（补 17人）",
        "未达标",
        "资源配置指标 1：小学不低于 4.2，初中不低于 5.3",
        "2027年底前",
        "",
    ]


def test_the_gap_list_of_one_school_speaks_of_no_other(inputs: StandardInputs) -> None:
    document = gap_list(inputs, school=NINE)
    assert {row[0].text for row in tables(document)["table-gaps"].rows} == {"第01学校"}
    assert document.chapters[0].id == "gaps"
    assert "county-gaps" not in {chapter.id for chapter in document.chapters}


def test_what_is_unknown_is_listed_and_is_no_gap(inputs: StandardInputs) -> None:
    document = gap_list(inputs)
    unknown = {(row[0].text, row[2].text) for row in tables(document)["table-unknown"].rows}
    gaps = {(row[0].text, row[3].text) for row in tables(document)["table-gaps"].rows}
    assert ("第02学校", "6 生均教学仪器设备值") in unknown
    assert ("第02学校", "6 生均教学仪器设备值") not in gaps
    assert not {name for name, _ in unknown | gaps} & {""}


def test_whole_pieces_are_no_more_than_needed() -> None:
    def row(amount: float, op: str = ">=") -> dict[str, Any]:
        return {"amount": amount, "op": op}

    assert pieces(row(-2.4)) == 3
    assert pieces(row(-3.0000000000000004)) == 3
    assert pieces(row(-3.0)) == 3
    assert pieces(row(-3.0, ">")) == 4
    assert pieces(row(-2.4, ">")) == 3


def test_the_self_assessment_says_problems_needs_and_what_is_unknown(inputs: StandardInputs) -> None:
    document = self_assessment(inputs)
    titles = [chapter.title for chapter in document.chapters]
    assert titles[0] == "自评结论"
    for title in ("资源配置", "政府保障程度", "教育质量", "一票否决", "存在问题", "整改措施与时限", "附件"):
        assert title in titles, title
    said = sentences(document)
    assert "尚未达到标准" in said or "未达到要求" in said
    assert "每百名学生拥有高于规定学历教师数（初中）：1 所学校未达标" in said
    assert "2027年底前" in said
    needs = tables(document)["table-needs"]
    row = next(row for row in needs.rows if row[0].text.startswith("1 ") and row[1].text == "初中")
    assert [each.text for each in row[2:4]] == ["1", "17人"]
    assert tables(document)["table-unknown"].rows


def test_the_evidence_of_answers_is_annexed(census: Census, inputs: StandardInputs) -> None:
    answers = Answers.model_validate(
        {
            "for": "quality_balance_2017",
            "year": 2025,
            "answers": {"qb_pre_basic": {"value": True, "by": "督导室", "evidence": ["认定文件.pdf"]}},
        }
    )
    found = standards.assess(census, "quality-balance-2017", answers=answers, engine="polars")
    document = self_assessment(replace(inputs, assessed=found, answers=answers))
    assert [each.text for each in tables(document)["table-evidence"].rows[0]][1:] == [
        "认定文件.pdf",
        "督导室",
    ]


def test_a_school_s_page_has_both_its_stages_and_the_cells_behind(inputs: StandardInputs) -> None:
    document = school_page(inputs, NINE, origins=[("在校生数", "1,000人", "2025 小学.xlsx › 小学 › AJ8")])
    assert len(document.chapters) == 1
    found = tables(document)
    stages = [row[1].text for row in found["table-items-0"].rows]
    assert stages == ["小学"] * 7 + ["初中"] * 7
    assert [each.text for each in found["table-origins"].rows[0]] == [
        "2025 小学.xlsx › 小学",
        "在校生数 1,000人（AJ8）",
    ]
    assert "小学达标（6 项达标，1 项达到85%）" in sentences(document)
    assert "初中未达标" in sentences(document)


def test_past_years_are_drawn_as_shares_of_what_is_asked(inputs: StandardInputs) -> None:
    document = school_page(replace(inputs, past={2024: inputs.assessed}), NINE)
    primary = document.charts[0]
    lines = {line["name"]: [point["value"] for point in line["data"]] for line in primary.option["series"]}
    assert lines["每百名学生拥有高于规定学历教师数"] == pytest.approx([100 * 6 / 4.2] * 2)
    assert not school_page(inputs, NINE).charts
