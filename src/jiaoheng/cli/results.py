"""Commands about what is computed: measures, explain, report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jiaoheng import workspace
from jiaoheng.cli import rows
from jiaoheng.cli.options import AsJson, Folder, Year
from jiaoheng.cli.output import show_json, show_table, show_text, steps


class By(StrEnum):
    SCHOOL = "school"
    AREA = "area"
    COUNTY = "county"
    URBAN_RURAL = "urban_rural"
    OWNERSHIP = "ownership"


class EngineName(StrEnum):
    DUCKDB = "duckdb"
    POLARS = "polars"
    SPARK = "spark"


class Assessment(StrEnum):
    ANNUAL = "annual"
    MIDTERM = "midterm"
    FINAL = "final"


def measures(
    folder: Folder,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[MEASURE]...", help="指标名称或编号，默认全部。")
    ] = None,
    year: Year = None,
    by: Annotated[By, typer.Option("--by", help="按什么汇总。")] = By.COUNTY,
    engine: Annotated[EngineName, typer.Option("--engine", help="用哪个引擎计算。")] = EngineName.DUCKDB,
    as_json: AsJson = False,
) -> None:
    """计算指标。"""
    ws = workspace.open(folder)
    with steps("计算") as step:
        step("计算指标")
        frame = ws.measures(ids or None, year=year, by=by.value, engine=engine.value)
    found = frame.to_dicts()
    if as_json:
        show_json(found)
        return
    catalogue = ws.catalogue
    show_table(
        f"{ws.name} {ws.census(year).year} 年指标",
        {
            "name": "指标",
            "key": "单位",
            "stage": "学段",
            "value": "数值>",
            "unit": "计量单位",
            "coverage": "数据覆盖>",
            "reason": "说明",
        },
        [rows.measure_row(row, catalogue.measures[row["measure"]]) for row in found],
    )


def explain(
    folder: Folder,
    measure: Annotated[str, typer.Argument(metavar="MEASURE", help="指标名称或编号。")],
    school: Annotated[str | None, typer.Option("--school", help="学校标识码或名称。")] = None,
    area: Annotated[str | None, typer.Option("--area", help="镇街代码或名称。")] = None,
    stage: Annotated[str | None, typer.Option("--stage", help="学段，如 小学。")] = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """一个数是怎么来的：从数值到条款、数据项、行、文件、工作表和单元格。"""
    trace = workspace.open(folder).explain(measure, school=school, area=area, stage=stage, year=year)
    if as_json:
        show_json(trace.to_dict())
    else:
        show_text(trace.text())


def report(
    folder: Folder,
    year: Year = None,
    plan: Annotated[str | None, typer.Option("--plan", help="规划文件，默认工作区里的。")] = None,
    assessment: Annotated[
        Assessment, typer.Option("--assessment", help="年度、中期或末期。")
    ] = Assessment.ANNUAL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到哪里。")] = None,
    as_json: AsJson = False,
) -> None:
    """写出规划实施监测报告（一个离线网页文件）。"""
    ws = workspace.open(folder)
    with steps("报告") as step:
        step("计算并写报告")
        written = ws.report(output, year=year, plan=plan, assessment=assessment.value)
    if as_json:
        show_json({"file": str(written.path), "headlines": list(written.headlines)})
        return
    for line in written.headlines:
        show_text(f"· {line}")
    show_text(f"报告：{written.path}")
