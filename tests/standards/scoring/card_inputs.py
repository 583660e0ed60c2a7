"""Counties to be scored, made from the values of inputs."""

from __future__ import annotations

from collections.abc import Mapping

from jiaoheng.packs import Catalogue, Input, ScoreCard
from jiaoheng.standards import Answers
from jiaoheng.standards.scoring import Given, Taken

Value = float | bool | None


def taken(
    catalogue: Catalogue,
    card: ScoreCard,
    values: Mapping[str, Mapping[str, Value]],
    people: Mapping[str, float] | None = None,
) -> Taken:
    """A county of which the inputs are known that stand in `values`, by item and name, and no others."""
    given = {}
    for item in catalogue.score_items_of(card):
        known = values.get(item.id, {})
        given[item.id] = tuple(
            _given(catalogue, one, name, known.get(name)) for name, one in item.inputs.items()
        )
    said = {key: {"value": points} for key, points in (people or {}).items()}
    answers = Answers.model_validate({"for": card.id, "year": 2025, "answers": said})
    return Taken("440703", "某县", given, answers)


def _given(catalogue: Catalogue, one: Input, name: str, value: Value) -> Given:
    if one.measure is None:
        return Given(name, name, value, one.unit or "", reason="未给")
    measure = catalogue.measures[one.measure]
    return Given(name, name, value, measure.unit, reason="未给", better=measure.better)
