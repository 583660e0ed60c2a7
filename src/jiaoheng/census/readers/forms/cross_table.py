"""Finds the cross tables of a sheet: rows named by indicator and code, columns by merged headings.

A form of the school census has a title, a line that names the school, the headings, a row of column numbers
(甲 乙 1 2 …), rows such as ``#女 02``, and notes. Several may stand one below another; a head may be
repeated where a page ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jiaoheng.census.readers.heading import (
    Block,
    Path,
    cell_text,
    find_block,
    is_numeric,
    paths_of,
    tidy,
    unit_of,
)
from jiaoheng.census.workbook import Range, Row, Sheet

CODES = frozenset({"代码", "编号", "指标代码", "行次", "行号"})
NAMES = frozenset({"指标名称", "指标", "项目", "字段名称", "填报项目", "字段", "项目名称"})
_UNIT_HEADS = frozenset({"计量单位", "单位"})
_BESIDE = frozenset({"序号", "备注", "说明", "填报说明", "指标解释"})

NUMBER = re.compile(r"(?:教基|基础基|中职基)\d{3,4}(?:-\d)?续?\d?")
"""The number of an official form, in a text without spaces."""

_MOST_ROWS = 5000
"""A longer sheet is a roster, not forms."""

_MAYBE = re.compile("[代编行指项字]")
_CODE = re.compile(r"\d{1,3}(?:\.0)?")
_RANKS = (r"[一二三四五六七八九十]+、", r"\([一二三四五六七八九十]+\)", r"\d+[.、](?!\d)", r"\(\d+\)")
_OPENER = len(_RANKS) - 0.5
"""An opener stands over rows without numbering, and ends where a numbered row (三、政府保障) begins."""

_OF_WHICH = re.compile(r"(#+|\*+|其中:)")


@dataclass(frozen=True)
class Line:
    """A row of a cross table.

    ``position``: the row of the sheet, from 0. ``levels``: its heading with those that it stands under,
    outermost first. ``code``: 01, 02 …, as the sheet has it. ``unit``: the unit that the row names.
    """

    position: int
    levels: tuple[str, ...]
    code: str
    unit: str


@dataclass(frozen=True)
class CrossTable:
    """A cross table: where it is, what stands above it, its rows and the headings of its columns of values.

    ``first`` and ``head`` are the positions of the first row above it and of its first heading row;
    ``strays`` those of rows in it that hold figures and have neither a name nor a code.
    """

    first: int
    head: int
    title: tuple[str, ...]
    lines: tuple[Line, ...]
    columns: tuple[Path, ...]
    strays: tuple[int, ...] = ()


def cross_tables(sheet: Sheet, *, inner: Sequence[str] = (), openers: Sequence[str] = ()) -> list[CrossTable]:
    """The cross tables of a sheet, from top to bottom.

    Parameters
    ----------
    inner : headings of rows that stand under the row before them (外省迁入 under 随迁子女).
    openers : headings of rows that all rows stand under until the next opener (小学, 初中).
    """
    if len(sheet.rows) > _MOST_ROWS or not any(map(_is_anchor_row, sheet.rows)):
        return []
    found: list[CrossTable] = []
    start = 0
    while (block := _next_block(sheet.rows, sheet.merges, start)) is not None:
        stop = _next_anchor(sheet.rows, block.data)
        columns = _columns(block.paths)
        positions, strays = _data(sheet.rows, columns, block.data, stop)
        title = tuple(
            text for row in sheet.rows[start : block.first] for cell in row if (text := cell_text(cell))
        )

        def lines_of(rows: Sequence[int], columns: _Columns = columns) -> tuple[Line, ...]:
            return _lines(sheet.rows, sheet.merges, columns, rows, frozenset(inner), frozenset(openers))

        table = CrossTable(start, block.first, title, lines_of(positions), columns.values, strays)
        if found and _goes_on(found[-1], table):
            above = [line.position for line in found[-1].lines]
            found[-1] = replace(
                found[-1], lines=lines_of([*above, *positions]), strays=(*found[-1].strays, *strays)
            )
        else:
            found.append(table)
        start = max([block.data, *(position + 1 for position in positions)])
    return found


def _goes_on(table: CrossTable, below: CrossTable) -> bool:
    """Whether a table goes on below under a head that is repeated (a page ended): the same columns, other
    codes, and neither another form nor a school between."""
    if [path.levels for path in table.columns] != [path.levels for path in below.columns]:
        return False
    between = [flat(text) for text in below.title]
    if any(re.search(r"(?:名称|标识码):", text) for text in between):
        return False
    numbers = {number for text in between for number in NUMBER.findall(text)}
    if not numbers <= {number for text in table.title for number in NUMBER.findall(flat(text))}:
        return False
    codes = [line.code for line in (*table.lines, *below.lines)]
    return all(codes) and len(set(codes)) == len(codes)


@dataclass(frozen=True)
class _Columns:
    """Which columns of a block name its rows, and which hold values."""

    labels: tuple[int, ...]
    code: int | None
    unit: int | None
    values: tuple[Path, ...]


def _is_anchor(text: str) -> bool:
    return text in CODES or text in NAMES


def _is_anchor_row(row: Row) -> bool:
    # To tidy every cell would take most of the time of reading: only those are looked at that may be one.
    return any(isinstance(cell, str) and _MAYBE.search(cell) and _is_anchor(tidy(cell)) for cell in row)


def _next_block(rows: Sequence[Row], merges: Sequence[Range], start: int) -> Block | None:
    first = _next_anchor(rows, start)
    if first >= len(rows):
        return None
    # The search looks at the first rows only: begin where the title of this table may begin.
    begin = max(start, first - 12)
    below = [((a - begin, b), (c - begin, d)) for (a, b), (c, d) in merges if a >= begin]
    block = find_block(rows[begin:], below, _is_anchor)
    if block is None:
        return None
    while block.first < block.last and _is_title(rows[begin + block.first]):
        upper = block.first + 1
        paths = paths_of(rows[begin + upper : begin + block.last + 1], upper, below)
        block = replace(block, first=upper, paths=paths)
    return replace(block, first=begin + block.first, last=begin + block.last, data=begin + block.data)


def _next_anchor(rows: Sequence[Row], start: int) -> int:
    """The first row from `start` on that has the heading of a code or of a name; the end where none has."""
    return next((at for at in range(start, len(rows)) if _is_anchor_row(rows[at])), len(rows))


def _is_title(row: Row) -> bool:
    """Whether a row taken for headings is the line above them: a form's number, or the name of the school."""
    texts = [flat(text) for cell in row if (text := cell_text(cell))]
    return not any(_is_anchor(tidy(text)) for text in texts) and any(
        re.match(r"(?:教基|基础基|中职基|制表机关|学校(?:\(机构\))?名称)", text) for text in texts
    )


def flat(text: str) -> str:
    """A text half-width and without any space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _columns(paths: Sequence[Path]) -> _Columns:
    words = {path.column: path.levels[-1] for path in paths}
    code = next((column for column, word in words.items() if word in CODES), None)
    named = [column for column, word in words.items() if word in NAMES]
    unit = next((column for column, word in words.items() if word in _UNIT_HEADS), None)
    if code is not None and (not named or code > min(named)):
        labels = tuple(column for column in range(code) if column != unit)
    else:
        labels = tuple(named)
    aside = {*labels, code, unit}
    values = tuple(path for path in paths if path.column not in aside and words[path.column] not in _BESIDE)
    return _Columns(labels, code, unit, values)


def _data(rows: Sequence[Row], columns: _Columns, start: int, stop: int) -> tuple[list[int], tuple[int, ...]]:
    """The rows from `start` up to `stop` that belong to the table: those with a code or a value, and
    headings of rows between them; and the rows with figures of which nobody can tell what they are."""
    kept: list[int] = []
    between: list[int] = []
    strays: list[int] = []
    for position in range(start, stop):
        row = rows[position]
        named = any(_text(row, column) for column in columns.labels)
        if _code(row, columns) or (named and _has_value(row, columns)):
            kept += [*between, position]
            between = []
        elif named and not _is_note(row):
            between.append(position)
        elif not named and _has_value(row, columns):
            strays.append(position)
        elif not named and any(cell_text(cell) for cell in row) and not _is_note(row):
            break
    return kept, tuple(strays)


def _has_value(row: Row, columns: _Columns) -> bool:
    """Whether one of the columns of values holds a figure, or a short text (是, 小学) in a list of fields."""
    texts = [_text(row, path.column) for path in columns.values]
    return any(text and (is_numeric(text) or columns.code is None) for text in texts)


def _is_note(row: Row) -> bool:
    texts = [text for cell in row if (text := cell_text(cell))]
    return len(texts) == 1 and bool(re.search(r"[。；;:：]|.{26,}", texts[0]))


def _text(row: Row, column: int | None) -> str:
    return cell_text(row[column]) if column is not None and column < len(row) else ""


def _code(row: Row, columns: _Columns) -> str:
    text = unicodedata.normalize("NFKC", _text(row, columns.code))
    return text.removesuffix(".0") if _CODE.fullmatch(text) else ""


def _lines(
    rows: Sequence[Row],
    merges: Sequence[Range],
    columns: _Columns,
    positions: Sequence[int],
    inner: frozenset[str],
    openers: frozenset[str],
) -> tuple[Line, ...]:
    lines: list[Line] = []
    stack: list[tuple[float, tuple[str, ...]]] = []
    for position, texts in zip(positions, _labels(rows, merges, columns, positions), strict=True):
        code = _code(rows[position], columns)
        raw = texts[-1] or f"第 {code} 项"
        names = (*(tidy(text) for text in texts[:-1] if text and text != raw), tidy(raw))
        rank = _OPENER if names[-1] in openers else _rank(raw, names[-1] in inner)
        while stack and stack[-1][0] >= rank:
            stack.pop()
        levels = ((*stack[-1][1], *names) if stack else names) if len(names) == 1 else names
        stack.append((rank, levels))
        unit = _text(rows[position], columns.unit) or _unit_in(texts)
        lines.append(Line(position, levels, code, flat(unit)))
    return tuple(lines)


def _rank(raw: str, inner: bool) -> float:
    """How deep a row stands: by its numbering, then by ``#`` (of which), then by how far it is set in."""
    text = flat(raw)
    rank = float(next((i for i, numbering in enumerate(_RANKS) if re.match(numbering, text)), len(_RANKS)))
    of_which = _OF_WHICH.match(text)
    if of_which:
        rank += 0.5 + 0.1 * (of_which.group(1).count("#") or 1)
    if inner:
        rank += 0.8
    set_in = len(raw) - len(raw.lstrip())
    return rank + 0.001 * min(set_in, 40)


def _labels(
    rows: Sequence[Row], merges: Sequence[Range], columns: _Columns, positions: Sequence[int]
) -> Iterator[list[str]]:
    """The texts that name each row, from left to right; one that is merged downwards names all its rows."""
    covers = {
        (row, column): top
        for (top, left), (bottom, right) in merges
        for row in range(top + 1, bottom + 1)
        for column in range(left, right + 1)
    }
    above: dict[int, str] = {}
    for position in positions:
        row = rows[position]
        texts = []
        for column in columns.labels:
            raw = row[column] if column < len(row) else None
            text = raw.rstrip() if isinstance(raw, str) else cell_text(raw)
            if not text.strip() and (position, column) in covers:
                text = above.get(column, "")
            above[column] = text
            texts.append(text)
        last = max((i for i, text in enumerate(texts) if text.strip()), default=0)
        yield texts[: last + 1] or [""]


def _unit_in(texts: Sequence[str]) -> str:
    return next((unit for text in reversed(texts) if (unit := unit_of(text))), "")


__all__ = ["CODES", "NAMES", "NUMBER", "CrossTable", "Line", "cross_tables", "flat"]
