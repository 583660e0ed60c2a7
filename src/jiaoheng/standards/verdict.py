"""The five verdicts, and the tables that they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import polars as pl


class Verdict(StrEnum):
    """What becomes of an item or a rule. Unknown never passes, and what does not apply never fails."""

    MET = "met"
    WITHIN = "within"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


ITEMS = pl.Schema(
    {
        "unit": pl.String(),
        "item": pl.String(),
        "school": pl.String(),
        "school_name": pl.String(),
        "stage": pl.String(),
        "value": pl.Float64(),
        "op": pl.String(),
        "threshold": pl.Float64(),
        "within": pl.Float64(),
        "numerator": pl.Float64(),
        "denominator": pl.Float64(),
        "margin": pl.Float64(),
        "amount": pl.Float64(),
        "verdict": pl.String(),
        "reason": pl.String(),
        "exemption": pl.String(),
    }
)
"""One row for each item, school and stage (``school`` is null for what is judged in the county).

``value``, ``threshold`` and ``within`` are in the unit of the item's measure, unrounded; a condition and an
answer of yes or no is 1 or 0. ``margin`` is how far the value lies on the right side of the threshold
(negative: short of it), ``amount`` the same in the unit of the numerator, where that has one: teachers, m².
``reason`` says why a verdict is unknown or does not apply; ``exemption`` is the id of the exemption that
decided.
"""

RULES = pl.Schema(
    {
        "unit": pl.String(),
        "rule": pl.String(),
        "school": pl.String(),
        "school_name": pl.String(),
        "stage": pl.String(),
        "verdict": pl.String(),
        "met": pl.Int64(),
        "within": pl.Int64(),
        "failed": pl.Int64(),
        "unknown": pl.Int64(),
        "not_applicable": pl.Int64(),
    }
)
"""One row for each rule, school and stage (null for rules of the county), with how many items, or for a rule
over schools how many schools and stages, had each verdict."""


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether all hold: one that fails decides, then one that is unknown; what does not apply is left out."""
    found = set(verdicts)
    order = (Verdict.FAILED, Verdict.UNKNOWN, Verdict.WITHIN, Verdict.MET)
    return next((one for one in order if one in found), Verdict.NOT_APPLICABLE)
