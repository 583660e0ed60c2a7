"""All that a plan wants reached, whether it stands in an indicator table or in the text, in one form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.figures import target_words
from jiaoheng.plans.likeness import bare
from jiaoheng.plans.model import Baseline, Commitment, Indicator, Target

FLOORS = (">=", ">", "increase_to")
CEILINGS = ("<=", "<", "decrease_to")
ADDED = ("increase_by", "decrease_by")


@dataclass(frozen=True)
class Aim:
    """A level to reach by a year.

    Attributes
    ----------
    quantity : what it is of, the same for all aims of one quantity: measure and stage, or the bare name; with
        the unit.
    better : ``higher`` or ``lower``: a bound decides, then the measure; None where neither does.
    baseline : its own, else that of the indicator of the same quantity.
    baseline_side : where that stands, if it is not the aim's own place.
    measure_name : empty where no measure follows it.
    """

    name: str
    unit: str
    target: Target
    quantity: tuple[str, ...]
    better: str | None
    baseline: Baseline | None
    side: Side
    baseline_side: Side | None = None
    measure_name: str = ""

    @property
    def words(self) -> str:
        """The target in words."""
        return target_words(self.target, self.unit)

    @property
    def highest(self) -> float:
        """The value, of a range the upper end."""
        return self.target.value if self.target.value_max is None else self.target.value_max


def aims(audited: Audited, catalogue: Catalogue) -> tuple[Aim, ...]:
    """Every target of the goals of a plan, indicators with their paths first, then commitments.

    What is only added or accumulated (新增, 累计) has no level, and is left out; so are standing duties.
    """
    of_indicators = tuple(_of_indicators(audited, catalogue))
    stated = {
        aim.quantity: (aim.baseline, aim.side) for aim in reversed(of_indicators) if aim.baseline is not None
    }
    found = list(of_indicators)
    for item in audited.plan.commitments:
        if item.target.op in ADDED or item.per:
            continue
        quantity = quantity_of(item)
        own = item.baseline
        baseline, side = (own, None) if own is not None else stated.get(quantity, (None, None))
        found.append(
            Aim(
                item.subject,
                item.unit,
                item.target,
                quantity,
                _better(item, item.target, catalogue),
                baseline,
                audited.at(item.passage),
                side,
                _measure_name(item, catalogue),
            )
        )
    return tuple(found)


def quantity_of(item: Indicator | Commitment) -> tuple[str, ...]:
    """What an indicator or commitment is of; equal for two of the same quantity."""
    name = item.name if isinstance(item, Indicator) else item.subject
    if item.measure:
        return (item.measure, item.stage or "", item.unit)
    group = item.group if isinstance(item, Indicator) else ""
    return ("", bare(group + name), item.unit)


def in_order(side: Side) -> tuple[str, int]:
    """For sorting sides as the document goes."""
    return side.plan, -1 if side.start is None else side.start


def _of_indicators(audited: Audited, catalogue: Catalogue) -> Iterator[Aim]:
    for item in audited.plan.indicators:
        if item.role != "goal" or item.cumulative:
            continue
        for target in item.stated:
            if target.op not in ADDED:
                yield Aim(
                    item.name,
                    item.unit,
                    target,
                    quantity_of(item),
                    _better(item, target, catalogue),
                    item.baseline,
                    audited.at(item.passage),
                    measure_name=_measure_name(item, catalogue),
                )


def _better(item: Indicator | Commitment, target: Target, catalogue: Catalogue) -> str | None:
    if target.op in FLOORS:
        return "higher"
    if target.op in CEILINGS:
        return "lower"
    measure = catalogue.measures.get(item.measure or "")
    return measure.better if measure and measure.better != "none" else None


def _measure_name(item: Indicator | Commitment, catalogue: Catalogue) -> str:
    measure = catalogue.measures.get(item.measure or "")
    return measure.name if measure else ""
