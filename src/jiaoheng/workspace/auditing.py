"""Auditing plan files, and comparing two of them: with no workspace, or with what one knows of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jiaoheng import measures as measures_room
from jiaoheng.packs import Catalogue
from jiaoheng.plans import History, Recorded
from jiaoheng.plans.auditing import CHECKS, Audited, Finding, audit
from jiaoheng.plans.diff import Change, Outcome, PlanDiff, diff
from jiaoheng.reports import audit as audit_report
from jiaoheng.reports import plan_diff as diff_report
from jiaoheng.workspace.exports import write
from jiaoheng.workspace.lookups import measures_of
from jiaoheng.workspace.plan_texts import with_text
from jiaoheng.workspace.workspace import Workspace

_FALLS_SHORT = ("error", "contradiction")
_NAMES = {check.id: check.name for check in CHECKS}


@dataclass(frozen=True)
class PlanAudit:
    """Plans and what is wrong in them and between them, the worst first."""

    plans: tuple[Audited, ...]
    findings: tuple[Finding, ...]

    @property
    def falls_short(self) -> bool:
        """Whether there are errors or contradictions."""
        return any(finding.severity in _FALLS_SHORT for finding in self.findings)


def audit_plans(paths: Sequence[Path], *, workspace: Workspace | None = None) -> PlanAudit:
    """Audit plans, each by itself and beside the others.

    Parameters
    ----------
    paths : plan files (YAML, with the text that they were read from beside them), or documents.
    workspace : its own packs and its censuses, for the pace of the past.

    Raises
    ------
    PlanError, ReadingError
        A file cannot be read as a plan.
    """
    catalogue = workspace.catalogue if workspace else measures_room.catalogue()
    read = tuple(with_text(path, catalogue) for path in paths)
    history = _history(workspace, read) if workspace and workspace.years else None
    return PlanAudit(read, audit(read, catalogue=catalogue, history=history))


def compare_plans(old: Path, new: Path) -> PlanDiff:
    """What became of the items of one plan in another; both as in `audit_plans`."""
    catalogue: Catalogue = measures_room.catalogue()
    better = {id_: measure.better for id_, measure in catalogue.measures.items()}
    return diff(with_text(old, catalogue).plan, with_text(new, catalogue).plan, better=better)


def audit_document(result: PlanAudit) -> dict[str, Any]:
    """An audit as plain data."""
    return {
        "plans": [
            {"title": each.plan.title, "text": each.source is not None, "file": each.plan.document.text}
            for each in result.plans
        ],
        "findings": [
            {
                "id": finding.id,
                "kind": finding.kind,
                "name": _NAMES.get(finding.kind, finding.kind),
                "severity": finding.severity,
                "sentence": finding.sentence,
                "figures": list(finding.figures),
                "sides": [asdict(side) for side in finding.sides],
            }
            for finding in result.findings
        ],
    }


def diff_document(result: PlanDiff) -> dict[str, Any]:
    """Two plans side by side as plain data: the items themselves as in a plan file."""
    return {
        "old": {"title": result.old.title, "period": result.old.period.model_dump()},
        "new": {"title": result.new.title, "period": result.new.period.model_dump()},
        "counts": {outcome.value: _count(result, outcome) for outcome in Outcome},
        "changes": [_change(change) for change in result.changes],
    }


def write_audit(result: PlanAudit, path: Path) -> Path:
    """Write an audit as .xlsx, .docx, .pdf or .csv."""
    titles = [each.plan.title for each in result.plans]
    return write(audit_report.document(result.findings, titles, created=date.today()), path)


def write_diff(result: PlanDiff, path: Path) -> Path:
    """Write a comparison as .xlsx, .docx, .pdf or .csv."""
    return write(diff_report.document(result, created=date.today()), path)


def _history(workspace: Workspace, read: Sequence[Audited]) -> History:
    wanted = {id_ for each in read for id_ in measures_of(each.plan)} & workspace.catalogue.measures.keys()
    return Recorded.from_frames([workspace.history(sorted(wanted))])


def _count(result: PlanDiff, outcome: Outcome) -> int:
    return sum(change.outcome is outcome for change in result.changes)


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "outcome": change.outcome.value,
        "name": change.name,
        "old_figure": change.old_figure,
        "new_figure": change.new_figure,
        "figure_change": change.figure_change,
        "movement": change.movement.value if change.movement else None,
        "differences": [asdict(each) for each in change.differences],
        "old": None if change.old is None else change.old.model_dump(mode="json", exclude_none=True),
        "new": None if change.new is None else change.new.model_dump(mode="json", exclude_none=True),
    }
