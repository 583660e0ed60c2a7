"""The demo: the example county from its Excel files to its monitoring report."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_text, steps
from jiaoheng.standards import Assessed, Verdict


def demo(folder: o.NewFolder = Path("sihui"), as_json: o.AsJson = False) -> None:
    """建立示例县（四会，模拟数据），导入它的 Excel 文件，计算全部指标和规划进度，写出监测报告。"""
    with steps("示例县", total=4) as step:
        done = workspace.demo(folder, step=step)
    if as_json:
        show_json(
            {
                "folder": str(folder),
                "report": str(done.report.path),
                "files": [str(path) for path in done.report.paths],
                "headlines": list(done.report.headlines),
                "own_rules": _of_schools(done.own),
                "rows": done.rows,
                "seconds": done.seconds,
            }
        )
        return
    show_text("十条要点（模拟数据）：")
    for number, line in enumerate(done.report.headlines, 1):
        show_text(f"{number:>2}. {line}")
    show_text("")
    counts = "，".join(f"{word} {number} 所" for word, number in _of_schools(done.own).items())
    show_text(f"本县规则「{done.own.standard.name}」：学校{counts}。")
    for path in done.report.paths:
        show_text(f"监测报告：{path}")
    show_text(f"写成 Word 和 PDF：jiaoheng report {folder} --assessment final --format docx,pdf")
    show_text(f"按考核评分表打分：jiaoheng score {folder} jiangmen-appraisal-2022")
    show_text(f"共导入 {done.rows} 行，用时 {sum(done.seconds.values()):.1f} 秒。")


def _of_schools(assessed: Assessed) -> dict[str, int]:
    """How many schools there are of each verdict, in the standard's words."""
    rule = next(rule.id for rule in assessed.standard.rules if rule.level == "school")
    found = assessed.rules.filter(pl.col("rule") == rule)["verdict"]
    return {assessed.word(one): count for one in Verdict if (count := int((found == one).sum()))}
