"""The command that says how many pupils are to come, and how far such forecasts were off in the past."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from jiaoheng import workspace
from jiaoheng.cli.output import notes, show_json, show_table, show_text, show_written, steps
from jiaoheng.forecast import Series
from jiaoheng.forecast.backtest import LEADS, Backtest, backtest
from jiaoheng.forecast.from_census import Counted, from_censuses
from jiaoheng.forecast.long_table import LongTable, read_long_table
from jiaoheng.forecast.methods import CANDIDATES, CHOSEN
from jiaoheng.forecast.projection import projected
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
    int | None, typer.Option("--until", help="预测到哪一年，默认最后一年之后 5 年。", min=1949, max=2200)
]
_By = Annotated[By, typer.Option("--by", help="预测列到哪一层：全县（合计），各地区，或各地区各年级。")]
_Output = Annotated[Path | None, typer.Option("--output", "-o", help="写成文件：扩展名是 .csv 或 .xlsx。")]
_AsJson = Annotated[bool, typer.Option("--json", help="在标准输出打印一个 JSON 文档。")]
_DEFAULT_LEADS = ",".join(map(str, LEADS))
_AHEAD, _MOST = 5, 50
_SHOWN = 40
_NAMES = {method.id: method.name for method in (CHOSEN, *CANDIDATES)}
_LEVELS = {0: "全部", 1: "第 1 级", 2: "第 2 级", 3: "第 3 级"}


def forecast(
    folder: _Folder = None,
    series: _Series = None,
    backtesting: _Backtest = False,
    leads: _Leads = _DEFAULT_LEADS,
    until: _Until = None,
    by: _By = By.AREA,
    output: _Output = None,
    as_json: _AsJson = False,
) -> None:
    """预测各地区各年级的人数及其区间；--backtest 用往年检验方法的误差，并与简单方法对照。"""
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
            _show_backtest(found)
        return
    figures = _wanted(projected(table.series, until=_until(table.series, until)), by)
    if output is not None:
        show_written(workspace.write_figures(figures, output), as_json=as_json)
    elif as_json:
        show_json(workspace.projection_document(table.series, figures, source=source, notes=table.notes))
    else:
        _show_forecast(table.series, figures)


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


def _show_backtest(found: Backtest) -> None:
    for note in found.notes:
        notes.print(note, markup=False)
    first, last = found.origins[0], found.origins[-1]
    show_text(f"从 {first} 至 {last} 各年往后预测，与实数比；误差、偏差、命中率都是百分比。")
    headings = {
        "name": "方法",
        "level": "层级",
        "lead": "提前年数>",
        "n": "次数>",
        "mape": "平均误差>",
        "wape": "加权误差>",
        "median_ape": "误差中位数>",
        "bias": "偏差>",
    }
    coverage = {f"coverage_{share}": f"{share}% 区间命中>" for share in (50, 80, 95)}
    whole = found.accuracy.filter(pl.col("grade").is_null()).sort("level", "lead", maintain_order=True)
    show_table("各年级合计", headings | coverage, [_row(row) for row in whole.to_dicts()])
    by_grade = found.accuracy.filter(pl.col("grade").is_not_null(), pl.col("method") == CHOSEN.id)
    columns = {"grade": "年级"} | {key: head for key, head in headings.items() if key != "name"}
    rows = [{"grade": row["grade"]} | _row(row) for row in by_grade.to_dicts()]
    show_table(f"分年级，{CHOSEN.name}", columns | coverage, rows)
    for one in found.chosen:
        show_text(f"· {_level(one.level)}采用{one.name}：{one.reason}")


def _row(row: dict[str, object]) -> dict[str, str]:
    shares = ("mape", "wape", "median_ape", "bias", "coverage_50", "coverage_80", "coverage_95")
    return {
        "name": _NAMES[str(row["method"])],
        "level": _level(int(str(row["level"]))),
        "lead": str(row["lead"]),
        "n": str(row["n"]),
    } | {key: "—" if row[key] is None else f"{row[key]:.2f}" for key in shares}


def _level(level: int) -> str:
    return _LEVELS.get(level, f"第 {level} 级")


def _show_forecast(series: Series, figures: pl.DataFrame) -> None:
    labels = dict(zip(series.areas, series.labels or series.areas, strict=True))
    whole = figures.sort("level", "area", "grade", "year", maintain_order=True)
    headings = {
        "area": "地区",
        "grade": "年级",
        "year": "年份>",
        "pupils": "预测人数>",
        "low_80": "80% 下限>",
        "high_80": "80% 上限>",
        "low_95": "95% 下限>",
        "high_95": "95% 上限>",
    }
    rows = [
        {"area": labels[row["area"]], "grade": row["grade"] or "合计", "year": str(row["year"])}
        | {
            key: "—" if row[key] is None else f"{row[key]:,.0f}"
            for key in headings
            if key not in ("area", "grade", "year")
        }
        for row in whole.head(_SHOWN).to_dicts()
    ]
    show_table("预测", headings, rows)
    if whole.height > _SHOWN:
        show_text(f"另有 {whole.height - _SHOWN} 行：-o 文件.xlsx 写成 Excel，--json 打印全部。")
