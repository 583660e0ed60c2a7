"""The report as a Word file: the same blocks as on the page, set as an official document."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from docx.document import Document as WordFile
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from jiaoheng.reports.blocks import (
    Block,
    Card,
    Chapter,
    Choice,
    Document,
    Figures,
    Grid,
    Heading,
    Notice,
    Paragraph,
    Points,
    Sentence,
    Slides,
)
from jiaoheng.reports.charts import Chart
from jiaoheng.reports.docx import grids, package
from jiaoheng.reports.docx.assembly import Item, assemble
from jiaoheng.reports.docx.fonts import BODY, HEI, KAI, TITLE
from jiaoheng.reports.docx.headings import Index, contents
from jiaoheng.reports.docx.markup import element, paragraph, plain, run
from jiaoheng.reports.numbers import in_chinese
from jiaoheng.reports.pictures import Painter
from jiaoheng.reports.tables import Table

# Millimetres, and the CSS pixels that a chart is drawn in there: 96 to the inch.
_WHOLE, _HALF = 156.0, 75.0
_PIXELS = 96 / 25.4
# Where a chart has half the width, it needs no more height than this much of it.
_HALF_SHAPE = 0.94
_CITED_POINTS = 12.0


def render(
    document: Document,
    *,
    painter: Painter | None = None,
    pages: Sequence[int] | None = None,
) -> bytes:
    """``document`` as a Word file (.docx) in the layout of GB/T 9704-2012.

    Parameters
    ----------
    painter : draws the charts; one that other documents use too draws each chart once.
    pages : the printed page of each heading in the contents, in reading order (`reports.pdf` finds them);
        without them the contents have no page numbers until Word is asked to renew them.

    Returns
    -------
    bytes
        The file; the same content gives the same bytes.
    """
    made = package.blank()
    writer = _Writer(made, painter or Painter(), document)
    items = list(writer.items())
    front = [*_cover(document), *contents(writer.index.headings, pages)] if writer.long else []
    assemble(made, front, items)
    package.describe(
        made,
        title=document.title,
        author=document.issuer,
        subject=document.subtitle,
        created=document.created,
    )
    return package.to_bytes(made, created=document.created)


def _cover(document: Document) -> list[BaseOxmlElement]:
    facts = [
        paragraph("CoverFact", run(f"{line.name}：{line.text}", BODY), before=150 if place == 0 else None)
        for place, line in enumerate(document.facts)
    ]
    return [*_warning(document), *_titles(document, before=90), *facts]


def _warning(document: Document) -> Iterator[BaseOxmlElement]:
    if document.warning:
        yield paragraph("Warning", run(f"模拟数据　{document.warning}", HEI))


def _titles(document: Document, *, before: float | None = None) -> Iterator[BaseOxmlElement]:
    yield paragraph("Title", run(document.title, TITLE), before=before)
    if document.subtitle:
        yield paragraph("Subtitle", run(document.subtitle, KAI))


class _Writer:
    """Sets one block after the other, counting headings, tables and figures."""

    def __init__(self, made: WordFile, painter: Painter, document: Document) -> None:
        self.index = Index()
        self._pictures = 0
        self.long = len(document.chapters) > 1
        self._made, self._painter, self._document = made, painter, document
        self.index.promise([chapter.id for chapter in document.chapters])
        self.index.promise([block.id for block in _blocks(document) if isinstance(block, Card)])

    def items(self) -> Iterator[Item]:
        if not self.long:
            yield Item(tuple(self._short_head()), page=None)
        for number, chapter in enumerate(self._document.chapters, start=1):
            if self.long:
                title = f"{in_chinese(number)}、{chapter.title}"
                yield Item((self.index.heading(1, title, chapter.id),), page=None)
            yield from self._chapter(chapter)

    def _short_head(self) -> Iterator[BaseOxmlElement]:
        """What stands above the text of a document that is too short for a cover."""
        yield from _warning(self._document)
        yield from _titles(self._document)
        facts = "；".join(f"{line.name}：{line.text}" for line in self._document.facts)
        if facts:
            yield paragraph("Note", run(facts, BODY), alignment="center")

    def _chapter(self, chapter: Chapter) -> Iterator[Item]:
        numbered = sum(_has_heading(block) for block in chapter.blocks) > 1
        count = 0
        for block in chapter.blocks:
            title = _heading_of(block)
            if title:
                count += 1
                address = block.id if isinstance(block, Card) else f"{chapter.id}-{count}"
                words = f"（{in_chinese(count)}）{title}" if numbered else title
                yield Item((self.index.heading(2, words, address),), page=None)
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Item]:
        match block:
            case Paragraph():
                yield Item((paragraph("BodyText", *_sentences(block.sentences)),))
            case Points():
                yield Item(tuple(_points(block)))
            case Notice():
                yield Item((paragraph("Note", run(block.text, BODY)),))
            case Figures():
                for chart in block.charts:
                    yield Item(tuple(self._figure(chart)))
            case Choice():
                yield Item(tuple(self._abreast(block.charts)))
            case Slides():
                yield Item(tuple(self._abreast(block.on_paper)))
            case Grid():
                yield from self._grid(block.table)
            case Card():
                yield Item(tuple(self._card(block)))
            case Heading():
                pass

    def _card(self, card: Card) -> Iterator[BaseOxmlElement]:
        yield paragraph("BodyText", run(card.sentence, BODY), keep_next=True, after=6)
        about = [("状态", card.status.word), ("属性", card.property or "未注明")]
        about += [(line.name, line.text) for line in (*card.key, *card.details)]
        lines = [tuple(about[place : place + 2]) for place in range(0, len(about), 2)]
        lines += [((line.name, line.text),) for line in card.sources]
        yield grids.pairs(lines, card.title)
        if card.chart:
            yield from self._figure(card.chart)

    def _grid(self, table: Table) -> Iterator[Item]:
        how = grids.setting(table)
        yield Item((self.index.caption("表", table.caption, keep_next=True),), page=how.page)
        for number, part in enumerate(how.parts):
            if number:
                again = paragraph("Caption", run(f"续表　{table.caption}", HEI), keep_next=True)
                yield Item((again,), page=how.page)
            yield Item((grids.grid(table, part, how, self.index.anchor),), page=how.page)
        yield Item(tuple(_remarks(table.note, table.source and f"{table.source}。")), page=how.page)

    def _figure(self, chart: Chart) -> Iterator[BaseOxmlElement]:
        yield from self._picture(chart, _WHOLE)
        yield from _remarks(chart.note, f"{chart.source}；截至{chart.date}。")

    def _abreast(self, charts: Sequence[Chart]) -> Iterator[BaseOxmlElement]:
        """Charts two by two; what is said of all of them stands once beneath."""
        rows = [charts[place : place + 2] for place in range(0, len(charts), 2)]
        yield grids.abreast([[list(self._picture(chart, _HALF)) for chart in row] for row in rows])
        notes = dict.fromkeys((chart.note, f"{chart.source}；截至{chart.date}。") for chart in charts)
        for note, source in notes:
            yield from _remarks(note, source)

    def _picture(self, chart: Chart, millimetres: float) -> Iterator[BaseOxmlElement]:
        width = round(millimetres * _PIXELS)
        height = chart.height if millimetres == _WHOLE else min(chart.height, round(width * _HALF_SHAPE))
        drawn = self._painter.draw(chart, width=width, height=height)
        if drawn:
            inline = self._made.part.new_pic_inline(
                io.BytesIO(drawn.png), Mm(drawn.width / _PIXELS), Mm(drawn.height / _PIXELS)
            )
            self._pictures += 1
            inline.docPr.set("id", str(self._pictures))
            inline.docPr.set("name", plain(chart.title))
            inline.docPr.set("descr", plain(chart.alt))
            picture = element("w:r", {}, element("w:drawing", {}, inline))
            # In a row of its own the picture cannot lose its caption.
            yield paragraph("Figure", picture, keep_next=millimetres == _WHOLE)
        else:
            yield paragraph("Note", run(f"（图未绘出）{chart.alt}", BODY), keep_next=True)
        words = f"{chart.title}（单位：{chart.unit}）"
        yield self.index.caption("图", words, small=millimetres != _WHOLE)


def _blocks(document: Document) -> Iterator[Block]:
    for chapter in document.chapters:
        yield from chapter.blocks


def _heading_of(block: Block) -> str:
    match block:
        case Heading():
            return block.text
        case Points() | Card():
            return block.title
    return ""


def _has_heading(block: Block) -> bool:
    return bool(_heading_of(block))


def _sentences(sentences: Sequence[Sentence]) -> Iterator[BaseOxmlElement]:
    for sentence in sentences:
        yield run(sentence.text, BODY)
        if sentence.cited:
            yield run(f"（{sentence.cited}）", BODY, points=_CITED_POINTS)


def _points(block: Points) -> Iterator[BaseOxmlElement]:
    for number, sentence in enumerate(block.sentences, start=1):
        yield paragraph("BodyText", run(f"{number}. ", BODY), *_sentences([sentence]))


def _remarks(note: str, source: str) -> Iterator[BaseOxmlElement]:
    if note:
        yield paragraph("Note", run(f"注：{note}", BODY))
    if source:
        yield paragraph("Note", run(f"来源：{source}", BODY))
