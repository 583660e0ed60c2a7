"""Commands that follow a plan: how its tasks and projects stand, and what is reported of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.census.dates import date_of
from jiaoheng.cli import options as o
from jiaoheng.cli.output import notes, show_json, show_table, show_text
from jiaoheng.errors import JiaohengError
from jiaoheng.plans.following import Entry, Standing
from jiaoheng.plans.following.recording import STATE_WORDS, STEP_WORDS, Saying
from jiaoheng.workspace import Followed

_Item = Annotated[
    str | None,
    typer.Argument(metavar="ITEM", help="任务序号（分年度的写 12@2023）、项目编号，或名称。"),
]
_Word = Annotated[
    str | None,
    typer.Argument(metavar="WORD", help=f"进展：{'、'.join(STATE_WORDS)}；督办：{'、'.join(STEP_WORDS)}。"),
]
_AsOf = Annotated[str, typer.Option("--as-of", help="看哪一天的状态，默认今天，如 2025-12-31。")]
_UnitOnly = Annotated[str, typer.Option("--unit", help="只看这个单位负责的。")]
_By = Annotated[str, typer.Option("--by", help="报告或登记的单位（写单位，不写个人）。")]
_On = Annotated[str, typer.Option("--on", help="报告或办理日期，默认今天。")]
_Words = Annotated[str, typer.Option("--words", help="做了什么；已调整的，写调整后的内容。")]
_Percent = Annotated[float | None, typer.Option("--percent", help="完成百分比，0 至 100。")]
_Finished = Annotated[str, typer.Option("--finished", help="完成日期，与报告日期不同时写。")]
_To = Annotated[list[str] | None, typer.Option("--to", help="督办的对象单位（可多次），默认负责单位。")]
_Due = Annotated[str, typer.Option("--due", help="已调整的新期限；反馈、复查不通过的整改期限。")]
_ApprovedBy = Annotated[str, typer.Option("--approved-by", help="批准调整的单位。")]
_Plan = Annotated[
    str | None,
    typer.Option("--plan", help="规划文件，默认工作区里的那一个；有几个的须指明，填报表写明了的除外。"),
]
_Document = Annotated[str, typer.Option("--document", help="批准调整的文号。")]
_Evidence = Annotated[
    list[Path] | None, typer.Option("--evidence", help="佐证材料（可多次）：复制到规划旁边，并记下校验值。")
]

_Blank = Annotated[
    Path | None, typer.Option("--workbook", help="写出填报表（Excel），发给单位填写；可与 --unit 同用。")
]
_Filled = Annotated[
    Path | None, typer.Option("--workbook", help="登记填好的填报表：全部登记，或有错一条也不登记。")
]

_HEADINGS = {
    "item": "编号",
    "title": "任务或项目",
    "unit": "负责单位",
    "due": "期限",
    "state": "状态",
    "report": "最近一次报告",
    "matter": "督办",
}


def follow(
    folder: o.Folder,
    plan: o.PlanFile = None,
    as_of: _AsOf = "",
    unit: _UnitOnly = "",
    workbook: _Blank = None,
    overwrite: o.Overwrite = False,
    output: o.TableFile = None,
    as_json: o.AsJson = False,
) -> None:
    """规划的任务和项目：状态、期限、逾期天数、督办。有滞后、整改逾期或佐证材料有变的，返回 1。"""
    ws = workspace.open(folder)
    found = workspace.follow(ws, plan, as_of=_day("--as-of", as_of), unit=unit)
    if workbook is not None:
        workspace.write_follow_sheet(ws, found, workbook, overwrite=overwrite)
        notes.print(f"已写出 {workbook}。填好后运行：", markup=False)
        notes.print(
            f"  jiaoheng plan record {folder} --workbook '{workbook}'{f' --plan {plan}' if plan else ''}",
            markup=False,
        )
    if output is not None:
        workspace.write_followed(ws, output, found)
        notes.print(f"已写出 {output}。", markup=False)
    if as_json:
        show_json(workspace.follow_document(found))
    else:
        _show(found)
    if found.falls_short:
        raise typer.Exit(1)


def record(
    folder: o.Folder,
    item: _Item = None,
    word: _Word = None,
    plan: _Plan = None,
    by: _By = "",
    on: _On = "",
    words: _Words = "",
    percent: _Percent = None,
    finished: _Finished = "",
    to: _To = None,
    due: _Due = "",
    approved_by: _ApprovedBy = "",
    document: _Document = "",
    evidence: _Evidence = None,
    workbook: _Filled = None,
    as_json: o.AsJson = False,
) -> None:
    """登记一项任务或项目的进展，或督办的一步；状态“滞后”由期限算出，不能登记。"""
    ws = workspace.open(folder)
    if workbook is not None:
        if item is not None:
            raise JiaohengError("填报表和单项不能一起登记。请删去编号，或删去 --workbook。")
        new = workspace.record_sheet(ws, workbook, plan=plan, by=by)
        _said(
            ws, new, plan, as_json=as_json, nothing="填报表里没有新的内容：没有填写，或台账中已有。没有变化。"
        )
        return
    if item is None or word is None:
        raise JiaohengError(
            "没有写明是哪一项、怎么样。请写成：jiaoheng plan record DIR 编号 状态 --by 单位。"
        )
    saying = Saying(
        word,
        _day("--on", on) or date.today(),
        by,
        words=words,
        percent=percent,
        finished=_day("--finished", finished),
        to=tuple(to or ()),
        due=_day("--due", due),
        approved_by=approved_by,
        document=document,
    )
    new = workspace.record(ws, item, saying, plan=plan, files=evidence or ())
    _said(ws, new, plan, as_json=as_json)


def _said(
    ws: workspace.Workspace,
    new: tuple[Entry, ...],
    plan: str | None,
    *,
    as_json: bool,
    nothing: str = "台账中已有同样的内容，没有变化。",
) -> None:
    if as_json:
        show_json({"new": len(new)})
    elif new:
        show_text(f"已登记 {len(new)} 条。查看：jiaoheng plan follow {ws.folder}{f' {plan}' if plan else ''}")
    else:
        show_text(nothing)


def _show(found: Followed) -> None:
    result = found.following
    rows = [_row(standing) for standing in result.standings]
    whose = f"，{found.unit}负责" if found.unit else ""
    show_table(f"{result.plan.title}（截至 {result.as_of}{whose}）", _HEADINGS, rows)
    counts = Counter(standing.state for standing in result.standings)
    silent = sum(standing.last is None for standing in result.standings)
    show_text(
        f"共 {len(rows)} 项："
        + "、".join(f"{state.label} {counts[state]}" for state in counts)
        + (f"；其中 {silent} 项没有报告" if silent else "")
        + "。"
    )
    for standing, matter in result.overdue_matters:
        show_text(f"· {standing.item.name}：整改逾期 {matter.overdue(result.as_of)} 天。")
    for loss in found.losses:
        show_text(f"· {loss.words}。")


def _row(standing: Standing) -> dict[str, str]:
    item, last, matter = standing.item, standing.last, standing.matter
    return {
        "item": str(item.key),
        "title": item.title,
        "unit": "、".join(standing.answering) or "—",
        "due": "—" if standing.due is None else str(standing.due),
        "state": standing.words,
        "report": f"{last.day} {last.by}" if last else "—",
        "matter": f"待{matter.waiting_for.label}" if matter and matter.waiting_for else "",
    }


def _day(option: str, text: str) -> date | None:
    """The day that an option names; None where it is not given."""
    if not text:
        return None
    day = date_of(text)
    if day is None:
        raise JiaohengError(f"{option} 的值“{text}”不是日期。请写成 2025-09-30。")
    return day
