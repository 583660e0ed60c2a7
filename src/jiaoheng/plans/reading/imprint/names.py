"""Names of authorities and of regions, as they stand at the head of official documents."""

from __future__ import annotations

import re

_AUTHORITY = re.compile(
    r"[\u4e00-\u9fff（）]{2,24}?"
    r"(?:人民政府|委员会|管委会|[局厅署]|办公[室厅]|领导小组|(?:[省市县区工]|[改健编体]|党组)委(?![\u4e00-\u9fff]{1,10}(?:领导小组|委员会))|教育部|国务院)"
    r"(?:办公[室厅])?"
)


def authorities(text: str, *, whole: bool = True) -> list[str]:
    """The authorities that `text` is a list of, without anything between them.

    Empty where it is no such list. Without `whole`, what follows the first name does not matter.

    >>> authorities("江门市教育局江门市财政局")
    ['江门市教育局', '江门市财政局']
    """
    names: list[str] = []
    at = 0
    while found := _AUTHORITY.match(text, at):
        names.append(found.group())
        at = found.end()
        while at < len(text) and text[at] in "、 ，":
            at += 1
    if whole and at < len(text):
        return []
    return names


_UNIT = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,8}?(?:特别行政区|自治区|自治州|自治县|自治旗|开发区|新区|省|地区|盟|市|县|区|旗))(?![市区])"
)
_NO_REGION = re.compile(
    r"(?:全|我|本|各|学|社|校|片|园|地|库|山|湾|城|牧|林)[省市县区旗]$|^城[市区]$|^(?:关于|印发)"
)

_A_GOAL = re.compile(r"教育|建设|发展|强[省市县区]$")
"""温州市教育强市建设 names one region, and what it wants to be."""


def region_of(text: str) -> str | None:
    """The lowest region that `text` begins with: 蓬江区 for 江门市蓬江区教育发展规划."""
    at = re.match(r"(?:中共|中国共产党)?", text).end()  # type: ignore[union-attr]
    lowest = None
    while found := _UNIT.match(text, at):
        name = found["name"]
        if (_NO_REGION.search(name) and len(name) < 3) or _A_GOAL.search(name):
            break
        lowest, at = found["name"], found.end()
    return lowest
