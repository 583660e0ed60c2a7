"""Our method and the simple ones, tried on a series from rolling origins: errors, coverage, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from jiaoheng.forecast.accuracy import accuracy
from jiaoheng.forecast.intervals import bounds
from jiaoheng.forecast.methods import CANDIDATES, CHOSEN, choose
from jiaoheng.forecast.outlook import Chosen, ForecastError
from jiaoheng.forecast.series import Series
from jiaoheng.forecast.trial import tried

LEADS = (1, 3, 5)
_FEWEST_YEARS = 4


@dataclass(frozen=True)
class Backtest:
    """What came of it.

    Attributes
    ----------
    series : what was tried on.
    origins : the years that were forecast from.
    leads : the leads of which something is known.
    accuracy : see `accuracy`; for ours (`CHOSEN`) with coverage, for each that it chooses from without.
    chosen : for each level, which method is taken after the last year, and why; at each origin of the
        accuracy that choice was made anew from what was known then.
    notes : what could not be tried.
    """

    series: Series
    origins: tuple[int, ...]
    leads: tuple[int, ...]
    accuracy: pl.DataFrame
    chosen: tuple[Chosen, ...]
    notes: tuple[str, ...] = ()


def backtest(
    series: Series, *, leads: Sequence[int] = LEADS, step: Callable[[str], None] = lambda name: None
) -> Backtest:
    """Try our method and its peers from every origin that has three years before it.

    Parameters
    ----------
    series : the counts, at least four years of them.
    leads : how many years ahead.
    step : called with the name of each method as it begins.

    Raises
    ------
    ForecastError
        There are too few years.
    """
    if len(series.years) < _FEWEST_YEARS:
        raise ForecastError(
            f"只有 {len(series.years)} 年的数据（{series.years[0]}–{series.years[-1]}），无法回测："
            f"至少要 {_FEWEST_YEARS} 年。请补上更早的年份。"
        )
    most = len(series.years) - _FEWEST_YEARS + 1
    known = tuple(lead for lead in sorted(set(leads)) if lead <= most)
    if not known:
        raise ForecastError(
            f"{len(series.years)} 年的数据最多能回测提前 {most} 年的预测。"
            "请用较小的提前年数，或补上更早的年份。"
        )
    notes = [
        f"提前 {lead} 年的预测无法回测：数据只有 {len(series.years)} 年。" for lead in leads if lead > most
    ]
    frames: list[pl.DataFrame] = []
    origins: tuple[int, ...] = ()
    for method in (CHOSEN, *CANDIDATES):
        step(method.name)
        trial = tried(series, method, horizon=max(known))
        origins = trial.origins
        if method is CHOSEN:
            total, by_grade = bounds(trial), bounds(trial, by_grade=True)
            frames.append(accuracy(trial, leads=known, total=total, by_grade=by_grade))
        else:
            frames.append(accuracy(trial, leads=known))
    table = pl.concat(frames)
    return Backtest(series, origins, known, table, choose(series, CANDIDATES), tuple(notes))
