"""The aggregates sum, count, share, min and max, put together from plain ones that every engine has."""

from __future__ import annotations

from collections.abc import Callable

import narwhals as nw

from jiaoheng.engine.values import Value

SUMMARY_SIZE = 8
"""How many operations `summary` puts around its parts, at most."""

COPIES = {"sum": 2, "count": 2, "share": 3, "min": 1, "max": 1}
"""How often `summary` repeats the argument of each aggregate."""


def summary(function: str, part: Callable[[str], nw.Expr]) -> nw.Expr:
    """Put an aggregate together from plain ones.

    Parameters
    ----------
    function : str
        sum, count, share, min or max.
    part : callable
        Gives the ``sum``, ``count`` (of known values), ``rows`` (known or not), ``min`` or ``max`` of the
        argument in the group. Conditions count as 1 and 0.
    """
    match function:
        case "sum":
            return nw.when(part("count") > 0).then(part("sum"))
        case "count":
            none = nw.when(part("rows") == 0).then(nw.lit(0.0))
            return nw.when(part("count") > 0).then(part("sum")).otherwise(none)
        case "share":
            return nw.when(part("count") > 0).then(part("sum") / part("count").cast(nw.Float64))
        case _:
            return part(function)


def part_of(argument: Value, part: str) -> nw.Expr:
    if part == "rows":
        return nw.len()
    if argument.constant:
        return _constant_part(part, argument.expr)
    plain: dict[str, Callable[[], nw.Expr]] = {
        "sum": argument.expr.sum,
        "count": argument.expr.count,
        "min": argument.expr.min,
        "max": argument.expr.max,
    }
    return plain[part]()


def _constant_part(part: str, constant: nw.Expr) -> nw.Expr:
    """Work out a plain aggregate of a constant, which Polars would take for a column of one row."""
    match part:
        case "sum":
            return constant * nw.len().cast(nw.Float64)
        case "count":
            return nw.when(~constant.is_null()).then(nw.len().cast(nw.Float64)).otherwise(nw.lit(0.0))
        case _:
            return nw.when(nw.len() > 0).then(constant)
