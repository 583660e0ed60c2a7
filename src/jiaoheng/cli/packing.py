"""Commands about rules: write a workbook for a pack, import one, add an optional one, list all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_table, show_text, show_written
from jiaoheng.workspace.packing import KnownPack

_Workbook = Annotated[Path, typer.Argument(metavar="FILE", help="规则工作簿（.xlsx）。")]
_Like = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="PACK",
        help="写出已有的规则包：文件编号（如 quality-balance-2017）或 YAML 文件。不写则是空白的。",
    ),
]
_Optional = Annotated[
    str, typer.Argument(metavar="PACK", help="可选规则包的文件编号，如 shenyang-preschool-2021。")
]
_ORIGINS = {"shipped": "自带", "optional": "可选", "local": "本县"}
_SECTIONS = {
    "parameters": "参数",
    "facts": "统计项",
    "measures": "指标",
    "checks": "校验",
    "standards": "标准",
    "items": "项目",
    "score_cards": "评分表",
    "score_items": "评分项",
    "seat_warnings": "学位预警",
}
_PACK = {"origin": "来源", "id": "文件编号", "title": "文件", "holds": "内容"}


def template(
    path: _Workbook, like: _Like = None, overwrite: o.Overwrite = False, as_json: o.AsJson = False
) -> None:
    """写出规则工作簿：空白的，或已有规则包的，供修改后导入。"""
    show_written(workspace.write_pack_workbook(path, like=like, overwrite=overwrite), as_json=as_json)


def import_(
    folder: o.Folder, path: _Workbook, overwrite: o.Overwrite = False, as_json: o.AsJson = False
) -> None:
    """导入规则工作簿：与全部规则一起核对，无误才存为本县的规则；有错则逐处指明表、行、栏目，什么也不改。"""
    ws = workspace.open(folder)
    _say(workspace.import_pack(ws.folder, path, overwrite=overwrite), as_json=as_json)


def add(folder: o.Folder, pack: _Optional, overwrite: o.Overwrite = False, as_json: o.AsJson = False) -> None:
    """启用一个可选的规则包：复制到工作区的 packs 文件夹，可以再改。"""
    ws = workspace.open(folder)
    _say(workspace.add_pack(ws.folder, pack, overwrite=overwrite), as_json=as_json)


def list_(folder: o.Folder, as_json: o.AsJson = False) -> None:
    """列出规则包：自带的、可选而未启用的、本县自己的，各有哪些标准和评分表。"""
    known = workspace.known_packs(workspace.open(folder).folder)
    if as_json:
        show_json(workspace.packs_document(known))
        return
    rows = [
        {
            "origin": _ORIGINS[one.origin],
            "id": one.id,
            "title": one.pack.document.title,
            "holds": _counted(one),
        }
        for one in known
    ]
    show_table("规则包", _PACK, rows)


def _say(taken: KnownPack, *, as_json: bool) -> None:
    if as_json:
        show_json(workspace.packs_document([taken])[0])
        return
    show_text(f"已存为 {taken.path}：《{taken.pack.document.title}》，{_counted(taken)}。")
    for standard in taken.pack.standards:
        show_text(f"标准「{standard.name}」：{standard.id.replace('_', '-')}")
    for card in taken.pack.score_cards:
        show_text(f"评分表「{card.name}」：{card.id.replace('_', '-')}")


def _counted(one: KnownPack) -> str:
    return "，".join(f"{_SECTIONS.get(name, name)} {number}" for name, number in one.counts().items())
