"""The command that holds a county against a standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from jiaoheng import standards, workspace
from jiaoheng.cli import assessed_rows as rows
from jiaoheng.cli import options as o
from jiaoheng.cli.output import notes, show_json, show_table, show_text, show_written, steps
from jiaoheng.standards import Assessed, Verdict, words
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.lookups import code_named, item_named

_SHOWN = 20
_SHOWN_OF_ITEM = 3

_StandardName = Annotated[
    str | None,
    typer.Argument(metavar="STANDARD", help="标准的编号或名称，如 quality-balance-2017；不写则列出标准。"),
]
_Item = Annotated[str | None, typer.Option("--item", help="只看这一项：编号或名称。")]
_All = Annotated[bool, typer.Option("--all", help=f"列出全部差距和未知，不止前 {_SHOWN} 处。")]
_List = Annotated[bool, typer.Option("--list", help="列出当年适用的标准。")]
_Years = Annotated[bool, typer.Option("--years", help="逐年评估：哪些项目新达标、新不达标，差异系数怎样变。")]
_WhatIf = Annotated[
    Path | None,
    typer.Option("--what-if", metavar="FILE", help="假设文件（YAML）：改数、分流、新办、撤并后会怎样。"),
]


def assess(
    folder: o.Folder,
    standard: _StandardName = None,
    year: o.Year = None,
    school: o.School = None,
    item: _Item = None,
    every: _All = False,
    years: _Years = False,
    what_if: _WhatIf = None,
    list_: _List = False,
    engine: o.Engine = o.EngineName.DUCKDB,
    output: o.TableFile = None,
    as_json: o.AsJson = False,
) -> None:
    """按一个标准评估全县和每所学校：达标、差多少、依据哪一条。未达到要求或不能判定的，返回 1。"""
    ws = workspace.open(folder)
    if standard is None or list_:
        _list(ws, year, as_json=as_json)
        return
    _check_options(years=years, what_if=what_if, output=output, narrowed=bool(school or item))
    if years:
        _over_years(ws, standard, year, engine.value, as_json=as_json)
        return
    if what_if is not None:
        _suppose(ws, standard, what_if, year, engine.value, as_json=as_json)
        return
    census = ws.census(year)
    with steps("评估", total=2) as step:
        step("按标准评估")
        found = ws.assess(standard, year=census.year, engine=engine.value)
        step("分解差异系数")
        drivers = standards.drivers(census, found, catalogue=ws.catalogue, engine=engine.value)
    whole = found
    if school is not None:
        code = code_named(census, "schools", "school_code", school, "学校")
        found = found.narrowed(pl.col("school").eq_missing(pl.lit(code)))
        drivers = drivers.filter(pl.col("school") == code)
    if item is not None:
        chosen = item_named(found, item)
        found = found.narrowed(pl.col("item") == chosen.id)
        drivers = drivers.filter(pl.col("item") == chosen.id)
    if output:
        show_written(workspace.write_assessment(ws, census, found, output, drivers=drivers), as_json=as_json)
    elif as_json:
        show_json(workspace.assessed_document(ws, found, drivers=drivers))
    elif school is None and item is None:
        _show(ws, found, drivers, every=every)
    else:
        if school is not None and item is None:
            for line in rows.school_lines(found):
                show_text(line)
        _show_rows(found, every=True)
    if not _holds(found, whole, school=school is not None, item=item is not None):
        raise typer.Exit(1)


def _check_options(*, years: bool, what_if: Path | None, output: Path | None, narrowed: bool) -> None:
    if years and what_if is not None:
        raise WorkspaceError("「--years」和「--what-if」不能同用。请分两次运行。")
    if (years or what_if is not None) and (output is not None or narrowed):
        raise WorkspaceError(
            "「--years」「--what-if」不与「-o」「--school」「--item」同用。明细请用 --json。"
        )


def _holds(found: Assessed, whole: Assessed, *, school: bool, item: bool) -> bool:
    """Whether what was asked about holds: the county, or the school by its rules, or the item."""
    if item:
        verdicts = found.rows["verdict"]
    elif school:
        ruled = found.rules["verdict"]
        verdicts = ruled if len(ruled) else found.rows["verdict"]
    elif not whole.standard.rules:
        return whole.tier is not None
    else:
        return whole.verdict == Verdict.MET
    return bool(verdicts.is_in([Verdict.MET, Verdict.NOT_APPLICABLE]).all()) and len(verdicts) > 0


def _list(ws: workspace.Workspace, year: int | None, *, as_json: bool) -> None:
    year = ws.census(year).year
    known = workspace.standards_in_force(ws.catalogue, year)
    if as_json:
        show_json([workspace.standard_document(one) for one in known])
        return
    headings = {"id": "编号", "name": "标准", "document": "文件", "level": "层级"}
    show_table(f"{year} 年适用的标准", headings, [rows.standard_row(one) for one in known])
    show_text(f"评估：jiaoheng assess {ws.folder} 编号 --year {year}")


def _show(ws: workspace.Workspace, found: Assessed, drivers: pl.DataFrame, *, every: bool) -> None:
    show_text(words.verdict_sentence(found, ws.name))
    ruled = rows.rule_rows(found)
    if ruled:
        show_table("县级规则", rows.rule_headings(found), ruled)
    coefficients = rows.coefficient_rows(found)
    if coefficients:
        show_table("校际差异系数", rows.COEFFICIENTS, coefficients)
    for line in rows.driver_lines(found, drivers):
        show_text(line)
    _show_rows(found, every=every)
    show_text(
        f"更多：--all 全部，--school 学校 或 --item 项目 只看其一，-o 文件.xlsx 写成 Excel，--json；"
        f"一个数怎样得来：jiaoheng explain {ws.folder} 项目 --school 学校。"
    )


def _show_rows(found: Assessed, *, every: bool) -> None:
    failing = found.failing()
    shown = failing
    if not every and failing.height > _SHOWN:
        shown = failing.filter(pl.int_range(pl.len()).over("item") < _SHOWN_OF_ITEM).head(_SHOWN)
    if failing.height:
        more = (
            ""
            if shown.height == failing.height
            else f"，每项至多 {_SHOWN_OF_ITEM} 处；共 {failing.height} 处"
        )
        table = [rows.item_row(found, row) for row in shown.iter_rows(named=True)]
        show_table(f"差距（最大的 {shown.height} 处{more}）", rows.ITEMS, table)
        for line in rows.clause_lines(found, shown):
            show_text(line)
    unknown = found.rows.filter(pl.col("verdict") == Verdict.UNKNOWN)
    if not failing.height and not unknown.height:
        show_text("没有差距，也没有未知。")
    if unknown.height:
        show_text(f"未知 {unknown.height} 处（未知不算达标）：")
        lines = rows.unknown_lines(found, unknown)
        for line in lines if every else lines[:_SHOWN]:
            show_text(f"  · {line}")
        if not every and len(lines) > _SHOWN:
            show_text(f"  · …… 另有 {len(lines) - _SHOWN} 条，用 --all 查看")
    if not failing.height and not unknown.height:
        show_text("没有差距，也没有未知。")


def _over_years(
    ws: workspace.Workspace, standard: str, until: int | None, engine: str, *, as_json: bool
) -> None:
    with steps("逐年评估", total=1) as step:
        step("逐年评估")
        history = ws.assess_history(standard, until=until, engine=engine)
    if as_json:
        show_json(workspace.history_document(ws, history))
    else:
        for found in history.assessed:
            show_text(words.verdict_sentence(found, ws.name))
        for year, reason in history.left_out.items():
            notes.print(f"{year} 年没有评估：{reason}", markup=False)
        if history.coefficients.height:
            headings, table = rows.coefficients_by_year(history)
            show_table("校际差异系数", headings, table)
        if history.changes.height:
            headings, table = rows.changes_by_year(history)
            show_table("各年变化的处数（项目·学校·学段）", headings, table)
            show_text("逐处明细用 --json。")
    if history.assessed[-1].verdict != Verdict.MET:
        raise typer.Exit(1)


def _suppose(
    ws: workspace.Workspace, standard: str, file: Path, year: int | None, engine: str, *, as_json: bool
) -> None:
    with steps("假设", total=1) as step:
        step("评估现状与假设")
        supposed = ws.suppose(standard, file, year=year, engine=engine)
    if as_json:
        show_json(workspace.supposition_document(ws, supposed))
    else:
        show_text(f"现状：{words.verdict_sentence(supposed.before, ws.name)}")
        show_text(f"假设：{words.verdict_sentence(supposed.after, ws.name)}")
        rules = rows.supposed_rules(supposed)
        if rules:
            show_table("变化的县级规则", rows.SUPPOSED_RULES, rules)
        table = rows.supposed_coefficients(supposed)
        if table:
            show_table("变化的差异系数", rows.SUPPOSED_COEFFICIENTS, table)
        kept = supposed.differences.filter(~pl.col("kind").is_in(["gone", "new"]))
        differing = [rows.difference_row(supposed, row) for row in kept.iter_rows(named=True)]
        for line in rows.apart_lines(supposed):
            show_text(line)
        if differing:
            show_table(f"结论变化的 {len(differing)} 处", rows.DIFFERENCES, differing)
        else:
            show_text("没有结论发生变化。")
        show_text("快照没有改动。")
    if supposed.after.verdict != Verdict.MET:
        raise typer.Exit(1)
