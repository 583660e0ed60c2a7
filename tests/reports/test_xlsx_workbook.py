"""The report as a workbook: what stands in its sheets, and that a spreadsheet program agrees."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import report_fake
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell as XlCell
from openpyxl.worksheet.worksheet import Worksheet

from jiaoheng import reports
from jiaoheng.reports import xlsx
from jiaoheng.reports.blocks import Chapter, Document, Grid, Line
from jiaoheng.reports.numbers import MISSING
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text
from jiaoheng.reports.xlsx.layout import FIRST_ROW
from jiaoheng.reports.xlsx.names import sheet_names

DOCUMENT = reports.compose(report_fake.inputs())
BYTES = xlsx.render(DOCUMENT)


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(BYTES))


def one(made: Table, **more: str) -> Document:
    """A document of one table."""
    return Document("题", "", (), more.get("warning", ""), (Chapter("c", "章", (Grid(made),)),))


def opened(made: Table, **more: str) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(one(made, **more))))[made.caption]


def tables() -> Iterator[Table]:
    for chapter in DOCUMENT.chapters:
        for block in chapter.blocks:
            if isinstance(block, Grid):
                yield block.table


def cell_of(sheet: Worksheet, row: int, place: int) -> XlCell:
    return sheet.cell(FIRST_ROW + 1 + row, place + 1)


def test_the_contents_lead_to_every_sheet(book: openpyxl.Workbook) -> None:
    cover = book["目录"]
    led_to = {
        row[1].hyperlink.location.rpartition("!")[0].strip("'")
        for row in cover.iter_rows()
        if row[1].hyperlink
    }
    assert led_to == set(book.sheetnames) - {"目录"}


def test_every_link_leads_to_a_sheet_that_is_there(book: openpyxl.Workbook) -> None:
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > 30
    assert {link.location.rpartition("!")[0].strip("'") for link in links} <= set(book.sheetnames)
    assert not any(link.target for link in links)


def test_the_cover_says_that_the_data_are_made_up_and_so_does_every_table(book: openpyxl.Workbook) -> None:
    assert DOCUMENT.warning
    for sheet in book:
        if sheet.title not in ("正文", "图"):
            top = [cell.value for row in sheet.iter_rows(max_row=6) for cell in row]
            assert DOCUMENT.warning in top, sheet.title


def test_every_number_is_a_number_unrounded_and_every_word_is_there(book: openpyxl.Workbook) -> None:
    values = openpyxl.load_workbook(io.BytesIO(BYTES), data_only=True)
    numbers = 0
    for made in tables():
        sheet = values[made.caption[:31]]
        for row, cells in enumerate(made.rows):
            for place, cell in enumerate(cells):
                found = cell_of(sheet, row, place).value
                if cell.number is None:
                    assert found == cell.text
                else:
                    assert found == cell.number, (made.caption, row, place)
                    numbers += 1
    assert numbers > 500


def test_numbers_show_the_places_of_their_measure() -> None:
    sheet = opened(
        table("t", "表", [Column("名", kind="words"), Column("值", "%")],
              [[text("甲"), number(98.94999, 2)], [text("乙"), number(1234.0)],
               [text("丙"), number(-0.5, 1, sign=True)]])
    )  # fmt: skip
    formats = [cell_of(sheet, row, 1).number_format for row in range(3)]
    assert formats == ["#,##0.00", "#,##0", "+#,##0.0;-#,##0.0;#,##0.0"]
    assert cell_of(sheet, 0, 1).value == 98.94999


def test_what_is_missing_is_said_with_its_reason_and_is_never_0(book: openpyxl.Workbook) -> None:
    sheet = opened(
        table("t", "表", [Column("名", kind="words"), Column("值")],
              [[text("甲"), number(None, 2, title="缺「班级数」")], [text("乙"), number(float("nan"))],
               [text("丙"), number(0.0)]])
    )  # fmt: skip
    assert [cell_of(sheet, row, 1).value for row in range(3)] == [MISSING, MISSING, 0]
    assert cell_of(sheet, 0, 1).comment.text == "缺「班级数」"


@pytest.mark.parametrize(
    "bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x.cn"]
)
def test_text_of_a_user_never_becomes_a_formula_or_a_link(bad: str) -> None:
    made = table("t", "表", [Column(bad, kind="words"), Column("值")], [[text(bad), number(1.0, title=bad)]],
                 source=bad, note=bad)  # fmt: skip
    content = xlsx.render(one(made))
    parts = zipfile.ZipFile(io.BytesIO(content))
    sheets = [
        parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")
    ]
    assert not any("<f>" in sheet for sheet in sheets)
    assert not any("TargetMode" in parts.read(name).decode() for name in parts.namelist() if "_rels" in name)
    assert cell_of(opened(made), 0, 0).value == bad


def test_a_text_that_looks_like_a_formula_is_marked_as_text_for_whoever_edits_the_cell() -> None:
    made = table("t", "表", [Column("名", kind="words")], [[text("=1+1")], [text("甲")]])
    sheet = opened(made)
    assert [cell_of(sheet, row, 0).quotePrefix for row in (0, 1)] == [True, False]


def test_the_row_of_the_whole_adds_up_live_what_is_a_count_and_only_that(book: openpyxl.Workbook) -> None:
    inputs = report_fake.inputs()
    pupils = replace(inputs.measures["pupil_count"], additive=True)
    inputs = replace(inputs, measures={**inputs.measures, "pupil_count": pupils})
    inputs = replace(inputs, county=_with_sums(inputs))
    made = next(each for each in _grids(reports.compose(inputs)) if each.id == "table-townships")
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(one(made))))[made.caption]
    last = len(made.rows) - 1
    for place, column in enumerate(made.columns[1:], start=1):
        found = cell_of(sheet, last, place).value
        if "学生数量" in column.head:
            letter = cell_of(sheet, last, place).column_letter
            assert found == f"=SUM({letter}{FIRST_ROW + 1}:{letter}{FIRST_ROW + last})"
        else:
            assert not str(found).startswith("="), column.head


def _grids(document: Document) -> list[Table]:
    return [b.table for chapter in document.chapters for b in chapter.blocks if isinstance(b, Grid)]


def _with_sums(inputs: reports.MonitoringInputs) -> pl.DataFrame:
    """The county's frame with the pupils of the report's year as the townships have them."""
    sums = (
        inputs.areas.filter((pl.col("measure") == "pupil_count") & (pl.col("year") == inputs.year))
        .group_by("stage")
        .agg(pl.col("value").sum().alias("sum"), pl.col("value").null_count().alias("gaps"))
    )
    frame = inputs.county.join(sums, on="stage", how="left", maintain_order="left")
    here = (pl.col("measure") == "pupil_count") & (pl.col("year") == inputs.year) & (pl.col("gaps") == 0)
    return frame.with_columns(value=pl.when(here).then("sum").otherwise("value")).drop("sum", "gaps")


def test_a_sum_that_lacks_a_part_is_no_formula() -> None:
    rows = [[text("甲"), number(1.0)], [text("乙"), number(None)]]
    whole = [text("全县"), number(1.0, formula="SUM({above})")]
    sheet = opened(table("t", "表", [Column("名", kind="words"), Column("值")], [*rows, whole], total=True))
    assert cell_of(sheet, 2, 1).value == 1


def test_a_spreadsheet_program_computes_what_stands_beside_the_formulas(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("这台机器没有 LibreOffice")
    made = table(
        "t", "表", [Column("镇", kind="words"), Column("学生"), Column("班"), Column("班额"), Column("差")],
        [*([text(name), number(p), number(c), number(p / c, 1, formula="{1}/{2}"),
            number(c - 7.5, 1, formula="{2}-7.5")] for name, p, c in (("甲", 455, 11), ("乙", 1203, 29))),
         [text("全县"), number(1658, formula="SUM({above})"), number(40, formula="SUM({above})"),
          number(1658 / 40, 1, formula="{1}/{2}"), number(None)]],
        total=True,
    )  # fmt: skip
    whole = replace(DOCUMENT, chapters=(*DOCUMENT.chapters, Chapter("c", "章", (Grid(made),))))
    # openpyxl leaves the stored values out, so that all that is read afterwards was computed.
    bare = openpyxl.load_workbook(io.BytesIO(xlsx.render(whole)))
    bare.save(tmp_path / "bare.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    command = [office, profile, "--headless", *convert, str(tmp_path / "bare.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    computed = openpyxl.load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)
    expected = openpyxl.load_workbook(io.BytesIO(xlsx.render(whole)), data_only=True)
    formulas = 0
    for sheet in bare:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas += 1
                    value = computed[sheet.title][cell.coordinate].value
                    assert value == pytest.approx(expected[sheet.title][cell.coordinate].value, abs=1e-9), (
                        cell
                    )
    assert formulas > 20


def test_the_same_document_makes_the_same_bytes() -> None:
    assert xlsx.render(DOCUMENT) == BYTES


def test_the_file_says_whose_it_is_and_of_which_day(book: openpyxl.Workbook) -> None:
    assert DOCUMENT.created
    assert book.properties.created.date() == DOCUMENT.created
    assert (book.properties.title, book.properties.creator) == (DOCUMENT.title, DOCUMENT.issuer)


def test_heads_stay_in_sight_rows_can_be_filtered_and_the_whole_stays_out_of_it(
    book: openpyxl.Workbook,
) -> None:
    made = next(each for each in tables() if each.total)
    sheet = book[made.caption]
    assert sheet.freeze_panes == f"B{FIRST_ROW + 1}"
    first, last = sheet.auto_filter.ref.split(":")
    assert first == f"A{FIRST_ROW}"
    assert re.sub(r"\D", "", last) == str(FIRST_ROW + len(made.rows) - 1)


def test_sheets_print_on_a4_with_heads_and_page_numbers_and_wide_ones_across(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert "&P" in sheet.oddFooter.center.text
    for made in tables():
        sheet = book[made.caption[:31]]
        assert sheet.print_title_rows == f"${FIRST_ROW}:${FIRST_ROW}"
    assert book["2025年各镇街主要数据"].page_setup.orientation == "landscape"
    assert book["各学段学生数量"].page_setup.orientation == "portrait"


def test_no_column_is_too_narrow_for_its_numbers(book: openpyxl.Workbook) -> None:
    for made in tables():
        sheet = book[made.caption[:31]]
        for place, column in enumerate(made.columns):
            wide = sheet.column_dimensions[cell_of(sheet, 0, place).column_letter].width
            if column.kind == "numeric":
                assert wide >= max(len(row[place].text) for row in made.rows) + 1, column


def test_lines_and_bars_become_charts_that_can_be_edited_beside_their_numbers(
    book: openpyxl.Workbook,
) -> None:
    parts = zipfile.ZipFile(io.BytesIO(BYTES)).namelist()
    drawn = [name for name in parts if name.startswith("xl/charts/chart")]
    lines = [chart for chart in DOCUMENT.charts if chart.option.get("xAxis", {}).get("type") == "category"]
    assert len(drawn) == len(lines) > 10
    shown = {cell.value for row in book["图"].iter_rows(max_col=1) for cell in row}
    assert {f"{chart.title}（单位：{chart.unit}）" for chart in lines} <= shown


def test_the_sources_say_version_hash_file_sheet_document_and_clause(book: openpyxl.Workbook) -> None:
    inputs = report_fake.inputs()
    said = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert inputs.snapshot
    source = inputs.snapshot.sources[0]
    entry = inputs.measures["pupil_count"]
    wanted = {
        inputs.snapshot.version,
        inputs.snapshot.sha256,
        source.file,
        source.sha256,
        entry.document,
        entry.clause,
    }
    assert wanted <= said


def test_a_text_too_long_for_a_cell_is_cut_and_not_lost() -> None:
    made = table("t", "表", [Column("名", kind="words")], [[text("长" * 40_000)]])
    assert cell_of(opened(made), 0, 0).value == "长" * 15_999 + "…"


def test_a_table_without_rows_says_so() -> None:
    made = table("t", "空表", [Column("名", kind="words")], [])
    assert "没有记录。" in [cell.value for row in opened(made).iter_rows() for cell in row]


def test_facts_and_subtitle_stand_on_the_cover() -> None:
    document = replace(DOCUMENT, facts=(Line("甲", "=乙"),))
    cover = openpyxl.load_workbook(io.BytesIO(xlsx.render(document)))["目录"]
    values = [cell.value for row in cover.iter_rows() for cell in row]
    assert "=乙" in values
    assert DOCUMENT.subtitle in values


@given(st.lists(st.text(max_size=60), max_size=12))
def test_names_of_sheets_are_what_excel_allows_and_no_two_alike(captions: list[str]) -> None:
    names = sheet_names(captions, taken=("目录",))
    assert len({name.casefold() for name in names} | {"目录"}) == len(captions) + 1
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_two_captions_that_begin_alike_get_two_sheets() -> None:
    assert sheet_names(["很长" * 20, "很长" * 20]) == [("很长" * 16)[:31], ("很长" * 16)[:28] + "（2）"]


def test_cells_point_nowhere_where_the_anchor_is_not_in_the_workbook() -> None:
    made = table("t", "表", [Column("名", kind="words")], [[Cell("甲", "甲", href="#nowhere")]])
    assert cell_of(opened(made), 0, 0).hyperlink is None
