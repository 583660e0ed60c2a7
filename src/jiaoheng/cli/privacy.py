"""The command that says what a workspace holds of persons."""

from __future__ import annotations

from dataclasses import asdict

import typer

from jiaoheng import workspace
from jiaoheng.census import dictionary
from jiaoheng.census.personal import PUBLISHED, RULES, STORED
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_table, show_text
from jiaoheng.workspace.privacy import Exposure, HeldTable, Holdings, Key

_TABLES = {
    "year": "年份>",
    "version": "版本>",
    "table": "表",
    "rows": "行数>",
    "columns": "各类信息",
    "hashed": "个人标识",
    "folder": "位置",
}
_CLASSES = {"zh": "类别", "columns": "栏目", "stored": "保存", "told": "提示、屏幕", "published": "公布"}
_FILES = {"file": "文件", "numbers": "身份号码>", "small": "过小的敏感人数>", "advice": "怎么办"}


def privacy(folder: o.Folder, as_json: o.AsJson = False) -> None:
    """工作区里有哪些个人信息：各年各版本各表、怎样保存、密钥、还在哪些文件里。有须处理的，返回 1。"""
    held = workspace.open(folder).privacy()
    if as_json:
        show_json(asdict(held) | {"to_mend": list(held.to_mend)})
    else:
        _show(held)
    if held.to_mend:
        raise typer.Exit(1)


def _show(held: Holdings) -> None:
    show_text(f"密钥：{_key(held.key)}")
    if held.tables:
        show_table("快照中的个人记录", _TABLES, [_table(one) for one in held.tables])
        classes = {name: columns for one in held.tables for name, columns in one.columns.items()}
        show_table("各类信息的规则", _CLASSES, [_class(name, held) for name in classes])
    else:
        show_text("快照中没有个人记录。")
    if held.files:
        show_table("快照之外含个人信息的文件", _FILES, [_file(one) for one in held.files])
    else:
        show_text("快照之外的文件里没有找到身份号码，out 里的指标表中也没有过小的敏感人数。")
    for line in held.to_mend:
        show_text(f"须处理：{line}")


def _key(key: Key) -> str:
    words = {"present": "有", "absent": "还没有（第一次导入时建立）", "damaged": "已损坏，请从备份恢复"}
    mode = f"，权限 {key.mode}" if key.mode else ""
    return f"{words[key.state]}{mode}{'' if key.private else '，其他人可以读取'}。"


def _table(one: HeldTable) -> dict[str, str]:
    said = (
        f"{RULES[name].zh} {len(columns)} 栏"
        for name, columns in one.columns.items()
        if RULES[name].stored != "never"
    )
    return {
        "year": str(one.year),
        "version": f"{one.version}{'' if one.current else '（旧）'}",
        "table": dictionary.table(one.table).zh,
        "rows": f"{one.rows:,}",
        "columns": "，".join(said),
        "hashed": "全部为散列" if one.hashed else "有未加密的",
        "folder": one.folder,
    }


def _class(name: str, held: Holdings) -> dict[str, str]:
    rule = RULES[name]
    columns = dict.fromkeys(zh for one in held.tables for zh in one.columns.get(name, ()))
    return {
        "zh": rule.zh,
        "columns": "、".join(columns),
        "stored": STORED[rule.stored],
        "told": "可显示" if rule.told else "不显示",
        "published": PUBLISHED[rule.published],
    }


def _file(one: Exposure) -> dict[str, str]:
    return {
        "file": one.file,
        "numbers": f"{one.numbers:,}" if one.numbers else "",
        "small": f"{one.small_counts:,}" if one.small_counts else "",
        "advice": one.advice,
    }
