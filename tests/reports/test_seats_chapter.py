"""The chapter 学位供需预测: what it draws and tables, in all forms, and when there is little to say."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import polars as pl
import prospect_fake
import pytest
import report_fake

from jiaoheng.forecast.methods import CHOSEN, METHODS
from jiaoheng.forecast.outlook import Line
from jiaoheng.places.tasks import Project, hold, tasks_of
from jiaoheng.reports import compose, docx, html, xlsx
from jiaoheng.reports.blocks import Chapter, Choice, Document, Figures, Grid, Notice, Paragraph, Slides
from jiaoheng.reports.charts import Chart
from jiaoheng.reports.seats import (
    Fall,
    Part,
    Prospect,
    chapter,
    gap_tables,
    housing_table,
    peaks,
    report,
    task_table,
    waterfall,
)
from jiaoheng.reports.tables import Table


@pytest.fixture(scope="module")
def document() -> Document:
    inputs = report_fake.inputs(prospect=prospect_fake.prospect())
    return replace(compose(inputs), chapters=tuple(c for c in compose(inputs).chapters if c.id == "seats"))


@pytest.fixture(scope="module")
def made(document: Document) -> Chapter:
    return document.chapters[0]


def tables(made: Chapter) -> dict[str, Table]:
    return {block.table.id: block.table for block in made.blocks if isinstance(block, Grid)}


def charts(made: Chapter) -> dict[str, Chart]:
    return {
        chart.id: chart
        for block in made.blocks
        if isinstance(block, Figures | Choice | Slides)
        for chart in block.charts
    }


def test_without_a_prospect_there_is_no_chapter() -> None:
    assert "seats" not in {each.id for each in compose(report_fake.inputs()).chapters}


def test_where_nothing_can_be_forecast_a_sentence_says_why() -> None:
    inputs = report_fake.inputs(prospect=Prospect(why_not="只有2025年一年的数据，不能预测。"))
    found = next(each for each in compose(inputs).chapters if each.id == "seats")
    assert found.blocks == (Notice("只有2025年一年的数据，不能预测。"),)


def test_a_fan_begins_at_the_last_count_and_its_bands_hold_the_percentiles(made: Chapter) -> None:
    outlook = prospect_fake.outlook()
    shades = [one for one in charts(made)["fan-primary"].option["series"] if one.get("silent")]
    last = len(outlook.history.years) - 1
    edges = np.cumsum([[0.0 if v is None else v for v in one["data"]] for one in shades], axis=0)
    assert edges[:, last] == pytest.approx([50200] * 6)
    assert edges[:, -1] == pytest.approx(
        np.percentile(outlook.futures("primary")[:, -1], (2.5, 10, 25, 75, 90, 97.5)), abs=0.5
    )


def test_other_scenarios_are_lines_with_their_names(made: Chapter) -> None:
    names = [one.get("name") for one in charts(made)["fan-junior"].option["series"]]
    assert {"实际", "基准", "三孩", "80%下限", "80%上限"} <= set(names)


def test_every_chart_says_source_date_unit_and_what_it_shows(made: Chapter) -> None:
    for chart in charts(made).values():
        assert chart.unit
        assert chart.source
        assert chart.date == "2025年9月1日"
        assert chart.alt.endswith("。")


def test_a_year_that_a_town_does_not_know_leaves_a_gap() -> None:
    outlook = prospect_fake.outlook()
    pupils = outlook.history.pupils.copy()
    pupils[2, 4] = np.nan
    torn = replace(outlook, history=replace(outlook.history, pupils=pupils))
    inputs = report_fake.inputs(prospect=prospect_fake.prospect(outlooks=(torn,)))
    found = next(each for each in compose(inputs).chapters if each.id == "seats")
    series = charts(found)["fan-primary"].option["series"]
    values = [item["value"] for one in series if one.get("name") == "实际" for item in one["data"]]
    assert values[4] is None
    assert values[3] == 48000


def test_the_peak_is_said_with_the_years_in_which_it_is_likely() -> None:
    said = peaks.sentence(prospect_fake.outlook(), "junior")
    assert "初中2025年24,100人" in said
    assert "峰年80%的可能" in said
    gone = peaks.sentence(prospect_fake.outlook(factor=0.5), "primary")
    assert "最多的2023年已经过去（52,900人）" in gone


def test_the_gravest_town_comes_first_and_the_unknown_does_not_pass(made: Chapter) -> None:
    table = tables(made)["table-gap-junior"]
    assert table.total
    assert table.rows[-1][0].text == "全市"
    levels = [row[1].text for row in table.rows[:-1]]
    assert levels[0] == "红色预警"
    assert levels[-1] == "无法判断"
    assert all(cell.missing for cell in table.rows[-2][2:])


def test_an_unknown_year_is_not_hidden_by_quiet_ones() -> None:
    base = prospect_fake.outlook(factor=0.1)
    seats = prospect_fake.seats(base).with_columns(
        level=pl.when(pl.col("year") == 2030).then(pl.lit("unknown")).otherwise(pl.lit("none"))
    )
    inputs = report_fake.inputs()
    table = gap_tables.gap_table(inputs, prospect_fake.prospect(seats=seats), "primary")
    assert table is not None
    assert {row[1].text for row in table.rows} == {"无法判断"}


def test_years_that_the_rule_does_not_look_at_are_neither_quiet_nor_unknown() -> None:
    seats = prospect_fake.seats(prospect_fake.outlook(factor=0.1)).with_columns(
        level=pl.when(pl.col("year") <= 2028).then(pl.lit("none"))
    )
    inputs = report_fake.inputs(prospect=prospect_fake.prospect(seats=seats))
    found = next(each for each in compose(inputs).chapters if each.id == "seats")
    assert tables(found)["table-gap-primary"].rows[0][1].text == "不预警"
    keys = [[key.label for key in charts(found)[f"gap-map-primary-{year}"].legend] for year in (2028, 2029)]
    assert keys == [["不预警"], ["不在预警年限内"]]


def test_maps_slide_over_all_years_and_some_of_them_are_printed(made: Chapter) -> None:
    slides = [block for block in made.blocks if isinstance(block, Slides)]
    assert [block.id for block in slides] == ["gap-maps-primary", "gap-maps-junior"]
    assert slides[0].names == tuple(str(year) for year in prospect_fake.AHEAD)
    assert [slides[0].names[at] for at in slides[0].printed] == ["2026", "2028", "2030", "2040"]


def test_a_map_says_the_level_in_a_letter_and_hatches_the_unknown(made: Chapter) -> None:
    items = charts(made)["gap-map-junior-2028"].option["series"][0]["data"]
    assert any("红 +" in item["label"]["formatter"] for item in items if "label" in item)
    unknown = [item for item in items if item["value"] is None]
    assert len(unknown) == 1
    assert "decal" in unknown[0]["itemStyle"]
    assert unknown[0]["tip"][1] == "没有核定规模。"


def test_steps_of_the_waterfall_meet_and_end_at_the_later_gap() -> None:
    fall = Fall("primary", 2025, 2030, 100.0, (Part("人口", -250.0), Part("迁入", 400.0), Part("无", 0.0)))
    drawn = waterfall.waterfall(report_fake.inputs(), prospect_fake.prospect(), fall)
    boxes = [item["value"][:2] for item in drawn.option["series"][0]["data"]]
    assert boxes == [[0, 100], [100, -150], [-150, 250], [0, 250]]
    total = waterfall.fall_table(report_fake.inputs(), fall).rows[-1][1]
    assert total.number == 250
    assert total.formula == "SUM({above})"


def test_errors_stand_beside_those_of_the_simple_methods(made: Chapter) -> None:
    series = charts(made)["forecast-errors-1"].option["series"]
    assert [one["name"] for one in series] == [CHOSEN.name, METHODS["trend"].name, METHODS["naive"].name]
    rows = tables(made)["table-forecast-errors"].rows
    assert rows[0][1].text == f"{CHOSEN.name}（采用）"
    assert rows[0][0].text == "全市"
    assert [row[1].text for row in rows[1:3]] == [METHODS["trend"].name, METHODS["naive"].name]
    assert [cell.number for cell in rows[1][2:]] == pytest.approx([1.8, 3.6, 5.4, 7.2, 9.0])
    held = tables(made)["table-forecast-coverage"].rows
    assert len(held) == 10
    assert [cell.number for cell in held[0][4:]] == [52, 79, 94]


def test_each_step_of_tidal_seats_says_from_what_to_what(made: Chapter) -> None:
    rows = tables(made)["table-tidal"].rows
    assert [row[2].text for row in rows] == ["学前教育转小学", "临时班初中"]
    assert rows[0][-1].number == 12
    assert rows[1][1].text == "（由镇街安排）"


def test_tasks_stand_beside_projects_and_the_unknown_does_not_meet_them() -> None:
    rows = [("第 1 行", "甲", (90, 450)), ("第 2 行", "乙", (30, 45))]
    tasks = tasks_of(("地区", "学前教育", "小学"), rows)
    projects = (
        Project("甲小学", "甲", "primary", 450, "opened", 2026, 2026),
        Project("甲幼儿园", "甲", "preschool", None, "under_construction", 2027, None),
        Project("乙小学", "乙", "primary", 40, "planned", 2027, None),
    )
    held = hold(tasks, projects, since=2026, until=2030, year=2026)
    table = task_table.task_table(report_fake.inputs(), held)
    assert table is not None
    words = {(row[0].text, row[1].text): row[2].text for row in table.rows}
    assert words["甲", "小学"] == "已完成"
    assert words["甲", "学前教育"] == "无法判断"
    assert words["乙", "小学"] == "不足"
    assert table.rows[-1][0].text == "合计"
    assert "甲幼儿园" in next(row[2].title for row in table.rows if row[2].text == "无法判断")


def test_the_page_holds_a_slider_with_its_years(document: Document) -> None:
    page = html.render(document)
    assert 'type="range" min="0" max="14"' in page
    assert 'data-slides="2026 2027' in page
    assert len(page.encode()) < 3_000_000


def test_word_and_excel_hold_the_chapter_too(document: Document) -> None:
    word = zipfile.ZipFile(io.BytesIO(docx.render(document)))
    assert "学位预警" in word.read("word/document.xml").decode()
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(document)))
    assert any("学位缺口" in name for name in book.sheetnames)
    drawn = [cell.value for row in book["图"].iter_rows() for cell in row]
    assert "80%下限" in drawn
    assert "三孩" in drawn


def test_a_report_of_its_own_has_a_chapter_for_each_heading() -> None:
    inputs = report_fake.inputs()
    made = report.document(inputs, prospect_fake.prospect(), inputs.area_table)
    assert [each.title for each in made.chapters] == [
        "在校生的去向",
        "学位余缺和预警",
        "缺口的由来",
        "潮汐学位",
        "镇街的在校生",
        "预测有多准",
    ]
    assert made.warning
    assert chapter.TITLE in made.title


def test_without_any_warning_a_sentence_says_so() -> None:
    quiet = prospect_fake.seats(prospect_fake.outlook()).with_columns(level=pl.lit("none"))
    inputs = report_fake.inputs(prospect=prospect_fake.prospect(seats=quiet))
    found = next(each for each in compose(inputs).chapters if each.id == "seats")
    said = "".join(s.text for b in found.blocks if isinstance(b, Paragraph) for s in b.sentences)
    assert "没有达到预警" in said
    assert "table-seat-warnings" not in tables(found)


def test_the_arithmetic_of_estates_is_a_table_where_a_scenario_counts_them() -> None:
    lines = (
        Line("小学学位", "134,486 × 80 ÷ 1000", 10_758.88, "个", "规划"),
        Line("规划人口", "某小区的规划人口不详", None, "人", "住宅小区表"),
    )
    counts = replace(prospect_fake.outlook(scenario="新楼盘"), housing=lines)
    told = prospect_fake.prospect(outlooks=(prospect_fake.outlook(), counts))
    found = housing_table.housing_table(report_fake.inputs(), told)
    assert found is not None
    assert [[cell.text for cell in row[:4]] for row in found.rows] == [
        ["新楼盘", "小学学位", "134,486 × 80 ÷ 1000", "10,758.9"],
        ["新楼盘", "规划人口", "某小区的规划人口不详", "不详"],
    ]
    assert housing_table.housing_table(report_fake.inputs(), prospect_fake.prospect()) is None
