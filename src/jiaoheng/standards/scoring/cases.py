"""Which cases of which items hold, and what points they give: worked out for all counties in one frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from jiaoheng import engine as engines
from jiaoheng.packs import Catalogue, ScoreItem
from jiaoheng.packs.expression import Node, Type
from jiaoheng.packs.expression.nodes import Binary, Column, with_columns
from jiaoheng.packs.score_checks import input_types
from jiaoheng.standards.scoring.given import Given


@dataclass(frozen=True)
class Case:
    """One case of an item in one county: whether it holds, and its points; None where that is not known.

    ``parts`` are the conditions that must hold together, with whether each does.
    """

    holds: bool | None
    points: float | None
    parts: tuple[tuple[Node, bool | None], ...]


@dataclass(frozen=True)
class Weighed:
    """An item in one county: whether it applies, and its cases in order."""

    applies: bool | None
    cases: tuple[Case, ...]


def weighed(
    items: Sequence[ScoreItem],
    counties: Sequence[Mapping[str, Sequence[Given]]],
    *,
    catalogue: Catalogue,
    engine: str,
) -> list[dict[str, Weighed]]:
    """Work out every condition and every number of points.

    Parameters
    ----------
    counties : for each county the inputs, by the item's id.

    Returns
    -------
    list of dict
        For each county, in order, by the item's id.
    """
    schema: dict[str, Type] = {}
    nodes: dict[str, Node] = {}
    for item in items:
        for name, kind in input_types(item).items():
            schema[_column(item, name)] = kind
        for name, node in _questions(item, catalogue):
            nodes[name] = _own(item, node)
    frame = _frame(items, counties, schema)
    with engines.open(engine) as opened:
        lazy = engines.derive(opened.from_arrow(frame.to_arrow()), nodes, schema)
        rows: list[dict[str, Any]] = lazy.collect("polars").to_native().sort("place").to_dicts()
    return [{item.id: _read(item, row, catalogue) for item in items} for row in rows]


def parts_of(node: Node) -> Iterator[Node]:
    """The conditions that must hold together."""
    if isinstance(node, Binary) and node.operator == "and":
        yield from parts_of(node.left)
        yield from parts_of(node.right)
    else:
        yield node


def _questions(item: ScoreItem, catalogue: Catalogue) -> Iterator[tuple[str, Node]]:
    if item.applies is not None:
        yield _result(item, "applies"), catalogue.node(item.applies)
    for place, case in enumerate(item.cases):
        if case.when is not None:
            node = catalogue.node(case.when)
            yield _result(item, place, "when"), node
            for at, part in enumerate(parts_of(node)):
                yield _result(item, place, at), part
        if isinstance(case.points, str):
            yield _result(item, place, "points"), catalogue.node(case.points)


def _read(item: ScoreItem, row: Mapping[str, Any], catalogue: Catalogue) -> Weighed:
    cases = []
    for place, case in enumerate(item.cases):
        holds: bool | None = True
        parts: tuple[tuple[Node, bool | None], ...] = ()
        if case.when is not None:
            holds = row[_result(item, place, "when")]
            nodes = parts_of(catalogue.node(case.when))
            parts = tuple((node, row[_result(item, place, at)]) for at, node in enumerate(nodes))
        worth = row[_result(item, place, "points")] if isinstance(case.points, str) else case.points
        cases.append(Case(holds, worth, parts))
    return Weighed(True if item.applies is None else row[_result(item, "applies")], tuple(cases))


def _result(item: ScoreItem, *parts: object) -> str:
    return "__".join(("scored", item.id, *map(str, parts)))


def _frame(
    items: Sequence[ScoreItem], counties: Sequence[Mapping[str, Sequence[Given]]], schema: Mapping[str, Type]
) -> pl.DataFrame:
    types = {"number": pl.Float64(), "boolean": pl.Boolean()}
    dtypes: dict[str, pl.DataType] = {"place": pl.Int64()}
    dtypes |= {name: types[kind] for name, kind in schema.items()}
    rows = [
        {"place": place}
        | {_column(item, one.name): one.value for item in items for one in county.get(item.id, ())}
        for place, county in enumerate(counties)
    ]
    return pl.DataFrame(rows, schema=dtypes)


def _own(item: ScoreItem, node: Node) -> Node:
    """`node` over the item's own columns of the one frame."""
    return with_columns(node, lambda column: Column(_column(item, column.name), place=column.place))


def _column(item: ScoreItem, name: str) -> str:
    return f"{item.id}__{name}"
