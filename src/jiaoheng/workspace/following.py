"""Following a workspace's plan: how it stands on a day, and what units report of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jiaoheng.census import values
from jiaoheng.census.personal import without_numbers
from jiaoheng.plans import following
from jiaoheng.plans.following import Entry, Evidence, EvidenceError, Matter, Standing, evidence
from jiaoheng.plans.following.recording import Saying, SayingError, entry_of, item_named
from jiaoheng.plans.following.sheet import sheet
from jiaoheng.plans.following.sheet_read import Filled, Filling, read_sheet
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.files import put
from jiaoheng.workspace.followed import Followed, follow_plan
from jiaoheng.workspace.lookups import plan_path, plan_paths
from jiaoheng.workspace.workspace import Workspace


def follow(
    workspace: Workspace, plan: str | Path | None = None, *, as_of: date | None = None, unit: str = ""
) -> Followed:
    """How the items of a plan stand on a day (None: today), all or those that a unit answers for.

    Raises
    ------
    ProgressFileError, WorkspaceError
        The progress file has faults; the plan has nothing to follow, or names no such unit.
    """
    as_of = as_of or date.today()
    path = plan_path(workspace.folder, plan, year=as_of.year)
    chosen = workspace.plan(path)
    if not following.items(chosen):
        raise WorkspaceError(
            f"《{chosen.title}》里没有任务，也没有项目。请在规划文件里写上 tasks 或 projects。"
        )
    return follow_plan(chosen, path, as_of=as_of, unit=unit)


def record(
    workspace: Workspace,
    item: str,
    saying: Saying,
    *,
    plan: str | Path | None = None,
    files: Iterable[Path] = (),
    today: date | None = None,
) -> tuple[Entry, ...]:
    """Write what is said of one item into the progress file; what was new.

    Parameters
    ----------
    item : its number (``12``, or ``12@2023`` where it is due in several years), or a project's id.
    files : evidence, which is copied beside the plan.
    """
    found = follow(workspace, plan_path(workspace.folder, plan))
    described = [evidence.describe(path) for path in files]
    shown = replace(saying, evidence=(*saying.evidence, *(each for each, _ in described)))
    entry = _entry(_item(found, item), shown, today=today or date.today())
    return following.add(found.path, found.following.plan, [entry], files=described)


def write_follow_sheet(workspace: Workspace, found: Followed, path: Path, *, overwrite: bool = False) -> Path:
    """Write the workbook in which units report on what was followed.

    Raises
    ------
    WorkspaceError
        The file is there already: it may be the one that somebody has filled in.
    """
    if path.exists() and not overwrite:
        raise WorkspaceError(
            f"{path}：已有这个文件，可能已经填过，没有改动。请换一个名字，或加 --overwrite 覆盖。"
        )
    if path.suffix.lower() != ".xlsx":
        raise WorkspaceError(f"{path}：填报表只能写成 .xlsx。请改文件名。")
    return put(sheet(found.following, unit=found.unit, synthetic=workspace.settings.synthetic), path)


def record_sheet(
    workspace: Workspace,
    path: Path,
    *,
    plan: str | Path | None = None,
    by: str = "",
    today: date | None = None,
) -> tuple[Entry, ...]:
    """Write what a filled workbook says into the progress file, all or nothing; what was new.

    Parameters
    ----------
    path : the workbook; its evidence lies beside it.
    plan : by default the one that the workbook names.
    by : the unit, where the workbook does not name it.

    Raises
    ------
    FileError, WorkspaceError, ProgressFileError
        With everything in the workbook that cannot be recorded; it is of another plan.
    """
    filling = read_sheet(path, by=by)
    found = follow(workspace, _plan_of(filling, workspace, plan, path))
    entries, described, faults = [], [], list(filling.faults)
    source = without_numbers(path.name)
    for row in filling.rows:
        own, lost = _evidence(row, path.parent)
        wrong = [*row.faults, *lost]
        try:
            item = _item(found, row.item)
            if not (wrong or filling.faults):
                saying = replace(row.saying, evidence=tuple(each for each, _ in own))
                entries.append(_entry(item, saying, today=today or date.today(), source=source))
        except SayingError as error:
            wrong.append(f"{row.place}：{error}")
        described += own
        faults += wrong
    if faults:
        raise WorkspaceError("\n".join([*faults, "什么都没有登记。"]))
    return following.add(found.path, found.following.plan, entries, files=described)


def _plan_of(filling: Filling, workspace: Workspace, plan: str | Path | None, path: Path) -> Path:
    """The plan that the person names, else the one that the workbook names: it must be the workbook's."""
    known = plan_paths(workspace.folder) if plan is None else (plan_path(workspace.folder, plan),)
    titles = {each: workspace.plan(each).title for each in known}
    fitting = [each for each, title in titles.items() if values.clean(title) == filling.plan_title]
    if known and not fitting:
        others = "".join(f"《{title}》" for title in titles.values())
        raise WorkspaceError(
            f"{path.name}：这是《{filling.plan_title}》的填报表，而要登记的是{others}。请换一个文件，或指明规划。"
        )
    return fitting[0] if len(fitting) == 1 else plan_path(workspace.folder, plan)


def _evidence(row: Filled, folder: Path) -> tuple[list[tuple[Evidence, bytes]], list[str]]:
    """The files of a row that can be kept, and what is wrong with the others."""
    found, faults = [], []
    for name in row.files:
        try:
            found.append(evidence.describe(folder / name))
        except EvidenceError as error:
            faults.append(f"{row.place}：{error}")
    return found, faults


def follow_document(followed: Followed) -> dict[str, Any]:
    """How a plan stands, as plain data."""
    result = followed.following
    return {
        "plan": result.plan.title,
        "as_of": result.as_of,
        "unit": followed.unit or None,
        "tasks": [
            {
                "number": task.number,
                "title": task.title,
                "state": task.state.value,
                "label": task.state.label,
                "parts": [_standing(part) for part in task.parts],
            }
            for task in result.tasks
        ],
        "projects": [_standing(standing) for standing in result.of("project")],
        "late": len(result.late),
        "overdue_rectifications": len(result.overdue_matters),
        "evidence_lost": [
            {
                "item": str(following.key_of(loss.entry, result.plan)),
                "file": loss.evidence.file,
                "what": loss.kind,
            }
            for loss in followed.losses
        ],
    }


def _item(found: Followed, word: str) -> Standing:
    standings = {standing.item.key: standing for standing in found.following.standings}
    return standings[item_named([standing.item for standing in standings.values()], word).key]


def _entry(standing: Standing, saying: Saying, *, today: date, source: str = "") -> Entry:
    return entry_of(standing.item, saying, answering=standing.answering, today=today, source=source)


def _standing(standing: Standing) -> dict[str, Any]:
    item, last = standing.item, standing.last
    return {
        "item": str(item.key),
        "year": item.key.year,
        "title": item.title,
        "words": item.words or None,
        "lead": list(item.lead),
        "responsible": list(item.responsible),
        "answering": list(standing.answering),
        "due": standing.due,
        "due_in_plan": item.due.on,
        "due_basis": item.due.basis,
        "state": standing.state.value,
        "label": standing.state.label,
        "reported": last is not None,
        "last_report": None if last is None else {"day": last.day, "by": last.by, "state": last.state.value},
        "percent": None if last is None else last.percent,
        "finished": standing.finished,
        "days_late": standing.days_late,
        "evidence": sum(len(report.evidence) for report in standing.reports),
        "matters": [_matter(matter, standing.as_of) for matter in standing.matters],
    }


def _matter(matter: Matter, as_of: date) -> dict[str, Any]:
    return {
        "opened": matter.opened_on,
        "to": list(matter.to),
        "waiting_for": matter.waiting_for.label if matter.waiting_for else None,
        "due": matter.due,
        "days_overdue": matter.overdue(as_of),
        "closed": matter.closed_on,
        "steps": [{"step": step.step.label, "day": step.day, "passed": step.passed} for step in matter.steps],
    }
