"""Small plans with their texts for the tests of the audit."""

from __future__ import annotations

from functools import cache
from typing import Any

from jiaoheng import measures
from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.plans import Passage, Plan
from jiaoheng.plans.auditing import Audited, Finding, audit
from jiaoheng.plans.auditing.check import Check
from jiaoheng.plans.model import Document, Period, Region
from jiaoheng.plans.reading.source import Source


@cache
def catalogue() -> Catalogue:
    return measures.catalogue()


def written(text: str | None = None, **parts: Any) -> Audited:
    """A plan of 2021—2025 with these parts, beside `text`."""
    plan = Plan(
        title=parts.pop("title", "某县教育规划"),
        issuer="某县人民政府",
        region=Region(code="441284", name="某县"),
        period=Period(start=2021, end=2025),
        document=Document(title="某县教育规划"),
        **parts,
    )
    return Audited(plan, None if text is None else Source(text))


def passage(text: str, words: str, *, nth: int = 1) -> Passage:
    """The passage of the nth occurrence of `words` in `text`."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Passage(section="第一章", quote=words, start=start, end=start + len(words))


def found(checks: tuple[Check, ...], *plans: Audited) -> list[tuple[str, tuple[float, ...]]]:
    """Kind and figures of every finding of `checks`."""
    return [(finding.kind, finding.figures) for finding in findings(checks, *plans)]


def findings(checks: tuple[Check, ...], *plans: Audited) -> tuple[Finding, ...]:
    return audit(plans, catalogue=catalogue(), checks=checks)
