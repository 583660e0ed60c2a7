"""Reads text tables: encoding and separator are found out, and a stray quotation mark loses no row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import chain

from jiaoheng.census.opening.encoding import EncodingError, decoded
from jiaoheng.census.opening.survey import MOST_CELLS
from jiaoheng.census.sheets import FileError, Row

MOST_TEXT = 128 * 2**20
"""The largest text table in bytes: as rows in memory it takes about eight times as much."""

_DELIMITERS = ",\t;"
_END = "\x1f\x1e\x1f"


def read_text(
    file: str, content: bytes, *, encoding: str | None = None, delimiter: str | None = None
) -> list[Row]:
    """The rows of a text table.

    Parameters
    ----------
    file : its name, for messages.
    content : UTF-8 (with or without a mark), UTF-16 with a mark, or GB 18030, unless `encoding` is given.
    encoding, delimiter : where they are known; else they are found out.

    Raises
    ------
    FileError
        The bytes are no text, a quotation mark is left open, or a cell or the whole is too large.
    UnicodeDecodeError, LookupError
        The text is not in the `encoding` that was given, or nobody knows that one.
    """
    if len(content) > MOST_TEXT:
        raise FileError(
            f"{file}：文本表格超过 {MOST_TEXT // 2**20} MB。请拆成几个文件，或另存为 .xlsx 再导入。"
        )
    text = content.decode(encoding) if encoding else decode(file, content)
    separator = delimiter or _delimiter(text)
    if text.count(separator) + text.count("\n") > MOST_CELLS:
        raise FileError(f"{file}：超过 {MOST_CELLS // 10_000} 万格。请拆成几个文件再导入。")
    return _rows(file, text, separator)


def decode(file: str, content: bytes) -> str:
    """The text of a file in one of the usual encodings.

    Raises
    ------
    FileError
        It is in none of them, or damaged.
    """
    try:
        return decoded(content)
    except EncodingError as error:
        if error.line:
            raise FileError(
                f"{file}：第 {error.line} 行有损坏的字符，文件可能不完整。"
                "请从原系统重新导出，或用 Excel 另存为“CSV UTF-8”。"
            ) from None
        raise FileError(
            f"{file}：不是文本文件，或编码既不是 UTF-8 也不是 GB 18030。请另存为“CSV UTF-8”。"
        ) from None


def _delimiter(text: str) -> str:
    """The separator that occurs most in the first lines, outside quotation marks."""
    head = "\n".join(text[:65536].splitlines()[:20])
    unquoted = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=unquoted.count)


def _rows(file: str, text: str, separator: str) -> list[Row]:
    # The last line is ours: where a quotation mark is left open it does not come back as a row.
    reader = csv.reader(chain(io.StringIO(text, newline=""), [_END]), delimiter=separator)
    rows: list[Row] = []
    started = 1
    try:
        for row in reader:
            rows.append(row)
            if any("\n" in cell and _holds_rows(cell, separator, len(rows[0])) for cell in row):
                raise _open_quotation(file, started)
            started = reader.line_num + 1
    except csv.Error:
        raise _open_quotation(file, started) from None
    if list(rows.pop()) != [_END]:
        raise _open_quotation(file, started if not rows else _last_start(rows))
    return rows


def _last_start(rows: Sequence[Row]) -> int:
    return sum(1 + sum(str(cell).count("\n") for cell in row) for row in rows) + 1


def _holds_rows(cell: str, separator: str, width: int) -> bool:
    """Whether a cell of several lines is rather several rows between two stray quotation marks."""
    return width > 3 and any(line.count(separator) >= width // 2 for line in cell.splitlines())


def _open_quotation(file: str, line: int) -> FileError:
    return FileError(
        f"{file}：第 {line} 行有多余的引号或过长的单元格，其后各行会并成一格，未读取。"
        "请删去该行多余的引号，或用 Excel 打开并另存为 .xlsx。"
    )
