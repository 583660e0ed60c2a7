"""Areas and what they are part of: the tree is checked, given one root, and counts are added up in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jiaoheng.forecast.series import Array, SeriesError

TOTAL = "total"
"""The code of the area over all areas, where a table has none."""

TOTAL_LABEL = "合计"
_NEGLIGIBLE = 0.02
_TOTALS = {"total", "all", "合计", "总计", "全部"}


@dataclass(frozen=True)
class AreaTree:
    """Areas, each once and none before its parent.

    Attributes
    ----------
    areas, labels : their codes, and what people call them.
    parents : for each the index of the area that it is part of, or -1.
    """

    areas: tuple[str, ...]
    parents: tuple[int, ...]
    labels: tuple[str, ...]

    def summed(self, counts: Array) -> Array:
        """Fill what was not counted for an area with the sum of its parts, where those are known.

        One part that did not report in a year would leave everything above it unknown. So a part that is not
        known is taken at its last count before, where all such parts come to at most 2 % of the sum: never at
        a later count, which a forecast from that year could not have seen.

        Parameters
        ----------
        counts : (areas, years, …), NaN where not known.

        Returns
        -------
        Array
            The same shape. What an area was counted at is kept, even where its parts add up to something
            else; NaN is kept in an area without parts.
        """
        filled, likely = counts.copy(), counts.copy()
        for year in range(1, counts.shape[1]):
            likely[:, year] = np.where(np.isnan(likely[:, year]), likely[:, year - 1], likely[:, year])
        guessed = np.where(np.isnan(counts), likely, 0)
        for area in sorted(range(len(self.areas)), key=lambda each: -_depth(each, self.parents)):
            parts = [part for part, parent in enumerate(self.parents) if parent == area]
            if not parts:
                continue
            whole, guess = likely[parts].sum(axis=0), guessed[parts].sum(axis=0)
            counted = ~np.isnan(counts[area])
            likely[area] = np.where(counted, counts[area], whole)
            guessed[area] = np.where(counted, 0, guess)
            added = np.where(guess <= _NEGLIGIBLE * whole, whole, np.nan)
            filled[area] = np.where(counted, counts[area], added)
        return filled


def area_tree(
    areas: Sequence[str], parent_of: Mapping[str, str], lines: Mapping[str, int], *, file: str
) -> AreaTree:
    """Build the tree of areas; where several are part of nothing, one total over all of them comes first.

    Parameters
    ----------
    areas : those that have rows, in their order.
    parent_of : for each area the area that it is part of; one that is not in it is part of nothing.
    lines : for each area the line that says of what it is part.
    file : its name, for messages.

    Raises
    ------
    SeriesError
        An area is part of itself, directly or through others.
    """
    order = list(dict.fromkeys([*parent_of.values(), *areas]))
    given = dict(parent_of)
    _refuse_rings(given, lines, file)
    roots = [area for area in order if area not in given]
    labels = {}
    if len(roots) > 1:
        named = [root for root in roots if root.lower() in _TOTALS]
        total = named[0] if len(named) == 1 else TOTAL
        if not named:
            order.insert(0, total)
            labels[total] = TOTAL_LABEL
        given |= {root: total for root in roots if root != total}
    at = {area: index for index, area in enumerate(order)}
    parents = tuple(at[given[area]] if area in given else -1 for area in order)
    by_depth = sorted(range(len(order)), key=lambda area: _depth(area, parents))
    moved = {old: new for new, old in enumerate(by_depth)}
    return AreaTree(
        tuple(order[area] for area in by_depth),
        tuple(-1 if parents[area] < 0 else moved[parents[area]] for area in by_depth),
        tuple(labels.get(order[area], order[area]) for area in by_depth),
    )


def _refuse_rings(parent_of: Mapping[str, str], lines: Mapping[str, int], file: str) -> None:
    sound: set[str] = set()
    for start in parent_of:
        seen = [start]
        while seen[-1] in parent_of and seen[-1] not in sound:
            above = parent_of[seen[-1]]
            if above in seen:
                ring = " → ".join([*seen[seen.index(above) :], above])
                raise SeriesError(
                    f"{file} › 第 {lines[seen[-1]]} 行「上级」：地区的上级关系绕成了圈（{ring}）。"
                    "请改正上级；最上一级的上级留空。"
                )
            seen.append(above)
        sound.update(seen)


def _depth(area: int, parents: Sequence[int]) -> int:
    depth = 0
    while parents[area] >= 0:
        area, depth = parents[area], depth + 1
    return depth
