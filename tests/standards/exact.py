"""Expressions of packs over one row, in exact fractions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from jiaoheng.packs.expression.nodes import (
    Binary,
    Boolean,
    Call,
    Column,
    Membership,
    Node,
    Number,
    Text,
    Unary,
)

Exact = Fraction | str | bool | None
Row = Mapping[str, Exact]


def exact(node: Node, row: Row) -> Exact:
    """The value of an expression in a row; a column that the row lacks is unknown."""
    match node:
        case Number(value=value):
            return Fraction(str(value))
        case Text(value=text):
            return text
        case Boolean(value=flag):
            return flag
        case Column(name=name):
            return row.get(name)
        case Unary(operator=operator, operand=operand):
            value = exact(operand, row)
            return None if value is None else (not value) if operator == "not" else -_number(value)
        case Membership(operand=operand, options=options):
            return exact(operand, row) in [option.value for option in options]
        case Binary(operator=operator, left=left, right=right):
            return _binary(operator, exact(left, row), exact(right, row))
        case Call(function="if", arguments=(condition, then, otherwise)):
            chosen = exact(condition, row)
            return None if chosen is None else exact(then if chosen else otherwise, row)
        case Call(function="known", arguments=(inner,)):
            return exact(inner, row) is not None
        case Call(function=function, arguments=arguments):
            values = [exact(argument, row) for argument in arguments]
            return None if None in values else _call(function, [_number(value) for value in values])
    return None


def _binary(operator: str, left: Exact, right: Exact) -> Exact:
    if operator in ("and", "or"):
        decides = operator == "or"
        if left is decides or right is decides:
            return decides
        return None if left is None or right is None else not decides
    if left is None or right is None:
        return None
    if operator in ("=", "!="):
        return (left == right) == (operator == "=")
    a, b = _number(left), _number(right)
    match operator:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b if b else None
    return compared(a, operator, b)


def compared(value: Fraction, op: str, bound: Fraction) -> bool:
    """The comparator, exactly."""
    return {">=": value >= bound, ">": value > bound, "<=": value <= bound, "<": value < bound}[op]


def _call(function: str, values: list[Fraction]) -> Fraction:
    match function:
        case "ceil":
            return Fraction(math.ceil(values[0]))
        case "floor":
            return Fraction(math.floor(values[0]))
        case "min":
            return min(values)
        case "max":
            return max(values)
    raise NotImplementedError(function)


def _number(value: Exact) -> Fraction:
    assert isinstance(value, Fraction)
    return value
