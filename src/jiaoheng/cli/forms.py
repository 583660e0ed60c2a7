"""The command that writes the documents on a standard."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import notes, show_json, show_text, steps


class FormKind(StrEnum):
    APPLICATION = "application"
    SELF_ASSESSMENT = "self-assessment"
    GAPS = "gaps"
    SCHOOL = "school"
    DATA = "data"


_Standard = Annotated[
    str, typer.Argument(metavar="STANDARD", help="标准的编号或名称，如 quality-balance-2017。")
]
_Kind = Annotated[
    FormKind,
    typer.Option(
        "--kind",
        help="写什么：application 申报表，self-assessment 自评报告，gaps 一校一策问题清单，"
        "school 学校页，data 学校数据采集表（带当年数据，改好可再导入）。",
    ),
]
_By = Annotated[
    int | None,
    typer.Option("--by", help="整改到哪一年为止；默认规划期末，没有规划则留空。", min=1949, max=2100),
]
_Out = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="写到哪里：按扩展名写成 .xlsx、.docx、.pdf 或 .html；全部学校的学校页写一个文件夹。",
    ),
]


def forms(
    folder: o.Folder,
    standard: _Standard,
    kind: _Kind = FormKind.APPLICATION,
    year: o.Year = None,
    school: o.School = None,
    by: _By = None,
    output: _Out = None,
    as_json: o.AsJson = False,
) -> None:
    """写出一个标准的申报表、自评报告、一校一策问题清单或学校页。"""
    ws = workspace.open(folder)
    with steps("材料", total=1) as step:
        step("评估并写文件")
        written = workspace.write_forms(
            ws, standard, kind=kind.value, year=year, path=output, school=school, by=by
        )
    if as_json:
        show_json({"files": [str(path) for path in written.paths], "warnings": list(written.warnings)})
        return
    for warning in written.warnings:
        notes.print(warning, markup=False)
    if len(written.paths) > 1:
        show_text(f"已写出 {len(written.paths)} 个文件，在 {written.paths[0].parent}。")
    else:
        show_text(f"已写出 {written.paths[0]}。")
