"""What is to come, as equally likely futures: every figure and every chance is counted from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiaoheng.errors import JiaohengError
from jiaoheng.forecast.series import Array, Series

Draws = NDArray[np.float32]

STAGE_GRADES = {
    "preschool": ("k1", "k2", "k3"),
    "primary": ("g1", "g2", "g3", "g4", "g5", "g6"),
    "junior": ("g7", "g8", "g9", "j4"),
    "senior": ("g10", "g11", "g12"),
    "vocational": ("v10", "v11", "v12"),
}
"""The grades of a stage, as the census names them; those of vocational schools begin with ``v``."""

OUTLOOK = (
    "area",
    "stage",
    "grade",
    "year",
    "pupils",
    "low_50",
    "high_50",
    "low_80",
    "high_80",
    "low_95",
    "high_95",
)
"""Columns of `Outlook.frame`. ``area`` and ``grade`` are null where all of them are meant."""

_BOUNDS = {"low_50": 25.0, "high_50": 75.0, "low_80": 10.0, "high_80": 90.0, "low_95": 2.5, "high_95": 97.5}


class ForecastError(JiaohengError):
    """A forecast that cannot be made; the message says what is missing, and what to do."""


@dataclass(frozen=True)
class Chosen:
    """Which method a forecast took for a level, and why.

    Attributes
    ----------
    level : 0 for the whole county, 1 for its towns.
    method, name : the id and the Chinese name.
    errors : by method's id, its mean absolute error in percent over the leads that could be tried.
    reason : a sentence for the report.
    """

    level: int
    method: str
    name: str
    errors: dict[str, float]
    reason: str


@dataclass(frozen=True)
class Line:
    """A line of arithmetic as a person would write it down.

    Attributes
    ----------
    label : what it is.
    formula : how it comes about, in words and figures.
    value : unrounded; None where it cannot be known, and ``formula`` then says why.
    unit : of ``value``.
    source : where the figures are from.
    """

    label: str
    formula: str
    value: float | None
    unit: str
    source: str


@dataclass(frozen=True)
class Outlook:
    """Pupils to come.

    Attributes
    ----------
    history : the counts that it rests on. The areas of ``draws`` are the leaves of the history, in its order.
    areas : the codes of those areas.
    years : the years to come, consecutive, the first one after the last of the history.
    point : (areas, years, grades): the forecast itself.
    draws : (draws, areas, years, grades): equally likely futures around it.
    scenario : its name, 基准 where nothing was supposed.
    chosen : which methods were taken, and why.
    notes : what was missing, and what that means, a sentence each.
    housing : the arithmetic of new estates, where the scenario counts them.
    """

    history: Series
    areas: tuple[str, ...]
    years: tuple[int, ...]
    point: Array
    draws: Draws
    scenario: str = "基准"
    chosen: tuple[Chosen, ...] = ()
    notes: tuple[str, ...] = ()
    housing: tuple[Line, ...] = ()

    def pupils(self, stage: str | None = None, area: str | None = None, grade: str | None = None) -> Array:
        """(years,): the forecast of a stage, an area, a grade; of all of them where None."""
        areas, grades = self._picked(stage, area, grade)
        found: Array = self.point[areas][:, :, grades].sum(axis=(0, 2))
        return found

    def futures(self, stage: str | None = None, area: str | None = None, grade: str | None = None) -> Draws:
        """(draws, years): the same in every future."""
        areas, grades = self._picked(stage, area, grade)
        found: Draws = self.draws[:, areas][:, :, :, grades].sum(axis=(1, 3))
        return found

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The stages that there is a grade of, in their order."""
        return tuple(
            stage for stage, grades in STAGE_GRADES.items() if set(grades) & set(self.history.grades)
        )

    def frame(self, *, by: str = "area") -> pl.DataFrame:
        """Long: one row for each stage and year (columns: `OUTLOOK`), in pupils, unrounded.

        Parameters
        ----------
        by : ``county``, ``area`` (which adds the towns), or ``grade`` (which adds the grades to both).
        """
        areas: Sequence[str | None] = (None,) if by == "county" else (None, *self.areas)
        rows: list[dict[str, object]] = []
        for area in areas:
            for stage in self.stages:
                rows += self._rows(area, stage, None)
                if by == "grade":
                    for grade in STAGE_GRADES[stage]:
                        if grade in self.history.grades:
                            rows += self._rows(area, stage, grade)
        text = dict.fromkeys(("area", "stage", "grade"), pl.String)
        return pl.DataFrame(rows, schema={**text, "year": pl.Int64, **dict.fromkeys(OUTLOOK[4:], pl.Float64)})

    def _rows(self, area: str | None, stage: str, grade: str | None) -> list[dict[str, object]]:
        point = self.pupils(stage, area, grade)
        bounds = np.percentile(self.futures(stage, area, grade), list(_BOUNDS.values()), axis=0)
        rows: list[dict[str, object]] = []
        for at, year in enumerate(self.years):
            row: dict[str, object] = {"area": area, "stage": stage, "grade": grade, "year": year}
            row["pupils"] = float(point[at])
            rows.append(row | {name: float(bounds[which, at]) for which, name in enumerate(_BOUNDS)})
        return rows

    def _picked(self, stage: str | None, area: str | None, grade: str | None) -> tuple[list[int], list[int]]:
        if area is not None and area not in self.areas:
            raise ForecastError(f"预测中没有镇街“{area}”。有：{'、'.join(self.areas)}。")
        areas = [self.areas.index(area)] if area is not None else list(range(len(self.areas)))
        wanted = (grade,) if grade is not None else STAGE_GRADES.get(stage or "", self.history.grades)
        return areas, [at for at, each in enumerate(self.history.grades) if each in wanted]
