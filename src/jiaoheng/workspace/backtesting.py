"""Forecasts and back-tests, of a county or of a series, as plain data and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from jiaoheng.forecast import Chosen, Outlook, Series
from jiaoheng.forecast.backtest import Backtest
from jiaoheng.forecast.methods import CANDIDATES, CHOSEN
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.workspace import Workspace

_HEADINGS = {
    "method": "方法",
    "level": "层级",
    "lead": "提前年数",
    "scenario": "情景",
    "area": "地区",
    "stage": "学段",
    "grade": "年级",
    "year": "年份",
    "pupils": "预测人数",
    "n": "次数",
    "mape": "平均误差（%）",
    "wape": "加权误差（%）",
    "median_ape": "误差中位数（%）",
    "bias": "偏差（%）",
    **{f"coverage_{share}": f"{share}% 区间命中率（%）" for share in (50, 80, 95)},
    **{f"low_{share}": f"{share}% 下限" for share in (50, 80, 95)},
    **{f"high_{share}": f"{share}% 上限" for share in (50, 80, 95)},
}


def backtest_document(found: Backtest, *, source: str, notes: Sequence[str] = ()) -> dict[str, Any]:
    """A back-test as plain data; errors, bias and coverage in percent, null where not known."""
    return {
        "series": _series(found.series, source),
        "leads": list(found.leads),
        "origins": list(found.origins),
        "ours": CHOSEN.id,
        "methods": {one.id: {"name": one.name, "peer": one.peer} for one in (CHOSEN, *CANDIDATES)},
        "chosen": _chosen(found.chosen),
        "accuracy": found.accuracy.to_dicts(),
        "notes": [*notes, *found.notes],
    }


def projection_document(
    series: Series, projection: pl.DataFrame, *, source: str, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """A forecast of a series as plain data; pupils unrounded, null where nothing can be said."""
    return {"series": _series(series, source), "forecast": projection.to_dicts(), "notes": list(notes)}


def outlook_figures(outlooks: Sequence[Outlook], *, by: str) -> pl.DataFrame:
    """Pupils to come under several scenarios: ``scenario`` and the columns of `Outlook.frame`."""
    frames = [
        outlook.frame(by=by).select(pl.lit(outlook.scenario).alias("scenario"), pl.all())
        for outlook in outlooks
    ]
    return pl.concat(frames)


def outlook_document(workspace: Workspace, outlooks: Sequence[Outlook], *, by: str) -> dict[str, Any]:
    """The same as plain data, with the methods that were taken, and why; pupils unrounded."""
    history = outlooks[0].history
    return {
        "region": {"code": workspace.settings.region.code, "name": workspace.name},
        "last_year": history.years[-1],
        "areas": dict(zip(history.areas, history.labels or history.areas, strict=True)),
        "outlooks": [
            {
                "scenario": outlook.scenario,
                "chosen": _chosen(outlook.chosen),
                "notes": list(outlook.notes),
                "housing": [asdict(line) for line in outlook.housing],
                "forecast": outlook.frame(by=by).to_dicts(),
            }
            for outlook in outlooks
        ],
    }


def write_figures(frame: pl.DataFrame, path: Path) -> Path:
    """Write a table of figures as .csv or .xlsx, with Chinese headings.

    Raises
    ------
    WorkspaceError
        The extension is another.
    """
    named = frame.rename({name: _HEADINGS[name] for name in frame.columns})
    whole = [_HEADINGS[name] for name in ("area", "grade") if name in frame.columns]
    named = named.with_columns(pl.col(whole).fill_null("全部"))
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise WorkspaceError(f"{path.name}：只能写成 .csv 或 .xlsx。请改扩展名。")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".csv":
        named.write_csv(path, include_bom=True)
    else:
        named.write_excel(path, worksheet="预测", float_precision=2)
    return path


def _chosen(chosen: Sequence[Chosen]) -> list[dict[str, Any]]:
    return [
        {
            "level": one.level,
            "method": one.method,
            "name": one.name,
            "errors": one.errors,
            "reason": one.reason,
        }
        for one in chosen
    ]


def _series(series: Series, source: str) -> dict[str, Any]:
    levels = series.levels.tolist()
    return {
        "source": source,
        "first_year": series.years[0],
        "last_year": series.years[-1],
        "grades": list(series.grades),
        "levels": [{"level": level, "areas": levels.count(level)} for level in sorted(set(levels))],
    }
