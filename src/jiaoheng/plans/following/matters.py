"""The follow-up chain 反馈—整改—复查—约谈—通报: its order, what is open, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiaoheng.plans.following.entries import FollowUp
from jiaoheng.plans.following.states import Step


@dataclass(frozen=True)
class Matter:
    """What a 反馈 opened; closed by a 复查 that passes.

    Attributes
    ----------
    steps : in the order of their days, the 反馈 first.
    waiting_for : 整改 or 复查 while it is open; None once it is closed.
    due : by when the unit must rectify; None unless that is what it waits for.
    """

    steps: tuple[FollowUp, ...]
    waiting_for: Step | None
    due: date | None

    @property
    def opened_on(self) -> date:
        return self.steps[0].day

    @property
    def closed_on(self) -> date | None:
        return None if self.waiting_for else self.steps[-1].day

    @property
    def to(self) -> tuple[str, ...]:
        """The units that the 反馈 was addressed to."""
        return self.steps[0].to

    @property
    def failed(self) -> bool:
        """Whether a 复查 was not passed."""
        return any(step.passed is False for step in self.steps)

    def overdue(self, on: date) -> int:
        """For how many days the 整改 is overdue on a day; 0 where it is not."""
        return max(0, (on - self.due).days) if self.due is not None else 0


def matters(steps: Sequence[FollowUp]) -> tuple[Matter, ...]:
    """The matters of one item, the oldest first. Steps out of order (see `order_faults`) are left out."""
    found: list[Matter] = []
    for step in _by_day(steps):
        last = found[-1] if found and found[-1].waiting_for else None
        if _refusal(last, step):
            continue
        if last is None:
            found.append(Matter((step,), Step.RECTIFICATION, step.due))
        else:
            found[-1] = _after(last, step)
    return tuple(found)


def order_faults(steps: Sequence[FollowUp]) -> Iterator[tuple[int, str]]:
    """Every step of one item that breaks the order: its place in `steps`, and what is wrong."""
    places = {id(step): place for place, step in enumerate(steps)}
    last: Matter | None = None
    for step in _by_day(steps):
        if problem := _refusal(last, step):
            yield places[id(step)], problem
            continue
        last = Matter((step,), Step.RECTIFICATION, step.due) if last is None else _after(last, step)
        last = last if last.waiting_for else None


def _refusal(open_matter: Matter | None, step: FollowUp) -> str:
    """Why a step cannot follow; empty where it can."""
    what = step.step
    if open_matter is None:
        return (
            "" if what is Step.FEEDBACK else f"{what.label}之前没有未了结的反馈。请先登记反馈，或核对日期。"
        )
    if what is Step.FEEDBACK:
        return f"{open_matter.opened_on} 的反馈还没有通过复查，不能再反馈一次。请在原有的链上继续。"
    if what is Step.REINSPECTION and open_matter.waiting_for is not Step.REINSPECTION:
        return "复查之前没有整改。请先登记整改，或核对日期。"
    if what in (Step.TALK, Step.CIRCULAR) and not (open_matter.failed or open_matter.overdue(step.day)):
        return f"整改没有逾期，复查也没有不通过，不能{what.label}。请核对日期。"
    return ""


def _after(matter: Matter, step: FollowUp) -> Matter:
    grown = replace(matter, steps=(*matter.steps, step))
    if step.step is Step.RECTIFICATION:
        return replace(grown, waiting_for=Step.REINSPECTION, due=None)
    if step.step is Step.REINSPECTION:
        again = None if step.passed else Step.RECTIFICATION
        return replace(grown, waiting_for=again, due=step.due)
    return grown


def _by_day(steps: Sequence[FollowUp]) -> list[FollowUp]:
    return sorted(steps, key=lambda step: step.day)
