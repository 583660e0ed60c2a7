"""The whole card: items that do not apply, and the total from low to high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import fsum

from jiaoheng.packs import ScoreCard
from jiaoheng.standards.scoring.given import points
from jiaoheng.standards.scoring.scored import ScoredItem, span

_MOST_OPEN = 12
"""So many items whose applying is open are gone through in every way; with more, each is bounded alone."""


def total(
    card: ScoreCard, items: Sequence[ScoredItem], applies: Mapping[str, bool | None]
) -> tuple[tuple[ScoredItem, ...], float, float]:
    """The items with their final points, and the total.

    Parameters
    ----------
    items : every item scored as if it applied.
    applies : for each item whether it does; None where that is not known.

    Notes
    -----
    With ``pro_rata`` an item that does not apply wins its points in the proportion in which the others won
    theirs: Σ won ÷ Σ points of the items that apply. With ``none`` it wins nothing.
    """
    open_ = [one.item.id for one in items if applies[one.item.id] is None]
    settled = tuple(_settled(card, one, items, applies) for one in items)
    if len(open_) > _MOST_OPEN:
        return settled, fsum(one.low for one in settled), fsum(one.high for one in settled)
    lows, highs = [], []
    for way in product((True, False), repeat=len(open_)):
        chosen = {**applies, **dict(zip(open_, way, strict=True))}
        rates = _rate(card, items, chosen)
        lows.append(_sum(items, chosen, rates[0], "low"))
        highs.append(_sum(items, chosen, rates[1], "high"))
    return settled, _plain(min(lows)), _plain(max(highs))


def _settled(
    card: ScoreCard, one: ScoredItem, items: Sequence[ScoredItem], applies: Mapping[str, bool | None]
) -> ScoredItem:
    applying = applies[one.item.id]
    if applying:
        return one
    others = {**applies, one.item.id: False}
    low, high = (_plain(one.item.points * rate) for rate in _bounds(card, items, others))
    told = "；".join(given.words for given in one.given if given.value is not None)
    if applying is None:
        low, high = min(one.low, low), max(one.high, high)
        why = f"{one.why}本项是否适用尚不清楚。"
        return replace(one, low=low, high=high, basis="open", case=None, why=why)
    how = (
        f"按其他项目的得分率折算，得 {span(low, high)} 分"
        if card.reallocation == "pro_rata"
        else f"得 {points(0)} 分"
    )
    return replace(
        one, low=low, high=high, basis="shared_out", case=None, regain=(), why=f"{told}。本项不适用，{how}。"
    )


def _bounds(
    card: ScoreCard, items: Sequence[ScoredItem], applies: Mapping[str, bool | None]
) -> tuple[float, float]:
    """The lowest and the highest rate of the items that apply, over all that is open."""
    open_ = [id_ for id_, known in applies.items() if known is None][:_MOST_OPEN]
    rates = [
        _rate(card, items, {**applies, **dict(zip(open_, way, strict=True))})
        for way in product((True, False), repeat=len(open_))
    ]
    return min(low for low, _ in rates), max(high for _, high in rates)


def _rate(
    card: ScoreCard, items: Sequence[ScoredItem], applies: Mapping[str, bool | None]
) -> tuple[float, float]:
    """What the items that apply won of their points, at the least and at the most."""
    if card.reallocation == "none":
        return 0.0, 0.0
    taken = [one for one in items if applies[one.item.id]]
    full = fsum(one.item.points for one in taken)
    if full == 0:
        return 0.0, 1.0
    return fsum(one.low for one in taken) / full, fsum(one.high for one in taken) / full


def _sum(items: Sequence[ScoredItem], applies: Mapping[str, bool | None], rate: float, end: str) -> float:
    return fsum(
        (one.low if end == "low" else one.high) if applies[one.item.id] else one.item.points * rate
        for one in items
    )


def _plain(value: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{value:.12g}")
