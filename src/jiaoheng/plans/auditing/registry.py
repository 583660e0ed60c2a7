"""Every check of plans, family by family."""

from __future__ import annotations

from jiaoheng.plans.auditing import (
    bounds,
    brackets,
    changes,
    completeness,
    counts,
    coverage,
    headings,
    hierarchy,
    misprints,
    names,
    pace,
    parts,
    paths,
    products,
    repeated,
    scores,
    table_sums,
    targets,
    task_places,
    years,
)
from jiaoheng.plans.auditing.check import Check

CHECKS: tuple[Check, ...] = (
    *targets.CHECKS,
    *paths.CHECKS,
    *pace.CHECKS,
    *hierarchy.CHECKS,
    *completeness.CHECKS,
    *coverage.CHECKS,
    *table_sums.CHECKS,
    *scores.CHECKS,
    *parts.CHECKS,
    *changes.CHECKS,
    *products.CHECKS,
    *counts.CHECKS,
    *task_places.CHECKS,
    *repeated.CHECKS,
    *misprints.CHECKS,
    *brackets.CHECKS,
    *bounds.CHECKS,
    *headings.CHECKS,
    *names.CHECKS,
    *years.CHECKS,
)  # fmt: skip
