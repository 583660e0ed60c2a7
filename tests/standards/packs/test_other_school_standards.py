"""Basic balance, the province's land norm, and the optional conditions of Chongqing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from balanced_county import JUNIOR, OTHER_JUNIOR, OTHER_PRIMARY, PRIMARY, county, row, rule

from jiaoheng import measures, packs, standards
from jiaoheng.standards import Verdict

SCHOOLS = {PRIMARY: "primary", OTHER_PRIMARY: "primary", JUNIOR: "junior", OTHER_JUNIOR: "junior"}
BASIC: dict[tuple[str, ...], Any] = {
    (code, column): amount
    for code in SCHOOLS
    for column, amount in {"pupil_computers": 100, "books": 30_000, "land_area": 25_000.0}.items()
} | {
    (code, stage, column): number
    for code, stage in SCHOOLS.items()
    for column, number in {
        "teachers_title_full_senior": 1,
        "teachers_title_associate_senior": 10,
        "teachers_title_middle": 30,
    }.items()
}


def test_basic_balance_takes_the_mean_of_eight_coefficients_and_not_each(tmp_path: Path) -> None:
    uneven = BASIC | {(PRIMARY, "books"): 3_000_000, (PRIMARY, "equipment_value"): 300_000_000.0}
    assessed = standards.assess(county(tmp_path, uneven), "basic-balance-2012", engine="polars")
    primary, junior = (row(assessed, "bb_composite", stage=stage) for stage in ("primary", "junior"))
    # Of two schools with as many pupils, one with a hundred times the other's: |99| / 101.
    assert primary["value"] == pytest.approx(2 * (99 / 101) / 8)
    assert (primary["threshold"], primary["verdict"]) == (0.65, "met")
    assert (junior["threshold"], junior["verdict"]) == (0.55, "met")
    assert assessed.verdict == Verdict.MET


def test_a_coefficient_that_is_not_known_leaves_basic_balance_unknown(tmp_path: Path) -> None:
    blank = BASIC | {(code, "pupil_computers"): None for code in (PRIMARY, OTHER_PRIMARY)}
    assessed = standards.assess(county(tmp_path, blank), "basic-balance-2012", engine="polars")
    assert row(assessed, "bb_composite", stage="primary")["verdict"] == "unknown"
    assert assessed.verdict == Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("stage", "code", "place", "land", "verdict"),
    [
        ("primary", PRIMARY, "111", 9400.0, "met"),
        ("primary", PRIMARY, "111", 9399.0, "failed"),
        ("primary", PRIMARY, "220", 9400.0, "failed"),
        ("primary", PRIMARY, "121", 18000.0, "met"),
        ("junior", JUNIOR, "112", 10100.0, "met"),
        ("junior", JUNIOR, "121", 22999.0, "failed"),
    ],
)
def test_land_is_asked_for_by_stage_and_less_in_the_city(
    tmp_path: Path, stage: str, code: str, place: str, land: float, verdict: str
) -> None:
    cells = BASIC | {(code, "urban_rural_code"): place, (code, "land_area"): land}
    assessed = standards.assess(county(tmp_path, cells), "guangdong-standard-school-2013", engine="polars")
    assert row(assessed, "gd_land", code, stage)["verdict"] == verdict
    assert rule(assessed, "land_county")["verdict"] == verdict


def test_items_for_which_the_rule_is_not_known_decide_nothing(tmp_path: Path) -> None:
    poor = BASIC | {(PRIMARY, "equipment_value"): 1000.0}
    assessed = standards.assess(county(tmp_path, poor), "guangdong-standard-school-2013", engine="polars")
    assert row(assessed, "gd_equipment", PRIMARY)["verdict"] == "failed"
    assert assessed.verdict == Verdict.MET
    demanded = {demand.item.id for demand in packs.demands(measures.catalogue())}
    assert not {"gd_equipment", "gd_books", "qb_sample", "qb_parents"} & demanded


def test_chongqing_asks_for_more_than_basic_balance_where_its_pack_is_added(tmp_path: Path) -> None:
    own = tmp_path / "packs"
    own.mkdir()
    (path,) = (one for one in packs.optional_paths() if "chongqing" in one.name)
    shutil.copy(path, own)
    monitored: dict[tuple[str, ...], Any] = {
        (code, stage, column): number
        for code, stage in SCHOOLS.items()
        for column, number in {"monitored": 100, "monitored_level_3": 85}.items()
    }
    monitored[JUNIOR, "junior", "monitored_level_3"] = 84
    assessed = standards.assess(
        county(tmp_path, BASIC | monitored),
        "chongqing-quality-balance-2024",
        catalogue=measures.catalogue(own),
        engine="polars",
    )
    verdicts = dict(
        assessed.rows.select(pl.col("item") + " " + pl.col("stage").fill_null(""), "verdict").iter_rows()
    )
    assert verdicts["cq_basic primary"] == verdicts["cq_level primary"] == "met"
    assert verdicts["cq_level junior"] == "failed"
    assert assessed.verdict == Verdict.FAILED
