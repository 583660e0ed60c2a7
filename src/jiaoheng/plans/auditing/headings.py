"""Headings against the table of contents, and the numbers of headings and lists against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.reading.outline import Heading
from jiaoheng.plans.reading.outline.contents import contents, entry
from jiaoheng.plans.reading.outline.lines import lines
from jiaoheng.plans.reading.quantities.numerals import chinese_number
from jiaoheng.plans.reading.source import plain

_CHINESE = "一二三四五六七八九十"
_MARKERS = {
    "章": re.compile(rf"第([{_CHINESE}]+|\d+)([编章节])"),
    "一、": re.compile(rf"([{_CHINESE}]+)()、"),
    "（一）": re.compile(rf"[（(]([{_CHINESE}]+)()[)）]"),
    "专栏": re.compile(rf"专栏\s*([{_CHINESE}]+|\d+)(?!\d)()"),
}
_ITEM = re.compile(rf"(?:^|(?<=[。；：，、！？]))([{_CHINESE}]{{1,3}})是")
_LIKE = 0.8


def _against_contents(audited: Audited) -> Iterator[Found]:
    assert audited.source is not None
    entries = [plain(each) for each in contents(list(lines(audited.source, ())))[1]]
    titles = {entry(plain(section.title)) for section in audited.outline.sections}
    for section in audited.outline.sections:
        title = entry(plain(section.title))
        if not entries or title in entries:
            continue
        near = [each for each in entries if each not in titles and _likeness(each, title) >= _LIKE]
        if len(near) != 1 or _goes_on(audited, section, near[0]):
            continue
        listed = re.search(r"\s*".join(map(re.escape, near[0])), audited.source.plain)
        if listed and listed.start() < section.span.start:
            sides = audited.side(section.span.start, section.span.end), audited.side(*listed.span())
            printed = f"正文标题作「{sides[0].quote}」，目录作「{sides[1].quote}」"
            yield Found(f"{printed}。请核对是哪一处漏字或改动未同步。", sides)


def _likeness(one: str, other: str) -> float:
    """0 to 1; 0 where the markers or the lengths differ much."""
    if one[:2] != other[:2] or min(len(one), len(other)) < 4:
        return 0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _goes_on(audited: Audited, section: Heading, listed: str) -> bool:
    """Whether the rest of what the contents print stands on the heading's next line."""
    assert audited.source is not None
    following = entry(audited.source.plain[section.span.start : section.span.end + 80])
    return following.startswith(listed)


def _numbers(audited: Audited) -> Iterator[Found]:
    """Headings of one kind under one heading whose numbers leave one out or give one twice."""
    rows: dict[tuple[str, tuple[str, ...], int], list[tuple[Heading, int]]] = {}
    for section in audited.outline.sections:
        numbered = _number(plain(section.title))
        if numbered is not None:
            kind, number = numbered
            above = () if kind == "专栏" else section.path[:-1]
            level = 0 if kind == "专栏" else section.level
            rows.setdefault((kind, above, level), []).append((section, number))
    for (kind, _, _), row in rows.items():
        for (one, first), (other, second) in pairwise(row):
            if (
                second == first + 1
                or second < first
                or _printed_between(audited, one, other, kind, first + 1)
            ):
                continue
            sides = audited.side(other.span.start, other.span.end), audited.side(one.span.start, one.span.end)
            what = "序号重复" if second == first else f"缺少第 {first + 1}"
            sentence = f"「{sides[1].quote}」之后是「{sides[0].quote}」，{what}。请核对序号。"
            yield Found(sentence, sides, (float(first), float(second)))


def _number(title: str) -> tuple[str, int] | None:
    for kind, pattern in _MARKERS.items():
        match = pattern.match(title)
        value = None if match is None else _value(match[1])
        if match is not None and value is not None:
            return kind + match[2], value
    return None


def _value(words: str) -> int | None:
    value = float(words) if words.isdigit() else chinese_number(words)
    return None if value is None else int(value)


def _printed_between(audited: Audited, one: Heading, other: Heading, kind: str, number: int) -> bool:
    """Whether the missing number stands at the head of a line that was not taken for a heading."""
    assert audited.source is not None
    between = audited.source.plain[one.span.end : other.span.start]
    heads = (_number(line.strip().lstrip("*#> ")) for line in between.splitlines())
    return any(head == (kind, number) for head in heads)


def _items(audited: Audited) -> Iterator[Found]:
    """一是…二是…四是: a number left out or given twice within a paragraph."""
    for paragraph in audited.paragraphs:
        marks = [(match, _value(match[1])) for match in _ITEM.finditer(paragraph.flow.text)]
        for (one, first), (other, second) in pairwise(marks):
            if first is None or second is None or second in (1, first + 1) or second < first:
                continue
            text, flow = paragraph.flow.text, paragraph.flow
            sides = tuple(
                audited.part(flow, match.start(), min(len(text), match.end() + 12)) for match in (other, one)
            )
            sentence = f"「{sides[1].quote}」之后是「{sides[0].quote}」，序号没有相接。请核对。"
            yield Found(sentence, sides, (float(first), float(second)))
            break


CHECKS = (
    Check(
        "heading_unlike_contents",
        "文字",
        "标题与目录不一致",
        "contradiction",
        "正文标题与目录里同一序号的标题只差几个字；标题折行的不算。",
        each_text(_against_contents),
        text=True,
    ),
    Check(
        "numbers_of_headings",
        "文字",
        "标题序号不相接",
        "error",
        "同一上级标题之下，章、节、一、（一）或专栏的序号缺号或重号。",
        each_text(_numbers),
        text=True,
    ),
    Check(
        "numbers_of_items",
        "文字",
        "分项序号不相接",
        "error",
        "一段之内「一是、二是」缺号或重号。",
        each_text(_items),
        text=True,
    ),
)
