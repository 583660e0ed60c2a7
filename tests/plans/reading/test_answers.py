"""An answer that would change nothing is refused with what to write; one that says something is taken."""

from __future__ import annotations

import pytest

from jiaoheng.plans.reading.answers import refusal


@pytest.mark.parametrize(
    ("about", "answer"),
    [
        ("published", "2022-06-02"),
        ("published", "2022年6月2日"),
        ("period", "2021-2025"),
        ("period", "2021—2025年"),
        ("indicators/甲/target/2025", "98%以上"),
        ("target", "没有目标"),
        ("baseline", "无"),
        ("cumulative", "累计"),
        ("issuer", "某县人民政府"),
    ],
)
def test_an_answer_that_says_something_is_taken(about: str, answer: str) -> None:
    assert refusal(about, answer) is None


@pytest.mark.parametrize(
    ("about", "answer", "said"),
    [
        ("published", "昨天", "2022-06-02"),
        ("published", "2022-13-02", "2022-06-02"),
        ("period", "五年", "2021-2025"),
        ("period", "2025-2021", "2021-2025"),
        ("indicators/甲/target/2025", "以后再说", "没有数值"),
        ("baseline", "不详", "没有数值"),
        ("cumulative", "是", "当年"),
        ("issuer", "  ", "空"),
    ],
)
def test_an_answer_that_would_change_nothing_is_refused(about: str, answer: str, said: str) -> None:
    assert said in (refusal(about, answer) or "")
