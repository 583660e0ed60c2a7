"""The chain 反馈—整改—复查—约谈—通报 keeps its order, and an overdue 整改 is computed."""

from __future__ import annotations

import pytest
from follow_building import day, step
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.plans.following import FollowUp, Step, matters
from jiaoheng.plans.following.matters import order_faults

FEEDBACK = step("2022-07-01", "反馈", due="2022-09-30")
RECTIFIED = step("2022-09-20", "整改")
FAILED = step("2022-10-10", "复查", passed=False, due="2022-11-30")
PASSED = step("2022-12-20", "复查", passed=True)


def problems(*steps: FollowUp) -> list[str]:
    return [problem for _, problem in order_faults(steps)]


def test_a_passed_reinspection_closes_what_a_feedback_opened() -> None:
    (matter,) = matters([FEEDBACK, RECTIFIED, PASSED])
    assert (matter.opened_on, matter.closed_on, matter.waiting_for) == (
        day("2022-07-01"),
        day("2022-12-20"),
        None,
    )


def test_an_overdue_rectification_is_computed_to_the_day() -> None:
    (matter,) = matters([FEEDBACK])
    assert matter.waiting_for is Step.RECTIFICATION
    assert [matter.overdue(day(on)) for on in ("2022-09-30", "2022-10-03")] == [0, 3]


def test_a_failed_reinspection_asks_for_another_rectification_by_its_own_day() -> None:
    (matter,) = matters([FEEDBACK, RECTIFIED, FAILED])
    assert (matter.waiting_for, matter.overdue(day("2022-12-01"))) == (Step.RECTIFICATION, 1)
    assert not problems(FEEDBACK, RECTIFIED, FAILED, step("2022-12-01", "整改"), PASSED)


def test_after_a_matter_is_closed_another_may_be_opened() -> None:
    again = step("2023-03-01", "反馈", due="2023-05-01")
    assert len(matters([FEEDBACK, RECTIFIED, PASSED, again])) == 2


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([RECTIFIED], "整改之前没有未了结的反馈"),
        ([FEEDBACK, PASSED], "复查之前没有整改"),
        ([FEEDBACK, RECTIFIED, PASSED, step("2022-12-21", "复查", passed=True)], "复查之前没有未了结的反馈"),
        ([FEEDBACK, RECTIFIED, FAILED, PASSED], "复查之前没有整改"),
        ([FEEDBACK, step("2022-08-01", "反馈", due="2022-09-01")], "还没有通过复查"),
        ([FEEDBACK, step("2022-09-30", "约谈")], "整改没有逾期，复查也没有不通过，不能约谈"),
        ([FEEDBACK, RECTIFIED, step("2022-10-30", "通报")], "不能通报"),
    ],
)
def test_steps_out_of_order_are_told(steps: list[FollowUp], message: str) -> None:
    (problem,) = problems(*steps)
    assert message in problem


@pytest.mark.parametrize("severe", ["约谈", "通报"])
def test_a_talk_or_a_circular_follows_an_overdue_rectification_or_a_failed_reinspection(severe: str) -> None:
    assert not problems(FEEDBACK, step("2022-10-01", severe))
    assert not problems(FEEDBACK, RECTIFIED, FAILED, step("2022-10-11", severe))


STEPS = st.sampled_from(["反馈", "整改", "复查通过", "复查不通过", "约谈", "通报"])


@st.composite
def any_step(draw: st.DrawFn) -> FollowUp:
    on = f"2022-{draw(st.integers(1, 12)):02}-{draw(st.integers(1, 28)):02}"
    what = draw(STEPS)
    more: dict[str, object] = {}
    if what.startswith("复查"):
        more["passed"] = what == "复查通过"
    if what in ("反馈", "复查不通过"):
        more["due"] = "2023-01-31"
    return step(on, what[:2], **more)


@given(st.lists(any_step(), max_size=8))
def test_whatever_is_said_only_one_matter_is_open_and_only_a_passed_reinspection_closes_one(
    steps: list[FollowUp],
) -> None:
    found = matters(steps)
    assert all(matter.closed_on for matter in found[:-1])
    for matter in found:
        assert matter.steps[0].step is Step.FEEDBACK
        assert (matter.waiting_for is None) == (matter.steps[-1].passed is True)
    kept = sum(len(matter.steps) for matter in found)
    assert kept + len(problems(*steps)) == len(steps)
