from __future__ import annotations

import pytest
from audit_building import found, written
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.plans.auditing import counts


def told(text: str, heading: str = "一、任务") -> list[tuple[str, tuple[float, ...]]]:
    return found(counts.CHECKS, written(f"{heading}\n\n{text}\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进重点项目共5项，分别是：甲小学、乙学校、丙中学、丁工程。", ("announced_and_listed", (5, 4))),
        ("新建小学2所（甲小区附近、乙小区附近、丙小区附近）。", ("announced_and_listed", (2, 3))),
        ("抓好甲小区、乙小区、丙小区、丁小区等3个小区配套幼儿园建设。", ("listed_before_number", (3, 4))),
        ("实施三项工程，即强基工程、铸魂工程、堡垒工程、融合工程。", ("announced_and_listed", (3, 4))),
    ],
)
def test_a_number_that_its_list_does_not_give_is_found(
    text: str, expected: tuple[str, tuple[float, ...]]
) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "推进重点项目共5项，分别是：甲小学、乙学校、丙中学、丁工程、戊学校小学部。",
        "推进重点项目共3项，分别是：甲小学、乙学校和丙中学。",
        "推进重点项目共3项，分别是：甲小学和乙学校、丙中学。",
        "新建小学2所（甲小区、乙小区附近）。",
        "新建学校16所（小学、初中）。",
        "新建学校16所（其中2021年4所、2022年12所）。",
        "成立甲教育集团等8个教育集团。",
        "成立甲教育集团、乙教育集团等8个教育集团。",
        "改造学校20所（含甲小学、乙小学）。",
        "2021年分别是甲、乙、丙牵头。",
    ],
)
def test_lists_that_fit_and_mere_examples_are_right(text: str) -> None:
    assert told(text) == []


def test_the_items_under_a_heading_that_counts_them() -> None:
    items = "一是打造“课程思政”平台。二是打造“影视思政”平台。"
    assert told(items, "（2）打造三大思政平台") == [("items_under_heading", (3, 2))]
    assert told(items + "三是打造“叙事思政”平台。", "（2）打造三大思政平台") == []
    assert told("一是加强领导。二是落实经费。", "（2）打造三大思政平台") == []


names = st.lists(
    st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=5).map(lambda name: name + "学校"),
    min_size=2,
    max_size=9,
)


@settings(deadline=None)
@given(names, st.integers(-3, 3))
def test_any_list_is_found_exactly_where_its_number_is_off(schools: list[str], off: int) -> None:
    stated = len(schools) + off
    if stated > 0:
        text = f"推进项目共{stated}项，分别是：{'、'.join(schools)}。"
        assert told(text) == ([("announced_and_listed", (stated, len(schools)))] if off else [])
