"""Reads .xls, .et, .xlsb and .ods; run by `apart` in a process of its own: imports nothing of Jiaoheng."""

from __future__ import annotations

import io
from typing import Any

import python_calamine as calamine


def read(content: bytes) -> list[tuple[str, bool, list[list[Any]] | None, list[Any]]]:
    """Name, whether hidden, rows (None where they are damaged) and merged ranges of every sheet."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [
        (each.name, each.visible != calamine.SheetVisibleEnum.Visible, *_content(book, each.name))
        for each in book.sheets_metadata
        if each.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _content(book: calamine.CalamineWorkbook, name: str) -> tuple[list[list[Any]] | None, list[Any]]:
    try:
        sheet = book.get_sheet_by_name(name)
        return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except BaseException:  # a panic of the library is no Exception
        return None, []
