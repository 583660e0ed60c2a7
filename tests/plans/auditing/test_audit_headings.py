from __future__ import annotations

from audit_building import found, written

from jiaoheng.plans.auditing import headings

CONTENTS = "目录\n\n第一章 发展基础\n\n第二章 发展目标\n\n第三章 重点任务\n\n"


def body(*chapters: str) -> str:
    return CONTENTS + "\n\n".join(f"{chapter}\n\n推进改革，提高质量。" for chapter in chapters) + "\n"


def kinds(text: str) -> list[tuple[str, tuple[float, ...]]]:
    return found(headings.CHECKS, written(text))


def test_headings_as_in_the_contents_have_no_finding() -> None:
    assert kinds(body("第一章 发展基础", "第二章 发展目标", "第三章 重点任务")) == []


def test_a_heading_that_lacks_a_character_of_the_contents_is_found() -> None:
    text = body("第一章 发展基础", "第二章 发展目", "第三章 重点任务")
    assert kinds(text) == [("heading_unlike_contents", ())]


def test_a_chapter_left_out_is_found_with_both_numbers() -> None:
    text = "第一章 基础\n\n改革。\n\n第二章 目标\n\n改革。\n\n第四章 任务\n\n改革。\n"
    assert kinds(text) == [("numbers_of_headings", (2.0, 4.0))]


def test_numbers_that_begin_anew_under_another_heading_are_right() -> None:
    text = "一、基础\n\n（一）甲处\n\n改革。\n\n（二）乙处\n\n改革。\n\n二、目标\n\n(一)丙处\n\n改革。\n"
    assert kinds(text) == []


def test_brackets_of_both_widths_are_one_row_of_numbers() -> None:
    text = "一、基础\n\n（一）甲处\n\n改革。\n\n(二)乙处\n\n改革。\n\n（三）丙处\n\n改革。\n"
    assert kinds(text) == []


def test_an_item_left_out_of_a_paragraph_is_found() -> None:
    text = "一、任务\n\n一是改革课程。二是改革评价。四是改革管理。\n"
    assert kinds(text) == [("numbers_of_items", (2.0, 4.0))]


def test_items_in_order_and_lists_that_begin_anew_are_right() -> None:
    text = "一、任务\n\n一是改革课程。二是改革评价。三是改革管理。其中，一是招生。二是考试。\n"
    assert kinds(text) == []
