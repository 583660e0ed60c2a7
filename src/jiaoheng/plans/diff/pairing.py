"""Pairs the items of an old list with those of a new one: by what they surely share, then by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Sequence
from typing import TypeVar

from jiaoheng.plans.likeness import likeness

Item = TypeVar("Item")

Key = Callable[[Item], Hashable | None]


def pair(
    old: Sequence[Item],
    new: Sequence[Item],
    *,
    keys: Sequence[Key[Item]],
    name: Callable[[Item], str],
    least: float,
    alike: Callable[[Item, Item], bool] = lambda one, other: True,
) -> list[tuple[Item | None, Item | None]]:
    """Every item once, with its counterpart where there is one; as `new` goes, the rest of `old` last.

    Parameters
    ----------
    keys : the surest first. Items with the same key are pairs where there is one of it on each side, or as
        many on one side as on the other: then in order. None is no key.
    name, least : what is left is paired by `likeness` of names, the likest first, down to `least`.
    alike : whether two items may be a pair at all.
    """
    partner: dict[int, int] = {}
    taken: set[int] = set()

    def join(i: int, j: int) -> None:
        partner[j] = i
        taken.add(i)

    for key in keys:
        ours, theirs = _by_key(old, key, taken), _by_key(new, key, partner.keys())
        for value in ours.keys() & theirs.keys():
            if len(ours[value]) != len(theirs[value]):
                continue
            for i, j in zip(ours[value], theirs[value], strict=True):
                if alike(old[i], new[j]):
                    join(i, j)
    rest = [
        (-close, i, j)
        for i, one in enumerate(old)
        if i not in taken
        for j, other in enumerate(new)
        if j not in partner and alike(one, other) and (close := likeness(name(one), name(other))) >= least
    ]
    for _, i, j in sorted(rest):
        if i not in taken and j not in partner:
            join(i, j)
    pairs: list[tuple[Item | None, Item | None]] = [
        (old[partner[j]] if j in partner else None, other) for j, other in enumerate(new)
    ]
    return [*pairs, *((one, None) for i, one in enumerate(old) if i not in taken)]


def _by_key(items: Sequence[Item], key: Key[Item], done: Container[int]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        value = key(item)
        if value is not None and index not in done:
            found[value].append(index)
    return found
