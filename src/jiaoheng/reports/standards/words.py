"""The words for verdicts, values, thresholds and what is missing: the same in every document."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jiaoheng.packs import Item
from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.numbers import MISSING, NOT_APPLICABLE, change_unit, half_up, shown, with_unit
from jiaoheng.reports.tables import Cell
from jiaoheng.standards import Assessed, Verdict

Row = Mapping[str, Any]
"""A row of `jiaoheng.standards.ITEMS`."""

MARKS = {
    Verdict.MET: "met",
    Verdict.WITHIN: "behind",
    Verdict.FAILED: "missed",
    Verdict.UNKNOWN: "unknown",
    Verdict.NOT_APPLICABLE: "not_applicable",
}
"""The mark that stands before a verdict's word."""

_SIGNS = {">=": "不低于", ">": "高于", "<=": "不高于", "<": "低于"}
# What is counted in whole pieces: half a teacher cannot be hired.
_WHOLE = ("人", "名", "间", "台", "册", "个", "所", "班", "份", "起")
_TEN_THOUSAND = 10_000


def verdict_cell(assessed: Assessed, verdict: Verdict | str) -> Cell:
    """A verdict in the words of the standard, with its mark."""
    word = assessed.word(verdict)
    return Cell(word, word, status=MARKS[Verdict(verdict)])


def stage_words(stage: str | None) -> str:
    """The stage; empty for the whole."""
    return stage_label(stage) if stage else ""


def is_question(item: Item) -> bool:
    """Whether an item is answered by yes or no: a condition, or what the county declares."""
    return item.measure is None and item.declared != "number"


def unit_of(assessed: Assessed, item: Item) -> str:
    """The unit of an item's value."""
    measure = assessed.catalogue.measures.get(item.measure or "")
    return measure.unit if measure else ""


def digits_of(assessed: Assessed, item: Item) -> int:
    """The places of an item's value."""
    measure = assessed.catalogue.measures.get(item.measure or "")
    return measure.digits if measure else 0 if is_question(item) else 2


def value_words(assessed: Assessed, item: Item, row: Row) -> str:
    """What was found, with its unit; a value that falls short never reads like the threshold."""
    if row["verdict"] == Verdict.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if row["value"] is None:
        return MISSING
    if is_question(item):
        return "是" if (row["value"] == 1) == item.expects else "否"
    return with_unit(row["value"], digits_of(assessed, item), unit_of(assessed, item), apart_from=_apart(row))


def threshold_words(assessed: Assessed, item: Item, row: Row) -> str:
    """What is asked: 不低于4.2人."""
    if is_question(item):
        return "应为“是”" if item.expects else "应为“否”"
    if row["threshold"] is None:
        return MISSING
    digits = _places(row["threshold"], digits_of(assessed, item))
    return _SIGNS[row["op"]] + with_unit(row["threshold"], digits, unit_of(assessed, item))


def missing_words(assessed: Assessed, item: Item, row: Row) -> str:
    """How much is missing, in the units of what is missing: 缺15.3人（至少补16人）."""
    if row["verdict"] not in (Verdict.FAILED, Verdict.WITHIN) or row["amount"] is None:
        return ""
    if is_question(item):
        return "未做到"
    unit, amount = amount_unit(assessed, item), abs(row["amount"])
    word = "缺" if row["op"] in (">=", ">") else "超"
    if unit in _WHOLE and word == "缺":
        least = pieces(row)
        return f"缺{with_unit(amount, 1, unit, apart_from=0)}（至少补{shown(least)}{unit}）"
    if unit == "元" and amount >= _TEN_THOUSAND:
        return f"{word}{with_unit(amount / _TEN_THOUSAND, 2, '万元')}"
    if unit in ("%", "％"):
        return f"{word}{with_unit(amount, 1, change_unit(unit), apart_from=0)}"
    digits = digits_of(assessed, item) if row["denominator"] is None else 1
    return f"{word}{with_unit(amount, digits, unit, apart_from=0)}"


def total_words(assessed: Assessed, item: Item, rows: Sequence[Row]) -> str:
    """What several schools lack together; pieces are made whole in each school before they are added."""
    unit = amount_unit(assessed, item)
    if unit in _WHOLE and rows[0]["op"] in (">=", ">"):
        return with_unit(sum(map(pieces, rows)), 0, unit)
    amount = sum(abs(row["amount"]) for row in rows)
    if unit == "元" and amount >= _TEN_THOUSAND:
        return with_unit(amount / _TEN_THOUSAND, 2, "万元")
    return with_unit(amount, 1, unit)


def pieces(row: Row) -> float:
    """The least whole number of pieces that make good what is missing."""
    amount = abs(row["amount"])
    nearest = round(amount)
    # 3.0000000000000004 teachers are three.
    least = nearest if math.isclose(amount, nearest, rel_tol=1e-9) else math.ceil(amount)
    return float(least + 1 if row["op"] == ">" and least == nearest else least)


def amount_unit(assessed: Assessed, item: Item) -> str:
    """The unit of what is missing, in Chinese."""
    unit = assessed.amount_unit(item)
    return {"yuan": "元", "m2": "平方米"}.get(unit, unit)


def _apart(row: Row) -> float | None:
    return row["threshold"] if row["verdict"] in (Verdict.FAILED, Verdict.WITHIN) else None


def _places(value: float, most: int) -> int:
    """As many places as the number has, at most so many more than its measure shows."""
    return next((places for places in range(most + 3) if float(half_up(value, places)) == value), most)
