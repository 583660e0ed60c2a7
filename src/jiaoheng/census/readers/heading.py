"""Finds the block of heading rows in a sheet that people laid out for people, and the path of every column.

The exports of the school census have a title above, one to five heading rows with merged cells, often a row
of column numbers (甲 乙 1 2 …), and notes below. A column is known by its path, such as
``专任教师›#按学历分›本科``, never by its address: columns move from year to year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jiaoheng.census.units import MONEY
from jiaoheng.census.workbook import Range, Row

SEPARATOR = "›"

_LOOK = 40
"""How many rows from the top are searched for the headings."""

_MOST_ROWS = 6
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_UNITS = [
    "人",
    "名",
    "人次",
    "万人",
    "个",
    "所",
    "间",
    "平方米",
    "m2",
    "万平方米",
    "公顷",
    "亩",
    "元",
    "千元",
    "万元",
    "亿元",
    "册",
    "千册",
    "万册",
    "片",
    "台",
    "套",
    "张",
    "件",
    "班",
    "年",
    "岁",
    "学时",
    "课时",
    "%",
    "起",
    "处",
]
_UNIT = re.compile(rf"\((?:单位:?)?({'|'.join(map(re.escape, _UNITS))})\)|[,:]?单位:({'|'.join(_UNITS)})$")
_NUMBERING = re.compile(r"^(?:\d+[.、)](?!\d)|\(\d+\)|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))")
_OF_WHICH = re.compile(r"^(?:[#*]+|其中:)")
_FORM = re.compile(r"(?:教基|基础基|中职基|教职)\d")
_NUMERIC = re.compile(r"[+-]?[\d,]*\.?\d+%?")


@dataclass(frozen=True)
class Path:
    """The headings over one column, outermost first.

    Attributes
    ----------
    column : the column, from 0.
    levels : the headings as `tidy` leaves them; a heading that says 其中 (``#女``) stands under its
    neighbour.
    unit : the unit that the headings name, the innermost first; empty where they name none.
    text : the headings as a person reads them in the sheet, joined by ›.
    money : the unit that a line above the headings (单位：万元) names for columns of money.
    """

    column: int
    levels: tuple[str, ...]
    unit: str
    text: str
    money: str = ""


@dataclass(frozen=True)
class Block:
    """Where the headings of a sheet stand. Rows count from 0.

    Attributes
    ----------
    first, last : the first and the last heading row, without the row of column numbers.
    data : the first row below the headings and the column numbers.
    title : the texts above the headings.
    paths : one for each column that has a heading.
    """

    first: int
    last: int
    data: int
    title: tuple[str, ...]
    paths: tuple[Path, ...]


def find_block(
    rows: Sequence[Row], merges: Sequence[Range], is_anchor: Callable[[str], bool]
) -> Block | None:
    """The heading block of a sheet, or None where no heading among the first rows is an anchor.

    Parameters
    ----------
    rows : the sheet from its first row and first column on.
    merges : its merged ranges; empty where the file does not tell them, then blanks are filled from the left.
    is_anchor : tells whether a heading, as `tidy` leaves it, is one that every such sheet must have
    (学校名称).
    """
    anchor = _find_anchor(rows, is_anchor)
    if anchor is None:
        return None
    row, column = anchor
    spans = dict(merges)
    first = last = row
    for (top, left), (bottom, right) in merges:
        if top <= row <= bottom and left <= column <= right:
            first, last = top, bottom
    width = len(rows[row]) and sum(1 for cell in rows[row] if cell_text(cell))
    while first > 0 and last - first + 1 < _MOST_ROWS and _is_heading(rows, merges, first - 1, width):
        first -= 1
    # A heading that is merged downwards takes the rows that it covers with it.
    for (top, _), (bottom, _) in spans.items():
        if first <= top <= last < bottom < first + _MOST_ROWS:
            last = bottom
    while last + 1 < len(rows) and last - first + 1 < _MOST_ROWS and _is_subheading(rows[last + 1], column):
        last += 1
    data = last + 1
    if data < len(rows) and _is_column_numbers(rows[data]):
        data += 1
    title = tuple(text for cells in rows[:first] for cell in cells if (text := cell_text(cell)))
    money = _money_unit(title)
    paths = paths_of(rows[first : last + 1], first, merges)
    return Block(first, last, data, title, tuple(replace(path, money=money) for path in paths))


def paths_of(rows: Sequence[Row], first: int, merges: Sequence[Range]) -> tuple[Path, ...]:
    """The paths of heading rows of which the first is the sheet's row `first`, from 0."""
    grid = _unmerged(rows, first, merges)
    columns = list(zip(*grid, strict=True)) if grid else []
    stacks = [_stack(column) for column in columns]
    paths = []
    for number, stack in enumerate(stacks):
        if not stack:
            continue
        unit = next((unit for text in reversed(stack) if (unit := unit_of(text))), "")
        levels = tuple(tidy(text) for text in _with_parents(stacks, number))
        paths.append(Path(number, levels, unit, SEPARATOR.join("".join(text.split()) for text in stack)))
    return tuple(paths)


def tidy(text: str) -> str:
    """A heading as it is compared: half-width, without spaces, numbering, ``#``, 其中： and a unit in
    brackets."""
    text = _flat(text)
    text = _NUMBERING.sub("", text)
    if rest := _OF_WHICH.sub("", text):
        text = rest
    text = _NUMBERING.sub("", text)
    return _UNIT.sub("", text).rstrip(":") or text


def unit_of(text: str) -> str:
    """The unit that a heading names in brackets or after 单位：; empty where it names none."""
    found = _UNIT.search(_flat(text))
    return (found.group(1) or found.group(2)) if found else ""


def cell_text(cell: object) -> str:
    """The text of a heading cell; whole numbers without a decimal point; a blank is empty."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def is_numeric(cell: object) -> bool:
    """Whether a cell holds a number, or text that is one."""
    if isinstance(cell, int | float):
        return True
    return bool(_NUMERIC.fullmatch(unicodedata.normalize("NFKC", cell_text(cell))))


def _flat(text: str) -> str:
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub("[\u2010-\u2015\u2212~]", "-", flat)


def _money_unit(title: Sequence[str]) -> str:
    """The one unit of money that the lines above a table name; empty where they name none or several."""
    named = {
        word
        for line in title
        for units in re.findall(r"单位:?([^()]+)", _flat(line))
        for word in re.split(r"[、,/;和及:]", units)
        if word in MONEY
    }
    return named.pop() if len(named) == 1 else ""


def _find_anchor(rows: Sequence[Row], is_anchor: Callable[[str], bool]) -> tuple[int, int] | None:
    for number, cells in enumerate(rows[:_LOOK]):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell and is_anchor(tidy(cell)):
                return number, column
    return None


def _is_heading(rows: Sequence[Row], merges: Sequence[Range], row: int, width: int) -> bool:
    """Whether the row above a heading row groups headings, and is no title and no line of remarks."""
    own = [text for cell in rows[row] if (text := cell_text(cell))]
    filled = _unmerged(rows[row : row + 1], row, merges)[0]
    covered = sum(1 for text in filled if text)
    if len(set(own)) < 2 or any(is_numeric(text) for text in own):
        return False
    # 填表单位：… 单位：平方米 is a remark; 其中：女 is a heading.
    if any(":" in _OF_WHICH.sub("", _flat(text)) for text in own):
        return False
    return 3 * covered >= width


def _is_subheading(cells: Row, column: int) -> bool:
    texts = [text for cell in cells if (text := cell_text(cell))]
    if not texts or (column < len(cells) and cell_text(cells[column])):
        return False
    return not any(is_numeric(cell) for cell in cells if cell not in ("", None)) and not _is_column_numbers(
        cells
    )


def _is_column_numbers(cells: Row) -> bool:
    """Whether a row counts the columns: 甲 乙 丙 1 2 3 …"""
    texts = [unicodedata.normalize("NFKC", text) for cell in cells if (text := cell_text(cell))]
    numbers = [int(text) for text in texts if re.fullmatch(r"\d{1,3}", text)]
    if len(texts) < 2 or any(text not in _STEMS and not re.fullmatch(r"\d{1,3}", text) for text in texts):
        return False
    if len(numbers) < len(texts):
        return numbers == sorted(set(numbers))
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _unmerged(rows: Sequence[Row], first: int, merges: Sequence[Range]) -> list[list[str]]:
    """The heading rows with every merged cell filled; without merged cells, with blanks filled from the
    left."""
    width = max((len(cells) for cells in rows), default=0)
    grid = [[cell_text(cell) for cell in cells] + [""] * (width - len(cells)) for cells in rows]
    inside = [
        (top - first, left, bottom - first, right)
        for (top, left), (bottom, right) in merges
        if top >= first and bottom < first + len(rows) and left < width
    ]
    for top, left, bottom, right in inside:
        for row in range(top, bottom + 1):
            grid[row][left : right + 1] = [grid[top][left]] * (min(right, width - 1) - left + 1)
    if not inside:
        _fill_right(grid)
    return grid


def _fill_right(grid: list[list[str]]) -> None:
    """Give a blank the heading on its left where both have headings below and the same headings above."""
    for row in range(len(grid) - 1):
        for column in range(1, len(grid[row])):
            below = any(line[column] for line in grid[row + 1 :])
            group = any(line[column - 1] for line in grid[row + 1 :])
            same = all(line[column] == line[column - 1] for line in grid[:row])
            if not grid[row][column] and below and group and same:
                grid[row][column] = grid[row][column - 1]


def _stack(column: Sequence[str]) -> tuple[str, ...]:
    """The headings over a column without blanks, and once where one is merged downwards."""
    stack: list[str] = []
    for text in column:
        if text and (not stack or stack[-1] != text):
            stack.append(text)
    return tuple(stack)


def _with_parents(stacks: Sequence[tuple[str, ...]], number: int) -> tuple[str, ...]:
    """The stack of a column, in which ``#女`` beside 在校生数 stands under it.

    In these forms ``#`` means "of which". Under a group it speaks of the group; without one (or under
    nothing but the number of a form) it speaks of the nearest heading on its left that has no ``#``.
    """
    stack = stacks[number]
    level = next((i for i, text in enumerate(stack) if not _FORM.match(_flat(text))), 0)
    if not _is_part(stack[level]):
        return stack
    for left in range(number - 1, -1, -1):
        other = stacks[left]
        if len(other) <= level or other[:level] != stack[:level]:
            break
        if not _is_part(other[level]):
            return (*stack[:level], other[level], *stack[level:])
    return stack


def _is_part(text: str) -> bool:
    return bool(_OF_WHICH.match(_flat(text))) and _flat(text) not in ("其中:", "#")


__all__ = [
    "SEPARATOR",
    "Block",
    "Path",
    "cell_text",
    "find_block",
    "is_numeric",
    "paths_of",
    "tidy",
    "unit_of",
]
