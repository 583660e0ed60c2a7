"""Where the cells of a table stand that are told row by row, with what they span (HTML 5, 4.9.12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_SPAN = 1000
"""No cell spans more columns (the bound of HTML 5)."""


@dataclass(frozen=True)
class Told(Generic[T]):
    """A cell as a format tells it: what it holds, over how many rows and columns."""

    what: T
    down: int = 1
    across: int = 1


def placed(rows: Iterable[Iterable[Told[T]]]) -> Iterator[tuple[Told[T], int, int]]:
    """Each cell with its row and column, from 0; cells from above that reach down are stepped over."""
    taken: dict[int, int] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while taken.get(column, 0) > row:
                column += 1
            yield cell, row, column
            across = min(cell.across, MOST_SPAN)
            taken.update(dict.fromkeys(range(column, column + across), row + cell.down))
            column += across
