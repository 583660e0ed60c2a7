"""What the rules of the fitness standard are made of: items, weights, bonuses, levels (``rules.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jiaoheng.packs.layouts import Regex
from jiaoheng.packs.models import Said, Strict
from jiaoheng.terms import Grade

Points = Annotated[int, Field(ge=0, le=100)]
Headings = Annotated[tuple[Said, ...], Field(min_length=1)]
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
    ``headings`` are the ways in which workbooks head its column. ``form`` is how it is written: as a number,
    in seconds (8.9, 8"9), or in minutes and seconds (3'40").
    """

    id: ItemId
    name: Said
    unit: Said
    form: Literal["number", "seconds", "clock"] = "number"
    least: float
    most: float
    headings: Headings

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

    id: Literal["excellent", "good", "pass", "fail"]
    name: Said
    least: Annotated[int, Field(ge=0)]


class FitnessExempt(Strict):
    """What becomes of pupils who are exempt: a total that they are given, or none.

    Whatever is written under one of ``headings`` says that a pupil is, but for the words of ``unless``.
    """

    total: Annotated[int, Field(ge=0, le=120)] | None
    headings: Headings
    unless: tuple[Said, ...] = ()


class FitnessColumns(Strict):
    """How workbooks head the columns that are no measurement."""

    school: Headings
    class_: Annotated[Headings, Field(alias="class")]
    grade: Headings
    sex: Headings
    person: Headings


class FitnessRules(Strict):
    """All of ``rules.yaml``.

    ``untested``: words in place of a value that say that nothing was measured; ``totals``, ``notes``: rows of
    a workbook that are no pupil.
    """

    standard: FitnessHead
    inputs: tuple[FitnessInput, ...]
    items: Annotated[tuple[FitnessItem, ...], Field(min_length=1)]
    bands: Annotated[tuple[FitnessBand, ...], Field(min_length=2)]
    points: Annotated[tuple[Points, ...], Field(min_length=2)]
    without: Mapping[ItemId, tuple[Points, ...]] = {}
    weights: Annotated[tuple[FitnessWeights, ...], Field(min_length=1)]
    bonuses: tuple[FitnessBonus, ...] = ()
    total: FitnessTotal
    levels: tuple[FitnessLevel, ...]
    exempt: FitnessExempt
    columns: FitnessColumns
    untested: tuple[Said, ...] = ()
    totals: tuple[Regex, ...] = ()
    notes: tuple[Regex, ...] = ()

    @model_validator(mode="after")
    def _falling(self) -> Self:
        if list(self.points) != sorted(set(self.points), reverse=True):
            raise ValueError("「points」应从高到低、不重复。")
        least = [level.least for level in self.levels]
        if least != sorted(set(least), reverse=True) or not least or least[-1] != 0:
            raise ValueError("「levels」应从高到低、不重复，最后一级从 0 起。")
        if tuple(level.id for level in self.levels) != ("excellent", "good", "pass", "fail"):
            raise ValueError("「levels」应依次是 excellent、good、pass、fail 四级。")
        return self


__all__ = [
    "FitnessBand",
    "FitnessBonus",
    "FitnessColumns",
    "FitnessExempt",
    "FitnessInput",
    "FitnessItem",
    "FitnessLevel",
    "FitnessRules",
    "FitnessWeights",
]
