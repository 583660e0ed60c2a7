"""What the documents say beyond `standards.words`: marks of verdicts, and needs in whole pieces."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jiaoheng.packs import Item
from jiaoheng.reports.numbers import with_unit
from jiaoheng.reports.tables import Cell
from jiaoheng.standards import Assessed, Verdict, words
from jiaoheng.standards.result import told_by_numerator
from jiaoheng.standards.words import Row

MARKS = {
    Verdict.MET: "met",
    Verdict.WITHIN: "behind",
    Verdict.FAILED: "missed",
    Verdict.UNKNOWN: "unknown",
    Verdict.NOT_APPLICABLE: "not_applicable",
}
"""The mark that stands before a verdict's word."""

SHORT = (Verdict.FAILED, Verdict.WITHIN)
"""The verdicts of what does not reach what is asked."""

# What is counted in whole pieces: half a teacher cannot be hired.
_WHOLE = ("人", "名", "间", "台", "册", "个", "所", "班", "份")
_TEN_THOUSAND = 10_000


def verdict_cell(assessed: Assessed, verdict: Verdict | str) -> Cell:
    """A verdict in the words of the standard, with its mark."""
    word = assessed.word(verdict)
    return Cell(word, word, status=MARKS[Verdict(verdict)])


def need_words(assessed: Assessed, row: Row) -> str:
    """What is missing, and how many whole pieces make it good: ``缺 15.3 人（补 16 人）``."""
    if row["verdict"] not in SHORT:
        return ""
    item = assessed.item(row["item"])
    said = words.margin_words(assessed, row)
    if not _in_pieces(assessed, item, row):
        return said
    least = with_unit(pieces(row), 0, assessed.amount_unit(item))
    return f"{said}（补 {least}）"


def total_words(assessed: Assessed, item: Item, rows: Sequence[Row]) -> str:
    """What several schools lack together; pieces are made whole in each school before they are added."""
    if words.yes_or_no(item) or any(row["amount"] is None for row in rows):
        return ""
    unit = assessed.amount_unit(item)
    if _in_pieces(assessed, item, rows[0]):
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


def _in_pieces(assessed: Assessed, item: Item, row: Row) -> bool:
    counted = told_by_numerator(item, assessed.catalogue) and row["amount"] is not None
    return counted and row["op"] in (">=", ">") and assessed.amount_unit(item) in _WHOLE
