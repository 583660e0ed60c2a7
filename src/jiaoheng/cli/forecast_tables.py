"""What the command that forecasts shows: errors by lead and level, pupils by area and year."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jiaoheng.cli.output import notes, show_table, show_text
from jiaoheng.cli.rows import stage_name
from jiaoheng.forecast import Outlook, Series
from jiaoheng.forecast.backtest import Backtest
from jiaoheng.forecast.methods import CANDIDATES, CHOSEN

_SHOWN = 40
_NAMES = {method.id: method.name for method in (CHOSEN, *CANDIDATES)}
_LEVELS = {0: "全部", 1: "第 1 级", 2: "第 2 级", 3: "第 3 级"}
_FIGURES = {
    "pupils": "预测人数>",
    "low_80": "80% 下限>",
    "high_80": "80% 上限>",
    "low_95": "95% 下限>",
    "high_95": "95% 上限>",
}


def show_backtest(found: Backtest) -> None:
    """Errors of all grades together by level and lead, ours by grade, and what is taken and why."""
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


def show_forecast(series: Series, figures: pl.DataFrame) -> None:
    """Pupils by area and year, with intervals."""
    labels = dict(zip(series.areas, series.labels or series.areas, strict=True))
    whole = figures.sort("level", "area", "grade", "year", maintain_order=True)
    headings = {"area": "地区", "grade": "年级", "year": "年份>"} | _FIGURES
    rows = [
        {"area": labels[row["area"]], "grade": row["grade"] or "合计", "year": str(row["year"])}
        | _counts(row)
        for row in whole.head(_SHOWN).to_dicts()
    ]
    show_table("预测", headings, rows)
    if whole.height > _SHOWN:
        show_text(f"另有 {whole.height - _SHOWN} 行：-o 文件.xlsx 写成 Excel，--json 打印全部。")


def show_outlooks(outlooks: Sequence[Outlook], figures: pl.DataFrame) -> None:
    """Pupils of each stage by area and year, a table for each scenario, and which methods were taken."""
    series = outlooks[0].history
    labels = dict(zip(series.areas, series.labels or series.areas, strict=True))
    county = labels[series.areas[0]]
    headings = {"area": "地区", "stage": "学段", "grade": "年级", "year": "年份>"} | _FIGURES
    for outlook in outlooks:
        own = figures.filter(pl.col("scenario") == outlook.scenario)
        rows = [
            {
                "area": labels[row["area"]] if row["area"] else county,
                "stage": stage_name(row["stage"]),
                "grade": row["grade"] or "合计",
                "year": str(row["year"]),
            }
            | _counts(row)
            for row in own.head(_SHOWN).to_dicts()
        ]
        show_table(f"在校生预测，{outlook.scenario}情景", headings, rows)
        if own.height > _SHOWN:
            show_text(f"另有 {own.height - _SHOWN} 行：-o 文件.xlsx 写成 Excel，--json 打印全部。")
    for one in outlooks[0].chosen:
        show_text(f"· {one.reason}")


def _counts(row: dict[str, object]) -> dict[str, str]:
    return {key: "—" if row[key] is None else f"{row[key]:,.0f}" for key in _FIGURES}
