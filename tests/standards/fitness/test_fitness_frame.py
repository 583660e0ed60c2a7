"""A frame of pupils comes to what each pupil comes to alone, on every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from plain_fitness import TENTHS, columns, points

from jiaoheng import engine as engines
from jiaoheng.standards.fitness import fitness, score_frame, score_pupil
from jiaoheng.terms import Grade, Sex

RULES = fitness()
MEASURED = [*(each.id for each in RULES.inputs), *RULES.items]
BOUNDS = {each.id: (each.least, each.most) for each in (*RULES.inputs, *RULES.rules.items)}


def near_cuts(item: str) -> list[float]:
    """Values at every cut of an item and on both sides of it."""
    scales = [scale for key, scale in (*RULES.scales.items(), *RULES.bonuses.items()) if key[0] == item]
    unit = 10 ** RULES.items[item].decimals
    cuts = {cut for scale in scales for cut in scale.cuts}
    return sorted({(cut + step) / unit for cut in cuts for step in (-1, 0, 1)})


def measured(name: str) -> st.SearchStrategy[float | None]:
    low, high = BOUNDS[name]
    anywhere = st.integers(int(low * 1000), int(high * 1000)).map(lambda value: value / 1000)
    tenths = st.integers(int(low * 10), int(high * 10)).map(lambda value: value / 10)
    odd = st.sampled_from(
        [None, float("nan"), float("inf"), -1.0, 0.0, low, high, low - 0.1, high + 0.1, 1e12]
    )
    usual = [tenths, anywhere, *([st.sampled_from(near_cuts(name))] * 4 if name in RULES.items else [])]
    return st.one_of(*usual, *usual, odd)


GRADES = [grade.value for grade in Grade if grade.code]
PUPIL = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["male", "female"] * 6 + ["x"]) | st.none(),
        "grade": st.sampled_from([*GRADES * 3, "k3"]),
        "exempt": st.sampled_from([False] * 19 + [True]),
        **{name: measured(name) for name in MEASURED},
    }
)


def scored(rows: Sequence[Mapping[str, Any]], engine: engines.Engine) -> list[dict[str, Any]]:
    schema = {
        "sex": pl.String,
        "grade": pl.String,
        "exempt": pl.Boolean,
        **dict.fromkeys(MEASURED, pl.Float64),
    }
    frame = pl.DataFrame(rows, schema={"row": pl.Int64, **schema})
    found = score_frame(engine.from_arrow(frame.to_arrow()), engine, words=True)
    return found.collect("polars").to_native().sort("row").to_dicts()


def same(row: Mapping[str, Any], rules: Mapping[str, Any]) -> None:
    """The row of the frame says what the pupil's own score says."""
    values = {name: rules[name] for name in MEASURED}
    alone = score_pupil(rules["sex"] or "", rules["grade"], values, exempt=rules["exempt"])
    said = (row["standard"], row["bonus"], row["total"], row["level"] or "", row["reason"])
    assert said == (alone.standard, alone.bonus, alone.total, alone.level, alone.reason)
    if rules["exempt"]:
        return
    mine = {each.item: each for each in alone.items}
    for item in RULES.items:
        cells = [row[f"{item}_{what}"] for what in ("points", "bonus", "level")]
        one = mine.get(item)
        known = one is not None and one.points is not None
        assert cells == ([one.points, one.bonus, one.level] if one and known else [None] * 3), item
    if "bmi" in mine:
        assert row["bmi"] == mine["bmi"].value


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PUPIL, min_size=1, max_size=60))
def test_any_pupils_on_polars(pupils: list[dict[str, Any]]) -> None:
    with engines.open("polars") as engine:
        rows = [{"row": number, **pupil} for number, pupil in enumerate(pupils)]
        for row in scored(rows, engine):
            same(row, rows[row["row"]])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PUPIL, min_size=1, max_size=60))
def test_any_pupils_on_duckdb(pupils: list[dict[str, Any]]) -> None:
    with engines.open("duckdb") as engine:
        rows = [{"row": number, **pupil} for number, pupil in enumerate(pupils)]
        for row in scored(rows, engine):
            same(row, rows[row["row"]])


def every_edge() -> list[dict[str, Any]]:
    """For every sex and grade, every cut of every item and both sides of it: one pupil for each."""
    rows = []
    for sex in Sex:
        for grade in (each for each in Grade if each.value in GRADES):
            for item in RULES.weights[sex, grade]:
                rows += [{"sex": sex.value, "grade": grade.value, item: value} for value in near_cuts(item)]
    return [{"row": number, "exempt": False, **row} for number, row in enumerate(rows)]


def test_every_edge_of_every_scale_on_every_engine(engine: engines.Engine) -> None:
    rows = every_edge()
    assert len(rows) > 15_000
    found = scored(rows, engine)
    assert len(found) == len(rows)
    for row in found:
        mine = {name: rows[row["row"]].get(name) for name in ("sex", "grade", "exempt", *MEASURED)}
        same(row, mine)


def test_every_threshold_of_the_reference_in_a_frame(engine: engines.Engine) -> None:
    rows: list[dict[str, Any]] = []
    wanted = []
    for item, sex, grade in columns():
        step = Decimal("0.1") if item in TENTHS else Decimal(1)
        low, high = BOUNDS[item]
        for number in range(
            int(Decimal(low) / step), int(Decimal(high) / step), 7 if item == "vital_capacity" else 1
        ):
            value = number * step
            wanted.append((item, points(item, sex, grade, value)))
            rows.append(
                {"row": len(rows), "sex": sex, "grade": f"g{grade}", "exempt": False, item: float(value)}
            )
    assert len(rows) > 50_000
    for row in scored(rows, engine):
        item, right = wanted[row["row"]]
        assert row[f"{item}_points"] == right, rows[row["row"]]


def test_what_the_frame_lacks_is_unknown_and_what_it_has_is_kept(engine: engines.Engine) -> None:
    frame = pl.DataFrame(
        {"row": [7], "school": ["A"], "sex": ["male"], "grade": ["g1"], "sprint_50m": [10.2]}
    )
    found = score_frame(engine.from_arrow(frame.to_arrow()), engine).collect("polars").to_native()
    row = found.to_dicts()[0]
    assert (row["row"], row["school"], row["sprint_50m_points"]) == (7, "A", 100)
    assert (row["standard"], row["total"], row["level"], row["vital_capacity_points"]) == (None,) * 4


def test_a_slot_is_a_join_and_there_are_seven() -> None:
    from jiaoheng.standards.fitness.lookup import lookup

    tables = lookup(RULES)
    assert sorted(grid.item for slot in tables.slots for grid in slot.grids) == sorted(RULES.items)
    assert len(tables.slots) == 7
    for slot in tables.slots:
        keys = slot.table["key"].to_pylist()
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("rounded", [None, 0, 1])
def test_a_county_that_rounds_totals_has_rounded_totals(rounded: int | None) -> None:
    from dataclasses import replace

    total = RULES.rules.total.model_copy(update={"rounded": rounded})
    rules = replace(RULES, rules=RULES.rules.model_copy(update={"total": total}))
    values = {
        "bmi": 16.0,
        "vital_capacity": 1600.0,
        "sprint_50m": 10.4,
        "sit_and_reach": 12.0,
        "rope_skipping": 93.0,
    }
    alone = score_pupil("male", "g1", values, rules=rules)
    with engines.open("polars") as engine:
        frame = pl.DataFrame([{"sex": "male", "grade": "g1", **values}])
        row = (
            score_frame(engine.from_arrow(frame.to_arrow()), engine, rules=rules)
            .collect("polars")
            .to_native()
        )
    assert row["total"][0] == alone.total == {None: 89.75, 0: 90, 1: 89.8}[rounded]
    assert row["level"][0] == alone.level == {None: "良好", 0: "优秀", 1: "良好"}[rounded]
