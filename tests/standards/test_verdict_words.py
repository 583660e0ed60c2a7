"""What people read of a verdict: in the item's own units, and a shortfall never looks like none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jiaoheng import standards
from jiaoheng.census import Census
from jiaoheng.standards import Assessed, words
from small import school, snapshot

CODE = "2144000001"


def row_of(folder: Path, item: str, **columns: Any) -> tuple[Assessed, words.Row]:
    found = standards.assess(census_of(folder, **columns), "quality-balance-2017", engine="polars")
    row = next(
        row
        for row in found.rows.iter_rows(named=True)
        if row["item"] == item and row["stage"] in ("primary", "compulsory")
    )
    return found, row


def census_of(folder: Path, **columns: Any) -> Census:
    on_school = {"teaching_area", "indoor_sports_area", "equipment_value"} & columns.keys()
    own = {name: columns.pop(name) for name in on_school}
    stage = {"school_code": CODE, "stage": "primary", "pupils": 1000, "classes": 25, **columns}
    return snapshot(folder, {"schools": [school(CODE, name="东城小学", **own)], "school_stages": [stage]})


@pytest.mark.parametrize(
    ("backbone", "gap", "value"),
    [
        (7, "缺 3 人", "0.70人"),
        (9, "缺 1 人", "0.90人"),
        (10, "刚好达到", "1.00人"),
        (12, "余 2 人", "1.20人"),
    ],
)
def test_a_gap_is_told_in_what_the_numerator_counts(
    tmp_path: Path, backbone: int, gap: str, value: str
) -> None:
    found, row = row_of(tmp_path, "qb_l2", teachers_backbone=backbone)
    assert words.margin_words(found, row) == gap
    assert words.value_words(found, row) == value
    assert words.threshold_words(found, row) == "≥ 1人"
    assert words.place_words(row) == "东城小学（小学）"


def test_a_tiny_shortfall_is_neither_zero_nor_looks_like_the_threshold(tmp_path: Path) -> None:
    found, row = row_of(tmp_path, "qb_l4", teaching_area=4499.96, indoor_sports_area=0.0)
    assert row["verdict"] == "within"
    assert words.margin_words(found, row) == "缺 0.04 平方米"
    assert words.value_words(found, row) == "4.49996平方米"


def test_large_sums_are_told_in_ten_thousands(tmp_path: Path) -> None:
    found, row = row_of(tmp_path, "qb_l6", equipment_value=1_000_000.0)
    assert words.margin_words(found, row) == "缺 100 万元"


def test_too_many_are_told_as_an_excess(tmp_path: Path) -> None:
    sizes = {f"classes_size_{size}": 0 for size in (25, 30, 35, 40, 45, 55, 60, 65, 66)}
    found, row = row_of(tmp_path, "qb_g05", classes_size_50=4, **sizes)
    assert words.margin_words(found, row).startswith("超出 4 个")


def test_what_is_unknown_says_why_and_has_no_gap(tmp_path: Path) -> None:
    found, row = row_of(tmp_path, "qb_l2")
    assert words.margin_words(found, row) == ""
    assert words.gap_words(found, row) == row["reason"]
    assert words.value_words(found, row) == "—"
    assert found.word(row["verdict"]) == "未知"


def test_the_sentence_names_the_county_the_document_and_the_verdict(tmp_path: Path) -> None:
    found, _ = row_of(tmp_path, "qb_l2", teachers_backbone=7)
    sentence = words.verdict_sentence(found, "某县")
    assert sentence == "某县 2025 年按《县域义务教育优质均衡发展督导评估办法》评估：未达到要求。"
