"""What a reader must know about each measure, taken from the rule packs and said in Chinese."""

from __future__ import annotations

from jiaoheng.measures import definition
from jiaoheng.measures.words import part_words
from jiaoheng.packs import STAGE_GROUPS, Catalogue, Measure
from jiaoheng.reports.inputs import MeasureEntry


def measure_entries(catalogue: Catalogue) -> dict[str, MeasureEntry]:
    """Every measure of the catalogue as the report words it, by id."""
    return {id_: _entry(measure, catalogue) for id_, measure in catalogue.measures.items()}


def _entry(measure: Measure, catalogue: Catalogue) -> MeasureEntry:
    document = measure.document
    return MeasureEntry(
        id=measure.id,
        name=measure.name,
        unit=measure.unit,
        digits=measure.digits,
        definition="；".join([definition(catalogue, measure), *_scope(measure, catalogue)]),
        document=f"《{document.title}》{document.number}",
        clause=measure.clause,
        variation_of=measure.of or "",
        additive=measure.rollup == "sum",
        factor=measure.factor,
    )


def _scope(measure: Measure, catalogue: Catalogue) -> list[str]:
    """What the formula leaves unsaid: stages taken together, and schools left out."""
    found = []
    if measure.together:
        found.append(f"{STAGE_GROUPS[measure.together]}合在一起计算")
    if measure.where:
        found.append(f"范围：{part_words(catalogue, measure.where)}")
    return found
