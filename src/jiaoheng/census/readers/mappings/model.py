"""The mapping file, which the user writes to have any table read, and how it is proved beforehand.

The format is described, with an example, in ``docs/guides/your-own-files.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from jiaoheng.census import dictionary, values
from jiaoheng.packs import yaml_lines
from jiaoheng.packs.expression import ExpressionError, Node, parse
from jiaoheng.packs.yaml_lines import Location, PackError, nearest

Scalar = str | int | float | bool
Script = Literal["simplified", "as_is"]


def _expression(text: str) -> str:
    try:
        parse(text)
    except ExpressionError as error:
        raise ValueError(str(error)) from None
    return text


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"「{text}」不是正则表达式（{error}）。") from None
    return text


Expression = Annotated[str, AfterValidator(_expression)]
Headings = Annotated[tuple[str, ...], Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Rule(_Model):
    """A value for every text in which a regular expression is found."""

    match: Annotated[str, AfterValidator(_regex)]
    value: Scalar | None


class Origin(_Model):
    """Where a column's value comes from: one of ``from``, ``sum``, ``join``, ``expr``, ``constant``.

    ``from`` takes one heading. ``sum`` adds the numbers of several; it is missing where one is. ``join``
    puts texts together with ``separator`` between. ``expr`` is an expression over headings. The text of
    ``from`` and ``join`` then goes through ``lookup`` or ``rules``, ``script`` and ``prefix``; a number is
    multiplied by ``factor``. A text that neither ``lookup`` nor ``rules`` knows becomes ``otherwise``, or
    stays with ``keep``, or is refused.
    """

    from_: Annotated[str | None, Field(alias="from")] = None
    sum: Headings | None = None
    join: Headings | None = None
    expr: Expression | None = None
    constant: Scalar | None = None
    separator: str = ""
    lookup: dict[str, Scalar | None] | None = None
    rules: tuple[Rule, ...] = ()
    otherwise: Scalar | None = None
    keep: bool = False
    prefix: str = ""
    factor: float = 1.0
    script: Script | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        """A heading alone means ``from``, a list of headings ``sum``."""
        if isinstance(data, str):
            return {"from": data}
        return {"sum": data} if isinstance(data, list) else data

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [self.from_, self.sum, self.join, self.expr, self.constant]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("每列只能写 from、sum、join、expr、constant 中的一个。")
        if (self.lookup is not None or self.rules) and self.from_ is None and self.join is None:
            raise ValueError("「lookup」和「rules」只用于 from 和 join。")
        if self.lookup is not None and self.rules:
            raise ValueError("「lookup」和「rules」只写其一。")
        return self

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that are named outright."""
        return ((self.from_,) if self.from_ else ()) + (self.sum or ()) + (self.join or ())

    @property
    def node(self) -> Node | None:
        """The expression as a tree."""
        return parse(self.expr) if self.expr else None


class TableMapping(_Model):
    """Rows for one table: a column of the dictionary to its origin.

    ``where`` takes only some rows of the file. ``distinct`` takes each different row once, for areas that
    every school's row names.
    """

    table: str
    where: Expression | None = None
    distinct: bool = False
    columns: Annotated[dict[str, Origin], Field(min_length=1)]


class FileFormat(_Model):
    """What the file looks like. Rows count as Excel counts, from 1.

    ``heading_row`` is the last heading row, ``heading_rows`` their number; several are joined by ›.
    ``text`` lists the headings that expressions read as text; all others are numbers. ``skip`` lists
    conditions for rows that are no data.
    """

    sheets: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    heading_row: Annotated[int, Field(ge=1)] = 1
    heading_rows: Annotated[int, Field(ge=1, le=6)] = 1
    text: tuple[str, ...] = ()
    skip: tuple[Expression, ...] = ()

    @model_validator(mode="after")
    def _rows_above(self) -> Self:
        if self.heading_rows > self.heading_row:
            raise ValueError("「heading_rows」不能多于「heading_row」：表头从第 1 行起。")
        return self


class MappingFile(_Model):
    """The whole mapping file."""

    name: str
    note: str = ""
    file: FileFormat = FileFormat()
    script: Script = "as_is"
    tables: Annotated[tuple[TableMapping, ...], Field(min_length=1), BeforeValidator(list)]


@dataclass(frozen=True)
class Mapping:
    """A mapping that was read and proved, with its lines for what only the data shows."""

    content: MappingFile
    located: yaml_lines.Located

    def expressions(self) -> list[tuple[Location, Node]]:
        """Every expression of the file as a tree, and its place."""
        found: list[tuple[Location, Node]] = [
            (("file", "skip", index), parse(text)) for index, text in enumerate(self.content.file.skip)
        ]
        for index, mapped in enumerate(self.content.tables):
            if mapped.where is not None:
                found.append((("tables", index, "where"), parse(mapped.where)))
            for name, origin in mapped.columns.items():
                if origin.node is not None:
                    found.append((("tables", index, "columns", name, "expr"), origin.node))
        return found

    def error(self, place: Location, problem: str) -> PackError:
        """An error at a place of the mapping file."""
        return self.located.error(place, problem)


def load_mapping(path: Path | str) -> Mapping:
    """A mapping file, proved against the data dictionary.

    Raises
    ------
    PackError
        With ``file:line`` of every fault: unknown keys, tables, columns; constants that are no value of
        their column.
    """
    located = yaml_lines.read(Path(path))
    content = yaml_lines.build(MappingFile, located)
    faults = [located.message(place, problem) for place, problem in _faults(content)]
    if faults:
        raise PackError("\n".join(faults))
    return Mapping(content, located)


def _faults(content: MappingFile) -> Iterator[tuple[Location, str]]:
    for index, mapped in enumerate(content.tables):
        place = ("tables", index)
        if mapped.table not in dictionary.tables():
            yield (
                (*place, "table"),
                f"数据字典没有表「{mapped.table}」。{nearest(mapped.table, dictionary.tables())}",
            )
            continue
        table = dictionary.table(mapped.table)
        for name in table.key:
            if name not in mapped.columns:
                zh = table[name].zh
                yield (*place, "columns"), f"表 {table.name} 缺少主键「{name}」（{zh}）。请写明它从哪里来。"
        for name, origin in mapped.columns.items():
            where = (*place, "columns", name)
            if name not in table.by_name:
                yield where, f"表 {table.name} 没有列「{name}」。{nearest(name, table.by_name)}"
                continue
            for key, value in _stated(origin):
                try:
                    values.parse(value, table[name])
                except values.CellError as error:
                    yield (*where, *key), f"{error.reason}。{error.mend}"


def _stated(origin: Origin) -> Iterator[tuple[Location, Scalar]]:
    """The values that a mapping states itself, and where."""
    if origin.constant is not None:
        yield ("constant",), origin.constant
    if origin.otherwise is not None:
        yield ("otherwise",), origin.otherwise
    for word, value in (origin.lookup or {}).items():
        if value is not None:
            yield ("lookup", word), value
    for index, rule in enumerate(origin.rules):
        if rule.value is not None:
            yield ("rules", index, "value"), rule.value


__all__ = ["FileFormat", "Mapping", "MappingFile", "Origin", "TableMapping", "load_mapping"]
