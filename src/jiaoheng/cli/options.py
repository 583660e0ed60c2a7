"""Arguments and options of the commands, and the words that they choose from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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


class AssessmentKind(StrEnum):
    ANNUAL = "annual"
    MIDTERM = "midterm"
    FINAL = "final"


_YEAR = "统计年份（9 月 1 日时点）"

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="工作区文件夹。")]
NewFolder = Annotated[Path, typer.Argument(metavar="DIR", help="工作区放在哪里。")]
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Excel 或 CSV 文件；一起给出的是一次导入。")
]
Measures = Annotated[list[str] | None, typer.Argument(metavar="MEASURE", help="指标名称或编号，默认全部。")]
MeasureName = Annotated[
    str, typer.Argument(metavar="MEASURE", help="指标，或标准中的项目、规则：名称或编号。")
]
OfStandard = Annotated[
    str | None, typer.Option("--standard", help="名称与指标相同的项目，用它指明是哪个标准的。")
]
PlanFile = Annotated[
    str | None,
    typer.Argument(
        metavar="PLAN", help="规划文件（YAML），默认工作区里的那一个；有几个的，默认当年的那一个。"
    ),
]

Year = Annotated[int | None, typer.Option("--year", help=f"{_YEAR}，默认最近一年。", min=1949, max=2100)]
YearNeeded = Annotated[int, typer.Option("--year", help=f"{_YEAR}。", min=1949, max=2100)]
AsJson = Annotated[bool, typer.Option("--json", help="在标准输出打印一个 JSON 文档。")]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="html|docx|xlsx|pdf",
        help="写成什么格式；可以写几个，用逗号隔开。默认看 -o 的扩展名，没有则为 html。",
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="写到哪里。")]
RegionCode = Annotated[str, typer.Option("--region", help="6 位行政区划代码（GB/T 2260），如 441284。")]
RegionName = Annotated[str, typer.Option("--name", help="县（市、区）名称；不写则取自导入的县级数据。")]
TableFile = Annotated[
    Path | None, typer.Option("--output", "-o", help="写成文件：扩展名是 .xlsx、.docx、.pdf 或 .csv。")
]
WordTemplate = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE", help="本单位的 Word 模板（.docx）：填好其中的标签。"),
]
Tags = Annotated[bool, typer.Option("--tags", help="列出 Word 模板可用的全部标签和现在的值。")]
StarterFile = Annotated[Path | None, typer.Option("--output", "-o", help="写到哪里（.docx）。")]
Form = Annotated[str | None, typer.Option("--form", help="表式名称，文件有歧义时指明。")]
Mapping = Annotated[Path | None, typer.Option("--mapping", help="映射文件（YAML），用于自有格式。")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有的文件。")]
AcceptPartial = Annotated[bool, typer.Option("--accept-partial", help="有行被退回时，仍导入其余的行。")]
Replace = Annotated[bool, typer.Option("--replace", help="用这些文件里的表代替原有的表，而不是补充。")]
Publish = Annotated[
    bool, typer.Option("--publish", help="供公布：隐去残疾、留守、少数民族等人数中过小的（显示为 *）。")
]
GroupBy = Annotated[By, typer.Option("--by", help="按什么汇总。")]
Engine = Annotated[EngineName, typer.Option("--engine", help="用哪个引擎计算。")]
School = Annotated[str | None, typer.Option("--school", help="学校标识码或名称。")]
Area = Annotated[str | None, typer.Option("--area", help="镇街代码或名称。")]
StageName = Annotated[str | None, typer.Option("--stage", help="学段，如 小学。")]
ResultBook = Annotated[
    Path | None, typer.Option("--workbook", help="把全部发现写成 Excel，可在其中填写说明。")
]
Explanations = Annotated[
    Path | None, typer.Option("--explain", help="读回填好说明的校验结果表，保存其中的说明。")
]
MarkFiles = Annotated[
    list[Path] | None,
    typer.Option("--mark", help="导入过的原文件或其文件夹（可多次）：写出标注了问题单元格的副本。"),
]
MarkedFolder = Annotated[Path | None, typer.Option("--output", "-o", help="标注的副本写到哪个文件夹。")]
Diff = Annotated[bool, typer.Option("--diff", help="与这一年的上一版比较：新出现、已消除、仍在的发现。")]
Plan = Annotated[
    str | None, typer.Option("--plan", help="规划文件，默认工作区里的那一个；有几个的，默认当年的那一个。")
]
Assessment = Annotated[AssessmentKind, typer.Option("--assessment", help="年度、中期或末期评估。")]
