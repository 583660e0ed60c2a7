"""The structure of a document: headings with their levels, whole paragraphs, what is no running text."""

from __future__ import annotations

import pytest

from jiaoheng.plans.reading.outline import Outline, outline
from jiaoheng.plans.reading.source import Source


def _of(text: str) -> Outline:
    return outline(Source(text))


def _headings(text: str) -> list[tuple[int, str]]:
    return [(each.level, each.title) for each in _of(text).sections]


def _words(text: str, kind: str = "text") -> list[str]:
    return [each.flow.text for each in _of(text).paragraphs if each.kind == kind]


def test_levels_follow_the_marks_of_the_document() -> None:
    text = """第一章 总体要求

第一节 发展目标

一、主要目标

（一）学前教育

1.毛入园率。到2025年达到100%。继续巩固。

（1）公办园。新建一批。继续新建。

（二）义务教育

第二节 原则

第二章 保障
"""
    assert _headings(text) == [
        (1, "第一章 总体要求"),
        (2, "第一节 发展目标"),
        (3, "一、主要目标"),
        (4, "（一）学前教育"),
        (5, "1.毛入园率"),
        (6, "（1）公办园"),
        (4, "（二）义务教育"),
        (2, "第二节 原则"),
        (1, "第二章 保障"),
    ]


def test_a_document_may_nest_its_marks_in_another_order() -> None:
    text = "1.总体目标\n\n（一）学前教育\n\n内容。\n\n（二）初中教育\n\n内容。\n\n2.保障\n\n（一）经费\n"
    assert [level for level, _ in _headings(text)] == [1, 2, 2, 1, 2]


def test_a_box_stands_under_its_section_and_the_list_around_it_goes_on() -> None:
    text = """第一节 重点任务

1.推动学前教育发展。新建幼儿园。继续新建幼儿园。

专栏1：学前教育工程

1.扩大资源。新建一批。继续新建。

2.提高质量，到2025年全部达标，并且长期保持下去，各镇都要负责落实，不得懈怠。

2.提升义务教育水平。新建学校。继续新建学校。
"""
    assert _headings(text) == [
        (1, "第一节 重点任务"),
        (2, "1.推动学前教育发展"),
        (2, "专栏1：学前教育工程"),
        (3, "1.扩大资源"),
        (2, "2.提升义务教育水平"),
    ]


def test_after_an_annex_the_order_starts_anew() -> None:
    text = """第一章 总则

第一节 目标

内容。

附件：1.名词解释
2.行动计划

附件1

名词解释

一、毛入园率

内容。

附件2

某县教育三年行动计划（2021—2023年）

一、目标

（一）总目标

内容。
"""
    assert _headings(text) == [
        (1, "第一章 总则"),
        (2, "第一节 目标"),
        (1, "附件1 名词解释"),
        (2, "一、毛入园率"),
        (1, "附件2 某县教育三年行动计划（2021—2023年）"),
        (2, "一、目标"),
        (3, "（一）总目标"),
    ]


def test_the_table_of_contents_is_left_out() -> None:
    text = """某县教育发展规划

目  录

前言 ..... 1
第一章 基础 ..... 2
第二章 面向未来的高质量教育体系建设 ..... 9

前言

本规划说明今后五年的工作。

第一章 基础

内容。

第二章 面向未来的
高质量教育体系建设

内容。
"""
    assert _headings(text) == [
        (1, "前言"),
        (1, "第一章 基础"),
        (1, "第二章 面向未来的高质量教育体系建设"),
    ]
    assert _words(text) == ["本规划说明今后五年的工作。", "内容。", "内容。"]


def test_contents_without_page_numbers_end_where_the_first_entry_comes_again() -> None:
    text = "目录\n\n第一章 基础\n第二章 目标\n\n第一章 基础\n\n内容。\n\n第二章 目标\n\n内容。\n"
    found = _of(text)
    assert [(each.title, text[each.span.start : each.span.end]) for each in found.sections] == [
        ("第一章 基础", "第一章 基础"),
        ("第二章 目标", "第二章 目标"),
    ]
    assert found.sections[0].span.start == text.rindex("第一章")


def test_a_paragraph_that_a_page_cut_is_whole_and_its_footnote_apart() -> None:
    text = """一、目标

全县小学适龄儿童入学率要达到

¹ 学前教育“5080”：公办园占一半以上。

12

100%以上，并且长期保持。
"""
    assert _words(text) == ["全县小学适龄儿童入学率要达到100%以上，并且长期保持。"]
    assert _words(text, "footnote") == ["学前教育“5080”：公办园占一半以上。"]


def test_offsets_point_into_the_text_across_the_cut() -> None:
    text = "一、目标\n\n到 2025 年，入学率达到\n\n100%，并保持。\n"
    flow = _of(text).paragraphs[0].flow
    start = flow.text.index("100%")
    span = flow.span(start, start + 4)
    assert text[span.start : span.end] == "100%"


def test_a_short_list_has_items_and_no_headings() -> None:
    text = "一、编制依据\n\n1.教育法\n2.教师法\n3.义务教育法\n\n二、目标\n\n内容。\n"
    assert _headings(text) == [(1, "一、编制依据"), (1, "二、目标")]


def test_a_heading_that_is_a_sentence_is_one_where_text_follows() -> None:
    text = "一、措施\n\n（一）师资力量进一步增强。\n\n内容在此。\n\n1.县政府。\n\n2.镇政府。\n"
    assert _headings(text) == [(1, "一、措施"), (2, "（一）师资力量进一步增强")]


def test_the_title_is_that_of_the_plan_and_not_of_the_letter() -> None:
    text = """您现在的位置：首页 > 文件

某县人民政府关于印发《某县教育发展规划》的通知

各镇：现将规划印发给你们。

某县教育发展规划

第一章 基础

内容。

相关附件：
"""
    found = _of(text)
    assert found.title is not None
    assert found.title.text == "某县教育发展规划"
    assert found.title.span.start == text.rindex("某县教育发展规划")
    assert _words(text) == ["内容。"]


def test_parts_that_are_called_tasks_stand_under_their_chapter() -> None:
    text = (
        "第一部分 任务\n\n任务一：学前行动\n\n1.扩大资源\n\n内容。\n\n任务二：高中行动\n\n1.扩容\n\n内容。\n"
    )
    assert [level for level, _ in _headings(text)] == [1, 2, 3, 2, 3]


def test_an_annex_that_is_the_plan_gives_it_its_title() -> None:
    text = """关于印发某县教育实施方案（2023—2027年）的通 知

各镇：

现将《某县教育实施方案（2023—2027年）》印发给你们。

附件:某县教育实施方案（2023—2027年）

某县人民政府

附件:某县教育实施方案（2023—2027年）

为办好教育，制定本方案。

一、目标

内容。
"""
    found = _of(text)
    assert found.title is not None
    assert found.title.text == "某县教育实施方案（2023—2027年）"
    assert text[found.title.span.start - 3 : found.title.span.start] == "附件:"
    assert [each.title for each in found.sections] == ["一、目标"]
    assert _words(text) == ["为办好教育，制定本方案。", "内容。"]


def test_a_marked_heading_without_number_is_a_heading() -> None:
    text = "# 某县教育规划\n\n## 总体目标\n\n内容。\n\n### 学前教育\n\n内容。\n\n## 保障\n\n内容。\n"
    assert _headings(text) == [(1, "总体目标"), (2, "学前教育"), (1, "保障")]


def test_a_section_ends_before_the_next_of_its_level() -> None:
    text = "第一章 甲\n\n第一节 乙\n\n内容。\n\n第二章 丙\n\n末尾。\n"
    chapter, section, last = _of(text).sections
    assert text[chapter.span.start : chapter.end].endswith("内容。")
    assert section.end == chapter.end
    assert text[last.span.start : last.end] == "第二章 丙\n\n末尾。"


def test_bold_signs_and_raised_numbers_are_no_words() -> None:
    assert _words("一、目标\n\n**一是**巩固“5080”¹成果，**二是**扩大到80m²。\n") == [
        "一是巩固“5080”成果，二是扩大到80m²。"
    ]


def _wrapped(text: str, width: int) -> str:
    """`text` as a page sets it: lines of one length, each paragraph begun two characters further in."""
    lines: list[str] = []
    for paragraph in filter(None, text.split("\n")):
        words = "　　" + paragraph
        lines += [words[i : i + width] for i in range(0, len(words), width)]
    return "\n".join(lines) + "\n"


def _plan_text() -> str:
    body = (
        "巩固学前教育成果，扩大公办学位供给。到2025年，学前三年毛入园率达到100%，公办幼儿园在园幼儿"
        "占比达到50%以上；小学和初中专任教师学历继续提高。县政府每年督查：各镇都要落实。"
    )
    items = "".join(f"（{han}）任务{han}\n{n}.措施{n}。{body}\n" for n, han in enumerate("一二三", start=1))
    return "".join(f"第{chapter}章 第{chapter}方面\n{items}" for chapter in "一二三四")


@pytest.mark.parametrize("width", [24, 33, 40, 51])
def test_text_that_is_broken_into_lines_reads_as_text_that_is_not(width: int) -> None:
    whole, broken = _of(_plan_text()), _of(_wrapped(_plan_text(), width))
    assert [(each.level, each.title) for each in broken.sections] == [
        (each.level, each.title) for each in whole.sections
    ]
    assert [each.flow.text for each in broken.paragraphs] == [each.flow.text for each in whole.paragraphs]


def test_a_box_stands_beside_the_list_of_topics_that_it_interrupts() -> None:
    text = """## 第一节 公平

### 一、协调

#### （一）条件

内容。

### 重点工作专栏 1 学校建设

1. **扩大供给。**新建学校。

2. **改善条件。**维修校舍。

## （二）帮扶

内容。
"""
    assert _headings(text) == [
        (1, "第一节 公平"),
        (2, "一、协调"),
        (3, "（一）条件"),
        (3, "重点工作专栏 1 学校建设"),
        (4, "1. 扩大供给"),
        (4, "2. 改善条件"),
        (3, "（二）帮扶"),
    ]


def test_markdown_lists_of_numbered_items_are_read_by_their_numbers() -> None:
    text = "# 专栏1 读书\n\n- **1.课程。**开足课程。\n\n- **2.活动。**开展活动。\n"
    assert _headings(text) == [(1, "专栏1 读书"), (2, "1.课程"), (2, "2.活动")]


def test_the_title_is_what_the_letter_hands_out_not_what_it_cites() -> None:
    text = """图解:青禾县学校提升方案(2023-2027年)

各镇人民政府:

《青禾县学校提升方案(2023-2027年)》已经县人民政府同意,现印发给你们,请认真实施。

青禾县学校

提升方案(2023-2027年)

为落实《某省人民政府关于印发〈加强学校工作的意见〉的通知》精神,制定本方案。

一、目标
"""
    title = _of(text).title
    assert title is not None
    assert title.text == "青禾县学校提升方案(2023-2027年)"


def test_a_title_may_end_in_two_brackets() -> None:
    title = _of(
        "# 青禾县教育发展规划（2026—2030年）（征求意见稿）\n\n青禾县教育局\n\n## 第一章 基础\n\n内容。\n"
    ).title
    assert title is not None
    assert title.text == "青禾县教育发展规划（2026—2030年）（征求意见稿）"


def test_of_two_plans_in_one_letter_the_first_is_read() -> None:
    text = """青禾县教育局等九部门关于印发《青禾县学前教育行动计划(2023-2025年)》和《青禾县高中计划》的通知

现予以印发。

青禾县学前教育行动计划

（2023—2025年）

一、目标
"""
    title = _of(text).title
    assert title is not None
    assert title.text == "青禾县学前教育行动计划（2023—2025年）"


@pytest.mark.parametrize(
    "items",
    [
        ("1.新建小学3所；", "2.毛入园率达到98%；", "3.培养教师120名"),
        ("1.新建小学3所", "2.毛入园率达到98%", "3.培养教师120名"),
        ("一、新建小学3所；", "二、毛入园率达到98%；", "三、培养教师120名。"),
        ("一、新建小学3所", "二、毛入园率达到98%", "三、培养教师120名"),
        ("（一）新建小学3所；", "（二）毛入园率达到98%；", "（三）培养教师120名。"),
        ("- 新建小学3所", "- 毛入园率达到98%", "- 培养教师120名"),
        ("新建小学3所；", "毛入园率达到98%；", "培养教师120名；"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_list_straight_under_the_title_is_running_text(items: tuple[str, ...], gap: str) -> None:
    found = _of(gap.join(("青禾县教育发展规划（2026—2030年）", "青禾县教育局", "2026年3月", *items)))
    assert found.sections == ()
    assert [each.flow.text for each in found.paragraphs if each.kind == "front"] == [
        "青禾县教育发展规划（2026—2030年）",
        "青禾县教育局",
        "2026年3月",
    ]
    said = "".join(each.flow.text for each in found.paragraphs if each.kind == "text")
    assert said == "".join("".join(item.split()) for item in items)


def test_short_parts_with_something_under_them_are_headings() -> None:
    found = _of(
        "青禾县教育发展规划（2026—2030年）\n\n一、目标\n\n二、任务\n\n三、保障\n\n加强领导，落实责任。\n"
    )
    assert [each.title for each in found.sections] == ["一、目标", "二、任务", "三、保障"]
