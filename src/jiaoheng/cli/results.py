"""Commands about what is computed: measures, explain, report."""

from __future__ import annotations

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli import rows, word
from jiaoheng.cli.output import notes, show_json, show_table, show_text, show_written, steps

_HEADINGS = {
    "name": "指标",
    "key": "单位",
    "stage": "学段",
    "value": "数值>",
    "unit": "计量单位",
    "coverage": "数据覆盖>",
    "reason": "说明",
}


def measures(
    folder: o.Folder,
    ids: o.Measures = None,
    year: o.Year = None,
    by: o.GroupBy = o.By.COUNTY,
    engine: o.Engine = o.EngineName.DUCKDB,
    output: o.TableFile = None,
    publish: o.Publish = False,
    as_json: o.AsJson = False,
) -> None:
    """计算指标。"""
    ws = workspace.open(folder)
    if output:
        with steps("计算", total=1) as step:
            step("计算指标并写文件")
            workspace.write_measures(
                ws, output, ids or None, year=year, by=by.value, engine=engine.value, publish=publish
            )
        show_written(output, as_json=as_json)
        return
    with steps("计算", total=1) as step:
        step("计算指标")
        found = ws.measures(
            ids or None, year=year, by=by.value, engine=engine.value, publish=publish
        ).to_dicts()
    if as_json:
        show_json(found)
        return
    known = ws.catalogue.measures
    show_table(
        f"{ws.name} {ws.census(year).year} 年指标",
        _HEADINGS,
        [rows.measure_row(row, known[row["measure"]]) for row in found],
    )


def explain(
    folder: o.Folder,
    measure: o.MeasureName,
    school: o.School = None,
    area: o.Area = None,
    stage: o.StageName = None,
    year: o.Year = None,
    standard: o.OfStandard = None,
    as_json: o.AsJson = False,
) -> None:
    """一个数或一项结论是怎么来的：从结论、要求到条款、数据项、行、文件、工作表和单元格。"""
    trace = workspace.open(folder).explain(
        measure, school=school, area=area, stage=stage, year=year, standard=standard
    )
    if as_json:
        show_json(trace.to_dict())
    else:
        show_text(trace.text())


def report(
    folder: o.Folder,
    year: o.Year = None,
    plan: o.Plan = None,
    assessment: o.Assessment = o.AssessmentKind.ANNUAL,
    template: o.WordTemplate = None,
    tags: o.Tags = False,
    output: o.Output = None,
    formats: o.Formats = None,
    as_json: o.AsJson = False,
) -> None:
    """写出规划实施监测报告：网页、Word、Excel 或 PDF。规划在工作区 plans/ 里，或用 --plan 指明。"""
    ws = workspace.open(folder)
    if tags:
        found = workspace.template_tags(ws, year=year, plan=plan, assessment=assessment.value)
        word.list_tags(found, output, as_json=as_json)
        return
    if template:
        word.fill(ws, template, output, year=year, plan=plan, assessment=assessment.value, as_json=as_json)
        return
    with steps("报告", total=1) as step:
        step("计算并写报告")
        written = ws.report(output, format=formats, year=year, plan=plan, assessment=assessment.value)
    if as_json:
        show_json(
            {
                "file": str(written.path),
                "files": [str(path) for path in written.paths],
                "headlines": list(written.headlines),
                "warnings": list(written.warnings),
            }
        )
        return
    for line in written.headlines:
        show_text(f"· {line}")
    for warning in written.warnings:
        notes.print(warning, markup=False)
    for path in written.paths:
        show_text(f"报告：{path}")
