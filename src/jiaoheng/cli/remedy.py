"""The command that finds the cheapest way to pass a standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_table, show_text, show_written, steps
from jiaoheng.standards import words
from jiaoheng.standards.remedy import Remedy, Step, sentences
from jiaoheng.workspace.errors import WorkspaceError

_SHOWN = 30

_Standard = Annotated[
    str, typer.Argument(metavar="STANDARD", help="标准的编号或名称，如 quality-balance-2017。")
]
_Costs = Annotated[
    Path | None,
    typer.Option("--costs", metavar="FILE", help="成本文件（YAML）：能做什么、多少钱、有什么限制。"),
]
_Template = Annotated[
    Path | None, typer.Option("--costs-template", metavar="FILE", help="写出一份成本文件的样子，改好再用。")
]
_Budget = Annotated[
    float | None, typer.Option("--budget", help="总经费（元）：在此之内使最多的学校达标。", min=0)
]
_Until = Annotated[int | None, typer.Option("--until", help="分年安排，到哪一年为止。", min=1949, max=2100)]


def remedy(
    folder: o.Folder,
    standard: _Standard,
    costs: _Costs = None,
    year: o.Year = None,
    budget: _Budget = None,
    until: _Until = None,
    costs_template: _Template = None,
    output: o.TableFile = None,
    as_json: o.AsJson = False,
) -> None:
    """求达标成本最低的方案：每校补什么、补多少、花多少；不能全部达标的，说明哪些限制冲突，返回 1。"""
    if costs_template is not None:
        show_written(workspace.write_costs(costs_template), as_json=as_json)
        return
    if costs is None:
        raise WorkspaceError(
            "请用 --costs 指明成本文件；没有的，先用 --costs-template costs.yaml 写出一份样子。"
        )
    ws = workspace.open(folder)
    census = ws.census(year)
    with steps("求方案", total=1) as step:
        step("求成本最低的方案")
        found = workspace.plan_remedy(ws, standard, costs, year=year, budget=budget, until=until)
    if output is not None:
        show_written(workspace.write_remedy(ws, census, found, output), as_json=as_json)
    elif as_json:
        show_json(workspace.remedy_data(ws, found))
    else:
        _show(ws, found)
    if not found.solved:
        raise typer.Exit(1)


def _show(ws: workspace.Workspace, found: Remedy) -> None:
    title = found.county.assessed.standard.name
    show_text(f"{ws.name} {found.county.assessed.year} 年数据，《{title}》达标方案")
    for sentence in sentences(found):
        show_text(f"· {sentence}")
    if not found.steps:
        return
    headings = {
        "year": "年份",
        "school": "学校",
        "stage": "学段",
        "change": "措施",
        "source": "来自",
        "amount": "数量>",
        "cost": "支出（万元）>",
    }
    if not found.years:
        del headings["year"]
    show_table("措施", headings, [_row(step) for step in found.steps[:_SHOWN]])
    rest = len(found.steps) - _SHOWN
    if rest > 0:
        show_text(f"另有 {rest} 条：-o 文件.xlsx 写成 Excel，--json 打印全部。")


def _row(step: Step) -> dict[str, str]:
    once = f"{step.once / 10_000:,.2f}" if step.once else ""
    yearly = f"每年 {step.yearly / 10_000:,.2f}" if step.yearly else ""
    return {
        "year": str(step.year or ""),
        "school": step.school_name,
        "stage": words.stage_words(step.stage) if step.stage else "全校",
        "change": step.change,
        "source": step.source_name or "",
        "amount": f"{step.amount:,.0f} {step.unit}",
        "cost": "，".join(part for part in (once, yearly) if part),
    }
