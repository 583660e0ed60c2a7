"""Sets or raises single columns: of a school, of one of its stages, of the county."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jiaoheng.census import dictionary
from jiaoheng.standards.what_if.changes import Adjust, AdjustCounty
from jiaoheng.standards.what_if.draft import (
    Draft,
    Refused,
    Row,
    amount_of,
    column_named,
    said,
    stage_named,
    value_of,
)

_MAY_BE_NEGATIVE = frozenset({"longitude", "latitude"})

Find = Callable[[dictionary.Column], Row]


def adjust(draft: Draft, change: Adjust) -> None:
    """Change a school, or one of its stages."""
    code = draft.school(change.school)

    def row(column: dictionary.Column) -> Row:
        if column.table == "schools":
            return draft.rows("schools")[(code,)]
        return draft.stage_row(code, change.stage)

    _change(change.set, change.add, ("school_stages", "schools"), row)


def adjust_county(draft: Draft, change: AdjustCounty) -> None:
    """Change the county's own figures, or those of one of its stages."""
    wanted = change.county

    def row(column: dictionary.Column) -> Row:
        if column.table == "county":
            key: tuple[object, ...] = (draft.census.region,)
        elif wanted.stage is None:
            raise Refused(f"「{column.zh}」按学段统计。请用「stage」写明学段。")
        else:
            key = (stage_named(wanted.stage),)
        rows = draft.rows(column.table)
        if key not in rows:
            names = dictionary.table(column.table)
            blank: Row = dict.fromkeys((one.name for one in names.columns if one.stored), None)
            rows[key] = blank | dict(zip(names.key, key, strict=True))
        return rows[key]

    tables = ("county_stages", "county") if wanted.stage else ("county", "county_stages")
    _change(wanted.set, wanted.add, tables, row)


def _change(
    values: Mapping[str, object], amounts: Mapping[str, object], tables: tuple[str, ...], row: Find
) -> None:
    for name, value in values.items():
        column = column_named(name, tables)
        found = value_of(value, column)
        _check(column, found)
        row(column)[column.name] = found
    for name, value in amounts.items():
        column = column_named(name, tables)
        amount = amount_of(value, column)
        own = row(column)
        before = own[column.name]
        if before is None:
            raise Refused(f"「{column.zh}」缺失，不能在它上面增减。请改用「set」写明改为多少。")
        after = before + amount
        if after < 0 and column.name not in _MAY_BE_NEGATIVE:
            problem = f"「{column.zh}」现为 {said(before, column)}，减 {said(-amount, column)} 后成了负数"
            raise Refused(f"{problem}。请改小。")
        own[column.name] = after


def _check(column: dictionary.Column, value: object) -> None:
    if column.name in _MAY_BE_NEGATIVE or isinstance(value, bool):
        return
    if isinstance(value, int | float) and value < 0:
        raise Refused(f"「{column.zh}」不能是负数（{said(value, column)}）。请改正。")
