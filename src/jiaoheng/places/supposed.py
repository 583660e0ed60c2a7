"""What a county writes of its seats beside the census, in ``seats.yaml``: closings, temporary seats, zones,
and who crosses between towns.

::

    closings:                       # 停办、撤并：从哪年起没有学位
      - {school: 石桥小学, stage: 小学, year: 2028}
    temporary:                      # 临时教室、过渡学位：哪些年多出多少
      - {school: 东城小学, stage: 小学, seats: 90, from: 2026, until: 2028}
    zones:                          # 片区：由哪些镇街组成
      城区: [东城街道, 城中街道]
    flows:                          # 已经清点的跨镇街就读：住在哪里，到哪里就读，几人
      - {lives: 石狗镇, studies: 城中街道, stage: 初中, pupils: 120}
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, PrivateAttr, model_validator

from jiaoheng.errors import JiaohengError
from jiaoheng.forecast.scenario import StageName
from jiaoheng.packs.models import Said, Strict
from jiaoheng.packs.yaml_lines import Location, build, nearest, read

FILE = "seats.yaml"


class SeatsError(JiaohengError):
    """Seats that cannot be: the message says where, what, and what to do."""


class _Line(Strict):
    _place: str = PrivateAttr(default="")

    def fault(self, problem: str) -> SeatsError:
        """An error that points at this line."""
        return SeatsError(f"{self._place}: {problem}" if self._place else problem)


class Closing(_Line):
    """A school, or one stage of it, that has no seats from a year on."""

    school: Said
    stage: StageName | None = None
    year: int


class Temporary(_Line):
    """Seats that a school has for some years only."""

    school: Said
    stage: StageName
    seats: Annotated[int, Field(gt=0)]
    from_: int = Field(alias="from")
    until: int

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.from_ > self.until:
            raise ValueError(f"「from」{self.from_} 年晚于「until」{self.until} 年。请改正其中一个。")
        return self


class Declared(_Line):
    """Pupils who live in one town and study in another, as somebody counted them."""

    lives: Said
    studies: Said
    stage: StageName
    pupils: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _crosses(self) -> Self:
        if self.lives == self.studies:
            raise ValueError(f"「lives」和「studies」都是{self.lives}，没有跨镇街。请改正其中一个。")
        return self


class Supposed(Strict):
    """The file; empty where there is none."""

    closings: tuple[Closing, ...] = ()
    temporary: tuple[Temporary, ...] = ()
    zones: dict[Said, Annotated[tuple[Said, ...], Field(min_length=1)]] = Field(default_factory=dict)
    flows: tuple[Declared, ...] = ()

    _place: str = PrivateAttr(default="")

    @model_validator(mode="after")
    def _once(self) -> Self:
        seen = set()
        for line in self.flows:
            pair = (line.lives, line.studies, line.stage)
            if pair in seen:
                raise ValueError(f"「flows」中{line.lives}到{line.studies}写了两次。请只留一行。")
            seen.add(pair)
        return self

    def zones_of(self, towns: dict[str, str]) -> dict[str, tuple[str, ...]]:
        """The codes of each zone's towns, given their names by code.

        Raises
        ------
        SeatsError
            A town is unknown.
        """
        found = {}
        codes = {name: code for code, name in towns.items()} | {code: code for code in towns}
        for zone, named in self.zones.items():
            unknown = [town for town in named if town not in codes]
            if unknown:
                near = nearest(unknown[0], towns.values())
                raise SeatsError(f"{self._place}片区“{zone}”：没有镇街“{unknown[0]}”。{near}")
            found[zone] = tuple(codes[town] for town in named)
        return found


def read_supposed(folder: Path) -> Supposed:
    """What a workspace's ``seats.yaml`` says; nothing where there is none.

    Raises
    ------
    PackError
        The file is not as it should be; the message names file and line.
    """
    path = folder / FILE
    if not path.exists():
        return Supposed()
    located = read(path)
    found = build(Supposed, located)
    found._place = f"{path}: "
    sections = (("closings", found.closings), ("temporary", found.temporary), ("flows", found.flows))
    for section, lines in sections:
        for number, line in enumerate(lines):
            place: Location = (section, number)
            line._place = f"{path}:{located.line(place)}"
    return found
