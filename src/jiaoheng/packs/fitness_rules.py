"""What the rules of the fitness standard are made of: items, weights, bonuses, levels (``rules.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jiaoheng.packs.models import Said, Strict
from jiaoheng.terms import Grade

Points = Annotated[int, Field(ge=0, le=100)]
ItemId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class FitnessHead(Strict):
    """Which standard it is, where its figures come from, and what could not be checked with the original."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    name: Said
    source: Said
    unverified: tuple[Said, ...] = ()


class FitnessInput(Strict):
    """Something that is measured.

    ``least`` and ``most`` are the bounds outside of which a value is taken for a slip of the pen;
    ``headings`` are the ways in which workbooks head its column.
    """

    id: ItemId
    name: Said
    unit: Said
    form: Literal["number", "time"] = "number"
    least: float
    most: float
    headings: Annotated[tuple[Said, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least >= self.most:
            raise ValueError(f"「least」（{self.least:g}）应小于「most」（{self.most:g}）。")
        return self


class FitnessItem(FitnessInput):
    """Something that is measured and scored.

    ``decimals``: how many the smallest unit has, in which thresholds are written; ``rounding``: how a finer
    value becomes one of these; ``better``: whether a higher value scores more, or a lower one, or ``bands``.
    """

    decimals: Annotated[int, Field(ge=0, le=3)]
    rounding: Literal["up", "down", "half_up"]
    better: Literal["higher", "lower", "bands"]

    @property
    def scale(self) -> int:
        """How many of its smallest units make one of its unit."""
        return int(10**self.decimals)


class FitnessBand(Strict):
    """A band of the body mass index and what it scores."""

    id: ItemId
    name: Said
    points: Points


class FitnessWeights(Strict):
    """What the items count for in some grades, in hundredths."""

    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    items: Annotated[Mapping[ItemId, Annotated[int, Field(ge=1, le=100)]], Field(min_length=1)]


class FitnessBonus(Strict):
    """Points on top: one for each step of ``beyond`` that a value lies beyond that of 100 points."""

    item: ItemId
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    beyond: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if list(self.beyond) != sorted(set(self.beyond)):
            raise ValueError("「beyond」应从小到大、不重复。")
        return self


class FitnessTotal(Strict):
    """The most that a total can be, and to how many decimals it is rounded before it is graded."""

    most: Annotated[int, Field(ge=100)]
    rounded: Annotated[int, Field(ge=0, le=2)] | None


class FitnessLevel(Strict):
    """A grade of a total or of an item's points: from ``least`` on."""

    name: Said
    least: Annotated[int, Field(ge=0)]


class FitnessExempt(Strict):
    """What becomes of pupils who are exempt: a total that they are given, or none; how workbooks say it."""

    total: Annotated[int, Field(ge=0, le=120)] | None
    headings: Annotated[tuple[Said, ...], Field(min_length=1)]
    words: Annotated[tuple[Said, ...], Field(min_length=1)]


class FitnessRules(Strict):
    """All of ``rules.yaml``."""

    standard: FitnessHead
    inputs: tuple[FitnessInput, ...]
    items: Annotated[tuple[FitnessItem, ...], Field(min_length=1)]
    bands: Annotated[tuple[FitnessBand, ...], Field(min_length=2)]
    points: Annotated[tuple[Points, ...], Field(min_length=2)]
    without: Mapping[ItemId, tuple[Points, ...]] = {}
    weights: Annotated[tuple[FitnessWeights, ...], Field(min_length=1)]
    bonuses: tuple[FitnessBonus, ...] = ()
    total: FitnessTotal
    levels: Annotated[tuple[FitnessLevel, ...], Field(min_length=2)]
    exempt: FitnessExempt

    @model_validator(mode="after")
    def _falling(self) -> Self:
        if list(self.points) != sorted(set(self.points), reverse=True):
            raise ValueError("「points」应从高到低、不重复。")
        least = [level.least for level in self.levels]
        if least != sorted(set(least), reverse=True) or least[-1] != 0:
            raise ValueError("「levels」应从高到低、不重复，最后一级从 0 起。")
        return self


__all__ = [
    "FitnessBand",
    "FitnessBonus",
    "FitnessExempt",
    "FitnessInput",
    "FitnessItem",
    "FitnessLevel",
    "FitnessRules",
    "FitnessWeights",
]
