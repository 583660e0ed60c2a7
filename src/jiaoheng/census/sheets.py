"""What an opened file is: a book of sheets, each with its rows as lists of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from jiaoheng.errors import JiaohengError

Cell = int | float | str | bool | date | datetime | time | timedelta | None
"""What a cell holds. A blank is an empty string or None."""

Row = Sequence[Cell]

Range = tuple[tuple[int, int], tuple[int, int]]
"""A range of cells: (first row, first column), (last row, last column), all from 0, ends included."""


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
    load_remarks: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def rows(self) -> Sequence[Row]:
        """All rows; ``rows[0][0]`` is cell A1, so row numbers are those that a user sees, less one."""
        return self.load_rows()

    @cached_property
    def merges(self) -> list[Range]:
        """The merged ranges; where a file does not tell them (.csv, .ods, .xlsb) the list is empty."""
        return self.load_merges()

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """What a user should know of the sheet, in Chinese: rows that are hidden or filtered out, say."""
        return self.load_remarks()


@dataclass(frozen=True)
class Book:
    """A file that was opened: its name without the path, its SHA-256 in hex, its sheets, and remarks."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that a user sees."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def notes(self, read: Sequence[Sheet]) -> list[str]:
        """The remarks on the file and on the sheets that were read, as notes that say where."""
        said = [f"{self.file}：{remark}。" for remark in self.remarks]
        for sheet in read:
            where = f"{self.file} › {sheet.name}" if sheet.name else self.file
            said += [f"{where}：{remark}。" for remark in sheet.remarks]
        return said


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
