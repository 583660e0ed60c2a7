"""Two plans side by side: the one that ends and the one being drafted.

`diff` pairs their indicators, commitments, tasks and projects (`pairing`) and says of each whether it was
kept, changed, is new or was dropped.
"""

from jiaoheng.plans.diff.change import KINDS, Change, Difference, Kind, Movement, Outcome
from jiaoheng.plans.diff.compare import PlanDiff, diff

__all__ = ["KINDS", "Change", "Difference", "Kind", "Movement", "Outcome", "PlanDiff", "diff"]
