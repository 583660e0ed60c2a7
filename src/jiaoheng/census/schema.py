"""The schema of every census table, as Arrow types."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from jiaoheng.census import dictionary


@cache
def schema(table: str) -> pa.Schema:
    """The columns of a stored table, in the order of the dictionary.

    Columns that are never stored (names of persons) are left out.
    """
    return pa.schema(
        [
            pa.field(column.name, column.arrow_type)
            for column in dictionary.table(table).columns
            if column.stored
        ]
    )


def conform(data: pa.Table, table: str) -> pa.Table:
    """``data`` with all columns of the schema, typed and in order; those that it lacks are null.

    Columns that the schema does not know (from an older dictionary) are left out.
    """
    wanted = schema(table)
    if data.schema.equals(wanted):
        return data
    arrays = [
        data.column(field.name).cast(field.type)
        if field.name in data.column_names
        else pa.nulls(data.num_rows, field.type)
        for field in wanted
    ]
    return pa.Table.from_arrays(arrays, schema=wanted)


def empty(table: str) -> pa.Table:
    """A table with every column and no row."""
    wanted = schema(table)
    return pa.Table.from_arrays([pa.nulls(0, field.type) for field in wanted], schema=wanted)
