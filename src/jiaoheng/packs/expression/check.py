"""Proves a tree before it runs: the types of its parts, its columns, and the level of each part."""

from __future__ import annotations

import difflib
from typing import Literal

from jiaoheng.packs.expression.errors import ExpressionError
from jiaoheng.packs.expression.nodes import (
    Binary,
    Boolean,
    Call,
    Column,
    Membership,
    Node,
    Null,
    Number,
    Schema,
    Text,
    Type,
    Unary,
)
from jiaoheng.packs.expression.words import ARITHMETIC, EQUALITY, ORDERING

Grain = Literal["constant", "row", "group"]

_NAMES: dict[Type, str] = {"number": "数", "text": "文字", "boolean": "是非", "null": "缺失"}


def check(node: Node, schema: Schema) -> Type:
    """Prove that `node` fits the columns of `schema`, and give the type of its value.

    Parameters
    ----------
    node : Node
        The tree, from `parse`.
    schema : Mapping[str, Type]
        The type of each column that may be read.

    Returns
    -------
    Type
        ``number``, ``text`` or ``boolean``; ``null`` when the value is never known.

    Raises
    ------
    ExpressionError
        At an unknown column or an operand of the wrong type.
    """
    match node:
        case Number():
            return "number"
        case Text():
            return "text"
        case Boolean():
            return "boolean"
        case Null():
            return "null"
        case Column(name=name):
            if name not in schema:
                raise _error(node, _unknown_column(name, schema))
            return schema[name]
        case Unary(operator=operator, operand=operand):
            wanted: Type = "boolean" if operator == "not" else "number"
            _want(operand, wanted, schema, f"“{operator}”后面")
            return wanted
        case Binary():
            return _check_binary(node, schema)
        case Membership(operand=operand, options=options):
            kind = check(operand, schema)
            for option in options:
                kind = _same(kind, option, schema, "in 的两边")
            return "boolean"
        case Call():
            return _check_call(node, schema)
    raise TypeError(f"not a node: {node!r}")


def is_aggregate(node: Node) -> bool:
    """Tell whether the expression is worked out over a group of rows, not row by row."""
    return any(isinstance(part, Call) and part.aggregates for part in node.walk())


def check_grain(node: Node) -> Grain:
    """Find the level at which `node` is worked out.

    Raises
    ------
    ExpressionError
        At an aggregate within an aggregate, or a bare column beside an aggregate.
    """
    if isinstance(node, Column):
        return "row"
    if isinstance(node, Call) and node.aggregates:
        if check_grain(node.arguments[0]) == "group":
            inner = next(
                part for part in node.arguments[0].walk() if isinstance(part, Call) and part.aggregates
            )
            raise _error(inner, f"汇总函数不能套在汇总函数 {node.function} 里面。请去掉一层。")
        return "group"
    grains = {check_grain(child) for child in node.children()}
    if {"row", "group"} <= grains:
        column = _first_bare_column(node)
        problem = f"逐行的列“{column.name}”与汇总函数混在同一层。请把它放进 sum、count 等汇总函数里。"
        raise _error(column, problem)
    return "group" if "group" in grains else "row" if "row" in grains else "constant"


def _first_bare_column(node: Node) -> Column:
    """Find the leftmost column that stands outside all aggregates, in a node that has one."""
    waiting = [node]
    while not isinstance(part := waiting.pop(), Column):
        if not (isinstance(part, Call) and part.aggregates):
            waiting.extend(reversed(part.children()))
    return part


def _check_binary(node: Binary, schema: Schema) -> Type:
    operator = node.operator
    beside = f"“{operator}”的两边"
    if operator in EQUALITY:
        _same(check(node.left, schema), node.right, schema, beside)
        return "boolean"
    wanted: Type = "number" if operator in ARITHMETIC or operator in ORDERING else "boolean"
    _want(node.left, wanted, schema, beside)
    _want(node.right, wanted, schema, beside)
    return "number" if operator in ARITHMETIC else "boolean"


def _check_call(node: Call, schema: Schema) -> Type:
    function, arguments = node.function, node.arguments
    if function == "known":
        check(arguments[0], schema)
        return "boolean"
    if function == "if":
        _want(arguments[0], "boolean", schema, "if 的条件")
        return _same(check(arguments[1], schema), arguments[2], schema, "if 的两个结果")
    wanted: Type = "boolean" if function in ("count", "share") else "number"
    for argument in arguments:
        _want(argument, wanted, schema, f"函数 {function} 的参数")
    return "number"


def _want(node: Node, wanted: Type, schema: Schema, where: str) -> None:
    found = check(node, schema)
    if found not in (wanted, "null"):
        problem = f"{where}应是{_NAMES[wanted]}，却是{_NAMES[found]}。{_advice(wanted, found)}"
        raise _error(_leftmost(node), problem)


def _same(left: Type, right: Node, schema: Schema, where: str) -> Type:
    """Give the common type of a type and a node."""
    found = check(right, schema)
    if "null" in (left, found) or left == found:
        return left if found == "null" else found
    problem = f"{where}类型不同：一边是{_NAMES[left]}，一边是{_NAMES[found]}。请改成同一类型。"
    raise _error(_leftmost(right), problem)


def _advice(wanted: Type, found: Type) -> str:
    if wanted == "boolean":
        return "请改成条件，如 a > 0 或 a = '甲'。"
    if found == "boolean":
        return "请改成数，如用 if(条件, 1, 0)。"
    return "请改用数的列；文字只能用 =、!= 和 in 比较。"


def _leftmost(node: Node) -> Node:
    """Find the part of `node` that stands first in the text; an operator stands after its left operand."""
    while isinstance(node, Binary | Membership):
        node = node.left if isinstance(node, Binary) else node.operand
    return node


def _unknown_column(name: str, schema: Schema) -> str:
    near = difflib.get_close_matches(name, schema, n=1, cutoff=0.5)
    if near:
        return f"没有名为“{name}”的列。是不是“{near[0]}”？"
    shown = "、".join(sorted(schema)[:10])
    more = " 等" if len(schema) > 10 else ""
    return (
        f"没有名为“{name}”的列。可用的列：{shown}{more}。"
        if schema
        else f"没有名为“{name}”的列。这里没有列可用。"
    )


def _error(node: Node, problem: str) -> ExpressionError:
    if node.place is None:
        return ExpressionError(problem, node.unparse(), 0)
    return ExpressionError(problem, node.place.text, node.place.position)
