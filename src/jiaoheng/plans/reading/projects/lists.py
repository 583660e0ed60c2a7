"""Lists of named projects: 加快推进甲学校、乙学校等学校改扩建项目; 新建甲小学和乙小学; 分别是：甲、乙."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiaoheng.plans.reading.projects.words import (
    BUILDING,
    FACILITY,
    LATER_STAGE,
    LEAD,
    NUMBER,
    SCHOOL,
    TITLE,
    VERB,
    VERBS,
    clause_start,
    is_proper,
    kind_of,
)
from jiaoheng.plans.reading.quantities.numerals import number
from jiaoheng.terms import ProjectKind


@dataclass(frozen=True)
class Item:
    """A named project: its words are `start` to `end`; those that say what is done reach to `until`."""

    name: str
    kind: ProjectKind | None
    start: int
    end: int
    until: int
    area: str | None


def listed(text: str, low: int, high: int) -> Iterator[Item]:
    """The named projects between `low` and `high`, which hold one part of a sentence."""
    yield from _enumerated(text, low, high)
    yield from _after_verb(text, low, high)
    yield from _before_verb(text, low, high)


_ENUMERATED = re.compile(
    r"(?P<lead>[^，,：:]{0,24}(?:项目|工程|学校|幼儿园)[^：:，,]{0,6}(?:[，,]?(?:分别是|分别为|包括|包含|具体为|即))?)[：:]"
    r"(?P<list>[^：:]+)"
)
_SPLIT = re.compile(r"[、，,]|以及|(?<=学校)[和及与]|(?<=[园学区院部中校期])[和及与]")
_NAMED = re.compile(
    rf"(?P<name>.{{0,24}}?{FACILITY})(?:的)?(?P<verb>{VERBS})?(?:建设)?(?:项目|工程)?(?:等.{{0,8}})?"
)


def _enumerated(text: str, low: int, high: int) -> Iterator[Item]:
    """What a line that ends in a colon leads in."""
    for match in _ENUMERATED.finditer(text, low, high):
        for start, end in _items(text, match.start("list"), match.end("list")):
            found = _NAMED.fullmatch(text, start, end)
            if found and is_proper(found["name"]):
                kind = kind_of(found["verb"] or match["lead"])
                yield Item(text[start:end], kind, start, end, end, _area(found["name"]))


_AFTER = re.compile(
    rf"(?P<verb>{VERBS}|建成)(?!\d)(?P<list>[^，,。；;：:（）()]+?)(?=(?:等|并|[，,。；;：:（(]|和{VERB}|$))"
)


def _after_verb(text: str, low: int, high: int) -> Iterator[Item]:
    """新建甲小学、乙小学: every item must be a facility with a name."""
    for match in _AFTER.finditer(text, low, high):
        places = list(_items(text, match.start("list"), match.end("list")))
        found = [_NAMED.fullmatch(text, start, end) for start, end in places]
        if not all(found) or (match["verb"] == "建成" and TITLE.search(match["list"])):
            continue
        for each, (start, end) in zip(found, places, strict=True):
            if each and is_proper(each["name"]):
                kind = kind_of(match["verb"]) if not each["verb"] else kind_of(each["verb"])
                yield Item(each["name"], kind, start, end, end, _area(each["name"]))


_DONE = re.compile(
    rf"(?P<verbs>(?:进行|实施|的)?(?:{VERBS}|(?P<weak>(?:规划)?建设))(?P<what>项目|工程)?)(?=[，,。；;、及并在于进为成]|顺利|按期|$)"
    r"|(?P<handed>(?:按期|如期|按时)(?:竣工|验收|移交|交付|投入使用))"
)
_AND_MORE = re.compile(
    rf"等(?P<count>{NUMBER})?(?:余|多)?[个所间项]?(?P<noun>[^等、]{{0,20}})$"
    rf"|(?P<both>[两二三四五六七八九十\d]+)所(?P<kinds>[^、]{{0,8}}{SCHOOL})$"
)
_DOERS = re.compile(r"部门|单位|机构|主体|联合|审批")
_LEADS = re.compile(rf"{LEAD.pattern}|{VERB}|建成")
_AREA = re.compile(r"(?P<area>[\u4e00-\u9fff]{2,4}?(?:街道|镇|乡))(?P<of>的)?")


def _before_verb(text: str, low: int, high: int) -> Iterator[Item]:
    """甲学校、乙学校等学校改扩建项目: the list ends where something is done to it."""
    for match in _DONE.finditer(text, low, high):
        for start in _starts(text, low, match.start()):
            found = list(_list(text, start, match))
            if found:
                yield from found
                break


def _starts(text: str, low: int, end: int) -> Iterator[int]:
    """Where the list may begin: after the last word that leads in, else after the last comma."""
    leads = [found.end() for found in _LEADS.finditer(text, low, end)]
    last_break = clause_start(text, low, end)
    if leads:
        yield leads[-1]
    if not leads or leads[-1] < last_break:
        yield last_break


def _list(text: str, start: int, match: re.Match[str]) -> Iterator[Item]:
    body = text[start : match.start()]
    more = _AND_MORE.search(body)
    noun = (more["noun"] or more["kinds"] or "") if more else ""
    if _DOERS.search(noun):
        return
    end = start + more.start() if more else match.start()
    places = list(_items(text, start, end))
    said = more and (more["count"] or more["both"])
    if re.search("[，,]", text[start:end]) and (not said or number(said) != len(places)):
        return
    if more and said and len(places) == 1 and match["verbs"]:
        yield from _exemplar(text, start, match)
        return
    words = noun + (match["verbs"] or "")
    if match["weak"] and not (match["what"] or "配套" in noun or _is_building_work(text, start, end)):
        return
    if match["handed"] and "配套" not in noun:
        return
    carried = ""
    for begin, stop in places:
        area = _AREA.match(text, begin, stop)
        carried = area["area"] if area and area["of"] else "" if area else carried
        name = _full_name(text[begin:stop], noun)
        if name is None or not is_proper(text[begin:stop]):
            continue
        kind = kind_of(words) or (ProjectKind.EXTEND if LATER_STAGE.search(name) else None)
        if carried and not (area and area["of"]):
            name = carried + name
        yield Item(name.replace("的", ""), kind, begin, stop, match.end(), _area(name))


_BEGUN = re.compile(r"(?:加快(?:推进)?|启动|完成)$")
_NEW_PLACE = re.compile(rf"(?:校区|园区|分校|分园|{BUILDING}|[一二三四五]期)$")


def _is_building_work(text: str, start: int, end: int) -> bool:
    """Whether 建设 means building: of a new place, or where schools' building is begun or hastened."""
    if _NEW_PLACE.search(text[start:end]):
        return True
    return bool(_BEGUN.search(text[max(start - 4, 0) : start])) and not TITLE.search(text[start:end])


def _exemplar(text: str, start: int, match: re.Match[str]) -> Iterator[Item]:
    """甲幼儿园等13所公办幼儿园进行升级改造 is one project: only one of the thirteen is named."""
    name = text[start : match.start()]
    done = re.sub(r"^(?:进行|实施|的)", "", match["verbs"])
    if re.search(FACILITY + "$", name):
        yield Item(name + done, kind_of(done), start, match.start(), match.end(), _area(name))


def _full_name(words: str, noun: str) -> str | None:
    """The name with the noun that the whole list shares; None where that makes no facility."""
    if re.search(FACILITY + "$", words):
        return words
    if not re.search(SCHOOL + "$", noun) or noun == "学校":
        return None
    shared = re.sub(r"^(?:住宅)?小区", "", noun) if words.endswith("小区") else noun.removeprefix("住宅")
    return words + shared


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in (*_SPLIT.finditer(text, start, end), None):
        stop = cut.start() if cut else end
        if text[at:stop].strip():
            yield at, stop
        at = cut.end() if cut else end


def _area(name: str) -> str | None:
    found = _AREA.match(name)
    return found["area"] if found else None
