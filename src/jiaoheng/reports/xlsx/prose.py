"""The text of all chapters on one sheet, with a way to each table and chart at its place."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiaoheng.reports.blocks import (
    Block,
    Card,
    Choice,
    Document,
    Figures,
    Grid,
    Heading,
    Notice,
    Paragraph,
    Points,
    Slides,
)
from jiaoheng.reports.charts import Chart
from jiaoheng.reports.numbers import in_chinese
from jiaoheng.reports.xlsx import metrics, paper
from jiaoheng.reports.xlsx.layout import PROSE, Layout
from jiaoheng.reports.xlsx.styles import Styles

_ROOM = 96


def write(book: xlsxwriter.Workbook, document: Document, layout: Layout, styles: Styles) -> None:
    """Write the text of the document."""
    sheet = book.add_worksheet(PROSE)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 2)
    sheet.set_column(1, 1, _ROOM)
    paper.portrait(sheet, document)
    page = _Page(sheet, layout, styles)
    for number, chapter in enumerate(document.chapters, start=1):
        page.gap()
        page.text(f"{in_chinese(number)}、{chapter.title}", styles.caption)
        for block in chapter.blocks:
            page.block(block)


class _Page:
    """Writes one thing under another."""

    def __init__(self, sheet: Worksheet, layout: Layout, styles: Styles) -> None:
        self._sheet, self._layout, self._styles = sheet, layout, styles
        self._row = 0

    def block(self, block: Block) -> None:
        styles = self._styles
        match block:
            case Heading(text):
                self.text(text, styles.heading)
            case Paragraph(sentences):
                self.text("".join(map(str, sentences)), styles.plain)
            case Points(sentences, title):
                if title:
                    self.text(title, styles.heading)
                for number, sentence in enumerate(sentences, start=1):
                    self.text(f"{number}. {sentence}", styles.plain)
            case Notice(text):
                self.text(text, styles.soft)
            case Grid(table):
                self._link(f"表：{table.caption}", table.id)
            case Card():
                self._link(f"{block.title}：{block.status.word}", block.id)
                self.text(block.sentence, styles.plain)
            case Figures(charts):
                for chart in charts:
                    self._chart(chart)
            case Choice():
                for chart in block.charts:
                    self._chart(chart)
            case Slides():
                for chart in block.on_paper:
                    self._chart(chart)

    def _chart(self, chart: Chart) -> None:
        self._link(f"图：{chart.title}", chart.id)
        self.text(chart.alt, self._styles.soft)

    def _link(self, words: str, id_: str) -> None:
        place = self._layout.link(id_)
        if not place:
            self.text(words, self._styles.plain)
            return
        self._sheet.set_row(self._row, metrics.height([(words, _ROOM)]))
        self._sheet.write_url(self._row, 1, place, self._styles.link, words)
        self._row += 1

    def text(self, words: str, style: Format) -> None:
        # The strong faces are a good deal larger than the text.
        room = _ROOM if style in (self._styles.plain, self._styles.soft) else _ROOM * 0.75
        least = 1.0 if room == _ROOM else 1.4
        self._sheet.set_row(self._row, metrics.height([(words, room)]) * least)
        self._sheet.write_string(self._row, 1, metrics.cut(words), style)
        self._row += 1

    def gap(self) -> None:
        self._row += 1
