"""Whatever the text, it is read or refused in one message: no fault of the reader comes to a user."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.plans import Period
from jiaoheng.plans.reading.read import read
from jiaoheng.plans.reading.source import Source

PIECES = [
    *"一二三四五六七八九十",
    *"0123456789",
    *"，。；：、（）()《》“”[]【】%|\t\n",
    *"#-—*¹①〔〕",
    "\n\n",
    "第一章",
    "第二节",
    "第3条",
    "一、",
    "（二）",
    "3.",
    "（4）",
    "专栏1：",
    "附件",
    "附件2",
    "目录",
    "表1",
    "指标",
    "2020年",
    "2025年",
    "约束性",
    "其中：",
    "分别达到",
    "不少于",
    "由",
    "提高到",
    "以上",
    "万人",
    "所",
    "每年",
    "百分点",
    "15:30:00",
    "1:0",
    "牵头单位：",
    "责任单位：",
    "县教育局",
    "序号",
    "任务",
    "（10分）",
    "计5分",
    "关于印发《",
    "》的通知",
    "十四五",
    "新建",
    "小学",
    "合计",
    "學位",
    "😀",
    "\u3000",
    "\ufeff",
    "\x00",
    "<table><tr><td>",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join))
def test_any_text_can_be_read(text: str) -> None:
    plan = read(Source(text, name="plan.txt"), period=Period(start=2021, end=2025))
    for item in (*plan.indicators, *plan.commitments, *plan.tasks, *plan.projects, *plan.doubts):
        start, end = item.passage.start, item.passage.end
        assert start is not None
        assert end is not None
        assert 0 <= start <= end <= len(text)
    for section in plan.sections:
        assert 0 <= section.start < section.end <= len(text)
