"""Charts, tables and cards as data: whole, finite, and true to what they are made from."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest
import report_fake
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng import measures
from jiaoheng.plans import Status
from jiaoheng.reports import charts, compose, distributions, measure_entries, regional, tables
from jiaoheng.reports.blocks import Card, Grid
from jiaoheng.reports.numbers import MISSING
from jiaoheng.reports.selection import COMPARED, PUPILS, SCHOOL_COLUMNS, SEVEN_RESOURCES

VALUES = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=12)


@given(VALUES, st.booleans())
def test_an_axis_holds_every_value_between_whole_steps(values: list[float], whole: bool) -> None:
    low, high, step = charts.span(values, whole=whole)
    assert low <= min(values)
    assert max(values) <= high
    assert 1 <= round((high - low) / step) <= 12
    if whole:
        assert step == int(step) >= 1


def test_every_chart_has_title_unit_source_day_and_words_for_those_who_cannot_see() -> None:
    document = compose(report_fake.inputs())
    assert len(document.charts) > 30
    assert len({chart.id for chart in document.charts}) == len(document.charts)
    for chart in document.charts:
        assert chart.title
        assert chart.unit
        assert "2025年" in chart.source
        assert chart.date == "2025年9月1日"
        assert len(chart.alt) > 20


def test_options_are_plain_data_without_any_script() -> None:
    for chart in compose(report_fake.inputs()).charts:
        assert json.loads(json.dumps(chart.option, allow_nan=False)) == chart.option


def test_no_chart_is_empty() -> None:
    for chart in compose(report_fake.inputs()).charts:
        points = [item.get("value") for series in chart.option["series"] for item in series["data"]]
        assert any(point is not None for point in points), chart.id


def test_an_indicator_without_any_value_has_its_reason_and_no_chart() -> None:
    blocks = [block for chapter in compose(report_fake.inputs()).chapters for block in chapter.blocks]
    cards = {block.id: block for block in blocks if isinstance(block, Card)}
    myopia = cards["indicator-myopia"]
    assert myopia.chart is None
    assert myopia.status.mark == "unknown"
    assert "无法计算" in myopia.sentence
    assert myopia.key[0].text == MISSING


def test_a_gap_in_the_years_stays_a_gap() -> None:
    blocks = [block for chapter in compose(report_fake.inputs()).chapters for block in chapter.blocks]
    card = next(b for b in blocks if isinstance(b, Card) and b.id == "indicator-vocational_teachers_master")
    assert card.chart is not None
    actual = next(series for series in card.chart.option["series"] if series["name"] == "实际值")
    assert [item["value"] for item in actual["data"]] == [14.45, 15.1, None, 16.8, 17.9, 19.0]
    assert not actual.get("connectNulls")


def test_every_uncomputed_indicator_and_measure_is_listed_with_its_reason() -> None:
    inputs = report_fake.inputs()
    row = inputs.county.filter((pl.col("measure") == PUPILS) & (pl.col("year") == 2025)).head(1)
    unknown = row.with_columns(
        stage=pl.lit("special"),
        value=pl.lit(None, pl.Float64),
        status=pl.lit("unknown"),
        reason=pl.lit("缺特教报表"),
    )
    inputs = replace(inputs, county=pl.concat([inputs.county, unknown]))
    chapter = next(chapter for chapter in compose(inputs).chapters if chapter.id == "uncomputed")
    rows = {
        row[0].text: row[-1].text
        for block in chapter.blocks
        if isinstance(block, Grid)
        for row in block.table.rows
    }
    for item in inputs.progress:
        assert (item.indicator.name in rows) == (item.status is Status.UNKNOWN)
    assert rows["学生数量"] == "缺特教报表"


def test_quantiles_of_schools_are_linear_between_neighbours() -> None:
    one = distributions.Spread("primary", (), (1.0, 2.0, 4.0, 8.0), None, "全县")
    assert [one.quantile(Fraction(quarter, 4)) for quarter in range(5)] == [1.0, 1.75, 3.0, 5.0, 8.0]


def test_schools_without_a_value_are_counted_and_not_drawn() -> None:
    inputs = report_fake.inputs()
    for measure in SEVEN_RESOURCES:
        for one in distributions.spread(inputs, measure):
            assert len(one.values) + one.unknown == len(one.schools)


def test_the_school_table_has_one_row_per_school_and_stage_and_keeps_codes_apart_from_names() -> None:
    inputs = report_fake.inputs()
    twins = inputs.school_table.with_columns(name=pl.lit("同名小学"))
    found = regional.schools(replace(inputs, school_table=twins), SCHOOL_COLUMNS)
    assert found is not None
    assert len(found.rows) == len(twins)
    assert {row[4].text for row in found.rows} == {"城区", "镇区", "乡村"}


def test_city_town_and_country_stand_beside_the_whole_county() -> None:
    inputs = report_fake.inputs()
    found = regional.compared(
        inputs, inputs.urban_rural, COMPARED, id="t", caption="对照", codes="urban_rural"
    )
    assert found is not None
    assert [column.head for column in found.columns] == ["项目", "单位", "城区", "镇区", "乡村", "全市"]
    junior = next(row for row in found.rows if row[0].text.startswith("初中每百名学生拥有高于"))
    assert junior[4].text == MISSING
    assert junior[4].sort is None


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="格数"):
        tables.table("t", "表", [tables.Column("甲")], [[tables.text("一"), tables.text("二")]])


def test_every_measure_is_defined_in_chinese_with_its_document_and_clause() -> None:
    entries = measure_entries(measures.catalogue())
    assert set(SEVEN_RESOURCES) | {PUPILS} <= set(entries)
    for entry in entries.values():
        assert not any("a" <= letter <= "z" for letter in entry.definition), entry
        assert entry.document.startswith("《")
        assert entry.clause
    assert entries["l4_teaching_area"].definition.startswith(
        "教学及辅助用房面积（不含室内体育用房） ÷ 在校生数"
    )
    varied = {entry.variation_of for entry in entries.values()}
    assert set(SEVEN_RESOURCES) <= varied
