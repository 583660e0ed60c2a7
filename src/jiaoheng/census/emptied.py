"""Says which stored values an import takes away: a blank means unknown, and may have been a slip."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.census.snapshot import Census

_SHOWN = 3


def notes(base: Census | None, tables: Mapping[str, pl.DataFrame]) -> list[str]:
    """One sentence a table whose known values were overwritten with blanks.

    Parameters
    ----------
    base : the snapshot before; None for the first of a year.
    tables : the tables that the import touched, as they are after it.
    """
    if base is None:
        return []
    said = (_note(base, name, after) for name, after in tables.items() if base.has(name))
    return [note for note in said if note]


def _note(base: Census, name: str, after: pl.DataFrame) -> str:
    table = dictionary.table(name)
    before = pl.from_arrow(base.table(name))
    assert isinstance(before, pl.DataFrame)
    columns = [column for column in before.columns if column not in table.key and column in after.columns]
    if not columns:
        return ""
    both = before.join(after, on=list(table.key), how="inner", suffix="_after")
    gone = {
        column: lost
        for column in columns
        if (lost := both.filter(pl.col(column).is_not_null() & pl.col(f"{column}_after").is_null())).height
    }
    if not gone:
        return ""
    total = sum(lost.height for lost in gone.values())
    shown = []
    for column, lost in list(gone.items())[:_SHOWN]:
        # A key of a table of persons names a person, if only by a hash.
        rows = "" if table.of_persons else "、".join(str(key) for key in lost[table.key[0]].head(_SHOWN))
        shown.append(f"「{table[column].zh}」{lost.height} 个" + (f"（{rows}）" if rows else ""))
    more = "等" if len(gone) > _SHOWN else ""
    return (
        f"{table.zh}：有 {total} 个原有的值被改为空白：{'，'.join(shown)}{more}。"
        "空白表示不知道；如非本意，请补填后重新导入。"
    )
