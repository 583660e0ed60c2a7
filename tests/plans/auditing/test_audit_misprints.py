from __future__ import annotations

import pytest
from audit_building import findings, found, written

from jiaoheng.plans.auditing import misprints

KINDS = {check.id: check for check in misprints.CHECKS}


def quotes(kind: str, text: str) -> list[str]:
    return [finding.sides[0].quote for finding in findings((KINDS[kind],), written(text))]


@pytest.mark.parametrize("text", ["比例为74.48%%。", "推进改革，，提高质量。", "推进改革，。提高质量。"])
def test_a_sign_printed_twice_is_found(text: str) -> None:
    assert len(quotes("sign_twice", text)) == 1


@pytest.mark.parametrize(
    "text", ["比例为74.48%。", "推进改革……提高质量——再提高。", "《甲》《乙》、“丙”“丁”。"]
)
def test_signs_that_stand_together_rightly_are_not(text: str) -> None:
    assert quotes("sign_twice", text) == []


def test_a_sign_printed_twice_in_a_table_is_found() -> None:
    text = "表1 主要指标\n\n指标\t2020年\t2025年\n随迁子女入读公办学校比例\t74.48%%\t85%\n巩固率\t95%\t97%\n"
    assert quotes("sign_twice", text) == ["74.48%%"]


@pytest.mark.parametrize(
    "text",
    ["“十三五”期间期间3次获奖。", "区人力资源和社会保障保障局牵头。", "每个乡镇建成一所以以上幼儿园。"],
)
def test_a_word_printed_twice_is_found(text: str) -> None:
    assert len(quotes("word_twice", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "加强职业教育教育教学改革。",
        "实现立德树人目的的确切要求。",
        "以提高质量为目的的改革。",
        "每个乡镇建成一所以上幼儿园。",
        "开展中小学生学生体质健康测试。",
    ],
)
def test_a_word_that_ends_one_compound_and_opens_the_next_is_not(text: str) -> None:
    assert quotes("word_twice", text) == []


def test_a_heading_that_ends_open_is_found_and_others_are_not() -> None:
    text = "一、全面推进管理体制改革的。\n\n改革内容如下。\n\n二、加强领导\n\n切实加强领导。\n"
    assert quotes("heading_ends_open", text) == ["一、全面推进管理体制改革的"]


def test_traditional_characters_are_one_finding_for_the_whole_plan() -> None:
    simplified = "深入推进教育体制机制改革，全面提高教育质量，促进公平。" * 10
    text = f"{simplified}\n\n深化教育督導體制改革。\n\n实施中小學生测评。\n"
    assert found((KINDS["traditional_characters"],), written(text)) == [("traditional_characters", (3.0,))]


def test_a_text_in_traditional_characters_is_left_alone() -> None:
    text = "深化教育督導體制機制改革，強化督政、督學、評估監測職能。"
    assert quotes("traditional_characters", text) == []


def test_characters_that_both_sets_hold_are_no_fault() -> None:
    assert quotes("traditional_characters", "著名教育家在乾县讲学，瞭望未来。" + "提高教育质量。" * 20) == []


def test_an_english_word_between_characters_is_found() -> None:
    assert quotes("foreign_words", "更好地服务社会 and 经济发展。") == ["更好地服务社会 and 经济发展。"]


@pytest.mark.parametrize(
    "text", ["推进STEAM教育和AI课程。", "建设科普中国“校园e站”。", "Education for All 的目标。"]
)
def test_names_in_latin_letters_are_not(text: str) -> None:
    assert quotes("foreign_words", text) == []


def test_tags_left_in_the_text_are_counted_in_one_finding() -> None:
    text = "一、任务\n\n<p>1.推进改革。</p>\n\n比例<5%的学校，另行安排。\n"
    assert found((KINDS["leftover_markup"],), written(text)) == [("leftover_markup", (2.0,))]
