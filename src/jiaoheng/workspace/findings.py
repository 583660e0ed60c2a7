"""What is done with findings: compared, explained, written into workbooks, marked in the user's own files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jiaoheng.census import checking
from jiaoheng.census.checking import Difference, Finding, Marked
from jiaoheng.census.workbook import TEXTS, WORKBOOKS
from jiaoheng.workspace.checking import Checked
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.workspace import Workspace


def check_difference(ws: Workspace, checked: Checked) -> Difference | None:
    """What became of the findings since the version before; None where there is none."""
    census = checked.census
    versions = [number for number in ws.store.versions(census.year) if number < census.version]
    if not versions:
        return None
    older = ws.check(census.year, version=versions[-1])
    return checking.difference(older.findings, checked.findings, before=versions[-1])


def explain_findings(ws: Workspace, path: Path, *, year: int | None = None, today: date | None = None) -> int:
    """Store the reasons in a filled result workbook, all or nothing; how many there were.

    Raises
    ------
    ExplanationError
        A row cannot be taken; the message names it.
    """
    checked = ws.check(year)
    of_year = checked.census.year
    answers = checking.read_answers(path, year=of_year)
    known = checking.load(ws.folder, of_year)
    today = today or date.today()
    entries = checking.taken(answers, checked.findings, known, today=today, file=path.name)
    if entries != known:
        checking.save(ws.folder, of_year, entries)
    return len(answers)


def write_findings(ws: Workspace, checked: Checked, path: Path, *, overwrite: bool = False) -> Path:
    """Write findings into a workbook in which they can be explained.

    Raises
    ------
    WorkspaceError
        The file is there already: somebody may have written reasons into it.
    """
    if path.exists() and not overwrite:
        raise WorkspaceError(
            f"{path}：已有这个文件，可能已经填过，没有改动。请换一个名字，或加 --overwrite 覆盖。"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    census = checked.census
    title = f"{ws.name} {census.year} 年第 {census.version} 版校验结果：{checked.summary}"
    return checking.write_results(path, checked.findings, title=title, year=census.year)


def mark_findings(
    ws: Workspace,
    checked: Checked,
    paths: Sequence[Path],
    folder: Path | None = None,
    *,
    overwrite: bool = False,
) -> Marked:
    """Write copies of the user's own workbooks with the failing cells filled and commented.

    Parameters
    ----------
    paths : the files that were imported, or folders that hold them.
    folder : where the copies go; the workspace's ``out`` folder where left out.
    overwrite : whether copies of before, which may have been mended, are replaced.
    """
    target = folder or ws.folder / "out" / f"{checked.census.year} 校验标注"
    return checking.mark(
        _originals(paths), checked.findings, checked.census.manifest, target, overwrite=overwrite
    )


def checked_document(checked: Checked, difference: Difference | None = None) -> dict[str, Any]:
    """The findings as plain data."""
    found: dict[str, Any] = {
        "region": checked.census.region,
        "year": checked.census.year,
        "version": checked.census.version,
        "logic": len(checked.to_mend),
        "experience": len(checked.findings) - len(checked.to_mend),
        "explained": len(checked.explained),
        "findings": [_document(finding) for finding in checked.findings],
    }
    if difference is not None:
        found["difference"] = {
            "before": difference.before,
            "new": [_identity(finding) for finding in difference.new],
            "gone": [_document(finding) for finding in difference.gone],
            "kept": [_identity(finding) for finding in difference.kept],
        }
    return found


def _document(finding: Finding) -> dict[str, Any]:
    said, rule = finding.explanation, finding.check
    return {
        **_identity(finding),
        "name": rule.name,
        "kind": rule.kind,
        "severity": rule.severity,
        "table": finding.table,
        "unit": finding.unit,
        "stage": finding.stage,
        "values": dict(finding.values),
        "message": finding.message,
        "expected": finding.expected,
        "rows": finding.rows,
        "why": rule.why,
        "mend": rule.mend,
        "clause": rule.clause,
        "places": [place._asdict() for place in finding.places],
        "explanation": None
        if said is None
        else {"reason": said.reason, "who": said.who, "when": said.when.isoformat()},
    }


def _identity(finding: Finding) -> dict[str, Any]:
    return {"check": finding.check.id, "item": finding.item, "key": list(finding.key)}


def _originals(paths: Sequence[Path]) -> list[Path]:
    """The files among these, and the workbooks in the folders among these."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in WORKBOOKS + TEXTS)
            found += [each for each in inside if each.is_file() and not each.name.startswith("~$")]
        else:
            found.append(path)
    return found
