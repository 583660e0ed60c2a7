"""Every standard on every engine: the same verdicts, and the same values to the ninth digit."""

from __future__ import annotations

from pathlib import Path

import pytest
from every_pack import every_catalogue
from polars.testing import assert_frame_equal
from random_counties import random_counties

from engines import SPARK
from jiaoheng import engine as engines
from jiaoheng import standards
from jiaoheng.census.snapshot import Census
from jiaoheng.measures.rules import in_force
from jiaoheng.standards import Assessed
from random_county import random_county
from small import snapshot

CATALOGUE = every_catalogue()
STANDARDS = list(in_force(CATALOGUE, 2025).standards)


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Census:
    """A county with campuses, through schools, registers, surveys and gaps."""
    return snapshot(tmp_path_factory.mktemp("county") / "census", random_county(5, schools=60, gaps=0.02))


def agree(one: Assessed, other: Assessed) -> None:
    assert (one.verdict, one.tier) == (other.verdict, other.tier)
    for name, keys in (("rows", ["item", "school", "stage"]), ("rules", ["rule", "school", "stage"])):
        frames = [getattr(each, name).sort("unit", *keys) for each in (one, other)]
        assert_frame_equal(*frames, rel_tol=1e-9, abs_tol=1e-9)
        verdicts = [frame.select("unit", *keys, "verdict") for frame in frames]
        assert verdicts[0].equals(verdicts[1])


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=SPARK)])
def other_engine(request: pytest.FixtureRequest) -> str:
    """The engines that are held against Polars."""
    if request.param == "spark" and (reason := engines.spark_available()):
        pytest.skip(reason)
    return str(request.param)


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_engine_gives_the_same_verdicts(standard: str, census: Census, other_engine: str) -> None:
    found, plain = (
        standards.assess(census, standard, catalogue=CATALOGUE, engine=name)
        for name in (other_engine, "polars")
    )
    assert len(plain.rows) > 0
    agree(found, plain)


def test_every_engine_judges_many_counties_alike(tmp_path: Path, other_engine: str) -> None:
    many = snapshot(tmp_path, random_counties(300, seed=11)[0])
    found, plain = (
        standards.assess_many(many, "quality_balance_2017", engine=name) for name in (other_engine, "polars")
    )
    assert plain.rows["unit"].n_unique() == 300
    assert set(plain.rules["verdict"]) == {"met", "failed", "unknown", "not_applicable"}
    for name, keys in (("rows", ["item", "school", "stage"]), ("rules", ["rule", "school", "stage"])):
        frames = [getattr(each, name).sort("unit", *keys) for each in (found, plain)]
        assert_frame_equal(*frames, rel_tol=1e-9, abs_tol=1e-9)
