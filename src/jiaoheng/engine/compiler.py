"""Compiles an expression tree to Narwhals expressions that mean the same on every engine.

The engines differ, and each difference is met here by a guard:

- Overflow and division by zero give inf or NaN (Narwhals sees to it that Spark does not raise); in the
  language they are null. Sums, products and their like carry inf and NaN along, so the guard stands only
  where they could be lost: comparisons, divisors, min, max, aggregates, the result.
- Polars divides by a single number through its reciprocal, which can be off in the last bit, so that
  ``a / 100 >= 0.85`` goes wrong on the bound. The divisor is made a column as long as the dividend.
- ``when`` takes an unknown condition for false, horizontal min and max pass over nulls, and the sum of no
  known value is 0; in the language all three are null.
- ceil and floor give 64-bit integers on Spark, and an error beyond them.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from jiaoheng.engine.errors import EngineError
from jiaoheng.engine.summary import COPIES, part_of, summary
from jiaoheng.engine.values import Value, is_finite, null
from jiaoheng.packs.expression import Node, Schema, Type, check
from jiaoheng.packs.expression.nodes import (
    Binary,
    Boolean,
    Call,
    Column,
    Membership,
    Null,
    Number,
    Text,
    Unary,
)
from jiaoheng.packs.expression.words import ARITHMETIC

PREFIX = "__jiaoheng_"
"""Begins the names of working columns."""

MAX_SIZE = 10_000
"""The most operations that one compiled expression may have, repeated parts counted each time."""

# From here on every 64-bit float is a whole number.
_WHOLE = 2.0**52
# A part this small is repeated rather than given a working column of its own.
_SMALL = 8


def compile(node: Node, schema: Schema) -> nw.Expr:
    """Compile an expression to one Narwhals expression, valid on the frames of every engine.

    Parameters
    ----------
    node : Node
        From `jiaoheng.packs.expression.parse`. With aggregates it gives one value per group (in
        ``group_by(...).agg``) or one in all (in ``select``); else one value per row (in ``with_columns``
        or ``filter``).
    schema : Mapping[str, Type]
        The columns of the frame and their types.

    Returns
    -------
    narwhals.Expr
        Float64, String or Boolean. For many expressions at once use `derive` and `aggregate`, which share
        their common parts.

    Raises
    ------
    ExpressionError
        When `node` does not fit `schema`.
    EngineError
        When conditions and divisions are nested so deeply in one another that the result would be too large.
    """
    check(node, schema)
    return Compiler(schema).result(node).expr


class Compiler:
    """Compiles many expressions over one frame.

    With ``stages`` (a list to be filled), parts that are needed more than once become working columns: each
    stage is a set of columns that read only the frame and the stages before. Without, parts are repeated.
    """

    def __init__(
        self,
        schema: Schema,
        *,
        stages: list[dict[str, nw.Expr]] | None = None,
        dtypes: Mapping[str, nw.dtypes.DType] | None = None,
        leaves: Mapping[Node, Value] | None = None,
    ) -> None:
        self._schema = schema
        self._dtypes = dtypes or {}
        self._stages = stages
        self._compiled: dict[Node, Value] = dict(leaves or {})
        self._bound: dict[Value, Value] = {}
        self._guarded: dict[Value, Value] = {}
        self._counted: dict[Node, Value] = {}

    def result(self, node: Node) -> Value:
        """Compile `node` to a value that is never inf or NaN."""
        return self.finite(self.typed(node, "number"))

    def typed(self, node: Node, wanted: Type) -> Value:
        """Compile `node`; one that is never known becomes a null of the type that its neighbours want."""
        value = self._value(node)
        return null(wanted) if value.type == "null" else value

    def finite(self, value: Value) -> Value:
        """Turn inf and NaN into null."""
        if value.finite:
            return value
        if value not in self._guarded:
            value_ = self.shared(value)
            guarded = nw.when(is_finite(value_)).then(value_.expr)
            self._guarded[value] = self._joined("number", guarded, value_, value_, finite=True)
        return self._guarded[value]

    def shared(self, value: Value) -> Value:
        """Give `value` a working column if there are stages and it is too large to be repeated."""
        return value if self._stages is None or value.size <= _SMALL else self.bound(value)

    def bound(self, value: Value) -> Value:
        """Give `value` a working column of its own; there must be stages."""
        if value not in self._bound:
            assert self._stages is not None
            while len(self._stages) <= value.stage:
                self._stages.append({})
            stage = self._stages[value.stage]
            name = f"{PREFIX}{value.stage}_{len(stage)}"
            stage[name] = value.expr
            self._bound[value] = Value(nw.col(name), value.type, value.stage + 1, finite=value.finite)
            self._bound[self._bound[value]] = self._bound[value]
        return self._bound[value]

    def _value(self, node: Node) -> Value:
        if node not in self._compiled:
            self._compiled[node] = self._compile(node)
        return self._compiled[node]

    def _compile(self, node: Node) -> Value:
        match node:
            case Number(value=value) | Text(value=value) | Boolean(value=value):
                return Value(nw.lit(value), check(node, {}), constant=True)
            case Null():
                return null("null")
            case Column(name=name):
                return self._column(name)
            case Unary(operator=operator, operand=operand):
                part = self.typed(operand, "boolean" if operator == "not" else "number")
                expr = ~part.expr if operator == "not" else -part.expr
                return self._joined(part.type, expr, part, finite=part.finite)
            case Binary(operator="and" | "or" as operator):
                left, right = self.typed(node.left, "boolean"), self.typed(node.right, "boolean")
                both = left.expr & right.expr if operator == "and" else left.expr | right.expr
                return self._joined("boolean", both, left, right)
            case Binary(operator=operator) if operator in ARITHMETIC:
                return self._arithmetic(node)
            case Binary():
                return self._comparison(node)
            case Membership(operand=operand, options=options):
                part = self.finite(self._value(operand))
                if part.type == "null":
                    return null("boolean")
                return self._joined("boolean", part.expr.is_in([option.value for option in options]), part)
            case Call() if node.aggregates:
                return self._aggregate(node)
            case Call():
                return self._call(node)
        raise TypeError(f"not a node: {node!r}")

    def _column(self, name: str) -> Value:
        kind = self._schema[name]
        if kind != "number":
            return Value(nw.col(name), kind)
        dtype = self._dtypes.get(name)
        number = nw.col(name) if dtype == nw.Float64 else nw.col(name).cast(nw.Float64)
        if dtype is not None and not dtype.is_float():
            return Value(number, kind, size=2)
        guarded = self.finite(Value(number, kind, size=2, finite=False))
        return guarded if self._stages is None else self.bound(guarded)

    def _arithmetic(self, node: Binary) -> Value:
        left, right = self.typed(node.left, "number"), self.typed(node.right, "number")
        match node.operator:
            case "+":
                expr = left.expr + right.expr
            case "-":
                expr = left.expr - right.expr
            case "*":
                expr = left.expr * right.expr
            case _:
                return self._division(left, right)
        return self._joined("number", expr, left, right, finite=False)

    def _division(self, left: Value, right: Value) -> Value:
        # A divisor of zero gives inf or NaN, which becomes null like any other overflow.
        left, right = self.shared(left), self.finite(right)
        if left.constant:
            return self._joined("number", left.expr / right.expr, left, right, finite=False)
        quotient = left.expr / (left.expr * 0.0 + right.expr)
        return self._joined("number", quotient, left, left, right, finite=False)

    def _comparison(self, node: Binary) -> Value:
        left, right = self.finite(self._value(node.left)), self.finite(self._value(node.right))
        if "null" in (left.type, right.type):
            return null("boolean")
        match node.operator:
            case "=":
                expr = left.expr == right.expr
            case "!=":
                expr = left.expr != right.expr
            case "<":
                expr = left.expr < right.expr
            case "<=":
                expr = left.expr <= right.expr
            case ">":
                expr = left.expr > right.expr
            case _:
                expr = left.expr >= right.expr
        return self._joined("boolean", expr, left, right)

    def _call(self, node: Call) -> Value:
        first = node.arguments[0]
        match node.function:
            case "if":
                return self._choice(*node.arguments)
            case "known":
                part = self.finite(self._value(first))
                return self._joined("boolean", ~part.expr.is_null(), part)
            case "min" | "max":
                parts = [self.shared(self.finite(self.typed(part, "number"))) for part in node.arguments]
                exprs = [part.expr for part in parts]
                least = nw.min_horizontal(*exprs) if node.function == "min" else nw.max_horizontal(*exprs)
                unknown = nw.any_horizontal(*(expr.is_null() for expr in exprs), ignore_nulls=True)
                return self._joined("number", nw.when(~unknown).then(least), *parts, *parts)
            case _:
                part = self.shared(self.typed(first, "number"))
                whole = part.expr.ceil() if node.function == "ceil" else part.expr.floor()
                small = part.expr.abs() < _WHOLE
                expr = nw.when(small).then(whole.cast(nw.Float64)).otherwise(part.expr)
                return self._joined("number", expr, part, part, part, finite=part.finite)

    def _choice(self, condition: Node, then: Node, otherwise: Node) -> Value:
        chosen = self.shared(self.typed(condition, "boolean"))
        kind = self._value(then).type
        kind = self._value(otherwise).type if kind == "null" else kind
        yes, no = self.typed(then, kind), self.typed(otherwise, kind)
        expr = nw.when(chosen.expr).then(yes.expr).otherwise(nw.when(~chosen.expr).then(no.expr))
        return self._joined(kind, expr, chosen, chosen, yes, no, finite=yes.finite and no.finite)

    def _aggregate(self, node: Call) -> Value:
        argument = self.argument(node)
        expr = summary(node.function, lambda part: part_of(argument, part))
        copies = [argument] * COPIES[node.function]
        return self._joined("number", expr, *copies, finite=node.function != "sum")

    def argument(self, node: Call) -> Value:
        """Compile the argument of an aggregate to numbers; a condition to 1 and 0."""
        inner = node.arguments[0]
        if node.function not in ("count", "share"):
            return self.finite(self.typed(inner, "number"))
        if inner not in self._counted:
            condition = self.typed(inner, "boolean")
            self._counted[inner] = self._joined("number", condition.expr.cast(nw.Float64), condition)
        return self._counted[inner]

    def _joined(self, kind: Type, expr: nw.Expr, *parts: Value, finite: bool = True) -> Value:
        size = 3 + sum(part.size for part in parts)
        if size > MAX_SIZE:
            raise EngineError("表达式中的条件、除法和函数嵌套过深，展开后太大。请拆成几个表达式。")
        stage = max(part.stage for part in parts)
        constant = all(part.constant for part in parts)
        return Value(expr, kind, stage, size, constant, finite)
