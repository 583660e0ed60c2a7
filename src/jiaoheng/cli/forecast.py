"""The command that says how many pupils are to come, and how far such forecasts were off in the past."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from jiaoheng import workspace
from jiaoheng.cli.forecast_tables import show_backtest, show_forecast, show_outlooks
from jiaoheng.cli.output import notes, show_json, show_written, steps
from jiaoheng.forecast import Series
from jiaoheng.forecast.backtest import LEADS, backtest
from jiaoheng.forecast.enrolment import outlooks
from jiaoheng.forecast.from_census import Counted, from_censuses
from jiaoheng.forecast.long_table import LongTable, read_long_table
from jiaoheng.forecast.methods import CANDIDATES
from jiaoheng.forecast.projection import projected
from jiaoheng.forecast.scenario import BASELINE
from jiaoheng.workspace.errors import WorkspaceError


class By(StrEnum):
    COUNTY = "county"
    AREA = "area"
    GRADE = "grade"


_Folder = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="工作区文件夹：用其中各年的事业统计数据。")
]
_Series = Annotated[
    Path | None,
    typer.Option(
        "--series",
        metavar="FILE",
        help="长表（CSV、Excel）：area, year, grade, pupils 四列，可有 parent；出生人数的年级写 B。",
    ),
]
_Backtest = Annotated[
    bool, typer.Option("--backtest", help="回测：假装在往年作预测，与后来的实数比，列出误差和区间命中率。")
]
_Leads = Annotated[str, typer.Option("--leads", metavar="N,N", help="回测提前几年的预测，用逗号隔开。")]
_Until = Annotated[
    int | None,
    typer.Option("--until", help="预测到哪一年，默认工作区 15 年后、长表 5 年后。", min=1949, max=2200),
]
_Scenarios = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario", metavar="NAME", help="情景：名称，或 YAML 文件；可写几次，并列给出。默认基准。"
    ),
]
_By = Annotated[By, typer.Option("--by", help="预测列到哪一层：全县（合计），各地区，或各地区各年级。")]
_Output = Annotated[Path | None, typer.Option("--output", "-o", help="写成文件：扩展名是 .csv 或 .xlsx。")]
_AsJson = Annotated[bool, typer.Option("--json", help="在标准输出打印一个 JSON 文档。")]
_DEFAULT_LEADS = ",".join(map(str, LEADS))
_AHEAD, _MOST = 5, 50


def forecast(
    folder: _Folder = None,
    series: _Series = None,
    backtesting: _Backtest = False,
    leads: _Leads = _DEFAULT_LEADS,
    until: _Until = None,
    scenarios: _Scenarios = None,
    by: _By = By.AREA,
    output: _Output = None,
    as_json: _AsJson = False,
) -> None:
    """预测各地区各年级的人数及其区间；--backtest 用往年检验方法的误差，并与简单方法对照。"""
    if scenarios and (backtesting or series is not None):
        raise WorkspaceError("--scenario 只用于工作区的预测，不能与 --backtest、--series 一起用。")
    if folder is not None and series is None and not backtesting:
        _forecast_county(workspace.open(folder), until, scenarios, by, output, as_json=as_json)
        return
    table, source = _counted(folder, series)
    for note in table.notes:
        notes.print(note, markup=False)
    if backtesting:
        with steps("回测", total=len(CANDIDATES) + 1) as step:
            found = backtest(table.series, leads=_leads(leads), step=step)
        if output is not None:
            show_written(workspace.write_figures(found.accuracy, output), as_json=as_json)
        elif as_json:
            show_json(workspace.backtest_document(found, source=source, notes=table.notes))
        else:
            show_backtest(found)
        return
    figures = _wanted(projected(table.series, until=_until(table.series, until)), by)
    if output is not None:
        show_written(workspace.write_figures(figures, output), as_json=as_json)
    elif as_json:
        show_json(workspace.projection_document(table.series, figures, source=source, notes=table.notes))
    else:
        show_forecast(table.series, figures)


def _forecast_county(
    ws: workspace.Workspace,
    until: int | None,
    scenarios: list[str] | None,
    by: By,
    output: Path | None,
    *,
    as_json: bool,
) -> None:
    with steps("预测", total=1) as step:
        step("读各年数据，回测，预测")
        found = outlooks(ws, scenarios or [BASELINE], until=until)
    for note in dict.fromkeys(note for outlook in found for note in outlook.notes):
        notes.print(note, markup=False)
    figures = workspace.outlook_figures(found, by=by.value)
    if output is not None:
        show_written(workspace.write_figures(figures, output), as_json=as_json)
    elif as_json:
        show_json(workspace.outlook_document(ws, found, by=by.value))
    else:
        show_outlooks(found, figures)


def _counted(folder: Path | None, series: Path | None) -> tuple[LongTable | Counted, str]:
    """The series that is meant, and the name of where it comes from."""
    if (folder is None) == (series is None):
        raise WorkspaceError("请给出工作区文件夹，或用 --series 给出一个长表文件，二者取一。")
    if series is not None:
        return read_long_table(series), series.name
    ws = workspace.open(folder or Path())
    with steps("读各年数据", total=len(ws.years)) as step:
        censuses = []
        for year in ws.years:
            step(f"{year} 年")
            censuses.append(ws.census(year))
    return from_censuses(censuses), ws.name


def _wanted(figures: pl.DataFrame, by: By) -> pl.DataFrame:
    if by is By.COUNTY:
        return figures.filter(pl.col("grade").is_null(), pl.col("level") == 0)
    return figures.filter(pl.col("grade").is_null()) if by is By.AREA else figures


def _leads(words: str) -> tuple[int, ...]:
    try:
        leads = tuple(int(word) for word in words.replace("，", ",").split(",") if word.strip())
    except ValueError:
        leads = ()
    if not leads or min(leads) < 1 or max(leads) > _MOST:
        raise WorkspaceError(f"--leads “{words}”：请写 1 到 {_MOST} 的整数，用逗号隔开，如 1,3,5。")
    return leads


def _until(series: Series, until: int | None) -> int:
    last = series.years[-1]
    if until is None:
        return last + _AHEAD
    if not last < until <= last + _MOST:
        raise WorkspaceError(
            f"--until {until}：数据到 {last} 年为止，请写 {last + 1} 到 {last + _MOST} 之间的年份。"
        )
    return until
