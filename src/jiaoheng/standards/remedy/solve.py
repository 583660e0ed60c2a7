"""The least-cost changes after which all pass; or, within a budget, those after which most schools do."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaoheng.standards.remedy.actions import Menu
from jiaoheng.standards.remedy.check import holds, judge
from jiaoheng.standards.remedy.cones import cones
from jiaoheng.standards.remedy.model import Model, after, model
from jiaoheng.standards.remedy.problem import Problem, State, present
from jiaoheng.standards.remedy.search import Search, Units

GAP = 0.005
"""How far from the proven bound, relatively, is near enough to stop."""

SECONDS = 60.0
_TEN_THOUSAND = 10_000.0
_HAIR = 1 + 1e-9


@dataclass(frozen=True)
class Solution:
    """What to do, and what is proven about it.

    Attributes
    ----------
    units : per action of the menu; None where nothing was found.
    cost : yuan over the horizon. ``bound`` : nothing that makes as many pass costs less.
    passing : how many schools pass. ``most`` : no more can.
    infeasible : proven: within the limits nothing does it.
    seconds, rounds : how long it took, how many programmes in whole numbers were solved.
    """

    units: Units | None
    cost: float
    bound: float
    passing: int
    most: int
    infeasible: bool
    seconds: float
    rounds: int

    @property
    def gap(self) -> float | None:
        """How far the cost may be from the least, relatively."""
        if self.units is None:
            return None
        return 0.0 if self.cost <= 0 else max(0.0, (self.cost - self.bound) / self.cost)


def cost_of(menu: Menu, units: Sequence[int]) -> float:
    """Yuan over the horizon."""
    return math.fsum(cost * count for cost, count in zip(menu.costs, units, strict=True))


def least_cost(problem: Problem, menu: Menu, *, gap: float = GAP, seconds: float = SECONDS) -> Solution:
    """The cheapest changes after which every school passes and no coefficient is above its cap.

    Schools of which something is not known are held to what is known.

    Parameters
    ----------
    gap : stop when the cost is proven to be within this of the least.
    seconds : stop looking then, with the best that was found.
    """
    begun = time.monotonic()
    built = model(problem, menu)
    search = Search(
        built,
        value=lambda units, _: cost_of(menu, units),
        accepts=lambda _, state: holds(problem, state),
        until=begun + seconds,
        gap=gap,
    )
    found = search.run(cones(built))
    state = present(problem) if found.units is None else after(problem, menu, found.units)
    passing = len(judge(problem, state).passing(problem))
    return Solution(
        found.units,
        found.value,
        max(0.0, found.bound),
        passing,
        passing if found.infeasible else len(problem.of_school),
        found.infeasible,
        time.monotonic() - begun,
        found.rounds,
    )


def most_schools(
    problem: Problem, menu: Menu, budget: float, *, gap: float = GAP, seconds: float = SECONDS
) -> Solution:
    """The changes within a budget after which most schools pass, and of those the cheapest.

    No school that is left failing falls further below a threshold, and no coefficient rises above its cap, or
    above what it is today where that is more.

    Parameters
    ----------
    budget : yuan over the horizon.
    """
    begun = time.monotonic()
    eased = _eased(problem)
    nothing = (0,) * len(menu.actions)

    def passing(state: State) -> int:
        return len(judge(problem, state).passing(problem))

    def accepts(units: Units, state: State) -> bool:
        return cost_of(menu, units) <= budget and not judge(eased, state).over

    first = _within(problem, eased, menu, budget)
    wanted = [0.0] * first.programme.columns
    for column in first.passes.values():
        wanted[column] = -1.0
    first.programme.costs(wanted)
    most = Search(
        first, lambda _, state: -float(passing(state)), accepts, until=begun + seconds / 2, gap=gap
    ).run(cones(first), begin=(nothing,))
    assert most.units is not None, "to change nothing keeps the budget and every coefficient"
    count = round(-most.value)
    second = _within(problem, eased, menu, budget)
    second.programme.row(dict.fromkeys(second.passes.values(), 1.0), low=float(count))
    cheapest = Search(
        second,
        lambda units, _: cost_of(menu, units),
        lambda units, state: accepts(units, state) and passing(state) >= count,
        until=begun + seconds,
        gap=gap,
    ).run(cones(second), begin=(most.units, nothing))
    units = cheapest.units or most.units
    return Solution(
        units,
        cost_of(menu, units),
        max(0.0, min(cheapest.bound, cost_of(menu, units))),
        count,
        max(count, math.floor(-most.bound + 1e-6)),
        False,
        time.monotonic() - begun,
        most.rounds + cheapest.rounds,
    )


def _within(problem: Problem, eased: Problem, menu: Menu, budget: float) -> Model:
    """The model in which schools may be left failing, and no more than the budget is spent."""
    built = model(eased, menu, choose=True)
    now = judge(problem, present(problem))
    for school, column in built.passes.items():
        known = all(now.passes[place] is not None for place in problem.of_school[school])
        passes = all(now.passes[place] for place in problem.of_school[school])
        built.programme.bounds(column, float(passes), float(known))
    # What is rounded up to whole units may cost a unit more in each place.
    rounding = math.fsum(c for c, action in zip(menu.costs, menu.actions, strict=True) if not action.whole)
    spent = {column: cost / _TEN_THOUSAND for column, cost in enumerate(built.costs) if cost}
    built.programme.row(spent, high=(budget - min(rounding, budget * 0.002)) / _TEN_THOUSAND)
    return built


def _eased(problem: Problem) -> Problem:
    """The same county, with caps that today's coefficients keep."""
    today = judge(problem, present(problem)).variations
    caps = {
        stage: tuple(
            None if cap is None else max(cap, (today[stage, item] or 0.0) * _HAIR)
            for item, cap in enumerate(row)
        )
        for stage, row in problem.rule.caps.items()
        if stage in problem.stages
    }
    return replace(problem, rule=replace(problem.rule, caps=caps))
