"""A workspace's plan: loaded, judged by what was measured, and read for what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from jiaoheng import plans
from jiaoheng.packs import Catalogue
from jiaoheng.plans import Assessment, Plan, Progress, Recorded
from jiaoheng.plans.auditing import Finding, audit
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.plan_texts import beside
from jiaoheng.workspace.settings import Region


def load_plan(path: Path, catalogue: Catalogue, region: Region, name: str) -> Plan:
    """The plan at `path`, of the region that is called `name`.

    Raises
    ------
    PlanError, WorkspaceError
        The file has faults, or is the plan of another region.
    """
    stages = {id_: measure.rows for id_, measure in catalogue.measures.items()}
    found = plans.load(path, measures=stages)
    if found.region.code not in (None, region.code):
        raise WorkspaceError(
            f"{path}：这是{found.region.name}（{found.region.code}）的规划，"
            f"而工作区是{name}（{region.code}）。请换成本地的规划，或改正 region。"
        )
    return found


def judge(
    plan: Plan, history: pl.DataFrame, catalogue: Catalogue, *, year: int, assessment: Assessment | str
) -> tuple[Progress, ...]:
    """Each indicator against `history`, the county's measures of several years."""
    return plans.progress(
        plan,
        Recorded.from_frames([history]),
        year=year,
        assessment=assessment,
        better={id_: measure.better for id_, measure in catalogue.measures.items()},
    )


def audit_beside(plan: Plan, path: Path, history: pl.DataFrame, catalogue: Catalogue) -> tuple[Finding, ...]:
    """What is wrong in a plan, with the text that stands beside its file."""
    return audit([beside(plan, path)], catalogue=catalogue, history=Recorded.from_frames([history]))
