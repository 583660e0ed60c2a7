"""Every check of plans, family by family."""

from __future__ import annotations

from jiaoheng.plans.auditing import (
    coverage,
)
from jiaoheng.plans.auditing.check import Check

CHECKS: tuple[Check, ...] = (
    *coverage.CHECKS,
)  # fmt: skip
