"""What must be worked out to judge items: measures, and the conditions and thresholds put as measures.

A condition or a threshold that is an expression is worked out by the same machinery as a measure: it becomes
one, with a name of its own, for the length of an assessment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jiaoheng.packs import Catalogue, Exemption, Item, Measure, Threshold

CONDITION = "condition"
APPLIES = "applies"
THRESHOLD = "threshold"
WITHIN = "within"


@dataclass(frozen=True)
class Questions:
    """What to compute: the ids by where they are judged, and the measures that were made for it."""

    made: tuple[Measure, ...]
    by_school: tuple[str, ...]
    by_county: tuple[str, ...]


def questions(catalogue: Catalogue, items: Iterable[Item]) -> Questions:
    """The measures that the items need."""
    made: dict[str, Measure] = {}
    wanted: dict[str, dict[str, None]] = {"school": {}, "county": {}}
    for item in items:
        asked = wanted[item.judged]
        for measure in (item.measure, *(one.measure for one in item.exemptions)):
            if measure is not None:
                asked[measure] = None
        for name, text, condition in _expressions(item):
            measure_ = _as_measure(catalogue, item, name, text, condition=condition)
            made[measure_.id] = measure_
            asked[measure_.id] = None
    return Questions(tuple(made.values()), tuple(wanted["school"]), tuple(wanted["county"]))


def name_of(item: Item, part: str, exemption: Exemption | None = None) -> str:
    """The id of the measure that a condition or a threshold becomes."""
    owner = item.id if exemption is None else f"{item.id}__{exemption.id}"
    return f"asked_{part}__{owner}"


def expression(value: Threshold | None) -> str | None:
    """The threshold where it is an expression."""
    return value if isinstance(value, str) else None


def _expressions(item: Item) -> Iterable[tuple[str, str, bool]]:
    if item.condition:
        yield name_of(item, CONDITION), item.condition, True
    if item.applies:
        yield name_of(item, APPLIES), item.applies.when, True
    if text := expression(item.value):
        yield name_of(item, THRESHOLD), text, False
    if item.within and (text := expression(item.within.value)):
        yield name_of(item, WITHIN), text, False
    for one in item.exemptions:
        if one.when:
            yield name_of(item, CONDITION, one), one.when, True
        if text := expression(one.value):
            yield name_of(item, THRESHOLD, one), text, False


def _as_measure(catalogue: Catalogue, item: Item, name: str, text: str, *, condition: bool) -> Measure:
    """One measure, whose value in a school is the expression's in each of its stages.

    For a row that takes several stages together the mean of a condition is 1 where it holds in all of them.
    """
    own = catalogue.measures[item.measure] if item.measure else None
    # What is the same for all schools of a stage is not summed over them: their mean is it.
    mean = item.judged == "school" or catalogue.node(text).columns() <= {"stage"}
    fields: Mapping[str, object] = {
        "id": name,
        "name": item.name,
        "unit": item.name if own is None else own.unit,
        "clause": item.clause,
        "numerator": f"if({text}, 1, 0)" if condition else text,
        "stages": (own.stages if own else item.stages),
        "together": own.together if own else item.together,
        "rollup": "ratio_of_sums" if mean else "sum",
        **({"denominator": "1", "whole": True} if mean else {}),
    }
    measure = Measure.model_validate(fields)
    measure.bind(item.document, item.place)
    return measure
