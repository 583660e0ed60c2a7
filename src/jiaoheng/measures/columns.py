"""The dictionary as packs and expressions see it: the columns of each table and their types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from jiaoheng.census import dictionary
from jiaoheng.packs.expression import Type

_TYPES: Mapping[str, Type] = {
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "text": "text",
    "code": "text",
    "term": "text",
}


@cache
def all_columns() -> Mapping[str, Mapping[str, Type]]:
    """The columns of every table, as `jiaoheng.packs.load` wants them."""
    return MappingProxyType({name: schema_of(name) for name in dictionary.tables()})


@cache
def schema_of(table: str) -> Mapping[str, Type]:
    """The columns of a table that an expression may read. Dates and names of persons are not among them."""
    return MappingProxyType(
        {
            column.name: _TYPES[column.type]
            for column in dictionary.table(table).columns
            if column.type in _TYPES and column.stored
        }
    )
