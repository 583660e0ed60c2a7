"""The command that holds a census to its checks."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import typer

from jiaoheng import workspace
from jiaoheng.census.checking import Difference, Finding, Marked, places_text
from jiaoheng.cli import options as o
from jiaoheng.cli.output import notes, show_json, show_table, show_text, steps
from jiaoheng.cli.rows import stage_name
from jiaoheng.errors import JiaohengError
from jiaoheng.packs import KINDS, SEVERITIES
from jiaoheng.workspace import Checked

_SHOWN = 20
_SHOWN_OF_CHECK = 5

_HEADINGS = {
    "kind": "类别",
    "severity": "级别",
    "name": "校验",
    "open": "待处理>",
    "explained": "已说明>",
}


def check(
    folder: o.Folder,
    year: o.Year = None,
    workbook: o.ResultBook = None,
    explain: o.Explanations = None,
    mark: o.MarkFiles = None,
    output: o.MarkedFolder = None,
    overwrite: o.Overwrite = False,
    diff: o.Diff = False,
    as_json: o.AsJson = False,
) -> None:
    """校验当年数据：逻辑校验须改正，经验校验可以说明。有须改正的，返回 1。"""
    ws = workspace.open(folder)
    with steps("校验", total=1) as step:
        step("核对当年数据")
        if explain is not None:
            count = workspace.explain_findings(ws, explain, year=year)
            notes.print(f"已保存 {count} 条说明。", markup=False)
        found = ws.check(year)
        difference = workspace.check_difference(ws, found) if diff else None
        files = []
        if workbook is not None:
            written = workspace.write_findings(ws, found, workbook, overwrite=overwrite)
            files.append(written)
            notes.print(f"已写出 {written}。", markup=False)
        if mark:
            done = workspace.mark_findings(ws, found, mark, output, overwrite=overwrite)
            files += done.files
            _say_marked(ws, found, done)
    if as_json:
        show_json(workspace.checked_document(found, difference) | {"files": [str(file) for file in files]})
    else:
        _show(ws.name, found, difference, explicit_diff=diff)
    if found.to_mend:
        raise typer.Exit(1)


def after_import(ws: workspace.Workspace, year: int) -> str:
    """What the checks find in a year that was just imported, in one line with the command that tells more."""
    try:
        found = ws.check(year)
    except JiaohengError as error:
        # The import stands whatever is wrong with a county's own rules.
        return f"没有校验：{error}"
    if not found.findings:
        return found.summary
    return f"{found.summary}查看：jiaoheng check {ws.folder} --year {year}"


def _say_marked(ws: workspace.Workspace, found: Checked, done: Marked) -> None:
    for path in done.files:
        notes.print(f"已标注 {path}。", markup=False)
    for note in done.notes:
        notes.print(note, markup=False)
    if done.files:
        folder, year = done.files[0].parent, found.census.year
        more = f"其余 {len(done.copies)} 个文件照原样放在一起；" if done.copies else ""
        notes.print(
            f"共标注 {done.cells} 个单元格。{more}改好后把这个文件夹里的文件一起重新导入："
            f"jiaoheng import {ws.folder} {folder}/* --year {year}",
            markup=False,
        )
    elif not done.notes:
        notes.print("没有需要标注的单元格。", markup=False)


def _show(name: str, found: Checked, difference: Difference | None, *, explicit_diff: bool) -> None:
    title = f"{name} {found.census.year} 年第 {found.census.version} 版"
    if not found.findings:
        show_text(f"{title}：{found.summary}")
    else:
        show_table(f"{title}：{found.summary}", _HEADINGS, _counted(found.findings))
        waiting = [each for each in found.findings if each.open]
        for _, findings in groupby(waiting, key=lambda each: each.check.id):
            _show_check(list(findings))
        if waiting:
            show_text(f"全部 {len(waiting)} 处：用 --workbook 文件.xlsx 写成 Excel，或用 --json。")
    if difference is not None:
        _show_difference(difference)
    elif explicit_diff:
        show_text("这一年只有一个版本，没有可比较的。")


def _counted(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    """One row a check, the worst first."""
    checks = {finding.check.id: finding.check for finding in findings}
    waiting = Counter(finding.check.id for finding in findings if finding.open)
    explained = Counter(finding.check.id for finding in findings if not finding.open)
    return [
        {
            "kind": KINDS[check.kind],
            "severity": SEVERITIES[check.severity],
            "name": check.name,
            "open": str(waiting[id_]),
            "explained": str(explained[id_] or ""),
        }
        for id_, check in checks.items()
    ]


def _show_check(findings: list[Finding]) -> None:
    """What one check found: why and how once, then the first rows and where they stand."""
    check = findings[0].check
    show_text(f"\n■ {check.name}（{KINDS[check.kind]}·{SEVERITIES[check.severity]}，{len(findings)} 处）")
    show_text(f"  为什么：{check.why}")
    show_text(f"  怎样改：{check.mend}")
    for finding in findings[:_SHOWN_OF_CHECK]:
        stage = f"·{stage_name(finding.stage)}" if finding.stage else ""
        where = places_text(finding)
        show_text(f"  · {finding.unit}{stage}：{finding.message}" + (f"\n      {where}" if where else ""))
    if len(findings) > _SHOWN_OF_CHECK:
        show_text(f"  · …… 另有 {len(findings) - _SHOWN_OF_CHECK} 处")


def _show_difference(difference: Difference) -> None:
    show_text(
        f"与第 {difference.before} 版相比：新出现 {len(difference.new)} 处，"
        f"已消除 {len(difference.gone)} 处，仍在 {len(difference.kept)} 处。"
    )
    for mark, findings in (("新", difference.new), ("消", difference.gone)):
        for finding in findings[:_SHOWN]:
            show_text(f"  [{mark}] {finding.unit}：{finding.message}")
