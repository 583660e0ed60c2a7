"""What a tag puts in whole: a table as Word's own table, a chart as a picture with its words."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.parts.story import StoryPart
from docx.shared import Mm

from jiaoheng.reports.charts import FAINT, SOFT, Chart
from jiaoheng.reports.pictures import Picture
from jiaoheng.reports.tables import Cell, Column, Table
from jiaoheng.reports.xlsx import metrics

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Half-points of the text, by how many columns a table has at most.
_SIZES = ((6, 21), (9, 18), (14, 15), (1_000, 12))
_HEAD_FILL = "EAEFF4"
# The width of the text of an official document in twentieths of a point; Word fits it to its page.
_TEXT_WIDTH = 8845
_WIDEST = 44


@dataclass(frozen=True)
class Markup:
    """XML that stands in the document as it is."""

    xml: str

    def __html__(self) -> str:
        return self.xml

    def __str__(self) -> str:
        return self.xml


def table_markup(table: Table, face: str) -> Markup:
    """``table`` with its head on every page, numbers to the right, note and source beneath.

    Parameters
    ----------
    face : the East Asian font of the text.
    """
    size = next(size for most, size in _SIZES if len(table.columns) <= most)
    set_ = _Setter(face, size)
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    head = "".join(set_.head(column, wide) for column, wide in zip(table.columns, widths, strict=True))
    rows = "".join(
        set_.row(row, table.columns, widths, bold=table.total and row is table.rows[-1]) for row in table.rows
    )
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{thick}" w:space="0" w:color="{colour}"/>'
        for side, thick, colour in (
            ("top", 8, SOFT[1:]),
            ("bottom", 8, SOFT[1:]),
            ("insideH", 4, FAINT[1:]),
        )
    )
    notes = [f"注：{table.note}"] if table.note else []
    notes += [f"来源：{table.source}。"] if table.source else []
    return Markup(
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblBorders>{lines}'
        '</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        f"</w:tblCellMar><w:tblCaption w:val={quoteattr(_clean(table.caption))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}"
        f"</w:tbl>{''.join(map(set_.note, notes))}"
    )


def picture_markup(chart: Chart, picture: Picture, part: StoryPart, *, width: float) -> Markup:
    """``chart`` as an inline picture ``width`` millimetres wide, with its words for who cannot see it."""
    height = width * picture.height / picture.width
    inline = part.new_pic_inline(io.BytesIO(picture.png), Mm(width), Mm(height))
    inline.docPr.set("descr", _clean(chart.alt))
    inline.docPr.set("title", _clean(chart.title))
    return Markup(
        f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    )


class _Setter:
    """Writes paragraphs and cells in one face and size."""

    def __init__(self, face: str, size: int) -> None:
        name = quoteattr(face)
        # Latin letters and digits keep the face that the template gives them.
        self._fonts = f'<w:rFonts w:hint="eastAsia" w:eastAsia={name}/>'
        self._size = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'

    def head(self, column: Column, wide: int) -> str:
        words = f"{column.head}（{column.unit}）" if column.unit else column.head
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{_HEAD_FILL}"/>'
        return self._cell(words, wide, "center", bold=True, more=fill)

    def row(
        self, row: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int], *, bold: bool
    ) -> str:
        cells = "".join(
            self._cell(cell.text, wide, "right" if column.kind == "numeric" else "left", bold=bold)
            for cell, column, wide in zip(row, columns, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def note(self, words: str) -> str:
        return self._paragraph(words, "left", bold=False)

    def _cell(self, words: str, wide: int, side: str, *, bold: bool, more: str = "") -> str:
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{more}<w:vAlign w:val="center"/></w:tcPr>'
            f"{self._paragraph(words, side, bold=bold)}</w:tc>"
        )

    def _paragraph(self, words: str, side: str, *, bold: bool) -> str:
        thick = "<w:b/><w:bCs/>" if bold else ""
        return (
            '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
            '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
            f'<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/></w:pPr>'
            f"<w:r><w:rPr>{self._fonts}{thick}{self._size}</w:rPr>"
            f'<w:t xml:space="preserve">{escape(_clean(words))}</w:t></w:r></w:p>'
        )


def _widths(table: Table) -> list[int]:
    """The columns' shares of the width of the text, by what stands in them."""
    rooms = [
        metrics.column_width(
            [column.head], (row[place].text for row in table.rows), widest=_WIDEST, head_lines=3
        )
        for place, column in enumerate(table.columns)
    ]
    return [round(_TEXT_WIDTH * room / sum(rooms)) for room in rooms]


def _clean(words: str) -> str:
    return _NOT_XML.sub("", words)
