"""Tells the rows of data under a heading from totals, remarks and blank lines, and holds the totals to the
data.

Nothing is dropped silently: what is passed over is named with its row number in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    above = {texts for cells in rows[:first] if (texts := _texts(cells))}
    openings = {_opening(cells)[0] for cells in rows[:first]}
    spoken = _one_of([*totals, *remarks])
    for position in range(first, len(rows)):
        cells = rows[position]
        own = cells[0] if label == 0 and cells else None
        if isinstance(own, str) and _is_code(own) and own not in openings and not spoken.fullmatch(own):
            data.append(position)  # as nearly all rows of a large roster are
            continue
        opening, alone = _opening(cells)
        if not opening:
            continue
        if opening in openings and _texts(cells) in above:
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


def check_totals(
    rows: Sequence[Row], body: Body, columns: Mapping[int, tuple[Column, str]]
) -> tuple[str, ...]:
    """Hold each total row to the sums of the data rows; what differs, as Chinese sentences.

    A grand total stands for all rows, another (小计, a town's 合计) for the rows above it up to the last
    total, or for those below it up to the next: either may be meant, so only a figure that fits neither is
    reported.

    Parameters
    ----------
    rows : all rows of the sheet.
    body : which of them are data and which are totals.
    columns : sheet column to the dictionary column and the heading, for the columns that add up.
    """
    found = []
    for total in body.totals:
        for index, (column, heading) in columns.items():
            stated = _number(rows[total.position], index, column)
            if stated is None:
                continue
            sums = [_sum(rows, scope, index, column) for scope in _scopes(body, total)]
            if not any(abs(stated - each) <= 0.011 + 1e-9 * abs(each) for each in sums):
                gap = stated - sums[0]
                found.append(
                    f"第 {total.position + 1} 行「{total.label}」的「{heading}」是 {stated:g}，"
                    f"各行相加是 {sums[0]:g}，相差 {abs(gap):g}。请核对是否漏行或改动。"
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


def _sum(rows: Sequence[Row], positions: Sequence[int], index: int, column: Column) -> float:
    return sum(_number(rows[position], index, column) or 0.0 for position in positions)


def _number(cells: Row, index: int, column: Column) -> float | None:
    """A figure as the sheet has it; None where the cell is blank or no number."""
    try:
        value = values.parse(cells[index] if index < len(cells) else None, column, factor=1.0)
    except values.CellError:
        return None
    return float(value) if isinstance(value, int | float) else None


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else cell_text(cell)


def _one_of(patterns: Sequence[str]) -> re.Pattern[str]:
    # Without patterns nothing matches.
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


def _numbers(positions: Sequence[int]) -> str:
    shown = "、".join(str(position + 1) for position in positions[:8])
    return shown + (f" 等 {len(positions)}" if len(positions) > 8 else "")


__all__ = ["Body", "Total", "check_totals", "split"]
