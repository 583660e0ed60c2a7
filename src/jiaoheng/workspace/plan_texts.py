"""A plan beside the text that it was read from."""

from __future__ import annotations

from pathlib import Path

from jiaoheng.packs import Catalogue
from jiaoheng.plans import Plan, load
from jiaoheng.plans.auditing import Audited
from jiaoheng.plans.reading.source import Source
from jiaoheng.workspace.errors import WorkspaceError


def with_text(path: Path, catalogue: Catalogue) -> Audited:
    """The plan in a YAML file and its text, which lies beside it under the name that the plan gives.

    Raises
    ------
    WorkspaceError, PlanError
        There is no such file, or it has faults.
    """
    if not path.is_file():
        raise WorkspaceError(f"找不到规划文件 {path}。请给出规划文件（YAML）或规划文档的路径。")
    stages = {id_: measure.rows for id_, measure in catalogue.measures.items()}
    return beside(load(path, measures=stages), path)


def beside(plan: Plan, path: Path) -> Audited:
    """`plan`, which was loaded from `path`, with its text; without one where the file is not there."""
    name = plan.document.text
    text = path.parent / name if name else None
    if text is None or not text.is_file():
        return Audited(plan)
    return Audited(plan, Source(text.read_text("utf-8")))
