"""A number of things announced against the list that follows or stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.auditing.stops import stops
from jiaoheng.plans.reading.flow import Flow
from jiaoheng.plans.reading.quantities import number
from jiaoheng.plans.reading.source import plain

_NUMERAL = r"(?P<number>[一二三四五六七八九十两]{1,3}|\d{1,2})"
_UNIT = r"(?:大|个|项|所|座|间|类|种|条|方面|批|家|支)"
_ANNOUNCED = re.compile(
    rf"(?<![\d.第年\-—~～]){_NUMERAL}{_UNIT}(?P<noun>[^，。；：、（）\d]{{0,12}}?)，?"
    r"(?:分别(?:是|为)|具体(?:是|为)|即)：?(?P<list>[^。；：]+)"
)
_BRACKET = re.compile(
    r"(?<![\d.第年\-—~～])(?P<number>\d{1,2})(?:所|座|间|个|家|项)(?P<noun>[^，。；：、（）\d]{0,10})"
    r"（(?P<list>[^（）]*(?:（[^（）]*）[^（）]*)*)）"
)
_LISTED = re.compile(
    rf"(?P<list>(?:[^，。；：、（）]{{2,20}}、)+[^，。；：、（）]{{2,20}}?)等{_NUMERAL}{_UNIT}(?!多|以上|左右|余)"
)
_ITEMS = re.compile(
    rf"{_NUMERAL}(?P<unit>大|个|项|条|类)(?P<noun>[^，。；：、（）\d一二三四五六七八九十]{{2,6}})$"
)
_ITEM = re.compile(r"(?:^|(?<=[。；：，、！？]))[一二三四五六七八九十]{1,3}是(?P<words>[^。；]*)")
_SOME = re.compile(r"^(?:含|其中|如|包括|例如|不含|按|以|每|共|即|约|占|原|现|见|由|附近)")
_NO_NAMES = re.compile(r"\d|^(?:小学|初中|高中|幼儿园|中职|公办|民办|男|女|上|下|城区|农村|镇|村)$")
_JOINT = re.compile(r"(?:和|与|及|以及|或)")
_FAR = 3


@dataclass(frozen=True)
class _List:
    """A list as counted: by its pauses alone, and with every 和 and 及 taken for one more."""

    fewest: int
    most: int

    def holds(self, announced: int) -> bool:
        return self.fewest <= announced <= self.most


def _counted(words: str) -> _List:
    plain = re.sub(r"（[^（）]*）", "", words).strip("，、等 ")
    items = [item for item in re.split(r"[、，]", plain) if item]
    joined = sum(len(_JOINT.findall(item)) for item in items)
    pauses = len([item for item in re.split(r"、", plain) if item])
    return _List(min(pauses, len(items)), len(items) + joined)


def _announced(audited: Audited) -> Iterator[Found]:
    for flow, text in _flows(audited):
        for match in _ANNOUNCED.finditer(text):
            stated, listed = number(match["number"]), _counted(match["list"])
            if stated is None or listed.most < 2 or re.search(r"等[^、]*$|\d+[%％]", match["list"]):
                continue
            if not listed.holds(int(stated)):
                yield _found(audited, flow, match, int(stated), listed)
        for match in _BRACKET.finditer(text):
            stated, listed = number(match["number"]), _counted(match["list"])
            names = re.split(r"[、，]|和|及", match["list"])
            if stated is None or _SOME.match(match["list"]) or any(_NO_NAMES.search(name) for name in names):
                continue
            far = min(abs(listed.fewest - stated), abs(listed.most - stated)) > max(1, stated / _FAR)
            if (
                "、" in match["list"]
                and not match["list"].endswith("等")
                and not listed.holds(int(stated))
                and not far
            ):
                yield _found(audited, flow, match, int(stated), listed)


def _listed(audited: Audited) -> Iterator[Found]:
    """A、B、C、D等3个: more are named than there are; fewer may be."""
    for flow, text in _flows(audited):
        for match in _LISTED.finditer(text):
            stated, listed = number(match["number"]), _counted(match["list"])
            if stated is not None and listed.fewest > stated > 1:
                yield _found(audited, flow, match, int(stated), listed)


def _items(audited: Audited) -> Iterator[Found]:
    """A heading with 三大平台 over a paragraph of 一是…平台，二是…平台."""
    for paragraph in audited.paragraphs:
        if not paragraph.section:
            continue
        match = _ITEMS.search(plain(paragraph.section[-1]).rstrip("。：: "))
        items = list(_ITEM.finditer(paragraph.flow.text))
        if match is None or len(items) < 2 or not items[0][0].startswith("一是"):
            continue
        noun = match["noun"][-2:]
        stated = number(match["number"])
        if stated is None or len(items) == stated or not all(noun in item["words"] for item in items):
            continue
        side = audited.part(paragraph.flow, items[0].start(), min(len(paragraph.flow.text), items[0].end()))
        title = paragraph.section[-1]
        yield Found(
            f"标题「{title}」说的是 {stated:g} 项，下文分列 {len(items)} 项（一是……）。请核对。",
            (side,),
            (stated, float(len(items))),
        )


def _found(audited: Audited, flow: Flow, match: re.Match[str], stated: int, listed: _List) -> Found:
    side = audited.part(flow, match.start(), match.end())
    count = listed.fewest if abs(listed.fewest - stated) <= abs(listed.most - stated) else listed.most
    return Found(
        f"「{side.quote[:80]}」：写明 {stated} 个，列出 {count} 个。请核对数目和名单。",
        (side,),
        (float(stated), float(count)),
    )


def _flows(audited: Audited) -> Iterator[tuple[Flow, str]]:
    for flow in (*(paragraph.flow for paragraph in audited.paragraphs), *audited.cells):
        yield flow, stops(flow.text)


CHECKS = (
    Check(
        "announced_and_listed",
        "计数",
        "写明的数目与名单不符",
        "contradiction",
        "“5 项，分别是：甲、乙……”和“2 所（甲、乙）”：按顿号数、再把“和、及”也算作分隔数，都不等于写明的数。"
        "名单以“等”收尾、括号里只举类别或举例的不查。",
        each_text(_announced),
        text=True,
    ),
    Check(
        "listed_before_number",
        "计数",
        "列举多于总数",
        "contradiction",
        "“甲、乙、丙等 2 个”：列出的比写明的多；少的可能是举例，不算。",
        each_text(_listed),
        text=True,
    ),
    Check(
        "items_under_heading",
        "计数",
        "标题的数目与分项不符",
        "contradiction",
        "标题写“三大平台”，下文“一是……平台、二是……平台”的项数不同；各项都说到该名称的才查。",
        each_text(_items),
        text=True,
    ),
)
