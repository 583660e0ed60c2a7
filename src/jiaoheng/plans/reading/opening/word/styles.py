"""What paragraph styles say: the level of a heading, and the list that a paragraph is numbered in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jiaoheng.plans.reading.opening.word.parts import Element, w

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY = 9
"""The outline level of body text."""


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of a document.

    Parameters
    ----------
    root : of the part ``styles.xml``.
    """

    root: Element

    @cached_property
    def _by_id(self) -> dict[str, Element]:
        return {style.get(w("styleId")): style for style in self.root.iterchildren(w("style"))}

    @cached_property
    def _default(self) -> str | None:
        for name, style in self._by_id.items():
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true"):
                return name
        return None

    def chain(self, paragraph: Element) -> Iterator[Element]:
        """The style of a paragraph and those that it is based on, the nearest first."""
        said = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        name = said.get(w("val")) if said is not None else self._default
        seen: set[str | None] = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            style = self._by_id[name]
            yield style
            based = style.find(w("basedOn"))
            name = based.get(w("val")) if based is not None else None

    def level(self, paragraph: Element) -> int:
        """The level of a heading from 1; 0 for body text."""
        for holder in (paragraph, *self.chain(paragraph)):
            outline = holder.find(f"{w('pPr')}/{w('outlineLvl')}")
            if outline is not None:
                level = number(outline)
                return level + 1 if level is not None and 0 <= level < _BODY else 0
            named = _HEADING.fullmatch(_name(holder))
            if named:
                return int(named[1])
        return 0

    def numbering_of(self, style_id: str) -> Element | None:
        """The ``numPr`` of the style with that id."""
        style = self._by_id.get(style_id)
        return style.find(f"{w('pPr')}/{w('numPr')}") if style is not None else None


def number(element: Element | None) -> int | None:
    """The whole number in the ``val`` of `element`."""
    said = element.get(w("val"), "") if element is not None else ""
    return int(said) if re.fullmatch(r"-?\d{1,9}", said) else None


def _name(style: Element) -> str:
    name = style.find(w("name"))
    return name.get(w("val"), "").strip() if name is not None else ""
