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
            Given(name, name, known.get(name), _unit(catalogue, one), reason="未给")
            for name, one in item.inputs.items()
        )
    said = {key: {"value": points} for key, points in (people or {}).items()}
    answers = Answers.model_validate({"for": card.id, "year": 2025, "answers": said})
    return Taken("440703", "某县", given, answers)


def _unit(catalogue: Catalogue, one: Input) -> str:
    return catalogue.measures[one.measure].unit if one.measure else one.unit or ""
