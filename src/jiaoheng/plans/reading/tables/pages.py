"""Tables out of pages: heads read once, rows that a page cut joined again, merged cells filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import heads, words
from jiaoheng.plans.reading.tables.cells import is_figure, nothing
from jiaoheng.plans.reading.tables.table import Cell, heading

Row = tuple[Cell, ...]

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Page:
    """The rows of a table that stand together, all of one length; merged cells are empty or repeated."""

    rows: tuple[Row, ...]
    span: Span


@dataclass(frozen=True)
class Joined:
    """The head and the body of a table over all its pages."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    span: Span

    @property
    def columns(self) -> tuple[str, ...]:
        return heads.names(self.head) if self.head else tuple("" for _ in self.rows[0])


def join(source: Source, pages: Sequence[Page]) -> Joined:
    """One table of `pages`, whose heads (where they repeat) are the same."""
    first = pages[0]
    depth = heads.depth(first.rows)
    head = first.rows[:depth]
    bodies = [_without_head(page.rows, head) for page in pages]
    own = _own([row for place, rows in enumerate(bodies) for row in rows[min(place, 1) :]])
    body: list[Row] = []
    for place, rows in enumerate(bodies):
        if place and body and rows and _goes_on(rows[0], own):
            body[-1] = tuple(
                words.joined(source, [above, below]) if below.text else above
                for above, below in zip(body[-1], rows[0], strict=True)
            )
            rows = rows[1:]
        elif place and body and rows and len(rows[0][0].text) == 1:
            rows = _with_group(source, body, rows)
        body += rows
    return Joined(
        head, tuple(_filled([_across(row) for row in body])), Span(first.span.start, pages[-1].span.end)
    )


def follows(earlier: Page, later: Page) -> bool:
    """Whether `later` can be the next page of `earlier`: the same columns, and its head or none."""
    if len(earlier.rows[0]) != len(later.rows[0]):
        return False
    depth = heads.depth(earlier.rows)
    if depth and heads.same(earlier.rows[:depth], later.rows[:depth]):
        return True
    return len(later.rows) == 1 or heads.depth(later.rows) == 0


def _without_head(rows: Sequence[Row], head: Sequence[Row]) -> list[Row]:
    """The rows of a page that are not the head printed again."""
    kept, place = [], 0
    while place < len(rows):
        if head and heads.same(rows[place : place + len(head)], head):
            place += len(head)
            continue
        kept.append(rows[place])
        place += 1
    return kept


def _own(rows: Sequence[Row]) -> list[int]:
    """The columns that every row fills (its number, its name)."""
    return [place for place in range(len(rows[0]) if rows else 0) if all(row[place].text for row in rows)]


def _goes_on(row: Row, own: Sequence[int]) -> bool:
    """Whether the first row of a page goes on with the last row of the page before.

    It does where it leaves the first of the columns empty that every other row fills, and another one too
    (a merged cell may be printed on the page before, and it alone).
    """
    gaps = [place for place in own if not row[place].text]
    return bool(gaps) and gaps[0] == own[0] and (len(gaps) > 1 or len(own) <= 2)


def _with_group(source: Source, body: list[Row], rows: Sequence[Row]) -> list[Row]:
    """`rows` whose group the page cut within a word (职业教 / 育); `body` gets the whole word too.

    A group of one character is no name. An ordinal is, and is left alone.
    """
    rest = rows[0][0]
    begun = next((at for at in range(len(body) - 1, -1, -1) if body[at][0].text), None)
    if begun is None or not "\u4e00" <= rest.text <= "\u9fff" or rest.text in _ORDINALS:
        return list(rows)
    group = words.joined(source, [body[begun][0], rest])
    body[begun] = (group, *body[begun][1:])
    return [(group, *rows[0][1:]), *rows[1:]]


def _across(row: Row) -> Row:
    """A row with words in its first column only, or the same in all, is a heading across all columns."""
    words, others = row[0].text, {cell.text for cell in row[1:]}
    repeated = others == {words} and len(row) > 2 and not (is_figure(words) or nothing(words))
    alone = repeated or not any(others)
    return tuple(row[0] for _ in row) if words and alone else row


def _filled(rows: Sequence[Row]) -> list[Row]:
    """`rows` with the cells merged down the left columns repeated in each row that they cover."""
    filled = [list(row) for row in rows]
    for place in range(len(rows[0]) - 1 if rows else 0):
        if all(row[place].text for row in rows):
            break
        for above, row in pairwise(filled):
            same_group = not place or row[place - 1].text == above[place - 1].text
            if not row[place].text and same_group and heading(above) is None:
                row[place] = above[place]
    return [tuple(row) for row in filled]
