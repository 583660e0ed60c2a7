"""A workspace's plan on one day, with what its progress file says and whether the evidence is still there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.plans import Plan, following
from jiaoheng.plans.following import Following, Loss, evidence
from jiaoheng.workspace.errors import WorkspaceError


@dataclass(frozen=True)
class Followed:
    """A plan on one day.

    Attributes
    ----------
    path : the progress file.
    unit : whose items these are; empty for all.
    losses : evidence that is not as it was recorded.
    """

    following: Following
    path: Path
    unit: str
    losses: tuple[Loss, ...]

    @property
    def falls_short(self) -> bool:
        """Whether something is late, a 整改 is overdue, or evidence was lost."""
        return bool(self.following.late or self.following.overdue_matters or self.losses)


def follow_plan(plan: Plan, plan_path: Path, *, as_of: date, unit: str = "") -> Followed:
    """How the items of a plan stand on a day, all or those that a unit answers for.

    Raises
    ------
    ProgressFileError, WorkspaceError
        The progress file has faults; there is no such unit.
    """
    path = following.path_of(plan_path)
    ledger = following.load(path, plan)
    result = following.follow(plan, ledger.entries, as_of=as_of)
    own = _of_unit(result, unit) if unit else result
    keys = {standing.item.key for standing in own.standings}
    entries = [entry for entry in ledger.entries if following.key_of(entry, plan) in keys]
    return Followed(own, path, unit, following.losses(evidence.folder_of(path), entries))


def _of_unit(result: Following, unit: str) -> Following:
    own = result.of_unit(unit)
    if not own.standings:
        listed = f"有：{'、'.join(result.units)}。" if result.units else "规划没有写明，也还没有单位报告。"
        raise WorkspaceError(
            f"没有由“{unit}”负责的任务或项目。{nearest(unit, result.units) or f'负责的单位{listed}'}"
        )
    return own
