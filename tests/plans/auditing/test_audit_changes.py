from __future__ import annotations

import pytest
from audit_building import findings, found, written
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jiaoheng.plans.auditing import changes


def told(text: str) -> list[tuple[str, tuple[float, ...]]]:
    figures = found(changes.CHECKS, written(f"一、任务\n\n{text}\n"))
    return [(kind, tuple(round(each, 2) for each in values)) for kind, values in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("优良率由42%提高到57%，提高12个百分点。", ("change_between_ends", (15, 12))),
        ("幼儿园从2016年的74所增加到2020年的86所，增加了10所。", ("change_between_ends", (12, 10))),
        ("近视率从43.6%下降到41.1%，下降2.6个百分点。", ("change_between_ends", (2.5, 2.6))),
        ("教育投入由20亿元增加到30亿元，增长40%。", ("change_between_ends", (50, 40))),
        ("学生从2016年的80000人增加到2020年的100000人，年均增长8%。", ("change_between_ends", (5.74, 8))),
        (
            "在校生从2015年的31.5万人，增至2020年的36.2万人，5年间增加5.7万人。",
            ("change_between_ends", (47000, 57000)),
        ),
        ("教师2.1万名，其中高级职称教师3120人，占24.9%。", ("share_of_whole", (14.86, 24.9))),
        ("现有幼儿园80所，其中公办40所，占55%。", ("share_of_whole", (50, 55))),
    ],
)
def test_a_change_or_share_that_does_not_fit_its_ends_is_found(
    text: str, expected: tuple[str, tuple[float, ...]]
) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "优良率由42%提高到57%，提高15个百分点。",
        "幼儿园从2016年的74所增加到2020年的86所，增加了12所。",
        "教育投入由20亿元增加到30亿元，增长50%。",
        "比例由40%提高到60%，提高20%。",
        "比例由40%提高到60%，提高50%。",
        "学生从2016年的80000人增加到2020年的100000人，年均增长5.7%。",
        "学生从80000人增加到100000人，年均增长8%。",
        "现有幼儿园80所，其中公办40所，占50%；民办40所。",
        "在校生从2015年的31.5万人，增至2020年的36.2万人，5年间增加4.7万人，增幅达15%。",
        "教师2.1万名，其中高级职称教师3120人，占14.9%。",
        "现有幼儿园81所，其中公办40所，占49.4%。",
        "现有幼儿园80所，在园幼儿12000人，其中公办6000人，占50%。",
        "在园幼儿由2.65万人增加到3.18万人，增加0.53万人。",
        "优良率由42%提高到57%，近视率下降12个百分点。",
    ],
)
def test_what_fits_or_speaks_of_something_else_is_right(text: str) -> None:
    assert told(text) == []


def test_what_rounding_of_the_ends_may_hide_is_only_a_doubt() -> None:
    text = "一、任务\n\n近视率从43.6%下降到41.1%，下降2.6个百分点。优良率由42%提高到57%，提高12个百分点。\n"
    assert [finding.severity for finding in findings(changes.CHECKS, written(text))] == ["error", "doubt"]


shares = st.integers(1, 999).map(lambda tenths: tenths / 10)


@settings(deadline=None)
@given(shares, shares)
def test_the_true_difference_of_two_shares_has_no_finding(low: float, high: float) -> None:
    assume(low < high)
    assert told(f"优良率由{low}%提高到{high}%，提高{round(high - low, 1)}个百分点。") == []


@settings(deadline=None)
@given(shares, shares, st.integers(1, 50).map(lambda tenths: tenths / 5))
def test_any_other_difference_is_found(low: float, high: float, off: float) -> None:
    assume(low < high)
    stated = round(high - low + off, 1)
    assert len(told(f"优良率由{low}%提高到{high}%，提高{stated}个百分点。")) == 1
