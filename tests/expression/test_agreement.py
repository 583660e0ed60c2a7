"""The compiler against the reference in plain Python, on 100,000 random expressions over random tables.

All of them run on Polars. DuckDB, which takes three times as long to plan a query, also runs every tenth
table, and all of them with ``JIAOHENG_AGREEMENT=full`` in the environment. Spark runs two thousand.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from random import Random

import generate
import pyarrow as pa
import pytest
import reference

from jiaoheng import engine as engines
from jiaoheng.engine.spark import spark_session
from jiaoheng.packs.expression import Node, check, parse

CHUNKS = 50
TABLES = 5
ROW_EXPRESSIONS = 240
GROUP_EXPRESSIONS = 160
EXPRESSIONS = CHUNKS * TABLES * (ROW_EXPRESSIONS + GROUP_EXPRESSIONS)
DUCKDB_EVERY = 1 if os.environ.get("JIAOHENG_AGREEMENT") == "full" else 10
TOLERANCE = 1e-9


def test_there_are_a_hundred_thousand() -> None:
    assert EXPRESSIONS == 100_000


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_engines_agree_with_plain_python(chunk: int) -> None:
    random = Random(chunk)
    draw = generate.Expressions(random)
    with engines.open("polars") as polars, engines.open("duckdb") as duckdb:
        for number in range(TABLES):
            table = generate.table(random, random.choice([0, 1, 6, 9, 12]))
            by_row = {f"e{i}": draw.row() for i in range(ROW_EXPRESSIONS)}
            by_group = {f"e{i}": draw.group() for i in range(GROUP_EXPRESSIONS)}
            on_duckdb = (chunk * TABLES + number) % DUCKDB_EVERY == 0
            running = [polars, duckdb] if on_duckdb else [polars]
            compare(table, by_row, by_group, running)


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
def test_spark_agrees_with_plain_python(request: pytest.FixtureRequest) -> None:
    if reason := engines.spark_available():
        pytest.skip(reason)
    random = Random(2025)
    draw = generate.Expressions(random)
    # Compiling Java for each query would take most of the time; the rules in tests/engine run compiled.
    settings = spark_session().conf
    codegen = settings.get("spark.sql.codegen.factoryMode")
    settings.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    request.addfinalizer(lambda: settings.set("spark.sql.codegen.factoryMode", codegen))
    with engines.open("spark") as spark:
        for rows in (9, 12, 1, 7, 0, 10, 11, 6, 8, 12):
            by_row = {f"e{i}": draw.row() for i in range(120)}
            by_group = {f"e{i}": draw.group() for i in range(80)}
            compare(generate.table(random, rows), by_row, by_group, [spark])


def test_random_expressions_survive_being_written_and_read() -> None:
    draw = generate.Expressions(Random(7))
    for _ in range(2000):
        for node in (draw.row(), draw.group()):
            assert parse(node.unparse()) == node


def test_random_expressions_reach_every_part_of_the_language() -> None:
    draw = generate.Expressions(Random(7))
    seen = set()
    for _ in range(2000):
        for node in (draw.row(), draw.group()):
            check(node, generate.SCHEMA)
            for part in node.walk():
                name = getattr(part, "operator", None) or getattr(part, "function", type(part).__name__)
                seen.add(f"{name}/{len(part.children())}" if name in ("min", "max", "-") else name)
    assert seen == {
        *("Number", "Text", "Boolean", "Null", "Column", "Membership", "not", "-/1", "and", "or"),
        *("+", "-/2", "*", "/", "=", "!=", "<", "<=", ">", ">="),
        *("if", "ceil", "floor", "known", "sum", "count", "share"),
        *("min/1", "min/2", "min/3", "max/1", "max/2", "max/3"),
    }


def compare(
    table: pa.Table,
    by_row: Mapping[str, Node],
    by_group: Mapping[str, Node],
    running: list[engines.Engine],
) -> None:
    """Fail unless every engine gives what plain Python gives, for rows and for groups."""
    rows = table.to_pylist()
    groups: dict[str | None, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        groups[row[generate.KEY]].append(row)
    numbered = table.append_column("row", pa.array(range(len(rows)), pa.int64()))
    row_wanted = {name: [reference.of_row(node, row) for row in rows] for name, node in by_row.items()}
    group_wanted = {
        name: {key: reference.of_group(node, group) for key, group in groups.items()}
        for name, node in by_group.items()
    }
    for engine in running:
        frame = engine.from_arrow(numbered)
        derived = engines.derive(frame, by_row, generate.SCHEMA).collect("pyarrow").to_native().sort_by("row")
        for name, node in by_row.items():
            _assert_same(engine.name, node, derived[name].to_pylist(), row_wanted[name], rows)
        found = engines.aggregate(frame, [generate.KEY], by_group, generate.SCHEMA)
        aggregated = found.collect("pyarrow").to_native()
        keys = aggregated[generate.KEY].to_pylist()
        assert len(keys) == len(groups)
        for name, node in by_group.items():
            wanted = [group_wanted[name][key] for key in keys]
            _assert_same(
                engine.name, node, aggregated[name].to_pylist(), wanted, [groups[key] for key in keys]
            )


def _assert_same(
    engine: str, node: Node, found: list[object], wanted: list[reference.Scalar], inputs: list[object]
) -> None:
    assert len(found) == len(wanted)
    for value, right, given in zip(found, wanted, inputs, strict=True):
        assert _same(value, right), f"{engine}: {node.unparse()} = {value!r}, not {right!r}, on {given}"


def _same(value: object, right: reference.Scalar) -> bool:
    if type(value) is not type(right):
        return False
    if isinstance(value, float) and isinstance(right, float):
        return abs(value - right) <= TOLERANCE * max(abs(value), abs(right))
    return value == right
