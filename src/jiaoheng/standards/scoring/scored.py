"""What a county scored: points of items, of blocks and of the whole card, each from low to high."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import Literal

from jiaoheng.packs import Catalogue, ScoreCard, ScoreCase, ScoreItem
from jiaoheng.standards.scoring.given import Given, points

Basis = Literal["case", "any_case", "no_case", "people", "shared_out", "open"]
"""What decided: a case; that all cases that may hold give the same; that none holds; people; the score of the
other items; nothing yet."""


@dataclass(frozen=True)
class ScoredItem:
    """The points of one item.

    Attributes
    ----------
    low, high : the points that are sure, and those that are still possible; the same where all is known.
    basis : what decided.
    case : the case that holds, where it is known which.
    given : the inputs.
    why : the reason in Chinese, with the numbers.
    regain : what would win points back, one sentence each.
    proof : the files of evidence that were named.
    """

    item: ScoreItem
    low: float
    high: float
    basis: Basis
    case: ScoreCase | None
    given: tuple[Given, ...]
    why: str
    regain: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return self.low == self.high

    @property
    def lost(self) -> float:
        """The points that are surely lost."""
        return self.item.points - self.high

    @property
    def words(self) -> str:
        """``3.44``, or ``2—4`` where it is not known."""
        return span(self.low, self.high)

    @property
    def missing(self) -> tuple[Given, ...]:
        """The inputs that are not known."""
        return tuple(one for one in self.given if one.value is None)


@dataclass(frozen=True)
class Block:
    """The items under one heading."""

    name: str
    points: float
    low: float
    high: float

    @property
    def words(self) -> str:
        return span(self.low, self.high)


@dataclass(frozen=True)
class Scored:
    """What became of a score card in one county and year.

    ``low`` and ``high`` bound the total. They may lie closer together than the sums of the items' bounds:
    where it is open whether an item applies, both ways are gone through for the card as a whole.
    """

    card: ScoreCard
    unit: str
    unit_name: str
    year: int
    items: tuple[ScoredItem, ...]
    low: float
    high: float
    catalogue: Catalogue

    @property
    def known(self) -> bool:
        """Whether every point is settled."""
        return all(one.known for one in self.items)

    @property
    def falls_short(self) -> bool:
        """Whether points are lost or still open."""
        return any(one.low < one.item.points for one in self.items)

    @property
    def words(self) -> str:
        return span(self.low, self.high)

    @property
    def group(self) -> str | None:
        """The group of counties that this one is compared with; None where the card names none for it."""
        return next((name for name, codes in self.card.groups.items() if self.unit in codes), None)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The headings in the order of the card."""
        names = dict.fromkeys(one.item.block for one in self.items)
        return tuple(_block(name, [one for one in self.items if one.item.block == name]) for name in names)

    def indicator(self, name: str) -> Block:
        """The items under one 三级指标 together."""
        return _block(name, [one for one in self.items if (one.item.indicator or one.item.name) == name])

    def item(self, id_: str) -> ScoredItem:
        """What became of the item of that id."""
        return next(one for one in self.items if one.item.id == id_)


def span(low: float, high: float) -> str:
    """Points from low to high."""
    lowest, highest = points(low), points(high)
    return lowest if lowest == highest else f"{lowest}—{highest}"


def _block(name: str, items: list[ScoredItem]) -> Block:
    return Block(
        name,
        fsum(one.item.points for one in items),
        fsum(one.low for one in items),
        fsum(one.high for one in items),
    )
