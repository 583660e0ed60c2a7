"""What became of one item from an old plan to a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jiaoheng.plans.model import Commitment, Indicator, Project, Task
from jiaoheng.terms import Term

Kind = Literal["indicator", "commitment", "task", "project"]

KINDS: dict[Kind, str] = {"indicator": "指标", "commitment": "承诺", "task": "任务", "project": "项目"}


class Outcome(Term):
    """What became of an item."""

    KEPT = "kept", "沿用"
    CHANGED = "changed", "有变"
    NEW = "new", "新增"
    DROPPED = "dropped", "取消"


class Movement(Term):
    """Which way a target went, by what is better for its measure."""

    RAISED = "raised", "提高"
    LOWERED = "lowered", "降低"
    SAME = "same", "不变"
    UNCLEAR = "unclear", "方向不明"


@dataclass(frozen=True)
class Difference:
    """One thing about an item that is not the same in both plans, as words; empty where one says nothing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """An item of both plans, or of one of them.

    Attributes
    ----------
    name : as the new plan names it; where it is dropped, as the old one did.
    old, new : the item itself.
    old_figure, new_figure : the value to reach in the end, unrounded; None where there is none.
    movement : of the target; None where the two cannot be compared (another unit, a level and an addition) or
        there is only one.
    """

    kind: Kind
    outcome: Outcome
    name: str
    old: Indicator | Commitment | Task | Project | None
    new: Indicator | Commitment | Task | Project | None
    differences: tuple[Difference, ...] = ()
    old_figure: float | None = None
    new_figure: float | None = None
    movement: Movement | None = None

    @property
    def figure_change(self) -> float | None:
        """The new figure minus the old one; None where the two cannot be compared."""
        if self.old_figure is None or self.new_figure is None or self.movement is None:
            return None
        return self.new_figure - self.old_figure
