"""Says that two rows contradict each other: where both are, what each says, and how to settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.dictionary import Column, Table
from jiaoheng.census.reading import Place, Reading, Rejection

_LONGEST = 40
_MOST_COLUMNS = 4


def contradiction(
    reading: Reading,
    table: Table,
    columns: Sequence[str],
    row: Mapping[str, object],
    other: Mapping[str, object],
    ids: tuple[tuple[int, int], tuple[int, int]],
) -> Rejection:
    """The refusal of a row that another one of the same key contradicts.

    Parameters
    ----------
    reading : what both belong to.
    table : the table that both give a row to.
    columns : where they say different things; the first is told with both values, the others are named.
    row, other : the values of both. Those of persons are not repeated.
    ids : source and Excel row of each.
    """
    column = table[columns[0]]
    here, there = (reading.sources[source].place(table.name, column.name, line) for source, line in ids)
    if dictionary.is_confidential(column):
        said = f"，{there} 说的不同"
    else:
        said = f"：这里（{here.cell or '整表'}）是{_shown(row, column)}，{there} 是{_shown(other, column)}"
    more = columns[1 : 1 + _MOST_COLUMNS]
    rest = f"；「{'」「'.join(table[name].zh for name in more)}」也不同" if more else ""
    if len(columns) > 1 + _MOST_COLUMNS:
        rest = rest.replace("也不同", f"等 {len(columns) - 1} 列也不同")
    return Rejection(
        file=here.file,
        sheet=here.sheet,
        row=here.row,
        column=column.zh,
        cell=here.cell,
        reason=f"{_key(table, row)}的内容不一致{said}{rest}",
        mend=_mend(column, here, there),
    )


def _key(table: Table, row: Mapping[str, object]) -> str:
    """Whose rows they are: a school by its code, a person by nothing."""
    if table.of_persons:
        return f"同一{'、'.join(table[name].zh for name in table.key)}"
    return "、".join(f"{table[name].zh} {_value(row, table[name])}" for name in table.key) + " "


def _shown(row: Mapping[str, object], column: Column) -> str:
    plain = column.type in ("integer", "number", "date")
    return f" {_value(row, column)}" if plain else f"“{_value(row, column)}”"


def _value(row: Mapping[str, object], column: Column) -> str:
    value = row[column.name]
    if column.type == "term":
        return terms.label(column.codes, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    text = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _mend(column: Column, here: Place, there: Place) -> str:
    if (column.table, column.name) == ("schools", "name"):
        return "若是两所学校，请改正其中一个标识码；若是同一所，请统一名称。"
    if (column.table, column.name) == ("schools", "counted"):
        return "不计校数的校区、教学点要用自己的标识码，并在「主校标识码」填主校；请改正其中一行。"
    if here.file == there.file:
        return "请改正其中一处，或只保留一行。"
    return f"请核实后改正其中一处；若以 {there.file} 为准，请先只导入其他文件，再单独导入它。"


__all__ = ["contradiction"]
