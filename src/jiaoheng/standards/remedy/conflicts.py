"""Why nothing does it: the limits that stand in each other's way, and the least by which they must give.

Every limit may be exceeded at a price, its excess over its own size; the cheapest excesses with which all
pass are found. Which limits are the conflict is told by a deletion filter: limits are dropped in turn, and
stay dropped where nothing passes even so. Those that are left cannot be kept together.

Source: J. W. Chinneck, Feasibility and Infeasibility in Optimization, Springer 2008, chapters 6 and 7.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection
from dataclasses import dataclass, replace

from jiaoheng.standards.remedy.actions import Limit, Menu
from jiaoheng.standards.remedy.check import holds
from jiaoheng.standards.remedy.cones import cones, cut
from jiaoheng.standards.remedy.model import Model, model
from jiaoheng.standards.remedy.problem import Problem
from jiaoheng.standards.remedy.search import ROUGH, Search

_ROUNDS = 30
_WHOLE = 1e-6


@dataclass(frozen=True)
class Relaxation:
    """A limit that has to give way, and what it must at least be (in its unit)."""

    limit: Limit
    enough: float


@dataclass(frozen=True)
class Lacking:
    """An item that a row lacks, and that no change in the costs raises there far enough."""

    place: int
    item: int


@dataclass(frozen=True)
class Conflict:
    """Why there is no solution.

    Attributes
    ----------
    groups : the limits that cannot be kept together, by their words; none of them can be left out.
    relaxations : the least that has to give: with these the rule was shown to hold, in whole units. Empty
        where loosening limits does not help, or nothing was found in the time.
    lacking : what no change can mend.
    uneven : the coefficients that stay above their cap whatever is done: stage, item's place.
    """

    groups: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    uneven: tuple[tuple[str, int], ...] = ()


def conflict(problem: Problem, menu: Menu, *, seconds: float = 30.0) -> Conflict:
    """Why a problem that has no solution has none."""
    begun = time.monotonic()
    lacking = _lacking(problem, menu)
    if lacking:
        return Conflict(lacking=lacking)
    if not _possible(problem, menu, dropped={limit.group for limit in menu.limits}):
        return Conflict(uneven=_uneven(problem, menu))
    relaxations = _least(problem, menu, begun + seconds * 0.6)
    return Conflict(_irreducible(problem, menu, begun + seconds), relaxations)


def _lacking(problem: Problem, menu: Menu) -> tuple[Lacking, ...]:
    """What stays below the floor, or keeps too many items below the threshold, with all that can be added."""
    most: dict[tuple[int, int], float] = {}
    for action in menu.actions:
        for place, item, effect in action.effects:
            if effect > 0:
                most[place, item] = most.get((place, item), 0.0) + action.most * effect
    moves = any(action.pupils for action in menu.actions)
    found: list[Lacking] = []
    for place, row in enumerate(problem.rows):
        if moves and row.alone:
            continue
        reach = {k: x + most.get((place, k), 0.0) for k, x in enumerate(row.amounts) if x is not None}
        low = [k for k, x in reach.items() if x < float(problem.need(place, k, floor=True))]
        short = [k for k, x in reach.items() if x < float(problem.need(place, k))]
        if len(short) > len(row.amounts) - problem.rule.needed:
            low = short
        found += [Lacking(place, k) for k in low]
    return tuple(found)


def _possible(
    problem: Problem, menu: Menu, *, dropped: Collection[str], only: tuple[str, int] | None = None
) -> bool:
    """Whether the continuous relaxation has a solution without some of the limits.

    Parameters
    ----------
    dropped : the groups of limits that do not hold.
    only : the one coefficient that is kept; all where None.
    """
    kept = tuple(limit for limit in menu.limits if limit.group not in dropped)
    built = model(problem, replace(menu, limits=kept))
    built.programme.costs([])
    cuts = [cone for cone in cones(built) if only is None or (cone.stage, cone.item) == only]
    for _ in range(_ROUNDS):
        found = built.programme.solve(whole=False)
        if found.infeasible:
            return False
        values = found.values
        if values is None or not sum(cut(built, cone, values, slack=ROUGH) for cone in cuts):
            break
    return True


def _uneven(problem: Problem, menu: Menu) -> tuple[tuple[str, int], ...]:
    every = {limit.group for limit in menu.limits}
    return tuple(
        (stage, item)
        for stage in problem.stages
        for item, cap in enumerate(problem.rule.caps[stage])
        if cap is not None and not _possible(problem, menu, dropped=every, only=(stage, item))
    )


def _least(problem: Problem, menu: Menu, until: float) -> tuple[Relaxation, ...]:
    """The cheapest excesses with which the rule holds."""
    built = model(problem, menu)
    dearest = max([1.0, *built.costs])
    # Money breaks ties only: the excesses come first.
    costs = [1e-7 * cost / dearest for cost in built.costs]
    costs += [0.0] * (built.programme.columns - len(costs))
    for (_, row), size in zip(built.limits, _sizes(built), strict=True):
        built.programme.ease(row)
        costs.append(1.0 / size)
    built.programme.costs(costs)
    search = Search(
        built,
        value=lambda units, _: _excess(built, units),
        accepts=lambda _, state: holds(problem, state),
        until=until,
        gap=0.02,
    )
    found = search.run(cones(built))
    if found.units is None:
        return ()
    used = [(limit, sum(found.units[a] for a in limit.actions)) for limit in menu.limits]
    over = (Relaxation(limit, count * limit.step) for limit, count in used if count > limit.most + _WHOLE)
    return tuple(over)


def _sizes(built: Model) -> list[float]:
    """What an excess is measured by: the limit itself, or what its changes usually come to."""
    return [
        max(limit.most, max((built.scales[a] for a in limit.actions), default=1.0), 1.0)
        for limit, _ in built.limits
    ]


def _excess(built: Model, units: tuple[int, ...]) -> float:
    return math.fsum(
        max(0.0, sum(units[a] for a in limit.actions) - limit.most) / size
        for (limit, _), size in zip(built.limits, _sizes(built), strict=True)
    )


def _irreducible(problem: Problem, menu: Menu, until: float) -> tuple[str, ...]:
    """Groups of limits that cannot be kept together, while without any one of them they can."""
    groups = list(dict.fromkeys(limit.group for limit in menu.limits))
    dropped: set[str] = set()
    if _possible(problem, menu, dropped=dropped):
        return ()
    for group in groups:
        if time.monotonic() > until:
            break
        if not _possible(problem, menu, dropped={*dropped, group}):
            dropped.add(group)
    return tuple(group for group in groups if group not in dropped)
