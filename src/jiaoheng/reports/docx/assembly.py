"""Sections: runs of upright or turned pages, each ended by its properties, with numbers in the foot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from jiaoheng.reports.docx.fonts import SONG
from jiaoheng.reports.docx.markup import field, paragraph, run
from jiaoheng.reports.docx.page import PORTRAIT, Page, section


@dataclass(frozen=True)
class Item:
    """Elements that belong together, and the page that they need; None: that of what follows (a heading)."""

    elements: tuple[BaseOxmlElement, ...]
    page: Page | None = PORTRAIT


def assemble(made: WordFile, front: list[BaseOxmlElement], items: Iterable[Item]) -> None:
    """Put front matter (without page numbers) and text (numbered from 1) into the document."""
    body = made.element.body
    if front:
        body.extend(front)
        _end_section(front, body, section(PORTRAIT))
    first_number: int | None = 1
    runs = groupby(_placed(list(items)), key=lambda placed: placed[0])
    sections = [(page, [part for _, elements in run_ for part in elements]) for page, run_ in runs]
    for place, (page, elements) in enumerate(sections, start=1):
        body.extend(elements)
        properties = section(page, first_number=first_number)
        first_number = None
        if place == len(sections):
            body.append(properties)
        else:
            _end_section(elements, body, properties)
    _number_pages(made, place=1 if front else 0)


def _placed(items: list[Item]) -> list[tuple[Page, tuple[BaseOxmlElement, ...]]]:
    """Every item with its page; what has none of its own takes that of the next that has."""
    found: list[tuple[Page, tuple[BaseOxmlElement, ...]]] = []
    page = PORTRAIT
    for item in reversed(items):
        page = item.page or page
        found.append((page, item.elements))
    return found[::-1]


def _end_section(elements: list[BaseOxmlElement], body: BaseOxmlElement, properties: BaseOxmlElement) -> None:
    """A section ends in its last paragraph; behind a table that is one too low to be seen."""
    last = elements[-1]
    if last.tag != qn("w:p"):
        last = paragraph("Close")
        body.append(last)
    last.find(qn("w:pPr")).append(properties)


def _number_pages(made: WordFile, *, place: int) -> None:
    """7.2 of GB/T 9704: four-point numbers between dashes, to the right on odd pages, to the left on even."""
    numbered = made.sections[place]
    for footer, side in ((numbered.footer, "right"), (numbered.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        root = footer._element
        for child in list(root):
            root.remove(child)
        number = [run("— ", SONG), *field("PAGE", "1", SONG), run(" —", SONG)]
        root.append(paragraph("Footer", *number, alignment=side))
