"""Yearly counts by area and grade: what a forecast is made from, and held against."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jiaoheng.errors import JiaohengError

Array = NDArray[np.float64]

BIRTHS = -1
"""Among `Series.feeders`: the grade is entered from births, not from another grade."""


class SeriesError(JiaohengError):
    """Counts that cannot be used: the message says which file, area, year and grade, and what to do."""


@dataclass(frozen=True)
class Series:
    """Counts of pupils (or children by age) by area, year and grade, with the area that each area is part of.

    Attributes
    ----------
    areas : the areas, each once. All levels stand side by side: an area that others name as their parent
        holds what was counted for it, or else the sum of its parts.
    years : consecutive, oldest first. A year without any count is a year of NaN.
    grades : in the order in which pupils pass through them.
    pupils : (areas, years, grades), NaN where not counted. Zero means that there is nobody.
    feeders : for each grade the index of the grade that its pupils were in the year before, or `BIRTHS`.
    births : (areas, birth years), NaN where unknown; the birth years are ``births_from`` and those after it.
    births_from : the first birth year.
    parents : for each area the index of the area that it is part of, or -1.
    labels : for each area, what people call it; its code where empty.
    """

    areas: tuple[str, ...]
    years: tuple[int, ...]
    grades: tuple[str, ...]
    pupils: Array
    feeders: tuple[int, ...]
    births: Array
    births_from: int
    parents: tuple[int, ...]
    labels: tuple[str, ...] = ()

    def until(self, year: int) -> Series:
        """What was known at a year: its count is in, and the births of the full calendar years before it."""
        kept = [index for index, each in enumerate(self.years) if each <= year]
        known = max(0, min(self.births.shape[1], year - self.births_from))
        return replace(
            self,
            years=tuple(self.years[index] for index in kept),
            pupils=self.pupils[:, kept],
            births=self.births[:, :known],
        )

    @property
    def totals(self) -> Array:
        """(areas, years): all grades together; a grade without a count makes the total unknown."""
        totals: Array = self.pupils.sum(axis=2)
        return totals

    @property
    def levels(self) -> NDArray[np.int64]:
        """(areas,): 0 for the areas that are part of nothing, 1 for their parts, and so on."""
        levels = np.zeros(len(self.areas), dtype=np.int64)
        for area, parent in enumerate(self.parents):
            while parent >= 0:
                levels[area] += 1
                parent = self.parents[parent]
        return levels

    @property
    def leaves(self) -> NDArray[np.bool_]:
        """(areas,): those that have no parts."""
        leaves = np.ones(len(self.areas), dtype=np.bool_)
        for parent in self.parents:
            if parent >= 0:
                leaves[parent] = False
        return leaves

    def entering(self, lag: int, year: int) -> Array:
        """(areas,): the births ``lag`` years before a year; NaN where they are not known."""
        at = year - lag - self.births_from
        if 0 <= at < self.births.shape[1]:
            found: Array = self.births[:, at]
            return found
        return np.full(len(self.areas), np.nan)
