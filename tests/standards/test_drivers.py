"""Coefficients taken apart by school: the shares add up, and what is said to follow does follow."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest

from jiaoheng import measures, standards
from jiaoheng.census import Census
from jiaoheng.standards import Assessed, what_if
from random_county import random_county
from small import school, snapshot

STANDARD = "quality-balance-2017"


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Census:
    return snapshot(tmp_path_factory.mktemp("drivers") / "census", random_county(5, schools=60, gaps=0.02))


@pytest.fixture(scope="module")
def found(census: Census) -> Assessed:
    return standards.assess(census, STANDARD, engine="polars")


@pytest.fixture(scope="module")
def drivers(census: Census, found: Assessed) -> pl.DataFrame:
    return standards.drivers(census, found, engine="polars")


def coefficients(found: Assessed) -> dict[tuple[str, str], float]:
    rows = found.rows.filter(pl.col("item").str.starts_with("qb_cv_") & pl.col("value").is_not_null())
    return {(row["item"], row["stage"]): row["value"] for row in rows.iter_rows(named=True)}


def test_every_known_coefficient_is_taken_apart(found: Assessed, drivers: pl.DataFrame) -> None:
    assert set(coefficients(found)) == set(drivers.select("item", "stage").unique().iter_rows())
    assert len(coefficients(found)) == 14


def test_shares_add_up_to_one_and_the_parts_to_the_coefficient(
    found: Assessed, drivers: pl.DataFrame
) -> None:
    for (item, stage), value in coefficients(found).items():
        own = drivers.filter(item=item, stage=stage)
        assert math.fsum(own["share"]) == pytest.approx(1, abs=1e-9)
        assert math.fsum(own["weight"]) == pytest.approx(1, abs=1e-9)
        variance = math.fsum(
            weight * (each - mean) ** 2
            for weight, each, mean in own.select("weight", "value", "mean").iter_rows()
        )
        assert math.sqrt(variance) / own["mean"][0] == pytest.approx(value, rel=1e-9)


def test_the_largest_share_stands_first(drivers: pl.DataFrame) -> None:
    for _, own in drivers.group_by("item", "stage"):
        assert own["share"].is_sorted(descending=True)


def test_the_coefficient_without_a_school_is_that_of_the_others(
    census: Census, drivers: pl.DataFrame
) -> None:
    row = drivers.filter(item="qb_cv_l6", stage="primary").row(0, named=True)
    by_school = measures.compute(census, ["l6_equipment_value"], by="school", engine="polars")
    others = by_school.filter(
        (pl.col("stage") == "primary") & (pl.col("key") != row["school"]) & pl.col("value").is_not_null()
    )
    plain = measures.coefficient_of_variation(others["numerator"].to_list(), others["denominator"].to_list())
    assert row["without"] == pytest.approx(plain, rel=1e-12)


def test_a_school_brought_to_the_mean_gives_the_coefficient_that_was_said(tmp_path: Path) -> None:
    """The supposition is made in the census itself, and the whole assessment done again."""
    counts = {"2144000001": 2, "2144000002": 6, "2144000003": 10}
    stages = [
        {"school_code": code, "stage": "primary", "pupils": 500, "teachers_backbone": count}
        for code, count in counts.items()
    ]
    tables = {"schools": [school(code) for code in counts], "school_stages": stages}
    county = snapshot(tmp_path, tables)
    before = standards.assess(county, STANDARD, engine="polars")
    row = standards.drivers(county, before, engine="polars").filter(item="qb_cv_l2", school="2144000001")
    change = what_if.Adjust(school="2144000001", set={"teachers_backbone": 6})
    after = standards.assess(what_if.changed(county, [change]), STANDARD, engine="polars")
    assert row["levelled"][0] == pytest.approx(coefficients(after)["qb_cv_l2", "primary"], rel=1e-12)
    assert row["direction"][0] == "below"


def test_what_is_not_known_has_no_drivers(tmp_path: Path) -> None:
    stages = [{"school_code": "2144000001", "stage": "primary", "pupils": 500}]
    county = snapshot(tmp_path, {"schools": [school("2144000001")], "school_stages": stages})
    found = standards.assess(county, STANDARD, engine="polars")
    assert standards.drivers(county, found, engine="polars").height == 0
