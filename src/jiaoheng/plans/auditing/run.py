"""Runs every check over plans and puts what they found in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Material
from jiaoheng.plans.auditing.finding import Finding
from jiaoheng.plans.auditing.registry import CHECKS
from jiaoheng.plans.history import History


def audit(
    read: Sequence[Audited],
    *,
    catalogue: Catalogue,
    history: History | None = None,
    checks: Sequence[Check] = CHECKS,
) -> tuple[Finding, ...]:
    """What is wrong in each of the plans and between them, the worst first.

    Parameters
    ----------
    read : the plans, each with its text where it is at hand. Without it the checks of text are left out, and
        a finding says so.
    history : what the measures were, for the pace of the past.
    checks : those to run.
    """
    material = Material(tuple(read), catalogue, history)
    findings = [finding for check in checks for finding in check.findings(material)]
    return tuple(sorted(_once(findings), key=lambda finding: finding.order))


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Each sentence once: what the text, an annex and a table repeat is one finding with all its places."""
    said: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first = said.setdefault((finding.kind, finding.sentence), finding)
        more = tuple(side for side in finding.sides if side not in first.sides)
        said[finding.kind, finding.sentence] = replace(first, sides=(*first.sides, *more))
    return list(said.values())
