from __future__ import annotations

import pytest
from audit_building import findings, found, written

from jiaoheng.plans.auditing import products

PEOPLE = "18个住宅小区预测人口数为134486人，按照城镇小学、初中学校千人学位不低于80座、40座的标准计算，"


def told(text: str) -> list[tuple[str, tuple[float, ...]]]:
    return found(products.CHECKS, written(f"一、任务\n\n{text}\n"))


def test_people_by_seats_per_thousand_against_the_need_that_is_stated() -> None:
    ((kind, (product, stated)),) = told(f"{PEOPLE}预测到2025年义务教育学位增加需求约15000个。")
    assert (kind, round(product), stated) == ("seats_by_people", 16138, 15000)


def test_a_need_that_the_product_rounds_to_is_right() -> None:
    assert told(f"{PEOPLE}预测到2025年义务教育学位增加需求约16000个。") == []
    assert told(f"{PEOPLE}预测到2025年义务教育学位增加需求16138个。") == []


def test_the_exact_product_and_the_stated_need_stand_in_the_sentence() -> None:
    text = f"一、任务\n\n{PEOPLE}预测到2025年义务教育学位增加需求约15000个。\n"
    (finding,) = findings(products.CHECKS, written(text))
    assert "134486 × (80 + 40) ÷ 1000 ≈ 16138" in finding.sentence
    assert "约 15000个" in finding.sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "义务教育学生年均增长约3300人，“十四五”期间共增加约16000人。",
            [("yearly_by_years", (16500, 16000))],
        ),
        ("义务教育学生年均增长约3200人，“十四五”期间共增加约16000人。", []),
        ("每年招聘教师120名，五年共招聘教师500名。", [("yearly_by_years", (600, 500))]),
        ("每年招聘教师100名，五年共招聘教师500名。", []),
        ("每年招聘教师100名。“十四五”期间共选派教师300名。", []),
    ],
)
def test_a_yearly_number_by_the_years(text: str, expected: list[tuple[str, tuple[float, ...]]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "组建200人的教研员队伍，15个教研片区各配备10名教学能力强的教研员。",
            [("groups_by_size", (150, 200))],
        ),
        ("组建150人的教研员队伍，15个教研片区各配备10名教学能力强的教研员。", []),
        ("组建200人的教研员队伍，15个教研片区各配备10名联络员。", []),
    ],
)
def test_groups_by_their_size(text: str, expected: list[tuple[str, tuple[float, ...]]]) -> None:
    assert told(text) == expected
