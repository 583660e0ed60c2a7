"""Building projects of the running text: counted ones (新建12所公办幼儿园) and those that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.projects.lists import listed
from jiaoheng.plans.reading.projects.words import (
    BUILDING,
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
from jiaoheng.plans.reading.quantities.figure import Setting
from jiaoheng.plans.reading.quantities.numerals import number
from jiaoheng.plans.reading.quantities.roles import Timing, is_past
from jiaoheng.plans.reading.quantities.years import years
from jiaoheng.terms import ProjectKind


@dataclass(frozen=True)
class Mention:
    """A project where the text speaks of it.

    Attributes
    ----------
    start, end : its words in the flow.
    area : the town or street that its words name.
    seats : what its bracket says, or what its part of the sentence adds, where it speaks of no other project.
    begun : the first of two years that its bracket names (2026—2028年).
    """

    name: str
    kind: ProjectKind | None
    year: int | None
    start: int
    end: int
    area: str | None
    paragraph: Paragraph
    sure: float
    seats: int | None = None
    begun: int | None = None


def mentions(paragraphs: Iterable[Paragraph], period: Period) -> Iterator[Mention]:
    """Every place of the running text that promises to build something, in its order."""
    for paragraph in paragraphs:
        if paragraph.kind != "text" or not _BUILT.search(paragraph.flow.text):
            continue
        setting = Setting(period.start, period.end, paragraph.section, paragraph.kind)
        for start, end in _spans(_SENTENCE, paragraph.flow.text, 0, len(paragraph.flow.text)):
            yield from _Sentence(paragraph, start, end, setting).mentions()


_BUILT = re.compile(r"建|改造|项目|工程|移交")
_SENTENCE = re.compile(r"[^。！]+")
_GROUP = re.compile(r"[^；;]+")


def _spans(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text, start, end))


_NOUN = rf"(?P<noun>[^，,。；;、：:（）()\d]{{0,20}}?(?:{SCHOOL}|{BUILDING}))"
_COUNT = rf"{NUMBER}[所个间座栋]"
_WEAK = r"(?:建成|建设)"
_BRACKET = r"(?P<bracket>[（(][^（）()]*[）)])?"
_ENDS = r"(?=[，,、。；;（(和及与]|$)"
_COUNTED = re.compile(
    rf"(?P<verb>{VERBS}|{_WEAK})"
    rf"(?:{_COUNT}(?:以上)?{_NOUN}{_ENDS}|{_NOUN.replace('noun', 'what')}{_COUNT}(?!以上)){_BRACKET}"
)
_AND = re.compile(rf"[和及与、](?!{VERB}){_NOUN}{_COUNT}{_BRACKET}")
_STANDING = re.compile(r"每(?!年)|各(?:镇|乡|街|县|区|校)|至少")
_SCOPE = re.compile(
    r"(?:在)?(?P<scope>(?P<area>[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡))|[\u4e00-\u9fff]{2,6}?(?:阶段|城区|新区|片区|园区))$"
)
_BUILDS = re.compile(rf"(?P<verb>{VERB})(?P<what>{BUILDING})(?=[，,、。；;]|$)")
_OWNER = re.compile(rf"(?P<name>[^，,。；;、：:（）()的]{{2,14}}?{SCHOOL})(?=的|[，,、]|$)")
_SPECIAL = re.compile(
    rf"(?P<verb>{VERB}|{_WEAK})(?P<name>(?:(?:高?标准化?|现代化|规范化|寄宿制?|公办|一所|1所)的?)*(?:特殊教育|特教)学校)"
    r"(?=[，,、。；;（(]|$)"
)
_SEATS = re.compile(r"(?:新增|增加|提供)[^，,。；;]{0,8}?学位[约近超]?(?P<count>\d[\d.]*万?)个")
_BRACKET_AFTER = re.compile(r"(?:项目|工程)?[（(](?P<inner>[^（）()]*)[）)]")
_SEATS_INSIDE = re.compile(r"学位[约近超为]?(?P<count>\d[\d.]*万?)个|(?P<before>\d[\d.]*万?)个学位")
_WHEN_DONE = re.compile(r"^[^，,。；;]{0,12}(?:完成|建成|竣工|投入使用|交付|开工|移交)")


class _Sentence:
    """One sentence, and the projects in it."""

    def __init__(self, paragraph: Paragraph, start: int, end: int, setting: Setting) -> None:
        self._paragraph, self._start, self._end, self._setting = paragraph, start, end, setting
        self._text = paragraph.flow.text
        self._years = [
            (start + one.start, start + one.end, one.resolved(setting.start, setting.end))
            for one in years(self._text[start:end])
        ]

    def mentions(self) -> Iterator[Mention]:
        for start, end in _spans(_GROUP, self._text, self._start, self._end):
            found = (
                *self._counted(start, end),
                *self._special(start, end),
                *self._built(start, end),
                *self._listed(start, end),
            )
            kept: list[Mention] = []
            for mention in sorted(found, key=lambda each: (each.start, -each.end)):
                if not kept or kept[-1].end <= mention.start:
                    kept.append(mention)
            if len(kept) == 1 and (seats := _SEATS.search(self._text, kept[0].end, end)):
                count = number(seats["count"])
                kept = [replace(kept[0], seats=int(count) if count else None)]
            yield from (self._with_bracket(mention) for mention in kept)

    def _with_bracket(self, mention: Mention) -> Mention:
        """The mention with the years and the seats of the bracket behind it: （2026—2028年，学位1800个）."""
        bracket = _BRACKET_AFTER.match(self._text, mention.end, self._end)
        if not bracket:
            return mention
        seats = _SEATS_INSIDE.search(bracket["inner"])
        count = number(seats["count"] or seats["before"]) if seats else None
        named = years(bracket["inner"])
        when = named[0] if len(named) == 1 else None
        begun = when.first if when and when.first != when.last else None
        return replace(
            mention,
            seats=int(count) if count else mention.seats,
            year=when.resolved(self._setting.start, self._setting.end) if when else mention.year,
            begun=begun,
        )

    def _counted(self, low: int, high: int) -> Iterator[Mention]:
        scope = area = ""
        for match in _COUNTED.finditer(self._text, low, high):
            clause = self._clause(match.start(), low)
            noun = match["noun"] or match["what"]
            if _STANDING.search(clause) or (
                re.fullmatch(_WEAK, match["verb"])
                and (TITLE.search(noun) or not re.search(SCHOOL + "$", noun))
            ):
                continue
            if found := _SCOPE.search(LEAD.sub("", clause)):
                scope, area = found["scope"], found["area"] or ""
            yield from self._one_counted(match, match["verb"], scope, area)
            end = match.end()
            while more := _AND.match(self._text, end, high):
                yield from self._one_counted(more, match["verb"], scope, area, skip=1)
                end = more.end()

    def _one_counted(
        self, match: re.Match[str], verb: str, scope: str, area: str, skip: int = 0
    ) -> Iterator[Mention]:
        dated = match["bracket"] and re.search(r"\d{4}年", match["bracket"])
        start = match.start() + skip
        end = match.start("bracket") if dated else match.end()
        words = self._text[start:end]
        name = f"{scope}{verb if skip else ''}{words}"
        year = self._year(start, match.end())
        yield from self._mention(name, kind_of(verb), start, end, year, area or None, 0.9)

    def _special(self, low: int, high: int) -> Iterator[Mention]:
        """A county has one special school: built new, it is a project even without a name."""
        for match in _SPECIAL.finditer(self._text, low, high):
            if not _STANDING.search(self._clause(match.start(), low)):
                name = re.sub(r"的|^(?:一|1)所", "", match["name"])
                kind = kind_of(match["verb"]) or ProjectKind.NEW
                yield from self._mention(name, kind, *match.span(), self._year(*match.span()), None, 0.75)

    def _built(self, low: int, high: int) -> Iterator[Mention]:
        """A building without a name belongs to the school that the sentence spoke of last."""
        for match in _BUILDS.finditer(self._text, low, high):
            before = LEAD.sub("，", self._text[self._start : match.start()])
            owners = [found["name"] for found in _OWNER.finditer(before) if is_proper(found["name"])]
            if owners:
                name = owners[-1] + match.group()
                yield from self._mention(
                    name, kind_of(match["verb"]), *match.span(), self._year(*match.span()), None, 0.75
                )

    def _listed(self, low: int, high: int) -> Iterator[Mention]:
        for item in listed(self._text, low, high):
            year = self._year(item.start, item.until)
            yield from self._mention(item.name, item.kind, item.start, item.end, year, item.area, 0.85)

    def _mention(
        self,
        name: str,
        kind: ProjectKind | None,
        start: int,
        end: int,
        year: int | None,
        area: str | None,
        sure: float,
    ) -> Iterator[Mention]:
        told = self._text[self._start : start]
        if not is_past(told, Timing(year, year is not None), self._setting):
            yield Mention(name, kind, year, start, end, area, self._paragraph, sure)

    def _clause(self, position: int, low: int) -> str:
        """The words of the clause before `position`."""
        return self._text[clause_start(self._text, low, position) : position]

    def _year(self, start: int, end: int) -> int | None:
        """The last year named before the project or in its bracket, else the one that it is done in."""
        before = [year for _, stop, year in self._years if stop <= end]
        if before:
            return before[-1]
        for begin, stop, year in self._years:
            if end <= begin <= end + 3 and _WHEN_DONE.match(self._text[stop : self._end]):
                return year
        return None
