"""What stands outside the table that was recognised and looks like data: it is not read, and this is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from jiaoheng.census.readers.heading import Block, cell_text, is_numeric
from jiaoheng.census.workbook import Row, column_letters

_SHOWN = 8


def outside(rows: Sequence[Row], block: Block, data: Sequence[int]) -> tuple[str, ...]:
    """Chinese sentences on rows above the headings, and on columns that have none.

    Parameters
    ----------
    rows : all rows of the sheet.
    block : its headings.
    data : the positions of the rows that were read.
    """
    notes = []
    if above := [position for position in range(block.first) if _is_data(rows[position], block)]:
        shown = "、".join(str(position + 1) for position in above[:_SHOWN])
        more = f" 等 {len(above)}" if len(above) > _SHOWN else ""
        notes.append(f"第 {shown}{more} 行在表头之上，像是数据，未读。请把表头移到它们上面。")
    known = {path.column for path in block.paths}
    notes += bare_columns([rows[position] for position in data], known)
    return tuple(notes)


def bare_columns(rows: Sequence[Row], known: Collection[int]) -> tuple[str, ...]:
    """A Chinese sentence on the columns without a heading in which a row of data says something, if any.

    Parameters
    ----------
    rows : the rows of data.
    known : the columns that have a heading.
    """
    width = max(map(len, rows), default=0)
    bare = [
        column
        for column in range(width)
        if column not in known and any(column < len(row) and cell_text(row[column]) for row in rows)
    ]
    if not bare:
        return ()
    shown = "、".join(f"{column_letters(column)} 列" for column in bare[:_SHOWN])
    more = f" 等 {len(bare)} 列" if len(bare) > _SHOWN else ""
    return (f"没有表头、未读：{shown}{more}。请补上表头。",)


def _is_data(cells: Row, block: Block) -> bool:
    """Whether a row fills half of the table's columns, some of them with figures; a title does not."""
    filled = [
        cells[path.column]
        for path in block.paths
        if path.column < len(cells) and cell_text(cells[path.column])
    ]
    return 2 * len(filled) >= max(6, len(block.paths)) and any(map(is_numeric, filled))


__all__ = ["bare_columns", "outside"]
