"""Enrolment to come in a county: from its censuses, under a scenario, as an outlook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from jiaoheng.census.snapshot import Census
from jiaoheng.forecast import births as births_to_come
from jiaoheng.forecast.estates import estates
from jiaoheng.forecast.from_census import Counted, from_censuses
from jiaoheng.forecast.futures import doubt, futures
from jiaoheng.forecast.housing import Estates, new_homes
from jiaoheng.forecast.housing_lines import added, seats_needed
from jiaoheng.forecast.housing_norms import housing_norms
from jiaoheng.forecast.methods import CANDIDATES, CHOSEN, choose
from jiaoheng.forecast.methods.remembered import fingerprint
from jiaoheng.forecast.methods.transitions import transitions
from jiaoheng.forecast.outlook import Chosen, Draws, ForecastError, Line, Outlook
from jiaoheng.forecast.scenario import BASELINE, Scenario, scenario_named
from jiaoheng.forecast.series import Array, Series
from jiaoheng.forecast.supposing import supposed
from jiaoheng.forecast.trial import tried
from jiaoheng.packs.catalogue import Catalogue

DRAWS = 1000
SEED = 20160101
UNTIL = 15
"""Years ahead, where nobody says until when."""

_FARTHEST = 30
_TRIED = 5


class Years(Protocol):
    """A county's censuses; a workspace is one."""

    @property
    def years(self) -> tuple[int, ...]:
        """The years that there are, oldest first."""

    @property
    def folder(self) -> Path:
        """Where its own scenarios are."""

    @property
    def catalogue(self) -> Catalogue:
        """Its rules: the norms of new estates."""

    def census(self, year: int) -> Census:
        """The census of a year."""


def enrolment(
    ws: Years,
    *,
    until: int | None = None,
    scenario: str | Scenario | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Outlook:
    """Pupils to come, by town, stage, grade and year.

    Parameters
    ----------
    ws : the county's yearly censuses (see `Years`).
    until : the last year; fifteen years ahead where None.
    scenario : its name, the path of its file, or itself; the baseline where None.
    draws : how many futures.
    seed : the same seed gives the same futures; scenarios of one seed differ by what they suppose alone.

    Raises
    ------
    ForecastError
        There is too little to forecast from, or the year is not to come.
    ScenarioError, PackError
        There is no such scenario, or it cannot be.
    """
    meant = _scenario(scenario, ws.folder / "scenarios")
    counted = from_censuses([ws.census(year) for year in ws.years])
    return outlook(
        counted,
        until=until,
        scenario=meant,
        housing=_housing(ws, counted, meant),
        draws=draws,
        seed=seed,
    )


def outlooks(ws: Years, scenarios: Sequence[str | Scenario], *, until: int | None = None) -> list[Outlook]:
    """Several scenarios side by side; what they have in common is computed once."""
    counted = from_censuses([ws.census(year) for year in ws.years])
    meant = [_scenario(each, ws.folder / "scenarios") for each in scenarios]
    based = _baseline(counted, until=until, draws=DRAWS, seed=SEED)
    return [_under(based, each, _housing(ws, counted, each)) for each in meant]


def outlook(
    counted: Counted,
    *,
    until: int | None = None,
    scenario: Scenario | None = None,
    housing: Estates | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Outlook:
    """The same from counts (see `enrolment`).

    Parameters
    ----------
    housing : new estates; they count where the scenario says so.
    """
    return _under(_baseline(counted, until=until, draws=draws, seed=seed), scenario, housing)


@dataclass(frozen=True)
class _Baseline:
    """The forecast before anything is supposed."""

    series: Series
    towns: tuple[int, ...]
    years: tuple[int, ...]
    point: Array
    future: Draws
    entry_age: float | None
    chosen: tuple[Chosen, ...]
    notes: tuple[str, ...]


_KEPT: dict[tuple[object, ...], _Baseline] = {}
_MOST_KEPT = 3


def _baseline(counted: Counted, *, until: int | None, draws: int, seed: int) -> _Baseline:
    """The baseline of these counts; the last few are kept, since a report and a command often ask again."""
    key = (fingerprint(counted.series), counted.series.areas, counted.series.labels, counted.notes)
    asked = (*key, until, draws, seed)
    if asked not in _KEPT:
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[asked] = _computed(counted, until=until, draws=draws, seed=seed)
    return _KEPT[asked]


def _computed(counted: Counted, *, until: int | None, draws: int, seed: int) -> _Baseline:
    series = counted.series
    base = series.years[-1]
    until = base + UNTIL if until is None else until
    if not base < until <= base + _FARTHEST:
        raise ForecastError(f"预测到哪一年应在 {base + 1} 至 {base + _FARTHEST} 年之间，不能是 {until} 年。")
    notes = [*counted.notes, *_little(series)]
    extended = births_to_come.with_births_to_come(series, until)
    if extended is not series:
        first = series.births_from + series.births.shape[1]
        notes.append(
            f"{first} 年以后出生的人口是推算的：本县近三年的水平，照{births_to_come.source()}的走势。"
        )
    lag = transitions(series).lag if len(series.years) > 1 else None
    towns = tuple(int(at) for at in np.flatnonzero(series.leaves))
    point = CHOSEN.forecast(extended, until - base)[list(towns)]
    known = tried(series, CHOSEN, horizon=min(_TRIED, max(1, len(series.years) - 2)))
    return _Baseline(
        series=series,
        towns=towns,
        years=tuple(range(base + 1, until + 1)),
        point=point,
        future=futures(point, doubt(known), draws=draws, seed=seed),
        entry_age=None if lag is None else lag.years + lag.later,
        chosen=choose(series, CANDIDATES),
        notes=tuple(notes),
    )


def _under(based: _Baseline, scenario: Scenario | None, housing: Estates | None) -> Outlook:
    series, towns, point, future = based.series, based.towns, based.point, based.future
    notes = list(based.notes)
    lines: tuple[Line, ...] = ()
    if scenario is not None:
        names = {series.areas[at]: series.labels[at] for at in towns}
        scenario.check(towns=names, base=series.years[-1])
        grown = point
        if housing is not None and scenario.housing is not None and scenario.housing.on:
            new = new_homes(housing, series, towns, len(based.years), scenario.housing)
            grown = point + new.pupils
            notes += new.notes
            lines = (
                *seats_needed(housing, stated=scenario.housing.stated),
                *added(new, series, scenario.housing, housing),
            )
        age = 3.0 if based.entry_age is None else based.entry_age
        changed = supposed(grown, series, towns, age, scenario)
        future = _follow(future, point, changed)
        point = changed
        if scenario.births is not None and based.entry_age is None:
            notes.append("没有出生人口数，情景中的出生人口只能按三岁入园推算。")
    return Outlook(
        history=series,
        areas=tuple(series.areas[at] for at in towns),
        years=based.years,
        point=point,
        draws=future,
        scenario=BASELINE if scenario is None else scenario.name,
        chosen=based.chosen,
        notes=tuple(dict.fromkeys(notes)),
        housing=lines,
    )


def _scenario(scenario: str | Scenario | None, folder: Path) -> Scenario | None:
    if scenario is None or isinstance(scenario, Scenario):
        return scenario
    return scenario_named(scenario, folder=folder)


def _housing(ws: Years, counted: Counted, scenario: Scenario | None) -> Estates | None:
    """The estates of the last census; None where the scenario does not count them."""
    if scenario is None or scenario.housing is None or not scenario.housing.on:
        return None
    towns = [counted.series.areas[at] for at in np.flatnonzero(counted.series.leaves)]
    return Estates(estates(ws.census(ws.years[-1]), towns), housing_norms(ws.catalogue))


def _follow(future: Draws, point: Array, changed: Array) -> Draws:
    """Every future, changed as the forecast was; who comes to a town that had nobody comes in all of them."""
    factor = np.divide(changed, point, out=np.ones_like(point), where=point > 0)
    added = np.where(point > 0, 0.0, changed - point)
    followed: Draws = (future * factor[None].astype(np.float32) + added[None].astype(np.float32)).astype(
        np.float32
    )
    return followed


def _little(series: Series) -> list[str]:
    """What a short history means."""
    counted = int(np.isfinite(series.totals[~series.leaves]).any(axis=0).sum())
    if counted == 1:
        return ["只有一年的数据：没有升级率，各年级按今年的人数推算，不宜作为依据。请补导前几年的数据。"]
    if counted < 4:
        return [f"只有 {counted} 年的数据：方法还不能用本县的历史检验，区间按一般经验给出，偏宽。"]
    return []
