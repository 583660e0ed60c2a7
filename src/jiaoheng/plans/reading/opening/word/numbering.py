"""Makes the automatic numbers of paragraphs visible: 第一章, 一、, （一）, 1.

Word keeps them out of the text and counts when it shows a document (ECMA-376, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jiaoheng.plans.reading.opening.counting import written
from jiaoheng.plans.reading.opening.word.parts import Element, w
from jiaoheng.plans.reading.opening.word.styles import Styles, number

_LEVELS = 9
_CLOSED = "、，。.．:：)）]】〕〉》 "
"""After one of these a number needs no blank before the words."""


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    text: str
    gap: bool
    restart: int | None
    plain: bool
    style: str


@dataclass
class Numbering:
    """The lists of a document, and how far each has been counted.

    Parameters
    ----------
    root : of the part ``numbering.xml``.
    """

    root: Element
    styles: Styles
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _levels: dict[str, tuple[str, list[_Level]]] = field(default_factory=dict)

    def label(self, paragraph: Element) -> str:
        """The number of the paragraph, with the blank that follows it; empty where it has none.

        To be asked once for each paragraph, in their order: it counts.
        """
        found = self._list_of(paragraph)
        if found is None:
            return ""
        number_id, depth = found
        counted, levels = self._list(number_id)
        if depth >= len(levels):
            return ""
        self._count(number_id, counted, levels, depth)
        return self._shown(counted, levels, depth)

    def _list_of(self, paragraph: Element) -> tuple[str, int] | None:
        """The id of the list that a paragraph stands in, and its level from 0."""
        depth: int | None = None
        for holder in (paragraph, *self.styles.chain(paragraph)):
            said = holder.find(f"{w('pPr')}/{w('numPr')}")
            if said is None:
                continue
            depth = number(said.find(w("ilvl"))) if depth is None else depth
            of = said.find(w("numId"))
            if of is None:
                continue
            name = of.get(w("val"), "0")
            if name == "0":
                return None
            if depth is None and holder is not paragraph:
                depth = self._depth_of_style(name, holder.get(w("styleId"), ""))
            return name, min(max(depth or 0, 0), _LEVELS - 1)
        return None

    def _depth_of_style(self, number_id: str, style: str) -> int | None:
        levels = self._list(number_id)[1]
        return next((depth for depth, level in enumerate(levels) if level.style == style), None)

    def _list(self, number_id: str) -> tuple[str, list[_Level]]:
        """What the list counts by (lists of one kind count on together), and its levels."""
        if number_id not in self._levels:
            self._levels[number_id] = self._read_list(number_id)
        return self._levels[number_id]

    def _read_list(self, number_id: str) -> tuple[str, list[_Level]]:
        of = self._child("num", "numId", number_id)
        link = of.find(w("abstractNumId")) if of is not None else None
        kind = link.get(w("val"), "") if link is not None else ""
        kind, abstract = self._abstract(kind)
        if of is None or abstract is None:
            return kind, []
        told = {number_at(level, "ilvl"): level for level in abstract.iterchildren(w("lvl"))}
        for override in of.iterchildren(w("lvlOverride")):
            level = override.find(w("lvl"))
            if level is not None:
                told[number_at(override, "ilvl")] = level
        return kind, [_level(told.get(depth)) for depth in range(_LEVELS)]

    def _abstract(self, kind: str) -> tuple[str, Element | None]:
        """The definition of a list; one may refer to the list of a style."""
        abstract = self._child("abstractNum", "abstractNumId", kind)
        link = abstract.find(w("numStyleLink")) if abstract is not None else None
        if link is None:
            return kind, abstract
        said = self.styles.numbering_of(link.get(w("val"), ""))
        of = said.find(w("numId")) if said is not None else None
        target = self._child("num", "numId", of.get(w("val"), "")) if of is not None else None
        real = target.find(w("abstractNumId")) if target is not None else None
        if real is None:
            return kind, abstract
        return real.get(w("val"), ""), self._child("abstractNum", "abstractNumId", real.get(w("val"), ""))

    def _child(self, tag: str, key: str, value: str) -> Element | None:
        return next((each for each in self.root.iterchildren(w(tag)) if each.get(w(key)) == value), None)

    def _count(self, number_id: str, counted: str, levels: list[_Level], depth: int) -> None:
        counts = self._counts.setdefault(counted, [None] * _LEVELS)
        start = self._start_over(number_id, depth)
        last = counts[depth]
        if start is not None:
            counts[depth] = start
        else:
            counts[depth] = levels[depth].start if last is None else last + 1
        for deeper in range(depth + 1, _LEVELS):
            restart = levels[deeper].restart
            if restart is None or 0 < restart >= depth + 1:
                counts[deeper] = None

    def _start_over(self, number_id: str, depth: int) -> int | None:
        """The number that the list, met for the first time at this level, says to begin with."""
        if (number_id, depth) in self._begun:
            return None
        self._begun.add((number_id, depth))
        of = self._child("num", "numId", number_id)
        for override in of.iterchildren(w("lvlOverride")) if of is not None else ():
            if number_at(override, "ilvl") == depth:
                return number(override.find(w("startOverride")))
        return None

    def _shown(self, counted: str, levels: list[_Level], depth: int) -> str:
        level = levels[depth]
        if level.form == "bullet":
            return ""
        counts = self._counts[counted]

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            if at >= len(levels):
                return ""
            value = counts[at]
            form = "decimal" if level.plain and at != depth else levels[at].form
            return written(levels[at].start if value is None else value, form)

        label = re.sub(r"%([1-9])", shown, level.text)
        return label + (" " if label and level.gap and label[-1] not in _CLOSED else "")


def number_at(element: Element, name: str) -> int:
    """The whole number in an attribute of `element`; 0 where there is none."""
    said = element.get(w(name), "")
    return int(said) if said.isdecimal() and len(said) < 8 else 0


def _level(told: Element | None) -> _Level:
    def said(name: str) -> str | None:
        found = told.find(w(name)) if told is not None else None
        return found.get(w("val"), "") if found is not None else None

    start = number(told.find(w("start"))) if told is not None else None
    restart = number(told.find(w("lvlRestart"))) if told is not None else None
    plain = told is not None and told.find(w("isLgl")) is not None
    form = said("numFmt") or ("decimal" if told is not None else "none")
    return _Level(
        start=1 if start is None else start,
        form=form,
        text=said("lvlText") or "",
        gap=(said("suff") or "tab") != "nothing",
        restart=restart,
        plain=plain,
        style=said("pStyle") or "",
    )
