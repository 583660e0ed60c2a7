"""Reads .xls, .et, .xlsb and .ods in a process of their own, whose memory and time are limited.

The workbook library believes what these formats declare about themselves, and ends the whole process when it
cannot get the memory that a damaged file asks for. Only the process of its own ends here. This file is also
that process: it is run by its path and imports nothing of Jiaoheng.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from typing import Any

import python_calamine as calamine

_MOST_MEMORY = 900 * 2**20
_MOST_SECONDS = 60

_DAMAGED = 4


class UnreadableError(Exception):
    """The file is damaged, or asks for more memory or time than there is."""


def read_apart(content: bytes) -> list[tuple[str, bool, list[list[Any]] | None, list[Any]]]:
    """Name, whether hidden, rows (None where they are damaged) and merged ranges of every sheet.

    Raises
    ------
    UnreadableError
        The file is damaged, or asks for more memory or time than there is.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", __file__],
            input=content,
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no black window on Windows
            # A trace of the library's calls would be made in the memory that has run out.
            env={**os.environ, "RUST_BACKTRACE": "0"},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError from None
    if done.returncode:
        raise UnreadableError
    found: list[tuple[str, bool, list[list[Any]] | None, list[Any]]] = pickle.loads(done.stdout)
    return found


def main() -> int:
    """The process of its own: a workbook on standard input, its sheets on standard output."""
    _limit_memory()
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    except BaseException:  # a panic of the library is no Exception
        return _DAMAGED
    sheets = [
        (each.name, each.visible != calamine.SheetVisibleEnum.Visible, *_content(book, each.name))
        for each in book.sheets_metadata
        if each.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    pickle.dump(sheets, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    return 0


def _content(book: calamine.CalamineWorkbook, name: str) -> tuple[list[list[Any]] | None, list[Any]]:
    try:
        sheet = book.get_sheet_by_name(name)
        return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except BaseException:
        return None, []


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: an absurd request fails there by itself
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
