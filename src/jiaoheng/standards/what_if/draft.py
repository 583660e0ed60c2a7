"""A census being changed: rows that may be written to, and what they come to in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jiaoheng import terms
from jiaoheng.census import Census, dictionary
from jiaoheng.census.schema import schema
from jiaoheng.census.supposed import suppose
from jiaoheng.census.values import CellError, Value, parse
from jiaoheng.measures.trace import shown
from jiaoheng.packs.yaml_lines import nearest

Row = dict[str, Any]
Key = tuple[object, ...]


class Refused(Exception):  # noqa: N818  it becomes a WhatIfError as soon as the change is known
    """Why a change cannot be made."""


class Draft:
    """The tables of a census, read when first asked for; rows are changed in place, the census never is."""

    def __init__(self, census: Census) -> None:
        self.census = census
        self._rows: dict[str, dict[Key, Row]] = {}
        self._registers: dict[str, pa.Table] = {}

    def rows(self, table: str) -> dict[Key, Row]:
        """The rows of a table by their key."""
        if table not in self._rows:
            keys = dictionary.table(table).key
            rows = self.census.table(table).to_pylist()
            self._rows[table] = {tuple(row[key] for key in keys): row for row in rows}
        return self._rows[table]

    def register(self, table: str) -> pa.Table:
        """A table of records, which may be long: changed as a whole."""
        return self._registers.get(table, self.census.table(table))

    def put_register(self, table: str, data: pa.Table) -> None:
        """Put a table of records in the place of what it was."""
        self._registers[table] = data

    def finish(self, note: str) -> Census:
        """The changed census; the census itself where nothing came of it."""
        tables = {
            name: pa.Table.from_pylist(list(rows.values()), schema=schema(name))
            for name, rows in self._rows.items()
        }
        return suppose(self.census, tables | self._registers, note=note)

    def school(self, wanted: str) -> str:
        """The code of a school by code or name."""
        rows = self.rows("schools")
        if (wanted,) in rows:
            return wanted
        found = [code for (code,), row in rows.items() if row["name"] == wanted]
        if len(found) == 1:
            return str(found[0])
        if found:
            raise Refused(f"有 {len(found)} 所学校都叫「{wanted}」。请改用学校标识码。")
        hint = nearest(wanted, [row["name"] for row in rows.values() if row["name"]])
        raise Refused(
            f"{self.census.year} 年的快照里没有学校「{wanted}」。{hint or '请核对名称或改用标识码。'}"
        )

    def name(self, code: str) -> str:
        """A school's name."""
        return str(self.rows("schools")[(code,)]["name"] or code)

    def stages(self, code: str) -> dict[str, Row]:
        """The rows of a school by stage."""
        return {str(key[1]): row for key, row in self.rows("school_stages").items() if key[0] == code}

    def stage_row(self, code: str, stage: str | None) -> Row:
        """The row of a school in a stage; in its only one where none is named."""
        own = self.stages(code)
        name = self.name(code)
        if stage is None:
            if len(own) == 1:
                return next(iter(own.values()))
            said = "、".join(terms.label("stage", one) for one in own) or "没有学段"
            raise Refused(f"「{name}」的学段有：{said}。请用「stage」写明是哪一个。")
        named = stage_named(stage)
        if named not in own:
            raise Refused(f"「{name}」没有{terms.label('stage', named)}。请换一个学段或学校。")
        return own[named]

    def family(self, code: str) -> frozenset[str]:
        """A school, the main school that it belongs to, and all campuses of that: they count as one."""
        mains = {
            row["school_code"]: row["main_school_code"]
            for row in self.rows("schools").values()
            if row["counted"] is False
        }

        def home(one: str) -> str:
            seen = {one}
            while (main := mains.get(one)) is not None and main not in seen:
                seen.add(main)
                one = main
            return one

        own = home(code)
        return frozenset(str(one) for (one,) in self.rows("schools") if home(str(one)) == own)

    def drop_records(self, table: str, rows: Sequence[tuple[str, str]]) -> None:
        """Take out the records of these schools and stages: they no longer say how things are.

        Those of their campuses too: what is counted from a part of a school would pass for the whole.
        """
        data = self.register(table)
        if data.num_rows == 0:
            return
        kept = None
        wide = {(member, stage) for code, stage in rows for member in self.family(code)}
        for code, stage in sorted(wide):
            other = pc.or_kleene(pc.not_equal(data["school_code"], code), pc.not_equal(data["stage"], stage))
            other = pc.fill_null(other, True)
            kept = other if kept is None else pc.and_(kept, other)
        if kept is not None:
            self.put_register(table, data.filter(kept))


def stage_named(text: str) -> str:
    """The stage that a word names."""
    found = terms.lookup("stage", text)
    if found is None:
        raise Refused(f"「{text}」不是学段。请写 小学、初中 等。")
    return found


def column_named(name: str, tables: Sequence[str]) -> dictionary.Column:
    """The column of one of these tables, by its English or Chinese name."""
    for table in map(dictionary.table, tables):
        column = table.by_name.get(name) or table.by_zh.get(name)
        if column is not None:
            if column.key:
                raise Refused(f"「{column.zh}」是用来认行的，不能改。")
            if not column.stored:
                raise Refused(f"「{column.zh}」不存于快照，不能改。")
            return column
    known = [word for table in map(dictionary.table, tables) for word in (*table.by_zh, *table.by_name)]
    hint = nearest(name, known) or "请对照数据字典改正。"
    raise Refused(f"没有数据项「{name}」。{hint}")


def value_of(value: object, column: dictionary.Column) -> Value:
    """A value as the column stores it."""
    try:
        found = parse(value, column)
    except CellError as error:
        raise Refused(f"「{column.zh}」：{error}") from None
    if found is None:
        raise Refused(f"「{column.zh}」的值「{value}」等于没有填。请写一个值，或删去这一条。")
    return found


def amount_of(value: object, column: dictionary.Column) -> int | float:
    """An amount to raise or lower a column by."""
    if column.type not in ("integer", "number"):
        raise Refused(f"「{column.zh}」不是数量，不能增减。请改用「set」。")
    down = isinstance(value, str) and value.strip().startswith(("-", "－"))
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = value_of(abs(value), column)
        return -number(found) if value < 0 else number(found)
    text = str(value).strip().lstrip("+＋-－")
    found = value_of(text, column)
    return -number(found) if down else number(found)


def number(value: object) -> int | float:
    """The value as a number."""
    assert isinstance(value, int | float)
    return value


def said(value: float, column: dictionary.Column) -> str:
    """A number with its unit, for a message."""
    return f"{shown(value)} {column.unit_zh}".strip()


def set_values(row: Row, values: Mapping[str, object], tables: Sequence[str]) -> None:
    """Set columns of one row."""
    for name, value in values.items():
        column = column_named(name, tables)
        row[column.name] = value_of(value, column)
