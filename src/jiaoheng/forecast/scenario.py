"""A scenario: named changes to the assumptions of a forecast, as people write them in a file.

::

    name: 三孩政策见效
    note: 出生人口比基准多一成
    births: {factor: {2026: 1.05, 2027: 1.1}}           # 出生年份：是基准的几倍，之后的年份照最后一个
    migration:                                          # 每年净迁入，占在校生的比例
      - {stage: 小学, rate: 0.01, from: 2026, until: 2030, areas: [东城街道]}
    boarding:                                           # 学生从一些镇街转到另一个就读
      - {from: [威整镇], to: 东城街道, stage: 初中, share: 0.5, since: 2027}
    senior_share: {2026: 0.65}                          # 初中毕业生升高中阶段的，普通高中占几成
    private_to_public: {小学: {2027: 0.02}}              # 民办转公办：占在校生的比例
    housing: {delay: 1, resident: 0.6, on: true}         # 住宅小区：推迟几年交付，入住家庭占几成，是否计入；
                                                     # stated: 规划写的小学、初中学位数，只与测算并列
    class_size: {小学: 45, 初中: 50}                      # 班额标准
    projects: {delay: 1, cancelled: [项目编号]}           # 建设项目：推迟几年，取消哪些
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from jiaoheng import terms
from jiaoheng.errors import JiaohengError
from jiaoheng.forecast.contradictions import contradiction
from jiaoheng.packs.models import Said, Strict
from jiaoheng.packs.yaml_lines import Location, build, nearest, read

BASELINE = "基准"
_PREFIX = "scenario_"


class ScenarioError(JiaohengError):
    """A scenario that cannot be, or is not there: the message says where, why, and what to do."""


def _stage(value: object) -> str:
    found = terms.lookup("stage", str(value))
    if found is None or found == "special":
        raise ValueError(f"不认识学段“{value}”。请写 学前教育、小学、初中、普通高中 或 中等职业教育。")
    return found


StageName = Annotated[str, BeforeValidator(_stage)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Factor = Annotated[float, Field(gt=0.0, le=5.0)]


class Births(Strict):
    """Births against those of the baseline, from the year of birth; the last factor holds on."""

    factor: Annotated[dict[int, Factor], Field(min_length=1)]


class Migration(Strict):
    """Pupils who come or go in a year, net, as a share of those who are there."""

    rate: Annotated[float, Field(gt=-0.5, lt=0.5)]
    stage: StageName | None = None
    from_: int | None = Field(default=None, alias="from")
    until: int | None = None
    areas: tuple[Said, ...] = ()

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.from_ is not None and self.until is not None and self.from_ > self.until:
            raise ValueError(f"「from」{self.from_} 年晚于「until」{self.until} 年。请改正其中一个。")
        return self


class Boarding(Strict):
    """Pupils of some towns who go to school in another, from a year on."""

    from_: Annotated[tuple[Said, ...], Field(alias="from", min_length=1)]
    to: Said
    stage: StageName
    share: Share
    since: int

    @model_validator(mode="after")
    def _elsewhere(self) -> Self:
        if self.to in self.from_:
            raise ValueError(f"“{self.to}”既是转出的镇街，又是转入的镇街。请改正其中一个。")
        return self


class Housing(Strict):
    """New estates: whether they count on top of what towns grow by, and how many families live there.

    ``stated`` is the number of primary and junior seats that a plan says they need, to stand beside ours.
    """

    on: bool = True
    delay: Annotated[int, Field(ge=0, le=20)] = 0
    resident: Share = 1.0
    stated: Annotated[int, Field(gt=0)] | None = None


class Projects(Strict):
    """Building projects that come later, or not at all."""

    delay: Annotated[int, Field(ge=0, le=20)] = 0
    cancelled: tuple[Said, ...] = ()


class Scenario(Strict):
    """See the module. What is not written is as in the baseline."""

    name: Said
    note: str = ""
    births: Births | None = None
    migration: tuple[Migration, ...] = ()
    boarding: tuple[Boarding, ...] = ()
    senior_share: dict[int, Share] = Field(default_factory=dict)
    private_to_public: dict[StageName, dict[int, Share]] = Field(default_factory=dict)
    housing: Housing | None = None
    class_size: dict[StageName, Annotated[int, Field(ge=10, le=80)]] = Field(default_factory=dict)
    projects: Projects = Projects()

    _place: str = PrivateAttr(default="")
    _places: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        found = contradiction(self, {})
        if found is not None:
            raise ValueError(found[1])
        return self

    def fault(self, problem: str, section: str = "") -> ScenarioError:
        """An error that points at the scenario, and at a section of it."""
        place = self._places.get(section, self._place)
        return ScenarioError(f"{place}: {problem}" if place else f"情景“{self.name}”：{problem}")

    def check(self, *, towns: Mapping[str, str], base: int) -> None:
        """Whether it fits a county.

        Parameters
        ----------
        towns : names by code.
        base : the year of the last census: what is supposed must come after it.

        Raises
        ------
        ScenarioError
            A town is unknown, a year has passed, or a town that is named in two ways (by name and by code) is
            supposed two things.
        """
        known = {*towns, *towns.values()}
        named = [("migration", town) for each in self.migration for town in each.areas]
        named += [("boarding", town) for each in self.boarding for town in (*each.from_, each.to)]
        for section, town in named:
            if town not in known:
                near = nearest(town, towns.values())
                raise self.fault(f"没有镇街“{town}”。{near}", section)
        years = [("births", year, base - 1) for year in (self.births.factor if self.births else ())]
        for each in self.migration:
            years += [("migration", year, base) for year in (each.from_, each.until) if year is not None]
        years += [("boarding", each.since, base) for each in self.boarding]
        years += [("senior_share", year, base) for year in self.senior_share]
        years += [("private_to_public", year, base) for by in self.private_to_public.values() for year in by]
        for section, year, last in years:
            if year <= last:
                raise self.fault(
                    f"{year} 年已经有统计数，不能再假设。请写 {last + 1} 年以后的年份。", section
                )
        found = contradiction(self, {name: code for code, name in towns.items()})
        if found is not None:
            raise self.fault(found[1], found[0])


def read_scenario(path: Path) -> Scenario:
    """Read a scenario's file.

    Raises
    ------
    PackError
        It is not as it should be, or contradicts itself; the message names file and line.
    """
    located = read(path)
    scenario = build(Scenario, located)
    scenario._place = f"{path}:1"
    sections: list[Location] = [(key,) for key in located.data] if isinstance(located.data, dict) else []
    scenario._places = {str(place[0]): f"{path}:{located.line(place)}" for place in sections}
    return scenario


def builtin() -> dict[str, Scenario]:
    """The scenarios that come with Jiaoheng, by name."""
    return {scenario.name: scenario for scenario in builtin_by_id().values()}


def builtin_by_id() -> dict[str, Scenario]:
    """The same by their ids in English, such as ``three-child``."""
    folder = resources.files("jiaoheng.forecast").joinpath("data")
    with resources.as_file(folder) as here:
        paths = sorted(Path(here).glob(f"{_PREFIX}*.yaml"))
        return {path.stem.removeprefix(_PREFIX).replace("_", "-"): read_scenario(path) for path in paths}


def scenario_named(wanted: str, *, folder: Path | None = None) -> Scenario:
    """A scenario by its name or id, by the name of its file, or as a path to a file.

    Parameters
    ----------
    folder : where a county's own are (``scenarios/`` of its workspace); they come before those of Jiaoheng.

    Raises
    ------
    ScenarioError
        There is none; the message lists those that there are.
    """
    if wanted.endswith((".yaml", ".yml")) and Path(wanted).is_file():
        return read_scenario(Path(wanted))
    paths: Sequence[Path] = sorted(folder.glob("*.yaml")) if folder is not None and folder.is_dir() else ()
    own = [(path.stem, read_scenario(path)) for path in paths]
    for stem, scenario in own:
        if wanted in (stem, scenario.name):
            return scenario
    known = builtin_by_id()
    for id_, scenario in known.items():
        if wanted in (id_, scenario.name):
            return scenario
    names = [scenario.name for scenario in (*(each for _, each in own), *known.values())]
    raise ScenarioError(f"没有情景“{wanted}”。有：{'、'.join(names)}。也可以写情景文件的路径。")
