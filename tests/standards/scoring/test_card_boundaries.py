"""Every comparator of every case of every score card, at its bound and a step to either side of it.

The cases are read from the packs; which of them holds first, and what it gives, is worked out in exact
fractions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import pytest
from card_inputs import Value, taken
from exact import Exact, exact

from jiaoheng.packs import Catalogue, ScoreItem
from jiaoheng.packs.expression import Node
from jiaoheng.packs.expression.nodes import Binary, Column, Number
from jiaoheng.packs.score_checks import input_types
from jiaoheng.standards.scoring import card_named, conclude

STEPS = (Fraction(0), Fraction(1), Fraction("0.01"), Fraction("0.000001"))
MOST = 4_000
"""A few items have so many inputs that not every mixture of their bounds can be tried: then one at a time."""

COMPARED = (Fraction(40), Fraction(50))
"""What inputs are given that are held against one another: a fifth apart, as documents ask of a fall."""


@dataclass(frozen=True)
class Tried:
    item: ScoreItem
    values: dict[str, Exact]
    points: Fraction


def tries(item: ScoreItem, catalogue: Catalogue) -> Iterator[Tried]:
    """Mixtures of values at and about the bounds of the inputs, and the points that they should give."""
    types = input_types(item)
    choices = {name: values(item, name, kind, catalogue) for name, kind in types.items()}
    sizes = 1
    for found in choices.values():
        sizes *= len(found)
    rows = product(*choices.values()) if sizes <= MOST else one_at_a_time(list(choices.values()))
    for row in rows:
        given = dict(zip(choices, row, strict=True))
        if item.applies is not None and exact(catalogue.node(item.applies), given) is not True:
            continue
        points = points_of(item, given, catalogue)
        if points is not None:
            yield Tried(item, given, points)


def one_at_a_time(choices: list[list[Exact]]) -> Iterator[tuple[Exact, ...]]:
    """All at one choice, then each at each of its others."""
    plain = tuple(found[0] for found in choices)
    yield plain
    for place, found in enumerate(choices):
        for value in found[1:]:
            yield (*plain[:place], value, *plain[place + 1 :])


def values(item: ScoreItem, name: str, kind: str, catalogue: Catalogue) -> list[Exact]:
    if kind == "boolean":
        return [True, False]
    texts = [case.when for case in item.cases if case.when]
    bounds = {bound for text in texts for bound in bounds_of(catalogue.node(text), name)} or set(COMPARED)
    found = {bound + sign * step for bound in bounds for step in STEPS for sign in (1, -1)}
    return [*sorted(value for value in found if value >= 0)]


def bounds_of(node: Node, name: str) -> Iterator[Fraction]:
    """The numbers that an input is held against."""
    for part in node.walk():
        if isinstance(part, Binary) and part.operator in (">=", ">", "<=", "<", "=", "!="):
            sides = (part.left, part.right)
            for one, other in (sides, sides[::-1]):
                if isinstance(one, Column) and one.name == name and isinstance(other, Number):
                    yield Fraction(str(other.value))


def points_of(item: ScoreItem, given: dict[str, Exact], catalogue: Catalogue) -> Fraction | None:
    """The points of the first case that holds; None where its points cannot be worked out."""
    for case in item.cases:
        if case.when is not None and exact(catalogue.node(case.when), given) is not True:
            continue
        points = exact(catalogue.node(case.points), given) if isinstance(case.points, str) else case.points
        if points is None:
            return None
        worth = points if isinstance(points, Fraction) else Fraction(str(points))
        return min(max(worth, Fraction(0)), Fraction(str(item.points)))
    return Fraction(0)


def _given(value: Exact) -> Value:
    assert not isinstance(value, str)
    return float(value) if isinstance(value, Fraction) else value


def test_every_case_of_every_card_gives_its_points_at_its_bounds(catalogue: Catalogue) -> None:
    for card in catalogue.score_cards.values():
        items = [item for item in catalogue.score_items_of(card) if item.cases and item.inputs]
        tried = [one for item in items for one in tries(item, catalogue)]
        assert {one.item.id for one in tried} == {item.id for item in items}
        named = card_named(catalogue, card.id)
        counties = [
            taken(
                catalogue,
                named,
                {one.item.id: {name: _given(value) for name, value in one.values.items()}},
            )
            for one in tried
        ]
        found = conclude(named, counties, year=2025, catalogue=catalogue, engine="polars")
        for one, scored in zip(tried, found, strict=True):
            item = scored.item(one.item.id)
            said = (one.item.id, {name: str(value) for name, value in one.values.items()})
            assert item.low == item.high == pytest.approx(float(one.points), abs=1e-9), said


def test_every_case_has_been_the_first_to_hold(catalogue: Catalogue) -> None:
    for card in catalogue.score_cards.values():
        for item in catalogue.score_items_of(card):
            constant = {float(case.points) for case in item.cases if not isinstance(case.points, str)}
            if item.cases and item.inputs:
                assert constant <= {float(one.points) for one in tries(item, catalogue)}, item.id
