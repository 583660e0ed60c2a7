"""The tables of a stretch of lines that lost their grid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import captions, names, words
from jiaoheng.plans.reading.tables.lines import outside
from jiaoheng.plans.reading.tables.stream import head as heads
from jiaoheng.plans.reading.tables.stream import numbered, regular, rows, tokens
from jiaoheng.plans.reading.tables.stream.head import Head
from jiaoheng.plans.reading.tables.stream.regular import Regular
from jiaoheng.plans.reading.tables.stream.row import Row
from jiaoheng.plans.reading.tables.stream.tokens import Token
from jiaoheng.plans.reading.tables.table import Cell, Table

_FEWEST_ROWS, _LONGEST_LABEL, _MOST_CELLS = 2, 12, 6_000
_FIRST_CELLS, _NEAR_END = 600, 200


def tables(source: Source, lines: Sequence[Span]) -> list[Table]:
    """The tables among `lines` (none of them part of a table found before)."""
    found = numbered.tables(source, lines)
    for run in tokens.runs(source, outside(lines, [table.span for table in found])):
        place = free = 0
        while (head := heads.find(run, place)) is not None:
            table, place = _table(source, run, head)
            if table is not None:
                found += [_regular(source, other) for other in regular.find(run[free : head.start])]
                found.append(table)
                free = place
        found += [_regular(source, other) for other in regular.find(run[free:])]
    return found


def _regular(source: Source, found: Regular) -> Table:
    first = found.rows[0][0].start
    caption = captions.before(source, found.start)
    return Table(
        title=caption.title,
        title_span=caption.span,
        span=Span(caption.span.start if caption.span else min(first, found.start), found.rows[-1][-1].end),
        columns=found.heads,
        rows=tuple(tuple(token.cell for token in row) for row in found.rows),
        sure=found.sure,
        unit=caption.unit,
    )


def _table(source: Source, run: Sequence[Token], head: Head) -> tuple[Table | None, int]:
    """The table that starts with `head`, and where in `run` to go on."""
    body, reading = _read(run, head)
    if not body:
        return None, min(head.end + _FIRST_CELLS, len(run))
    if sum(row.figures > 0 for row in reading.rows) < _FEWEST_ROWS:
        return None, head.start + 1
    groups = [at for at, column in enumerate(head.columns) if column.role == "group"]
    grouped, last = _groups(reading.rows, body, reading.end, groups[0])
    cells = _filled(
        [
            tuple(words.joined(source, [token.cell for token in held]) for held in row.cells)
            for row in grouped
        ],
        groups,
    )
    said = [
        at
        for at, column in enumerate(head.columns)
        if column.name or column.role == "name" or any(row[at].text for row in cells)
    ]
    caption = captions.before(source, run[head.start].start)
    start = caption.span.start if caption.span else run[head.start].start
    end = max(token.cell.pieces[-1].end for token in body[:last])
    price = (reading.cost + 4 * len(reading.rows)) / len(reading.rows)
    return (
        Table(
            title=caption.title,
            title_span=caption.span,
            span=Span(start, end),
            columns=tuple(head.columns[at].name for at in said),
            rows=tuple(tuple(row[at] for at in said) for row in cells),
            sure=1.0 if price < 1.2 else 0.8 if price < 2.2 else 0.6,
            unit=caption.unit,
        ),
        bisect_right(run, body[last - 1].start, key=lambda token: token.start),
    )


def _read(run: Sequence[Token], head: Head) -> tuple[list[Token], rows.Reading]:
    """The cells after `head` and the rows that they make; all cells are taken only for a long table."""
    body = _without_heads(run, head, _FIRST_CELLS)
    reading = rows.read(body, head.columns)
    if reading.end and reading.end + _NEAR_END > len(body):
        body = _without_heads(run, head, _MOST_CELLS)
        reading = rows.read(body, head.columns)
    return body, reading


def _without_heads(run: Sequence[Token], head: Head, most: int) -> list[Token]:
    """So many cells after `head` without those that are it again, on a new page."""
    said = [token.text for token in run[head.start : head.end]]
    kept: list[Token] = []
    place, stop = head.end, min(head.end + most, len(run))
    while place < stop:
        if run[place].text == said[0] and [token.text for token in run[place : place + len(said)]] == said:
            place += len(said)
        else:
            kept.append(run[place])
            place += 1
    return kept


def _groups(found: Sequence[Row], body: Sequence[Token], end: int, outer: int) -> tuple[list[Row], int]:
    """The rows with their groups, and where the table ends.

    Where the first row has no group and a label follows the last row, labels stand after their rows.
    """
    labels = [row.cells[outer] for row in found]
    trailing = body[end : end + 1]
    if labels[0] or not any(labels) or not trailing or not _is_label(trailing[0]):
        return list(found), end
    moved: list[Row] = []
    label: tuple[Token, ...] = (trailing[0],)
    for row in reversed(found):
        cells = tuple(label if at == outer else held for at, held in enumerate(row.cells))
        moved.append(Row(cells, row.figures))
        label = row.cells[outer] or label
    return moved[::-1], end + 1


def _is_label(token: Token) -> bool:
    name = names.read(token.text)
    return (
        token.words
        and not token.unit
        and len(token.text) <= _LONGEST_LABEL
        and names.is_bare(name.words)
        and not name.numbered
    )


def _filled(found: Sequence[tuple[Cell, ...]], groups: Sequence[int]) -> list[tuple[Cell, ...]]:
    """The groups repeated in each of their rows; an inner one no further than its outer one goes."""
    result: list[tuple[Cell, ...]] = []
    for row in found:
        cells = list(row)
        for at in groups:
            if cells[at].text:
                break
            if result:
                cells[at] = result[-1][at]
        result.append(tuple(cells))
    return result
