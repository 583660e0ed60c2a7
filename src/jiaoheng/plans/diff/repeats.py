"""Figures of the text that only say again what the same plan's indicator table says."""

from __future__ import annotations

from collections.abc import Iterable

from jiaoheng.plans.interval import exact
from jiaoheng.plans.likeness import bare
from jiaoheng.plans.model import Commitment, Indicator, Target


def repeats(commitment: Commitment, indicators: Iterable[Indicator]) -> bool:
    """Whether one of the indicators states the same quantity with the same value for the same year.

    The comparators may differ: tables print bare figures where the text says 达到 or 以上. Another value is
    no repetition, but a contradiction, and stays.
    """
    return any(
        _one_quantity(commitment, item)
        and any(_one_value(commitment.target, stated) for stated in (*item.milestones, item.target))
        for item in indicators
        if item.target is not None
    )


def _one_quantity(commitment: Commitment, item: Indicator) -> bool:
    if commitment.per is not None or commitment.unit != item.unit:
        return False
    if commitment.measure is not None and item.measure is not None:
        return (commitment.measure, commitment.stage) == (item.measure, item.stage)
    return bare(commitment.subject) == bare(item.name)


def _one_value(one: Target, other: Target | None) -> bool:
    return other is not None and (
        (one.year, exact(one.value), one.value_max) == (other.year, exact(other.value), other.value_max)
    )
