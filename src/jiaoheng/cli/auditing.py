"""Commands that read plans critically: what is wrong in them, and what became of one in another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_table, show_text, show_written
from jiaoheng.plans.auditing import CHECKS, SEVERITIES, Side
from jiaoheng.plans.diff import KINDS, Change, Outcome
from jiaoheng.plans.figures import change as change_words
from jiaoheng.plans.figures import dated_target
from jiaoheng.plans.model import Commitment, Indicator
from jiaoheng.reports.audit import counted

_Plans = Annotated[
    list[Path],
    typer.Argument(metavar="PLAN", help="规划文件（YAML）或规划文档；几个一起给出时，也核对它们之间的衔接。"),
]
_Old = Annotated[Path, typer.Argument(metavar="OLD", help="原来的规划（规划文件或文档）。")]
_New = Annotated[Path, typer.Argument(metavar="NEW", help="新的规划（规划文件或文档）。")]
_Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="工作区文件夹：用各年数据比较过去的进度。"),
]
_NAMES = {check.id: check.name for check in CHECKS}
_FINDING = {"severity": "程度", "name": "问题", "sentence": "说明", "place": "位置"}
_CHANGE = {
    "kind": "类别",
    "name": "名称",
    "outcome": "去留",
    "old": "原规划",
    "new": "新规划",
    "change": "变化",
}


def audit(
    plans: _Plans,
    folder: _Workspace = None,
    output: o.TableFile = None,
    as_json: o.AsJson = False,
) -> None:
    """规划审读：算不拢、说不一、定低了、缺了什么，逐处注明出处。有错误或矛盾的，返回 1。"""
    result = workspace.audit_plans(plans, workspace=workspace.open(folder) if folder else None)
    if output:
        show_written(workspace.write_audit(result, output), as_json=as_json)
    elif as_json:
        show_json(workspace.audit_document(result))
    elif result.findings:
        several = len(result.plans) > 1
        rows = [
            {
                "severity": SEVERITIES[finding.severity],
                "name": _NAMES.get(finding.kind, finding.kind),
                "sentence": finding.sentence,
                "place": "\n".join(dict.fromkeys(_nearest(side, several) for side in finding.sides[:4])),
            }
            for finding in result.findings
        ]
        show_table("规划审读", _FINDING, rows, caption=counted(result.findings))
    else:
        show_text("没有发现问题。")
    if result.falls_short:
        raise typer.Exit(1)


def _nearest(side: Side, several: bool) -> str:
    """The innermost heading: the whole way to it would fill the screen, and stands in the files."""
    heading = side.section.rpartition("›")[2].strip()
    return f"《{side.plan}》{heading}" if several else heading


def diff(old: _Old, new: _New, output: o.TableFile = None, as_json: o.AsJson = False) -> None:
    """新旧规划对照：哪些指标、承诺、任务、项目沿用、有变、新增、取消，数值并列。"""
    result = workspace.compare_plans(old, new)
    if output:
        show_written(workspace.write_diff(result, output), as_json=as_json)
        return
    if as_json:
        show_json(workspace.diff_document(result))
        return
    title = f"《{result.old.title}》 → 《{result.new.title}》"
    counts = "，".join(
        f"{outcome.label} {sum(change.outcome is outcome for change in result.changes)} 项"
        for outcome in Outcome
    )
    show_table(title, _CHANGE, [_row(change) for change in result.changes], caption=counts)


def _row(change: Change) -> dict[str, str]:
    return {
        "kind": KINDS[change.kind],
        "name": change.name,
        "outcome": change.outcome.label,
        "old": _said(change.old),
        "new": _said(change.new),
        "change": _how(change),
    }


def _said(item: object) -> str:
    if not isinstance(item, Indicator | Commitment):
        return ""
    per = item.per or "" if isinstance(item, Commitment) else ""
    return per + dated_target(item.target, item.unit)


def _how(change: Change) -> str:
    if change.figure_change and isinstance(change.new, Indicator | Commitment):
        more = "增加" if change.figure_change > 0 else "减少"
        return f"{more}{change_words(abs(change.figure_change), change.new.unit)}"
    return "；".join(each.field for each in change.differences)
