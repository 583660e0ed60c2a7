"""Random tables and random expressions over them, from a seeded generator."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pyarrow as pa

from jiaoheng.packs.expression import Schema
from jiaoheng.packs.expression.nodes import (
    Binary,
    Boolean,
    Call,
    Column,
    LiteralNode,
    Membership,
    Node,
    Null,
    Number,
    Text,
    Unary,
)

KEY = "组"
SCHEMA: Schema = {
    "在校生数": "number",
    "a": "number",
    "b": "number",
    "d": "number",
    "wild": "number",
    "p": "boolean",
    "是否寄宿": "boolean",
    "s": "text",
    "学段": "text",
}
TEXTS = ["甲", "乙", "", "it's"]
_PLAIN = [0.0, 1.0, 2.0, 3.0, 7.0, 45.0, 49.0, 100.0, 0.85, 1.1, 1e-3]
_WILD = [0.0, -0.0, 1.5, -3.0, 1e16, -1e16, 4.5e15 + 0.5, 1e155, -1e200, 1.7e308, 5e-324, 1e-300]
_BROKEN = [float("inf"), float("-inf"), float("nan")]
_TYPES = {
    KEY: pa.string(),
    "在校生数": pa.int64(),
    "a": pa.int32(),
    "b": pa.float64(),
    "d": pa.float64(),
    "wild": pa.float64(),
    "p": pa.bool_(),
    "是否寄宿": pa.bool_(),
    "s": pa.string(),
    "学段": pa.string(),
}


def table(random: Random, rows: int) -> pa.Table:
    """A table with a key and the columns of `SCHEMA`: nulls in all but one, inf and NaN in ``wild``."""
    missing = random.choice([0.0, 0.2, 0.2, 0.6, 1.0])
    draw: dict[str, Callable[[], object]] = {
        KEY: lambda: random.choice(["x", "y", "z"]),
        "在校生数": lambda: random.randint(0, 100),
        "a": lambda: random.randint(-3, 9),
        "b": lambda: random.randint(-20, 20) / 4,
        "d": lambda: random.choice([0.0, 0.5, 1.0, 2.0, -4.0]),
        "wild": lambda: random.choice(_BROKEN if random.random() < 0.1 else _WILD),
        "p": lambda: random.random() < 0.5,
        "是否寄宿": lambda: random.random() < 0.8,
        "s": lambda: random.choice(TEXTS),
        "学段": lambda: random.choice(TEXTS[:2]),
    }
    columns = {}
    for name, kind in _TYPES.items():
        gaps = 0.0 if name == "在校生数" else missing
        columns[name] = pa.array(
            [None if random.random() < gaps else draw[name]() for _ in range(rows)], kind
        )
    return pa.table(columns)


class Expressions:
    """Draws expressions. ``row`` ones read columns, ``group`` ones aggregate."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def row(self) -> Node:
        """An expression of any type that is worked out row by row."""
        return self._any(self._random.choice([1, 1, 1, 1, 1, 1, 2, 2, 3]), self._leaf)

    def group(self) -> Node:
        """An expression of any type that is worked out over groups."""
        return self._any(self._random.choice([0, 0, 0, 0, 0, 1, 1, 2]), self._group_leaf)

    def _any(self, depth: int, leaf: Callable[[str], Node]) -> Node:
        kind = self._random.choice(["number", "number", "boolean", "boolean", "text"])
        if leaf == self._group_leaf and kind == "text" and depth == 0:
            kind = "number"
        return self._node(kind, depth, leaf)

    def _node(self, kind: str, depth: int, leaf: Callable[[str], Node]) -> Node:
        random = self._random
        if depth <= 0 or random.random() < 0.1:
            return Null() if random.random() < 0.04 else leaf(kind)

        def below(kind: str) -> Node:
            return self._node(kind, depth - 1, leaf)

        if kind == "text" or random.random() < 0.15:
            return Call("if", (below("boolean"), below(kind), below(kind)))
        if kind == "number":
            choice = random.random()
            if choice < 0.65:
                return Binary(random.choice("+-*//"), below("number"), below("number"))
            if choice < 0.75:
                return Unary("-", below("number"))
            if choice < 0.87:
                return Call(random.choice(["ceil", "floor"]), (below("number"),))
            count = random.choice([2, 2, 3])
            return Call(random.choice(["min", "max"]), tuple(below("number") for _ in range(count)))
        choice = random.random()
        if choice < 0.4:
            operator = random.choice(["=", "!=", "<", "<=", ">", ">="])
            return Binary(operator, below("number"), below("number"))
        if choice < 0.48:
            side = random.choice(["text", "boolean"])
            return Binary(random.choice(["=", "!="]), below(side), below(side))
        if choice < 0.7:
            return Binary(random.choice(["and", "or"]), below("boolean"), below("boolean"))
        if choice < 0.8:
            return Unary("not", below("boolean"))
        side = random.choice(["number", "text", "boolean"])
        if choice < 0.9:
            return Call("known", (below(side),))
        return Membership(below(side), tuple(self._literal(side) for _ in range(random.randint(1, 3))))

    def _leaf(self, kind: str) -> Node:
        if self._random.random() < 0.3:
            return self._literal(kind)
        return Column(self._random.choice([name for name, found in SCHEMA.items() if found == kind]))

    def _group_leaf(self, kind: str) -> Node:
        random = self._random
        if kind != "number" or random.random() < 0.15:
            if kind == "boolean" and random.random() < 0.8:
                return Binary(random.choice([">", "<=", "="]), self._aggregate(), self._literal("number"))
            return self._literal(kind)
        return self._aggregate()

    def _aggregate(self) -> Node:
        random = self._random
        function = random.choice(["sum", "sum", "count", "share", "min", "max"])
        depth = random.choice([0, 0, 0, 0, 0, 1, 1, 2])
        if function == "sum":
            return Call("sum", (self._exact(depth),))
        kind = "boolean" if function in ("count", "share") else "number"
        return Call(function, (self._node(kind, depth, self._leaf),))

    def _exact(self, depth: int) -> Node:
        """A number with so few binary places that adding the rows up in any order gives the same sum.

        Engines add in different orders; were sums to differ in the last bit, so would comparisons of them.
        """
        random = self._random
        if depth <= 0:
            name = random.choice(["在校生数", "a", "b", "d"])
            return Number(random.choice([0.0, 1.0, 2.5])) if random.random() < 0.15 else Column(name)
        choice = random.random()
        if choice < 0.5:
            return Binary(random.choice("+-*"), self._exact(depth - 1), self._exact(depth - 1))
        if choice < 0.65:
            return Binary("/", self._exact(depth - 1), Column("d"))
        condition = self._node("boolean", depth - 1, self._leaf)
        otherwise = Null() if random.random() < 0.5 else self._exact(depth - 1)
        return Call("if", (condition, self._exact(depth - 1), otherwise))

    def _literal(self, kind: str) -> LiteralNode:
        random = self._random
        if kind == "text":
            return Text(random.choice(TEXTS))
        if kind == "boolean":
            return Boolean(random.random() < 0.5)
        return Number(random.choice(_PLAIN) if random.random() < 0.9 else abs(random.choice(_WILD)))
