"""Every damage by its name, with the level at which it strikes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ..draft import Draft

Change = Callable[[Draft, Random], bool]


@dataclass(frozen=True)
class Damage:
    """Something that happens to files. ``weight``: how often it is drawn, against others of its level."""

    name: str
    level: str
    harmless: bool
    weight: float
    change: Change


DAMAGES: list[Damage] = []


def strikes(level: str, *, harmless: bool = False, weight: float = 1.0) -> Callable[[Change], Change]:
    """Enter a function among the damages of a level."""

    def enter(change: Change) -> Change:
        DAMAGES.append(Damage(change.__name__, level, harmless, weight, change))
        return change

    return enter
