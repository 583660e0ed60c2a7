"""What may be converted and built, within which norms and at which cost: the file that a bureau writes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from jiaoheng.packs.yaml_lines import load

StageName = Literal["preschool", "primary", "junior", "senior"]

STAGES: tuple[StageName, ...] = ("preschool", "primary", "junior", "senior")
"""The stages that rooms move between, in the order in which a cohort passes them."""

GRADES = {"preschool": 3, "primary": 6, "junior": 3, "senior": 3}
"""How many grades a stage has: a room comes free when the class in it graduates."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Stage(_Strict):
    """What holds for a stage.

    Attributes
    ----------
    norm : pupils in a class.
    least, largest : classes that a school of the stage has at least, at most.
    build : yuan for a new seat.
    """

    norm: int = Field(gt=0)
    least: int = Field(default=1, ge=1)
    largest: int = Field(default=60, ge=1)
    build: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.least > self.largest:
            raise ValueError(
                f"「least」（{self.least} 个班）多于「largest」（{self.largest} 个班）。请改正。"
            )
        return self


class Conversion(_Strict):
    """Rooms of one stage that become rooms of another.

    Attributes
    ----------
    source, target : the stages; ``from`` and ``to`` in the file.
    cost : yuan for a class.
    years : how long a room is out of use.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    source: StageName = Field(alias="from")
    target: StageName = Field(alias="to")
    cost: int = Field(ge=0)
    years: int = Field(default=1, ge=0, le=5)

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.source == self.target:
            raise ValueError("「from」和「to」是同一学段。请改正或删去这一条。")
        return self


class Rules(_Strict):
    """The file of rules and costs.

    Attributes
    ----------
    note : where the figures come from; it is printed under every result.
    stages : norms and costs, by stage.
    conversions : what may become what. What is not named may not be done.
    hosts : by school type (a census term), the stages that such a school may hold.
    pooled : stages whose pupils may go to any school of the county; those of others stay in their area.
    lead : years from the decision to build until the seats open.
    growth : classes that a school may be given by building; a new school in each area: ``new_school``.
    temporary, temporary_most : yuan a year for a temporary class; how many an area may have of a stage.
    """

    note: str = ""
    stages: dict[StageName, Stage] = Field(min_length=1)
    conversions: tuple[Conversion, ...] = ()
    hosts: dict[str, tuple[StageName, ...]] = Field(default_factory=dict)
    pooled: tuple[StageName, ...] = ("senior",)
    lead: int = Field(default=2, ge=0, le=10)
    growth: int = Field(default=0, ge=0)
    new_school: int = Field(default=0, ge=0)
    temporary: int = Field(default=0, ge=0)
    temporary_most: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        pairs = [(one.source, one.target) for one in self.conversions]
        for pair in pairs:
            if pairs.count(pair) > 1:
                raise ValueError(f"「conversions」中 {pair[0]} 到 {pair[1]} 写了两次。请删去一条。")
            for stage in pair:
                if stage not in self.stages:
                    raise ValueError(f"「conversions」用到 {stage}，但「stages」中没有。请补上。")
        return self

    def stage(self, stage: str) -> Stage:
        """What holds for a stage of the file."""
        return next(found for name, found in self.stages.items() if name == stage)

    def zone(self, area: str, stage: str) -> str:
        """Where the pupils of an area may go for a stage: the area, or an empty string for the county."""
        return "" if stage in self.pooled else area


def read_rules(path: Path) -> Rules:
    """The file at ``path``.

    Raises
    ------
    PackError
        With every fault of the file, ``file:line: what``.
    """
    return load(Rules, path)
