"""The county and everything that can be done in it, as a linear programme; the coefficients come as cuts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from jiaoheng.standards.remedy.actions import Action, Limit, Menu
from jiaoheng.standards.remedy.problem import Problem, State
from jiaoheng.standards.remedy.solver import INFINITE, Numbers, Programme

_HAIR = 1e-9


@dataclass
class Expression:
    """A constant and multiples of columns."""

    constant: float = 0.0
    terms: dict[int, float] = field(default_factory=dict)

    def add(self, column: int, factor: float) -> None:
        self.terms[column] = self.terms.get(column, 0.0) + factor

    def at(self, values: Numbers) -> float:
        """Its value."""
        return self.constant + math.fsum(factor * values[c] for c, factor in self.terms.items())


@dataclass(frozen=True)
class Model:
    """A programme and where in it everything stands.

    Attributes
    ----------
    scales : per action, how many units one of its column is.
    amounts : by row and item, what the row then has. ``pupils`` : by row.
    passes : by school, the column that is 1 where it must pass; empty where all must.
    limits : the limits and their rows.
    """

    programme: Programme
    problem: Problem
    menu: Menu
    scales: tuple[float, ...]
    amounts: Mapping[tuple[int, int], Expression]
    pupils: tuple[Expression, ...]
    passes: Mapping[str, int]
    limits: tuple[tuple[Limit, int], ...]

    @property
    def costs(self) -> list[float]:
        """Yuan of one of each action's column."""
        return [cost * scale for cost, scale in zip(self.menu.costs, self.scales, strict=True)]

    def units(self, values: Numbers) -> tuple[int, ...]:
        """Per action, whole units: those that are tried one by one as they are, the others rounded up."""
        return tuple(
            round(values[a]) if action.whole else math.ceil(values[a] * scale - _HAIR * scale)
            for a, (action, scale) in enumerate(zip(self.menu.actions, self.scales, strict=True))
        )


def after(problem: Problem, menu: Menu, units: tuple[int, ...]) -> State:
    """The county after so many units of each action."""
    amounts = [list(row.amounts) for row in problem.rows]
    pupils = [row.pupils for row in problem.rows]
    for action, count in zip(menu.actions, units, strict=True):
        if not count:
            continue
        for place, item, effect in action.effects:
            amounts[place][item] = (amounts[place][item] or 0.0) + effect * count
        for place, effect in action.pupils:
            pupils[place] += effect * count
    return State(tuple(tuple(row) for row in amounts), tuple(pupils))


def model(problem: Problem, menu: Menu, *, choose: bool = False) -> Model:
    """Build it.

    Parameters
    ----------
    choose : whether schools may be left failing; each then has a column that is 1 where it passes.
    """
    programme = Programme()
    scales = tuple(_scale(problem, action) for action in menu.actions)
    for action, scale, cost in zip(menu.actions, scales, menu.costs, strict=True):
        programme.column(high=action.most / scale, cost=cost * scale, whole=action.whole)
    amounts, pupils = _expressions(problem, menu, scales)
    for balance in menu.balances:
        signs = {a: 1.0 if menu.actions[a].way == "in" else -1.0 for a in balance}
        programme.row(signs, low=0.0, high=0.0)
    for group, most in menu.held:
        programme.row(dict.fromkeys(group, 1.0), high=most)
    limits = []
    for limit in menu.limits:
        terms = {a: scales[a] for a in limit.actions}
        limits.append((limit, programme.row(terms, high=limit.most)))
    passes = (
        {school: programme.column(high=1.0, whole=True) for school in problem.of_school} if choose else {}
    )
    built = Model(programme, problem, menu, scales, amounts, pupils, passes, tuple(limits))
    for place in range(len(problem.rows)):
        _require(built, place)
    return built


def _scale(problem: Problem, action: Action) -> float:
    """Continuous columns are of the size of what schools need, so that the solver sees numbers near one."""
    if action.whole:
        return 1.0
    sizes = [
        max(float(problem.need(place, item)), problem.rows[place].amounts[item] or 0.0) / effect
        for place, item, effect in action.effects
        if effect
    ]
    return max([1.0, *sizes])


def _expressions(
    problem: Problem, menu: Menu, scales: tuple[float, ...]
) -> tuple[dict[tuple[int, int], Expression], tuple[Expression, ...]]:
    amounts = {
        (place, item): Expression(amount)
        for place, row in enumerate(problem.rows)
        for item, amount in enumerate(row.amounts)
        if amount is not None
    }
    pupils = tuple(Expression(float(row.pupils)) for row in problem.rows)
    for a, (action, scale) in enumerate(zip(menu.actions, scales, strict=True)):
        for place, item, effect in action.effects:
            amounts[place, item].add(a, effect * scale)
        for place, count in action.pupils:
            pupils[place].add(a, count * scale)
    return amounts, pupils


def _require(built: Model, place: int) -> None:
    """At least so many items reach the threshold, the others the floor.

    A row with items that are not known is held to what is known: it could pass, were the unknown ones met. A
    school that may be left failing does then not fall further below a threshold: its teachers are not taken
    for others.
    """
    problem, programme = built.problem, built.programme
    row = problem.rows[place]
    school = built.passes.get(row.school)
    met, sure = [], 0
    known = [item for item, amount in enumerate(row.amounts) if amount is not None]
    for item in known:
        if _certain(built, place, item):
            sure += 1
            continue
        ok = programme.column(high=1.0, whole=True)
        met.append(ok)
        if school is not None:
            programme.row({ok: 1.0, school: -1.0}, high=0.0)
        if built.pupils[place].terms:
            _where_pupils_move(built, place, item, ok, school)
        else:
            _where_pupils_stay(built, place, item, ok, school)
    needed = problem.rule.needed - sure - (len(row.amounts) - len(known))
    if met and needed > 0:
        terms = dict.fromkeys(met, 1.0)
        if school is None:
            programme.row(terms, low=needed)
        else:
            programme.row(terms | {school: -float(needed)}, low=0.0)


def _where_pupils_stay(built: Model, place: int, item: int, ok: int, school: int | None) -> None:
    """In one row, as tight as it can be: more is needed by ``threshold``, ``floor``, or nothing.

    What is gained is at least ``threshold · ok + floor · (passes - ok) + fallen · (1 - passes)``, each the
    distance from what is there.
    """
    amount = built.amounts[place, item]
    threshold = _asked(built, place, item) - amount.constant
    floor = _asked(built, place, item, floor=True) - amount.constant
    size = 1.0 if floor.is_integer() and threshold.is_integer() else max(1.0, abs(threshold), abs(floor))
    terms = amount.terms | {ok: floor - threshold}
    if school is None:
        built.programme.row(_divided(terms, size), low=floor / size)
        return
    fallen = min(0.0, threshold)
    terms[school] = fallen - floor
    built.programme.row(_divided(terms, size), low=fallen / size)


def _where_pupils_move(built: Model, place: int, item: int, ok: int, school: int | None) -> None:
    threshold, floor = _level(built, place, item), _level(built, place, item, floor=True)
    _reach(built, place, item, threshold, {ok: 1.0}, 1.0)
    if school is None:
        _reach(built, place, item, floor, {}, 0.0)
        return
    amount, pupils = built.amounts[place, item].constant, int(built.pupils[place].constant)
    _reach(built, place, item, floor, {school: 1.0}, 1.0)
    _reach(built, place, item, min(threshold, Fraction(amount) / max(1, pupils)), {school: -1.0}, 0.0)


def _level(built: Model, place: int, item: int, *, floor: bool = False) -> Fraction:
    """The amount that one pupil asks for."""
    rule, row = built.problem.rule, built.problem.rows[place]
    return (rule.floors if floor else rule.thresholds)[row.stage][item] / built.problem.items[item].factor


def _certain(built: Model, place: int, item: int) -> bool:
    """Whether the threshold is reached and nothing that can be done changes that."""
    amount, pupils = built.amounts[place, item], built.pupils[place]
    falls = any(factor < 0 for factor in amount.terms.values()) or bool(pupils.terms)
    return not falls and Fraction(amount.constant) >= built.problem.need(place, item)


def _reach(
    built: Model, place: int, item: int, level: Fraction, when: Mapping[int, float], off: float
) -> None:
    """The amount is at least ``level`` for every pupil, unless the columns of ``when`` fall below ``off``."""
    amount, pupils = built.amounts[place, item], built.pupils[place]
    row = built.problem.rows[place]
    need = float(level) * pupils.constant - (row.credits[item] if row.credits else 0.0)
    most = need + float(level) * _most_more(built, place)
    size = max(1.0, need)
    terms = dict(amount.terms)
    for column, factor in pupils.terms.items():
        terms[column] = terms.get(column, 0.0) - float(level) * factor
    for column, sign in when.items():
        terms[column] = -most * sign
    built.programme.row(_divided(terms, size), low=(need - most * off - amount.constant) / size - _HAIR)


def _asked(built: Model, place: int, item: int, *, floor: bool = False) -> float:
    """What the pupils ask for; a whole number where only whole ones can come about."""
    amount, need = built.amounts[place, item], built.problem.need(place, item, floor=floor)
    whole = amount.constant.is_integer() and all(
        factor.is_integer() and built.menu.actions[a].whole for a, factor in amount.terms.items()
    )
    return float(math.ceil(need) if whole else need)


def _most_more(built: Model, place: int) -> float:
    """How many pupils may come at most."""
    pupils = built.pupils[place]
    if not pupils.terms:
        return 0.0
    others = sum(
        action.most
        for action in built.menu.actions
        if action.way == "out"
        and action.pupils
        and action.rows != (place,)
        and built.problem.rows[action.rows[0]].stage == built.problem.rows[place].stage
    )
    limited = [
        limit.most for limit in built.menu.limits if any(pupils.terms.get(a, 0.0) > 0 for a in limit.actions)
    ]
    return float(min([others, *limited]))


def _divided(terms: Mapping[int, float], size: float) -> dict[int, float]:
    return {column: factor / size for column, factor in terms.items()}


__all__ = ["INFINITE", "Expression", "Model", "after", "model"]
