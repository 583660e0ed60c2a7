"""A bound said twice over: 至少30次以上, 约500人左右."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.reading.quantities.words import COUNTERS, one_of

_FIGURE = rf"(?:\d[\d.,]*|[一二两三四五六七八九十百]+)(?:万|亿|千)?(?:{one_of(COUNTERS)}|%|‰)?"
_BETWEEN = r"[^，。；：、（）\d]{0,8}?"
_TITLE = r"(?!学历|学位|职称|水平|文化|层次|程度|等级|奖|荣誉|标准|学校|单位|称号)"
_TWICE = re.compile(
    rf"(?:至少|最少|不少于|不低于|不小于|不得少于|不得低于){_BETWEEN}{_FIGURE}(?:及)?以上{_TITLE}"
    rf"|(?:不超过|不高于|不多于|不大于|不得超过){_BETWEEN}{_FIGURE}(?:及)?以[下内]"
    rf"|(?:大约|约){_BETWEEN}{_FIGURE}(?:左右|上下)"
)


def _bounds_twice(audited: Audited) -> Iterator[Found]:
    sides = [
        audited.part(flow, match.start(), match.end())
        for flow in (*(paragraph.flow for paragraph in audited.paragraphs), *audited.cells)
        for match in _TWICE.finditer(flow.text)
    ]
    if sides:
        quoted = "、".join(f"「{side.quote}」" for side in sides[:3])
        more = f"等 {len(sides)} 处" if len(sides) > 3 else ""
        yield Found(
            f"同一个数前后各限定一次：{quoted}{more}。请只留一个。", tuple(sides), (float(len(sides)),)
        )


CHECKS = (
    Check(
        "bound_twice",
        "文字",
        "界限说两遍",
        "note",
        "“至少”“不少于”与“以上”、“不超过”与“以内”、“约”与“左右”限定同一个数。每件规划合成一条。",
        each_text(_bounds_twice),
        text=True,
    ),
)
