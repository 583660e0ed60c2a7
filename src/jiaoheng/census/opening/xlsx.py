"""Reads .xlsx and .xlsm: the parts are looked over first, then the workbook library reads them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TypeVar

import python_calamine as calamine

from jiaoheng.census.opening.content import Content, content_of, sheet_of
from jiaoheng.census.opening.package import Package, damaged
from jiaoheng.census.opening.survey import Strings, survey_sheet, survey_strings
from jiaoheng.census.sheets import Sheet

T = TypeVar("T")


def xlsx_sheets(package: Package, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook; their rows are read when they are asked for.

    Raises
    ------
    FileError
        The workbook is damaged, or beyond the limits.
    """
    strings = survey_strings(package)
    parts = package.sheets()
    package.part("xl/styles.xml")
    book = guarded(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)), package.file)
    metadata = book.sheets_metadata
    if len(metadata) != len(parts):
        raise damaged(package.file)
    return tuple(
        _lazy_sheet(package, book, each, part, strings)
        for each, (_, part) in zip(metadata, parts, strict=True)
        if each.typ == calamine.SheetTypeEnum.WorkSheet
    )


def macros_in(package: Package) -> bool:
    """Whether the workbook carries macros, which are never run."""
    return "xl/vbaProject.bin" in package


def guarded(read: Callable[[], T], file: str, sheet: str = "") -> T:
    """What the workbook library gives; whatever it raises means that the file is damaged."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a panic of the library is no Exception
        raise damaged(file, sheet) from None


def _lazy_sheet(
    package: Package,
    book: calamine.CalamineWorkbook,
    metadata: calamine.SheetMetadata,
    part: str,
    strings: Strings,
) -> Sheet:
    name = metadata.name

    def load() -> Content:
        if not part or part not in package:
            raise damaged(package.file, name)
        survey = survey_sheet(package, part, name, strings)
        sheet = guarded(lambda: book.get_sheet_by_name(name), package.file, name)
        rows = guarded(lambda: sheet.to_python(skip_empty_area=False), package.file, name)
        merges = guarded(lambda: sheet.merged_cell_ranges or [], package.file, name)
        return content_of(rows, merges, survey)

    return sheet_of(name, metadata.visible != calamine.SheetVisibleEnum.Visible, load)
