"""A solution in words that a school understands: what, where, from where, how much, at which cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaoheng.standards.remedy.actions import Action, Menu
from jiaoheng.standards.remedy.costs import KINDS, Kind
from jiaoheng.standards.remedy.problem import Problem


@dataclass(frozen=True)
class Step:
    """One line of the list of what to do.

    Attributes
    ----------
    school, source : codes; ``source`` is the school that somebody comes from, for what is moved.
    stage : None for what a school has as a whole.
    change : its name in the costs. ``raises`` : ids of the measures that it raises.
    amount, unit : how much.
    once, yearly : yuan. ``year`` : when, where the plan is spread over years.
    """

    school: str
    school_name: str
    stage: str | None
    change: str
    kind: Kind
    raises: tuple[str, ...]
    amount: float
    unit: str
    once: float
    yearly: float
    source: str | None = None
    source_name: str | None = None
    year: int | None = None

    @property
    def kind_name(self) -> str:
        """What the kind of change is called."""
        return KINDS[self.kind]


def steps(problem: Problem, menu: Menu, units: Sequence[int]) -> tuple[Step, ...]:
    """The lines, school by school in the order of the county's list."""
    found: list[tuple[int, Step]] = []
    for action, count in zip(menu.actions, units, strict=True):
        if count and action.way == "here":
            found.append((action.rows[0], _step(problem, menu, action, count)))
    for balance in menu.balances:
        found += _paired(problem, menu, balance, units)
    order = {school: place for place, school in enumerate(problem.of_school)}
    return tuple(step for _, step in sorted(found, key=lambda each: (order[each[1].school], each[0])))


def _step(problem: Problem, menu: Menu, action: Action, count: int) -> Step:
    change, row = menu.changes[action.change], problem.rows[action.rows[0]]
    raised = tuple(dict.fromkeys(item for _, item, _ in action.effects))
    size = change.step if change.kind == "add" else 1
    return Step(
        school=action.school,
        school_name=row.name,
        stage=None if change.kind == "add" else row.stage,
        change=change.name,
        kind=change.kind,
        raises=tuple(problem.items[item].id for item in raised),
        amount=count * size,
        unit=problem.items[raised[0]].amount_unit if change.kind == "add" else "名",
        once=action.once * count,
        yearly=action.yearly * count,
    )


def _paired(
    problem: Problem, menu: Menu, balance: Sequence[int], units: Sequence[int]
) -> list[tuple[int, Step]]:
    """Those who come and those who go, matched: first inside an area, then over the county."""
    coming = {a: units[a] for a in balance if menu.actions[a].way == "in" and units[a]}
    going = {a: units[a] for a in balance if menu.actions[a].way == "out" and units[a]}
    found = []
    for near in (True, False):
        for here in coming:
            row = problem.rows[menu.actions[here].rows[0]]
            for there in going:
                other = problem.rows[menu.actions[there].rows[0]]
                count = min(coming[here], going[there])
                if not count or (near and other.area != row.area):
                    continue
                coming[here] -= count
                going[there] -= count
                step = _step(problem, menu, menu.actions[here], count)
                paired = replace(step, source=other.school, source_name=other.name)
                found.append((menu.actions[here].rows[0], paired))
    return found
