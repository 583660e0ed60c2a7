"""The demo: the example county from its Excel files to its monitoring report."""

from __future__ import annotations

from pathlib import Path

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_text, steps


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
                "rows": done.rows,
                "seconds": done.seconds,
            }
        )
        return
    show_text("十条要点（模拟数据）：")
    for number, line in enumerate(done.report.headlines, 1):
        show_text(f"{number:>2}. {line}")
    show_text("")
    for path in done.report.paths:
        show_text(f"监测报告：{path}")
    show_text(f"写成 Word 和 PDF：jiaoheng report {folder} --assessment final --format docx,pdf")
    show_text(f"共导入 {done.rows} 行，用时 {sum(done.seconds.values()):.1f} 秒。")
