"""Commands about what goes into a workspace: init, template, import, status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli.options import AsJson, Folder, Year, YearNeeded
from jiaoheng.cli.output import notes, show_json, show_table, show_text, steps

_SHOWN = 20


def init(
    folder: Folder,
    region: Annotated[str, typer.Option("--region", help="6 位行政区划代码（GB/T 2260），如 441284。")],
    name: Annotated[str, typer.Option("--name", help="县（市、区）名称；不写则取自导入的县级数据。")] = "",
    as_json: AsJson = False,
) -> None:
    """新建一个工作区。"""
    made = workspace.init(folder, region=region, name=name)
    if as_json:
        show_json({"folder": str(made.folder), "region": made.settings.region.model_dump()})
    else:
        show_text(
            f"已新建工作区 {made.folder}。下一步：jiaoheng template {made.folder} --year 2025，或直接 jiaoheng import。"
        )


def template(
    folder: Folder,
    year: YearNeeded,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到哪里。")] = None,
    as_json: AsJson = False,
) -> None:
    """写出填报模板（Excel）：已有当年数据则带当年数据，否则带上一年数据。"""
    ws = workspace.open(folder)
    path = ws.template(output or ws.folder / "out" / f"{year} 填报模板.xlsx", year=year)
    if as_json:
        show_json({"file": str(path), "year": year})
    else:
        show_text(f"已写出 {path}。填好后运行：jiaoheng import {folder} '{path}' --year {year}")


def import_(
    folder: Folder,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Excel 或 CSV 文件；一起给出的是一次导入。")
    ],
    year: YearNeeded,
    form: Annotated[str | None, typer.Option("--form", help="表式名称，文件有歧义时指明。")] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="映射文件（YAML），用于自有格式。")
    ] = None,
    accept_partial: Annotated[
        bool, typer.Option("--accept-partial", help="有行被拒绝时，仍导入其余的行。")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="不在当年已有版本上补充，而是重新开始。")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """导入文件为当年的一个新版本；有任何一行被拒绝，则什么都不改。"""
    ws = workspace.open(folder)
    with steps("导入", total=len(files)) as step:
        step(f"读取 {len(files)} 个文件")
        done = ws.import_files(
            files, year=year, form=form, mapping=mapping, accept_partial=accept_partial, replace=replace
        )
    reading = done.reading
    if as_json:
        show_json(workspace.imported_document(done))
    else:
        for note in reading.notes:
            notes.print(note, markup=False)
        for rejection in reading.rejections[:_SHOWN]:
            notes.print(rejection.message(), markup=False)
        if len(reading.rejections) > _SHOWN:
            notes.print(f"…… 另有 {len(reading.rejections) - _SHOWN} 处，用 --json 查看全部。")
        show_text(
            f"读取 {reading.rows_read} 行，接受 {reading.rows_accepted} 行，拒绝 {reading.rows_rejected} 行。"
            + (
                f"已存为 {year} 年第 {done.census.version} 版。"
                if done.census
                else "没有导入任何数据：请按上面的提示改正后重试，或用 --accept-partial 只导入其余的行。"
            )
        )
    if done.census is None:
        raise typer.Exit(2)
    if reading.rejections:
        raise typer.Exit(1)


def status(folder: Folder, year: Year = None, as_json: AsJson = False) -> None:
    """这个工作区里有什么：年份、版本、各表行数、规划。"""
    document = workspace.open(folder).describe(year)
    if as_json:
        show_json(document)
        return
    region = document["region"]
    show_table(
        f"{region['name'] or region['code']}（{region['code']}）"
        + ("【模拟数据】" if document["synthetic"] else ""),
        {"year": "年份>", "version": "版本>", "created": "导入时间", "tables": "各表行数"},
        [
            {
                "year": str(item["year"]),
                "version": str(item["version"]),
                "created": item["created"],
                "tables": "，".join(f"{table} {rows}" for table, rows in item["tables"].items()),
            }
            for item in document["snapshots"]
        ],
        caption="规划：" + ("、".join(document["plans"]) or "没有"),
    )
