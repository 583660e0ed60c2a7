"""Tables whose rows are numbered and that lost their grid: tasks, projects, a cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import captions, words
from jiaoheng.plans.reading.tables.head_words import is_value_head, named
from jiaoheng.plans.reading.tables.stream.tokens import PAGE_MARK
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

_NUMBERS = re.compile(r"序号|编号")
_OFFICES = re.compile(r"牵头|责任|负责|配合|实施单位|主管|协办|主办")
_OFFICE = re.compile(r"局|委|办|校|部门|镇|街|政府|中心|单位|科|股|组|公司")
_HEADING = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]")
_OUTER = re.compile(r"年度|分年|计划|安排|进度|目标|任务")
_LONGEST_HEAD, _MOST_HEADS, _FEWEST_HEADS = 14, 12, 3
_MOST_CELLS, _FEWEST_ROWS = 40, 2


@dataclass(frozen=True)
class _Head:
    """The names of the columns after the number's, and where the body begins among the cells."""

    names: tuple[str, ...]
    body: int


def tables(source: Source, lines: Sequence[Span]) -> list[Table]:
    """The numbered tables among `lines`, whose cells may be long; those of indicators are not looked for."""
    cells = [
        cell
        for line in lines
        if not PAGE_MARK.fullmatch(source.plain[line.start : line.end])
        for cell in [words.cell(source, line.start, line.end)]
        if cell.text
    ]
    found: list[Table] = []
    place = 0
    while place < len(cells):
        head = _head(cells, place) if _NUMBERS.fullmatch(cells[place].text) else None
        rows, end = ([], place) if head is None else _rows(source, cells, head)
        if head is None or sum(heading(row) is None for row in rows) < _FEWEST_ROWS:
            place += 1
            continue
        found.append(_table(source, cells[place], head, rows))
        place = end
    return found


def _head(cells: Sequence[Cell], place: int) -> _Head | None:
    """The head that starts with 序号: short cells up to the number 1 (or a heading and the number 1)."""
    heads: list[str] = []
    for at in range(place + 1, min(place + 1 + _MOST_HEADS, len(cells))):
        text = cells[at].text
        if len(heads) + 1 >= _FEWEST_HEADS and (_is_number(text, 1) or _opens(cells, at, 1)):
            plain = not any(named(head) in ("unit", "property") or "指标" in head for head in heads)
            return _Head(_inner(heads), at) if plain else None
        if len(text) > _LONGEST_HEAD:
            return None
        heads.append(text)
    return None


def _inner(heads: Sequence[str]) -> tuple[str, ...]:
    """Years that a second head row puts under 年度任务 stand in its place, though they were read later."""
    years = [is_value_head(head) for head in heads]
    first = next((at for at in range(len(heads)) if all(years[at:])), len(heads))
    outer = [at for at in range(first) if _OUTER.search(heads[at])]
    if len(heads) - first < 2 or not outer or first == outer[-1] + 1:
        return tuple(heads)
    at = outer[-1]
    inner = [f"{heads[at]} › {head}" for head in heads[first:]]
    return (*heads[:at], *inner, *heads[at + 1 : first])


def _rows(source: Source, cells: Sequence[Cell], head: _Head) -> tuple[list[tuple[Cell, ...]], int]:
    """The rows, headings across all columns among them, and where they end."""
    rows: list[tuple[Cell, ...]] = []
    width, place, number = len(head.names), head.body, 1
    while place < len(cells):
        if _opens(cells, place, number):
            rows.append((cells[place],) * (width + 1))
            place += 1
        if not _is_number(cells[place].text, number):
            break
        stop = _next(cells, place, number + 1, width)
        held = list(cells[place + 1 : stop])
        if len(held) < width and stop == len(cells):
            return rows, place
        rows.append((cells[place], *_laid(source, held, head.names)))
        place, number = stop, number + 1
    return rows, place


def _next(cells: Sequence[Cell], place: int, number: int, width: int) -> int:
    """Where the next row begins (its heading, if it has one); after the last row, where that ends.

    A row is as long as the head or longer; a shorter one misses cells.
    """
    for at in range(place + 1 + width, min(place + 1 + _MOST_CELLS, len(cells))):
        if _is_number(cells[at].text, number):
            return at - 1 if _opens(cells, at - 1, number) and at - 1 > place + width else at
    for at in range(place + 2, min(place + 1 + width, len(cells))):
        if _is_number(cells[at].text, number):
            return at - 1 if _opens(cells, at - 1, number) and at - 1 > place + 1 else at
    return min(place + 1 + width, len(cells))


def _laid(source: Source, held: Sequence[Cell], names: Sequence[str]) -> Iterator[Cell]:
    """The cells of a row: one a column.

    Of too many, the last column of words before the offices has more; of too few, offices stand at the end.
    """
    offices = [bool(_OFFICES.search(name)) for name in names]
    last = max((at for at, office in enumerate(offices) if not office), default=len(names) - 1)
    spare = len(held) - len(names)
    if spare < 0:
        tail = sum(_OFFICE.search(cell.text) is not None for cell in held[1:])
        ends = [Cell("")] * -spare + list(held[len(held) - tail :])
        yield from (*held[: len(held) - tail], *ends)
        return
    for at in range(len(names)):
        if at < last:
            yield held[at]
        elif at == last:
            yield words.joined(source, list(held[at : at + spare + 1]))
        else:
            yield held[at + spare]


def _opens(cells: Sequence[Cell], place: int, number: int) -> bool:
    """Whether a heading stands at `place`, and the row `number` after it."""
    if place + 1 >= len(cells) or not _is_number(cells[place + 1].text, number):
        return False
    return _HEADING.match(cells[place].text) is not None


def _is_number(text: str, number: int) -> bool:
    return re.fullmatch(rf"0*{number}[.、．]?", text) is not None


def _table(source: Source, first: Cell, head: _Head, rows: Sequence[tuple[Cell, ...]]) -> Table:
    caption = captions.before(source, first.pieces[0].start)
    start = caption.span.start if caption.span else first.pieces[0].start
    end = max(cell.pieces[-1].end for row in rows for cell in row if cell.pieces)
    offices = [at for at, name in enumerate(head.names, start=1) if _OFFICES.search(name)]
    body = [row for row in rows if heading(row) is None]
    fit = all(cell.text for row in body for cell in row) and all(
        _OFFICE.search(row[at].text) for row in body for at in offices
    )
    return Table(
        title=caption.title,
        title_span=caption.span,
        span=Span(start, end),
        columns=(first.text, *head.names),
        rows=tuple(rows),
        sure=0.9 if fit else 0.6,
        unit=caption.unit,
    )
