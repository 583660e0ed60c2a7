"""Every check of plans, family by family."""

from __future__ import annotations

from jiaoheng.plans.auditing import (
    brackets,
    completeness,
    coverage,
    headings,
    hierarchy,
    misprints,
    pace,
    paths,
    repeated,
    targets,
)
from jiaoheng.plans.auditing.check import Check

CHECKS: tuple[Check, ...] = (
    *targets.CHECKS,
    *paths.CHECKS,
    *pace.CHECKS,
    *hierarchy.CHECKS,
    *completeness.CHECKS,
    *coverage.CHECKS,
    *repeated.CHECKS,
    *misprints.CHECKS,
    *brackets.CHECKS,
    *headings.CHECKS,
)  # fmt: skip
