"""Commands that read a plan document, and settle what was doubtful in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import notes, show_json, show_table, show_text
from jiaoheng.errors import JiaohengError
from jiaoheng.plans import Plan
from jiaoheng.plans.model import Doubt
from jiaoheng.workspace import PlanReading

_Document = Annotated[
    Path,
    typer.Argument(metavar="DOCUMENT", help="规划文件：.docx、有文字层的 .pdf、.html、.txt 或 .md。"),
]
_PlanOut = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="写成规划文件（.yaml）；再次读入时，已答的疑问和手工的修改都保留。"),
]
_Period = Annotated[str | None, typer.Option("--period", help="规划期，如 2021-2025；默认按文件所写。")]
_Region = Annotated[
    str | None, typer.Option("--region", help="6 位行政区划代码；规划在工作区里的，默认工作区的。")
]
_ReadPlan = Annotated[Path, typer.Argument(metavar="PLAN", help="读入写出的规划文件（.yaml）。")]
_DoubtId = Annotated[
    str | None, typer.Argument(metavar="DOUBT", help="疑问的编号（开头几位也可）；不写则列出全部疑问。")
]
_Answer = Annotated[str | None, typer.Argument(metavar="ANSWER", help="答复。")]

_COUNTS = {"what": "内容", "count": "数量>", "linked": "已关联口径>", "unsure": "把握不大>"}
_UNSURE = 0.8
_DOUBTS = {"id": "编号", "question": "疑问", "options": "可能的答复", "answer": "答复", "where": "出处"}


def read(
    document: _Document,
    output: _PlanOut = None,
    period: _Period = None,
    region: _Region = None,
    as_json: o.AsJson = False,
) -> None:
    """读一份规划：结构、指标、承诺、任务、项目、分配表、评分表，每一项都注明出处；有疑问的列出，由人答复。"""
    reading = workspace.read_plan(document, output, period=period, region=region)
    if as_json:
        show_json(workspace.plan_document(reading.plan, reading.text))
    else:
        _summary(reading.plan)
    _say(reading)


def settle(
    plan: _ReadPlan, doubt: _DoubtId = None, answer: _Answer = None, as_json: o.AsJson = False
) -> None:
    """答复读入规划时的疑问；不写编号则列出全部疑问。"""
    if doubt is not None and answer is None:
        raise JiaohengError(f"没有写对疑问 {doubt} 的答复。请写：jiaoheng plan settle {plan} {doubt} 答复。")
    if doubt is None or answer is None:
        doubts = workspace.plan_doubts(plan)
        _list(doubts, as_json=as_json)
        return
    reading = workspace.settle_plan(plan, doubt, answer)
    if as_json:
        show_json(workspace.plan_document(reading.plan, reading.text))
    else:
        show_text(f"已记下答复。{f'还有 {len(reading.open)} 处疑问。' if reading.open else '没有疑问了。'}")
    _say(reading)


def _summary(plan: Plan) -> None:
    counted: Sequence[tuple[str, Sequence[object]]] = (
        ("章节", plan.sections),
        ("指标", plan.indicators),
        ("承诺", plan.commitments),
        ("任务", plan.tasks),
        ("项目", plan.projects),
        ("分配表", plan.allocations),
        ("评分表", plan.score_cards),
    )
    show_table(
        f"{plan.title}（{plan.region.name}，{plan.period.start}—{plan.period.end} 年）",
        _COUNTS,
        [_count(what, items) for what, items in counted],
    )


def _count(what: str, items: Sequence[object]) -> dict[str, str]:
    passages = [item.passage for item in items if hasattr(item, "passage")]
    linked = [item.measure is not None for item in items if hasattr(item, "measure")]
    return {
        "what": what,
        "count": str(len(items)),
        "linked": str(sum(linked)) if linked else "",
        "unsure": str(sum(passage.confidence < _UNSURE for passage in passages)) if passages else "",
    }


def _say(reading: PlanReading) -> None:
    """What was written, kept and left in doubt, on standard error."""
    if reading.path:
        notes.print(f"已写出 {reading.path}，文本在 {workspace.plan_text(reading.path).name}。", markup=False)
    for note in reading.notes:
        notes.print(f"· {note}", markup=False)
    if reading.open:
        notes.print(f"有 {len(reading.open)} 处疑问，请答复（jiaoheng plan settle）：", markup=False)
    for doubt in reading.open:
        options = f"（{'／'.join(doubt.options)}）" if doubt.options else ""
        notes.print(f"  {doubt.id}  {doubt.question}{options}", markup=False)


def _list(doubts: Sequence[Doubt], *, as_json: bool) -> None:
    if as_json:
        show_json([doubt.model_dump(mode="json") for doubt in doubts])
        return
    if not doubts:
        show_text("没有疑问。")
        return
    rows = [
        {
            "id": doubt.id,
            "question": doubt.question,
            "options": "／".join(doubt.options),
            "answer": doubt.answer or "",
            "where": doubt.passage.section,
        }
        for doubt in doubts
    ]
    show_table("疑问", _DOUBTS, rows)
