"""Finds what is wrong in a plan and between plans: every finding with both sides, as printed.

The way: `Audited` puts a plan beside the text that it was read from; each family of checks is a file of
small functions (`sums`, `products`, `repeated`, `counts`, `typing`, …); `registry` lists them all with their
Chinese names; `audit` runs them. A check that is not sure keeps silent.
"""

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Material
from jiaoheng.plans.auditing.finding import SEVERITIES, Finding, Severity, Side
from jiaoheng.plans.auditing.registry import CHECKS
from jiaoheng.plans.auditing.run import audit

__all__ = ["CHECKS", "SEVERITIES", "Audited", "Check", "Finding", "Material", "Severity", "Side", "audit"]
