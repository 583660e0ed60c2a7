"""The command about schools that changed since the year before."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.census.changes import WORDS, Comparison
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_table, show_text
from jiaoheng.workspace import school_changes


class Deed(StrEnum):
    LIST = "list"
    CONFIRM = "confirm"
    REJECT = "reject"


_DeedArgument = Annotated[
    Deed, typer.Argument(metavar="DEED", help="list 列出，confirm 确认，reject 登记为不是同一所。")
]
_Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CHANGE",
        help="变更：旧码=新码，甲码+乙码=乙码（合并），甲码=甲码:0.7+丙码:0.3（拆分），甲码=无（撤销），"
        "无=丙码（新办），甲码=新名称（更名）。",
    ),
]
_By = Annotated[str, typer.Option("--by", help="谁确认的（姓名）。")]
_Note = Annotated[str, typer.Option("--note", help="说明。")]
_Evidence = Annotated[str, typer.Option("--evidence", help="依据，如批复文号。")]
_Workbook = Annotated[
    Path | None,
    typer.Option("--workbook", help="list：把核对表写到这个 Excel 文件；confirm：从填好的核对表登记。"),
]

_HEADINGS = {
    "what": "情况",
    "before": "上年",
    "after": "今年",
    "change": "建议",
    "kind": "意思",
    "score": "把握>",
    "reasons": "理由",
}


def changes(
    folder: o.Folder,
    deed: _DeedArgument = Deed.LIST,
    words: _Words = None,
    year: o.Year = None,
    by: _By = "",
    note: _Note = "",
    evidence: _Evidence = "",
    workbook: _Workbook = None,
    overwrite: o.Overwrite = False,
    as_json: o.AsJson = False,
) -> None:
    """学校与上年相比的变化：列出并建议对应，由人确认后记入变更台账。还有没核对的，返回 1。"""
    ws = workspace.open(folder)
    year = year or ws.census().year
    if deed == Deed.LIST:
        _list(ws, year, workbook, overwrite, as_json)
        return
    said, new = ws.confirm_changes(
        words or (),
        year=year,
        by=by,
        note=note,
        evidence=evidence,
        distinct=deed == Deed.REJECT,
        workbook=workbook,
    )
    left = ws.changes(year)
    if as_json:
        show_json({"confirmed": len(said), "new": new, **(school_changes.document(left) if left else {})})
        return
    known = f"（其中 {len(said) - new} 项已在台账中）" if new < len(said) else ""
    show_text(f"已登记 {new} 项{known}。台账：{ws.register.path}")
    if left is not None and left.unsettled:
        show_text(f"还有 {len(left.unsettled)} 项没有核对：jiaoheng changes {folder} --year {year}")


def _list(ws: workspace.Workspace, year: int, workbook: Path | None, overwrite: bool, as_json: bool) -> None:
    comparison = ws.changes(year)
    if comparison is None:
        raise school_changes.ChangesError(f"{year} 年没有可比的学校：要有当年和更早一年的学校表。请先导入。")
    if workbook is not None:
        ws.changes_sheet(workbook, comparison, overwrite=overwrite)
    if as_json:
        show_json(school_changes.document(comparison))
    else:
        _show(ws, comparison, workbook)
    if comparison.unsettled:
        raise typer.Exit(1)


def _show(ws: workspace.Workspace, comparison: Comparison, workbook: Path | None) -> None:
    if not comparison.unsettled:
        show_text(
            f"{comparison.year} 年与 {comparison.year_before} 年的学校都对上了"
            f"（台账记有 {len(comparison.settled)} 项变更）。"
        )
        return
    rows = []
    for item in comparison.unsettled:
        opening = {
            "what": WORDS[item.what],
            "before": f"{item.old.name} {item.old.code}" if item.old else "",
            "after": f"{item.new.name} {item.new.code}" if item.new else "",
            "reasons": item.said,
        }
        for number, each in enumerate(item.proposals):
            rows.append(
                (opening if number == 0 else {})
                | {
                    "change": each.word,
                    "kind": each.kind.label,
                    "score": f"{each.score:.2f}",
                    "reasons": "；".join(each.reasons),
                }
            )
        if not item.proposals:
            rows.append(opening)
    title = f"{ws.name} {comparison.year} 年学校变更，与 {comparison.year_before} 年相比"
    show_table(title, _HEADINGS, rows)
    show_text(f"还有 {len(comparison.unsettled)} 项没有核对。建议只供参考，由人确认：")
    example = next((each.proposals[0].word for each in comparison.unsettled if each.proposals), "旧码=新码")
    show_text(f"  jiaoheng changes {ws.folder} confirm {example} --year {comparison.year} --by 姓名")
    if workbook is not None:
        show_text(f"  或填好 {workbook}，再运行：")
        show_text(
            f"  jiaoheng changes {ws.folder} confirm --workbook '{workbook}'"
            f" --year {comparison.year} --by 姓名"
        )
    else:
        show_text("  项数多时，加 --workbook 文件.xlsx 写出核对表，填好后一次登记。")
