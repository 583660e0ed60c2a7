"""Slips of the pen that show by themselves: signs and words printed twice, brackets, foreign characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.reading.flow import Flow
from jiaoheng.plans.reading.source import plain

_SIGNS = re.compile(r"%{2,}|‰{2,}|([，、；：])\1+|。。(?!。)|[，、；：][。，；]|。[，、；]")
_FUNCTION_WORDS = re.compile(
    r"(?<!目)(?:的的)(?!确)|以以(?=[上下内])|至至|第第|约约|[，；、。]的(?=[，；。])"
)
_WORD_TWICE = re.compile(r"(?=(?P<word>[\u4e00-\u9fff]{2,6})(?P=word))")
_MAY_MEET_ITSELF = re.compile(r"^(?:教育|培训|教师|学生|家长|学校|课程|管理|健康|社会)+$")
"""Words that end one compound and open the next: 职业教育教育教学, 中小学生学生体质."""
_SAME_SIGNS = re.compile(r"^(.)\1+$")
_ENGLISH = re.compile(r"(?<![A-Za-z0-9@/._-])(?:and|or|of|the|in|for|to|is|are|with)(?![A-Za-z0-9@/._-])")
_LEFTOVER = re.compile(
    r"</?(?:p|br|div|span|td|tr|table|strong|b|sup|sub|font|a)\b[^<>]{0,80}>|&(?:nbsp|amp|lt|gt|quot);"
)
_LINK_WORD = re.compile(r"(?:的|和|与|及|以及|并|、|，)$")


def _signs_twice(audited: Audited) -> Iterator[Found]:
    for flow in _flows(audited):
        for match in _SIGNS.finditer(flow.text):
            side = audited.part(flow, max(0, match.start() - 8), match.end())
            yield Found(f"「{side.quote}」多了一个符号「{match[0][-1]}」。请删去。", (side,))


def _words_twice(audited: Audited) -> Iterator[Found]:
    for flow in _flows(audited):
        for start, end, word in _repeats(flow.text):
            side = audited.part(flow, max(0, start - 4), min(len(flow.text), end + 4))
            yield Found(f"「{side.quote}」里「{word}」连着印了两遍。请删去一个。", (side,))


def _repeats(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _FUNCTION_WORDS.finditer(text):
        if match[0][0] == match[0][-1]:
            yield match.start(), match.end(), match[0][0]
    last = -1
    for match in _WORD_TWICE.finditer(text):
        word, start = match["word"], match.start()
        if start < last or _SAME_SIGNS.match(word):
            continue
        last = start + 2 * len(word)
        if not _MAY_MEET_ITSELF.match(word):
            yield start, last, word


def _stray_link(audited: Audited) -> Iterator[Found]:
    for section in audited.outline.sections:
        title = plain(section.title).rstrip(" 。：:；;")
        match = _LINK_WORD.search(title)
        if match:
            side = audited.side(section.span.start, section.span.end)
            yield Found(f"标题「{side.quote}」以「{match[0]}」结尾，像是多印或漏印了字。请核对。", (side,))


def _foreign_characters(audited: Audited) -> Iterator[Found]:
    """Traditional characters in a text that is printed in simplified ones, all together."""
    if audited.source is None or audited.source.traditional:
        return
    sides: list[Side] = []
    printed: list[str] = []
    for paragraph in audited.paragraphs:
        words = "".join(audited.source.text[offset] for offset in paragraph.flow.offsets)
        places = [i for i, sign in enumerate(words) if sign != paragraph.flow.text[i] and _traditional(sign)]
        if places:
            start, end = max(0, places[0] - 4), min(len(words), places[0] + 6)
            sides.append(audited.part(paragraph.flow, start, end))
            printed += [words[i] for i in places]
    if sides:
        some = "".join(dict.fromkeys(printed))
        shown = some[:12] + ("…" if len(some) > 12 else "")
        sentence = f"简体文本里夹有繁体字 {len(printed)} 个（{shown}），分在 {len(sides)} 段。请统一用字。"
        yield Found(sentence, tuple(sides), (float(len(printed)),))


def _traditional(sign: str) -> bool:
    """Whether it is outside the simplified set; 著 and 乾 are in both."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return "\u3400" <= sign <= "\u9fff"
    return False


def _foreign_words(audited: Audited) -> Iterator[Found]:
    for flow in _flows(audited):
        for match in _ENGLISH.finditer(flow.text):
            around = flow.text[max(0, match.start() - 2) : match.end() + 2].replace(match[0], "").strip()
            if around and all("\u4e00" <= sign <= "\u9fff" for sign in around.replace(" ", "")):
                side = audited.part(flow, max(0, match.start() - 8), min(len(flow.text), match.end() + 8))
                yield Found(f"中文句子里混进了英文「{match[0]}」：「{side.quote}」。请改为中文。", (side,))


def _leftovers(audited: Audited) -> Iterator[Found]:
    if audited.source is None or audited.source.format == "html":
        return
    places = list(_LEFTOVER.finditer(audited.source.text))
    if places:
        sides = tuple(audited.side(match.start(), match.end()) for match in places[:5])
        yield Found(
            f"正文里残留网页标记 {len(places)} 处（如 {places[0][0]}）。请删去后再发布。",
            sides,
            (float(len(places)),),
        )


def _flows(audited: Audited) -> Iterator[Flow]:
    for paragraph in audited.paragraphs:
        yield paragraph.flow
    yield from audited.cells


CHECKS = (
    Check(
        "sign_twice",
        "文字",
        "符号重复",
        "error",
        "百分号、逗号、句号等连着印了两个（74.48%%），或两种点号相连。",
        each_text(_signs_twice),
        text=True,
    ),
    Check(
        "word_twice",
        "文字",
        "字词重复",
        "error",
        "两个字以上的词连着印了两遍（期间期间），或虚字重复（以以上）。"
        "能收住前一个词、又能开始后一个词的（职业教育教育教学）不算。",
        each_text(_words_twice),
        text=True,
    ),
    Check(
        "heading_ends_open",
        "文字",
        "标题没有收住",
        "error",
        "标题以「的」「和」「及」等结尾。",
        each_text(_stray_link),
        text=True,
    ),
    Check(
        "traditional_characters",
        "文字",
        "简体文本夹繁体字",
        "error",
        "通篇简体的文本里有不属于规范简体字的字。每件规划合成一条。",
        each_text(_foreign_characters),
        text=True,
    ),
    Check(
        "foreign_words",
        "文字",
        "中文里混进英文",
        "error",
        "两个汉字之间有 and、of 一类的英文虚词。",
        each_text(_foreign_words),
        text=True,
    ),
    Check(
        "leftover_markup",
        "文字",
        "残留网页标记",
        "note",
        "文本里留有 <p>、&nbsp; 一类的标记。每件规划合成一条。",
        each_text(_leftovers),
        text=True,
    ),
)
