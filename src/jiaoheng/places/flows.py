"""Where pupils live against where they study: as many as must cross between towns, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiaoheng.census.snapshot import Census
from jiaoheng.forecast.series import Array
from jiaoheng.places.supposed import Declared, SeatsError
from jiaoheng.terms import label

AGES: Mapping[str, range] = {
    "preschool": range(3, 6),
    "primary": range(6, 12),
    "junior": range(12, 15),
}
"""Ages on 1 September of those whom a stage is for, where it is one that a child goes to near home.
Senior and vocational schools are for the whole county: a town without one lacks nothing."""

FLOWS: dict[str, pl.DataType] = {
    "stage": pl.String(),
    "lives": pl.String(),
    "studies": pl.String(),
    "pupils": pl.Float64(),
    "declared": pl.Boolean(),
}
"""Columns of `Flows.frame`: pupils who live in one town and study in another (or the same), unrounded."""

_ROUNDS, _CLOSE = 2000, 1e-6


@dataclass(frozen=True)
class Flows:
    """Who lives where and studies where, in one stage, in the year of the census.

    Attributes
    ----------
    pupils : (areas, areas): the row is where they live, the column where they study.
    declared : (areas, areas): which of them somebody counted.
    """

    stage: str
    areas: tuple[str, ...]
    pupils: Array
    declared: NDArray[np.bool_]

    @property
    def crossing(self) -> float:
        """How many study in another town than they live in."""
        return float(self.pupils.sum() - np.trace(self.pupils))

    @property
    def origins(self) -> Array:
        """(areas, areas): of those who study in a column's town, the share that lives in the row's.

        Where nobody studies yet, those who will are taken to live there.
        """
        studies = self.pupils.sum(axis=0)
        shares: Array = np.where(studies > 0, self.pupils / np.where(studies > 0, studies, 1.0), 0.0)
        shares[np.diag_indices(len(studies))] += studies <= 0
        return shares

    def frame(self) -> pl.DataFrame:
        """Long (columns `FLOWS`): every pair of towns with a pupil in it."""
        rows = [
            (self.stage, lives, studies, float(self.pupils[i, j]), bool(self.declared[i, j]))
            for i, lives in enumerate(self.areas)
            for j, studies in enumerate(self.areas)
            if self.pupils[i, j] > 0
        ]
        return pl.DataFrame(rows, schema=FLOWS, orient="row")


def flows(
    census: Census, areas: Sequence[str], declared: Sequence[Declared] = ()
) -> tuple[dict[str, Flows], tuple[str, ...]]:
    """The flows of every stage for which it is known how many children of its ages live in each town.

    Returns
    -------
    tuple
        Flows by stage, and a sentence for each stage about what they rest on, or why there are none.

    Raises
    ------
    SeatsError
        A declared flow names an unknown town, or more pupils than there can be.
    """
    named = {str(row["name"]): str(row["area_code"]) for row in census.table("areas").to_pylist()}
    codes = named | {code: code for code in areas}
    for line in declared:
        for town in (line.lives, line.studies):
            if codes.get(town) not in areas:
                raise line.fault(f"没有镇街“{town}”。请写镇街的全称或代码。")
        if line.stage not in AGES:
            raise line.fault(f"{label('stage', line.stage)}不按居住地算跨镇街就读。请删去这一行。")
    studying, living = _studying(census), _living(census)
    found, notes = {}, []
    for stage in AGES:
        studies = np.array([studying.get((area, stage), 0.0) for area in areas])
        lives = np.array([living.get((area, stage), np.nan) for area in areas])
        name = label("stage", stage)
        if not studies.any():
            continue
        if np.isnan(lives).any() or not lives.any():
            notes.append(f"{name}：有镇街没有分年龄的人口，不能推算跨镇街就读，仍按就读地计。")
            continue
        if np.isnan(studies).any():
            notes.append(f"{name}：有学校没有在校生数，不能推算跨镇街就读，仍按就读地计。")
            continue
        lines = [line for line in declared if line.stage == stage]
        cells = {(areas.index(codes[line.lives]), areas.index(codes[line.studies])): line for line in lines}
        pupils, known = _fitted(lives * studies.sum() / lives.sum(), studies, cells)
        found[stage] = Flows(stage, tuple(areas), pupils, known)
        notes.append(
            f"{name}：按适龄常住人口推算，至少有 {found[stage].crossing:.0f} 人跨镇街就读"
            f"（学生 {studies.sum():.0f} 人，适龄人口 {lives.sum():.0f} 人，各镇街同比例折算；"
            f"{f'{len(lines)} 项按申报；' if lines else ''}其余假定能就近的都就近）。"
        )
    return found, tuple(notes)


def _fitted(
    lives: Array, studies: Array, declared: Mapping[tuple[int, int], Declared]
) -> tuple[Array, NDArray[np.bool_]]:
    """The matrix with these sums of rows and columns that leaves most at home, the rest as even as can be.

    Beside what is declared, min(row, column) stay; those who are left go from towns with too few seats taken
    to towns with pupils from elsewhere by iterative proportional fitting (Deming and Stephan 1940), which is
    the distribution of greatest entropy.
    """
    known = np.zeros((len(lives), len(lives)), dtype=np.bool_)
    fixed = np.zeros(known.shape)
    for cell, line in declared.items():
        fixed[cell], known[cell] = line.pupils, True
    rows, columns = lives - fixed.sum(axis=1), studies - fixed.sum(axis=0)
    for (i, j), line in declared.items():
        if rows[i] < -_CLOSE:
            raise line.fault(f"申报住在{line.lives}的学生多于折算的 {lives[i]:.0f} 人。请核对。")
        if columns[j] < -_CLOSE:
            raise line.fault(f"申报到{line.studies}就读的学生多于在校生 {studies[j]:.0f} 人。请核对。")
    home = np.minimum(rows, columns).clip(0.0)
    rows, columns = (rows - home).clip(0.0), (columns - home).clip(0.0)
    moving = np.where(known, 0.0, np.outer(rows, columns))
    for _ in range(_ROUNDS):
        moving *= _ratio(rows, moving.sum(axis=1))[:, None]
        moving *= _ratio(columns, moving.sum(axis=0))[None]
        if np.abs(moving.sum(axis=1) - rows).max() <= _CLOSE * max(1.0, rows.sum()):
            return moving + np.diag(home) + fixed, known
    raise SeatsError("seats.yaml 申报的跨镇街就读与各镇街的人口、在校生数合不上。请核对 flows。")


def _ratio(wanted: Array, there: Array) -> Array:
    found: Array = np.where(there > 0, wanted / np.where(there > 0, there, 1.0), 0.0)
    return found


def _studying(census: Census) -> dict[tuple[str, str], float]:
    towns = {row["school_code"]: row["area_code"] for row in census.table("schools").to_pylist()}
    found: dict[tuple[str, str], float] = {}
    for row in census.table("school_stages").to_pylist():
        key = (str(towns.get(row["school_code"])), str(row["stage"]))
        pupils = np.nan if row["pupils"] is None else float(row["pupils"])
        found[key] = found.get(key, 0.0) + pupils
    return found


def _living(census: Census) -> dict[tuple[str, str], float]:
    """Residents of a stage's ages; a town of which an age is missing is not in it."""
    by_age: dict[tuple[str, int], float] = {}
    for row in census.table("population").to_pylist():
        key = (str(row["area_code"]), int(row["age"]))
        there = np.nan if row["resident"] is None else float(row["resident"])
        by_age[key] = by_age.get(key, 0.0) + there
    towns = {area for area, _ in by_age}
    return {
        (area, stage): sum(by_age[area, age] for age in ages)
        for area in towns
        for stage, ages in AGES.items()
        if all((area, age) in by_age for age in ages)
    }
