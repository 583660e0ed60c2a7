"""Where a table starts among cells that lost their grid, and what its columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaoheng.plans.reading.tables.captions import is_caption, is_title
from jiaoheng.plans.reading.tables.head_words import Role, is_value_head, named
from jiaoheng.plans.reading.tables.stream.tokens import Token

_QUALIFIER = re.compile(
    r"[(（\[].{1,10}[)）\]]|实际|目标值?|预测|预期|现状|基期值?|规划|完成|实绩|预计|基数|值"
)
_BRACKETS = re.compile(r"[(（\[].{1,10}[)）\]]")
_YEAR = re.compile(r"\d|五")
_NAMING = ("name", "group", "ordinal", "other")
_MOST_NAMES, _MOST_HEADS, _SHORTEST_TITLE = 3, 14, 8


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes
    ----------
    name : its head as printed (joined where it was wrapped); empty where there is none.
    role : what it holds.
    at : where its head is drawn (see `parts.cut`).
    inner : whether it holds groups within groups.
    """

    name: str
    role: Role
    at: tuple[float, ...] = ()
    inner: bool = False

    @property
    def growth(self) -> bool:
        return self.role == "value" and re.search(r"年均|增速|增长|累计", self.name) is not None


@dataclass(frozen=True)
class Head:
    """The head of a table: tokens ``start`` to ``end`` (exclusive) of the run, and the columns in order.

    They name the row first (groups, number, name, printed or not), then give its values.
    """

    start: int
    end: int
    columns: tuple[Column, ...]


def find(run: Sequence[Token], start: int) -> Head | None:
    """The first head in `run` from `start` on."""
    place = start
    while place < len(run):
        if _anchor(run, place):
            head = _head(run, start, place)
            if head is not None:
                return head
        place += 1
    return None


def _anchor(run: Sequence[Token], place: int) -> bool:
    """Whether a value head stands here that another head follows."""
    if not _is_value(run[place]):
        return False
    following = run[place + 1 : place + 4]
    return any(_is_head(token) for token in following)


def _is_value(token: Token) -> bool:
    return is_value_head(token.text) and not token.property


def _is_head(token: Token) -> bool:
    return _is_value(token) or named(token.text) is not None


def _head(run: Sequence[Token], floor: int, anchor: int) -> Head | None:
    first = anchor
    while first > floor and (named(run[first - 1].text) is not None or _beside(run, first - 1, anchor)):
        first -= 1
    first = _up_to_caption(run, floor, first)
    columns: list[Column] = []
    place = first
    while place < len(run) and len(columns) < _MOST_HEADS:
        token = run[place]
        role = named(token.text)
        if role is None and (place < anchor or _beside(run, place, anchor)):
            role = "other"
        if columns and _qualifies(token, columns[-1], role):
            columns[-1] = replace(columns[-1], name=columns[-1].name + token.text)
        elif role is not None:
            columns.append(Column(token.text, role, token.at))
        else:
            break
        place += 1
    if len(columns) < 2 or place >= len(run) or not any(column.role == "value" for column in columns):
        return None
    return Head(first, place, _ordered(columns))


def _beside(run: Sequence[Token], place: int, anchor: int) -> bool:
    """Whether a token stands in the line of the first value head, with others: then it is a head too."""
    return run[place].line == run[anchor].line and not run[place].property


def _qualifies(token: Token, last: Column, role: Role | None) -> bool:
    """Whether a token goes on with the head before it: （2025年） below 目标值, 实际 below 2020年."""
    if _BRACKETS.fullmatch(token.text):
        return True
    if _QUALIFIER.fullmatch(token.text) is None or re.search(r"\d", token.text):
        return False
    return role is None or (last.role == "value" and re.search(r"\d{4}年?$", last.name) is not None)


def _up_to_caption(run: Sequence[Token], floor: int, first: int) -> int:
    """Unknown short heads between the caption, or the start of the run, and the first known one."""
    for back in range(1, _MOST_NAMES + 2):
        place = first - back
        if place < floor:
            return floor
        token = run[place]
        if is_caption(token.text) or (is_title(token.text) and len(token.text) >= _SHORTEST_TITLE):
            return place + 1
        if not token.words or len(token.text) > 10:
            return first
    return first


def _ordered(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns in the order of a row: what names it first, then its values.

    Groups, a number and a name that the head does not print are put in, with an empty name.
    """
    stop = next(at for at, column in enumerate(columns) if column.role == "value")
    late = [column for column in columns[stop:] if column.role in ("name", "group", "ordinal")]
    naming = [*(column for column in columns[:stop] if column.role in _NAMING), *late]
    rest = [column for column in columns[:stop] if column.role not in _NAMING]
    words = [column for column in naming if column.role != "ordinal"]
    named_so = [column for column in words if column.role == "name"] or words
    name = named_so[-1] if named_so else None
    lead = [
        column if column.role == "ordinal" else replace(column, role="group")
        for column in naming
        if column is not name
    ]
    if not any(column.role == "group" for column in lead):
        lead = [Column("", "group"), Column("", "group", inner=True), *lead]
    if not any(column.role == "ordinal" for column in lead):
        lead.append(Column("", "ordinal"))
    last = Column("", "name") if name is None else replace(name, role="name")
    values = [column for column in columns[stop:] if column not in late]
    return (*lead, last, *rest, *_inner_years(values))


def _inner_years(columns: Sequence[Column]) -> Sequence[Column]:
    """Years that a second head row puts under 规划目标 stand in its place, though they were read later."""
    others = [at for at, column in enumerate(columns) if column.role != "value"]
    outer = [
        at
        for at, column in enumerate(columns)
        if column.role == "value" and _YEAR.search(column.name) is None
    ]
    if len(outer) != 1 or not others or outer[0] > others[0]:
        return columns
    tail = columns[others[-1] + 1 :]
    if len(tail) < 2 or not all(column.role == "value" for column in tail):
        return columns
    inner = [replace(column, name=f"{columns[outer[0]].name} › {column.name}") for column in tail]
    return [*columns[: outer[0]], *inner, *columns[outer[0] + 1 : others[-1] + 1]]
