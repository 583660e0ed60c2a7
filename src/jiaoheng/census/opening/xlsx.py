"""Reads .xlsx and .xlsm: the parts are looked over first, then the workbook library reads them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import python_calamine as calamine

from jiaoheng.census.opening.package import Package, damaged
from jiaoheng.census.opening.survey import Strings, Survey, survey_sheet, survey_strings
from jiaoheng.census.sheets import Range, Row, Sheet, column_letters

_SHOWN = 8

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


@dataclass(frozen=True)
class _Content:
    rows: Sequence[Row]
    merges: list[Range]
    remarks: tuple[str, ...]


def _lazy_sheet(
    package: Package,
    book: calamine.CalamineWorkbook,
    metadata: calamine.SheetMetadata,
    part: str,
    strings: Strings,
) -> Sheet:
    name = metadata.name

    @cache
    def content() -> _Content:
        if not part or part not in package:
            raise damaged(package.file, name)
        survey = survey_sheet(package, part, name, strings)
        sheet = guarded(lambda: book.get_sheet_by_name(name), package.file, name)
        rows = guarded(lambda: sheet.to_python(skip_empty_area=False), package.file, name)
        _put_faults(rows, survey)
        _drop_blank_end(rows)
        merges = guarded(lambda: sheet.merged_cell_ranges or [], package.file, name)
        return _Content(rows, merges, _remarks(rows, survey))

    return Sheet(
        name=name,
        hidden=metadata.visible != calamine.SheetVisibleEnum.Visible,
        load_rows=lambda: content().rows,
        load_merges=lambda: content().merges,
        load_remarks=lambda: content().remarks,
    )


def _drop_blank_end(rows: list[list[Any]]) -> None:
    """Take off the rows after the last that holds more than spaces: one space at the end makes a million."""
    while rows and (rows[-1].count("") == len(rows[-1]) or not any(map(_says_something, rows[-1]))):
        rows.pop()


def _says_something(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _put_faults(rows: list[list[Any]], survey: Survey) -> None:
    """Put formulas that failed in place of the blanks that they were read as, or beyond the last cell."""
    for (row, column), said in survey.faults.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        if rows[row][column] in ("", None):
            rows[row][column] = said


def _remarks(rows: Sequence[Row], survey: Survey) -> tuple[str, ...]:
    """What is hidden and was read all the same."""
    said = []
    lines = sorted(
        row for row in survey.hidden_rows if row < len(rows) and any(map(_says_something, rows[row]))
    )
    if lines:
        why = "隐藏或被筛选掉" if survey.filtered else "隐藏"
        said.append(f"第 {_listed([str(row + 1) for row in lines])} 行{why}，已照常读入")
    width = max(map(len, rows), default=0)
    columns = [
        column
        for column in sorted(survey.hidden_columns)
        if column < width and any(column < len(row) and _says_something(row[column]) for row in rows)
    ]
    if columns:
        said.append(f"{_listed([column_letters(column) for column in columns])} 列隐藏，已照常读入")
    return tuple(said)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + (f" 等 {len(names)}" if len(names) > _SHOWN else "")
