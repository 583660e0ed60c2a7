"""Digits that are no figures: names (“1133”工程, 2.0), ordinals, document numbers, dates, list markers."""

from __future__ import annotations

import re

_OPEN, _CLOSE = "“\"'‘", "”\"'’"
_QUOTED = r"[^“”\"'‘’，。；]"
_CHINESE = "一二三四五六七八九十"

_KINDS = {
    "title": r"《[^《》]{1,80}》",
    # A target made of two (“5080”) is read apart.
    "name": rf"(?![“\"]\d{{4}}[”\"])[{_OPEN}]{_QUOTED}{{0,14}}\d{_QUOTED}{{0,14}}[{_CLOSE}]",
    "chinese name": rf"[{_OPEN}]{_QUOTED}{{0,4}}[两{_CHINESE}]{_QUOTED}{{0,10}}[{_CLOSE}]",
    "ordinal": rf"第[\d{_CHINESE}百]+",
    "document number": r"[〔\[(（【]\d{4}[〕\])）】]\s?第?\d+号|(?<=[〔\[(（【])\d{4}(?=[〕\])）】])|\d+号",
    "date": r"(?<![\d.])\d{1,2}月(?:份)?(?:\d{1,2}日|[上中下]旬)?|\d{1,2}日(?=[，。、前起止至])",
    "month": rf"(?<![\d.])[{_CHINESE}]{{1,2}}月(?:份|底|[上中下]旬)?",
    "time of day": r"(?:上午|下午|早上|晚上|中午|早于|晚于)\d{1,2}[:：]\d{2}",
    "schooling": r"学前[一二三\d]年|[九十][一二]?年(?=一贯|义务|制|教育)|[一二三四五六]年级",
    "classes": r"\d(?:[-—~～至、]\d)?年级",
    "rank": rf"前(?:\d+|[{_CHINESE}]+)[名位强]",
    "departments": r"\d+个?部门",
    "chapters": r"\d+章(?:\d+节)?(?:\d+条)?",
    "telephone": r"\d{3,4}-\d{7,8}",
    "plan": r"[一二三五\d]年(?:行动)?(?:计划|规划)",
    "rate": r"每[十百千万](?:名|人|户)?|一次性",
    "letters": r"[A-Za-z][A-Za-z.]*\d[A-Za-z0-9.]*",
    # A bandwidth (500M) is a figure.
    "network": r"(?<!\d)[2-6]G(?![A-Za-z])",
    "class of a thing": r"\d+(?:\.\d+)?(?!M(?![A-Za-z])|Mbps|G(?![A-Za-z]))[A-Za-z]+",
    "sum": r"\d+(?:\+\d+)+(?:\+[A-Za-z\u4e00-\u9fff])?|\d+\+|\+\d+",
    "version": r"(?<![\d.])[1-9]\.0(?![\d%％个])",
    "long number": r"\d{7,}(?!\d*[个人元所])",
    "list marker": rf"(?:^|(?<=[。；：，、]))[(（]?(?:\d\d?|[{_CHINESE}]{{1,3}})[)）.、](?!\d)",
    "any number": rf"[两{_CHINESE}]+[个所名家种项]?或(?:多|更多|几|若干)[个所名家种项]?",
    "running marker": rf"[{_CHINESE}]是",
    "reference": r"(?:附件|附表|专栏|[如见(（][表图]|^[表图])\d+(?:-\d+)?",
}
_NOISE = re.compile("|".join(f"(?:{pattern})" for pattern in _KINDS.values()))


def noise(text: str) -> tuple[tuple[int, int], ...]:
    """The parts of `text` whose digits count nothing, as start and end."""
    return tuple(match.span() for match in _NOISE.finditer(text))
