"""Spreads changes over years: within each year's money and hands, schools in greater need first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jiaoheng.standards.remedy.actions import Menu
from jiaoheng.standards.remedy.check import Judged, judge
from jiaoheng.standards.remedy.costs import Costs
from jiaoheng.standards.remedy.model import after
from jiaoheng.standards.remedy.problem import Problem, State
from jiaoheng.standards.remedy.solver import Numbers, Programme

_GAP = 0.02
_TEN_THOUSAND = 10_000.0


@dataclass(frozen=True)
class Year:
    """One year of a plan.

    Attributes
    ----------
    units : per action, what is done in this year.
    spent : yuan: what is paid once, and a year of everything yearly that was begun by then.
    state, judged : the county at its end.
    """

    year: int
    units: tuple[int, ...]
    spent: float
    state: State
    judged: Judged


def budget_of(costs: Costs, year: int) -> float | None:
    """The most that may be spent in a year; None where nothing is said."""
    return costs.year_budgets.get(year, costs.year_budget)


def schedule(
    problem: Problem,
    menu: Menu,
    costs: Costs,
    units: Sequence[int],
    years: Sequence[int],
    *,
    seconds: float = 20.0,
) -> tuple[Year, ...] | None:
    """When to do what.

    A school counts as mended when all is done there; those years count, weighed by how much the school lacks
    today.

    Returns
    -------
    tuple of Year, or None
        None where the limits of the years do not let everything be done.
    """
    done = [a for a, count in enumerate(units) if count]
    programme = Programme()
    columns = {
        (a, t): programme.column(high=units[a], whole=menu.actions[a].whole and units[a] < 100)
        for a in done
        for t in range(len(years))
    }
    for a in done:
        all_years = dict.fromkeys((columns[a, t] for t in range(len(years))), 1.0)
        programme.row(all_years, low=units[a], high=units[a])
    for t, year in enumerate(years):
        _one_year(programme, menu, costs, columns, done, t, year)
    wanted = _mended(programme, problem, menu, columns, units, done, len(years))
    objective = [0.0] * programme.columns
    for column, weight in wanted.items():
        objective[column] = -weight
    programme.costs(objective)
    found = programme.solve(whole=True, gap=_GAP, seconds=seconds)
    return None if found.values is None else _years(problem, menu, columns, found.values, units, years)


def _one_year(
    programme: Programme,
    menu: Menu,
    costs: Costs,
    columns: Mapping[tuple[int, int], int],
    done: Sequence[int],
    t: int,
    year: int,
) -> None:
    budget = budget_of(costs, year)
    if budget is not None:
        spent: dict[int, float] = {}
        for a in done:
            action = menu.actions[a]
            for s in range(t + 1):
                cost = action.yearly + (action.once if s == t else 0.0)
                if cost:
                    spent[columns[a, s]] = cost / _TEN_THOUSAND
        # Amounts are rounded to whole units at the end of each year.
        rounding = sum(menu.actions[a].once for a in done if not menu.actions[a].whole)
        programme.row(spent, high=max(0.0, budget - rounding) / _TEN_THOUSAND)
    for c, change in enumerate(menu.changes):
        if change.year_limit is not None:
            mine = [a for a in done if menu.actions[a].change == c and menu.actions[a].way != "out"]
            terms = dict.fromkeys((columns[a, t] for a in mine), 1.0)
            programme.row(terms, high=math.floor(change.year_limit / change.step + 1e-9))
    for balance in menu.balances:
        signs = {
            columns[a, t]: 1.0 if menu.actions[a].way == "in" else -1.0 for a in balance if (a, t) in columns
        }
        if signs:
            programme.row(signs, low=0.0, high=0.0)


def _mended(
    programme: Programme,
    problem: Problem,
    menu: Menu,
    columns: Mapping[tuple[int, int], int],
    units: Sequence[int],
    done: Sequence[int],
    count: int,
) -> dict[int, float]:
    """Columns that can be 1 in a year by whose end all is done in a school, and their weights."""
    lacks = _lacks(problem)
    by_school: dict[str, list[int]] = {}
    for a in done:
        if menu.actions[a].way != "out":
            by_school.setdefault(menu.actions[a].school, []).append(a)
    found = {}
    for school, actions in by_school.items():
        for t in range(count):
            mended = programme.column(high=1.0, whole=True)
            found[mended] = 1.0 + lacks[school]
            for a in actions:
                so_far = dict.fromkeys((columns[a, s] for s in range(t + 1)), 1.0 / units[a])
                programme.row(so_far | {mended: -1.0}, low=0.0)
    return found


def _lacks(problem: Problem) -> dict[str, float]:
    """How much each school lacks, between 0 and 1: the mean share of the thresholds that is missing."""
    found = {}
    for school, places in problem.of_school.items():
        missing = []
        for place in places:
            for k, amount in enumerate(problem.rows[place].amounts):
                need = float(problem.need(place, k))
                if amount is not None and need > 0:
                    missing.append(max(0.0, 1.0 - amount / need))
        found[school] = math.fsum(missing) / len(missing) if missing else 0.0
    return found


def _years(
    problem: Problem,
    menu: Menu,
    columns: Mapping[tuple[int, int], int],
    values: Numbers,
    units: Sequence[int],
    years: Sequence[int],
) -> tuple[Year, ...]:
    found: list[Year] = []
    before = [0] * len(units)
    sums = np.zeros(len(units))
    for t, year in enumerate(years):
        now = list(before)
        for (a, s), column in columns.items():
            if s == t:
                sums[a] += values[column]
                # Down, but for the solver's own hair; what is left comes in the last year.
                now[a] = math.floor(sums[a] + 1e-6) if t < len(years) - 1 else units[a]
        step = tuple(new - old for new, old in zip(now, before, strict=True))
        once = math.fsum(x.once * count for x, count in zip(menu.actions, step, strict=True))
        yearly = math.fsum(x.yearly * count for x, count in zip(menu.actions, now, strict=True))
        state = after(problem, menu, tuple(now))
        found.append(Year(year, step, once + yearly, state, judge(problem, state)))
        before = now
    return tuple(found)
