"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="工作区文件夹。")]
Year = Annotated[
    int | None, typer.Option("--year", help="统计年份（9 月 1 日时点），默认为最近一年。", min=1949, max=2100)
]
YearNeeded = Annotated[int, typer.Option("--year", help="统计年份（9 月 1 日时点）。", min=1949, max=2100)]
AsJson = Annotated[bool, typer.Option("--json", help="在标准输出打印一个 JSON 文档。")]
