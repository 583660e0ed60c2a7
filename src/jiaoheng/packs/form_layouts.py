"""Layout packs of the official per-school forms: which cell of a cross table is which column, as data.

A form is known by its number (教基3112), its title, or its shape. A cell is named by the heading of its row
and that of its column, both as paths like those of `jiaoheng.packs.layouts`, never by its address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from jiaoheng.packs import yaml_lines
from jiaoheng.packs.layouts import Pattern, Regex, StageName, files_of_kind, target_problem
from jiaoheng.packs.yaml_lines import Located, PackError


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FormHead(_Model):
    """What form it is, and how its rows are read.

    ``code``: its number, under which its cells are kept; empty for a form without one. ``also``: other
    numbers and ``titles``: names by which a sheet shows it. ``since``, ``until``: the first and the last
    year in which it was handed in. ``stage``: the stage of all its rows. ``stages``: rows that open the
    rows of a stage (小学, then its #女, 副高级 …). A form with neither is of the whole school. ``inner``:
    rows that stand under the row before them. ``least``: how many cells must be found where only the shape
    tells the form. ``unverified``: what no source could be found for.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    kind: Literal["form"]
    code: str = ""
    also: tuple[str, ...] = ()
    name: str
    titles: tuple[str, ...] = ()
    source: str
    subject: Literal["school", "county"] = "school"
    since: int | None = None
    until: int | None = None
    stage: StageName | None = None
    stages: Mapping[Pattern, StageName] = {}
    inner: tuple[str, ...] = ()
    neutral: tuple[Regex, ...] = ()
    least: Annotated[int, Field(ge=1)] = 4
    unverified: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_way_to_stage(self) -> Self:
        if self.stage and self.stages:
            raise ValueError("「stage」与「stages」只写其一。")
        return self

    @property
    def label(self) -> str:
        """Number and name, as a person calls the form."""
        return f"{self.code} {self.name}".strip()


class FormCells(_Model):
    """Cells of one row, by the headings of their columns; or of one column, by the headings of their rows.

    ``unit``: the unit of the numbers where neither row nor column names one. ``stages``: only of rows of
    these stages.
    """

    row: Pattern | None = None
    column: Pattern | None = None
    columns: Mapping[Pattern, str] = {}
    rows: Mapping[Pattern, str] = {}
    unit: str = ""
    stages: tuple[StageName, ...] = ()

    @model_validator(mode="after")
    def _one_line(self) -> Self:
        along_row = self.row is not None and bool(self.columns) and self.column is None and not self.rows
        along_column = self.column is not None and bool(self.rows) and self.row is None and not self.columns
        if along_row == along_column:
            raise ValueError("每组单元格写「row」和「columns」，或「column」和「rows」。")
        return self


class FormField(_Model):
    """A value that stands beside or below its label: 学校(机构)办学类型 ｜ 九年一贯制学校."""

    column: str
    labels: Annotated[tuple[Pattern, ...], Field(min_length=1)]


@dataclass(frozen=True)
class NamedCell:
    """One cell of a form: the headings of its row and column, and the ``table.column`` that it gives."""

    row: str
    column: str
    target: str
    unit: str
    stages: tuple[StageName, ...]


class FormLayout(_Model):
    """One form. ``less``: columns to take off a total; ``add``: columns that are sums of their cells."""

    layout: FormHead
    fields: tuple[FormField, ...] = ()
    cells: tuple[FormCells, ...] = ()
    less: Mapping[str, tuple[str, ...]] = {}
    add: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.fields and not self.cells and not (self.layout.stage or self.layout.stages):
            raise ValueError("表式须写「cells」或「fields」；只存报表细项的，须写「stage」或「stages」。")
        return self

    @property
    def id(self) -> str:
        """The name by which a user asks for it."""
        return self.layout.id

    def serves(self, year: int | None) -> bool:
        """Whether it may have been handed in in a year; any, where the year is not known."""
        head = self.layout
        return year is None or (head.since or year) <= year <= (head.until or year)

    @property
    def codes(self) -> tuple[str, ...]:
        """All numbers of the form."""
        return tuple(code for code in (self.layout.code, *self.layout.also) if code)

    def named_cells(self) -> Iterator[NamedCell]:
        """Every cell that leads to a column, in order of preference."""
        for group in self.cells:
            for heading, target in (group.columns or group.rows).items():
                row, column = (group.row, heading) if group.row is not None else (heading, group.column)
                yield NamedCell(row or "", column or "", target, group.unit, group.stages)

    def targets(self) -> frozenset[str]:
        """Every ``table.column`` that the form can give."""
        return frozenset([each.target for each in self.named_cells()] + [each.column for each in self.fields])


def load(path: Path, *, columns: Mapping[str, Iterable[str]]) -> FormLayout:
    """One form, proved against the tables and columns of the data dictionary.

    Raises
    ------
    PackError
        With ``file:line`` of every fault.
    """
    located = yaml_lines.read(path)
    layout = yaml_lines.build(FormLayout, located)
    faults = list(_faults(located, layout, columns))
    if faults:
        raise PackError("\n".join(faults))
    return layout


def load_all(*, columns: Mapping[str, Iterable[str]], extra: Path | None = None) -> tuple[FormLayout, ...]:
    """The built-in forms, then those in the folder `extra`, which replace built-in ones of the same id."""
    found: dict[str, FormLayout] = {}
    for path in files_of_kind("form", extra=extra):
        layout = load(path, columns=columns)
        found[layout.id] = layout
    return tuple(found.values())


def _faults(located: Located, layout: FormLayout, columns: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for i, group in enumerate(layout.cells):
        axis = "columns" if group.columns else "rows"
        for heading, target in (group.columns or group.rows).items():
            if problem := target_problem(target, columns):
                yield located.message(("cells", i, axis, heading), problem)
    for i, field in enumerate(layout.fields):
        if problem := target_problem(field.column, columns):
            yield located.message(("fields", i, "column"), problem)
    targets = layout.targets()
    for target, parts in layout.less.items():
        for name in (target, *parts):
            if name not in targets:
                yield located.message(
                    ("less", target), f"表式没有给出「{name}」。请改正，或在 cells 中加上它。"
                )
    for i, name in enumerate(layout.add):
        if name not in targets:
            yield located.message(("add", i), f"表式没有给出「{name}」。请改正，或在 cells 中加上它。")


__all__ = ["FormCells", "FormField", "FormHead", "FormLayout", "NamedCell", "load", "load_all"]
