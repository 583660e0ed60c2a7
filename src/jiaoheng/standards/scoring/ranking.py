"""Compares counties within the groups of a score card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.standards.scoring.scored import Scored

OTHERS = "未分组"


@dataclass(frozen=True)
class Rank:
    """The place of a county in its group: the best and the worst that is possible.

    Counties with the same points share a place, and the next one goes behind all of them.
    """

    group: str
    best: int
    worst: int
    scored: Scored

    @property
    def words(self) -> str:
        return str(self.best) if self.best == self.worst else f"{self.best}—{self.worst}"


def ranked(counties: Sequence[Scored]) -> tuple[Rank, ...]:
    """The counties group by group in the order of the card, the highest first.

    A county's best place leaves only those before it that are sure to have more points; its worst, all that
    may have more.
    """
    groups: dict[str, list[Scored]] = {}
    for one in counties:
        groups.setdefault(one.group or OTHERS, []).append(one)
    order = {name: place for place, name in enumerate([*counties[0].card.groups, OTHERS])} if counties else {}
    found: list[Rank] = []
    for group in sorted(groups, key=lambda name: order[name]):
        own = groups[group]
        ranks = [
            Rank(
                group,
                1 + sum(other.low > one.high for other in own),
                1 + sum(other.high > one.low for other in own if other is not one),
                one,
            )
            for one in own
        ]
        found += sorted(ranks, key=lambda rank: (rank.best, rank.worst, rank.scored.unit))
    return tuple(found)
