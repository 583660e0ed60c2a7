"""What a tidal plan is made from, and what it is: plain records in whole classes and pupils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jiaoheng.errors import JiaohengError
from jiaoheng.places.tidal.rules import Rules


class TidalError(JiaohengError):
    """A plan that cannot be made; the message says what is wrong with what it was to be made from."""


@dataclass(frozen=True)
class Site:
    """A school, or the ground for one.

    Attributes
    ----------
    code, name, area : the area is that of its pupils, but for pooled stages.
    classes : rooms by stage in the year before the first.
    hosts : stages that it may hold.
    growth : classes that may be built here, over all years.
    added : classes that projects under way open, by stage and year.
    """

    code: str
    name: str
    area: str
    classes: Mapping[str, int]
    hosts: tuple[str, ...]
    growth: int = 0
    added: Mapping[tuple[str, int], int] = field(default_factory=dict)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that it holds or may hold."""
        held = {stage for stage, rooms in self.classes.items() if rooms}
        coming = {stage for (stage, _), rooms in self.added.items() if rooms}
        return tuple(sorted({*self.hosts, *held, *coming}))

    def given(self, stage: str, year: int) -> int:
        """Rooms of a stage before anything is converted or built, projects counted."""
        opened = sum(rooms for (which, when), rooms in self.added.items() if which == stage and when <= year)
        return self.classes.get(stage, 0) + opened


@dataclass(frozen=True)
class Problem:
    """Sites against demand.

    Attributes
    ----------
    years : consecutive.
    demand : pupils by zone (an area, or an empty string for a pooled stage), stage and year.
    areas : names of the areas by code, for sentences.
    """

    years: tuple[int, ...]
    sites: tuple[Site, ...]
    demand: Mapping[tuple[str, str, int], int]
    rules: Rules
    areas: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.years or list(self.years) != list(range(self.years[0], self.years[-1] + 1)):
            raise TidalError("潮汐学位：年份应连续，且至少一年。")
        codes = [site.code for site in self.sites]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            raise TidalError(f"潮汐学位：学校“{twice}”出现了两次。请删去一条。")
        for site in self.sites:
            counts = [site.growth, *site.classes.values(), *site.added.values()]
            if min(counts) < 0:
                raise TidalError(f"潮汐学位：{site.name}的班数有负数。请改正。")
            early = [year for (_, year) in site.added if year < self.years[0]]
            if early:
                raise TidalError(
                    f"潮汐学位：{site.name}的项目 {early[0]} 年投入使用，早于 {self.years[0]} 年。"
                    "请计入现有班数。"
                )
            unknown = [stage for stage in site.stages if stage not in self.rules.stages]
            if unknown:
                raise TidalError(f"潮汐学位：{site.name}有学段 {unknown[0]}，规则文件的「stages」中没有。")
        for (zone, stage, year), pupils in self.demand.items():
            if pupils < 0:
                raise TidalError(
                    f"潮汐学位：{zone or '全县'} {stage} {year} 年的需求是负数（{pupils}）。请改正。"
                )
            if stage not in self.rules.stages or year not in self.years:
                raise TidalError(f"潮汐学位：需求中的 {stage}、{year} 年不在规则的学段或计划的年份之内。")

    def cells(self) -> tuple[tuple[str, str, int], ...]:
        """The zones, stages and years with pupils."""
        return tuple(sorted(cell for cell, pupils in self.demand.items() if pupils > 0))

    def least(self, site: Site, stage: str) -> int:
        """Classes that a site has at least of a stage that it begins; those it has already may run out."""
        return 0 if site.given(stage, self.years[-1]) else self.rules.stage(stage).least

    def largest(self, site: Site, stage: str, year: int) -> int:
        """The most classes of a stage; a school that is larger already may stay so."""
        return max(self.rules.stage(stage).largest, site.given(stage, year))


@dataclass(frozen=True)
class Move:
    """Rooms of a site that leave one stage in a year and serve another when they are converted."""

    site: str
    year: int
    source: str
    target: str
    classes: int


@dataclass(frozen=True)
class Build:
    """Classes that open at a site in a year."""

    site: str
    year: int
    stage: str
    classes: int


@dataclass(frozen=True)
class Temporary:
    """Temporary classes of a zone and stage in a year."""

    zone: str
    year: int
    stage: str
    classes: int


@dataclass(frozen=True)
class Schedule:
    """What is done, and when."""

    moves: tuple[Move, ...] = ()
    builds: tuple[Build, ...] = ()
    temporary: tuple[Temporary, ...] = ()


@dataclass(frozen=True, order=True)
class Score:
    """What a schedule comes to; the first counts before the second, the second before the third.

    Attributes
    ----------
    shortage : pupils without a seat, summed over the years.
    seats : new seats built.
    cost : yuan for conversions, building and temporary classes.
    """

    shortage: int
    seats: int
    cost: int
