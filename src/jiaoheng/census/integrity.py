"""What must hold before a reading becomes a snapshot: required columns, references that lead somewhere, a
main school for each campus."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.census.merge import RowId
from jiaoheng.census.reading import ROW, Reading, Rejection


@dataclass(frozen=True)
class Reference:
    """A column whose values must be keys of another table; ``if_any``: only if that table has rows at all."""

    table: str
    column: str
    target: str
    if_any: bool = False


REFERENCES = (
    Reference("schools", "area_code", "areas", if_any=True),
    Reference("schools", "main_school_code", "schools"),
    Reference("school_stages", "school_code", "schools"),
    Reference("form_cells", "school_code", "schools"),
    Reference("classes", "school_code", "schools"),
    Reference("pupils", "school_code", "schools"),
    Reference("teachers", "school_code", "schools"),
)


@dataclass(frozen=True)
class Violations:
    """Rows of the reading that cannot stay, and faults that no row of the reading can be blamed for."""

    rows: Mapping[RowId, Rejection]
    loose: tuple[Rejection, ...]


def violations(
    tables: Mapping[str, pl.DataFrame], reading: Reading, *, touched: Collection[str]
) -> Violations:
    """What does not hold in the tables that the import would give.

    Parameters
    ----------
    tables : every table that would have rows, by name.
    reading : the rows that are being imported; each fault is laid to the rows that gave the value.
    touched : the tables that the import changes; what stood before in others is not judged anew.
    """
    rows: dict[RowId, Rejection] = {}
    loose: list[Rejection] = []
    for fault in (*_missing(tables, touched), *_dangling(tables, touched), *_campuses(tables, touched)):
        blamed = dict(_lay_to_rows(fault, reading))
        rows |= {row_id: rejection for row_id, rejection in blamed.items() if row_id not in rows}
        if not blamed:
            loose += _lay_to_nobody(fault)
    return Violations(rows, tuple(loose))


@dataclass(frozen=True)
class _Fault:
    """Rows of a table that break one rule.

    ``rows``: the key, and in ``_shown`` what the message shows; ``column``: empty where it is not one column.
    """

    table: str
    column: str
    rows: pl.DataFrame
    reason: str
    mend: str


def _missing(tables: Mapping[str, pl.DataFrame], touched: Collection[str]) -> Iterator[_Fault]:
    """Required columns that are null: one fault for all rows that lack the same ones."""
    for name in touched:
        frame = tables.get(name)
        table = dictionary.table(name)
        required = [column for column in table.columns if column.required and column.stored]
        if frame is None or not any(frame[column.name].null_count() for column in required):
            continue
        lacks = [pl.when(pl.col(column.name).is_null()).then(pl.lit(column.name)) for column in required]
        rows = frame.select(
            *table.key, pl.concat_str(lacks, separator=" ", ignore_nulls=True).alias("_shown")
        )
        for (text,), some in rows.filter(pl.col("_shown") != "").group_by("_shown", maintain_order=True):
            names = str(text).split()
            words = "、".join(table[column].zh for column in names)
            yield _Fault(
                name,
                names[0] if len(names) == 1 else "",
                some,
                f"{table.zh}表缺少必填的“{words}”",
                "请补填，或先导入含有它的表。",
            )


def _dangling(tables: Mapping[str, pl.DataFrame], touched: Collection[str]) -> Iterator[_Fault]:
    """References to rows that are not there."""
    for reference in REFERENCES:
        if reference.table not in touched and reference.target not in touched:
            continue
        if reference.table not in tables or (reference.if_any and reference.target not in tables):
            continue
        frame, target = tables[reference.table], tables.get(reference.target)
        (target_key,) = dictionary.table(reference.target).key
        known = pl.Series(dtype=pl.String) if target is None else target[target_key]
        shown = pl.col(reference.column)
        rows = frame.filter(shown.is_not_null() & ~shown.is_in(known.implode()))
        if not rows.height:
            continue
        column = dictionary.table(reference.table)[reference.column]
        zh = column.zh
        target_zh = dictionary.table(reference.target).zh
        yield _Fault(
            reference.table,
            reference.column,
            rows.select(*dictionary.table(reference.table).key, shown.alias("_shown")),
            f"{target_zh}表中没有这个{zh}"
            if dictionary.is_confidential(column)
            else f"{target_zh}表中没有{zh}“{{}}”",
            f"请改正{zh}，或先在{target_zh}表中加上它。",
        )


def _campuses(tables: Mapping[str, pl.DataFrame], touched: Collection[str]) -> Iterator[_Fault]:
    """Campuses and points (校数 0) that name no main school: no measure could count what they have."""
    if "schools" not in touched or "schools" not in tables:
        return
    rows = tables["schools"].filter(~pl.col("counted") & pl.col("main_school_code").is_null())
    if rows.height:
        table = dictionary.table("schools")
        counted, main = table["counted"].zh, table["main_school_code"].zh
        yield _Fault(
            table.name,
            "main_school_code",
            rows.select(*table.key, pl.lit("").alias("_shown")),
            f"“{counted}”为否（校数为 0），却没有填写{main}",
            f"请填写{main}；若它单独计校数，请把“{counted}”改为“是”。",
        )


def _lay_to_rows(fault: _Fault, reading: Reading) -> Iterator[tuple[RowId, Rejection]]:
    """The rows of the reading that gave the column; where none had it, all that gave to the faulty row."""
    parts = [part for part in reading.parts if part.table == fault.table]
    with_column = [part for part in parts if fault.column in part.columns]
    keys = list(dictionary.table(fault.table).key)
    for candidates in (with_column, parts):
        found = False
        for part in candidates:
            source = reading.sources[part.source]
            hit = part.data.select(*keys, ROW).join(fault.rows, on=keys)
            for row, shown in hit.select(ROW, "_shown").iter_rows():
                place = source.place(fault.table, fault.column, row)
                found = True
                yield (part.source, row), _rejection(fault, place.file, place.sheet, row, place.cell, shown)
        if found:
            return


def _lay_to_nobody(fault: _Fault) -> list[Rejection]:
    """Faults of rows that were in the snapshot before: what the import adds or takes makes them wrong."""
    table = dictionary.table(fault.table)
    if table.of_persons:
        # Their keys are hashes, which tell nobody which row is meant.
        count = replace(fault, reason=f"有 {fault.rows.height} 行有误：{fault.reason}")
        return [_rejection(count, f"已入库的{table.zh}表", "", None, "", "")]
    return [
        _rejection(fault, f"已入库的{table.zh}表", "、".join(map(str, key)), None, "", shown)
        for *key, shown in fault.rows.select(*table.key, "_shown").head(_MOST_LOOSE).iter_rows()
    ]


_MOST_LOOSE = 100


def _rejection(fault: _Fault, file: str, sheet: str, row: int | None, cell: str, shown: str) -> Rejection:
    zh = dictionary.table(fault.table)[fault.column].zh if fault.column else ""
    return Rejection(file, sheet, row, zh, cell, fault.reason.format(shown), fault.mend)
