"""Many expressions at once: what `derive` and `aggregate` take, give and refuse."""

from __future__ import annotations

import time
import warnings

import narwhals as nw
import pyarrow as pa
import pytest

from jiaoheng import engine as engines
from jiaoheng.engine import EngineError
from jiaoheng.packs.expression import ExpressionError, Schema, parse
from jiaoheng.packs.expression.parser import MAX_DEPTH

TABLE = pa.table({"k": ["x", "y", "x"], "a": [1, 2, 3], "s": ["甲", "乙", None]})
SCHEMA: Schema = {"a": "number", "s": "text"}


def test_derive_keeps_the_columns_and_adds_the_new(engine: engines.Engine) -> None:
    frame = engines.derive(engine.from_arrow(TABLE), {"b": parse("a * 2"), "c": parse("s = '甲'")}, SCHEMA)
    found = frame.collect("pyarrow").to_native()
    assert found.column_names == ["k", "a", "s", "b", "c"]
    assert found.sort_by("a")["b"].to_pylist() == [2.0, 4.0, 6.0]


def test_derive_replaces_a_column_of_the_same_name(engine: engines.Engine) -> None:
    frame = engines.derive(engine.from_arrow(TABLE), {"a": parse("a + 1"), "b": parse("a * 10")}, SCHEMA)
    found = frame.collect("pyarrow").to_native().sort_by("a")
    assert found["a"].to_pylist() == [2.0, 3.0, 4.0]
    assert found["b"].to_pylist() == [10.0, 20.0, 30.0]


def test_derive_refuses_aggregates() -> None:
    with engines.open() as engine, pytest.raises(ExpressionError, match="这里要逐行计算，不能用汇总函数"):
        engines.derive(engine.from_arrow(TABLE), {"b": parse("sum(a)")}, SCHEMA)


def test_aggregate_gives_keys_and_results_only(engine: engines.Engine) -> None:
    frame = engines.aggregate(engine.from_arrow(TABLE), ["k"], {"n": parse("sum(a)")}, SCHEMA)
    found = frame.collect("pyarrow").to_native().sort_by("k")
    assert found.to_pylist() == [{"k": "x", "n": 4.0}, {"k": "y", "n": 2.0}]


def test_aggregate_groups_by_several_keys_and_may_read_a_key(engine: engines.Engine) -> None:
    schema: Schema = {**SCHEMA, "k": "text"}
    named = {"n": parse("count(s = '甲' and k = 'x')")}
    found = (
        engines.aggregate(engine.from_arrow(TABLE), ["k", "s"], named, schema).collect("pyarrow").to_native()
    )
    rows = {(row["k"], row["s"]): row["n"] for row in found.to_pylist()}
    assert rows == {("x", "甲"): 1.0, ("y", "乙"): 0.0, ("x", None): None}


def test_aggregate_refuses_bare_columns() -> None:
    with engines.open() as engine, pytest.raises(ExpressionError, match="这里要按组汇总，不能逐行计算"):
        engines.aggregate(engine.from_arrow(TABLE), ["k"], {"n": parse("a + 1")}, SCHEMA)


def test_aggregate_refuses_a_result_named_like_a_key() -> None:
    with engines.open() as engine, pytest.raises(EngineError, match="结果“k”与分组的列同名"):
        engines.aggregate(engine.from_arrow(TABLE), ["k"], {"k": parse("sum(a)")}, SCHEMA)


def test_an_unknown_column_is_refused_before_anything_runs() -> None:
    with engines.open() as engine, pytest.raises(ExpressionError, match="没有名为“在校生”的列"):
        engines.derive(engine.from_arrow(TABLE), {"b": parse("在校生 + 1")}, SCHEMA)


@pytest.mark.parametrize("engine_name", ["duckdb", "polars"])
def test_a_text_that_is_also_a_column_name_is_taken_as_text_in_silence(engine_name: str) -> None:
    table = pa.table({"k": ["x"], "s": ["k"], "a": [1]})
    with warnings.catch_warnings(record=True) as caught, engines.open(engine_name) as engine:
        found = engines.derive(engine.from_arrow(table), {"b": parse("s = 'k'")}, SCHEMA).collect("pyarrow")
    assert found.to_native()["b"].to_pylist() == [True]
    assert not caught


# Leaving room for the functions that the test puts around.
LEVELS = MAX_DEPTH - 5
DEEP = {
    "sum": " + ".join(["a"] * LEVELS),
    "quotient": " / ".join(["a"] * LEVELS),
    "right": "a / (" * (LEVELS // 2) + "a" + ")" * (LEVELS // 2),
    "branch": "if(a > 1, a, " * LEVELS + "a" + ")" * LEVELS,
    "condition": "if(" * LEVELS + "a > 1" + ", a > 2, a > 3)" * LEVELS,
    "least": "min(1, " * LEVELS + "a" + ")" * LEVELS,
    "not": "not " * LEVELS + "(a > 1)",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
@pytest.mark.parametrize("engine_name", ["duckdb", "polars"])
def test_the_deepest_expressions_run(text: str, engine_name: str) -> None:
    with engines.open(engine_name) as engine:
        frame = engines.derive(engine.from_arrow(TABLE), {"b": parse(text)}, SCHEMA)
        assert frame.collect("pyarrow").to_native().num_rows == 3
        total = engines.aggregate(engine.from_arrow(TABLE), [], {"b": parse(f"count(known({text}))")}, SCHEMA)
        assert total.collect("pyarrow").to_native()["b"].to_pylist() == [3.0]


def test_one_expression_that_would_grow_too_large_is_refused() -> None:
    with pytest.raises(EngineError, match="展开后太大。请拆成几个表达式。"):
        engines.compile(parse(DEEP["condition"]), SCHEMA)


def test_a_hundred_aggregates_over_two_hundred_thousand_rows_take_seconds_of_processor_time() -> None:
    rows = 200_000
    columns = {
        f"c{i}": pa.array([(row * (i + 7)) % 101 for row in range(rows)], pa.int64()) for i in range(4)
    }
    table = pa.table({"k": [row % 500 for row in range(rows)], **columns})
    schema: Schema = dict.fromkeys(columns, "number")
    expressions = {
        f"e{i}": parse(f"sum(if(c{i % 4} > {i}, c{i % 3}, null)) / sum(c{i % 4})") for i in range(100)
    }
    with engines.open() as engine:
        frame = engine.from_arrow(table)
        start = time.process_time()
        found = engines.aggregate(frame, ["k"], expressions, schema).collect("pyarrow")
        assert time.process_time() - start < 20
    assert found.shape == (500, 101)


def test_working_columns_do_not_show(engine: engines.Engine) -> None:
    text = "ceil(min(a * 2 / (a - 1), a * 3) + 1) / (a * 2 + 1)"
    frame = engine.from_arrow(TABLE)
    assert engines.derive(frame, {"b": parse(text)}, SCHEMA).collect_schema().names() == ["k", "a", "s", "b"]
    grouped = engines.aggregate(frame, ["k"], {"b": parse(f"sum({text})")}, SCHEMA)
    assert grouped.collect_schema() == nw.Schema({"k": nw.String(), "b": nw.Float64()})
