"""What a seat warning is: how full, or how likely to run short, a stage must be for which level."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jiaoheng.packs.models import Entry, StageName, Strict

Level = Literal["red", "orange", "yellow", "blue"]
LEVELS: tuple[Level, ...] = ("red", "orange", "yellow", "blue")
"""The gravest first."""


class WarningCase(Strict):
    """Where the value compares so with the number, the level is ``colour``.

    Comparators are exact: ``>=`` includes the bound, ``>`` does not.
    """

    colour: Level
    op: Literal[">=", ">"]
    value: float


class SeatWarning(Entry):
    """A rule of warning (学位预警).

    ``of`` is what is compared: ``intake`` (percent: those who are expected to enter the first grade, over the
    intake plan), ``occupancy`` (percent: pupils expected, over seats), or ``chance`` (percent: the chance
    that pupils exceed seats). ``years`` is how many years ahead are looked at; only ``stages`` are warned of.
    Below ``empty``, in percent of the seats, the other side is said: seats that will stand empty.
    """

    of: Literal["intake", "occupancy", "chance"]
    cases: Annotated[tuple[WarningCase, ...], Field(min_length=1)]
    stages: Annotated[tuple[StageName, ...], Field(min_length=1)]
    years: Annotated[int, Field(ge=1, le=30)]
    empty: Annotated[float, Field(gt=0, lt=100)] | None = None

    @model_validator(mode="after")
    def _falling(self) -> Self:
        order = [LEVELS.index(case.colour) for case in self.cases]
        values = [case.value for case in self.cases]
        if order != sorted(set(order)):
            raise ValueError("「cases」应从重到轻，每级一条：red、orange、yellow、blue。")
        if values != sorted(values, reverse=True):
            raise ValueError("「cases」的数应从大到小：级别越重，数越大。")
        return self
