"""The command about what people declare: the questions of a standard or a score card, and their form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_table, show_text, show_written
from jiaoheng.errors import JiaohengError
from jiaoheng.standards.answer_form import said

_Name = Annotated[
    str, typer.Argument(metavar="NAME", help="标准或评分表的编号或名称，如 jiangmen-appraisal-2022。")
]
_FormFile = Annotated[Path | None, typer.Option("--output", "-o", help="写出填报表（.xlsx），发给单位填写。")]
_Read = Annotated[
    Path | None, typer.Option("--read", help="读回填好的填报表：全部登记，或有错一条也不登记。")
]
_By = Annotated[str, typer.Option("--by", help="填报单位，填报表里没有写时用它（写单位，不写个人）。")]

_HEADINGS = {"key": "编号", "asks": "问题", "answer": "填报", "by": "单位", "on": "日期", "evidence": "佐证>"}


def answers(
    folder: o.Folder,
    name: _Name,
    year: o.Year = None,
    output: _FormFile = None,
    read: _Read = None,
    by: _By = "",
    overwrite: o.Overwrite = False,
    as_json: o.AsJson = False,
) -> None:
    """普查没有、要由单位填报的内容：列出、写成填报表、读回登记。还有没填报的，返回 1。"""
    ws = workspace.open(folder)
    if output is not None and read is not None:
        raise JiaohengError("-o 和 --read 不能一起用：先写出填报表，填好后再读回。")
    if output is not None:
        path = workspace.write_answer_form(
            ws, workspace.asking(ws, name, year=year), output, overwrite=overwrite
        )
        show_written(path, as_json=as_json)
        return
    if read is not None:
        changed, found = workspace.read_answer_form(ws, name, read, year=year, by=by)
        if not as_json:
            show_text(
                f"已登记，变化 {changed} 项。"
                if changed
                else "没有新的内容：没有填写，或与已登记的相同。没有变化。"
            )
    else:
        found = workspace.asking(ws, name, year=year)
    if as_json:
        show_json(workspace.asking_document(found))
    elif read is None:
        _show(found)
    if found.open:
        if not as_json:
            show_text(f"共 {len(found.questions)} 项要填报，还有 {len(found.open)} 项没有填报。")
        raise typer.Exit(1)


def _show(found: workspace.Asking) -> None:
    rows = []
    for key, one in found.questions.items():
        answer = found.answer(key)
        row = {"key": key, "asks": one.asks, "answer": "—"}
        if answer is not None:
            row |= {
                "answer": said(one, answer),
                "by": answer.by or "",
                "on": str(answer.on or ""),
                "evidence": str(len(answer.evidence) or ""),
            }
        rows.append(row)
    show_table(f"{found.name} {found.year} 年的填报", _HEADINGS, rows)
