"""优质均衡: the values and verdicts of a school, special rooms, the bound of 85 %, and the retention."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from contract import contract

from jiaoheng import measures, standards
from jiaoheng.standards import Verdict
from small import school, snapshot

W8 = contract("w08_quality_balance")
ONE = "2144000001"
STANDARD = "quality_balance_2017"


def test_w8_values_and_verdicts_of_a_school(tmp_path: Path) -> None:
    case = W8["school"]
    tables = {
        "schools": [school(ONE, **case["building"])],
        "school_stages": [{"school_code": ONE, **case["stage"]}],
    }
    assessed = standards.assess(snapshot(tmp_path, tables), STANDARD)
    rows = assessed.rows.filter((pl.col("school") == ONE) & pl.col("item").is_in(list(case["values"])))
    values = dict(rows.select("item", "value").iter_rows())
    assert values == pytest.approx(case["values"], abs=5e-3)
    verdicts = dict(rows.select("item", "verdict").iter_rows())
    assert [item for item, verdict in verdicts.items() if verdict == Verdict.FAILED] == case["failed"]
    assert list(verdicts.values()).count(Verdict.MET) == case["met"]
    rules = dict(assessed.rules.select("rule", "verdict").iter_rows())
    assert rules["resources_school"] == rules["resources_county"] == Verdict.FAILED
    # One school has nothing to differ from: no coefficient, rather than one of 0.
    spread = assessed.rows.filter(pl.col("item").str.starts_with("qb_cv"))
    assert spread["value"].null_count() == len(spread) > 0
    assert set(spread["verdict"]) == {Verdict.NOT_APPLICABLE}


def test_w8_special_rooms_by_twelve_classes_rounded_up(tmp_path: Path) -> None:
    case = W8["special_rooms"]

    def share(rooms: int) -> float:
        tables = {
            "schools": [school(ONE, music_rooms_96=rooms)],
            "school_stages": [
                {"school_code": ONE, "stage": "primary", "pupils": 1000, "classes": case["classes"]}
            ],
        }
        census = snapshot(tmp_path / str(rooms), tables)
        value: float = measures.compute(census, "schools_with_enough_music_rooms")["value"].item()
        return value

    assert share(case["at_least_96"]) == 0
    assert share(case["required"] - 1) == 0
    assert share(case["required"]) == 100


@pytest.mark.parametrize(
    ("name", "item", "rule"), [("within", "within", "met"), ("below", "failed", "failed")]
)
def test_w8_six_met_and_the_seventh_at_the_bound_of_85_percent(
    tmp_path: Path, name: str, item: str, rule: str
) -> None:
    case = W8["share_boundary"]
    pupils: int = case["pupils"]
    stage: dict[str, Any] = dict.fromkeys(W8["school"]["stage"], 0) | {
        "school_code": ONE,
        "stage": "primary",
        "pupils": pupils,
        "teachers_bachelor": 60,
        "teachers_backbone": 20,
        "teachers_music": 20,
    }
    building = {
        "teaching_area": 9000,
        "indoor_sports_area": 0,
        "sports_ground_area": round(case[name] * pupils, 2),
        "equipment_value": 5_000_000,
        "multimedia_rooms": 50,
    }
    tables = {"schools": [school(ONE, **building)], "school_stages": [stage]}
    assessed = standards.assess(snapshot(tmp_path, tables), STANDARD)
    (row,) = assessed.rows.filter((pl.col("school") == ONE) & (pl.col("item") == "qb_l5")).to_dicts()
    assert (row["verdict"], row["threshold"]) == (item, case["threshold"])
    ruled = assessed.rules.filter(pl.col("rule") == "resources_school")
    assert ruled.select("met", "verdict").row(0) == (6, rule)


def test_w8_retention_over_three_years(tmp_path: Path) -> None:
    case = dict(W8["retention"])
    percent = case.pop("percent")
    tables = {
        "schools": [school(ONE, school_type="junior_school")],
        "school_stages": [{"school_code": ONE, "stage": "junior", "pupils": 1500, **case}],
    }
    value = measures.compute(snapshot(tmp_path, tables), "junior_retention")["value"].item()
    assert value == pytest.approx(percent, abs=5e-3)
