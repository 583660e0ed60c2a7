"""Tables as data: captions, heads with units, and cells that know how they sort."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jiaoheng.disclosure import MARK
from jiaoheng.reports.figures import Figure
from jiaoheng.reports.numbers import MISSING, NOT_APPLICABLE, shown

_MARKED = f"“{MARK}”：人数少，为保护个人信息不公布；由合计可以推算出它的其他数也不公布。"


@dataclass(frozen=True)
class Column:
    """A column's head. ``unit`` stands in the head, once, and not in every cell."""

    head: str
    unit: str = ""
    kind: Literal["numeric", "words", "code"] = "numeric"


@dataclass(frozen=True)
class Cell:
    """What a cell shows and what it sorts by (None sorts last, whichever way the table is turned).

    ``status`` names the mark that stands before the words; ``href`` is an anchor in the report;
    ``title`` is what more there is to know (why a value is missing). ``digits`` are the places that a number
    is shown with, None for words; ``sign`` says that a rise carries its plus.

    ``fill`` shades the cell on paper, as official forms ask for values that fall short.

    ``formula`` says, to a reader who wants to check a sum or a ratio, how the number follows from others of
    the table: an Excel formula in which ``{2}`` is the cell of the same row in that column (from 0), and
    ``{above}`` all rows above it.
    """

    text: str
    sort: float | str | None = None
    status: str = ""
    href: str = ""
    title: str = ""
    digits: int | None = None
    sign: bool = False
    formula: str = ""
    fill: Literal["", "light", "dark"] = ""

    @property
    def missing(self) -> bool:
        return self.text in (MISSING, NOT_APPLICABLE, MARK)

    @property
    def number(self) -> float | None:
        """The unrounded number that the cell shows; None where it shows words."""
        if self.digits is None or not isinstance(self.sort, int | float) or not math.isfinite(self.sort):
            return None
        return self.sort


@dataclass(frozen=True)
class Table:
    """A table with everything that must be said about it. The first column names the row.

    ``compact`` sets it closer, so that more columns stand side by side. ``total`` says that the last row
    stands for all the others: it stays at the foot whichever way the rows are turned. Cells that say the same
    one beneath the other are one cell in the first ``joined`` columns; those rows are not turned. ``broad``
    sets it across the page, though it would fit upright.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""
    note: str = ""
    sortable: bool = True
    compact: bool = False
    total: bool = False
    joined: int = 0
    broad: bool = False

    def spans(self, place: int) -> tuple[int, ...]:
        """How many rows the cell of each row covers in a column: 0 where one above covers it."""
        if place >= self.joined:
            return (1,) * len(self.rows)
        found: list[int] = []
        begun = 0
        for number, row in enumerate(self.rows):
            words = [cell.text for cell in row[: place + 1]]
            if number and words == [cell.text for cell in self.rows[number - 1][: place + 1]]:
                found[begun] += 1
                found.append(0)
            else:
                begun = number
                found.append(1)
        return tuple(found)


def text(words: str | None, *, href: str = "", sort: float | str | None = None) -> Cell:
    """A cell of words; nothing to say is said plainly."""
    shown_words = words or MISSING
    return Cell(shown_words, (words or None) if sort is None else sort, href=href)


def number(
    value: float | None, digits: int = 0, *, sign: bool = False, title: str = "", formula: str = ""
) -> Cell:
    """A cell that shows a number rounded and sorts by the number itself."""
    return Cell(
        shown(value, digits, sign=sign), value, title=title, digits=digits, sign=sign, formula=formula
    )


def of_figure(figure: Figure | None) -> Cell:
    """A cell for a figure; one that is not known carries its reason."""
    if figure is None:
        return Cell(MISSING)
    return Cell(figure.text, figure.value, title=figure.reason, digits=figure.measure.digits)


def summed(total: Cell, parts: Iterable[Cell], formula: str) -> Cell:
    """``total`` with ``formula``, if it is indeed the sum of ``parts``; else as it is.

    With an unknown part, or with schools that stand in none of the rows, it is not the sum of what is seen.
    A part that is not applicable has nothing to add.
    """
    counted = [part for part in parts if part.text != NOT_APPLICABLE]
    known = [part.number for part in counted if part.number is not None]
    if total.number is None or len(known) < len(counted) or not known:
        return total
    if not math.isclose(total.number, math.fsum(known), rel_tol=1e-12, abs_tol=1e-12):
        return total
    return replace(total, formula=formula)


def table(
    id: str,
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    source: str = "",
    note: str = "",
    sortable: bool = True,
    compact: bool = False,
    total: bool = False,
    joined: int = 0,
    broad: bool = False,
) -> Table:
    """A table whose rows all have a cell for every column.

    Raises
    ------
    ValueError
        A row is too short or too long: a fault of the caller, never of the data.
    """
    body = tuple(tuple(row) for row in rows)
    if any(len(row) != len(columns) for row in body):
        raise ValueError(f"表「{caption}」有一行的格数不等于列数{len(columns)}")
    if any(cell.text == MARK for row in body for cell in row):
        note = f"{note}{_MARKED}"
    sortable = sortable and not joined
    return Table(id, caption, tuple(columns), body, source, note, sortable, compact, total, joined, broad)
