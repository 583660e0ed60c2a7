"""Works out what an import would make of a snapshot, and refuses what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as changed

import polars as pl

from jiaoheng.census import dictionary, integrity
from jiaoheng.census.merge import merge_parts, reject, settle, upsert
from jiaoheng.census.reading import Reading, Rejection
from jiaoheng.census.schema import empty
from jiaoheng.census.snapshot import Census
from jiaoheng.errors import JiaohengError

_SHOWN = 20
"""How many refusals the message of an error lists."""


class NothingToImportError(JiaohengError):
    """The files gave no row at all."""


class ImportRefusedError(JiaohengError):
    """Some rows cannot be imported, so nothing was. ``reading`` has the counts and the rejections."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rejections = reading.rejections
        shown = [rejection.message() for rejection in reading.rejections[:_SHOWN]]
        more = len(reading.rejections) - len(shown)
        if more:
            shown.append(f"另有 {more} 处未列出。")
        head = f"导入被退回，没有任何数据入库：读到 {reading.rows_read} 行，退回 {reading.rows_rejected} 行。"
        super().__init__("\n".join([head, *shown, "请改正后重新导入。"]))


def lay(
    base: Census | None, reading: Reading, *, accept_partial: bool, replace: bool
) -> tuple[dict[str, pl.DataFrame], Reading]:
    """The tables that an import touches, as they would be, and the reading without what was refused.

    Parameters
    ----------
    base : the snapshot that the reading is laid over; None for the first of a year.
    reading : the rows.
    accept_partial : go on with the rows that are right; otherwise any refusal is an error.
    replace : the tables of the reading take the place of the base's, instead of being laid over them.

    Raises
    ------
    ImportRefusedError, NothingToImportError
        Nothing can be imported, or not all of it.
    """
    reading = settle(reading)
    while True:
        if reading.rejections and not accept_partial:
            raise ImportRefusedError(reading)
        touched: dict[str, pl.DataFrame] = {}
        for name in dictionary.tables():
            parts = [part for part in reading.parts if part.table == name]
            if parts:
                old = empty(name) if base is None or replace else base.table(name)
                touched[name] = upsert(old, merge_parts(name, parts))
        if not touched:
            if reading.rejections:
                raise ImportRefusedError(reading)
            files = "、".join(dict.fromkeys(source.file for source in reading.sources)) or "文件"
            raise NothingToImportError(f"{files}：表头下面没有数据行。请填好数据，或检查给的是不是这个文件。")
        found = integrity.violations(_all_tables(base, touched), reading, touched=touched)
        if found.loose and not found.rows:
            raise ImportRefusedError(_with(reading, found.loose))
        if not found.rows:
            return touched, reading
        reading = reject(reading, found.rows)
        if found.loose and not accept_partial:
            reading = _with(reading, found.loose)


def _all_tables(base: Census | None, touched: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Every table that would have rows after the import."""
    tables = {name: frame for name, frame in touched.items() if frame.height}
    if base is not None:
        for name in dictionary.tables():
            if name not in touched and base.has(name):
                tables[name] = pl.DataFrame(base.table(name))
    return tables


def _with(reading: Reading, rejections: Sequence[Rejection]) -> Reading:
    return changed(reading, rejections=(*reading.rejections, *rejections))
