"""What differs between two assessments by one standard: of two years, or before and after a supposition."""

from __future__ import annotations

import polars as pl

from jiaoheng.standards.result import Assessed
from jiaoheng.standards.verdict import Verdict

DIFFERENCES = pl.Schema(
    {
        "item": pl.String(),
        "school": pl.String(),
        "school_name": pl.String(),
        "stage": pl.String(),
        "before": pl.String(),
        "after": pl.String(),
        "value_before": pl.Float64(),
        "value_after": pl.Float64(),
        "kind": pl.String(),
    }
)
"""One row for each item, school and stage whose verdict differs.

``before`` or ``after`` is null where the row is in one assessment only: a school that closed or opened.
``kind`` is one of `KINDS`.
"""

KINDS = {
    "newly_met": "新达标",
    "newly_failed": "新不达标",
    "better": "好转",
    "worse": "变差",
    "newly_known": "新有数据",
    "newly_unknown": "数据缺失",
    "gone": "不再有",
    "new": "新增",
    "other": "适用变化",
}
_RANK = {Verdict.FAILED.value: 0, Verdict.WITHIN.value: 1, Verdict.MET.value: 2}
_KEYS = ("item", "school", "stage")


def differences(before: Assessed, after: Assessed) -> pl.DataFrame:
    """The rows of items whose verdict is not the same (columns of `DIFFERENCES`)."""
    first, second = (
        found.rows.select(*_KEYS, "school_name", "verdict", "value") for found in (before, after)
    )
    both = first.join(second, on=_KEYS, how="full", coalesce=True, nulls_equal=True, suffix="_after")
    apart = both.filter(~pl.col("verdict").eq_missing(pl.col("verdict_after")))
    return apart.select(
        "item",
        "school",
        pl.coalesce("school_name_after", "school_name").alias("school_name"),
        "stage",
        before="verdict",
        after="verdict_after",
        value_before="value",
        value_after="value_after",
        kind=pl.struct("verdict", "verdict_after").map_elements(
            lambda pair: _kind(pair["verdict"], pair["verdict_after"]), return_dtype=pl.String
        ),
    ).sort(*_KEYS, nulls_last=True)


def _kind(before: str | None, after: str | None) -> str:
    if before is None:
        return "new"
    if after is None:
        return "gone"
    if before in _RANK and after in _RANK:
        if after == Verdict.MET:
            return "newly_met"
        if before == Verdict.MET:
            return "newly_failed"
        return "better" if _RANK[after] > _RANK[before] else "worse"
    if Verdict.NOT_APPLICABLE in (before, after):
        return "other"
    return "newly_unknown" if after == Verdict.UNKNOWN else "newly_known"
