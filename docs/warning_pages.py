"""The reference page of the seat warnings: for each its document, what it compares, and its levels."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng import measures, terms
from jiaoheng.packs import SeatWarning

_OF = {
    "intake": "those expected to enter the first grade, over the intake plan (招生计划)",
    "occupancy": "pupils expected, over seats",
    "chance": "the chance that pupils exceed seats",
}
_INTRODUCTION = """\
What `jiaoheng seats --warning` can hold pupils to come against. Values are in percent and compared
unrounded: `>=` includes the bound, `>` does not. What is not known is `unknown`, never `none`. How to use
them, and to write one's own: [seat warnings](../guides/seat-warnings.md).
"""
_COLOURS = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝"}


def warning_pages() -> Iterator[str]:
    """The page, line by line."""
    yield "# Seat warnings\n"
    yield _INTRODUCTION
    for rule in measures.catalogue().seat_warnings.values():
        yield from _section(rule)


def _section(rule: SeatWarning) -> Iterator[str]:
    document = rule.document
    yield f"## {rule.name}\n"
    yield f"`{rule.id}` · {document.title} · {document.issuer} · {document.date or 'date not found'}\n"
    yield f"Source: {document.source}\n"
    doubts = (*document.unverified, *([rule.unverified] if rule.unverified else []))
    yield from (f"- not verified: {doubt}" for doubt in doubts)
    yield ""
    yield f"It compares {_OF[rule.of]}, {rule.years} years ahead. {rule.clause}。\n"
    yield f"Stages: {'、'.join(terms.Stage(stage).label for stage in rule.stages)}."
    if rule.empty is not None:
        yield f"Below {rule.empty:g} % of the seats it says how many will stand empty."
    yield ""
    yield "| level | 中文 | value, percent |"
    yield "| --- | --- | --- |"
    yield from (
        f"| `{case.colour}` | {_COLOURS[case.colour]} | {case.op} {case.value:g} |" for case in rule.cases
    )
    yield ""
