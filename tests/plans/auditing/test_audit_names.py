from __future__ import annotations

import pytest
from audit_building import found, written

from jiaoheng.plans import Indicator, Passage, Target
from jiaoheng.plans.auditing import Audited, names, years
from jiaoheng.plans.model import Commitment


def told(*paragraphs: str) -> list[str]:
    text = "一、任务\n\n" + "\n\n".join(paragraphs) + "\n"
    return [kind for kind, _ in found((*names.CHECKS, *years.CHECKS), written(text))]


def test_a_title_that_lacks_two_characters_elsewhere_is_found() -> None:
    first = "落实《某区教育发展规划三年行动计划工作清单》。"
    assert told(first, "按照《某区教育规划三年行动计划工作清单》执行。") == ["document_two_titles"]
    assert told(first, first) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某省小学教师继续教育管理办法实施细则", "某省中学教师继续教育管理办法实施细则"),
        ("某省教育事业发展第十三个五年规划纲要", "某省教育事业发展第十四个五年规划纲要"),
        ("某省教师继续教育管理办法实施细则（试行）", "某省教师继续教育管理办法实施细则"),
        ("中华人民共和国未成年人保护条例", "中华人民共和国未成年保护条例"),
    ],
)
def test_titles_that_differ_by_what_makes_another_document_are_two(one: str, other: str) -> None:
    assert told(f"落实《{one}》。", f"按照《{other}》执行。") == []


def with_definitions(*terms: str) -> Audited:
    defined = "\n\n".join(f"{i}.{term}：某数占某数的比例。" for i, term in enumerate(terms, 1))
    names_ = ("小学适龄儿童入学率", "九年义务教育巩固率", "适龄“二孩”儿童入学率")
    return written(
        f"附件1 主要指标名词解释\n\n{defined}\n",
        indicators=tuple(
            Indicator(
                id=name,
                name=name,
                unit="%",
                unlinked="试验",
                targets=(Target(year=2025, op=">=", value=95),),
                passage=Passage(section="表1"),
            )
            for name in names_
        ),
    )


def test_a_term_that_is_defined_under_another_name_is_found() -> None:
    other = with_definitions("小学适龄儿童入学率", "九年义务教育巩固率", "适龄“三残”少年儿童入学率")
    assert [kind for kind, _ in found(names.CHECKS, other)] == ["indicator_two_names"]


def test_definitions_of_something_else_and_of_the_very_names_are_right() -> None:
    same = with_definitions("小学适龄儿童入学率", "九年义务教育巩固率", "适龄“二孩”儿童入学率")
    assert found(names.CHECKS, same) == []
    assert found(names.CHECKS, with_definitions("五育并举", "适龄“三残”少年儿童入学率")) == []


@pytest.mark.parametrize("year", ["20225", "2205", "205"])
def test_a_number_that_can_be_no_year_is_found(year: str) -> None:
    assert told(f"到{year}年，全面推进教育改革。") == ["year_misprinted"]


def test_a_period_that_runs_backward_is_found_and_one_that_does_not_is_right() -> None:
    assert told("2025—2021年，每年提高1个百分点。") == ["year_misprinted"]
    assert told("2021—2025年，每年提高1个百分点。到2035年，全面实现教育现代化。") == []


def test_a_commitment_after_the_plan_is_found_but_not_an_outlook() -> None:
    def due(year: int) -> list[str]:
        item = Commitment(
            subject="新建学校",
            unit="所",
            target=Target(year=year, op="=", value=5),
            passage=Passage(section="一、任务"),
        )
        return [kind for kind, _ in found(years.CHECKS, written("", commitments=(item,)))]

    assert due(2027) == ["year_after_period"]
    assert due(2025) == []
    assert due(2035) == []
