"""One search: solve, hold every coefficient against its cap, cut, and repeat.

Each round is a relaxation of the county's problem, so what it proves is a bound on it. A solution counts only
once the rule itself (`check.judge`) holds for it, in whole units.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from jiaoheng.standards.remedy import cones as cone_cuts
from jiaoheng.standards.remedy.cones import Cone
from jiaoheng.standards.remedy.model import Model, after
from jiaoheng.standards.remedy.problem import State
from jiaoheng.standards.remedy.solver import INFINITE, Found, Numbers

Units = tuple[int, ...]

ROUGH = 1e-4
"""How far above its cap a coefficient may be in the continuous relaxation, which is only where it begins."""
_RELAXED_ROUNDS = 40
_FOR_REPAIR = 0.3
"""The part of the time that is kept for caps that rounding broke."""
_TIGHTER = (1e-6, 1e-5, 1e-4, 5e-4, 2e-3, 5e-3, 1e-2, 2e-2, 4e-2)
"""By how much, relatively, caps are lowered in turn to find a solution where rounding broke one."""


@dataclass(frozen=True)
class Outcome:
    """The best that was found, and what is proven.

    Attributes
    ----------
    value : of the objective, in whole units; infinity where nothing was found.
    bound : nothing is lower.
    """

    units: Units | None
    value: float
    bound: float
    infeasible: bool
    rounds: int


@dataclass
class Search:
    """What is searched, and how.

    Attributes
    ----------
    value : the objective of whole units. ``accepts`` : whether they keep the rule.
    until : on the monotonic clock. ``gap`` : near enough to the bound, relatively.
    span : by stage and item, the range of the total amount; where pupils move.
    """

    built: Model
    value: Callable[[Units, State], float]
    accepts: Callable[[Units, State], bool]
    until: float
    gap: float
    span: dict[tuple[str, int], tuple[float, float]] = field(default_factory=dict)
    _rounds: int = 0
    _best: tuple[float, Units] | None = None

    def run(self, cuts: Sequence[Cone], *, begin: Sequence[Units] = ()) -> Outcome:
        """Search.

        Parameters
        ----------
        cuts : the coefficients that are to be kept.
        begin : what is known to be possible, to be bettered.
        """
        for units in begin:
            self._consider(units)
        bound = -INFINITE
        infeasible = not self._relax(cuts)
        reserve = _FOR_REPAIR * self._left
        start: Numbers | None = None
        while not infeasible and self._left > reserve:
            found = self._solve(self._left - reserve, start)
            infeasible = found.infeasible
            if infeasible:
                break
            bound = max(bound, found.bound)
            if found.values is None:
                break
            self._consider(self.built.units(found.values))
            if self._near(bound) or not self._cut(cuts, found.values):
                break
            start = found.values
        if not infeasible and not self._near(bound):
            self._repair(cuts)
        if self._best is None:
            return Outcome(None, INFINITE, bound, infeasible, self._rounds)
        value, units = self._best
        return Outcome(units, value, min(bound, value), False, self._rounds)

    @property
    def _left(self) -> float:
        return self.until - time.monotonic()

    def _solve(self, seconds: float, start: Numbers | None) -> Found:
        self._rounds += 1
        return self.built.programme.solve(whole=True, gap=self.gap / 2, seconds=seconds, start=start)

    def _near(self, bound: float) -> bool:
        return self._best is not None and self._best[0] - bound <= self.gap * abs(self._best[0])

    def _relax(self, cuts: Sequence[Cone]) -> bool:
        """Cut the continuous relaxation until it keeps the caps; False where it has no solution."""
        for _ in range(_RELAXED_ROUNDS):
            found = self.built.programme.solve(whole=False, seconds=max(self._left, 1.0))
            if found.infeasible:
                return False
            if found.values is None or not self._cut(cuts, found.values, slack=ROUGH):
                break
        return True

    def _cut(self, cuts: Sequence[Cone], values: Numbers, *, slack: float = cone_cuts.SLACK) -> int:
        return sum(
            cone_cuts.cut(self.built, cone, values, self.span.get((cone.stage, cone.item)), slack=slack)
            for cone in cuts
        )

    def _consider(self, units: Units) -> None:
        state = after(self.built.problem, self.built.menu, units)
        value = self.value(units, state)
        if (self._best is None or value < self._best[0]) and self.accepts(units, state):
            self._best = (value, units)

    def _repair(self, cuts: Sequence[Cone]) -> None:
        """Lower the caps by a little more each time, until whole units keep the true ones."""
        before = self._best
        for by in _TIGHTER:
            lower = [replace(cone, cap=cone.cap * (1 - by), lifted=(), seen=[]) for cone in cuts]
            while self._left > 0:
                found = self._solve(self._left, None)
                if found.values is None:
                    return
                self._consider(self.built.units(found.values))
                if self._best is not before:
                    return
                if not self._cut(lower, found.values):
                    break
