"""Chooses which cells to mask: the small ones, and as few others as keep anyone from working them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jiaoheng.disclosure.lattice import Counts, DisclosureError, Flags, Lattice
from jiaoheng.disclosure.programs import Attack, Flow, Numbers

_BEYOND = 10
"""Where no whole is public, a count is taken to be less than this many times the table's total."""


@dataclass(frozen=True)
class Pattern:
    """Which cells are masked, and what an outsider can still work out of each.

    Attributes
    ----------
    primary : the small cells.
    masked : all that are masked, the small ones among them.
    low, high : the least and the greatest value that each cell can have; where nothing is masked, its count.
    bound : whether ``high`` is a bound that an outsider knows at all.
    zeros : whether zeros had to be masked with the others.
    """

    primary: Flags
    masked: Flags
    low: Counts
    high: Counts
    bound: Flags
    zeros: bool


class _Tables:
    """Tables that an outsider cannot tell from the true one, and how far apart they are in each cell."""

    def __init__(self, true: Counts, others: Sequence[Counts] = ()) -> None:
        self._true, self._others = true, list(others)
        self.low = np.min([true, *others], axis=0)
        self.high = np.max([true, *others], axis=0)

    def add(self, other: Counts) -> None:
        self._others.append(other)
        self.low, self.high = np.minimum(self.low, other), np.maximum(self.high, other)

    def that_agree(self, cell: int) -> _Tables:
        """Those in which a cell has its true count: they stay possible when it is shown."""
        return _Tables(self._true, [other for other in self._others if other[cell] == self._true[cell]])


class _TooNarrowError(Exception):
    """A cell cannot be protected while nobody believes that a zero may be masked."""


def suppress(cells: Lattice, *, least: int, width: int) -> Pattern:
    """Mask small cells, and others with them.

    First an outsider is taken to know that no masked count is zero (nor, where the whole is public, all of
    it), for zeros are not small. Where a cell cannot be protected against that, zeros may be masked too.

    Parameters
    ----------
    least : counts from 1 to ``least - 1`` are small, and so is what is missing to a public whole.
    width : how far apart the least and the greatest possible value of every masked cell must be.
    """
    for zeros in (False, True):
        try:
            return _Search(cells, least, width, zeros).pattern()
        except _TooNarrowError:
            continue
    raise DisclosureError("这张表太小，隐去全部人数也仍能推算。请合并学校或镇街后再公布。")


@dataclass
class _Search:
    cells: Lattice
    least: int
    width: int
    zeros: bool

    def __post_init__(self) -> None:
        counts, wholes = self.cells.counts, self.cells.wholes
        edge = 0 if self.zeros else 1
        beyond = _BEYOND * (int(counts.max(initial=0)) + self.width)
        if wholes is None:
            self.top = np.full(len(counts), beyond, dtype=np.int64)
        else:
            self.top = np.where(wholes < self.least, wholes, wholes - edge)
        self.bottom = np.full(len(counts), edge, dtype=np.int64)
        settled = (counts == 0) | (False if wholes is None else (counts == wholes) & (wholes >= self.least))
        # What is certain anyway has no range: zeros, and all of a group that is not small itself.
        self.fixed = self.cells.unknown if self.zeros else settled
        self.bottom, self.top = np.minimum(self.bottom, counts), np.maximum(self.top, counts)
        small = (counts > 0) & (counts < self.least)
        if wholes is not None:
            rest = wholes - counts
            small |= (rest > 0) & (rest < self.least) & (counts > 0)
        self.primary = small
        self.masked = self.primary.copy()
        self.need = np.minimum(self.width, self.top - self.bottom)
        self.tables = _Tables(counts)
        self.attack = Attack(self.cells.sums, counts, self.bottom, self.top)
        self.flow = Flow(self.cells.sums, counts, self.bottom, self.top)
        # A large count says more to a reader than a small one, though not in proportion.
        self.weight: Numbers = 1.0 + np.log2(1.0 + counts)

    def pattern(self) -> Pattern:
        if not self.zeros and (self.need < self.width)[self.primary].any():
            raise _TooNarrowError
        self._open()
        self._close()
        low, high = self.cells.counts.copy(), self.cells.counts.copy()
        for cell in _places(self.masked):
            low[cell] = self._extreme(cell, most=False)[cell]
            high[cell] = self._extreme(cell, most=True)[cell]
        # Where nothing bounds a cell it goes far beyond the table's total, and takes others along.
        bound = (high <= self.cells.counts.max(initial=0)) | (self.cells.wholes is not None)
        return Pattern(self.primary, self.masked, low, high, bound, self.zeros)

    def _open(self) -> None:
        """Mask more cells until every masked one is wide enough."""
        while True:
            narrow = [cell for cell in _places(self.masked) if not self._is_wide(cell)]
            if not narrow:
                return
            cell = max(narrow, key=lambda one: (self.primary[one], self.cells.counts[one]))
            self._widen(cell)

    def _is_wide(self, cell: int) -> bool:
        """Whether tables are known, or can be found, between which the cell differs by enough."""
        for most in (True, False):
            if self._spread(cell) >= self.need[cell]:
                return True
            self.tables.add(self._extreme(cell, most=most))
        return self._spread(cell) >= int(self.need[cell])

    def _spread(self, cell: int) -> int:
        return int(self.tables.high[cell] - self.tables.low[cell])

    def _widen(self, cell: int) -> None:
        """Mask what must move along with the cell, upwards or downwards, whichever costs less."""
        here, need = int(self.cells.counts[cell]), int(self.need[cell])
        least, most = int(self.tables.low[cell]), int(self.tables.high[cell])
        targets = [
            target
            for target in (min(least + need, int(self.top[cell])), max(most - need, int(self.bottom[cell])))
            if not least <= target <= most
        ]
        costs = np.where(self.masked, 0.0, self.weight)
        ways = [
            way
            for target in targets
            if (way := self.flow.moved(cell, target - here, costs=costs, still=self.fixed))
        ]
        moving = min(ways, key=lambda way: way[0])[1] if ways else self.masked
        if not (moving & ~self.masked).any():
            moving = self._neighbour()
        self.masked = self.masked | moving

    def _neighbour(self) -> Flags:
        """The lightest cell that could be masked and is not, beside a masked one if there is such a cell."""
        free = ~self.masked & ~self.fixed
        if not free.any():
            raise _TooNarrowError
        near = np.zeros(len(free), dtype=bool)
        for one in self.cells.sums:
            if self.masked[[one.total, *one.parts]].any():
                near[[one.total, *one.parts]] = True
        choice = free & near if (free & near).any() else free
        found = np.zeros(len(free), dtype=bool)
        found[min(_places(choice), key=lambda other: self.weight[other])] = True
        return found

    def _close(self) -> None:
        """Show again, heaviest first, what the others do not need."""
        extra = _places(self.masked & ~self.primary)
        for cell in sorted(extra, key=lambda one: -self.weight[one]):
            known = self.tables
            self.masked[cell] = False
            self.tables = known.that_agree(cell)
            if not all(self._is_wide(other) for other in _places(self.masked)):
                self.masked[cell], self.tables = True, known

    def _extreme(self, cell: int, *, most: bool) -> Counts:
        return self.attack.extreme(self.masked, cell, most=most)


def _places(flags: Flags) -> list[int]:
    return [int(place) for place in np.flatnonzero(flags)]
