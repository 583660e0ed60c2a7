"""The command that holds a plan against the census."""

from __future__ import annotations

import typer

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli import rows
from jiaoheng.cli.output import show_json, show_table, show_text, show_written

_HEADINGS = {
    "name": "指标",
    "target": "目标>",
    "actual": "实际>",
    "status": "状态",
    "pace": "至今年均>",
    "needed": "还需年均>",
}
_SHORT = ("missed", "behind", "unknown")


def progress(
    folder: o.Folder,
    plan: o.PlanFile = None,
    year: o.Year = None,
    assessment: o.Assessment = o.AssessmentKind.ANNUAL,
    output: o.TableFile = None,
    as_json: o.AsJson = False,
) -> None:
    """规划指标的进度：达到、正常、滞后、未达到，或为什么算不出。有滞后、未达到或算不出的，返回 1。"""
    ws = workspace.open(folder)
    result = ws.progress(plan, year=year, assessment=assessment.value)
    short = [item for item in result.items if item.status.value in _SHORT]
    if output:
        show_written(workspace.write_progress(ws, output, result), as_json=as_json)
    elif as_json:
        show_json(workspace.progress_document(result))
    else:
        show_table(
            f"{result.plan.title}（{result.year} 年，{result.assessment.label}）",
            _HEADINGS,
            [rows.progress_row(item) for item in result.items],
        )
        for item in short:
            show_text(f"· {item.reason}")
    if short:
        raise typer.Exit(1)
