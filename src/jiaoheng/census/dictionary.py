"""The data dictionary: every table and column of a census, read from ``dictionary.csv``.

The CSV drives the schema, the Excel template, the readers and the reference pages. To add a column, add a
line.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from types import MappingProxyType

import pyarrow as pa

from jiaoheng import terms
from jiaoheng.census.personal import RULES, Rule
from jiaoheng.errors import JiaohengError

ARROW_TYPES: Mapping[str, pa.DataType] = MappingProxyType(
    {
        "text": pa.string(),
        "code": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "term": pa.string(),
    }
)
"""The dictionary's types and how each is stored. A term is stored as its English value."""

UNITS = MappingProxyType({"yuan": "元", "m2": "平方米"})
"""Units whose Chinese name differs from the name in the dictionary."""

TABLE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "areas": "镇街",
        "schools": "学校",
        "school_stages": "学校分学段",
        "form_cells": "报表细项",
        "classes": "班级",
        "pupils": "学生",
        "teachers": "教职工",
        "population": "人口",
        "births": "出生人口",
        "housing": "住宅小区",
        "finance": "教育经费",
        "projects": "建设项目",
        "survey": "满意度调查",
        "county_stages": "县级分学段",
        "county": "县级情况",
    }
)
"""The Chinese name of each table, also the name of its sheet in the template."""


_FIELDS = (
    "table",
    "column",
    "zh",
    "group",
    "type",
    "unit",
    "required",
    "key",
    "codes",
    "personal",
    "form",
    "field",
    "meaning",
)


class DictionaryError(JiaohengError):
    """``dictionary.csv`` is not valid. The message names the line."""


@dataclass(frozen=True)
class Column:
    """A column of a census table: one line of ``dictionary.csv``.

    ``unit`` is a base unit (yuan, m2, 人), in which the value is stored. ``form`` and ``field`` say where the
    official forms have it. ``personal`` is a class of `RULES`, empty where a value is of no person.
    """

    table: str
    name: str
    zh: str
    group: str
    type: str
    unit: str
    required: bool
    key: bool
    codes: str
    personal: str
    form: str
    field: str
    meaning: str

    @property
    def arrow_type(self) -> pa.DataType:
        """How the column is stored."""
        return ARROW_TYPES[self.type]

    @property
    def unit_zh(self) -> str:
        """The unit in Chinese; empty where there is none."""
        return UNITS.get(self.unit, self.unit)

    @property
    def heading(self) -> str:
        """The heading that a person reads: the Chinese name, with the unit where there is one."""
        return f"{self.zh}（{self.unit_zh}）" if self.unit else self.zh

    @property
    def stored(self) -> bool:
        """Whether a snapshot holds the column. Names of persons are read past, never stored."""
        return self.rule.stored != "never"

    @property
    def rule(self) -> Rule:
        """What may be done with the column's values."""
        return RULES[self.personal]


@dataclass(frozen=True)
class Table:
    """A table of a census: its columns in order, and the columns that identify a row."""

    name: str
    zh: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their English name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def by_zh(self) -> Mapping[str, Column]:
        """The columns by their Chinese name."""
        return {column.zh: column for column in self.columns}

    @cached_property
    def of_persons(self) -> bool:
        """Whether each row is a person: the table has an identifier."""
        return any(column.rule.stored == "hash" for column in self.columns)

    @property
    def exported(self) -> bool:
        """Whether a workbook that we write may hold the table's rows."""
        return all(column.rule.exported for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that every row must have, the key included."""
        return tuple(column.name for column in self.columns if column.required or column.key)

    def __getitem__(self, name: str) -> Column:
        return self.by_name[name]


@cache
def tables() -> dict[str, Table]:
    """Every table, by name, in the order of the dictionary."""
    return parse(_csv_text().splitlines())


def table(name: str) -> Table:
    """The table of that English name.

    Raises
    ------
    DictionaryError
        There is no such table; the message lists those that there are.
    """
    try:
        return tables()[name]
    except KeyError:
        raise DictionaryError(f"数据字典中没有表“{name}”。可用的表：{'、'.join(tables())}。") from None


def is_confidential(column: Column) -> bool:
    """Whether no message may repeat a value of the column.

    The table decides: where each row is a person, any cell may hold a name once a column has shifted.
    """
    home = tables().get(column.table)
    return not column.rule.told or (home is not None and home.of_persons)


@cache
def version() -> str:
    """The dictionary's fingerprint: the first 12 hex digits of the SHA-256 of the CSV."""
    return hashlib.sha256(_csv_text().encode()).hexdigest()[:12]


def parse(lines: Iterable[str]) -> dict[str, Table]:
    """Parse and validate the lines of a dictionary CSV, heading first.

    Raises
    ------
    DictionaryError
        A line is not valid; the message names it.
    """
    reader = csv.DictReader(lines)
    found: dict[str, list[Column]] = {}
    for row in reader:
        column = _column(row, reader.line_num)
        siblings = found.setdefault(column.table, [])
        for other in siblings:
            if column.name == other.name:
                raise _fault(reader.line_num, f"表 {column.table} 中列名 {column.name} 重复")
            if column.zh == other.zh:
                raise _fault(reader.line_num, f"表 {column.table} 中中文名“{column.zh}”重复")
        siblings.append(column)
    for name, columns in found.items():
        if not any(column.key for column in columns):
            raise DictionaryError(f"dictionary.csv：表 {name} 没有主键列。请在 key 列填 yes。")
        free = [column.name for column in columns if not column.personal]
        if free and any(column.rule.stored == "hash" for column in columns):
            raise DictionaryError(
                f"dictionary.csv：表 {name} 每行是一个人，列 {'、'.join(free)} 没有个人信息类别。"
                "请在 personal 列填写。"
            )
    return {
        name: Table(
            name=name,
            zh=TABLE_NAMES.get(name, name),
            columns=tuple(columns),
            key=tuple(column.name for column in columns if column.key),
        )
        for name, columns in found.items()
    }


def _column(row: Mapping[str | None, str | None], line: int) -> Column:
    if None in row or any(row.get(name) is None for name in _FIELDS):
        raise _fault(line, f"应有 {len(_FIELDS)} 列（{', '.join(_FIELDS)}）")
    text = {name: (row[name] or "").strip() for name in _FIELDS}
    for name in ("table", "column", "zh", "group"):
        if not text[name]:
            raise _fault(line, f"{name} 为空")
    if text["type"] not in ARROW_TYPES:
        raise _fault(line, f"类型“{text['type']}”未知，可用：{'、'.join(ARROW_TYPES)}")
    if text["personal"] not in RULES:
        known = "、".join(filter(None, RULES))
        raise _fault(line, f"个人信息类别“{text['personal']}”未知，可用：{known}")
    if text["type"] == "term" and text["codes"] not in terms.CODE_LISTS:
        raise _fault(line, f"代码表“{text['codes']}”未知，可用：{'、'.join(terms.CODE_LISTS)}")
    if text["type"] != "term" and text["codes"]:
        raise _fault(line, f"类型为 {text['type']} 的列不能有代码表")
    for name in ("required", "key"):
        if text[name] not in ("", "yes"):
            raise _fault(line, f"{name} 只能为空或 yes")
    if RULES[text["personal"]].stored == "hash" and text["type"] != "code":
        raise _fault(line, "个人标识列的类型必须是 code")
    column = Column(
        required=text.pop("required") == "yes",
        key=text.pop("key") == "yes",
        name=text.pop("column"),
        **text,
    )
    # A key is always required: a row without it cannot be told from another.
    return replace(column, required=column.required or column.key)


def _fault(line: int, reason: str) -> DictionaryError:
    return DictionaryError(f"dictionary.csv 第 {line} 行：{reason}。请改正后再运行。")


@cache
def _csv_text() -> str:
    return resources.files("jiaoheng.census").joinpath("dictionary.csv").read_text("utf-8-sig")


__all__ = ["Column", "DictionaryError", "Table", "is_confidential", "parse", "table", "tables", "version"]
