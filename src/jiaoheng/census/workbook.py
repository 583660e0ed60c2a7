"""Opens any workbook or text table that a bureau may send: sheets as lists of rows, and nothing else."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jiaoheng.census.opening.binary import binary_sheets
from jiaoheng.census.opening.kinds import Kind, is_unusual, kind_of
from jiaoheng.census.opening.markup import html_sheets, spreadsheet_xml_sheets
from jiaoheng.census.opening.package import Package
from jiaoheng.census.opening.text import read_text
from jiaoheng.census.opening.xlsx import macros_in, xlsx_sheets
from jiaoheng.census.personal import without_numbers
from jiaoheng.census.sheets import Book, Cell, FileError, Range, Row, Sheet, column_letters

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".htm", ".html", ".xml")
TEXTS = (".csv", ".tsv", ".txt")

MOST_BYTES = 256 * 2**20
"""The largest file that is opened."""

_MACROS_OF_XLS = "_VBA_PROJECT_CUR".encode("utf-16-le")


def open_book(path: Path | str, *, encoding: str | None = None, delimiter: str | None = None) -> Book:
    """Open a workbook, a text table, or a web page or XML that is called .xls.

    What the file is, is told from its content. A .csv may be UTF-8 (with or without a mark), UTF-16 with a
    mark, or GB 18030; comma, tab or semicolon part the columns. Nothing in a file is ever run or fetched.

    Parameters
    ----------
    path : the file.
    encoding, delimiter : those of a text table, where they are known; else they are found out.

    Raises
    ------
    FileError
        The file is missing, damaged, locked with a password, beyond the limits, or holds no table.
    UnicodeDecodeError, LookupError
        Only with `encoding`: the text is in another one, or nobody knows that one.
    """
    path = Path(path)
    file, suffix = _file(path), path.suffix.lower()
    if suffix not in WORKBOOKS + TEXTS:
        raise FileError(f"{file}：不支持的文件类型“{suffix or '无扩展名'}”。请另存为 .xlsx 或 .csv 再导入。")
    if path.name.startswith("~$"):
        raise FileError(
            f"{path.name}：这是 Office 打开文件时留下的临时文件，不是数据。请保存并关闭 Excel，再导入。"
        )
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    kind = kind_of(file, suffix, content)
    remarks = []
    if is_unusual(suffix, kind):
        remarks.append(f"扩展名是 {suffix}，内容是{kind.value}，已按内容读取")
    if kind is Kind.XLSX:
        package = Package(file, content)
        sheets = xlsx_sheets(package, content)
        macros = macros_in(package)
    elif kind is Kind.TEXT:
        rows = read_text(file, content, encoding=encoding, delimiter=delimiter)
        sheets, macros = (Sheet("", False, lambda: rows, list),), False
    elif kind in (Kind.HTML, Kind.SPREADSHEET_XML):
        read = html_sheets if kind is Kind.HTML else spreadsheet_xml_sheets
        sheets, macros = read(file, content), False
    else:
        sheets, macros = binary_sheets(file, content), _MACROS_OF_XLS in content
    if not sheets:
        raise FileError(f"{file}：文件中没有工作表。请检查导出的内容。")
    if macros:
        remarks.append("文件带有宏，宏没有运行，只读取了单元格")
    return Book(file, digest, _without_numbers(sheets), tuple(remarks))


def _file(path: Path) -> str:
    """The file's name as it may be told and kept."""
    return without_numbers(path.name)


def _without_numbers(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets, whose names may be told and kept; where a number was hidden, its place tells them apart."""
    names = [without_numbers(sheet.name) for sheet in sheets]
    return tuple(
        sheet if sheet.name == name else replace(sheet, name=f"{name}（第 {place} 张）")
        for place, (sheet, name) in enumerate(zip(sheets, names, strict=True), start=1)
    )


def _content(path: Path) -> bytes:
    """The bytes of a regular file that nobody changes meanwhile."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise FileError(f"{_file(path)}：找不到文件。请检查路径 {path.with_name(_file(path))}。") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    try:
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise FileError(f"{_file(path)}：不是文件（是文件夹或设备）。请给出 .xlsx 或 .csv 文件。")
            if before.st_size > MOST_BYTES:
                most = MOST_BYTES // 2**20
                raise FileError(f"{_file(path)}：文件超过上限 {most} MB。请拆成几个文件再导入。")
            content = file.read(MOST_BYTES + 1)
            after = os.fstat(descriptor)
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(content) != before.st_size or (before.st_size, before.st_mtime_ns) != (
        after.st_size,
        after.st_mtime_ns,
    ):
        raise FileError(f"{_file(path)}：读取时文件正在被改动。请保存并关闭它，再导入。")
    if not content:
        raise FileError(f"{_file(path)}：文件是空的。请重新导出。")
    return content


def _unreadable(path: Path, error: OSError | ValueError) -> FileError:
    if path.is_dir():
        return FileError(f"{_file(path)}：是文件夹，不是文件。请给出其中的 .xlsx 或 .csv 文件。")
    why = getattr(error, "strerror", None) or "路径无效"
    return FileError(f"{_file(path)}：无法读取（{why}）。请检查文件是否被占用、有无权限。")


__all__ = [
    "TEXTS",
    "WORKBOOKS",
    "Book",
    "Cell",
    "FileError",
    "Range",
    "Row",
    "Sheet",
    "column_letters",
    "open_book",
]
