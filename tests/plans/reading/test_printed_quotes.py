"""Quotes are as the document prints them, in traditional characters too; names are simplified."""

from __future__ import annotations

import re

import opencc
import pytest

from jiaoheng.plans import Period, Plan
from jiaoheng.plans.reading.read import read
from jiaoheng.plans.reading.source import Source
from shared import shared

TEXT = """某县教育发展规划（2021—2025年）

第一章 目标

到2025年，学前三年毛入园率达到９５％以上，小学专任教师本科以上学历比例达到93%。新建东城实验小学。

表1 重点工程项目表

序号\t项目名称\t建设性质\t投资（万元）
1\t城关中学扩建工程\t扩建\t1200
2\t西镇幼儿园\t新建\t800

表2 任务分工表

序号\t工作任务\t2022年\t2023年\t牵头单位
1\t扩大学位供给\t完成选址\t开工建设\t县教育局
2\t办好乡镇学校\t制定方案\t全部实施\t县教育局

第二章 任务

1.发展职业教育。建设实训基地。[牵头单位：县教育局；责任单位：县财政局]
"""


def quotes(plan: Plan) -> list[str]:
    items = (*plan.commitments, *plan.projects, *plan.tasks, *plan.indicators)
    return [item.passage.quote or "" for item in items]


def test_each_kind_of_item_is_quoted_in_the_characters_of_the_document() -> None:
    text = opencc.OpenCC("s2t").convert(TEXT)
    plan = read(Source(text), period=Period(start=2021, end=2025))
    assert [each.subject for each in plan.commitments] == ["学前三年毛入园率", "小学专任教师本科以上学历比例"]
    assert [each.passage.quote for each in plan.commitments] == ["達到９５％以上", "達到93%"]
    assert [(each.name, each.passage.quote) for each in plan.projects] == [
        ("城关中学扩建工程", "城關中學擴建工程"),
        ("西镇幼儿园", "西鎮幼兒園"),
        ("东城实验小学", "東城實驗小學"),
    ]
    assert [each.passage.quote for each in plan.tasks] == ["擴大學位供給", "辦好鄉鎮學校", "發展職業教育"]


def test_a_document_in_simplified_characters_is_quoted_as_it_is() -> None:
    plan = read(Source(TEXT), period=Period(start=2021, end=2025))
    assert quotes(plan)[:2] == ["达到９５％以上", "达到93%"]
    assert all(quote in TEXT for quote in quotes(plan))


@pytest.mark.shared
def test_every_quote_of_a_plan_in_traditional_characters_stands_in_it() -> None:
    text = shared("seeds/001_7923faed61bfb8a9.txt").read_text("utf-8")
    found = quotes(read(Source(text)))
    assert found
    assert all(re.sub(r"\s", "", quote) in re.sub(r"\s|\*\*", "", text) for quote in found)
