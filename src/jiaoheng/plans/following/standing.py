"""How every item stands on a day: its state, its due day and its lateness, from what was reported by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiaoheng.plans.following.entries import Adjustment, Entry, FollowUp, Report
from jiaoheng.plans.following.items import Item, Key, items
from jiaoheng.plans.following.matters import Matter, matters
from jiaoheng.plans.following.states import State
from jiaoheng.plans.model import Plan


@dataclass(frozen=True)
class Standing:
    """One item on one day.

    Attributes
    ----------
    due : by when it is due, an approved adjustment counted in; None where it is no longer asked for.
    finished : when it was finished; None while it is not.
    days_late : how many days after `due` it was finished, or is not finished yet; 0 where it is not late.
    reports : those by that day, the oldest first.
    adjustment : the last one that was approved.
    matters : the follow-up chains by that day.
    """

    item: Item
    as_of: date
    state: State
    due: date | None
    finished: date | None
    days_late: int
    reports: tuple[Report, ...]
    adjustment: Adjustment | None
    matters: tuple[Matter, ...]

    @property
    def last(self) -> Report | None:
        """The last report; None where nobody has reported: `state` then follows from the due day alone."""
        return self.reports[-1] if self.reports else None

    @property
    def answering(self) -> tuple[str, ...]:
        """Who answers for it: whom the plan names; where it names nobody, who reported last."""
        return self.item.owners or ((self.last.by,) if self.last else ())

    @property
    def matter(self) -> Matter | None:
        """The follow-up chain that is open."""
        return next((matter for matter in self.matters if matter.waiting_for), None)

    @property
    def words(self) -> str:
        """The state with what must be known beside it."""
        more = []
        if self.days_late:
            more.append(f"{'逾期' if self.state is State.DONE else ''}{self.days_late}天")
        if not self.reports:
            more.append("未报告")
        if self.adjustment and self.adjustment.withdrawn:
            more.append("不再实施")
        return f"{self.state.label}（{'，'.join(more)}）" if more else self.state.label


@dataclass(frozen=True)
class TaskStanding:
    """A task as a whole, with its yearly parts."""

    number: str
    title: str
    state: State
    parts: tuple[Standing, ...]


@dataclass(frozen=True)
class Following:
    """All of a plan on one day."""

    plan: Plan
    as_of: date
    standings: tuple[Standing, ...]

    @property
    def tasks(self) -> tuple[TaskStanding, ...]:
        """The tasks as wholes, in the plan's order."""
        parts: dict[str, list[Standing]] = {}
        for standing in self.of("task"):
            parts.setdefault(standing.item.key.number, []).append(standing)
        return tuple(
            TaskStanding(number, own[0].item.title, whole(own), tuple(own)) for number, own in parts.items()
        )

    def of(self, kind: str) -> tuple[Standing, ...]:
        """The parts of tasks (``task``), or the projects (``project``)."""
        return tuple(standing for standing in self.standings if standing.item.key.kind == kind)

    def of_unit(self, unit: str) -> Following:
        """Only what a unit answers for."""
        own = tuple(standing for standing in self.standings if unit in standing.answering)
        return replace(self, standings=own)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that answers for something, in the plan's order."""
        return tuple(dict.fromkeys(unit for standing in self.standings for unit in standing.answering))

    @property
    def late(self) -> tuple[Standing, ...]:
        """What is late now, the longest first."""
        found = [standing for standing in self.standings if standing.state is State.LATE]
        return tuple(sorted(found, key=lambda standing: -standing.days_late))

    @property
    def overdue_matters(self) -> tuple[tuple[Standing, Matter], ...]:
        """Follow-up chains whose 整改 is overdue."""
        open_ones = [(standing, standing.matter) for standing in self.standings]
        return tuple(
            (standing, matter)
            for standing, matter in open_ones
            if matter is not None and matter.overdue(self.as_of)
        )


def follow(plan: Plan, entries: Sequence[Entry], *, as_of: date) -> Following:
    """How a plan stands on a day; entries (in the progress file's order) after that day do not count."""
    by_item: dict[Key, list[Entry]] = {}
    for entry in entries:
        if entry.day <= as_of and (key := key_of(entry, plan)) is not None:
            by_item.setdefault(key, []).append(entry)
    return Following(
        plan,
        as_of,
        tuple(stand(item, by_item.get(item.key, ()), as_of=as_of) for item in items(plan)),
    )


def stand(item: Item, entries: Sequence[Entry], *, as_of: date) -> Standing:
    """How one item stands on a day, by its own entries up to that day."""
    # Stable: of two reports of one day the one that was written later counts.
    reports = sorted((entry for entry in entries if isinstance(entry, Report)), key=lambda entry: entry.day)
    steps = [entry for entry in entries if isinstance(entry, FollowUp)]
    last = reports[-1] if reports else None
    adjustments = [report.adjusted for report in reports if report.adjusted is not None]
    withdrawn = bool(adjustments) and adjustments[-1].withdrawn
    dates = [each.due for each in adjustments if each.due is not None]
    due = None if withdrawn else dates[-1] if dates else item.due.on
    finished = _finished(reports)
    state = State.NOT_STARTED if last is None else last.state
    days_late = 0 if due is None else max(0, ((finished or as_of) - due).days)
    if withdrawn and state is not State.DONE:
        state = State.ADJUSTED
    elif finished is None and days_late:
        state = State.LATE
    return Standing(
        item=item,
        as_of=as_of,
        state=state,
        due=due,
        finished=finished,
        days_late=days_late,
        reports=tuple(reports),
        adjustment=adjustments[-1] if adjustments else None,
        matters=matters(steps),
    )


def whole(parts: Sequence[Standing]) -> State:
    """The state of a task from those of its parts."""
    states = {part.state for part in parts}
    if State.LATE in states:
        return State.LATE
    asked = {part.state for part in parts if part.due is not None}
    if not asked:
        return State.DONE if State.DONE in states else State.ADJUSTED
    if len(asked) == 1:
        return asked.pop()
    return State.UNDER_WAY


def key_of(entry: Entry, plan: Plan) -> Key | None:
    """Which item an entry is about; None where the plan has none such.

    The year may be left out where a task has one part only.
    """
    if entry.project is not None:
        known = any(project.id == entry.project for project in plan.projects)
        return Key("project", entry.project) if known else None
    task = next((task for task in plan.tasks if task.number == entry.task), None)
    if task is None:
        return None
    years = sorted(task.due)
    if entry.year is None and len(years) <= 1:
        return Key("task", task.number, years[0] if years else None)
    return Key("task", task.number, entry.year) if entry.year in years else None


def _finished(reports: Sequence[Report]) -> date | None:
    """When it was finished: the day that the last report names, else of the first that says so to the end."""
    if not reports or reports[-1].state is not State.DONE:
        return None
    if reports[-1].finished:
        return reports[-1].finished
    finished = reports[-1]
    for report in reversed(reports):
        if report.state is not State.DONE:
            break
        finished = report
    return finished.finished or finished.day


__all__ = ["Following", "Standing", "TaskStanding", "follow", "key_of", "stand", "whole"]
