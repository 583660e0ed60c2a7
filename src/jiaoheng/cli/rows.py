"""Results as rows of words, for the tables that people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiaoheng import terms
from jiaoheng.disclosure import MARK, MASKED
from jiaoheng.packs import STAGE_GROUPS, Measure
from jiaoheng.plans import Progress, target_words
from jiaoheng.plans.figures import figure
from jiaoheng.reports.numbers import shown

_BY = {"urban_rural": "urban_rural", "ownership": "ownership"}


def measure_row(row: Mapping[str, Any], measure: Measure) -> dict[str, str]:
    """One row of `measures.compute` in words; missing is a dash, never a zero."""
    key = row["key_name"] or row["key"] or ""
    return {
        "name": measure.name,
        "key": terms.label(_BY[row["by"]], key) if row["by"] in _BY else str(key),
        "stage": stage_name(row["stage"]),
        "value": MARK if row["status"] == MASKED else shown(row["value"], measure.digits),
        "unit": measure.unit,
        "coverage": "" if row["coverage"] is None else f"{shown(row['coverage'] * 100, 1)}%",
        "reason": row["reason"] or "",
    }


def progress_row(item: Progress) -> dict[str, str]:
    """One indicator's progress in words."""
    words = target_words(item.target, item.indicator.unit)
    return {
        "name": item.indicator.name,
        "target": words if item.target is None else f"{item.target.year} 年 {words}",
        "actual": _or_dash(item.value),
        "status": item.status.label,
        "pace": _or_dash(item.pace),
        "needed": _or_dash(item.pace_needed),
    }


def _or_dash(value: float | None) -> str:
    return "—" if value is None else figure(value)


def stage_name(stage: str | None) -> str:
    """The Chinese name of a stage or of a group of stages."""
    if not stage:
        return ""
    return STAGE_GROUPS.get(stage) or terms.label("stage", stage)
