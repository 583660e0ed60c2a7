"""One thing under two spellings: a document's title, an indicator's name in table and definition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.auditing.stops import stops
from jiaoheng.plans.likeness import likeness
from jiaoheng.plans.reading.linking.names import key, said_stages
from jiaoheng.plans.reading.source import plain

_TITLE = re.compile(r"《(?P<title>[^《》]{8,60})》")
_ANNEX = re.compile(
    r"^附[件录表]\s*[\d一二三四五六七八九十]*\s*[：:.、]?\s*(?:\d+\s*[.．、]\s*)?(?P<title>.{8,60})$"
)
_EDITION = re.compile(r"[（(][^（）()]*[）)]$|[（(](?:试行|暂行|修订|修正|征求意见)[^）)]*[）)]")
_TELLING = re.compile(
    r"[\d一二三四五六七八九十省市县区镇乡州国]|中学|小学|中职|高中|幼儿|学前|中小|初|大|关于|印发|通知|修订|指导|实施"
)
"""A difference in these makes another document: another year, place, stage or kind."""
_LAW = re.compile(r"[法例章]$")
_DEFINED = re.compile(
    r"^(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]+[）)])?\s*(?P<term>[^，。：:]{4,40})[：:]"
)
_EXPLAINING = re.compile(r"解释|说明|释义|定义")
_SHORTEST = 14
_LONGEST_CHANGE = 3
_LIKE = 0.5


def _documents(audited: Audited) -> Iterator[Found]:
    places: dict[str, Side] = {}
    for title, side in _titles(audited):
        places.setdefault(title, side)
    groups: dict[str, list[str]] = defaultdict(list)
    for title in places:
        for head in {title[:4], title[-4:]}:
            groups[head].append(title)
    pairs = {tuple(sorted(pair)) for group in groups.values() for pair in combinations(group, 2)}
    for one, other in sorted(pairs, key=lambda pair: places[pair[0]].start or 0):
        change = _change(one, other)
        if change:
            yield Found(
                f"{_quoted(places[one])}与{_quoted(places[other])}只差「{change}」，像是同一文件的两种写法。请核对后统一。",
                (places[one], places[other]),
            )


def _titles(audited: Audited) -> Iterator[tuple[str, Side]]:
    """Titles in 《》, and those of annexes where they are listed and where they stand."""
    for paragraph in audited.outline.paragraphs:
        for match in _TITLE.finditer(paragraph.flow.text):
            yield _bare(match["title"]), audited.part(paragraph.flow, match.start(), match.end())
        annex = _ANNEX.match(paragraph.flow.text)
        if annex:
            yield (
                _bare(annex["title"]),
                audited.part(paragraph.flow, annex.start("title"), annex.end("title")),
            )
    for section in audited.outline.sections:
        annex = _ANNEX.match(re.sub(r"\s+", "", plain(section.title)))
        if annex:
            yield _bare(annex["title"]), audited.side(section.span.start, section.span.end)


def _quoted(side: Side) -> str:
    annex = _ANNEX.match(plain(side.quote))
    title = side.quote[annex.start("title") :] if annex else side.quote
    return title if title.startswith("《") else f"《{title}》"


def _bare(title: str) -> str:
    return re.sub(r"[\s“”\"'‘’]", "", stops(title))


def _change(one: str, other: str) -> str:
    """The few characters that one has and the other has not; empty where they are two documents."""
    if one == other or min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > _LONGEST_CHANGE:
        return ""
    if _LAW.search(one) or _EDITION.sub("", one) == _EDITION.sub("", other):
        return ""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changes = [(one[a:b], other[c:d]) for tag, a, b, c, d in blocks if tag != "equal"]
    if len(changes) != 1:
        return ""
    left, right = changes[0]
    if (left and right and len(left + right) > 2) or _TELLING.search(left + right):
        return ""
    return f"{left}／{right}" if left and right else left or right


def _indicators(audited: Audited) -> Iterator[Found]:
    """Names of the table against the terms that the plan itself defines."""
    defined = list(_definitions(audited))
    names = {key(item.name): item for item in audited.plan.indicators}
    terms = {key(term): (term, side) for term, side in defined}
    if not names or 2 * len(names.keys() & terms.keys()) < len(names):
        # Not the definitions of these indicators.
        return
    others = [stated for said, stated in terms.items() if said not in names]
    pairs = [
        (item, term, side)
        for said, item in names.items()
        if said not in terms
        for term, side in others
        if _alike(item.name, term)
    ]
    for item, term, side in pairs:
        if sum(item is one or term == other for one, other, _ in pairs) == 1:
            yield Found(
                f"同一指标两种叫法：指标表作「{item.name}」，名词解释作「{term}」。请核对是哪一种，并统一。",
                (audited.at(item.passage), side),
            )


def _definitions(audited: Audited) -> Iterable[tuple[str, Side]]:
    for paragraph in audited.outline.paragraphs:
        match = _DEFINED.match(paragraph.flow.text)
        explains = paragraph.kind == "footnote" or _EXPLAINING.search(plain(" ".join(paragraph.section)))
        if match and explains:
            yield match["term"].strip(), audited.part(paragraph.flow, *match.span("term"))


def _alike(name: str, term: str) -> bool:
    return said_stages(name) == said_stages(term) and likeness(name, term) >= _LIKE


CHECKS = (
    Check(
        "document_two_titles",
        "文字",
        "同一文件两种写法",
        "doubt",
        "书名号里的文件名和附件标题，有两个只差一处、三个字以内；差在年份、地名、学段、文种的是不同文件，不算。",
        each_text(_documents),
        text=True,
    ),
    Check(
        "indicator_two_names",
        "文字",
        "同一指标两种叫法",
        "contradiction",
        "规划自带的名词解释里，有一个名称与指标表相近而不同；其余指标过半对得上才查，措辞不同而意思相同的不算。",
        each_text(_indicators),
        text=True,
    ),
)
