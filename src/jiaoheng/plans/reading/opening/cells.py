"""Decides whether a table is one, or only holds other things in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.opening.blocks import Block, Grid, GridCell, Line

_LONG = 2000
"""No cell of a table of figures or tasks holds as many characters and most of the table's words."""
MOST_PLACES = 500_000
"""A table of more rows times columns is none: nobody prints it."""


@dataclass(frozen=True)
class BlockCell:
    """A cell with all that stands in it, at its place from 0."""

    row: int
    column: int
    blocks: tuple[Block, ...]
    row_span: int = 1
    column_span: int = 1

    @property
    def words(self) -> str:
        return "\n".join(filter(None, map(_words, self.blocks)))


def table(cells: Sequence[BlockCell]) -> list[Block]:
    """The cells as a `Grid`; where the table is mere layout, what stands in them, one after the other."""
    if _is_layout(cells):
        return [block for cell in cells for block in cell.blocks]
    return [
        Grid(
            tuple(
                GridCell(cell.row, cell.column, cell.words, cell.row_span, cell.column_span) for cell in cells
            )
        )
    ]


def _is_layout(cells: Sequence[BlockCell]) -> bool:
    """Whether it is a frame or a page: one column, most words in one cell, or mainly tables in a table."""
    height = max(cell.row + cell.row_span for cell in cells)
    if height * max(cell.column + cell.column_span for cell in cells) > MOST_PLACES:
        return True
    lengths = [len(cell.words) for cell in cells]
    if len({cell.column for cell, length in zip(cells, lengths, strict=True) if length}) < 2:
        return True
    if max(lengths) > max(_LONG, sum(lengths) / 2):
        return True
    inner = sum(len(_words(block)) for cell in cells for block in cell.blocks if isinstance(block, Grid))
    return inner > sum(lengths) / 2


def _words(block: Block) -> str:
    match block:
        case Line(words):
            return words.strip()
        case Grid(cells):
            return "\t".join(cell.words for cell in cells).strip()
    return ""
