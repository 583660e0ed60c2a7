"""Following a value back: the tree says what `compute` says, and where every figure stands."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from jiaoheng import measures
from jiaoheng.census.snapshot import Census
from random_county import random_county
from small import area, school, snapshot


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Census:
    return snapshot(tmp_path_factory.mktemp("county") / "census", random_county(7, schools=25, gaps=0.03))


def test_values_of_all_measures_equal_those_computed_for_a_school(county: Census) -> None:
    computed = measures.compute(county, by="school", engine="polars").filter(
        pl.col("denominator").is_not_null()
    )
    # For every measure, one school that has a value.
    rows = computed.filter(pl.col("status") == "known").unique("measure", maintain_order=True).to_dicts()
    assert len(rows) > 100
    for row in rows:
        trace = measures.explain(
            county, row["measure"], school=row["key"], stage=row["stage"], engine="polars"
        )
        assert trace.value == row["value"]
        above, below = trace.find("part")
        factor = measures.catalogue().measures[row["measure"]].factor
        assert (above.value, below.value) == (row["numerator"], row["denominator"])
        assert above.value / below.value * factor == pytest.approx(trace.value, rel=1e-12)


def test_measures_of_the_county_can_be_explained_whatever_their_grain_and_status(county: Census) -> None:
    computed = measures.compute(county, engine="polars").unique("measure", maintain_order=True)
    # One in four: each takes a while, and their kinds alternate.
    sample = computed.gather_every(4)
    assert {"known", "unknown"} <= set(sample["status"])
    for row in sample.to_dicts():
        trace = measures.explain(county, row["measure"], stage=row["stage"], engine="polars")
        # Each adds up in its own order, so the last bit may differ.
        assert trace.value == (None if row["value"] is None else pytest.approx(row["value"], rel=1e-12))
        assert json.loads(json.dumps(trace.to_dict()))["label"] == trace.label
        assert row["reason"] is None or row["reason"] in trace.text()


def small(tmp_path: Path) -> Census:
    return snapshot(
        tmp_path / "census",
        {
            "areas": [area("441284001", "城北")],
            "schools": [
                school("2144000001", school_type="nine_year_school", equipment_value=900000.0),
                school("2144000002", counted=False, main_school_code="2144000001", equipment_value=100000.0),
                school("2144000003", equipment_value=50000.0),
            ],
            "school_stages": [
                {"school_code": "2144000001", "stage": "primary", "pupils": 600},
                {"school_code": "2144000001", "stage": "junior", "pupils": 300},
                {"school_code": "2144000002", "stage": "primary", "pupils": 100},
                {"school_code": "2144000003", "stage": "primary", "pupils": None},
            ],
        },
    )


def test_tree_names_rule_split_campus_and_cells(tmp_path: Path) -> None:
    trace = measures.explain(small(tmp_path), "l6_equipment_value", school="2144000001", stage="小学")
    text = trace.text()
    assert trace.value == pytest.approx(1_000_000 / (700 + 1.1 * 300))
    assert "《县域义务教育优质均衡发展督导评估办法》（教督〔2017〕6号）" in text
    assert "700×1 ÷（初中 300×1.1 ＋ 小学 700×1）" in text
    assert "校数为 0，并入本校：2144000002 = 100,000 元　普查表.xlsx › 学校 › I3" in text
    assert "普查表.xlsx › 学校分学段 › C2" in text
    assert "教基5176「教学仪器设备资产值」" in text


def test_county_tree_names_the_largest_schools_and_those_that_are_missing(tmp_path: Path) -> None:
    text = measures.explain(small(tmp_path), "l6_equipment_value", stage="primary").text()
    assert "第01学校（2144000001）" in text
    assert "1 所缺数据，未计入　第03学校" in text


def test_counts_from_registers_name_rows_and_never_a_person(tmp_path: Path) -> None:
    tables = {
        "areas": [area("441284001", "城北")],
        "schools": [school("2144000001")],
        "school_stages": [{"school_code": "2144000001", "stage": "primary", "pupils": 100}],
        "teachers": [
            {"teacher_id": f"secret{number}", "school_code": "2144000001", "stage": "primary",
             "kind": "teacher", "qualification": "bachelor"}
            for number in range(12)
        ],
    }  # fmt: skip
    census = snapshot(tmp_path / "census", tables)
    trace = measures.explain(census, "l1_teachers_above_qualification", school="第01学校", stage="小学")
    assert trace.value == 12
    assert "12 行，普查表.xlsx › 教职工 第 2–13 行" in trace.text()
    assert "secret" not in json.dumps(trace.to_dict())


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"school": "没有的学校"}, "没有学校“没有的学校”"),
        ({"area": "没有的镇"}, "没有镇街“没有的镇”"),
        ({"school": "2144000003", "stage": "高中"}, "没有学段“高中”"),
        ({"school": "2144000003", "area": "441284001"}, "只能指定一个"),
    ],
)
def test_place_that_is_not_there_is_refused(tmp_path: Path, place: dict[str, str], message: str) -> None:
    with pytest.raises(measures.ExplainError, match=message):
        measures.explain(small(tmp_path), "l6_equipment_value", **place)
