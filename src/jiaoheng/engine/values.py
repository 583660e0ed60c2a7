"""What the compiler knows about a part of an expression that it has compiled."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import narwhals as nw

from jiaoheng.packs.expression import Type

_DTYPES: dict[Type, nw.dtypes.DType] = {
    "number": nw.Float64(),
    "text": nw.String(),
    "boolean": nw.Boolean(),
    "null": nw.Float64(),
}


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A compiled part of an expression.

    Attributes
    ----------
    stage : int
        The first stage of working columns at which `expr` can be worked out.
    size : int
        How many operations `expr` has.
    constant : bool
        Whether it reads no column and no rows.
    finite : bool
        Whether it is surely not inf or NaN.
    """

    expr: nw.Expr
    type: Type
    stage: int = 0
    size: int = 1
    constant: bool = False
    finite: bool = True


def is_finite(value: Value) -> nw.Expr:
    # NaN is greater than every number on all three engines.
    return value.expr.abs() <= sys.float_info.max


def null(kind: Type) -> Value:
    return Value(nw.lit(None, _DTYPES[kind]), kind, constant=True)
