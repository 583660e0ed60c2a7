"""Commands about what goes into a workspace: init, template, import, status."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from jiaoheng import workspace
from jiaoheng.census import dictionary
from jiaoheng.cli import options as o
from jiaoheng.cli.asking import until_answered
from jiaoheng.cli.check import after_import
from jiaoheng.cli.output import notes, show_json, show_table, show_text, show_written, steps
from jiaoheng.reports.numbers import moment

_SHOWN = 20


def init(folder: o.Folder, region: o.RegionCode, name: o.RegionName = "", as_json: o.AsJson = False) -> None:
    """新建一个工作区。"""
    made = workspace.init(folder, region=region, name=name)
    if as_json:
        show_json({"folder": str(made.folder), "region": made.settings.region.model_dump()})
        return
    show_text(f"已新建工作区 {made.folder}。")
    show_text(
        f"下一步：jiaoheng template {made.folder} --year 年份，"
        f"或直接 jiaoheng import {made.folder} 文件 --year 年份。"
    )


def template(
    folder: o.Folder,
    year: o.YearNeeded,
    output: o.Output = None,
    overwrite: o.Overwrite = False,
    as_json: o.AsJson = False,
) -> None:
    """写出填报模板（Excel）：已有当年数据则带当年数据，否则带上一年数据。"""
    ws = workspace.open(folder)
    path = ws.template(output or ws.folder / "out" / f"{year} 填报模板.xlsx", year=year, overwrite=overwrite)
    if as_json:
        show_json({"file": str(path), "year": year})
    else:
        show_text(f"已写出 {path}。填好后运行：jiaoheng import {folder} '{path}' --year {year}")


def import_(
    folder: o.Folder,
    files: o.Files,
    year: o.YearNeeded,
    form: o.Form = None,
    mapping: o.Mapping = None,
    accept_partial: o.AcceptPartial = False,
    replace: o.Replace = False,
    as_json: o.AsJson = False,
) -> None:
    """导入文件为当年的一个新版本；有任何一行被退回，则什么都不改。"""
    ws = workspace.open(folder)

    def attempt(choose: workspace.Choose) -> workspace.Imported:
        with steps("导入", total=1) as step:
            step(f"读取 {len(files)} 个文件")
            return ws.import_files(
                files,
                year=year,
                form=form,
                mapping=mapping,
                accept_partial=accept_partial,
                replace=replace,
                choose=choose,
            )

    done = until_answered(attempt, ask=not as_json)
    line = after_import(ws, year) if done.census and not as_json else ""
    if as_json:
        show_json(workspace.imported_document(done))
    else:
        _say(done, line)
    if done.census is None:
        raise typer.Exit(2)
    if done.reading.rejections:
        raise typer.Exit(1)


def _say(done: workspace.Imported, checked: str) -> None:
    reading = done.reading
    for seen in reading.recognised[:_SHOWN]:
        notes.print(seen.message(), markup=False)
    if len(reading.recognised) > _SHOWN:
        notes.print(f"…… 另有 {len(reading.recognised) - _SHOWN} 张表，用 --json 查看全部。")
    # The snapshot's notes are the reading's and those of laying it over what was there.
    for note in done.census.manifest.notes if done.census else reading.notes:
        notes.print(note, markup=False)
    for rejection in reading.rejections[:_SHOWN]:
        notes.print(rejection.message(), markup=False)
    if len(reading.rejections) > _SHOWN:
        notes.print(f"…… 另有 {len(reading.rejections) - _SHOWN} 处，用 --json 查看全部。")
    counts = (
        f"读到 {reading.rows_read} 行，接受 {reading.rows_accepted} 行，退回 {reading.rows_rejected} 行。"
    )
    if done.census:
        show_text(f"{counts}已存为 {done.census.year} 年第 {done.census.version} 版。")
        for line in done.advice:
            show_text(line)
        show_text(checked)
    else:
        show_text(
            f"{counts}没有导入任何数据。请按上面的提示改正后重试，或用 --accept-partial 只导入其余的行。"
        )


def status(
    folder: o.Folder, year: o.Year = None, output: o.TableFile = None, as_json: o.AsJson = False
) -> None:
    """这个工作区里有什么：年份、版本、各表行数、规划。"""
    ws = workspace.open(folder)
    if output:
        show_written(workspace.write_status(ws, output, year=year), as_json=as_json)
        return
    document = ws.describe(year)
    if as_json:
        show_json(document)
        return
    region = document["region"]
    mark = "【模拟数据】" if document["synthetic"] else ""
    show_table(
        f"{region['name'] or region['code']}（{region['code']}）{mark}",
        {"year": "年份>", "version": "版本>", "created": "导入时间", "tables": "各表行数"},
        [
            {
                "year": str(item["year"]),
                "version": str(item["version"]),
                "created": moment(item["created"]),
                "tables": "，".join(
                    f"{dictionary.table(name).zh} {rows}" for name, rows in item["tables"].items()
                ),
            }
            for item in document["snapshots"]
        ],
        caption="规划：" + ("、".join(document["plans"]) or "没有"),
    )


def _counts(tables: Mapping[str, int]) -> str:
    return "，".join(f"{dictionary.table(name).zh} {rows}" for name, rows in tables.items())
