"""Measures, a plan's progress and what a workspace holds, as files."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import report_fake

from jiaoheng.reports import MeasureEntry, Origin, SnapshotEntry, formats, results
from jiaoheng.reports.blocks import Chapter, Document, Grid
from jiaoheng.reports.numbers import MISSING, NOT_APPLICABLE
from jiaoheng.reports.tables import Column, Table, number, table, text

ENTRIES = {
    "pupils": MeasureEntry("pupils", "学生数量", "人", 0, "在校生数", "《甲》", "第一条", additive=True),
    "rate": MeasureEntry("rate", "比例", "%", 2, "分子 ÷ 分母 × 100", "《乙》", "第二条", factor=100),
    "spread": MeasureEntry(
        "spread", "差异系数", "系数", 3, "标准差 ÷ 平均", "《丙》", "第三条", variation_of="rate"
    ),
}
ORIGIN = Origin("441284", "四会市", 2025, False, date(2026, 11, 24), (SnapshotEntry(2025, "v0001", "abc"),))


def frame(*rows: tuple[object, ...]) -> pl.DataFrame:
    """Results of 2025 by township, each as (measure, key, value, numerator, denominator, status, reason)."""
    names = ["measure", "key", "value", "numerator", "denominator", "status", "reason"]
    numbers = dict.fromkeys(names[2:5], pl.Float64)
    found = pl.DataFrame(rows, schema=names, schema_overrides=numbers | {"reason": pl.String}, orient="row")
    return found.with_columns(
        year=2025,
        by=pl.lit("area"),
        key_name=pl.col("key") + "镇",
        stage=pl.lit("primary"),
        coverage=pl.when(pl.col("status") != "not_applicable").then(1.0),
    )


ROWS = frame(
    ("pupils", "甲", 30, 30, None, "known", None),
    ("pupils", "乙", 70, 70, None, "known", None),
    ("rate", "甲", 12.5, 1, 8, "known", None),
    ("rate", "乙", None, None, None, "unknown", "缺「分子」"),
    ("spread", "甲", 0.25, 2, 8, "known", None),
    ("spread", "乙", None, None, None, "not_applicable", "只有一所学校"),
)
WHOLE = frame(
    ("pupils", "全", 100, 100, None, "known", None),
    ("rate", "全", 12.5, 1, 8, "known", None),
    ("spread", "全", 0.3, 3, 10, "known", None),
)


def made(by: str = "area") -> list[Table]:
    document = results.measures(ROWS, WHOLE, by=by, entries=ENTRIES, origin=ORIGIN)
    return [b.table for chapter in document.chapters for b in chapter.blocks if isinstance(b, Grid)]


def test_a_ratio_is_a_live_quotient_of_the_two_columns_beside_it_and_nothing_else_is() -> None:
    found = made()[0]
    assert [row[3].formula for row in found.rows] == ["", "", "{5}/{6}*100", "", ""]
    assert [found.columns[place].head for place in (5, 6)] == ["分子", "分母"]
    value, above, below = (found.rows[2][place].number for place in (3, 5, 6))
    assert above is not None
    assert below is not None
    assert above / below * 100 == value


def test_what_is_missing_has_its_reason_and_what_does_not_apply_is_counted_beneath() -> None:
    rows = made()[0].rows
    assert [cell.text for cell in rows[3][3:]] == [MISSING, "%", MISSING, MISSING, "100.0", "缺「分子」"]
    assert "另有 1 行不适用" in made()[0].note
    assert rows[0][6].text == NOT_APPLICABLE  # a count has no denominator


def test_of_the_whole_county_what_does_not_apply_is_listed_too() -> None:
    document = results.measures(ROWS, None, by="county", entries=ENTRIES, origin=ORIGIN)
    (block,) = document.chapters[0].blocks
    assert isinstance(block, Grid)
    assert [cell.text for cell in block.table.rows[5][2:]] == [
        NOT_APPLICABLE, "系数", NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, "只有一所学校",
    ]  # fmt: skip


def test_side_by_side_the_region_stands_last_and_adds_up_only_what_is_a_count() -> None:
    beside = made()[1]
    assert [cell.text for cell in beside.rows[-1]] == ["全市", "100", "12.50", "0.300"]
    assert [cell.formula for cell in beside.rows[-1]] == ["", "SUM({above})", "", ""]
    assert beside.rows[1][2].text == MISSING


def test_the_sources_of_a_single_table_say_snapshot_document_and_clause() -> None:
    said = {cell.text for one in made()[2:] for row in one.rows for cell in row}
    assert {"v0001", "abc", "《甲》", "第一条", "第二条", "第三条"} <= said


def test_csv_opens_in_excel_holds_unrounded_numbers_and_says_what_is_missing() -> None:
    document = results.measures(ROWS, WHOLE, by="area", entries=ENTRIES, origin=ORIGIN)
    content = formats.render(document, Path("a.csv"))
    assert content.startswith("\ufeff".encode())
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert read[0][:4] == ["指标", "镇街", "学段", "数值"]
    assert read[3][3:8] == ["12.5", "%", "1", "8", "100"]
    assert read[4][3] == MISSING


def test_csv_keeps_every_digit() -> None:
    one = table("t", "表", [Column("值")], [[number(0.1 + 0.2, 1)], [number(-3.0)]])
    document = Document("", "", (), "", (Chapter("c", "", (Grid(one),)),))
    assert formats.render(document, Path("a.CSV")).decode("utf-8-sig") == (
        "值\r\n0.30000000000000004\r\n-3\r\n"
    )


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@A1", "\t=1"])
def test_csv_keeps_a_spreadsheet_from_computing_what_a_user_wrote(bad: str) -> None:
    one = table("t", "表", [Column("名", kind="words")], [[text(bad)]])
    document = Document("", "", (), "", (Chapter("c", "", (Grid(one),)),))
    content = formats.render(document, Path("a.csv"))
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1] == ["'" + bad]


def test_an_extension_that_nobody_writes_is_refused_with_those_that_are() -> None:
    document = results.progress(report_fake.inputs())
    with pytest.raises(formats.FormatError, match=r"表\.txt：不知道.*\.xlsx.*\.csv"):
        formats.render(document, Path("表.txt"))


def test_progress_has_every_indicator_and_its_margin_as_a_difference() -> None:
    inputs = report_fake.inputs()
    content = formats.render(results.progress(inputs), Path("a.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["2025年规划指标总览"]
    names = [row[0].value for row in sheet.iter_rows(min_row=4) if row[0].value]
    assert {item.indicator.name for item in inputs.progress} <= set(names)
    margins = [row[4].value for row in sheet.iter_rows(min_row=4, max_row=3 + len(inputs.progress))]
    assert sum(str(each).startswith("=") for each in margins) > 10


def test_status_has_a_row_a_snapshot_and_does_not_count_what_is_not_there_as_0() -> None:
    rows = [
        {"year": 2024, "version": 1, "created": "2025-01-01T20:05:09", "hash": "a", "tables": {"学校": 3}},
        {
            "year": 2025,
            "version": 2,
            "created": "2026-01-01T01:00:00",
            "hash": "b",
            "tables": {"学校": 4, "学生": 9},
        },
    ]
    document = results.status(rows, title="题", facts=(), warning="", issuer="", created=date(2026, 1, 1))
    (block,) = document.chapters[0].blocks
    assert isinstance(block, Grid)
    assert [[cell.text for cell in row] for row in block.table.rows] == [
        ["2024年", "v0001", "2025-01-01 20:05", "3", MISSING, "a"],
        ["2025年", "v0002", "2026-01-01 01:00", "4", "9", "b"],
    ]
