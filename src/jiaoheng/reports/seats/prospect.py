"""What a report is told of pupils and seats to come; whoever holds a workspace fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from jiaoheng.forecast.outlook import Outlook
from jiaoheng.places.tasks import Held

SEATS: dict[str, pl.DataType] = {
    "area": pl.String(),
    "stage": pl.String(),
    "year": pl.Int64(),
    "supply": pl.Float64(),
    "demand": pl.Float64(),
    "gap": pl.Float64(),
    "gap_low": pl.Float64(),
    "gap_high": pl.Float64(),
    "shortage_chance": pl.Float64(),
    "level": pl.String(),
    "reason": pl.String(),
}
"""Columns of `Prospect.seats`, in seats. ``area`` is null for the whole county. ``gap`` is demand less
supply: above zero seats are lacking, below zero they stand empty; ``gap_low`` to ``gap_high`` holds 80 of 100
futures. ``level`` is one of `LEVELS`, null where the rule does not look; ``reason`` says why."""

LEVELS = ("red", "orange", "yellow", "blue", "none", "unknown")
"""Levels of warning, the gravest first. Unknown is never taken for none."""


@dataclass(frozen=True)
class Part:
    """One reason why the gap changes, in seats; a rise of the gap is above zero."""

    name: str
    value: float


@dataclass(frozen=True)
class Fall:
    """How the gap of a stage comes from one year's to another's: ``start`` and all parts make ``end``."""

    stage: str
    first: int
    last: int
    start: float
    parts: tuple[Part, ...]

    @property
    def end(self) -> float:
        return self.start + sum(part.value for part in self.parts)


@dataclass(frozen=True)
class Prospect:
    """Pupils and seats to come, for a report.

    Parameters
    ----------
    outlooks : the forecast, and after it those of other scenarios; none where nothing could be forecast.
    seats : columns `SEATS`; None where nothing is known of seats.
    accuracy : what came of trying the methods, in the columns of `forecast.accuracy`; None where nothing
        could be tried.
    falls : for each stage, why its gap changes.
    tasks : the tasks of seats to build, held against the projects.
    schedule : the steps of tidal seats, in the columns of `places.tidal`; None where none was asked for.
    scheduled : what comes of that schedule, whole sentences.
    names : what people call an area, by its code.
    norm : which seats count and how many pupils a class may have, in words.
    warning : the document by which warnings are given, in words.
    why_not : why there is no forecast; a whole sentence. Empty where there is one.
    notes : what was missing, whole sentences.
    """

    outlooks: tuple[Outlook, ...] = ()
    seats: pl.DataFrame | None = None
    accuracy: pl.DataFrame | None = None
    falls: tuple[Fall, ...] = ()
    tasks: tuple[Held, ...] = ()
    schedule: pl.DataFrame | None = None
    scheduled: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    norm: str = ""
    warning: str = ""
    why_not: str = ""
    notes: tuple[str, ...] = ()

    def called(self, area: str) -> str:
        """What people call an area; its code where it has no name."""
        return self.names.get(area) or area
