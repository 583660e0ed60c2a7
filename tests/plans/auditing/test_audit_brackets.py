from __future__ import annotations

import pytest
from audit_building import findings, written
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.plans.auditing import brackets


def alone(text: str) -> list[str]:
    return [finding.sides[0].quote for finding in findings(brackets.CHECKS, written(text))]


@pytest.mark.parametrize(
    "text",
    ["新建学校16所（其中2021年4所，改扩建25所。", "推进“强师工程，提高质量。", "落实办法》，提高质量。"],
)
def test_a_bracket_without_its_other_half_is_found_once(text: str) -> None:
    assert len(alone(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "新建学校16所（其中2021年4所），改扩建25所(含民办）。",
        "制定《关于落实〈办法〉的“三年”方案》（试行）。",
        "1）推进改革；2）提高质量；a)其他。",
        "开展“教师“双比双争””行动。",
    ],
)
def test_pairs_in_any_nesting_and_list_markers_are_none(text: str) -> None:
    assert alone(text) == []


def test_a_bracket_that_the_next_paragraph_closes_is_none() -> None:
    assert alone("一、任务\n\n推进改革（包括学校。\n\n幼儿园和其他），提高质量。\n") == []


nested = st.recursive(
    st.sampled_from(["改革", "提高质量", "甲，乙"]),
    lambda inner: st.tuples(st.sampled_from(["（）", "《》", "“”"]), st.lists(inner, max_size=3)).map(
        lambda pair: pair[0][0] + "及".join(pair[1]) + pair[0][1]
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(nested)
def test_what_is_well_nested_has_no_finding(words: str) -> None:
    assert alone(f"推进{words}。") == []


@settings(deadline=None)
@given(nested.filter(lambda words: words[0] in "（《“"))
def test_one_bracket_taken_away_is_found(words: str) -> None:
    assert alone(f"推进{words[1:]}。")
