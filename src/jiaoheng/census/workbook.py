"""Opens any workbook or CSV that a bureau may send: sheets as lists of rows, and nothing else."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import python_calamine as calamine

from jiaoheng.census.formula_faults import formula_faults
from jiaoheng.errors import JiaohengError

Cell = int | float | str | bool | date | datetime | time | timedelta | None
"""What a cell holds. A blank is an empty string or None."""

Row = Sequence[Cell]

Range = tuple[tuple[int, int], tuple[int, int]]
"""A range of cells: (first row, first column), (last row, last column), all from 0, ends included."""

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
TEXTS = (".csv", ".tsv", ".txt")


class FileError(JiaohengError):
    """A file cannot be opened or read. The message names the file and what to do."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a book. A CSV is a book of one sheet whose name is empty.

    The rows are read when they are first asked for, so that opening a large book costs nothing.
    """

    name: str
    hidden: bool
    load_rows: Callable[[], Sequence[Row]] = field(repr=False, compare=False)
    load_merges: Callable[[], list[Range]] = field(repr=False, compare=False)

    @cached_property
    def rows(self) -> Sequence[Row]:
        """All rows; ``rows[0][0]`` is cell A1, so row numbers are those that a user sees, less one."""
        return self.load_rows()

    @cached_property
    def merges(self) -> list[Range]:
        """The merged ranges; only .xlsx and .xls tell them, elsewhere the list is empty."""
        return self.load_merges()


@dataclass(frozen=True)
class Book:
    """A file that was opened: its name without the path, its SHA-256 in hex, and its sheets."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that a user sees."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_book(path: Path | str) -> Book:
    """Open a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods, .et) or a text table (.csv, .tsv, .txt).

    Text may be UTF-8 (with or without a mark) or GB 18030; comma, tab or semicolon part the columns.

    Raises
    ------
    FileError
        The file is missing, damaged, locked with a password, or of another kind.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in WORKBOOKS + TEXTS:
        raise FileError(
            f"{path.name}：不支持的文件类型“{suffix or '无扩展名'}”。请另存为 .xlsx 或 .csv 再导入。"
        )
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileError(f"{path.name}：找不到文件。请检查路径 {path}。") from None
    except OSError as error:
        raise FileError(
            f"{path.name}：无法读取（{error.strerror}）。请检查文件是否被占用、有无权限。"
        ) from None
    if not content:
        raise FileError(f"{path.name}：文件是空的。请重新导出。")
    digest = hashlib.sha256(content).hexdigest()
    sheets = _text_sheets(path.name, content) if suffix in TEXTS else _sheets(path.name, content)
    return Book(file=path.name, sha256=digest, sheets=sheets)


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheets(file: str, content: bytes) -> tuple[Sheet, ...]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise FileError(f"{file}：文件有密码。请在 Excel 中去掉密码后再导入。") from None
    except Exception:
        raise FileError(f"{file}：文件已损坏，或扩展名与内容不符。请用 Excel 打开并另存为 .xlsx。") from None
    sheets = [
        _lazy_sheet(file, content, book, metadata) for metadata in book.sheets_metadata if _is_table(metadata)
    ]
    if not sheets:
        raise FileError(f"{file}：文件中没有工作表。请检查导出的内容。")
    return tuple(sheets)


def _is_table(metadata: calamine.SheetMetadata) -> bool:
    return metadata.typ == calamine.SheetTypeEnum.WorkSheet


def _lazy_sheet(
    file: str, content: bytes, book: calamine.CalamineWorkbook, metadata: calamine.SheetMetadata
) -> Sheet:
    sheet = cache(lambda: book.get_sheet_by_name(metadata.name))

    def rows() -> Sequence[Row]:
        try:
            return _with_faults(sheet().to_python(skip_empty_area=False), content, metadata.name)
        except Exception:
            raise FileError(
                f"{file} › {metadata.name}：工作表已损坏，无法读取。请用 Excel 打开并另存为 .xlsx。"
            ) from None

    def merges() -> list[Range]:
        try:
            return sheet().merged_cell_ranges or []
        except Exception:
            raise FileError(
                f"{file} › {metadata.name}：工作表已损坏，无法读取。请用 Excel 打开并另存为 .xlsx。"
            ) from None

    return Sheet(
        name=metadata.name,
        hidden=metadata.visible != calamine.SheetVisibleEnum.Visible,
        load_rows=rows,
        load_merges=merges,
    )


def _with_faults(rows: Sequence[list[Any]], content: bytes, sheet: str) -> Sequence[Row]:
    """The rows, with formulas that failed in place of the blanks that they were read as."""
    for (row, column), said in formula_faults(content, sheet).items():
        if row < len(rows) and column < len(rows[row]) and rows[row][column] in ("", None):
            rows[row][column] = said
    return rows


def _text_sheets(file: str, content: bytes) -> tuple[Sheet, ...]:
    text = _decode(file, content)
    rows: Sequence[Row] = [
        list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    ]
    return (Sheet(name="", hidden=False, load_rows=lambda: rows, load_merges=list),)


def _decode(file: str, content: bytes) -> str:
    encodings: tuple[str, ...] = ("utf-8-sig", "gb18030")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileError(f"{file}：不是文本文件，或编码既不是 UTF-8 也不是 GB 18030。请另存为“CSV UTF-8”。")


def _delimiter(text: str) -> str:
    """The separator that occurs most in the first lines, outside quotation marks."""
    head = "\n".join(text.splitlines()[:20])
    unquoted = "".join(head.split('"')[::2])
    return max(",\t;", key=unquoted.count)
