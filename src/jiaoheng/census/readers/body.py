"""Tells the rows of data under a heading from totals, remarks and blank lines, and holds the totals to the
data.

Nothing is dropped silently: what is passed over is named with its row number in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jiaoheng.census import values
from jiaoheng.census.dictionary import Column
from jiaoheng.census.readers.heading import cell_text
from jiaoheng.census.workbook import Row

_SENTENCE = re.compile(r"[。；;:：]|.{26,}|^续|\(续\)$|^第\d+页")
_GRAND = re.compile(r"(合计|总计|共计|汇总|全.*)")


@dataclass(frozen=True)
class Total:
    """A total row: its position in the sheet's rows, its label, whether it sums the whole sheet."""

    position: int
    label: str
    grand: bool


class Summed(NamedTuple):
    """A column that adds up: its place in the sheet, what it is, its heading, the factor to the base unit."""

    place: int
    column: Column
    heading: str
    factor: float


@dataclass(frozen=True)
class Body:
    """The rows under a heading, by their positions in the sheet's rows (from 0).

    Attributes
    ----------
    data : rows to read.
    totals : total rows, which are checked and not read.
    remarks : notes, signatures and the like.
    headings : what stands above the data, once more: the head of a printed page in mid-sheet.
    """

    data: tuple[int, ...]
    totals: tuple[Total, ...]
    remarks: tuple[int, ...]
    headings: tuple[int, ...] = ()

    def passed_over(self) -> str:
        """In Chinese, which rows are not data; empty where all are."""
        said = []
        if self.totals:
            said.append(f"合计行（第 {_numbers([total.position for total in self.totals])} 行）")
        if self.headings:
            said.append(f"重复的表头（第 {_numbers(self.headings)} 行）")
        if self.remarks:
            said.append(f"说明行（第 {_numbers(self.remarks)} 行）")
        return "、".join(said)


def split(
    rows: Sequence[Row], first: int, label: int, *, totals: Sequence[str] = (), remarks: Sequence[str] = ()
) -> Body:
    """Sort the rows from `first` on.

    Parameters
    ----------
    rows : all rows of the sheet.
    first : the position of the first row under the headings.
    label : the column that names a row (the school); it and the row's first text tell what the row is.
    totals, remarks : regular expressions for that text.
    """
    is_total, is_remark = _one_of(totals), _one_of(remarks)
    data: list[int] = []
    sums: list[Total] = []
    said: list[int] = []
    again: list[int] = []
    above = _Above.of(rows[:first])
    spoken = _one_of([*totals, *remarks])
    for position in range(first, len(rows)):
        cells = rows[position]
        own = cells[0] if label == 0 and cells else None
        if isinstance(own, str) and _is_code(own) and own not in above.openings and not spoken.fullmatch(own):
            data.append(position)  # as nearly all rows of a large roster are
            continue
        opening, alone = _opening(cells)
        if not opening:
            continue
        if above.says(cells, opening):
            again.append(position)
            continue
        named = _text(cells[label]) if label < len(cells) else ""
        words = [_plain(text) for text in dict.fromkeys((named, opening)) if text]
        total = next((word for word in words if is_total.fullmatch(word)), "")
        if total:
            sums.append(Total(position, total, bool(_GRAND.fullmatch(total))))
        elif any(map(is_remark.fullmatch, words)) or (alone and _SENTENCE.search(words[0])):
            said.append(position)
        else:
            data.append(position)
    return Body(tuple(data), tuple(sums), tuple(said), tuple(again))


def headings_again(rows: Sequence[Row], first: int) -> tuple[int, ...]:
    """The positions from `first` on of rows that say what one of the rows above says, and nothing else."""
    above = _Above.of(rows[:first])
    return tuple(
        position
        for position in range(first, len(rows))
        if above.says(rows[position], _opening(rows[position])[0])
    )


class _Above(NamedTuple):
    """What the rows above the data say: the first text of each, and all its texts."""

    openings: frozenset[str]
    texts: frozenset[tuple[tuple[int, str], ...]]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Above:
        return cls(frozenset(_opening(cells)[0] for cells in rows), frozenset(map(_texts, rows)))

    def says(self, cells: Row, opening: str) -> bool:
        """Whether a row, of which the first text is given, says the same as one of them."""
        return bool(opening) and opening in self.openings and _texts(cells) in self.texts


def _texts(cells: Row) -> tuple[tuple[int, str], ...]:
    """The texts of a row with their columns, as they are compared with those above the data."""
    return tuple((column, _plain(text)) for column, cell in enumerate(cells) if (text := cell_text(cell)))


def _is_code(text: str) -> bool:
    return text.isascii() and text.isalnum() and not _SENTENCE.search(text)


def _plain(text: str) -> str:
    text = "".join(text.split())
    return text if text.isascii() else values.clean(text)


def _opening(cells: Row) -> tuple[str, bool]:
    """The first text of a row, and whether it is the only one; empty for a blank row."""
    found = ""
    for cell in cells:
        if cell is None or cell == "":
            continue
        text = _text(cell)
        if text and found:
            return found, False
        found = found or text
    return found, bool(found)


def check_totals(rows: Sequence[Row], body: Body, columns: Sequence[Summed]) -> tuple[str, ...]:
    """Hold each total row to the sums of the data rows; what differs, as Chinese sentences.

    A grand total stands for all rows, another (小计, a town's 合计) for the rows above it up to the last
    total, or for those below it up to the next: either may be meant, so only a figure that fits neither is
    reported.

    Parameters
    ----------
    rows : all rows of the sheet.
    body : which of them are data and which are totals.
    columns : the columns that add up.
    """
    found = []
    for total in body.totals:
        for column in columns:
            stated = _number(rows[total.position], column)
            if stated is None:
                continue
            sums = [_sum(rows, scope, column) for scope in _scopes(body, total)]
            if not any(abs(stated - each) <= 0.011 + 1e-9 * abs(each) for each in sums):
                gap = stated - sums[0]
                found.append(
                    f"第 {total.position + 1} 行「{total.label}」的「{column.heading}」是 {_shown(stated)}，"
                    f"各行相加是 {_shown(sums[0])}，相差 {_shown(abs(gap))}。请核对是否漏行或改动。"
                )
    return tuple(found)


def _scopes(body: Body, total: Total) -> list[list[int]]:
    if total.grand and sum(each.grand for each in body.totals) == 1:
        return [list(body.data)]
    marks = [each.position for each in body.totals]
    before = max((mark for mark in marks if mark < total.position), default=-1)
    after = min((mark for mark in marks if mark > total.position), default=len(marks) + 10**9)
    above = [position for position in body.data if before < position < total.position]
    below = [position for position in body.data if total.position < position < after]
    return [above, below] + ([list(body.data)] if total.grand else [])


def _sum(rows: Sequence[Row], positions: Sequence[int], column: Summed) -> float:
    return sum(_number(rows[position], column) or 0.0 for position in positions)


def _number(cells: Row, summed: Summed) -> float | None:
    """A figure in the unit of its heading; None where the cell is blank or no number."""
    cell = cells[summed.place] if summed.place < len(cells) else None
    try:
        value = values.parse(cell, summed.column, factor=summed.factor)
    except values.CellError:
        return None
    return float(value) / summed.factor if isinstance(value, int | float) else None


def _shown(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else cell_text(cell)


def _one_of(patterns: Sequence[str]) -> re.Pattern[str]:
    # Without patterns nothing matches.
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


def _numbers(positions: Sequence[int]) -> str:
    shown = "、".join(str(position + 1) for position in positions[:8])
    return shown + (f" 等 {len(positions)}" if len(positions) > 8 else "")


__all__ = ["Body", "Summed", "Total", "check_totals", "headings_again", "split"]
