"""Layout packs: which heading of a foreign file is which column of the data dictionary, as data.

A layout is one YAML file in ``packs/data/forms``. It never names a cell: it names headings, as the path
from the outer to the inner one, ``专任教师›按学历分›本科|大学本科``, with ``|`` between spellings of one
level.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from jiaoheng.packs import yaml_lines
from jiaoheng.packs.yaml_lines import Located, PackError, nearest

Role = Literal[
    "area",
    "upper_area",
    "urban_rural",
    "main_school",
    "school",
    "skip",
    "owner",
    "kindergarten_kind",
    "kindergarten_level",
    "person",
    "grade",
    "score",
    "result",
]
"""What a column says that is not a column of the dictionary as it stands.

``area`` the town or street by name or code, ``upper_area`` the county above it (or the town, in some
exports), ``urban_rural`` 城区、镇区、乡村 or the three digits, ``main_school`` the main school by name or
code, ``school`` the school by name, ``skip`` a column that is known and not wanted.

In a roster of kindergartens ``owner`` is the organiser as a type or by name, ``kindergarten_kind`` 公办,
民办 or 普惠性民办, ``kindergarten_level`` the level or 规范化. In a file of which rows are counted ``person``
is the identifier, ``grade`` the grade, ``score`` and ``result`` the total and what it amounts to.
"""

StageName = Literal["preschool", "primary", "junior", "senior", "vocational", "special"]


def _pattern(text: str) -> str:
    if not re.fullmatch(r"[^›|]+(?:[›|][^›|]+)*", text) or re.search(r"\s", text):
        raise ValueError(
            f"「{text}」不是表头路径。请写作「外层›内层」，同一层的不同写法用 | 分开，不留空格。"
        )
    return text


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"「{text}」不是正则表达式（{error}）。") from None
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
Regex = Annotated[str, AfterValidator(_regex)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LayoutColumn(_Model):
    """One column: the headings that mean it.

    ``paths`` stand in order of preference. ``stages`` limits the entry to files of these stages. ``unit``
    is the unit of the numbers where the heading names none. ``less`` names columns to take off when the
    file has them: the total of a group of which the dictionary holds the parts.
    """

    column: str = ""
    role: Role | None = None
    paths: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    stages: tuple[StageName, ...] = ()
    unit: str = ""
    less: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if bool(self.column) == (self.role is not None):
            raise ValueError("每项须写「column」（表.列）或「role」，且只写其一。")
        return self

    @property
    def target(self) -> str:
        """``table.column``, or the role."""
        return self.column or str(self.role)


class CountedResult(_Model):
    """A result of a person, and the column in which persons with that result are counted (empty: in none).

    ``words`` are how files write it; ``least`` is the lowest score of it, for files that give scores alone.
    """

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    least: float
    column: str = ""


class LayoutCounts(_Model):
    """How the rows of a file of persons are counted, school by school and stage by stage.

    ``everybody`` is the column that counts all who have a result, ``results`` run from the highest to the
    lowest, ``none`` are words that say that a person has no result.
    """

    everybody: str
    results: Annotated[tuple[CountedResult, ...], Field(min_length=1)]
    none: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is counted."""
        return (self.everybody, *(each.column for each in self.results if each.column))

    @model_validator(mode="after")
    def _from_high_to_low(self) -> Self:
        bounds = [each.least for each in self.results]
        if bounds != sorted(bounds, reverse=True):
            raise ValueError("「results」应从高到低排列，「least」逐项降低。")
        return self


class LayoutHead(_Model):
    """What kind of file it is, and the words by which its parts are told apart.

    ``anchors``: headings of which a sheet must have one. ``neutral``: regular expressions for headings that
    group without meaning (其中, 按学历分). ``totals`` and ``notes``: regular expressions for the first text
    of rows that are no data. ``stages``: words in the sheet's name, the file's name or the title that tell
    the stage. ``extends``: the id of a layout whose columns this one has as well, but for headings that it
    defines itself. ``constants``: columns of code lists that are the same for all rows, as stored.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    kind: Literal["wide", "roster", "counted"]
    extends: str = ""
    constants: Mapping[str, str] = {}
    counts: LayoutCounts | None = None
    name: str
    source: str
    table: str = ""
    anchors: Annotated[tuple[str, ...], Field(min_length=1)]
    neutral: tuple[Regex, ...] = ()
    totals: tuple[Regex, ...] = ()
    notes: tuple[Regex, ...] = ()
    stages: Mapping[StageName, tuple[str, ...]] = {}
    least: Annotated[int, Field(ge=1)] = 3

    @model_validator(mode="after")
    def _table_of_roster(self) -> Self:
        if (self.kind != "wide") != bool(self.table):
            raise ValueError("名册（kind: roster、counted）须写「table」，宽表（kind: wide）不写。")
        if (self.kind == "counted") != (self.counts is not None):
            raise ValueError("逐人计数的表（kind: counted）须写「counts」，其他不写。")
        return self


class Layout(_Model):
    """One layout pack."""

    layout: LayoutHead
    columns: Annotated[tuple[LayoutColumn, ...], Field(min_length=1)]

    @property
    def id(self) -> str:
        """The name by which a user asks for it."""
        return self.layout.id


def load(path: Path, *, columns: Mapping[str, Iterable[str]]) -> Layout:
    """One layout pack, proved against the tables and columns of the data dictionary.

    Raises
    ------
    PackError
        With ``file:line`` of every fault.
    """
    located = yaml_lines.read(path)
    layout = yaml_lines.build(Layout, located)
    faults = [
        fault for i, entry in enumerate(layout.columns) for fault in _faults(located, i, entry, columns)
    ]
    if layout.layout.table and layout.layout.table not in columns:
        place = ("layout", "table")
        faults.append(located.message(place, f"数据字典没有表「{layout.layout.table}」。"))
    counted = () if layout.layout.counts is None else layout.layout.counts.columns
    for part, names in (("constants", layout.layout.constants), ("counts", counted)):
        for target in names:
            table, _, column = target.partition(".")
            if column not in set(columns.get(table, ())):
                faults.append(located.message(("layout", part), f"数据字典没有「{target}」这一列。"))
    if faults:
        raise PackError("\n".join(faults))
    return layout


def load_all(*, columns: Mapping[str, Iterable[str]], extra: Path | None = None) -> tuple[Layout, ...]:
    """The built-in layouts, then those in the folder `extra`; the same id in `extra` replaces a built-in
    one."""
    found: dict[str, Layout] = {}
    for path in files_of_kind("table", extra=extra):
        layout = load(path, columns=columns)
        found[layout.id] = layout
    return tuple(_extended(layout, found) for layout in found.values())


def _extended(layout: Layout, known: Mapping[str, Layout]) -> Layout:
    """A layout with the columns of the one that it extends, but for headings that it defines itself."""
    base = layout.layout.extends
    if not base:
        return layout
    if base not in known or known[base].layout.extends:
        raise PackError(
            f"版式 {layout.id} 的「extends」写的“{base}”不是一个完整的版式。{nearest(base, known)}"
        )
    own = {word for entry in layout.columns for path in entry.paths for word in _words(path)}
    inherited = []
    for entry in known[base].columns:
        paths = tuple(path for path in (_without(path, own) for path in entry.paths) if path)
        if paths:
            inherited.append(entry.model_copy(update={"paths": paths}))
    return layout.model_copy(update={"columns": (*layout.columns, *inherited)})


def files_of_kind(kind: Literal["table", "form"], *, extra: Path | None = None) -> list[Path]:
    """The layout files of official forms (``kind: form``), or of tables (any other kind): built in, then
    those in the folder `extra`."""
    folders = [_built_in()] + ([extra] if extra and extra.is_dir() else [])
    paths = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    return [path for path in paths if _is_form(path) == (kind == "form")]


def target_problem(target: str, columns: Mapping[str, Iterable[str]]) -> str:
    """What is wrong with a ``table.column``, in Chinese; empty where the dictionary has it."""
    table, _, column = target.partition(".")
    if table not in columns:
        return f"数据字典没有表「{table}」。{nearest(table, columns)}"
    if column not in set(columns[table]):
        return f"表 {table} 没有列「{column}」。{nearest(column, columns[table])}"
    return ""


def _is_form(path: Path) -> bool:
    # Loading a layout proves it; until then a glance at the text is enough, and far quicker.
    return re.search(rb"^\s+kind:\s*form\b", path.read_bytes(), re.MULTILINE) is not None


def _words(path: str) -> list[str]:
    """The headings of a path of one level."""
    return [] if "›" in path else path.split("|")


def _without(path: str, words: Container[str]) -> str:
    """A path of one level without these headings; a longer one as it is."""
    return path if "›" in path else "|".join(word for word in path.split("|") if word not in words)


@cache
def _built_in() -> Path:
    return Path(str(resources.files("jiaoheng.packs").joinpath("data", "forms")))


def _faults(
    located: Located, index: int, entry: LayoutColumn, columns: Mapping[str, Iterable[str]]
) -> list[str]:
    faults = []
    for place, target in [("column", entry.column), *(("less", name) for name in entry.less)]:
        if target and (problem := target_problem(target, columns)):
            faults.append(located.message(("columns", index, place), problem))
    return faults


__all__ = ["Layout", "LayoutColumn", "LayoutHead", "files_of_kind", "load", "load_all", "target_problem"]
