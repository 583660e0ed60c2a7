"""The model in which books are damaged.

A `Draft` is a book that has not been written yet. Each of its spots (cells) knows what may come of it: the
values that a reading may store for it, `REFUSED` among them where the row must or may be refused.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

from jiaoheng.census import dictionary
from jiaoheng.census.dictionary import Column

REFUSED = "refused"
"""Stands among what may come of a spot: the row is refused with a message."""

Rng = Random
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass
class Head:
    """A column of a page: the dictionary column that it feeds (empty for none), and its unit's size."""

    target: str = ""
    factor: float = 1.0

    @property
    def column(self) -> Column:
        """The dictionary's column."""
        table, _, name = self.target.partition(".")
        return dictionary.table(table)[name]


@dataclass
class Spot:
    """A cell. ``may``: what a reading may store; None where it may store whatever the cell now says."""

    value: object = None
    may: frozenset[object] | None = frozenset({None})


@dataclass
class Line:
    """A row. ``tag`` names a row of data; it is empty for titles, headings, totals and notes."""

    spots: list[Spot]
    tag: str = ""
    role: str = "data"

    @property
    def touched(self) -> bool:
        """Whether a cell may read otherwise than it did."""
        return any(spot.may is None or len(spot.may) != 1 or REFUSED in spot.may for spot in self.spots)


@dataclass
class Page:
    """A sheet: its lines, the heads of its columns, its merged cells, what is hidden."""

    name: str
    lines: list[Line]
    heads: list[Head]
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    @property
    def data(self) -> list[int]:
        """The positions of the rows of data."""
        return [number for number, line in enumerate(self.lines) if line.tag]

    @property
    def head_rows(self) -> list[int]:
        """The positions of the rows of headings."""
        return [number for number, line in enumerate(self.lines) if line.role == "heading"]

    @property
    def fed(self) -> list[int]:
        """The columns that feed the dictionary."""
        return [number for number, head in enumerate(self.heads) if head.target]

    def headings(self, column: int) -> list[str]:
        """The headings above a column, outermost first, without those that merged cells lend it."""
        rows = (self.lines[number].spots for number in self.head_rows)
        return [str(spots[column].value) for spots in rows if column < len(spots) and spots[column].value]


def copied(pages: list[Page]) -> list[Page]:
    """Pages that can be damaged without harm to these: much quicker than a deep copy."""
    return [
        replace(
            page,
            lines=[
                replace(line, spots=[Spot(spot.value, spot.may) for spot in line.spots])
                for line in page.lines
            ],
            heads=[Head(head.target, head.factor) for head in page.heads],
            merges=[*page.merges],
            hidden_rows={*page.hidden_rows},
            hidden_columns={*page.hidden_columns},
        )
        for page in pages
    ]


@dataclass
class Draft:
    """A book to be damaged and written.

    Attributes
    ----------
    kind : what it is.
    file : its name without the extension.
    suffix : the extension that it gets.
    form : how it is written: xlsx, xls, csv or html.
    mapping : whether it is read with a mapping file.
    harmless : whether every damage so far leaves nothing to refuse.
    opaque : whether nobody can say any more what its cells hold.
    rivals : the tags of rows that contradict each other, and the cell of the second that does: not both may
    be stored, unless its column is not read.
    damages : the names of what was done to it.
    finish : what is done to the bytes after writing.
    """

    kind: str
    file: str
    pages: list[Page]
    suffix: str = ".xlsx"
    form: str = "xlsx"
    encoding: str = "utf-8-sig"
    mapping: bool = False
    harmless: bool = True
    opaque: bool = False
    rivals: list[tuple[str, str, Spot]] = field(default_factory=list)
    damages: list[str] = field(default_factory=list)
    finish: list[Callable[[bytes], bytes]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file + self.suffix

    @property
    def written(self) -> list[Page]:
        """The pages that the form can hold."""
        return self.pages[:1] if self.form in ("csv", "html") else self.pages

    def main(self, rng: Rng) -> Page:
        """One of the pages that hold data."""
        return rng.choice([page for page in self.pages if page.data] or self.pages)


def opened(write: Callable[[Path], object]) -> list[Page]:
    """The pages of a workbook that a writer of the project has made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write(path)
        book = openpyxl.load_workbook(path)
    return [_page(sheet) for sheet in book.worksheets]


def _page(sheet: Any) -> Page:
    lines = [Line([Spot(cell) for cell in row], role="other") for row in sheet.iter_rows(values_only=True)]
    merges = [
        (each.min_row - 1, each.min_col - 1, each.max_row - 1, each.max_col - 1)
        for each in sheet.merged_cells.ranges
    ]
    return Page(sheet.title, lines, [], sorted(merges), hidden=sheet.sheet_state != "visible")
