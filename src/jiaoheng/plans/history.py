"""What the measures were, year by year: all that progress needs to know of the census."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import polars as pl


@dataclass(frozen=True)
class Observation:
    """A measure in one year: its value, or why there is none.

    Attributes
    ----------
    status : known, unknown or not_applicable.
    coverage : 0 to 1, the share of rows in scope that were known; None where that has no meaning.
    reason : a Chinese sentence, where the status is not ``known``.
    """

    value: float | None
    status: str = "known"
    reason: str | None = None
    coverage: float | None = None


class History(Protocol):
    """Answers what a measure was in a year."""

    def __call__(self, measure: str, stage: str | None, year: int) -> Observation | None:
        """The observation, or None where nothing was computed for that measure, stage and year."""
        ...


@dataclass(frozen=True)
class Recorded:
    """A history held in memory, by measure, stage and year."""

    observations: Mapping[tuple[str, str | None, int], Observation]

    def __call__(self, measure: str, stage: str | None, year: int) -> Observation | None:
        """The observation; where no stage is asked for, the measure's only row of that year."""
        found = self.observations.get((measure, stage, year))
        if found is not None or stage is not None:
            return found
        rows = [row for (name, _, when), row in self.observations.items() if name == measure and when == year]
        return rows[0] if len(rows) == 1 else None

    @classmethod
    def from_frames(cls, frames: Iterable[pl.DataFrame]) -> Recorded:
        """The county rows of long frames as `measures.compute` gives them, usually one frame a year.

        Parameters
        ----------
        frames : with the columns measure, year, by, stage, value, coverage, status, reason. Where two frames
            hold the same measure, stage and year, the later one counts.
        """
        columns = ["measure", "stage", "year", "value", "status", "reason", "coverage"]
        observations: dict[tuple[str, str | None, int], Observation] = {}
        for frame in frames:
            for measure, stage, year, value, status, reason, coverage in (
                frame.filter(pl.col("by") == "county").select(columns).iter_rows()
            ):
                number = None if value is None or not math.isfinite(value) else float(value)
                # A row that says "known" and holds no number is not known.
                state = "unknown" if status == "known" and number is None else status
                key = (measure, stage or None, int(year))
                observations[key] = Observation(number, state, reason, coverage)
        return cls(observations)
