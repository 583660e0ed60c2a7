"""How late building projects come, from those that the county has had."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

PRIOR = (0.6, 0.3, 0.1)
"""Chances of no, one and two years late, where the county has had no project: an assumption."""

WORTH = 5.0
"""Projects that the assumption counts as much as."""


@dataclass(frozen=True)
class Lateness:
    """Chances of being so many years late: none, one, two, …

    Attributes
    ----------
    seen : projects of the county that it rests on.
    """

    chances: tuple[float, ...]
    seen: int

    @property
    def on_time(self) -> float:
        """The chance of opening in the year that was planned, or before."""
        return self.chances[0]

    def drawn(self, draws: int, random: np.random.Generator) -> NDArray[np.int64]:
        """(draws,): years late in each future."""
        found: NDArray[np.int64] = random.choice(len(self.chances), size=draws, p=self.chances)
        return found

    def says(self) -> str:
        """A sentence for the report."""
        mean = sum(years * chance for years, chance in enumerate(self.chances))
        basis = (
            f"本县 {self.seen} 个已投入使用或已到期的项目" if self.seen else "一般假设（本县没有可比的项目）"
        )
        return f"项目按期投入使用的可能约 {self.on_time:.0%}，平均推迟 {mean:.1f} 年：依据{basis}。"


def lateness(projects: pl.DataFrame, year: int) -> Lateness:
    """The lateness of a county's projects.

    Parameters
    ----------
    projects : the census table. Projects that are overdue count as late as they are by now.
    year : of the census.
    """
    late = []
    for row in projects.iter_rows(named=True):
        if row["due_year"] is None or row["status"] == "cancelled":
            continue
        if row["opened_year"] is not None and row["opened_year"] <= year:
            late.append(max(0, row["opened_year"] - row["due_year"]))
        elif row["due_year"] < year:
            late.append(year - row["due_year"])
    longest = max([len(PRIOR) - 1, *late])
    counts = np.bincount(late, minlength=longest + 1).astype(np.float64)
    counts[: len(PRIOR)] += WORTH * np.array(PRIOR)
    chances = counts / counts.sum()
    return Lateness(tuple(float(chance) for chance in chances), len(late))
