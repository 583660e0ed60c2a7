"""Pupils of new estates: seats per thousand residents, as families move in, above a usual year's homes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jiaoheng.forecast.estates import Estate
from jiaoheng.forecast.housing_norms import HousingNorms
from jiaoheng.forecast.outlook import STAGE_GRADES
from jiaoheng.forecast.scenario import Housing
from jiaoheng.forecast.series import Array, Series


@dataclass(frozen=True)
class Estates:
    """The estates of a county's last census, and the norms that hold for them."""

    listed: tuple[Estate, ...]
    norms: HousingNorms


@dataclass(frozen=True)
class NewHomes:
    """What estates add to a forecast.

    Attributes
    ----------
    pupils : (towns, years ahead, grades): pupils on top of the forecast; zero in grades without a norm,
        which ``notes`` says.
    usual : people for whom homes were handed over in a usual year, which the forecast's own growth holds
        already; None where no estate was handed over within the history.
    usual_years : the years, first and last, that ``usual`` is the mean of; None where ``usual`` is.
    shares : by year of hand-over to come (delayed), the people of that year and the share that counts.
    notes : what was left out and why, a sentence each.
    """

    pupils: Array
    usual: float | None
    usual_years: tuple[int, int] | None
    shares: Mapping[int, tuple[float, float]]
    notes: tuple[str, ...]


def new_homes(
    found: Estates, series: Series, towns: tuple[int, ...], ahead: int, supposed: Housing
) -> NewHomes:
    """Pupils whom estates add, by town, year and grade.

    Parameters
    ----------
    found : the estates, and the norms.
    series : the counts up to the census of the estates.
    towns : the areas of the series, in the order of the result.
    ahead : years to come.
    supposed : the delay of hand-overs to come, and the share of families who live there.

    Notes
    -----
    The ratios of recent years already hold the children of usual house building. So estates that were
    handed over count nothing, and of those of a year to come only the people above a usual year's.

    A norm is of people of all ages: as they are replaced by younger ones in the first grade, and move up in
    the others, an estate that is full keeps its pupils.
    """
    base = series.years[-1]
    placed = [estate for estate in found.listed if estate.people is not None and estate.handover is not None]
    usual, usual_years = _usual(placed, series.years[0], base)
    coming = [(estate, (estate.handover or 0) + supposed.delay) for estate in placed if _later(estate, base)]
    handed: dict[int, float] = {}
    for estate, year in coming:
        handed[year] = handed.get(year, 0.0) + (estate.people or 0.0)
    shares = {
        year: (people, max(0.0, 1.0 - (usual or 0.0) / people) if people else 0.0)
        for year, people in sorted(handed.items())
    }
    per_person = _per_person(series, found.norms)
    pupils = np.zeros((len(towns), ahead, len(series.grades)))
    where = {series.areas[town]: at for at, town in enumerate(towns)}
    for estate, year in coming:
        full = (estate.people or 0.0) * supposed.resident * shares[year][1]
        for step in range(ahead):
            moved = found.norms.moved_in(base + step + 1 - year)
            pupils[where[estate.area], step] += full * moved * per_person
    return NewHomes(pupils, usual, usual_years, shares, _notes(found, series, placed, usual, coming))


def _later(estate: Estate, base: int) -> bool:
    return estate.handover is not None and estate.handover > base


def _usual(placed: list[Estate], first: int, base: int) -> tuple[float | None, tuple[int, int] | None]:
    """People a year, over the years of the history since the first hand-over in it."""
    past = {estate.handover or 0: 0.0 for estate in placed if first <= (estate.handover or 0) <= base}
    for estate in placed:
        if estate.handover in past:
            past[estate.handover] += estate.people or 0.0
    if not past:
        return None, None
    start = min(past)
    return sum(past.values()) / (base - start + 1), (start, base)


def _per_person(series: Series, norms: HousingNorms) -> Array:
    """(grades,): pupils of each grade for a resident; a stage's are spread over the grades that it has."""
    last = np.nan_to_num(series.pupils[:, -1].sum(axis=0))
    found = np.zeros(len(series.grades))
    for stage, seats in norms.seats.items():
        grades = [at for at, grade in enumerate(series.grades) if grade in STAGE_GRADES[stage]]
        taught = [at for at in grades if last[at] > 0] or grades
        found[taught] = seats / 1000.0 / max(1, len(taught))
    return found


def _notes(
    found: Estates,
    series: Series,
    placed: list[Estate],
    usual: float | None,
    coming: list[tuple[Estate, int]],
) -> tuple[str, ...]:
    base = series.years[-1]
    if not found.listed:
        return ("情景要计入住宅小区，但没有住宅小区表，没有计入。请导入小区的户数、人口和交付年份。",)
    notes = []
    if unknown := [estate.name for estate in found.listed if estate not in placed]:
        notes.append(f"{'、'.join(unknown)}的规划人口或交付年份不详，没有计入预测。")
    if not coming:
        notes.append(
            f"住宅小区表中没有 {base} 年以后交付的小区：已交付的，入住带来的学生已含在近几年的升级率中，"
            "不重复计入，预测不变。"
        )
    elif usual is None:
        notes.append("没有往年交付的小区可比，不知道升级率中已含多少：以后交付的小区全部计入，可能重复。")
    else:
        notes.append(
            f"近几年的升级率已含平常的住宅交付（每年约 {usual:,.0f} 人），"
            "以后交付的小区只计每年超出的部分，以免重复。"
        )
    vocational = set(STAGE_GRADES["vocational"]) & set(series.grades)
    if coming and vocational and "vocational" not in found.norms.seats:
        notes.append("中等职业教育没有千人学位数，没有计入小区的学生。")
    return tuple(notes)
