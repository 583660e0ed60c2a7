"""Reads .pdf with a text layer: letters to lines, lines to paragraphs, ruled lines to tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any

from jiaoheng.census.opening.apart import UnreadableError, run_apart
from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.opening.blocks import Block, Line, PageStart, composed
from jiaoheng.plans.reading.opening.cells import BlockCell, table
from jiaoheng.plans.reading.opening.portable import pdf_apart
from jiaoheng.plans.reading.opening.portable.aligned import aligned_tables
from jiaoheng.plans.reading.opening.portable.breaks import Written, continued
from jiaoheng.plans.reading.opening.portable.columns import bands
from jiaoheng.plans.reading.opening.portable.furniture import furniture
from jiaoheng.plans.reading.opening.portable.lines import TextLine, line, lines, rows
from jiaoheng.plans.reading.opening.portable.page import Letter, Page, page_of
from jiaoheng.plans.reading.opening.portable.paragraphs import goes_on, in_cell, together
from jiaoheng.plans.reading.opening.portable.ruled import RuledTable, ruled_tables
from jiaoheng.plans.reading.opening.portable.scanned import refuse_pictures
from jiaoheng.plans.reading.source import Source

_SCRIPT = Path(pdf_apart.__file__)
_TAIL = 4096


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
    told: dict[str, Any] = {"fault": "damaged"}
    if b"%%EOF" in content[-_TAIL:]:  # the library would read what is left of a file that was cut off
        with suppress(UnreadableError):
            told = run_apart(_SCRIPT, content)
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
            problem = "PDF 已损坏或不完整，或过大而读不完。请重新下载，或用阅读器打开后另存为 PDF 再试。"
    raise ReadingError(f"{file}：{problem}")


def _blocks(pages: Sequence[Page], bookmarks: Sequence[tuple[int, str, int]]) -> Iterator[Block]:
    levels = {(number, _tight(title)): level for level, title, number in bookmarks}
    started = 0
    for number, run in _runs(pages):
        yield from [PageStart()] * (number + 1 - started)
        started = number + 1
        said = [each.words for each in run if isinstance(each, TextLine)]
        if said:
            words = reduce(together, said)
            yield Line(words, levels.get((number, _tight(words)), 0))
        else:
            parts = [_written(each) for each in run if isinstance(each, RuledTable)]
            yield from table([_cell(each) for each in reduce(continued, parts)])
    yield from [PageStart()] * (len(pages) - started)


_Thing = TextLine | RuledTable


def _runs(pages: Sequence[Page]) -> Iterator[tuple[int, list[_Thing]]]:
    """In order the lines of each paragraph and the pages of each table, with the page where it begins."""
    before: list[TextLine] = []
    run: list[_Thing] = []
    begun = last_page = 0
    for number, here, tables in _parts(pages):
        places = {each: place for place, each in enumerate(here)}
        things: list[_Thing] = sorted([*here, *tables], key=lambda each: each.top)
        for thing in things:
            match run[-1] if run else None, thing:
                case TextLine(), TextLine():
                    joins = goes_on(here, places[thing], before)
                case RuledTable() as above, RuledTable():
                    joins = thing is things[0] and number <= last_page + 1 and thing.same_columns(above)
                case _:
                    joins = False
            if run and not joins:
                yield begun, run
                run = []
            begun = begun if run else number
            run.append(thing)
            last_page = number
        before = here or before
    if run:
        yield begun, run


def _parts(pages: Sequence[Page]) -> Iterator[tuple[int, list[TextLine], list[RuledTable]]]:
    """Each page in the parts that are read in one go: its number, its lines without furniture, its tables."""
    ruled: list[tuple[RuledTable, ...]] = []
    letters: list[list[list[Letter]]] = []
    for page in pages:
        tables, rest = ruled_tables(page, ruled[-1][-1] if ruled and ruled[-1] else None)
        ruled.append(tables)
        letters.append(rows(rest))
    around = furniture([(page, list(map(line, held))) for page, held in zip(pages, letters, strict=True)])
    last: RuledTable | None = None
    for number, (tables, held, dropped) in enumerate(zip(ruled, letters, around, strict=True)):
        kept = [letter for place, row in enumerate(held) if place not in dropped for letter in row]
        for part in bands(kept, tables):
            aligned, text = aligned_tables(part.letters, last)
            last = (
                aligned[-1] if aligned and all(each.bottom <= aligned[-1].bottom for each in text) else None
            )
            yield number, lines(text), [*part.tables, *aligned]


def _written(table: RuledTable) -> list[Written]:
    return [
        Written(
            area.row, area.column, *in_cell(lines(area.letters), area.width), area.row_span, area.column_span
        )
        for area in table.areas
    ]


def _cell(cell: Written) -> BlockCell:
    return BlockCell(cell.row, cell.column, (Line(cell.words),), cell.row_span, cell.column_span)


def _tight(words: str) -> str:
    return "".join(words.split())
