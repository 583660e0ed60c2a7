"""The map by township: classes, colours, and what is not known."""

from __future__ import annotations

import polars as pl
import pytest
import report_fake
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.reports import township_map
from jiaoheng.reports.charts import INK, PAPER, UNKNOWN_FILL
from jiaoheng.reports.selection import CLASS_SIZE, PUPILS
from jiaoheng.reports.township_map import breaks, geojson

NUMBERS = st.lists(st.floats(0, 1e5, allow_nan=False), min_size=1, max_size=40)


@given(NUMBERS, st.integers(0, 3))
def test_class_bounds_rise_and_lie_within_the_values(values: list[float], digits: int) -> None:
    bounds = breaks(values, digits)
    assert bounds == sorted(set(bounds))
    assert len(bounds) <= 4
    assert all(min(values) < bound <= max(values) for bound in bounds)


def test_every_class_of_a_plain_spread_holds_as_many_townships() -> None:
    values = [float(value) for value in range(1, 11)]
    bounds = breaks(values, 1)
    sizes = [sum(sum(value >= bound for bound in bounds) == place for value in values) for place in range(5)]
    assert sizes == [2, 2, 2, 2, 2]


def test_a_township_without_data_is_hatched_counted_and_says_why() -> None:
    inputs = report_fake.inputs()
    (layer,) = township_map.layers(inputs, [(CLASS_SIZE, "junior")], [])
    (chart,) = township_map.charts_of(inputs, [layer])
    items = {item["name"]: item for item in chart.option["series"][0]["data"]}
    unknown = items["罗源镇"]
    assert unknown["value"] is None
    assert unknown["itemStyle"]["areaColor"] == UNKNOWN_FILL
    assert "decal" in unknown["itemStyle"]
    assert unknown["tip"] == ["罗源镇", "—（无数据）", "缺少所需数据"]
    assert chart.legend[-1].label == "无数据（1个镇街）"
    assert chart.legend[-1].hatched


def test_where_every_township_has_data_no_key_speaks_of_missing_data() -> None:
    inputs = report_fake.inputs()
    (layer,) = township_map.layers(inputs, [(CLASS_SIZE, "primary")], [])
    (chart,) = township_map.charts_of(inputs, [layer])
    assert not any(key.hatched for key in chart.legend)
    assert "无数据" not in chart.alt


@pytest.mark.parametrize(
    ("fill", "colour"), [("#e3edf6", INK), ("#7fadd3", INK), ("#437fb3", PAPER), ("#1b4f80", PAPER)]
)
def test_a_label_stands_out_from_its_fill(fill: str, colour: str) -> None:
    assert township_map.label_colour(fill) == colour


def test_a_change_is_measured_from_the_earliest_year() -> None:
    inputs = report_fake.inputs()
    (layer,) = township_map.layers(inputs, [], [(PUPILS, "primary")])
    rows = inputs.areas.filter((pl.col("measure") == PUPILS) & (pl.col("stage") == "primary"))
    first, now = (
        dict(rows.filter(pl.col("year") == year).select("key", "value").iter_rows()) for year in (2016, 2025)
    )
    assert layer.title.endswith("较2016年变化")
    for value in layer.values:
        assert value.value == pytest.approx((now[value.code] / first[value.code] - 1) * 100)


def test_without_boundaries_there_is_no_map_and_no_empty_chart() -> None:
    inputs = report_fake.inputs()
    bare = report_fake.inputs(
        area_table=inputs.area_table.with_columns(boundary=pl.lit(None, dtype=pl.String))
    )
    found = township_map.layers(bare, [(CLASS_SIZE, "primary")], [])
    assert found
    assert township_map.charts_of(bare, found) == []


def test_boundaries_keep_their_shape_and_name() -> None:
    square = "POLYGON ((112 23, 112.1 23, 112.1 23.1, 112 23.1, 112 23))"
    table = pl.DataFrame({"area_code": ["1", "2"], "name": ["甲镇", "乙镇"], "boundary": [square, None]})
    (feature,) = geojson(table)["features"]
    assert feature["properties"] == {"name": "甲镇", "code": "1"}
    assert shapely.from_wkt(square).equals(shapely.geometry.shape(feature["geometry"]))
