"""Headings, their numbers and bookmarks, the contents, and the running numbers of tables and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from docx.oxml.xmlchemy import BaseOxmlElement

from jiaoheng.reports.docx import markup
from jiaoheng.reports.docx.fonts import BODY, HEI, KAI, SONG, Face
from jiaoheng.reports.docx.markup import bookmark, link, paragraph, run, tab

_FACES = {1: HEI, 2: KAI, 3: BODY}


@dataclass(frozen=True)
class Heading:
    """A heading that was written: its level, its words, the bookmark around it."""

    level: int
    text: str
    mark: str


@dataclass
class Index:
    """What has been numbered so far; ``known`` are the addresses that links may lead to."""

    known: dict[str, str] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def promise(self, addresses: Sequence[str]) -> None:
        """Give every address its bookmark before the text is written, so that links may lead forward."""
        for address in addresses:
            self.known.setdefault(address, f"_Toc{len(self.known) + 1:06d}")

    def anchor(self, href: str) -> str | None:
        """The bookmark that an address within the report leads to."""
        return self.known.get(href.removeprefix("#"))

    def heading(self, level: int, text: str, address: str) -> BaseOxmlElement:
        """A heading of a level, in the contents and under its address."""
        self.promise([address])
        mark = self.known[address]
        self.headings.append(Heading(level, text, mark))
        words = bookmark(mark, len(self.headings), [run(text, _FACES[level])])
        return paragraph(f"Heading{level}", *words)

    def caption(
        self, kind: str, text: str, *, small: bool = False, keep_next: bool = False
    ) -> BaseOxmlElement:
        """表1 or 图1 with a number that Word can count anew, and its words."""
        style = "CaptionSmall" if small else "Caption"
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        counted = markup.field(f"SEQ {kind} \\* ARABIC", str(number), HEI)
        return paragraph(style, run(kind, HEI), *counted, run(f"　{text}", HEI), keep_next=keep_next)


def contents(headings: Sequence[Heading], pages: Sequence[int] | None) -> list[BaseOxmlElement]:
    """The table of contents as a field that is filled in: with page numbers where they are known.

    A wrong page number is worse than none: without a page for every entry they are links, and Word puts the
    numbers in when the reader asks it to renew the field.
    """
    shown = [one for one in headings if one.level <= 2]
    if pages is not None and len(pages) != len(shown):
        pages = None
    entries = [
        paragraph(
            f"TOC{one.level}",
            link(
                one.mark,
                run(one.text, _contents_face(one)),
                *(_page_number(one, pages[place]) if pages else ()),
            ),
        )
        for place, one in enumerate(shown)
    ]
    field_ = markup.around('TOC \\o "1-2" \\h \\z \\u', entries, BODY)
    return [paragraph("ContentsTitle", run("目　录", HEI)), *field_]


def _contents_face(heading: Heading) -> Face:
    return HEI if heading.level == 1 else BODY


def _page_number(heading: Heading, number: int) -> list[BaseOxmlElement]:
    return [tab(SONG), *markup.field(f"PAGEREF {heading.mark} \\h", str(number), SONG)]
