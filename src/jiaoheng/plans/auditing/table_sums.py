"""Allocation tables: the total row, the total column, and 其中 columns against what they are part of."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_plan
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.figures import amount, figure
from jiaoheng.plans.model import Allocation, AllocationRow

_SHARE = re.compile(r"比例|占比|率|%|％|系数|平均|人均|生均")
_SUBTOTAL = re.compile(r"合计|小计|总计|其中|^(?:全[市县区省]|市域)$")
_TOTAL = re.compile(r"总数|总量|合计|总计|小计|^共")
_PART = re.compile(r"^其中|^含|^#")
_SEPARATOR = " › "


def _total_row(audited: Audited) -> Iterator[Found]:
    for table in audited.plan.allocations:
        if table.total is None:
            continue
        rows = [row for row in table.rows if not _SUBTOTAL.search(row.area)]
        judged = [
            (column, total, [row.values[i] for row in rows])
            for i, (column, total) in enumerate(zip(table.columns, table.total.values, strict=True))
            if total is not None and not _SHARE.search(column)
        ]
        known = [
            (column, total, math.fsum(value for value in values if value is not None))
            for column, total, values in judged
            if None not in values
        ]
        wrong = [(column, total, added) for column, total, added in known if not math.isclose(total, added)]
        if len(wrong) == len(known) > 2:
            # No column fits: the rows are of two levels, or the table was not understood.
            continue
        for column, total, added in wrong:
            yield Found(
                f"《{_title(table)}》「{column}」：各行相加 {amount(added, table.unit)}，"
                f"合计行写 {amount(total, table.unit)}，相差 {amount(abs(added - total), table.unit)}。"
                "请核对各行和合计。",
                (_side(audited, table, table.total),),
                (added, total),
            )


def _total_column(audited: Audited) -> Iterator[Found]:
    for table in audited.plan.allocations:
        whole = _whole_column(table.columns)
        if whole is None:
            continue
        terms = _terms(table.columns, whole)
        judged = [
            (row, total, [value for i in terms if (value := row.values[i]) is not None])
            for row in (*table.rows, *([table.total] if table.total else []))
            if (total := row.values[whole]) is not None
        ]
        judged = [(row, total, parts) for row, total, parts in judged if len(parts) == len(terms)]
        wrong = [
            (row, total, parts) for row, total, parts in judged if not math.isclose(total, math.fsum(parts))
        ]
        if len(terms) < 2 or len(wrong) * 2 > len(judged):
            # Most rows do not fit: the columns were not meant to be added.
            continue
        for row, total, parts in wrong:
            added = math.fsum(parts)
            summed = " + ".join(map(figure, parts))
            yield Found(
                f"《{_title(table)}》「{row.area}」一行：{summed} = {amount(added, table.unit)}，"
                f"「{table.columns[whole]}」写 {amount(total, table.unit)}。请核对这一行各列。",
                (_side(audited, table, row),),
                (added, total),
            )


def _whole_column(columns: Sequence[str]) -> int | None:
    """The one column, not under another head, that totals the row."""
    found = [i for i, column in enumerate(columns) if _SEPARATOR not in column and _TOTAL.search(column)]
    return found[0] if len(found) == 1 else None


def _terms(columns: Sequence[str], whole: int) -> list[int]:
    """The columns that the total adds: of each head its own total, else its parts; no 其中."""
    heads: dict[str, list[int]] = {}
    for i, column in enumerate(columns):
        if i != whole and not _SHARE.search(column):
            heads.setdefault(column.split(_SEPARATOR)[0], []).append(i)
    terms = []
    for group in heads.values():
        inner = {i: columns[i].rpartition(_SEPARATOR)[2] for i in group}
        totals = [i for i, name in inner.items() if _TOTAL.search(name) and not _PART.match(name)]
        terms += totals[:1] if totals else [i for i, name in inner.items() if not _PART.match(name)]
    return terms


def _parts(audited: Audited) -> Iterator[Found]:
    """A 其中 column above the total of its head."""
    for table in audited.plan.allocations:
        for i, column in enumerate(table.columns):
            outer, _, inner = column.rpartition(_SEPARATOR)
            if not outer or not _PART.match(inner):
                continue
            whole = next(
                (
                    j
                    for j, other in enumerate(table.columns)
                    if other.rpartition(_SEPARATOR)[0] == outer
                    and _TOTAL.search(other.rpartition(_SEPARATOR)[2])
                    and j != i
                ),
                None,
            )
            for row in table.rows if whole is not None else ():
                assert whole is not None
                part, total = row.values[i], row.values[whole]
                if part is not None and total is not None and part > total:
                    yield Found(
                        f"《{_title(table)}》「{row.area}」：「{inner}」{amount(part, table.unit)}，"
                        f"多于它所在的「{outer}」总数 {amount(total, table.unit)}。请核对两个数。",
                        (_side(audited, table, row),),
                        (part, total),
                    )


def _side(audited: Audited, table: Allocation, row: AllocationRow) -> Side:
    """The row as printed; where its place is not known, the table's title."""
    if audited.source is not None and row.start is not None and row.end is not None:
        return replace(audited.side(row.start, row.end), section=table.passage.section)
    return replace(audited.at(table.passage), quote=_title(table))


def _title(table: Allocation) -> str:
    return table.title or "分配表"


CHECKS = (
    Check(
        "allocation_total_row",
        "算术",
        "分配表合计行不等于各行之和",
        "error",
        "分地区的分配表里，各行相加不等于合计行；比例、人均不加；有空格的列不查。",
        each_plan(_total_row),
    ),
    Check(
        "allocation_total_column",
        "算术",
        "分配表总数列不等于各列之和",
        "error",
        "每一行的各列（各表头取其总数，不含“其中”）相加不等于总数列；多数行都不合的，不当作可加，不查。",
        each_plan(_total_column),
    ),
    Check(
        "allocation_part",
        "算术",
        "分配表“其中”多于总数",
        "error",
        "“其中”一列的数大于同一表头下的总数。",
        each_plan(_parts),
    ),
)
