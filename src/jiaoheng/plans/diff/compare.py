"""Compares two plans item by item: kept, changed, new, dropped, with the numbers of both side by side."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from jiaoheng.plans.diff.change import Change, Difference, Kind, Movement, Outcome
from jiaoheng.plans.diff.pairing import pair
from jiaoheng.plans.diff.project_names import may_be_one, what_is_built
from jiaoheng.plans.diff.repeats import repeats
from jiaoheng.plans.figures import amount, target_words
from jiaoheng.plans.interval import exact
from jiaoheng.plans.likeness import bare
from jiaoheng.plans.model import Commitment, Indicator, Plan, Project, Target, Task

_Item = TypeVar("_Item", Indicator, Commitment, Task, Project)
_UP = (">=", ">", "increase_to", "increase_by")
_DOWN = ("<=", "<", "decrease_to", "decrease_by")
_PERCENT = ("%", "％")


@dataclass(frozen=True)
class PlanDiff:
    """Two plans and what became of everything: the items of the new one first."""

    old: Plan
    new: Plan
    changes: tuple[Change, ...]

    def of(self, kind: Kind, outcome: Outcome | None = None) -> tuple[Change, ...]:
        """The changes of one kind, and of one outcome where given."""
        return tuple(
            change for change in self.changes if change.kind == kind and outcome in (None, change.outcome)
        )


def diff(old: Plan, new: Plan, *, better: Mapping[str, str] | None = None) -> PlanDiff:
    """What became of the items of `old` in `new`.

    Items are the same where they share measure and stage, else name (and unit), else where their names are
    alike. A target that only moves to the new plan's years is kept. What the text repeats of an indicator
    is listed with the indicators alone.

    Parameters
    ----------
    better : ``higher``, ``lower`` or ``none`` by measure: it says whether a target was raised or lowered.
        Where it does not, the comparators of both targets do.
    """
    return PlanDiff(
        old,
        new,
        (
            *_indicators(old, new, better or {}),
            *_commitments(old, new, better or {}),
            *_tasks(old, new),
            *_projects(old, new),
        ),
    )


def _indicators(old: Plan, new: Plan, better: Mapping[str, str]) -> Iterator[Change]:
    keys: tuple[Callable[[Indicator], Hashable | None], ...] = (
        lambda item: (item.measure, item.stage, bare(item.name)) if item.measure else None,
        lambda item: (item.measure, item.stage) if item.measure else None,
        lambda item: (bare(item.group), bare(item.name)),
        lambda item: bare(item.name),
    )
    for one, other in pair(
        old.indicators, new.indicators, keys=keys, name=lambda item: item.name, least=0.75, alike=_one_measure
    ):
        if one is None or other is None:
            yield _alone("indicator", one, other, lambda item: item.name, _aimed)
            continue
        differences = (
            *_difference("目标", target_words(one.target, one.unit), target_words(other.target, other.unit)),
            *_difference("性质", one.property or "", other.property or ""),
        )
        yield _both("indicator", one, other, other.name, differences, better)


def _commitments(old: Plan, new: Plan, better: Mapping[str, str]) -> Iterator[Change]:
    keys: tuple[Callable[[Commitment], Hashable | None], ...] = (
        lambda item: (bare(item.subject), item.unit, item.per, item.target.value),
        lambda item: (bare(item.subject), item.unit, item.per),
        lambda item: (item.measure, item.stage, item.unit) if item.measure else None,
    )
    for one, other in pair(
        old.commitments,
        new.commitments,
        keys=keys,
        name=lambda item: item.subject,
        least=0.8,
        alike=lambda one, other: one.unit == other.unit and one.per == other.per and _one_measure(one, other),
    ):
        if (one is None or repeats(one, old.indicators)) and (
            other is None or repeats(other, new.indicators)
        ):
            continue
        if one is None or other is None:
            yield _alone("commitment", one, other, lambda item: item.subject, lambda item: item.target.value)
            continue
        words = [(item.per or "") + target_words(item.target, item.unit) for item in (one, other)]
        yield _both("commitment", one, other, other.subject, _difference("数量", *words), better)


def _tasks(old: Plan, new: Plan) -> Iterator[Change]:
    for one, other in pair(
        old.tasks, new.tasks, keys=(lambda item: bare(item.title),), name=lambda item: item.title, least=0.6
    ):
        if one is None or other is None:
            yield _alone("task", one, other, lambda item: item.title)
            continue
        differences = (
            *_difference("名称", bare(one.title), bare(other.title), shown=(one.title, other.title)),
            *_difference("牵头单位", "、".join(one.lead), "、".join(other.lead)),
            *_difference("责任单位", "、".join(one.responsible), "、".join(other.responsible)),
        )
        yield _settled("task", one, other, other.title, differences)


def _projects(old: Plan, new: Plan) -> Iterator[Change]:
    keys: tuple[Callable[[Project], Hashable | None], ...] = (
        lambda item: (bare(item.name), item.kind),
        lambda item: bare(item.name),
        lambda item: what_is_built(item, old.region.name),
    )
    for one, other in pair(
        old.projects, new.projects, keys=keys, name=lambda item: item.name, least=0.75, alike=may_be_one
    ):
        if one is None or other is None:
            yield _alone("project", one, other, lambda item: item.name)
            continue
        kinds = [item.kind.label if item.kind else "" for item in (one, other)]
        differences = (
            *_difference("类别", *kinds),
            *_difference("学位", *[_amount(item.seats, "个") for item in (one, other)]),
            *_difference("完成年份", *[_amount(item.due_year, "年") for item in (one, other)]),
            *_difference("投资", *[_amount(item.investment, "元") for item in (one, other)]),
        )
        yield _settled("project", one, other, other.name, differences)


def _one_measure(one: Indicator | Commitment, other: Indicator | Commitment) -> bool:
    """Whether nothing speaks against one quantity: two measures, two stages, per cent against a count."""
    if one.measure and other.measure and (one.measure, one.stage) != (other.measure, other.stage):
        return False
    return (one.unit in _PERCENT) == (other.unit in _PERCENT)


def _alone(
    kind: Kind,
    old: _Item | None,
    new: _Item | None,
    name: Callable[[_Item], str],
    figure: Callable[[_Item], float | None] | None = None,
) -> Change:
    item = new if old is None else old
    assert item is not None
    value = None if figure is None else figure(item)
    return Change(
        kind,
        Outcome.NEW if old is None else Outcome.DROPPED,
        name(item),
        old,
        new,
        old_figure=None if old is None else value,
        new_figure=None if new is None else value,
    )


def _both(
    kind: Kind,
    old: Indicator | Commitment,
    new: Indicator | Commitment,
    name: str,
    differences: tuple[Difference, ...],
    better: Mapping[str, str],
) -> Change:
    wanted = better.get(new.measure or old.measure or "")
    same_unit = old.unit == new.unit
    return Change(
        kind,
        Outcome.CHANGED if differences else Outcome.KEPT,
        name,
        old,
        new,
        differences,
        _aimed(old),
        _aimed(new),
        _movement(old.target, new.target, wanted) if old.target and new.target and same_unit else None,
    )


def _aimed(item: Indicator | Commitment) -> float | None:
    return None if item.target is None else item.target.value


def _settled(
    kind: Kind, old: Task | Project, new: Task | Project, name: str, differences: tuple[Difference, ...]
) -> Change:
    return Change(kind, Outcome.CHANGED if differences else Outcome.KEPT, name, old, new, differences)


def _movement(old: Target, new: Target, better: str | None) -> Movement | None:
    added = ("increase_by", "decrease_by")
    if (old.op in added) != (new.op in added):
        return None
    if exact(old.value) == exact(new.value):
        return Movement.SAME
    more = exact(new.value) > exact(old.value)
    if better in ("higher", "lower"):
        return Movement.RAISED if more == (better == "higher") else Movement.LOWERED
    if old.op in _UP and new.op in _UP:
        return Movement.RAISED if more else Movement.LOWERED
    if old.op in _DOWN and new.op in _DOWN:
        return Movement.LOWERED if more else Movement.RAISED
    return Movement.UNCLEAR


def _difference(
    field: str, old: str, new: str, *, shown: tuple[str, str] | None = None
) -> tuple[Difference, ...]:
    return () if old == new else (Difference(field, *(shown or (old, new))),)


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else amount(value, unit)
