"""The command that scores counties by an appraisal's score card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import notes, show_json, show_table, show_text
from jiaoheng.standards.scoring import Scored, ranked
from jiaoheng.standards.scoring.given import points

_Folders = Annotated[
    list[Path], typer.Argument(metavar="DIR", help="工作区文件夹；写几个的，按评分表的分组比较。")
]
_Card = Annotated[
    str, typer.Argument(metavar="SCORECARD", help="评分表的编号或名称，如 jiangmen-appraisal-2022。")
]


def score(
    folders: _Folders,
    card: _Card,
    year: o.Year = None,
    engine: o.Engine = o.EngineName.DUCKDB,
    output: o.TableFile = None,
    as_json: o.AsJson = False,
) -> None:
    """按考核评分表给一个或几个县打分：每项得分、理由、失分、佐证材料。有未定的分，返回 1。"""
    opened = [workspace.open(folder) for folder in folders]
    scored = workspace.score_all(opened, card, year=year, engine=engine)
    if output is not None:
        workspace.write_score(opened, scored, output)
        notes.print(f"已写出 {output}。", markup=False)
    if as_json:
        document = workspace.score_document(scored[0])
        show_json(document if len(scored) == 1 else workspace.ranking_document(ranked(scored)))
    elif len(scored) == 1:
        _show(scored[0])
    else:
        _compare(scored)
    if not all(one.known for one in scored):
        raise typer.Exit(1)


def _show(scored: Scored) -> None:
    rows = [
        {
            "number": one.item.number,
            "name": one.item.name,
            "points": points(one.item.points),
            "won": one.words,
            "why": one.why,
        }
        for one in scored.items
    ]
    headings = {"number": "序号", "name": "项目", "points": "满分>", "won": "得分>", "why": "理由"}
    show_table(f"{scored.unit_name} {scored.year} 年 {scored.card.name}", headings, rows)
    blocks = "，".join(f"{one.name} {one.words}/{points(one.points)}" for one in scored.blocks)
    show_text(f"总分 {scored.words} 分（满分 {points(scored.card.total)} 分）：{blocks}。")
    open_ = [one for one in scored.items if not one.known]
    if open_:
        show_text(f"还有 {len(open_)} 项未定，分数是一个范围。")
    for one in scored.items:
        if one.regain and one.known:
            show_text(f"· {one.item.name}：{'；'.join(one.regain)}。")


def _compare(scored: Sequence[Scored]) -> None:
    rows = [
        {
            "group": rank.group,
            "rank": rank.words,
            "name": rank.scored.unit_name,
            "won": rank.scored.words,
            **{block.name: block.words for block in rank.scored.blocks},
        }
        for rank in ranked(scored)
    ]
    blocks = {block.name: f"{block.name}>" for block in scored[0].blocks}
    headings = {"group": "分组", "rank": "名次>", "name": "县（市、区）", "won": "总分>", **blocks}
    first = scored[0]
    show_table(f"{first.year} 年 {first.card.name}", headings, rows)
    if not all(one.known for one in scored):
        show_text("有的县还有未定的分：总分和名次是范围。并列的名次相同，后面的名次顺延。")
