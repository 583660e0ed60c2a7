"""The year's end, unless a date stands in the words."""

from __future__ import annotations

import pytest
from follow_building import PASSAGE, PLAN

from jiaoheng.plans import Task
from jiaoheng.plans.following import due_in, items


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("全面规范学校美育教育行为。", "2023-12-31"),
        ("", "2023-12-31"),
        ("6月底前完成选址", "2023-06-30"),
        ("2月底前完成选址", "2023-02-28"),
        ("9月1日前投入使用", "2023-09-01"),
        ("２０２３年９月１日前投入使用", "2023-09-01"),
        ("9月前配备专职教师", "2023-08-31"),
        ("2023年上半年完成修编", "2023-06-30"),
        ("第三季度完成验收。", "2023-09-30"),
        ("至年底前压减率为100%", "2023-12-31"),
        # The last of several, and a point without a date at the year's end.
        ("3月底前立项，10月底前开工", "2023-10-31"),
        ("1.6月底前完成选址。 2.9月1日前开工。", "2023-09-01"),
        ("1.6月底前完成选址。 2.加强管理。", "2023-12-31"),
        # A date of another year, one that does not exist, and one that bounds nothing.
        ("到2025年6月底前全部完成", "2023-12-31"),
        ("13月底前完成", "2023-12-31"),
        ("9月开展推广普通话活动", "2023-12-31"),
        ("1月前完成", "2023-12-31"),
    ],
)
def test_due(words: str, expected: str) -> None:
    assert due_in(2023, words).on.isoformat() == expected


def test_why_that_day_is_said_in_the_plans_own_words() -> None:
    assert due_in(2023, "６月底前完成选址").basis == "原文“6月底”"
    assert due_in(2023, "完成选址").basis == "2023年年底"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("建立家长学校", "2025-12-31"),
        ("到2023年建成家长学校", "2023-12-31"),
        ("2024年６月底前建成家长学校", "2024-06-30"),
        ("2022年上半年选址，2024年9月1日前开学", "2024-09-01"),
        ("到2035年普及家长学校", "2025-12-31"),
    ],
)
def test_a_task_without_years_falls_due_when_its_title_says(title: str, expected: str) -> None:
    plan = PLAN.model_copy(
        update={"tasks": (Task(number="8", title=title, passage=PASSAGE),), "projects": ()}
    )
    (item,) = items(plan)
    assert (item.due.on.isoformat(), item.key.year) == (expected, None)
