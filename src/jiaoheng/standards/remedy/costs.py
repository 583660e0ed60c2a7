"""What may be changed in a county, at which cost and within which limits: the file that a bureau writes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from jiaoheng.packs.yaml_lines import load

Kind = Literal["hire", "train", "move", "add", "rezone"]
Per = Literal["once", "year"]

KINDS = {
    "hire": "招聘教师",
    "train": "在职提升、认定",
    "move": "教师交流",
    "add": "新建、添置",
    "rezone": "调整招生地段",
}
"""What each kind of change is called."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Override(_Strict):
    """Another cost for some of the schools: those of a stage, of an urban-rural class, of an area."""

    stage: Literal["primary", "junior"] | None = None
    urban_rural: Literal["urban", "town", "rural"] | None = None
    area: str | None = None
    school: str | None = None
    cost: float = Field(ge=0)

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if not (self.stage or self.urban_rural or self.area or self.school):
            raise ValueError("「overrides」的每一项应写明范围：stage、urban_rural、area 或 school。")
        return self


class Change(_Strict):
    """One kind of change.

    Attributes
    ----------
    name : in Chinese; it stands in the list of actions and in messages about limits.
    kind : ``hire`` brings a teacher, ``train`` makes one of those who are there count (a degree, a title),
        ``move`` sends one from a school to another, ``add`` builds or buys for a school as a whole,
        ``rezone`` moves pupils.
    raises : the measures whose amount one unit raises by one; a person may count in several.
    cost, per : yuan a unit, once or every year.
    step, whole : a unit of ``add``: amounts are whole numbers of it; those of large things are rounded up
        (m², yuan), few things are tried one by one (``whole``: rooms).
    county_limit, school_limit, year_limit : the most units in all, at one school, in one year.
    school_limits : the most at single schools, by code or name.
    share_limit : of a school's teachers (``train``, ``move``: those who leave) or pupils (``rezone``: those
        who leave), the most.
    within : ``move`` and ``rezone`` stay inside the area or inside the county.
    """

    name: str = Field(min_length=1)
    kind: Kind
    raises: tuple[str, ...] = ()
    cost: float = Field(ge=0)
    per: Per = "once"
    overrides: tuple[Override, ...] = ()
    step: float = Field(default=1, gt=0)
    whole: bool = False
    county_limit: float | None = Field(default=None, ge=0)
    school_limit: float | None = Field(default=None, ge=0)
    year_limit: float | None = Field(default=None, ge=0)
    school_limits: dict[str, float] = Field(default_factory=dict)
    share_limit: float | None = Field(default=None, ge=0, le=1)
    within: Literal["area", "county"] = "county"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.kind == "rezone" and self.raises:
            raise ValueError(f"「{self.name}」调整的是学生，请删去「raises」。")
        if self.kind != "rezone" and not self.raises:
            raise ValueError(f"「{self.name}」没有写「raises」：它使哪些指标的数量增加。")
        if self.kind in ("train", "add") and len(self.raises) != 1:
            raise ValueError(f"「{self.name}」的「raises」只能有一项指标。请分开写。")
        if self.kind != "add" and (self.step != 1 or self.whole):
            raise ValueError(f"「{self.name}」按人计，请删去「step」和「whole」。")
        if self.kind in ("hire", "add") and (self.share_limit is not None or self.within != "county"):
            raise ValueError(f"「{self.name}」不用「share_limit」和「within」，请删去。")
        if any(value < 0 for value in self.school_limits.values()):
            raise ValueError(f"「{self.name}」的「school_limits」不能是负数。")
        return self


class Costs(_Strict):
    """The file of costs.

    Attributes
    ----------
    note : where the costs come from; it is printed under every result.
    horizon_years : how many years a yearly cost is counted for.
    year_budget : the most that may be spent in one year, in yuan; ``year_budgets`` for single years.
    untouched : schools, by code or name, where nothing may be changed.
    """

    note: str = ""
    horizon_years: int = Field(default=1, ge=1, le=30)
    year_budget: float | None = Field(default=None, ge=0)
    year_budgets: dict[int, float] = Field(default_factory=dict)
    untouched: tuple[str, ...] = ()
    changes: tuple[Change, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [change.name for change in self.changes]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f"有两项变动都叫「{twice}」。请给其中一个换个名称。")
        return self


def read_costs(path: Path) -> Costs:
    """The file at ``path``.

    Raises
    ------
    PackError
        With every fault of the file, ``file:line: what``.
    """
    return load(Costs, path)
