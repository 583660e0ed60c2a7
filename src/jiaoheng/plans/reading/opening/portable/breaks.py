"""Puts together a table that pages cut: its repeated head once, its cut rows whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

_DEEPEST_HEAD = 4
_MOST = 0.8
_ENDS = ("。", "；", "！", "？")


@dataclass(frozen=True)
class Written:
    """A cell with its words; `full` where the last line leaves room for no other letter."""

    row: int
    column: int
    words: str
    full: bool
    row_span: int = 1
    column_span: int = 1

    @property
    def end(self) -> int:
        return self.row + self.row_span

    @property
    def runs_on(self) -> bool:
        """Whether its last line breaks off within a sentence."""
        return self.full and not self.words.endswith(_ENDS)


def continued(above: Sequence[Written], below: Sequence[Written]) -> list[Written]:
    """The cells of one table, of what stands on a page and what stands on the next in the same columns."""
    height = max(cell.end for cell in above)
    below = _without_head(above, below)
    if not below:
        return list(above)
    if not _is_cut(above, below, height):
        return [*above, *(replace(cell, row=cell.row + height) for cell in below)]
    joined = {(cell.column, cell.column_span): cell for cell in above if cell.end == height}
    rest: list[Written] = []
    for cell in below:
        upper = joined.get((cell.column, cell.column_span)) if cell.row == 0 else None
        if upper is None:
            rest.append(replace(cell, row=cell.row + height - 1))
            continue
        joined[cell.column, cell.column_span] = replace(
            upper,
            words=_together(upper, cell),
            full=cell.full if cell.words else upper.full,
            row_span=upper.row_span + cell.row_span - 1,
        )
    kept = [joined[cell.column, cell.column_span] if cell.end == height else cell for cell in above]
    return sorted([*kept, *rest], key=lambda cell: (cell.row, cell.column))


def _without_head(above: Sequence[Written], below: Sequence[Written]) -> list[Written]:
    """The cells below without the head, where it is printed again."""
    for depth in range(_DEEPEST_HEAD, 0, -1):
        head = _rows(above, depth)
        if head and head == _rows(below, depth):
            return [replace(cell, row=cell.row - depth) for cell in below if cell.row >= depth]
    return list(below)


def _rows(cells: Sequence[Written], depth: int) -> list[tuple[int, int, str]] | None:
    """The first rows, where no cell of them reaches further down."""
    first = [cell for cell in cells if cell.row < depth]
    if max((cell.end for cell in first), default=0) != depth:
        return None
    return [(cell.row, cell.column, "".join(cell.words.split())) for cell in first]


def _is_cut(above: Sequence[Written], below: Sequence[Written], height: int) -> bool:
    """Whether the page cut a row: a part leaves columns empty that other rows fill.

    These are half of such columns; or the first of them, and another one, or a cell plainly goes on: a single
    figure may be missing, and what is merged over rows of both pages is printed on one.
    """
    head = max((cell.end for cell in above if cell.row == 0), default=0)
    first = {cell.column: cell for cell in below if cell.row == 0}
    last = {cell.column: cell for cell in above if cell.end == height}
    both = sorted(first.keys() & last.keys())
    others = [cell for cell in above if cell.row >= head and cell.end < height]
    others += [cell for cell in below if cell.row > 0]
    filled = [column for column in both if _is_filled(others, column)]
    runs_on = any(last[column].runs_on and first[column].words for column in both)
    for part in (first, last):
        gaps = [column for column in filled if not part[column].words]
        if gaps and (2 * len(gaps) >= len(filled) or (gaps[0] == filled[0] and (runs_on or len(gaps) > 1))):
            return True
    return False


def _is_filled(others: Sequence[Written], column: int) -> bool:
    """Whether other rows fill the column, each by itself; so too where there is no other row."""
    here = [cell for cell in others if cell.column == column]
    single = sum(cell.row_span == 1 for cell in here)
    worded = sum(bool(cell.words) for cell in here)
    return not others or (2 * single > len(here) and worded >= _MOST * len(here))


def _together(upper: Written, lower: Written) -> str:
    if not upper.words or not lower.words:
        return upper.words or lower.words
    return upper.words + ("" if upper.full else "\n") + lower.words
