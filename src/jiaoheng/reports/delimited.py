"""A table as CSV, for programs: UTF-8 with the mark by which Excel knows it."""

from __future__ import annotations

import csv
import io

from jiaoheng.reports.blocks import Document, Grid
from jiaoheng.reports.tables import Cell, Table

# What a spreadsheet program would compute when it opens the file.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(document: Document) -> bytes:
    """The first table of ``document`` as CSV; captions, notes and all other tables have no place in it.

    Numbers stand unrounded and without separators. What is missing stands in words. A text that a spreadsheet
    program would take for a formula gets an apostrophe before it.

    Raises
    ------
    StopIteration
        The document has no table: a fault of the caller, never of the data.
    """
    made: Table = next(
        block.table for chapter in document.chapters for block in chapter.blocks if isinstance(block, Grid)
    )
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(
        _plain(f"{column.head}（{column.unit}）" if column.unit else column.head) for column in made.columns
    )
    writer.writerows([_written(cell) for cell in row] for row in made.rows)
    return target.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    value = cell.number
    if value is None:
        return _plain(cell.text)
    return str(int(value)) if value == int(value) else repr(float(value))


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
