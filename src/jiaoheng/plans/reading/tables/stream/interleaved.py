"""Rows whose names stand together and whose values follow column by column.

A cell that holds several lines (义务教育标准班额比例 / 其中：小学 / 初中) comes out of the flattening
with all its names first, then the values of the first column, then those of the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiaoheng.plans.reading.tables import names
from jiaoheng.plans.reading.tables.stream.head import Column
from jiaoheng.plans.reading.tables.stream.row import Row
from jiaoheng.plans.reading.tables.stream.tokens import Token

_MOST_NAMES, _LONGEST_LABEL = 6, 8
_PRICE, _NO_PROPERTY, _OTHER_COLUMNS, _UNSAID = 0.3, 1.5, 2.0, 1.0


def read(
    tokens: Sequence[Token], columns: Sequence[Column], place: int, column: int
) -> Iterator[tuple[int, float, tuple[Row, ...]]]:
    """Each way to read such rows from `place` on: (where it ends, its price, its rows).

    A first name that has no values of its own is a row of the name alone. `column` is that of the names.
    """
    stop = place
    while stop < len(tokens) and stop - place < _MOST_NAMES and tokens[stop].words and not tokens[stop].unit:
        stop += 1
    values = [at for at, there in enumerate(columns) if there.role == "value"]
    for count in range(2, stop - place + 1):
        lead = tokens[place : place + count]
        said = names.read(lead[1].text).part
        for many in (count, count - 1):
            end = place + count + many * len(values)
            block = tokens[place + count : end]
            if len(block) < many * len(values) or not all(token.figure or token.empty for token in block):
                continue
            if not said and (many < 2 or not all(_is_label(token) for token in lead[count - many :])):
                continue
            properties, end, price = _properties(tokens, columns, end, many)
            rows = _rows(columns, column, lead, block, properties)
            yield end, price + (0 if said else _UNSAID), rows


def _is_label(token: Token) -> bool:
    """Whether a name is one of a part though it does not say 其中: short, without a measure (小学)."""
    return len(token.text) <= _LONGEST_LABEL and names.is_bare(token.text)


def _properties(
    tokens: Sequence[Token], columns: Sequence[Column], end: int, many: int
) -> tuple[list[tuple[int, Token]], int, float]:
    """The property of each row (column and token; one for all, or one each), where they end, the price."""
    after = [at for at, there in enumerate(columns) if there.role == "property"]
    price = _PRICE + (_OTHER_COLUMNS if any(there.role in ("unit", "owner") for there in columns) else 0)
    if not after:
        return [], end, price
    each = tokens[end : end + many]
    if len(each) == many and all(token.property for token in each):
        return [(after[0], token) for token in each], end + many, price
    if end < len(tokens) and tokens[end].property:
        return [(after[0], tokens[end])] * many, end + 1, price
    return [], end, price + _NO_PROPERTY


def _rows(
    columns: Sequence[Column],
    column: int,
    lead: Sequence[Token],
    block: Sequence[Token],
    properties: Sequence[tuple[int, Token]],
) -> tuple[Row, ...]:
    values = [at for at, there in enumerate(columns) if there.role == "value"]
    many = len(block) // len(values)
    rows = []
    for nth, name in enumerate(lead):
        held: dict[int, tuple[Token, ...]] = {column: (name,)}
        own = nth - (len(lead) - many)
        if own >= 0:
            held |= {at: (block[place * many + own],) for place, at in enumerate(values)}
            held |= {at: (token,) for at, token in properties[own : own + 1]}
        rows.append(
            Row(tuple(held.get(at, ()) for at in range(len(columns))), len(values) if own >= 0 else 0)
        )
    return tuple(rows)
