"""Every measure of every pack against plain Python, and the engines against one another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest
from plain import Plain
from polars.testing import assert_frame_equal

from jiaoheng import engine as engines
from jiaoheng import measures
from jiaoheng.census.snapshot import Census
from jiaoheng.measures.gather import Work, slices
from jiaoheng.measures.rules import in_force
from jiaoheng.measures.sums import school_rows
from random_county import random_county
from small import REGION, snapshot

SEEDS = (1, 2, 3)

Tables = Mapping[str, Any]

Counties = dict[int, tuple[Census, Plain]]


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Counties:
    catalogue = in_force(measures.catalogue(), 2025)
    found = {}
    for seed in SEEDS:
        # The third county hands in whole forms, so that measures which need every school have values too.
        tables = random_county(seed, gaps=0.0 if seed == 3 else 0.08)
        folder = tmp_path_factory.mktemp(f"county{seed}") / "census"
        found[seed] = snapshot(folder, tables), Plain(tables, REGION, catalogue)
    return found


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("by", measures.GROUPINGS)
def test_every_measure_equals_the_plain_reckoning(counties: Counties, by: str, seed: int) -> None:
    census, plain = counties[seed]
    found = measures.compute(census, by=by, engine="polars")
    parts = {
        (measure.id, part.label): (measure, part.stages)
        for measure in plain.catalogue.measures.values()
        for part in slices(measure)
    }
    assert {(row["measure"], row["stage"]) for row in found.iter_rows(named=True)} == parts.keys()
    compared = 0
    for row in found.iter_rows(named=True):
        if row["status"] == "not_applicable" and not row["total"] and row["reason"].endswith("计算"):
            continue  # cannot be grouped in this way: see test_measure_values
        measure, stages = parts[row["measure"], row["stage"]]
        wanted = plain.result(measure, by, row["key"], stages)
        place = (row["measure"], row["key"], row["stage"])
        assert (row["status"], row["known"]) == (wanted.status, wanted.known), place
        assert row["total"] == wanted.total, place
        if wanted.value is None:
            assert row["value"] is None, place
        else:
            assert math.isclose(row["value"], wanted.value, rel_tol=1e-9, abs_tol=1e-12), place
            compared += 1
        assert (row["reason"] is None) == (row["status"] == "known"), place
    assert compared > (100 if by == "county" else 300)


def test_every_engine_makes_the_same_base_frame_and_county(counties: Counties, engine_name: str) -> None:
    census, plain = counties[1]
    numbers = Work.of(plain.catalogue, plain.catalogue.measures.values()).at("school")
    frames = []
    for name in (engine_name, "polars"):
        with engines.open(name) as engine:
            frames.append(
                school_rows(census, engine, numbers, plain.catalogue).base.sort("school_code", "stage")
            )
    assert frames[0].columns == frames[1].columns
    assert frames[0].height == len(plain.base)
    assert_frame_equal(*frames, check_dtypes=False, rel_tol=1e-12, abs_tol=1e-12)
    one, other = (measures.compute(census, engine=name) for name in (engine_name, "polars"))
    assert_frame_equal(one, other, rel_tol=1e-12, abs_tol=1e-12)


@pytest.mark.parametrize("by", measures.GROUPINGS)
def test_wide_table_holds_the_values_of_the_long_one(counties: Counties, by: str) -> None:
    census, _ = counties[1]
    long = measures.compute(census, by=by, engine="polars").filter(pl.col("value").is_not_null())
    wide = measures.tables(census, by=[by, "ownership"], engine="polars")[by]
    turned = wide.unpivot(index=["key", "stage"], variable_name="measure")
    turned = turned.filter(pl.col("value").is_not_null())
    keys = ["measure", "key", "stage"]
    both = long.join(turned, on=keys, how="full", nulls_equal=True, suffix="_wide")
    assert len(both) == len(long) == len(turned)
    apart = (pl.col("value") - pl.col("value_wide")).abs() > 1e-9 * pl.col("value").abs()
    assert both.filter(apart).is_empty()
    assert not wide.select("key", "stage").is_duplicated().any()
    assert_frame_equal(wide, measures.table(census, by=by, engine="polars"), check_row_order=False)
