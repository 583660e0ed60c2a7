"""The changes that people may suppose, as they write them in a file.

::

    name: 先补教师
    changes:
      - school: 东城小学
        stage: 小学
        set: {县级以上骨干教师数: 12}
        add: {教学及辅助用房面积: 310 平方米}
      - county: {set: {wage_teachers: 12.5 万元}}
      - move: {from: 东城小学, to: 西城小学, stage: 小学, pupils: 120}
      - close: 石桥教学点
        pupils: {东城小学: 0.6, 西城小学: 0.4}
        along: [teachers]
      - merge: 南街小学
        into: 东城小学
      - open: {school_code: "2144010001", name: 新城小学, area_code: "441284001", …}
        stages: {小学: {pupils: 900, teachers: 50}}
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, PrivateAttr, Tag, model_validator

from jiaoheng.errors import JiaohengError
from jiaoheng.packs.models import Said, Strict
from jiaoheng.packs.yaml_lines import Location, build, read

Along = Literal["teachers", "resources", "classes"]


class WhatIfError(JiaohengError):
    """A supposed change that cannot be: the message says which, why, and what to do."""


def _value(value: Any) -> Any:
    if isinstance(value, bool | int | float) or (isinstance(value, str) and value.strip()):
        return value
    raise ValueError("应写一个值：数、带单位的数（310 平方米）、是或否。不要留空。")


Value = Annotated[bool | int | float | str, BeforeValidator(_value)]
"""As it would stand in a cell: a number, a number with its unit, yes or no, a word of a code list."""


class _Change(Strict):
    """One change; ``place`` is where it was written, empty where a program made it."""

    _place: str = PrivateAttr(default="")

    def fault(self, problem: str) -> WhatIfError:
        """An error that points at this change."""
        return WhatIfError(f"{self._place}: {problem}" if self._place else problem)


class Adjust(_Change):
    """Columns of a school, or of one of its stages, set to a value or raised and lowered by an amount."""

    school: Said
    stage: Said | None = None
    set: dict[str, Value] = Field(default_factory=dict)
    add: dict[str, Value] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.set or self.add):
            raise ValueError("应写明改什么：「set」（改为）或「add」（增减）。")
        return self


class CountyValues(Strict):
    """Columns of the county, or of one of its stages."""

    stage: Said | None = None
    set: dict[str, Value] = Field(default_factory=dict)
    add: dict[str, Value] = Field(default_factory=dict)


class AdjustCounty(_Change):
    """Columns of the county set or raised."""

    county: CountyValues


class Moved(Strict):
    """Pupils that change schools; ``classes: keep`` says that no class size is changed by it."""

    from_: Said = Field(alias="from")
    to: Said
    stage: Said | None = None
    pupils: int = Field(gt=0)
    classes: Literal["keep", "unknown"] = "unknown"


class Move(_Change):
    """A number of pupils re-zoned from one school to another."""

    move: Moved


class Close(_Change):
    """A school closed: its pupils go to others in shares, and what is named in ``along`` goes with them."""

    close: Said
    pupils: dict[str, float | dict[str, float]]
    along: tuple[Along, ...] = ()


class Merge(_Change):
    """A school that becomes part of another, with all that it has."""

    merge: Said
    into: Said


class Open(_Change):
    """A new school, with the columns of ``schools``, and those of ``school_stages`` by stage."""

    open: dict[str, Value]
    stages: dict[str, dict[str, Value]] = Field(min_length=1)


Change = Adjust | AdjustCounty | Move | Close | Merge | Open
_KINDS: Mapping[str, type[_Change]] = {
    "school": Adjust,
    "county": AdjustCounty,
    "move": Move,
    "close": Close,
    "merge": Merge,
    "open": Open,
}


def _kind(value: Any) -> str | None:
    if isinstance(value, _Change):
        return next(key for key, model in _KINDS.items() if isinstance(value, model))
    return next((key for key in _KINDS if isinstance(value, Mapping) and key in value), None)


def _known(value: Any) -> Any:
    if _kind(value) is None:
        raise ValueError(f"每一条应以 {'、'.join(_KINDS)} 之一写明改什么。")
    return value


AnyChange = Annotated[
    Annotated[Adjust, Tag("school")]
    | Annotated[AdjustCounty, Tag("county")]
    | Annotated[Move, Tag("move")]
    | Annotated[Close, Tag("close")]
    | Annotated[Merge, Tag("merge")]
    | Annotated[Open, Tag("open")],
    Discriminator(_kind),
]


class Changes(Strict):
    """A supposition: its changes, applied in the order in which they are written."""

    name: Said | None = None
    year: int | None = None
    changes: tuple[Annotated[AnyChange, BeforeValidator(_known)], ...] = Field(min_length=1)


def read_changes(path: Path) -> Changes:
    """Read a file of changes; each remembers its line.

    Raises
    ------
    PackError
        It is not as it should be; the message names file and line.
    """
    located = read(path)
    found = build(Changes, located)
    for number, change in enumerate(found.changes):
        place: Location = ("changes", number)
        change._place = f"{path}:{located.line(place)}"
    return found
