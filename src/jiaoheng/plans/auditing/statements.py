"""Every figure that a plan states of a quantity, in tables and in the text, in one form to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.auditing.stops import stops
from jiaoheng.plans.model import Comparator
from jiaoheng.plans.reading.linking import link
from jiaoheng.plans.reading.linking.names import key, said_stages
from jiaoheng.plans.reading.quantities import Figure
from jiaoheng.plans.reading.source import plain

Kind = Literal["target", "state"]

_MARKS = re.compile(
    r"公办|民办|普惠|优质|标准化|规范化|示范|国家级|省级|市级|[县区]级|镇级|校级"
    r"|东部|西部|南部|北部|农村|乡村|城区|城镇|乡镇|山区|边远|新任|新增|扩建|改扩建|改造|户籍|常住"
)
_VERBS = re.compile(
    r"^(?:(?:全面|累计|共|新|建成|建设|创建|打造|培育|建立|成立|组建|评选|培养|达到|推进|完成|实现|增加)(?=.{4}))+"
)
_EMPTY = re.compile(r"[（）()]|校际间?|县域内?(?=.)|均衡(?=.*系数)|^各")
"""Words that narrow nothing within one plan."""
_COUNTED = re.compile(r"(?<![系次人])数$")
_WIDE = frozenset({"compulsory", "school"})
"""Groups of stages that say no more where a stage of theirs is named too."""
_ADDING = re.compile(r"新增|净增|增加")
_BOUNDARY = re.compile(r"[。；！？]")
_SCOPE = re.compile(r"部$|农村|乡|城|山区|边远|新任|户籍|民办")
"""Those that narrow the place or the people; what else narrows a measure is in its name."""
_SHORTEST = 4
_COMPOSITE = re.compile(r"[“\"](\d\d)(\d\d)[”\"]")
_KINDERGARTEN = ("公办幼儿园在园幼儿占比", "公办幼儿园和普惠性民办幼儿园在园幼儿占比")
"""What the two halves of 5080 are, as plans explain it themselves."""


@dataclass(frozen=True)
class Quantity:
    """What a figure is of: a measure and its stage, or the bare words of its name.

    Attributes
    ----------
    what : the measure, else the words without stage and marks.
    marks : the words that narrow it (公办, 优质); of a measure only those that its name does not hold.
    per : the time that a standing duty is reckoned by.
    """

    what: str
    stages: frozenset[str]
    marks: frozenset[str]
    unit: str
    per: str = ""


@dataclass(frozen=True)
class Statement:
    """A value of a quantity in a year, and where it stands.

    Attributes
    ----------
    name : as printed there.
    kind : ``target`` for what is to be reached, ``state`` for what is or was.
    linked : whether a measure says what it is.
    named : what it is by its bare words, whether linked or not.
    dated : whether its paragraph names the year; else a heading or the plan's end gives it.
    """

    name: str
    quantity: Quantity
    year: int
    op: Comparator
    value: float
    value_max: float | None
    kind: Kind
    linked: bool
    named: Quantity
    side: Side
    dated: bool = True


def statements(audited: Audited, catalogue: Catalogue) -> tuple[Statement, ...]:
    """All statements of a plan: of its indicators, then of its text as it goes."""
    found = [*_of_indicators(audited, catalogue), *_of_text(audited, catalogue)]
    return tuple(each for each in found if each.linked or _said(each.quantity) >= _SHORTEST)


def of_words(name: str, unit: str, around: str, catalogue: Catalogue, per: str = "") -> Quantity:
    """What a name with its unit is of; `around` is the sentence before it."""
    return _About.of(name, unit, _BOUNDARY.split(around)[-1], catalogue, per=per).quantity


def _said(quantity: Quantity) -> int:
    """How many characters say what it is."""
    return len(quantity.what) + sum(map(len, quantity.marks))


def _of_indicators(audited: Audited, catalogue: Catalogue) -> Iterator[Statement]:
    for item in audited.plan.indicators:
        if item.role != "goal":
            continue
        around = (plain(item.group), plain(item.passage.section.rpartition("›")[2]))
        group = next((words for words in around if said_stages(words)), item.group)
        about = _About.of(item.name, item.unit, group, catalogue, measure=item.measure, stage=item.stage)
        side = audited.at(item.passage)
        if item.baseline is not None:
            base = item.baseline
            yield about.states("state", base.year, base.op, base.value, None, side)
        for target in item.stated:
            if item.cumulative or target.op not in ("increase_by", "decrease_by"):
                yield about.states("target", target.year, target.op, target.value, target.value_max, side)


def _of_text(audited: Audited, catalogue: Catalogue) -> Iterator[Statement]:
    period = audited.plan.period
    for paragraph, figures in audited.figures:
        text = stops(paragraph.flow.text)
        for figure in figures:
            if figure.role not in ("commitment", "past") or _is_part(text, figure):
                continue
            kind: Kind = "target" if figure.role == "commitment" else "state"
            year = figure.year or (period.end if kind == "target" else period.start - 1)
            side = audited.part(paragraph.flow, _clause(text, figure.start), figure.end)
            halves = _halves(text, figure)
            for name, value in halves:
                about = _About.of(name, "%", "", catalogue)
                yield about.states(kind, year, ">=", value, None, side)
            if not halves and figure.unit != "个百分点" and figure.subject:
                around = _BOUNDARY.split(text[: figure.start])[-1]
                per = figure.per or ""
                about = _About.of(figure.subject, figure.unit, around, catalogue, per=per)
                stated = about.states(kind, year, figure.op, figure.value, figure.value_max, side)
                yield replace(stated, dated=str(figure.year) in text)


@dataclass(frozen=True)
class _About:
    """What a name is about, by its measure and by its words."""

    name: str
    quantity: Quantity
    linked: bool
    named: Quantity

    @classmethod
    def of(
        cls,
        name: str,
        unit: str,
        group: str,
        catalogue: Catalogue,
        *,
        measure: str | None = None,
        stage: str | None = None,
        per: str = "",
    ) -> _About:
        """`group` is what stands around the name: the group of a table, the sentence before a figure."""
        named = _by_words(name, unit, group, per)
        found = (measure, stage) if measure else _linked(name, unit, group, catalogue)
        if found is None:
            return cls(name, named, False, named)
        scope = frozenset(mark for mark in _MARKS.findall(name) if _SCOPE.search(mark) and measure is None)
        stages = frozenset({found[1]}) if found[1] else frozenset()
        return cls(name, Quantity(f"measure {found[0]}", stages, scope, unit, per), True, named)

    def states(
        self, kind: Kind, year: int, op: Comparator, value: float, value_max: float | None, side: Side
    ) -> Statement:
        return Statement(
            self.name, self.quantity, year, op, value, value_max, kind, self.linked, self.named, side
        )


def _by_words(name: str, unit: str, group: str, per: str) -> Quantity:
    adding = _ADDING.search(name)
    said = key(_ADDING.sub("新增", name) if adding else _VERBS.sub("", name))
    around = said_stages(group)
    stages = (said.stages - _WIDE or said.stages) or (around if len(around) == 1 else frozenset())
    words = _COUNTED.sub("", _EMPTY.sub("", _MARKS.sub("", said.words)))
    return Quantity(words, stages, frozenset(_MARKS.findall(said.words)), unit, per)


def _linked(name: str, unit: str, group: str, catalogue: Catalogue) -> tuple[str, str | None] | None:
    """The measure that a name gives, if need be with the stage around it, or with 比例 put to it."""
    names = [name, f"{name}比例"] if unit == "%" and not name.endswith(("率", "比例", "占比")) else [name]
    for one in names:
        for around in dict.fromkeys((group, "")):
            found = link(one, unit, around, catalogue)
            if found.measure is not None:
                return found.measure, found.stage
    return None


def _halves(text: str, figure: Figure) -> list[tuple[str, float]]:
    """“5585” of kindergartens is 55 % in public ones and 85 % in public and inclusive ones."""
    match = _COMPOSITE.search(text[figure.start : figure.end + 1])
    if figure.unit or match is None or not re.search(r"学前|幼儿", text):
        return []
    return [(name, float(half)) for name, half in zip(_KINDERGARTEN, match.groups(), strict=True)]


def _is_part(text: str, figure: Figure) -> bool:
    """Stands in a bracket, and shares out what stands before it: 16所（其中2021年4所）."""
    before = text[: figure.start]
    return before.rfind("（") > before.rfind("）")


def _clause(text: str, start: int) -> int:
    """Where the clause of a figure starts."""
    return start - len(re.split(r"[，。；：]", text[:start])[-1])
