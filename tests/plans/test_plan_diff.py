"""Two plans side by side: what is kept, changed, new, dropped."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_building import indicator, plan, target

from jiaoheng.plans.diff import Movement, Outcome, diff
from jiaoheng.plans.diff.pairing import pair
from jiaoheng.plans.likeness import likeness
from jiaoheng.plans.model import Commitment, Indicator, Passage, Plan, Project, Task
from jiaoheng.terms import ProjectKind

OLD, NEW = (2016, 2020), (2021, 2025)


def named(name: str, op: str, value: float, year: int, **more: Any) -> Indicator:
    return indicator(target(op, value, year), id=name, name=name, unlinked="无", **more)


def of(*indicators: Indicator, years: tuple[int, int] = NEW, **more: Any) -> Plan:
    return plan(*indicators, start=years[0], end=years[1]).model_copy(update=more)


def commitment(subject: str, op: str, value: float, unit: str, **more: Any) -> Commitment:
    where = Passage(section="一")
    return Commitment(subject=subject, unit=unit, target=target(op, value), passage=where, **more)


def task(number: str, title: str, *lead: str) -> Task:
    return Task(number=number, title=title, lead=lead, passage=Passage(section="表"))


def outcomes(old: Plan, new: Plan, **more: Any) -> dict[str, Outcome]:
    return {change.name: change.outcome for change in diff(old, new, **more).changes}


def test_a_target_that_only_one_plan_prints_is_a_change_without_a_direction() -> None:
    bare = indicator(id="优良率", name="优良率", unlinked="无")
    (change,) = diff(of(bare, years=OLD), of(named("优良率", ">=", 57, 2025))).changes
    assert (change.outcome, change.movement, change.figure_change) == (Outcome.CHANGED, None, None)
    assert (change.old_figure, change.new_figure) == (None, 57)
    assert [(each.old, each.new) for each in change.differences] == [("未写", "≥57%")]
    assert outcomes(of(bare, years=OLD), of(bare)) == {"优良率": Outcome.KEPT}


def test_every_indicator_is_kept_changed_new_or_dropped_with_both_figures() -> None:
    old = of(
        named("优良率", ">=", 57, 2020), named("巩固率", ">=", 97, 2020), named("近视率", "<=", 50, 2020)
    )
    new = of(
        named("优良率（%）", ">=", 60, 2025), named("巩固率", ">=", 97, 2025), named("入园率", ">=", 99, 2025)
    )
    changes = {change.name: change for change in diff(old, new).changes}
    assert {name: change.outcome for name, change in changes.items()} == {
        "优良率（%）": Outcome.CHANGED,
        "巩固率": Outcome.KEPT,
        "入园率": Outcome.NEW,
        "近视率": Outcome.DROPPED,
    }
    raised = changes["优良率（%）"]
    assert (raised.old_figure, raised.new_figure, raised.figure_change) == (57, 60, 3)
    assert raised.movement is Movement.RAISED
    assert [(each.field, each.old, each.new) for each in raised.differences] == [("目标", "≥57%", "≥60%")]
    assert changes["入园率"].figure_change is None


def test_one_measure_under_two_names_is_one_indicator_and_its_direction_comes_from_the_measure() -> None:
    old = of(indicator(target("=", 46, 2020), name="总体近视率"))
    new = of(indicator(target("=", 40, 2025), name="儿童青少年近视率"))
    (change,) = diff(old, new, better={"m": "lower"}).changes
    assert change.outcome is Outcome.CHANGED
    assert change.movement is Movement.RAISED
    (unclear,) = diff(old, new).changes
    assert unclear.movement is Movement.UNCLEAR
    assert unclear.figure_change == -6


def test_the_same_name_with_another_measure_or_another_sort_of_unit_is_another_quantity() -> None:
    old = of(named("规范化幼儿园", ">=", 90, 2020))
    new = of(named("规范化幼儿园", ">=", 90, 2025, unit="所"))
    assert [change.outcome for change in diff(old, new).changes] == [Outcome.NEW, Outcome.DROPPED]


def test_a_share_that_becomes_binding_is_a_change() -> None:
    old = of(named("巩固率", ">=", 97, 2020, property="预期性"))
    new = of(named("巩固率", ">=", 97, 2025, property="约束性"))
    (change,) = diff(old, new).changes
    assert [(each.field, each.old, each.new) for each in change.differences] == [("性质", "预期性", "约束性")]


def test_commitments_are_paired_by_subject_unit_and_time() -> None:
    old = of(
        commitments=(
            commitment("新建公办幼儿园", "=", 10, "所"),
            commitment("教师培训", ">=", 72, "学时", per="每年"),
        )
    )
    new = of(
        commitments=(
            commitment("新建公办幼儿园", "=", 16, "所"),
            commitment("教师培训", ">=", 450, "学时", per="每5年"),
        )
    )
    got = [(change.name, change.outcome, change.figure_change) for change in diff(old, new).changes]
    assert got == [
        ("新建公办幼儿园", Outcome.CHANGED, 6),
        ("教师培训", Outcome.NEW, None),
        ("教师培训", Outcome.DROPPED, None),
    ]


def test_what_the_text_repeats_of_an_indicator_is_listed_once() -> None:
    def whole(years: tuple[int, int], *text: float) -> Plan:
        table = named("小学优良率", "=", 57, years[1])
        said = [commitment("小学优良率", ">=", value, "%") for value in text]
        moved = [
            each.model_copy(update={"target": target(">=", each.target.value, years[1])}) for each in said
        ]
        return of(table, years=years, commitments=tuple(moved))

    def kinds(old: Plan, new: Plan) -> list[tuple[str, Outcome]]:
        return [(change.kind, change.outcome) for change in diff(old, new).changes]

    kept = ("indicator", Outcome.KEPT)
    assert kinds(whole(OLD, 57), whole(NEW, 57)) == [kept]
    assert kinds(whole(OLD), whole(NEW, 57, 57)) == [kept]
    # Another value in the text contradicts the table: it stays.
    assert kinds(whole(OLD, 57), whole(NEW, 58)) == [kept, ("commitment", Outcome.CHANGED)]
    assert kinds(whole(OLD), whole(NEW, 57, 58)) == [kept, ("commitment", Outcome.NEW)]
    # A figure of the text alone that the new plan puts into its table too is still followed.
    bare = whole(OLD, 57).model_copy(update={"indicators": ()})
    assert kinds(bare, whole(NEW, 57)) == [("indicator", Outcome.NEW), ("commitment", Outcome.KEPT)]


def test_a_standing_duty_repeats_no_indicator() -> None:
    yearly = commitment("优良率", "=", 57, "%", per="每年")
    table = named("优良率", "=", 57, 2025)
    assert len(diff(of(years=OLD), of(table, commitments=(yearly,))).changes) == 2


def test_tasks_with_titles_alike_are_one_task_and_a_new_lead_unit_is_a_change() -> None:
    old = of(tasks=(task("1", "推进学前教育普及普惠发展", "教育局"), task("2", "办好开放大学", "教育局")))
    new = of(tasks=(task("7", "推进学前教育普及普惠安全优质发展", "教育局", "发改局"),))
    first, second = diff(old, new).changes
    assert [each.field for each in first.differences] == ["名称", "牵头单位"]
    assert (second.name, second.outcome) == ("办好开放大学", Outcome.DROPPED)


def test_a_project_that_moves_to_another_year_is_a_change() -> None:
    def school(year: int) -> Project:
        return Project(
            id="p", name="实验小学扩建", kind=ProjectKind.EXTEND, due_year=year, passage=Passage(section="表")
        )

    (change,) = diff(of(projects=(school(2022),)), of(projects=(school(2024),))).changes
    assert [(each.field, each.old, each.new) for each in change.differences] == [
        ("完成年份", "2022年", "2024年")
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (("大沙中学改扩建", "扩建"), ("大沙中学", "扩建"), 1),
        (("大沙中学", None), ("大沙中学扩建工程", "扩建"), 1),
        (("某县大沙中学升级改造", "改建"), ("大沙中学", "改建"), 1),
        # A school that was built and is to be extended now, and two schools.
        (("新建大沙中学", "新建"), ("大沙中学扩建", "扩建"), 2),
        (("大沙中学扩建", "扩建"), ("大沙小学扩建", "扩建"), 2),
    ],
)
def test_a_project_under_a_near_name_is_one(
    old: tuple[str, str | None], new: tuple[str, str | None], expected: int
) -> None:
    def built(name: str, kind: str | None) -> Plan:
        what = None if kind is None else ProjectKind.named(kind)
        return of(projects=(Project(id=name, name=name, kind=what, passage=Passage(section="表")),))

    assert len(diff(built(*old), built(*new)).changes) == expected


def test_a_plan_beside_itself_is_all_kept() -> None:
    whole = of(
        named("优良率", ">=", 57, 2025),
        named("巩固率", ">=", 97, 2025),
        commitments=(commitment("新建小学", "=", 1, "所"), commitment("新建小学", "=", 2, "所")),
        tasks=(task("1", "一件事"), task("2", "另一件事")),
    )
    assert {change.outcome for change in diff(whole, whole).changes} == {Outcome.KEPT}
    assert len(diff(whole, whole).changes) == 6


@given(
    st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8), st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8)
)
def test_every_item_stands_in_exactly_one_pair(old: list[str], new: list[str]) -> None:
    pairs = pair(old, new, keys=(lambda item: item,), name=lambda item: item, least=0.9)
    assert sorted(one for one, _ in pairs if one) == sorted(old)
    assert [other for _, other in pairs if other] == new
    assert all(one == other for one, other in pairs if one and other)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_has_no_order_and_stays_between_0_and_1(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@pytest.mark.parametrize(("one", "other"), [("“双师型”教师占比（%）", "双师型教师占比"), ("甲", "甲")])
def test_punctuation_and_units_do_not_part_names(one: str, other: str) -> None:
    assert likeness(one, other) == 1
