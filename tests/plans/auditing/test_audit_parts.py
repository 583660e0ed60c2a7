from __future__ import annotations

import pytest
from audit_building import findings, found, written
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.plans.auditing import parts


def figures(text: str) -> list[tuple[float, ...]]:
    return [figures for _, figures in found(parts.CHECKS, written(f"一、任务\n\n{text}\n"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建学校16所（其中2021年4所、2022年3所、2023年1所、2024年1所、2025年6所）。", (16, 15)),
        ("现有教师5626人，其中公办教师3342人，民办教师2294人。", (5626, 5636)),
        ("民办教师2284人（民办学校教师1098人，民办幼儿园教师1196人）。", (2284, 2294)),
        ("招录教师332人，其中大专学历49人，本科学历269人，研究生学历16人。", (332, 334)),
        ("培训教师约1.2万人次（校长2000人次，教师11000人次）。", (12000, 13000)),
        ("增加心理健康教师60名（其中小学35名、初中18名、高中9名）。", (60, 62)),
    ],
)
def test_parts_that_do_not_make_their_total_are_found(text: str, expected: tuple[float, ...]) -> None:
    assert figures(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "新建学校16所（其中2021年4所、2022年3所、2023年1所、2024年1所、2025年7所），改扩建学校25所。",
        "获得荣誉称号的教师400名，其中，国家级13名、省级45名。",
        "教师5626人。其中，公办教师3342人，民办教师2284人（民办学校教师1098人，民办幼儿园教师1186人）。",
        "培训教师约1.2万人次（校长1000人次，教师10900人次）。",
        "在园在校103277人，教师5626人，师生总数108903人。其中，公办教师3342人，民办教师2284人。",
        "新增学位超38000个（小学20000个，初中17000个）。",
        "表彰教师60名（其中女教师55名、党员25名）。",
        "新建幼儿园12所（含乡镇中心幼儿园3所、小区配套幼儿园4所）。",
        "到2025年，新建学校16所，改扩建学校25所，其中小学4所。",
    ],
)
def test_parts_that_make_it_or_need_not_are_right(text: str) -> None:
    assert figures(text) == []


def test_the_sentence_shows_the_sum() -> None:
    text = "一、任务\n\n新建学校16所（其中2021年4所、2022年3所、2023年1所、2024年1所、2025年6所）。\n"
    (finding,) = findings(parts.CHECKS, written(text))
    assert "4 + 3 + 1 + 1 + 6 = 15所" in finding.sentence
    assert finding.severity == "error"


def test_the_sentence_quotes_from_the_clause_on() -> None:
    text = "一、任务\n\n每校配备1名，共增加教师60名（其中小学35名、初中18名、高中9名）。\n"
    (finding,) = findings(parts.CHECKS, written(text))
    assert finding.sentence.startswith("「共增加教师60名")


yearly = st.lists(st.integers(1, 40), min_size=3, max_size=5)


def sentence(total: int, years: list[int]) -> str:
    shared = "、".join(f"{2021 + i}年{number}所" for i, number in enumerate(years))
    return f"新建学校{total}所（其中{shared}）。"


@settings(deadline=None)
@given(yearly)
def test_any_total_that_is_the_sum_has_no_finding(years: list[int]) -> None:
    assert figures(sentence(sum(years), years)) == []


@settings(deadline=None)
@given(yearly, st.integers(-20, 20).filter(bool))
def test_any_total_that_is_not_is_found(years: list[int], off: int) -> None:
    total = sum(years) + off
    if total > 0:
        assert figures(sentence(total, years)) == [(total, sum(years))]
