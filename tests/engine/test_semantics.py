"""What every operator and function means, rule by rule, on each engine."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pytest

from jiaoheng import engine as engines
from jiaoheng.packs.expression import Schema, parse

INF = float("inf")
NAN = float("nan")

SCHEMA: Schema = {
    "n": "number",
    "x": "number",
    "w": "number",
    "c": "boolean",
    "s": "text",
    "在校生数": "number",
    "3 岁": "number",
}
ROWS = pa.table(
    {
        "row": [0, 1, 2, 3],
        "group": ["known", "known", "part", "none"],
        "n": pa.array([1, 98, 0, None], pa.int64()),
        "x": pa.array([2.5, -0.5, None, None], pa.float64()),
        "w": pa.array([INF, NAN, -INF, 1e308], pa.float64()),
        "c": pa.array([True, False, None, None], pa.bool_()),
        "s": pa.array(["甲", "乙", None, ""], pa.string()),
        "在校生数": pa.array([100, 90, 45, 46], pa.int32()),
        "3 岁": pa.array([7, 7, 7, 7], pa.int32()),
    }
)

ROW_RULES = {
    "a null operand makes arithmetic null": ("n + x", [3.5, 97.5, None, None]),
    "subtraction, multiplication and sign": ("-n * 2 - x", [-4.5, -195.5, None, None]),
    "integers divide to fractions": ("n / 4", [0.25, 24.5, 0.0, None]),
    "division by a zero is null": ("1 / n", [1.0, 1 / 98, None, None]),
    "zero by zero is null": ("n / 0", [None, None, None, None]),
    "a quotient is exact on the bound": ("n / 49 = 2", [False, True, False, None]),
    "overflow is null": ("w * 10", [None, None, None, None]),
    "overflow is null before it is compared": ("n * 1e308 * 10 > 5", [None, None, False, None]),
    "overflow is null before it divides": ("1 / (n * 1e308 * 10)", [None, None, None, None]),
    "inf and NaN in the data are null": ("w", [None, None, None, 1e308]),
    "a null operand makes comparison null": ("n >= 1", [True, True, False, None]),
    "less than excludes the bound": ("n < 98", [True, False, True, None]),
    "at most includes the bound": ("n <= 98", [True, True, True, None]),
    "more than excludes the bound": ("n > 98", [False, False, False, None]),
    "at least includes the bound": ("n >= 98", [False, True, False, None]),
    "equal and unequal": ("(n = 98) != (n != 98)", [True, True, True, None]),
    "null equals nothing": ("s = null", [None, None, None, None]),
    "null is not unequal either": ("s != '甲'", [False, True, None, True]),
    "the empty text is known": ("s = ''", [False, False, None, True]),
    "conditions compare": ("c = true", [True, False, None, None]),
    "false and null is false": ("c and null", [None, False, None, None]),
    "true or null is true": ("c or null", [True, None, None, None]),
    "null and false is false": ("c and false", [False, False, False, False]),
    "null or true is true": ("c or true", [True, True, True, True]),
    "not null is null": ("not c", [False, True, None, None]),
    "if takes the branch": ("if(n > 50, 'big', 'small')", ["small", "big", "small", None]),
    "if on null is null": ("if(c, 1, 2)", [1.0, 2.0, None, None]),
    "if looks at the taken branch only": ("if(n > 0, 1 / n, 0)", [1.0, 1 / 98, 0.0, None]),
    "if may have a null branch": ("if(n > 50, 'big', null)", [None, "big", None, None]),
    "ceil": ("ceil(x)", [3.0, 0.0, None, None]),
    "floor": ("floor(x)", [2.0, -1.0, None, None]),
    "ceil of a whole quotient stays": ("ceil(n / 49)", [1.0, 2.0, 0.0, None]),
    "ceil beyond 64-bit integers": ("ceil(w)", [None, None, None, 1e308]),
    "min within the row is null when any is": ("min(n, x, 50)", [1.0, -0.5, None, None]),
    "max within the row is null when any is": ("max(n, x)", [2.5, 98.0, None, None]),
    "known is never null": ("known(x)", [True, True, False, False]),
    "known of overflow is false": ("known(n * 1e308 * 10)", [False, False, True, False]),
    "known of text": ("known(s)", [True, True, False, True]),
    "in": ("s in ['甲', '丙']", [True, False, None, False]),
    "in with numbers": ("n in [-1, 0, 98]", [False, True, True, None]),
    "in with conditions": ("c in [true]", [True, False, None, None]),
    "a percentage is a number": ("在校生数 * 50%", [50.0, 45.0, 22.5, 23.0]),
    "Chinese names, words and signs": ("非 （在校生数 ≥ 46 且 n ≠ 1）", [True, False, True, None]),
    "names in backquotes": ("`3 岁` + 1", [8.0, 8.0, 8.0, 8.0]),
    "constants": ("1 + 2 / 8", [1.25, 1.25, 1.25, 1.25]),
    "the unknown": ("null", [None, None, None, None]),
}

GROUPS = ("known", "none", "part")
# Over the three groups in that order, over all rows, and over no rows.
GROUP_RULES = {
    "sum passes over nulls": ("sum(n)", [99.0, None, 0.0], 99.0, None),
    "sum of none known is null": ("sum(x)", [2.0, None, None], 2.0, None),
    "sum of an expression": ("sum(n * 在校生数)", [8920.0, None, 0.0], 8920.0, None),
    "sum of a constant": ("sum(2)", [4.0, 2.0, 2.0], 8.0, None),
    "sum that overflows is null": ("sum(w) * 10", [None, None, None], None, None),
    "sum of null is null": ("sum(null)", [None, None, None], None, None),
    "count counts the true": ("count(n > 50)", [1.0, None, 0.0], 1.0, 0.0),
    "count of rows": ("count(true)", [2.0, 1.0, 1.0], 4.0, 0.0),
    "count of the known": ("count(known(x))", [2.0, 0.0, 0.0], 2.0, 0.0),
    "count of null": ("count(null)", [None, None, None], None, 0.0),
    "share of the known": ("share(c)", [0.5, None, None], 0.5, None),
    "share of a condition": ("share(在校生数 >= 46)", [1.0, 1.0, 0.0], 0.75, None),
    "min of one argument": ("min(x)", [-0.5, None, None], -0.5, None),
    "max of one argument": ("max(n)", [98.0, None, 0.0], 98.0, None),
    "max passes over division by zero": ("max(在校生数 / (n - 1))", [90 / 97, None, -45.0], 90 / 97, None),
    "max passes over inf": ("max(w)", [None, 1e308, None], 1e308, None),
    "a ratio of sums": ("sum(n) / sum(在校生数)", [99 / 190, None, 0.0], 99 / 281, None),
    "division by a zero sum is null": ("sum(在校生数) / sum(n)", [190 / 99, None, None], 281 / 99, None),
    "min of several aggregates": ("min(sum(n), max(x))", [2.5, None, None], 2.5, None),
    "if over aggregates": ("if(sum(n) > 50, 'a', 'b')", ["a", None, "b"], "a", None),
    "known of an aggregate": ("known(sum(x))", [True, False, False], True, False),
    "and over aggregates": ("count(true) > 1 and sum(n) > 50", [True, False, False], True, False),
    "a constant": ("3", [3.0, 3.0, 3.0], 3.0, 3.0),
}


@cache
def _rows(engine_name: str) -> dict[str, list[object]]:
    """All the row rules in one query: starting one takes Spark a second."""
    with engines.open(engine_name) as engine:
        expressions = {rule: parse(text) for rule, (text, _) in ROW_RULES.items()}
        named = {f"rule_{i}": node for i, node in enumerate(expressions.values())}
        found = engines.derive(engine.from_arrow(ROWS), named, SCHEMA).collect("pyarrow").to_native()
        found = found.sort_by("row")
        return {rule: found[f"rule_{i}"].to_pylist() for i, rule in enumerate(expressions)}


@cache
def _groups(engine_name: str, over: str) -> dict[str, list[object]]:
    """All the group rules over ``group``, ``all`` or ``none`` of the rows."""
    with engines.open(engine_name) as engine:
        named = {f"rule_{i}": parse(rule[0]) for i, rule in enumerate(GROUP_RULES.values())}
        frame = engine.from_arrow(ROWS if over != "none" else ROWS.slice(0, 0))
        keys = ["group"] if over == "group" else []
        found = engines.aggregate(frame, keys, named, SCHEMA).collect("pyarrow").to_native()
        if keys:
            found = found.sort_by("group")
            assert tuple(found["group"].to_pylist()) == GROUPS
        return {rule: found[f"rule_{i}"].to_pylist() for i, rule in enumerate(GROUP_RULES)}


@pytest.mark.parametrize("rule", ROW_RULES)
def test_row_rule(rule: str, engine_name: str) -> None:
    assert _rows(engine_name)[rule] == ROW_RULES[rule][1]


@pytest.mark.parametrize("rule", GROUP_RULES)
def test_group_rule(rule: str, engine_name: str) -> None:
    _, by_group, over_all, over_none = GROUP_RULES[rule]
    assert _groups(engine_name, "group")[rule] == by_group
    assert _groups(engine_name, "all")[rule] == [over_all]
    assert _groups(engine_name, "none")[rule] == [over_none]


def test_compile_gives_one_expression_for_filters(engine: engines.Engine) -> None:
    frame = engine.from_arrow(ROWS).filter(engines.compile(parse("n / 49 = 2 or not c"), SCHEMA))
    assert frame.collect("pyarrow").to_native()["row"].to_pylist() == [1]


def test_compile_gives_aggregates_for_groups_and_for_all(engine: engines.Engine) -> None:
    # A bare constant is no aggregate, so an engine may repeat it for each row.
    rules = {f"rule_{i}": rule for i, rule in enumerate(GROUP_RULES.values()) if rule[0] != "3"}
    compiled = {name: engines.compile(parse(rule[0]), SCHEMA) for name, rule in rules.items()}
    frame = engine.from_arrow(ROWS)
    by_group = frame.group_by("group").agg(**compiled).collect("pyarrow").to_native().sort_by("group")
    assert {name: by_group[name].to_pylist() for name in rules} == {n: rule[1] for n, rule in rules.items()}
    over_all = frame.select(**compiled).collect("pyarrow").to_native()
    assert over_all.to_pylist() == [{name: rule[2] for name, rule in rules.items()}]


@pytest.mark.parametrize("divisor", [3, 45, 49, 100])
def test_division_by_a_number_is_correctly_rounded(divisor: int, engine: engines.Engine) -> None:
    dividends = list(range(2000))
    frame = engine.from_arrow(pa.table({"a": dividends}))
    found = (
        engines.derive(frame, {"q": parse(f"a / {divisor}")}, {"a": "number"}).collect("pyarrow").to_native()
    )
    assert dict(zip(found["a"].to_pylist(), found["q"].to_pylist(), strict=True)) == {
        a: a / divisor for a in dividends
    }


def test_a_sum_of_fractions_is_right_to_nine_digits(engine: engines.Engine) -> None:
    amounts = [i / 7 for i in range(1, 5001)]
    frame = engine.from_arrow(pa.table({"a": amounts}))
    found = engines.aggregate(frame, [], {"s": parse("sum(a / 3)")}, {"a": "number"})
    [total] = found.collect("pyarrow").to_native()["s"].to_pylist()
    assert total == pytest.approx(sum(amounts) / 3, rel=1e-9)
