"""What the standards demand of a measure, as plain numbers: what a plan's target must not fall short of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.standard import Item, Level, Op, Standard


@dataclass(frozen=True)
class Demand:
    """One item of a standard for one row of its measure.

    Attributes
    ----------
    item : the item, with its document, clause and doubts.
    level : who demands it.
    measure, stage : the measure, and the word in its ``stage`` column; ``""`` where it has no stages.
    op, value : the comparator and the threshold, in the unit of the measure.
    """

    item: Item
    level: Level
    measure: str
    stage: str
    op: Op
    value: float

    @property
    def better(self) -> str:
        """``higher`` or ``lower``: which way the demand asks for more."""
        return "higher" if self.op in (">=", ">") else "lower"


def demands(catalogue: Catalogue) -> Iterator[Demand]:
    """The thresholds of all standards that are numbers, one for each row of the measure.

    An item that is judged in schools demands as much of the county: where every school reaches a level, so
    does the county. Thresholds that are worked out school by school say nothing of the county, and items that
    no rule joins demand nothing.
    """
    for standard in catalogue.standards.values():
        for item in catalogue.items_of(standard):
            if item.standard != standard.id or item.measure is None or item.op is None:
                continue
            if not _counts(item, standard):
                continue
            rows = item.stages or catalogue.measures[item.measure].rows or ("",)
            for stage in rows:
                value = item.value.get(stage) if isinstance(item.value, dict) else item.value
                if isinstance(value, float):
                    yield Demand(item, standard.level, item.measure, stage, item.op, value)


def _counts(item: Item, standard: Standard) -> bool:
    joined = any(item.group in rule.groups or item.id in rule.items for rule in standard.rules)
    return joined or item.veto or bool(standard.tiers)
