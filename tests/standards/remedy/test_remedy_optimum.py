"""The least cost is the least: against trying everything in tiny counties."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.standards.remedy.actions import Menu, menu
from jiaoheng.standards.remedy.costs import Change, Costs
from jiaoheng.standards.remedy.problem import Item, Problem, Rule, SchoolStage, exact
from jiaoheng.standards.remedy.solve import least_cost, most_schools

_ITEMS = (Item("a", "甲", "人", "人", 100), Item("b", "乙", "间", "间", 100))
_LEVELS = exact(["2", "3"])
_RULE = Rule(
    {"primary": _LEVELS},
    {"primary": tuple(level * Fraction("0.85") for level in _LEVELS)},
    {"primary": (0.3, 0.35)},
    1,
)
_COSTS = Costs(
    changes=(
        Change(name="招聘", kind="hire", raises=("a",), cost=70, school_limit=2),
        Change(name="建设", kind="add", raises=("b",), cost=100, whole=True, school_limit=2),
        Change(name="交流", kind="move", raises=("a",), cost=10, share_limit=0.2, school_limit=1),
    )
)
_SCHOOL = st.tuples(st.sampled_from([50, 60, 100]), st.integers(0, 4), st.integers(0, 5))


def _problem(schools: list[tuple[int, int, int]]) -> Problem:
    rows = tuple(
        SchoolStage(f"s{i}", f"校{i}", "primary", pupils, (float(a), float(b)), teachers=5)
        for i, (pupils, a, b) in enumerate(schools)
    )
    return Problem(_ITEMS, rows, _RULE)


def _plain(problem: Problem, a: list[int], b: list[int]) -> tuple[int, bool]:
    """How many schools pass, and whether both coefficients keep their caps: a second reading of the rule."""
    pupils = [row.pupils for row in problem.rows]
    passing = 0
    for p, x, y in zip(pupils, a, b, strict=True):
        full = (100 * x >= 2 * p) + (100 * y >= 3 * p)
        passing += full >= 1 and 10000 * x >= 170 * p and 10000 * y >= 255 * p
    even = True
    for amounts, cap in ((a, 0.3), (b, 0.35)):
        mean = sum(amounts) / sum(pupils)
        if mean == 0:
            continue
        squares = sum(p * (x / p - mean) ** 2 for p, x in zip(pupils, amounts, strict=True))
        even &= math.sqrt(squares / sum(pupils)) / mean <= cap
    return passing, even


def _everything(problem: Problem) -> Iterator[tuple[int, list[int], list[int]]]:
    """Cost and amounts of every way to change the county."""
    n = len(problem.rows)
    for moved in product((-1, 0, 1), repeat=n):
        if sum(moved):
            continue
        if any(row.amounts[0] + m < 0 for row, m in zip(problem.rows, moved, strict=True)):
            continue
        for hired in product(range(3), repeat=n):
            for built in product(range(3), repeat=n):
                cost = 70 * sum(hired) + 100 * sum(built) + 10 * sum(max(m, 0) for m in moved)
                a = [int(r.amounts[0]) + m + h for r, m, h in zip(problem.rows, moved, hired, strict=True)]
                b = [int(row.amounts[1]) + count for row, count in zip(problem.rows, built, strict=True)]
                yield cost, a, b


@settings(max_examples=60, deadline=None)
@given(st.lists(_SCHOOL, min_size=2, max_size=3))
def test_least_cost_is_what_trying_everything_finds(schools: list[tuple[int, int, int]]) -> None:
    problem = _problem(schools)
    costs = [
        cost for cost, a, b in _everything(problem) if _plain(problem, a, b) == (len(problem.rows), True)
    ]
    found = least_cost(problem, menu(problem, _COSTS), gap=0.0)
    assert found.infeasible == (not costs)
    if costs:
        assert found.cost == pytest.approx(min(costs))
        assert found.bound == pytest.approx(min(costs), rel=1e-6, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.lists(_SCHOOL, min_size=2, max_size=3), st.integers(0, 600))
def test_within_a_budget_most_schools_pass_for_the_least(
    schools: list[tuple[int, int, int]], budget: int
) -> None:
    problem = _problem(schools)
    options: Menu = menu(problem, _COSTS)
    found = most_schools(problem, options, budget, gap=0.0)
    best = max(_allowed(problem, budget), default=(0, 0))
    assert (found.passing, -found.cost) == best
    assert found.most == found.passing


def _allowed(problem: Problem, budget: int) -> Iterator[tuple[int, int]]:
    """Schools that pass and the cost, less than nothing, of all that the rules of the budget allow."""
    now = _spread(
        problem, [[int(x) for x in column] for column in zip(*(r.amounts for r in problem.rows), strict=True)]
    )
    for cost, a, b in _everything(problem):
        if cost > budget or any(
            spread > max(cap, before) + 1e-12
            for spread, before, cap in zip(_spread(problem, [a, b]), now, (0.3, 0.35), strict=True)
        ):
            continue
        kept = all(
            _one(row.pupils, x, y)
            or (_low(x, row.amounts[0], 2 * row.pupils) and _low(y, row.amounts[1], 3 * row.pupils))
            for row, x, y in zip(problem.rows, a, b, strict=True)
        )
        still = all(
            _one(row.pupils, x, y) or not _one(row.pupils, *map(int, row.amounts))
            for row, x, y in zip(problem.rows, a, b, strict=True)
        )
        if kept and still:
            yield _plain(problem, a, b)[0], -cost


def _one(pupils: int, x: int, y: int) -> bool:
    return (100 * x >= 2 * pupils or 100 * y >= 3 * pupils) and (
        10000 * x >= 170 * pupils and 10000 * y >= 255 * pupils
    )


def _low(now: int, before: float, need: int) -> bool:
    return now >= before or 100 * now >= need


def _spread(problem: Problem, columns: list[list[int]]) -> list[float]:
    pupils = [row.pupils for row in problem.rows]
    found = []
    for amounts in columns:
        mean = sum(amounts) / sum(pupils)
        squares = sum(p * (x / p - mean) ** 2 for p, x in zip(pupils, amounts, strict=True))
        found.append(math.sqrt(squares / sum(pupils)) / mean if mean else 0.0)
    return found
