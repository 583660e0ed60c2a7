"""What a document says of itself: its title, number and issuer, its date, its years and its region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading.flow import Flow
from jiaoheng.plans.reading.imprint.dates import full_date, month_only
from jiaoheng.plans.reading.imprint.names import authorities, region_of
from jiaoheng.plans.reading.imprint.period import period_of
from jiaoheng.plans.reading.outline import Outline
from jiaoheng.plans.reading.source import Source, Span, plain


@dataclass(frozen=True)
class ImprintDoubt:
    """What of the imprint is for a person to settle: about what (``period``), the question in Chinese,
    what may be the answer, the likeliest first, and the place that it was read from."""

    about: str
    question: str
    options: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class Imprint:
    """What a document says of itself; None for what it does not say.

    Attributes
    ----------
    title : of the plan, not of the letter that hands it out; the file's name where it prints none.
    number : 发文字号 without blanks, its year in 〔〕.
    issuer : joined by 、 where several issued it.
    published : 发布日期 of a web page, else the date of the letter or of the title page.
    region_name : the lowest one that title or issuer begins with (蓬江区 of 江门市蓬江区).
    """

    title: str
    number: str | None
    issuer: str | None
    published: date | None
    period: Period | None
    region_name: str | None
    doubts: tuple[ImprintDoubt, ...] = ()


def read(source: Source, outline: Outline) -> Imprint:
    """The imprint of a document whose structure is known."""
    front = _front(outline)
    title, place, printed = _title(source, outline)
    number = _number(front)
    issuer = _issuer(front)
    published, dated = _published(front)
    said = plain(title)
    years = period_of(said, outline, made=published or dated)
    region = region_of(said) or (region_of(issuer) if issuer else None)
    doubts = []
    if not printed:
        doubts.append(
            ImprintDoubt(
                "title", f"没有找到文件标题，暂用“{title}”。标题是什么？", (title, _line(source)), place
            )
        )
    if issuer is None:
        options = (f"{region}人民政府", f"{region}教育局") if region else ()
        doubts.append(ImprintDoubt("issuer", "文件没有写明发布机关。由谁发布？", options, place))
    if published is None and dated is not None:
        question = f"文件只写到{dated.year}年{dated.month}月。哪一天发布（如 2022-06-02）？"
        doubts.append(ImprintDoubt("published", question, (), place))
    if years.question:
        doubts.append(ImprintDoubt("period", years.question, years.options, years.span or place))
    if region is None:
        doubts.append(
            ImprintDoubt("region", "标题和发布机关没有写明地区。是哪个县（市、区）的规划？", (), place)
        )
    return Imprint(title, number, issuer, published, years.period, region, tuple(doubts))


def _front(outline: Outline) -> Sequence[Flow]:
    """The title page, the letter and what a web page says around them; all that stands above the headings."""
    return [each.flow for each in outline.paragraphs if each.kind == "front" or not each.section]


_ANNEX = re.compile(r"^附\s*件\s*\d*\s*[:：]?\s*")


def _title(source: Source, outline: Outline) -> tuple[str, Span, bool]:
    """The title, its place, and whether it is printed; of a document that begins as an annex, the annex's."""
    if outline.title is not None:
        return _closed(outline.title.text), outline.title.span, True
    top = outline.sections[0] if outline.sections else None
    if top is not None and _ANNEX.match(top.title) and (bare := _ANNEX.sub("", top.title)):
        return _closed(bare), top.span, True
    line = _line(source)
    start = source.text.find(line)
    return re.sub(r"\.\w+$", "", source.name) or line or "未命名", Span(start, start + len(line)), False


def _line(source: Source) -> str:
    return source.text.strip().split("\n", 1)[0].strip()


def _closed(title: str) -> str:
    """A title without the blanks that the layout put between its words."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", title)


_NUMBER = (
    r"(?P<head>[\u4e00-\u9fff]{1,12})[〔\[【（(［〈](?P<year>(?:19|20)\d\d)[〕\]】）)］〉]"
    r"(?:第)?(?P<no>\d{1,4})号"
)
_ALONE = re.compile(rf"^(?:(?:文号|发文字号|文件编号|发文文号)[:：]?)?[（(]?{_NUMBER}[）)]?$")
_LABELLED = re.compile(rf"(?:发文字号|发文文号|文件编号|文号)[:：]?{_NUMBER}")


def _number(front: Sequence[Flow]) -> str | None:
    """The document's own number, on a line of its own or labelled; never one that a sentence refers to."""
    for pattern in (_LABELLED, _ALONE):
        for flow in front:
            found = pattern.search(flow.text.replace(" ", ""))
            if found:
                return f"{found['head']}〔{found['year']}〕{found['no']}号"
    return None


_HANDS_OUT = re.compile(r"^(?P<issuer>[^，。《》:：]{4,80}?)关于(?:印发|发布|公布|转发|下发|实施|制定)")
_AND_OTHERS = re.compile(r"等[一二三四五六七八九十\d]{1,3}个?(?:部门|单位|局委?)$")
_LABEL = re.compile(r"(?:发布机构|发文机关|发文机构|发文单位|制定机关|公开主体|公开责任部门)[:：]?")
_RED_HEAD = re.compile(r"^(?P<issuer>.{4,60})文件$")
_SOURCE = re.compile(r"(?:信息)?来源[:：]?")


def _issuer(front: Sequence[Flow]) -> str | None:
    """Who issued it: by the letter's title, by its signature, by the head of the page, by a label."""
    texts = [flow.text.replace(" ", "") for flow in front]
    for before, text in zip(["", *texts], texts, strict=False):
        joined = before + text if re.match("关于(?:印发|发布)", text) and authorities(before) else text
        if (found := _HANDS_OUT.match(joined)) and (
            names := authorities(_AND_OTHERS.sub("", found["issuer"]))
        ):
            return "、".join(names)
    for before, text in pairwise(texts):
        if (full_date(text) or month_only(text)) and len(text) < 16 and (names := authorities(before)):
            return "、".join(names)
    for text in texts:
        if (found := _RED_HEAD.match(text)) and (names := authorities(found["issuer"])):
            return "、".join(names)
    for label in (_LABEL, _SOURCE):
        for text in texts:
            if (found := label.search(text)) and (names := authorities(text[found.end() :], whole=False)):
                return names[0]
    return None


_PUBLISHED = re.compile(r"发布(?:日期|时间)|公开(?:日期|时间)|发文日期|印发日期|成文日期|生成日期|发文时间")


def _published(front: Sequence[Flow]) -> tuple[date | None, date | None]:
    """The day of publication; and where only a month is printed, the first of that month."""
    texts = [flow.text for flow in front]
    for text in texts:
        if (label := _PUBLISHED.search(text)) and (found := full_date(text[label.end() :])):
            return found, None
    days = [day for text in texts if len(text) < 40 and "《" not in text and (day := full_date(text))]
    if days:
        return days[-1], None
    months = [month for text in texts if len(text) < 16 and (month := month_only(text))]
    return None, months[-1] if months else None
