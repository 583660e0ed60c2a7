"""What can be done, unit by unit: every change at every school, with its effects, its cost and its limits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from jiaoheng.errors import JiaohengError
from jiaoheng.standards.remedy.costs import Change, Costs
from jiaoheng.standards.remedy.problem import Problem, SchoolStage

Way = Literal["here", "in", "out"]


class RemedyError(JiaohengError):
    """Costs that name what the county or the standard does not have."""


@dataclass(frozen=True)
class Action:
    """So many units of a change at one school.

    Attributes
    ----------
    change : the place of the change in the costs.
    rows : the rows of the school that it touches.
    way : done here, or somebody comes in or goes out.
    effects : row, item, how much one unit adds to the row's amount.
    pupils : row and how many pupils one unit adds; empty but for re-zoning.
    once, yearly : yuan a unit.
    most : the most units, by what there is (teachers to be trained, to leave); infinity where nothing binds.
    whole : whether units are tried one by one; where not, the amount is rounded up to whole units.
    """

    change: int
    school: str
    rows: tuple[int, ...]
    way: Way = "here"
    effects: tuple[tuple[int, int, float], ...] = ()
    pupils: tuple[tuple[int, int], ...] = ()
    once: float = 0.0
    yearly: float = 0.0
    most: float = math.inf
    whole: bool = True

    def cost(self, years: int) -> float:
        """Yuan a unit, over so many years."""
        return self.once + self.yearly * years


@dataclass(frozen=True)
class Limit:
    """A limit that somebody set, and could set otherwise: units of actions together, at most ``most``.

    Attributes
    ----------
    group : the sentence of the costs that it comes from, the same for all schools. ``where`` : the school, or
        empty.
    step : what one unit is in ``unit``.
    """

    group: str
    where: str
    actions: tuple[int, ...]
    most: float
    unit: str
    step: float = 1.0


@dataclass(frozen=True)
class Menu:
    """All that can be done.

    Attributes
    ----------
    balances : groups of actions of which as many come in as go out.
    held : pairs of a group of outgoing actions and the most that may go, by what the school has.
    """

    changes: tuple[Change, ...]
    actions: tuple[Action, ...]
    limits: tuple[Limit, ...]
    balances: tuple[tuple[int, ...], ...]
    held: tuple[tuple[tuple[int, ...], float], ...]
    years: int

    @property
    def costs(self) -> tuple[float, ...]:
        """Yuan a unit of each action, over the horizon."""
        return tuple(action.cost(self.years) for action in self.actions)


@dataclass
class _Draft:
    actions: list[Action] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    balances: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, action: Action) -> int:
        self.actions.append(action)
        return len(self.actions) - 1


def menu(problem: Problem, costs: Costs, *, names: Mapping[str, str] | None = None) -> Menu:
    """Everything that the costs allow in this county.

    Parameters
    ----------
    names : other names of measures, to their ids.

    Raises
    ------
    RemedyError
        A measure or a school is named that is not there.
    """
    items = {item.id: k for k, item in enumerate(problem.items)}
    items |= {item.name: k for k, item in enumerate(problem.items)}
    items |= {name: items[id_] for name, id_ in (names or {}).items() if id_ in items}
    untouched = {_school(problem, name, "untouched") for name in costs.untouched}
    draft = _Draft()
    for c, change in enumerate(costs.changes):
        raised = tuple(_item(items, change, name) for name in change.raises)
        first = len(draft.actions)
        match change.kind:
            case "hire" | "train":
                _at_rows(problem, draft, c, change, raised)
            case "add":
                _at_schools(problem, draft, c, change, raised[0])
            case "move":
                _moves(problem, draft, c, change, raised)
            case "rezone":
                _rezoning(problem, draft, c, change)
        _limit(problem, draft, change, range(first, len(draft.actions)), untouched)
    return Menu(
        costs.changes,
        tuple(draft.actions),
        tuple(draft.limits),
        tuple(draft.balances),
        _held(problem, draft.actions),
        costs.horizon_years,
    )


def _item(items: Mapping[str, int], change: Change, name: str) -> int:
    if name not in items:
        known = "、".join(name for name in items if not name.isascii())
        raise RemedyError(f"「{change.name}」的「raises」写了「{name}」，不是本标准的指标。可用：{known}。")
    return items[name]


def _school(problem: Problem, name: str, where: str) -> str:
    codes = {row.school for row in problem.rows if name in (row.school, row.name)}
    if len(codes) == 1:
        return codes.pop()
    if codes:
        raise RemedyError(f"「{where}」里的“{name}”有 {len(codes)} 所，分不清。请改写学校标识码。")
    raise RemedyError(f"「{where}」里的学校“{name}”不在纳入评估的学校之中。请核对校名或标识码。")


def _price(problem: Problem, change: Change, places: Sequence[int]) -> tuple[float, float]:
    """Once and yearly, of one unit at these rows: the last override that fits all of them, else the cost."""
    cost = change.cost
    for override in change.overrides:
        if all(_fits(problem.rows[place], override) for place in places):
            cost = override.cost
    return (cost, 0.0) if change.per == "once" else (0.0, cost)


def _fits(row: SchoolStage, override: object) -> bool:
    for name in ("stage", "urban_rural"):
        wanted = getattr(override, name)
        if wanted is not None and wanted != getattr(row, name):
            return False
    area, school = getattr(override, "area"), getattr(override, "school")  # noqa: B009
    if area is not None and area not in (row.area, row.area_name):
        return False
    return school is None or school in (row.school, row.name)


def _at_rows(problem: Problem, draft: _Draft, c: int, change: Change, raised: tuple[int, ...]) -> None:
    for place, row in enumerate(problem.rows):
        effects = tuple((place, k, 1.0) for k in raised if row.amounts[k] is not None)
        if not effects:
            continue
        most = math.inf
        if change.kind == "train":
            # Only those who do not count yet; of how many teachers there are, nothing is guessed.
            have = row.amounts[raised[0]]
            if row.teachers is None or have is None:
                continue
            most = max(0.0, row.teachers - have)
        once, yearly = _price(problem, change, [place])
        draft.add(Action(c, row.school, (place,), "here", effects, (), once, yearly, most))


def _at_schools(problem: Problem, draft: _Draft, c: int, change: Change, item: int) -> None:
    """One unit for the whole school: each stage has its share of it."""
    for school, places in problem.of_school.items():
        known = [place for place in places if problem.rows[place].amounts[item] is not None]
        if not known:
            continue
        effects = tuple((place, item, change.step * problem.rows[place].share) for place in known)
        once, yearly = (each * change.step for each in _price(problem, change, known))
        draft.add(Action(c, school, tuple(known), "here", effects, (), once, yearly, whole=change.whole))


def _moves(problem: Problem, draft: _Draft, c: int, change: Change, raised: tuple[int, ...]) -> None:
    """Somebody leaves a school and comes to another of the same stage, counting for the same items."""
    pools: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(problem.rows):
        amounts = [row.amounts[k] for k in raised]
        if any(amount is None for amount in amounts):
            continue
        if change.share_limit is not None and row.teachers is None:
            continue
        most = min(amount for amount in amounts if amount is not None)
        once, yearly = _price(problem, change, [place])
        gain = tuple((place, k, 1.0) for k in raised)
        loss = tuple((place, k, -1.0) for k in raised)
        pool = pools.setdefault((row.stage, row.area if change.within == "area" else ""), [])
        pool.append(draft.add(Action(c, row.school, (place,), "in", gain, (), once, yearly)))
        pool.append(draft.add(Action(c, row.school, (place,), "out", loss, most=math.floor(most))))
    draft.balances.extend(tuple(pool) for pool in pools.values())


def _rezoning(problem: Problem, draft: _Draft, c: int, change: Change) -> None:
    """Pupils of a school of one stage go to another; those of schools with several stages stay."""
    pools: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(problem.rows):
        if not row.alone:
            continue
        once, yearly = _price(problem, change, [place])
        pool = pools.setdefault((row.stage, row.area if change.within == "area" else ""), [])
        pool.append(draft.add(Action(c, row.school, (place,), "in", (), ((place, 1),), once, yearly)))
        pool.append(
            draft.add(Action(c, row.school, (place,), "out", (), ((place, -1),), most=row.pupils - 1))
        )
    draft.balances.extend(tuple(pool) for pool in pools.values())


def _limit(problem: Problem, draft: _Draft, change: Change, places: range, untouched: set[str]) -> None:
    """The limits of one change, each with words by which it can be told."""
    unit, step, actions = _unit(problem, draft, change, places), change.step, draft.actions

    def limit(group: str, where: str, chosen: list[int], most: float) -> None:
        whole = math.floor(most / step + 1e-9)
        draft.limits.append(Limit(group, where, tuple(chosen), whole, unit, step))

    counted = [a for a in places if actions[a].way != "out"]
    if change.county_limit is not None:
        limit(f"「{change.name}」全县的上限", "", counted, change.county_limit)
    single = {
        _school(problem, name, f"{change.name}›school_limits"): most
        for name, most in change.school_limits.items()
    }
    by_school: dict[str, list[int]] = {}
    for a in places:
        by_school.setdefault(actions[a].school, []).append(a)
    for school, group in by_school.items():
        name = problem.rows[actions[group[0]].rows[0]].name
        if school in untouched:
            limit("列在「untouched」里的学校不得调整", name, group, 0.0)
            continue
        here = [a for a in group if actions[a].way != "out"]
        if school in single:
            limit(f"「{change.name}」个别学校的上限", name, here, single[school])
        elif change.school_limit is not None:
            limit(f"「{change.name}」每校的上限", name, here, change.school_limit)
    if change.share_limit is not None:
        for a in places:
            if actions[a].way != "in":
                row = problem.rows[actions[a].rows[0]]
                of = row.pupils if change.kind == "rezone" else row.teachers or 0
                who = "学生" if change.kind == "rezone" else "专任教师"
                group_name = f"「{change.name}」不超过本校{who}的 {change.share_limit * 100:g}%"
                limit(group_name, row.name, [a], change.share_limit * of)


def _unit(problem: Problem, draft: _Draft, change: Change, places: range) -> str:
    if change.kind != "add":
        return "名"
    if not places:
        return ""
    return problem.items[draft.actions[places[0]].effects[0][1]].amount_unit


def _held(problem: Problem, actions: Sequence[Action]) -> tuple[tuple[tuple[int, ...], float], ...]:
    """Nobody leaves twice: those who go, counted by item, are no more than there are."""
    going: dict[tuple[int, int], list[int]] = {}
    for a, action in enumerate(actions):
        if action.way == "out":
            for place, item, _ in action.effects:
                going.setdefault((place, item), []).append(a)
    held = []
    for (place, item), group in going.items():
        amount = problem.rows[place].amounts[item]
        if len(group) > 1 and amount is not None:
            held.append((tuple(group), math.floor(amount)))
    return tuple(held)
