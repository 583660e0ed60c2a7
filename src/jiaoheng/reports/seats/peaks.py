"""When each stage has most pupils, said in sentences, with how sure one can be."""

from __future__ import annotations

import numpy as np

from jiaoheng.forecast.outlook import Outlook
from jiaoheng.reports.blocks import Sentence
from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.numbers import shown
from jiaoheng.reports.seats.fans import counted


def sentences(outlook: Outlook) -> tuple[Sentence, ...]:
    """One sentence for each stage that is taught in the region."""
    found = (sentence(outlook, stage) for stage in outlook.stages)
    return tuple(Sentence(text) for text in found if text)


def sentence(outlook: Outlook, stage: str) -> str:
    """Where a stage stands against its peak; empty where nobody was counted in its last year."""
    past, point, label = counted(outlook, stage), outlook.pupils(stage), stage_label(stage)
    now, last = outlook.history.years[-1], outlook.years[-1]
    if not np.isfinite(past[-1]) or not past[-1]:
        return ""
    before, ahead = float(np.nanmax(past)), float(point.max())
    said = f"{label}{now}年{shown(float(past[-1]))}人"
    if ahead > before:
        year = outlook.years[int(point.argmax())]
        said += f"，还要增加，预测{year}年最多，约{shown(ahead)}人{_likely_years(outlook, stage, past)}"
    else:
        year = outlook.history.years[int(np.nanargmax(past))]
        said += "，是最多的一年" if year == now else f"，最多的{year}年已经过去（{shown(before)}人）"
    low, high = np.percentile(outlook.futures(stage)[:, -1], (10, 90))
    return (
        f"{said}；预测{last}年约{shown(float(point[-1]))}人，"
        f"比{now}年{_change(float(past[-1]), float(point[-1]))}，"
        f"80%的可能在{shown(float(low))}至{shown(float(high))}人之间。"
    )


def _likely_years(outlook: Outlook, stage: str, past: np.ndarray) -> str:
    """Within which years the peak comes in 80 of 100 futures."""
    futures = outlook.futures(stage)
    known = np.nan_to_num(past, nan=-np.inf)
    years = np.array([*outlook.history.years, *outlook.years])
    peaks = years[np.hstack([np.tile(known, (len(futures), 1)), futures]).argmax(axis=1)]
    first, last = (int(value) for value in np.quantile(peaks, (0.1, 0.9), method="nearest"))
    return f"（峰年80%的可能在{first}—{last}年）" if first < last else f"（峰年80%的可能就在{first}年）"


def _change(before: float, after: float) -> str:
    share = (after / before - 1) * 100
    if abs(share) < 0.05:
        return "基本不变"
    return f"{'增加' if share > 0 else '减少'}{shown(abs(share), 1)}%"
