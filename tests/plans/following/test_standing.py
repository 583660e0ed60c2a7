"""The state of an item on a day follows from its reports and its due day; lateness is computed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from follow_building import PLAN, adjusted, day, report, standing
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jiaoheng.plans.following import Report, State, follow, items
from jiaoheng.plans.following.entries import Entry
from jiaoheng.plans.following.recording import SayingError, item_named


def test_every_yearly_part_of_a_task_and_every_project_is_an_item() -> None:
    assert [(str(item.key), item.due.on.isoformat(), item.due.basis) for item in items(PLAN)] == [
        ("7@2021", "2021-12-31", "2021年年底"),
        ("7@2022", "2022-06-30", "原文“6月底”"),
        ("7@2023", "2023-12-31", "2023年年底"),
        ("8", "2025-12-31", "规划期末（规划没有写期限）"),
        ("new_school", "2022-12-31", "2022年年底"),
    ]


def test_without_a_report_it_is_not_started_until_it_is_late_and_says_that_nobody_reported() -> None:
    assert standing("2022-06-30").words == "未开始（未报告）"
    late = standing("2022-07-10")
    assert (late.state, late.days_late, late.words) == (State.LATE, 10, "滞后（10天，未报告）")


def test_the_last_report_up_to_the_day_counts() -> None:
    reports = (report("2022-03-01", "进行中"), report("2022-06-20", "已完成"))
    assert standing("2022-02-01", *reports).state is State.NOT_STARTED
    assert standing("2022-05-01", *reports).state is State.UNDER_WAY
    assert standing("2022-12-01", *reports).state is State.DONE


def test_of_two_reports_of_one_day_the_later_written_counts() -> None:
    assert standing("2022-05-01", report("2022-03-01", "已完成"), report("2022-03-01", "进行中")).state is (
        State.UNDER_WAY
    )


def test_what_was_finished_after_its_due_day_is_done_and_says_by_how_many_days() -> None:
    found = standing("2024-01-01", report("2022-08-09", "已完成"))
    assert (found.state, found.days_late, found.words) == (State.DONE, 40, "已完成（逾期40天）")


def test_the_day_of_finishing_may_lie_before_the_day_of_the_report() -> None:
    found = standing("2024-01-01", report("2022-08-09", "已完成", finished=date(2022, 6, 30)))
    assert (found.finished, found.days_late) == (date(2022, 6, 30), 0)


def test_what_was_reported_done_twice_was_finished_the_first_time() -> None:
    found = standing("2024-01-01", report("2022-06-01", "已完成"), report("2022-09-01", "已完成"))
    assert found.finished == date(2022, 6, 1)


def test_what_was_taken_up_again_is_not_finished() -> None:
    found = standing("2024-01-01", report("2022-06-01", "已完成"), report("2022-09-01", "进行中"))
    assert (found.state, found.finished) == (State.LATE, None)


def test_an_approved_adjustment_moves_the_due_day_and_the_old_one_is_kept() -> None:
    moved = adjusted("2022-05-01", due="2023-06-30")
    found = standing("2022-12-31", moved)
    assert (found.state, found.due, found.item.due.on) == (
        State.ADJUSTED,
        date(2023, 6, 30),
        date(2022, 6, 30),
    )
    assert standing("2022-12-31", moved, report("2022-10-01", "进行中")).state is State.UNDER_WAY
    assert standing("2023-07-02", moved).words == "滞后（2天）"


def test_what_is_no_longer_asked_for_is_never_late() -> None:
    found = standing("2030-01-01", adjusted("2022-05-01", withdrawn=True))
    assert (found.state, found.due, found.words) == (State.ADJUSTED, None, "已调整（不再实施）")


@pytest.mark.parametrize(
    ("states", "as_of", "expected"),
    [
        ((None, None, None), "2021-06-01", State.NOT_STARTED),
        (("进行中", None, None), "2021-06-01", State.UNDER_WAY),
        (("已完成", None, None), "2022-01-01", State.UNDER_WAY),
        (("已完成", None, None), "2022-07-01", State.LATE),
        (("已完成", "已完成", "已完成"), "2024-01-01", State.DONE),
    ],
)
def test_the_task_as_a_whole(states: tuple[str | None, ...], as_of: str, expected: State) -> None:
    entries = [
        report("2021-05-01", state, year=year)
        for year, state in zip((2021, 2022, 2023), states, strict=True)
        if state
    ]
    whole = follow(PLAN, entries, as_of=day(as_of)).tasks[0]
    assert (whole.number, whole.state) == ("7", expected)


@pytest.mark.parametrize("word", ["滞后", "late", "逾期"])
def test_late_can_never_be_reported(word: str) -> None:
    with pytest.raises(ValidationError, match=r"由期限和报告日期算出，不能填写"):
        report("2022-05-01", word)


@pytest.mark.parametrize(
    ("state", "more", "message"),
    [
        ("办理中", {}, "没有“办理中”这种状态"),
        ("已完成", {"percent": 80}, "进度却是 80%"),
        ("未开始", {"percent": 5}, "进度却是 5%"),
        ("进行中", {"percent": 101}, "不在 0 到 100 之间"),
        ("进行中", {"finished": date(2022, 1, 1)}, "只有报“已完成”才写完成日期"),
        ("已完成", {"finished": date(2023, 1, 1)}, "晚于报告日期"),
        ("已调整", {}, "须写明 adjusted"),
        ("进行中", {"by": "张小明"}, "像是个人的姓名"),
        ("进行中", {"by": " "}, "单位不能为空"),
        ("进行中", {"words": "联系人 11010519491231002X"}, "有身份证件号"),
    ],
)
def test_a_report_that_contradicts_itself_is_refused(
    state: str, more: dict[str, object], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        report("2022-05-01", state, **more)


@pytest.mark.parametrize(
    "name", ["区教育局", "江谷镇", "局长", "高新区管委会", "黄田镇", "公安", "各镇（街）"]
)
def test_units_and_offices_are_no_persons(name: str) -> None:
    assert report("2022-05-01", "进行中", by=name).by == name


DAYS = st.dates(date(2021, 1, 1), date(2026, 12, 31))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    on = draw(DAYS)
    state = draw(st.sampled_from(["未开始", "进行中", "已完成", "已调整"]))
    if state != "已调整":
        return report(on.isoformat(), state)
    change = draw(st.sampled_from(["due", "words", "withdrawn"]))
    value: object = {"due": draw(DAYS).isoformat(), "words": "改为分步实施", "withdrawn": True}[change]
    return adjusted(on.isoformat(), **{change: value})


@given(st.lists(reports(), max_size=6), DAYS)
def test_any_reports_give_a_state_and_done_only_if_somebody_said_so(given: list[Entry], on: date) -> None:
    found = standing(on.isoformat(), *given)
    assert found.state in State
    said_done = any(each.state is State.DONE and each.day <= on for each in given if isinstance(each, Report))
    assert found.state is not State.DONE or said_done
    assert (found.finished is not None) == (found.state is State.DONE)
    assert found.state is not State.LATE or (found.days_late > 0 and found.due is not None and found.due < on)
    assert found.last is not None or found.state in (State.NOT_STARTED, State.LATE)


@given(st.lists(reports(), max_size=6), DAYS, st.integers(0, 900))
def test_lateness_never_shrinks_as_days_pass_without_a_report(
    given: list[Entry], on: date, days: int
) -> None:
    known = [each for each in given if each.day <= on]
    before = standing(on.isoformat(), *known)
    after = standing((on + timedelta(days=days)).isoformat(), *known)
    assert after.days_late >= before.days_late
    assert before.state is not State.LATE or after.state is State.LATE


@pytest.mark.parametrize(
    ("word", "expected"),
    [("7@2022", "7@2022"), ("8", "8"), ("任务:8", "8"), ("滨江学校", "new_school"), ("家庭教育", "8")],
)
def test_an_item_is_named_by_number_id_or_title(word: str, expected: str) -> None:
    assert str(item_named(items(PLAN), word).key) == expected


@pytest.mark.parametrize(("word", "message"), [("7", "“7”有 3 项"), ("滨江学校二期", "没有编号为")])
def test_a_name_that_leaves_a_doubt_is_refused(word: str, message: str) -> None:
    with pytest.raises(SayingError, match=message):
        item_named(items(PLAN), word)
