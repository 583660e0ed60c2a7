"""Rows out of cells that lost their grid: the cheapest way to lay them into the columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jiaoheng.plans.reading.tables import names
from jiaoheng.plans.reading.tables.head_words import Role
from jiaoheng.plans.reading.tables.stream import interleaved
from jiaoheng.plans.reading.tables.stream.head import Column
from jiaoheng.plans.reading.tables.stream.row import Row
from jiaoheng.plans.reading.tables.stream.tokens import Token

_NEVER = 9.0
_MOST_LINES, _LOOK_AHEAD = 3, 40
_AWAY, _MOST_AWAY = 0.05, 0.8
"""What each half-width column costs that a cell is drawn away from its head."""
_NARROW = 3
"""How many characters a line of a narrow column holds: 学前 / 教育 is one group in two lines."""
_REWARD = 4.0
"""What a row that holds a figure is worth: reading goes on as long as rows cost less."""
_MOST_LOSS = 4 * _REWARD
"""How much a way to read may cost more than the best so far: further rows would hardly earn it back."""
_SKIPS: dict[Role, float] = {
    "group": 0, "ordinal": 0, "name": _NEVER, "unit": 2, "value": 2.8, "property": 1.5, "owner": 1.5,
    "note": 0.2, "other": 1,
}  # fmt: skip
_WORDY = re.compile(
    r"达标|完成|提高|提升|持续|逐步|逐年|不断|保持|稳定|全覆盖|基本|达到|省|国家|市|优于|高于|低于|下降|增长|增加|居|前列|"
    r"通过|创建|建成|实现|合格|按|落实|消除|明显|进一步|显著|全面|动态|有所|控制|已|未|是|否|待"
)
_ORDINAL = re.compile(r"[(（]?\d{1,3}[)）、.]?")
_OFFICE = re.compile(r"局|委|办|校|部门|镇|街|政府|中心|园|单位|科|股")
_GOES_ON = re.compile(r"及|以上|以下|的|比例|比重|占比|率|[(（,、和与等】)）]|人?数")
_BREAKS_OFF = re.compile(r"(?:及|和|与|、|的|以上|中|为|等|，)$")


@dataclass(frozen=True)
class Reading:
    """The rows that were read, where they end among the tokens, and what they cost in all."""

    rows: tuple[Row, ...]
    end: int
    cost: float


@dataclass(frozen=True)
class _Path:
    """A way to read the tokens so far: its cost, its whole rows, the cells of the row under way."""

    cost: float
    rows: tuple[Row, _Path] | None = None
    cells: tuple[tuple[int, tuple[Token, ...]], ...] = ()
    figures: int = 0

    def skip(self, price: float) -> _Path:
        return replace(self, cost=self.cost + price)

    def lay(self, column: int, tokens: tuple[Token, ...], price: float, figures: int) -> _Path:
        cells = (*self.cells, (column, tokens))
        return replace(self, cost=self.cost + price, cells=cells, figures=self.figures + figures)

    def end_name(self, columns: Sequence[Column], token: Token) -> _Path | None:
        """The path with `token` as the end of the row's name (a page drew the values in the middle of it)."""
        for place, (at, held) in enumerate(self.cells):
            if columns[at].role == "name" and token.words:
                price = _joint(held[-1], token)
                cells = (*self.cells[:place], (at, (*held, token)), *self.cells[place + 1 :])
                return replace(self, cost=self.cost + price + 0.3, cells=cells) if price < 1 else None
        return None

    def close(self, width: int) -> _Path:
        """The path with its row whole; one without figures pays less (with 预期性 in it), or costs."""
        held = dict(self.cells)
        row = Row(tuple(held.get(at, ()) for at in range(width)), self.figures)
        said = any(token.property for tokens in held.values() for token in tokens)
        worth = _REWARD if self.figures else _REWARD / 2 if said else -_REWARD
        return _Path(self.cost - worth, (row, self))

    def add(self, rows: Sequence[Row], price: float) -> _Path:
        """The path with whole rows after it; the group and number laid so far are the first row's."""
        held = dict(self.cells)
        first = Row(tuple(held.get(at, own) for at, own in enumerate(rows[0].cells)), rows[0].figures)
        path = self
        for row in (first, *rows[1:]):
            path = _Path(path.cost - (_REWARD if row.figures else 0), (row, path))
        return replace(path, cost=path.cost + price)


def read(tokens: Sequence[Token], columns: Sequence[Column]) -> Reading:
    """Lay `tokens` into rows of `columns`, as many as pay."""
    width = len(columns)
    starts: dict[int, _Path] = {0: _Path(0.0)}
    going: defaultdict[int, list[_Path | None]] = defaultdict(lambda: [None] * (width + 1))
    end = 0

    def offer(place: int, column: int, path: _Path) -> None:
        if path.cost > starts[end].cost + _MOST_LOSS:
            return
        held = going[place][column]
        if held is None or path.cost < held.cost - 1e-9:
            going[place][column] = path

    def lay(path: _Path, place: int, column: int) -> None:
        for stop, price, figures in _laid(tokens, columns[column], place):
            held = tuple(tokens[place:stop])
            offer(stop, column + 1, path.lay(column, held, price, figures))
        if columns[column].role == "name":
            for stop, price, rows in interleaved.read(tokens, columns, place, column):
                starts[stop] = _better(starts.get(stop), path.add(rows, price))

    for place in range(len(tokens) + 1):
        if place - end > _LOOK_AHEAD:
            break
        for column in range(1, width):
            path = going[place][column]
            if path is not None:
                offer(place, column + 1, path.skip(_skip(columns[column])))
                lay(path, place, column)
        whole = going[place][width]
        if whole is not None:
            starts[place] = _better(starts.get(place), whole.close(width))
            if place < len(tokens) and (ended := whole.end_name(columns, tokens[place])) is not None:
                starts[place + 1] = _better(starts.get(place + 1), ended.close(width))
        start = starts.get(place)
        if start is None:
            continue
        if start.cost < starts[end].cost - 1e-9:
            end = place
        fresh = start
        for column in range(width):
            lay(fresh, place, column)
            if columns[column].role == "name":
                break
            fresh = fresh.skip(_skip(columns[column]))
    reached = starts[end]
    return Reading(_rows(reached), end, reached.cost)


def _better(left: _Path | None, right: _Path) -> _Path:
    return left if left is not None and left.cost <= right.cost else right


def _rows(path: _Path) -> tuple[Row, ...]:
    found = []
    while path.rows is not None:
        row, path = path.rows
        found.append(row)
    return tuple(reversed(found))


def _skip(column: Column) -> float:
    if column.role == "ordinal":
        return 0.3 if column.name else 0.0
    return 1.0 if column.growth else _SKIPS[column.role]


def _laid(tokens: Sequence[Token], column: Column, place: int) -> Iterator[tuple[int, float, int]]:
    """The ways to fill `column` from `place` on: (where it ends, its price, figures in it)."""
    if place >= len(tokens):
        return
    price = _price(tokens[place], column)
    if price >= _NEVER:
        return
    yield place + 1, price, int(column.role == "value" and tokens[place].figure)
    if column.role == "group" and place + 1 < len(tokens):
        left, right = tokens[place : place + 2]
        if right.words and not right.unit and max(len(left.text), len(right.text)) <= _NARROW:
            yield place + 2, 0.6, 0
    if column.role != "name":
        return
    for stop in range(place + 2, min(place + _MOST_LINES, len(tokens)) + 1):
        if not tokens[stop - 1].words:
            return
        price += _joint(tokens[stop - 2], tokens[stop - 1])
        yield stop, price, 0


def _price(token: Token, column: Column) -> float:
    """What it costs to hold `token` in `column`: 0 where it is just what the column is for."""
    away = min((abs(mine - its) for mine, its in zip(token.at, column.at, strict=False)), default=0.0)
    return _price_of_words(token, column) + min(away * _AWAY, _MOST_AWAY)


def _price_of_words(token: Token, column: Column) -> float:
    text, role = token.text, column.role
    if role == "value":
        if token.figure or token.empty:
            return 0
        if token.property or token.unit:
            return _NEVER
        return (0.6 if _WORDY.search(text) else 3.5) + (3 if len(text) > 14 or "(%" in text else 0)
    if role == "property":
        return 0 if token.property else _NEVER if not token.words else 4
    if role == "unit":
        return 0 if token.unit else 0.5 if token.empty else _NEVER
    if role == "ordinal":
        return (0 if column.name else 0.5) if _ORDINAL.fullmatch(text) else _NEVER
    if not token.words or (token.unit and role != "note"):
        return _NEVER
    if role == "owner":
        return 0.2 if _OFFICE.search(text) else 3
    if role == "note":
        return 2
    name = names.read(text)
    measures = bool(name.unit) or not names.is_bare(name.words)
    if role == "group":
        length = 1.5 * (len(text) > 10) + 1.5 * (len(text) > 16)
        return (3 if measures else 0.7) + 0.1 * column.inner + length
    return 0 if measures else 0.8


def _joint(left: Token, right: Token) -> float:
    """What it costs to read two cells as one name that was wrapped."""
    opened = sum(left.text.count(sign) for sign in "（(") > sum(left.text.count(sign) for sign in "）)")
    if opened or _BREAKS_OFF.search(left.text):
        return 0.2
    name = names.read(right.text)
    if name.numbered or name.part:
        return 4
    if _GOES_ON.match(right.text) and names.read(left.text).unit == "":
        return 0.4
    bare = names.is_bare(names.read(left.text).words) and not names.is_bare(name.words)
    return 1.6 if bare and len(left.text) >= 8 else 4
