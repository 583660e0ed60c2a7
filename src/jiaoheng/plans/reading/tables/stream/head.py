"""Where a table starts among cells that lost their grid, and what its columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.tables.captions import is_caption, is_title
from jiaoheng.plans.reading.tables.columns import Role, is_value_head, named
from jiaoheng.plans.reading.tables.stream.tokens import Token

_QUALIFIER = re.compile(
    r"[(（\[].{1,10}[)）\]]|实际|目标值?|预测|预期|现状|基期值?|规划|完成|实绩|预计|基数|值"
)
_MOST_NAMES, _MOST_HEADS = 3, 14


@dataclass(frozen=True)
class Column:
    """A column: its head as printed (joined where it was wrapped), and what it holds."""

    name: str
    role: Role

    @property
    def growth(self) -> bool:
        return self.role == "value" and re.search(r"年均|增速|增长|累计", self.name) is not None


@dataclass(frozen=True)
class Head:
    """The head of a table: tokens ``start`` to ``end`` (exclusive) of the run, and the columns in order.

    The first two columns are always the group and the name, printed or not.
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
    while first > floor and named(run[first - 1].text) is not None:
        first -= 1
    first = _up_to_caption(run, floor, first)
    columns: list[tuple[str, Role]] = []
    place = first
    while place < len(run) and len(columns) < _MOST_HEADS:
        token = run[place]
        role = named(token.text) or ("value" if _is_value(token) else None)
        if role is None and place < anchor:
            role = "other"
        if (
            columns
            and (role is None or _only_qualifies(token, columns[-1]))
            and _QUALIFIER.fullmatch(token.text)
        ):
            columns[-1] = (columns[-1][0] + token.text, columns[-1][1])
        elif role is not None:
            columns.append((token.text, role))
        else:
            break
        place += 1
    values = sum(role == "value" for _, role in columns)
    if not values or len(columns) < 2 or place >= len(run):
        return None
    return Head(first, place, _ordered(columns))


def _only_qualifies(token: Token, last: tuple[str, Role]) -> bool:
    """Whether 目标, 实际 … below a year belong to it."""
    return (
        last[1] == "value"
        and re.search(r"\d{4}年?$", last[0]) is not None
        and not re.search(r"\d", token.text)
    )


def _up_to_caption(run: Sequence[Token], floor: int, first: int) -> int:
    """Unknown short heads between the caption and the first known head belong to the head too."""
    for back in range(1, _MOST_NAMES + 1):
        place = first - back
        if place < floor or place < 0:
            return first
        token = run[place]
        if is_caption(token.text) or (back > 1 and is_title(token.text) and len(token.text) > 8):
            return place + 1
        if not token.words or len(token.text) > 10:
            return first
    return first


def _ordered(columns: Sequence[tuple[str, Role]]) -> tuple[Column, ...]:
    """The columns in their order, a group and a name put before the values where the head has none."""
    stop = next(at for at, (_, role) in enumerate(columns) if role == "value")
    before = [(name, role) for name, role in columns[:stop]]
    names = [at for at, (_, role) in enumerate(before) if role in ("name", "other", "group")]
    name_at = names[-1] if names else None
    first: list[Column] = []
    ordinals = [Column(name, role) for name, role in before if role == "ordinal"]
    groups = [Column(before[at][0], "group") for at in names[:-1]]
    rest = [Column(name, role) for name, role in before if role in ("unit", "property", "owner", "note")]
    first = groups or [Column("", "group")]
    first += ordinals
    first.append(Column(before[name_at][0] if name_at is not None else "", "name"))
    return (*first, *rest, *_inner_years(columns[stop:]))


def _inner_years(columns: Sequence[tuple[str, Role]]) -> list[Column]:
    """Years that a second head row puts under 规划目标 stand in its place, though they were read later."""
    outer = [
        at for at, (name, role) in enumerate(columns) if role == "value" and not re.search(r"\d|五", name)
    ]
    others = [at for at, (_, role) in enumerate(columns) if role != "value"]
    if len(outer) == 1 and others and outer[0] < others[0]:
        tail = [at for at in range(others[-1] + 1, len(columns)) if columns[at][1] == "value"]
        if len(tail) >= 2 and tail[-1] == len(columns) - 1:
            inner = [(f"{columns[outer[0]][0]} › {columns[at][0]}", columns[at][1]) for at in tail]
            columns = [*columns[: outer[0]], *inner, *columns[outer[0] + 1 : tail[0]]]
    return [Column(name, role) for name, role in columns]
