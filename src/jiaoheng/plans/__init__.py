"""Plans as data: the model, plan files, and progress against them.

A plan (`Plan`) is loaded from YAML (`load`) and written back (`save`). `progress` holds what was measured
(`History`) against every indicator: met, on track, behind, missed, unknown or not applicable, each with the
numbers and the sentences behind it; `summarise` counts them.
"""

from jiaoheng.plans.figures import target_words
from jiaoheng.plans.files import PlanError, dumps, load, save, shipped
from jiaoheng.plans.history import History, Observation, Recorded
from jiaoheng.plans.judge import progress
from jiaoheng.plans.model import (
    Baseline,
    Commitment,
    Indicator,
    Passage,
    Period,
    Plan,
    Project,
    Target,
    Task,
    YearlyPath,
)
from jiaoheng.plans.results import Actual, Progress
from jiaoheng.plans.status import Assessment, Status
from jiaoheng.plans.summary import Summary, summarise

__all__ = [
    "Actual",
    "Assessment",
    "Baseline",
    "Commitment",
    "History",
    "Indicator",
    "Observation",
    "Passage",
    "Period",
    "Plan",
    "PlanError",
    "Progress",
    "Project",
    "Recorded",
    "Status",
    "Summary",
    "Target",
    "Task",
    "YearlyPath",
    "dumps",
    "load",
    "progress",
    "save",
    "shipped",
    "summarise",
    "target_words",
]
