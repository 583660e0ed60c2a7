"""Reads .pdf with a text layer: letters to lines, lines to paragraphs, ruled lines to tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jiaoheng.census.opening.apart import UnreadableError, run_apart
from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.opening.blocks import Block, Line, PageStart, composed
from jiaoheng.plans.reading.opening.cells import BlockCell, table
from jiaoheng.plans.reading.opening.portable import pdf_apart
from jiaoheng.plans.reading.opening.portable.furniture import without_furniture
from jiaoheng.plans.reading.opening.portable.lines import TextLine, lines
from jiaoheng.plans.reading.opening.portable.page import Page, page_of
from jiaoheng.plans.reading.opening.portable.paragraphs import goes_on, together
from jiaoheng.plans.reading.opening.portable.ruled import Area, RuledTable, ruled_tables
from jiaoheng.plans.reading.opening.portable.scanned import refuse_pictures
from jiaoheng.plans.reading.source import Source

_SCRIPT = Path(pdf_apart.__file__)


def read_pdf(file: str, content: bytes) -> Source:
    """The document in a PDF; running heads and feet and page numbers are left out.

    Raises
    ------
    ReadingError
        It is encrypted, damaged, has too many pages, or pages without text.
    """
    told = _told(file, content)
    pages = [page_of(page) for page in told["pages"]]
    refuse_pictures(file, pages)
    return composed(_blocks(pages, told["bookmarks"]), "pdf")


def _told(file: str, content: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = run_apart(_SCRIPT, content)
    except UnreadableError:
        told = {"fault": "damaged"}
    match told.get("fault"):
        case None:
            return told
        case "password":
            problem = "PDF 有密码。请用密码打开后另存为无密码的 PDF 再试。"
        case "pages":
            problem = (
                f"PDF 有 {told['count']} 页，超过上限 {pdf_apart.MOST_PAGES} 页。请只留规划本身的页再试。"
            )
        case "letters":
            problem = "PDF 的文字过多。请只留规划本身的页再试。"
        case _:
            problem = "PDF 已损坏，或过大而读不完。请重新下载，或用阅读器打开后另存为 PDF 再试。"
    raise ReadingError(f"{file}：{problem}")


def _blocks(pages: Sequence[Page], bookmarks: Sequence[tuple[int, str, int]]) -> Iterator[Block]:
    levels = {(number, _tight(title)): level for level, title, number in bookmarks}
    started, paragraph, begun = 0, "", 0
    for number, item, joins in _items(pages):
        if joins and isinstance(item, TextLine):
            paragraph = together(paragraph, item.words)
            continue
        if paragraph:
            yield Line(paragraph, levels.get((begun, _tight(paragraph)), 0))
        yield from [PageStart()] * (number + 1 - started)
        started = number + 1
        if isinstance(item, TextLine):
            paragraph, begun = item.words, number
        else:
            paragraph = ""
            yield from table([_cell(area) for area in item.areas])
    if paragraph:
        yield Line(paragraph, levels.get((begun, _tight(paragraph)), 0))
    yield from [PageStart()] * (len(pages) - started)


def _items(pages: Sequence[Page]) -> Iterator[tuple[int, TextLine | RuledTable, bool]]:
    """Lines and tables in reading order, with their page, and whether a line goes on with the one before."""
    split = [ruled_tables(page) for page in pages]
    running = [(page.height, lines(rest)) for page, (_, rest) in zip(pages, split, strict=True)]
    before: list[TextLine] = []
    last: TextLine | RuledTable | None = None
    for number, (here, (tables, _)) in enumerate(zip(without_furniture(running), split, strict=True)):
        places = {line: place for place, line in enumerate(here)}
        things: list[TextLine | RuledTable] = [*here, *tables]
        for item in sorted(things, key=lambda each: each.top):
            joins = (
                isinstance(item, TextLine)
                and isinstance(last, TextLine)
                and goes_on(here, places[item], before)
            )
            yield number, item, joins
            last = item
        before = here or before


def _cell(area: Area) -> BlockCell:
    words = "\n".join(line.words for line in lines(area.letters))
    return BlockCell(area.row, area.column, (Line(words),), area.row_span, area.column_span)


def _tight(words: str) -> str:
    return "".join(words.split())
