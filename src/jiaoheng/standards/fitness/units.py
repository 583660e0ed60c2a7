"""Measured values as whole numbers of an item's smallest unit, so that no threshold is missed by a float.

A value is first taken to the nearest thousandth, finer than anything is measured; from there on all is
arithmetic on whole numbers. `frame` does the same, column by column.
"""

from __future__ import annotations

import math

from jiaoheng.packs.fitness_rules import FitnessInput, FitnessItem

FINEST = 1000
"""Parts of a unit in which values are taken."""


def plausible(value: float | None, of: FitnessInput) -> bool:
    """Whether it is a value within the bounds of what is measured; NaN is not."""
    return value is not None and of.least <= value <= of.most


def thousandths(value: float) -> int:
    """The nearest whole number of thousandths."""
    return math.floor(value * FINEST + 0.5)


def units(value: float, item: FitnessItem) -> int:
    """A value in the smallest units of its item, rounded as the item's rule says: 10.11 s are 102 tenths."""
    part = FINEST // item.scale
    parts = thousandths(value)
    if item.rounding == "up":
        return int(-(-parts // part))
    if item.rounding == "down":
        return int(parts // part)
    return int((2 * parts + part) // (2 * part))


def bmi_units(weight: float, height: float, item: FitnessItem) -> int:
    """The body mass index of kilograms and centimetres in the smallest units of its item.

    Rounding is exact: 18.15 is 18.2 where a float would have made it 18.1.
    """
    # kg / m² = (thousandths / 1000) / (thousandths / 100000)², times 10 to the decimals.
    over = thousandths(weight) * 10**7 * item.scale
    under = thousandths(height) ** 2
    if item.rounding == "up":
        return int(-(-over // under))
    if item.rounding == "down":
        return int(over // under)
    return int((2 * over + under) // (2 * under))


__all__ = ["FINEST", "bmi_units", "plausible", "thousandths", "units"]
