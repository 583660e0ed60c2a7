"""A table as understood: rows of cells, each with its words and its places in the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.source import Span


@dataclass(frozen=True)
class Cell:
    """A cell.

    Attributes
    ----------
    text : its plain words in one line (see `Flow.text`); empty where nothing is printed.
    pieces : where they stand; more than one where a page broke the cell.
    printed : its words as printed, in one line (see `Flow.printed`).
    """

    text: str
    pieces: tuple[Span, ...] = ()
    printed: str = ""

    @property
    def span(self) -> Span | None:
        """From the first to the last character; None for an empty cell."""
        return Span(self.pieces[0].start, self.pieces[-1].end) if self.pieces else None


@dataclass(frozen=True)
class Table:
    """A table whose head was read once and whose pages were joined.

    Attributes
    ----------
    title : the caption as printed, without ``表1``; empty where there is none. `title_span` is its place.
    span : from the caption (or the first cell) to the last cell.
    columns : the names of the columns; of a head in several rows ``outer › inner``.
    rows : the rows of the body, each as long as `columns`; merged cells repeat what they hold.
    sure : 0 to 1, how sure the reader is of the structure.
    unit : what the caption says of all values (``单位：人``); empty where it says nothing.
    """

    title: str
    title_span: Span | None
    span: Span
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sure: float = 1.0
    unit: str = ""


def heading(row: Sequence[Cell]) -> Cell | None:
    """The cell of a row that is one heading across all columns (学前教育 above its rows); None for others."""
    first = row[0]
    return first if first.text and all(cell == first for cell in row[1:]) and len(row) > 1 else None
