"""From values and thresholds to verdicts, and from the verdicts of items to those of rules.

Everything here is a Narwhals expression over frames, so that one county on a laptop and a nation on Spark
are judged by the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import narwhals as nw

from jiaoheng.standards.verdict import Verdict

Frame = TypeVar("Frame", nw.LazyFrame[Any], nw.DataFrame[Any])

SAME = 1e-12
"""Two numbers that differ by no more than this share of the larger are the same number.

A ratio is worked out in binary, a threshold is written in decimals: 57 of 100 is 56.99999999999999 %. Real
figures have nine digits at most, so that two which differ do so long before the twelfth.
"""

COUNTS = (Verdict.MET, Verdict.WITHIN, Verdict.FAILED, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)


def judged(frame: Frame) -> Frame:
    """Add ``margin`` and ``verdict`` to rows of values.

    Parameters
    ----------
    frame : with ``value``, ``threshold``, ``within`` (numbers, null where there is none), ``op`` (one of
        ``>=``, ``>``, ``<=``, ``<``), and ``status`` (``known``, ``unknown`` or ``not_applicable``).

    Notes
    -----
    The comparator is exact up to `SAME`. A value or a threshold that is not known gives ``unknown``.
    """
    higher = nw.col("op").is_in([">=", ">"])
    gap = nw.col("value") - nw.col("threshold")
    return frame.with_columns(
        margin=nw.when(higher).then(gap).otherwise(0.0 - gap),
        verdict=nw.when(nw.col("status") == "not_applicable")
        .then(nw.lit(Verdict.NOT_APPLICABLE.value))
        .when(nw.col("value").is_null() | nw.col("threshold").is_null())
        .then(nw.lit(Verdict.UNKNOWN.value))
        .when(_holds("threshold"))
        .then(nw.lit(Verdict.MET.value))
        .when(~nw.col("within").is_null() & _holds("within"))
        .then(nw.lit(Verdict.WITHIN.value))
        .otherwise(nw.lit(Verdict.FAILED.value)),
    )


def _holds(bound: str) -> nw.Expr:
    value, limit, op = nw.col("value"), nw.col(bound), nw.col("op")
    same = SAME * nw.max_horizontal(value.abs(), limit.abs())
    gap = value - limit
    return (
        ((op == ">=") & (gap >= 0.0 - same))
        | ((op == ">") & (gap > same))
        | ((op == "<=") & (gap <= same))
        | ((op == "<") & (gap < 0.0 - same))
    )


def counted(frame: Frame, keys: Sequence[str], *, beside: Sequence[str] = ()) -> Frame:
    """How many rows of each group have each verdict: columns ``met``, ``within``, ``failed`` …

    Columns that are the same throughout a group, or null, are named in `beside` and kept.
    """
    marked = frame.select(
        *keys,
        *beside,
        *((nw.col("verdict") == one.value).cast(nw.Int64).alias(one.value) for one in COUNTS),
    )
    sums = {one.value: nw.col(one.value).sum() for one in COUNTS}
    return marked.group_by(*keys).agg(**sums, **{name: nw.col(name).max() for name in beside})


def joined(frame: Frame, *, at_least: int | None, others: bool, of: int) -> Frame:
    """Add the ``verdict`` of a rule to rows that have been `counted`.

    Parameters
    ----------
    at_least : how many of the ``of`` items must be met; all where None.
    others : whether those that are not must be nearly met (``within``).

    Notes
    -----
    An item that is not known may turn out either way: the rule holds only if it holds whatever they are, and
    fails only if nothing can save it. Items that do not apply are neither met nor missing.
    """
    spare = 0 if at_least is None else of - at_least
    short = nw.col("within") + nw.col("failed")
    certain_failure = short > spare
    if others or at_least is None:
        certain_failure = certain_failure | (nw.col("failed") > 0)
    certain_success = (short + nw.col("unknown") <= spare) & (
        (nw.col("unknown") == 0) if others or at_least is None else nw.lit(True)
    )
    nothing = nw.col("met") + short + nw.col("unknown") == 0
    return frame.with_columns(
        verdict=nw.when(nothing)
        .then(nw.lit(Verdict.NOT_APPLICABLE.value))
        .when(certain_failure)
        .then(nw.lit(Verdict.FAILED.value))
        .when(certain_success)
        .then(nw.lit(Verdict.MET.value))
        .otherwise(nw.lit(Verdict.UNKNOWN.value))
    )


def of_all(frame: Frame) -> Frame:
    """Add the ``verdict`` of all rows of a group together to rows that have been `counted`."""
    return frame.with_columns(
        verdict=nw.when(nw.col("failed") > 0)
        .then(nw.lit(Verdict.FAILED.value))
        .when(nw.col("unknown") > 0)
        .then(nw.lit(Verdict.UNKNOWN.value))
        .when(nw.col("within") > 0)
        .then(nw.lit(Verdict.WITHIN.value))
        .when(nw.col("met") > 0)
        .then(nw.lit(Verdict.MET.value))
        .otherwise(nw.lit(Verdict.NOT_APPLICABLE.value))
    )
