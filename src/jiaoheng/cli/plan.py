"""Commands about plans."""

from __future__ import annotations

from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import rows
from jiaoheng.cli.options import AsJson, Folder, Year
from jiaoheng.cli.output import show_json, show_table
from jiaoheng.cli.results import Assessment

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _plan() -> None:
    """规划：指标、进度。"""


@app.command("progress")
def progress(
    folder: Folder,
    plan: Annotated[
        str | None, typer.Argument(metavar="[PLAN]", help="规划文件（YAML），默认工作区里的。")
    ] = None,
    year: Year = None,
    assessment: Annotated[
        Assessment, typer.Option("--assessment", help="年度、中期或末期。")
    ] = Assessment.ANNUAL,
    as_json: AsJson = False,
) -> None:
    """规划指标的进度：达到、正常、滞后、未达到，或为什么算不出。有滞后或未达到时返回 1。"""
    ws = workspace.open(folder)
    result = ws.progress(plan, year=year, assessment=assessment.value)
    if as_json:
        show_json(workspace.progress_document(result))
    else:
        show_table(
            f"{result.plan.title}（{result.year} 年，{result.assessment.label}）",
            {
                "name": "指标",
                "target": "目标>",
                "actual": "实际>",
                "status": "状态",
                "pace": "至今年均>",
                "needed": "还需年均>",
                "reason": "说明",
            },
            [rows.progress_row(item) for item in result.items],
        )
    if any(item.status in ("behind", "missed") for item in result.items):
        raise typer.Exit(1)
