"""Ten thousand random counties, judged by the product and by plain Python with exact fractions."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from plain_rules import PlainCounty, assess_county, root
from polars.testing import assert_frame_equal
from random_counties import random_counties

from jiaoheng import standards
from jiaoheng.census.snapshot import Census
from jiaoheng.standards import Assessed, Verdict
from jiaoheng.standards.verdict import every
from small import snapshot

COUNTIES = 10_000
RULES = ("resources_county", "balance")
STANDARD = "quality_balance_2017"


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> tuple[Census, dict[str, PlainCounty]]:
    tables, counties = random_counties(COUNTIES, seed=20261124)
    census = snapshot(tmp_path_factory.mktemp("nation") / "census", tables)
    return census, {unit: assess_county(*rows) for unit, rows in counties.items()}


@pytest.fixture(scope="module")
def assessed(nation: tuple[Census, dict[str, PlainCounty]]) -> Assessed:
    return standards.assess_many(nation[0], STANDARD, rules=RULES)


Nation = tuple[Census, dict[str, PlainCounty]]


def test_values_and_verdicts_of_schools(nation: Nation, assessed: Assessed) -> None:
    rows = assessed.rows.filter(pl.col("item").str.contains(r"^qb_l\d$"))
    found = rows.select("unit", "item", "school", "stage", "value", "verdict").rows()
    assert len(found) == sum(len(county.items) for county in nation[1].values())
    for unit, item, school, stage, value, verdict in found:
        plain = nation[1][unit]
        exact = plain.values[item, school, stage]
        assert (value is None) == (exact is None), (unit, item, school, stage)
        assert exact is None or math.isclose(value, exact, rel_tol=1e-12), (unit, item, school, stage)
        assert verdict == plain.items[item, school, stage], (unit, item, school, stage, value)
    assert set(Counter(row[-1] for row in found)) == set(Verdict)


def test_the_school_rule(nation: Nation, assessed: Assessed) -> None:
    rows = assessed.rules.filter(pl.col("rule") == "resources_school")
    found = {
        (unit, school, stage): verdict
        for unit, school, stage, verdict in rows.select("unit", "school", "stage", "verdict").iter_rows()
    }
    wanted = {
        (unit, *key): verdict for unit, county in nation[1].items() for key, verdict in county.schools.items()
    }
    assert found == wanted
    assert set(wanted.values()) == {"met", "failed", "unknown", "not_applicable"}


def test_the_coefficients(nation: Nation, assessed: Assessed) -> None:
    rows = assessed.rows.filter(pl.col("item").str.starts_with("qb_cv_l"))
    found = rows.select("unit", "item", "stage", "value", "verdict").rows()
    assert len(found) == COUNTIES * 14
    for unit, item, stage, value, verdict in found:
        plain = nation[1][unit]
        place = (item.replace("cv_", ""), stage)
        square = plain.squares[place]
        assert (value is None) == (square is None), (unit, place)
        assert square is None or math.isclose(value, root(square), rel_tol=1e-9, abs_tol=1e-12), (unit, place)
        assert verdict == plain.coefficients[place], (unit, place, value)
    assert set(Counter(row[-1] for row in found)) == {"met", "failed", "unknown", "not_applicable"}


def test_the_county_rules(nation: Nation, assessed: Assessed) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for rule, name in (("resources_county", "resources"), ("balance", "balance")):
        rows = assessed.rules.filter(pl.col("rule") == rule).select("unit", "verdict").rows()
        assert dict(rows) == {unit: getattr(county, name) for unit, county in nation[1].items()}
        counts.update((rule, verdict) for _, verdict in rows)
    for rule in RULES:
        for verdict in ("met", "failed", "unknown", "not_applicable"):
            assert counts[rule, verdict] > 20, (rule, verdict)


def test_one_county_of_many_has_its_own_verdict(nation: Nation, assessed: Assessed) -> None:
    for unit in list(nation[1])[:40]:
        plain = nation[1][unit]
        wanted = every(Verdict(one) for one in (plain.resources, plain.balance))
        assert assessed.one(unit).verdict == wanted, unit


def test_assessing_one_county_alone_gives_the_same(tmp_path: Path) -> None:
    _, counties = random_counties(8, seed=7)
    tables, _ = random_counties(8, seed=7)
    many = standards.assess_many(snapshot(tmp_path / "all", tables), STANDARD, rules=RULES)
    drop = ("unit", "reason", "school_name")
    for unit, (schools, stages) in counties.items():
        census = snapshot(tmp_path / unit, {"schools": schools, "school_stages": stages})
        alone, among = standards.assess(census, STANDARD), many.one(unit)
        own = alone.rows.filter(pl.col("item").is_in([item.id for item in many.items]))
        rules = alone.rules.filter(pl.col("rule").is_in([rule.id for rule in many.standard.rules]))
        for one, other, keys in (
            (own, among.rows, ["item", "school", "stage"]),
            (rules, among.rules, ["rule", "school", "stage"]),
        ):
            plain = [frame.drop(drop, strict=False).sort(keys) for frame in (one, other)]
            assert_frame_equal(*plain, rel_tol=1e-12, abs_tol=1e-12)
