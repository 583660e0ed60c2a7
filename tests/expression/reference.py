"""The language once more, in plain Python: walks the tree over rows that are dictionaries.

Written from the reference page alone, to be held against the compiler; it shares with it only the nodes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jiaoheng.packs.expression.nodes import (
    Binary,
    Boolean,
    Call,
    Column,
    Membership,
    Node,
    Null,
    Number,
    Text,
    Unary,
)

Scalar = float | str | bool | None
Row = Mapping[str, Scalar | int]


def of_row(node: Node, row: Row) -> Scalar:
    """The value of an expression in one row."""
    return _evaluate(node, row, None)


def of_group(node: Node, rows: Sequence[Row]) -> Scalar:
    """The value of an expression over a group of rows."""
    return _evaluate(node, None, rows)


def _evaluate(node: Node, row: Row | None, rows: Sequence[Row] | None) -> Scalar:
    if isinstance(node, Number | Text | Boolean):
        return node.value
    if isinstance(node, Null):
        return None
    if isinstance(node, Column):
        assert row is not None
        found = row[node.name]
        if found is None or isinstance(found, str | bool):
            return found
        return _finite(float(found))
    if isinstance(node, Call):
        if node.function in ("sum", "count", "share") or (
            node.function in ("min", "max") and len(node.arguments) == 1
        ):
            assert rows is not None
            return _aggregate(node.function, [_evaluate(node.arguments[0], each, None) for each in rows])
        return _call(node.function, [_evaluate(argument, row, rows) for argument in node.arguments])
    if isinstance(node, Unary):
        value = _evaluate(node.operand, row, rows)
        if value is None:
            return None
        return (not value) if node.operator == "not" else -value  # type: ignore[operator]
    if isinstance(node, Membership):
        value = _evaluate(node.operand, row, rows)
        return None if value is None else any(value == option.value for option in node.options)
    assert isinstance(node, Binary)
    return _binary(node.operator, _evaluate(node.left, row, rows), _evaluate(node.right, row, rows))


def _binary(operator: str, left: Scalar, right: Scalar) -> Scalar:
    if operator == "and":
        if left is False or right is False:
            return False
        return None if left is None or right is None else True
    if operator == "or":
        if left is True or right is True:
            return True
        return None if left is None or right is None else False
    if left is None or right is None:
        return None
    if operator == "=":
        return left == right
    if operator == "!=":
        return left != right
    assert isinstance(left, float)
    assert isinstance(right, float)
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case "+":
            return _finite(left + right)
        case "-":
            return _finite(left - right)
        case "*":
            return _finite(left * right)
        case "/":
            return None if right == 0 else _finite(left / right)
    raise AssertionError(operator)


def _call(function: str, values: list[Scalar]) -> Scalar:
    if function == "known":
        return values[0] is not None
    if function == "if":
        condition, then, otherwise = values
        return None if condition is None else then if condition else otherwise
    if any(value is None for value in values):
        return None
    numbers = [value for value in values if isinstance(value, float)]
    match function:
        case "ceil":
            return float(math.ceil(numbers[0]))
        case "floor":
            return float(math.floor(numbers[0]))
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
    raise AssertionError(function)


def _aggregate(function: str, values: list[Scalar]) -> Scalar:
    if function in ("count", "share"):
        true, false = values.count(True), values.count(False)
        if function == "share":
            return true / (true + false) if true + false else None
        return None if values and not true + false else float(true)
    numbers = [value for value in values if isinstance(value, float)]
    if not numbers:
        return None
    if function == "sum":
        return _finite(math.fsum(numbers))
    return min(numbers) if function == "min" else max(numbers)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
