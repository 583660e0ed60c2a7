"""A plan beside the text that it was read from."""

from __future__ import annotations

from pathlib import Path

from jiaoheng.packs import Catalogue
from jiaoheng.plans import Plan, load
from jiaoheng.plans.auditing import Audited
from jiaoheng.plans.reading.opening import open_document
from jiaoheng.plans.reading.read import read
from jiaoheng.plans.reading.source import Source
from jiaoheng.workspace.errors import WorkspaceError

_PLAN_FILES = (".yaml", ".yml")


def with_text(path: Path, catalogue: Catalogue) -> Audited:
    """A plan and its text: a plan file with what lies beside it, or a document, which is read.

    Raises
    ------
    WorkspaceError, PlanError, ReadingError
        There is no such file, it has faults, or it cannot be read as a plan.
    """
    if not path.is_file():
        raise WorkspaceError(f"找不到规划文件 {path}。请给出规划文件（YAML）或规划文档的路径。")
    if path.suffix.lower() not in _PLAN_FILES:
        source = open_document(path)
        return Audited(read(source, catalogue=catalogue), source)
    stages = {id_: measure.rows for id_, measure in catalogue.measures.items()}
    return beside(load(path, measures=stages), path)


def beside(plan: Plan, path: Path) -> Audited:
    """`plan`, which was loaded from `path`, with its text; without one where the file is not there."""
    name = plan.document.text
    text = path.parent / name if name else None
    if text is None or not text.is_file():
        return Audited(plan)
    return Audited(plan, Source(text.read_text("utf-8")))
