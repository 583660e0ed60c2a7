"""Gathers from a workspace what a report says of pupils and seats to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from jiaoheng.census import Census
from jiaoheng.errors import JiaohengError
from jiaoheng.forecast import Outlook
from jiaoheng.forecast.backtest import Backtest, backtest
from jiaoheng.forecast.enrolment import Years, outlooks
from jiaoheng.forecast.methods.remembered import fingerprint
from jiaoheng.forecast.scenario import BASELINE, scenario_named
from jiaoheng.packs import Catalogue
from jiaoheng.reports.seats import SEATS, Prospect
from jiaoheng.workspace.seat_gaps import Held, falls, of_outlook, rule_named

AHEAD = 15
"""How many years a report looks ahead."""
BESIDE = ("三孩见效", "低出生")
"""Scenarios that the monitoring report shows beside the forecast."""
_LEADS = (1, 2, 3, 4, 5)
_TRIED: dict[bytes, Backtest] = {}
"""The last back-test: a report in three forms, or three reports, rest on the same one."""


@dataclass(frozen=True)
class _Until:
    """What a workspace held at a year: a report of a past year must not know what came after it."""

    held: Years
    last: int

    @property
    def folder(self) -> Path:
        return self.held.folder

    @property
    def catalogue(self) -> Catalogue:
        return self.held.catalogue

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(year for year in self.held.years if year <= self.last)

    def census(self, year: int) -> Census:
        return self.held.census(year)


def prospect(held: Years, *, year: int, scenarios: Sequence[str] = BESIDE) -> Prospect:
    """Pupils to come after a year, and how well such forecasts did; where there is none, why.

    Parameters
    ----------
    held : the workspace.
    year : the last year of which the forecast knows anything.
    scenarios : scenarios to show beside the forecast.
    """
    known = _Until(held, year)
    if len(known.years) < 2:
        return Prospect(
            why_not=(
                f"只有{year}年一年的事业统计数据，看不出各年级升学的变化，不能预测在校生和学位。"
                "请导入以前各年的数据。"
            )
        )
    try:
        return of_outlooks(tuple(outlooks(known, (BASELINE, *scenarios), until=year + AHEAD)))
    except JiaohengError as error:
        problem = error
    try:
        alone = of_outlooks(tuple(outlooks(known, (BASELINE,), until=year + AHEAD)))
    except JiaohengError as error:
        return Prospect(why_not=f"不能预测在校生和学位：{error}")
    return replace(alone, notes=(*alone.notes, f"没有与其他情景对照：{problem}"))


def with_seats(told: Prospect, held: Held, *, year: int) -> Prospect:
    """The same, with the seats of a year's census held against the pupils, and warnings by a pack's rule."""
    if not told.outlooks:
        return told
    try:
        rule = rule_named(held.catalogue, None)
        baseline = scenario_named(BASELINE, folder=held.folder / "scenarios")
        found = of_outlook(held, told.outlooks[0], baseline, rule, year=year)
    except JiaohengError as error:
        return replace(told, notes=(*told.notes, f"没有计算学位余缺：{error}"))
    return replace(
        told,
        seats=found.table.filter(pl.col("zone").is_null()).select(*SEATS),
        falls=falls(found),
        norm="学位按核定规模计，没有核定的按班数和班额标准计",
        warning=f"{rule.name}，{rule.document.title}",
        notes=(*told.notes, *found.gap.notes),
    )


def of_outlooks(found: tuple[Outlook, ...]) -> Prospect:
    """The same from forecasts that were made already; the first one is that which is spoken of."""
    tried, why = _tried(found[0])
    history = found[0].history
    return Prospect(
        outlooks=found,
        accuracy=None if tried is None or tried.accuracy.is_empty() else tried.accuracy,
        names=dict(zip(history.areas, history.labels, strict=False)),
        notes=why if tried is None else tried.notes,
    )


def _tried(outlook: Outlook) -> tuple[Backtest | None, tuple[str, ...]]:
    """What came of trying the methods on the history; None with the reason where it is too short."""
    key = fingerprint(outlook.history)
    try:
        if key not in _TRIED:
            _TRIED.clear()
            _TRIED[key] = backtest(outlook.history, leads=_LEADS)
        return _TRIED[key], ()
    except JiaohengError as error:
        return None, (f"预测的误差没有检验：{error}",)
