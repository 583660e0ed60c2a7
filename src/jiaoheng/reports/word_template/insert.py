"""What a tag puts in whole: a table as Word's own table, a chart as a picture with its words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.parts.story import StoryPart
from docx.shared import Mm

from jiaoheng.reports.charts import FAINT, SOFT, Chart
from jiaoheng.reports.docx import widths
from jiaoheng.reports.pictures import Picture
from jiaoheng.reports.tables import Cell, Column, Table
from jiaoheng.reports.word_template.sandbox import clean

# The sizes of letters that a table may be set in, the most legible first.
_POINTS = (10.5, 9.0, 7.5)
# A table of fewer rows is not cut by the end of a page.
_SHORT = 16
_HEAD_FILL = "EAEFF4"
# Too low to be seen; it stays on the page of what follows.
_CLOSE = (
    '<w:p><w:pPr><w:keepNext/><w:snapToGrid w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


@dataclass(frozen=True)
class Markup:
    """XML that stands in the document as it is."""

    xml: str

    def __html__(self) -> str:
        return self.xml

    def __str__(self) -> str:
        return self.xml


def table_markup(table: Table, face: str, *, room: float) -> Markup:
    """``table`` with its head on every page, numbers to the right, note and source beneath.

    A table that is too wide goes on in parts, one beneath the other, each with the first column.

    Parameters
    ----------
    face : the East Asian font of the text.
    room : the width that it may take, in points.
    """
    points, parts = _setting(table, room)
    set_ = _Setter(face, points)
    tables = _CLOSE.join(_part(table, places, set_, points, room) for places in parts)
    notes = [f"注：{table.note}"] if table.note else []
    notes += [f"来源：{table.source}。"] if table.source else []
    # Tables without a paragraph between them would become one, and a cell must not end with one.
    return Markup(_CLOSE + tables + ("".join(map(set_.note, notes)) or _CLOSE))


def picture_markup(chart: Chart, picture: Picture, part: StoryPart, *, width: float) -> Markup:
    """``chart`` as an inline picture ``width`` millimetres wide, with its words for who cannot see it."""
    height = width * picture.height / picture.width
    inline = part.new_pic_inline(io.BytesIO(picture.png), Mm(width), Mm(height))
    inline.docPr.set("descr", clean(chart.alt))
    inline.docPr.set("title", clean(chart.title))
    return Markup(
        f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    )


class _Setter:
    """Writes paragraphs and cells in one face and size."""

    def __init__(self, face: str, points: float) -> None:
        size = round(points * 2)
        name = quoteattr(face)
        # Latin letters and digits keep the face that the template gives them.
        self._fonts = f'<w:rFonts w:hint="eastAsia" w:eastAsia={name}/>'
        self._size = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'

    def head(self, column: Column, wide: int) -> str:
        words = f"{column.head}（{column.unit}）" if column.unit else column.head
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{_HEAD_FILL}"/>'
        return self._cell(words, wide, "center", bold=True, keep=True, more=fill)

    def row(
        self,
        row: Sequence[Cell],
        columns: Sequence[Column],
        across: Sequence[int],
        *,
        bold: bool,
        keep: bool,
    ) -> str:
        """One row; ``keep`` holds it on the page of the next."""
        sides = ("right" if column.kind == "numeric" else "left" for column in columns)
        cells = "".join(
            self._cell(cell.text, wide, side, bold=bold, keep=keep)
            for cell, side, wide in zip(row, sides, across, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def note(self, words: str) -> str:
        return self._paragraph(words, "left", bold=False, keep=False)

    def _cell(self, words: str, wide: int, side: str, *, bold: bool, keep: bool, more: str = "") -> str:
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{more}<w:vAlign w:val="center"/></w:tcPr>'
            f"{self._paragraph(words, side, bold=bold, keep=keep)}</w:tc>"
        )

    def _paragraph(self, words: str, side: str, *, bold: bool, keep: bool) -> str:
        thick = "<w:b/><w:bCs/>" if bold else ""
        held = "<w:keepNext/>" if keep else ""
        return (
            f'<w:p><w:pPr>{held}<w:snapToGrid w:val="0"/>'
            '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
            f'<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/></w:pPr>'
            f"<w:r><w:rPr>{self._fonts}{thick}{self._size}</w:rPr>"
            f'<w:t xml:space="preserve">{escape(clean(words))}</w:t></w:r></w:p>'
        )


def _setting(table: Table, room: float) -> tuple[float, list[list[int]]]:
    """The largest letters in which the table fits as a whole; else the smallest, and its columns in parts."""
    for points in _POINTS:
        if widths.fits(widths.demands(table, points), room):
            return points, [list(range(len(table.columns)))]
    return _POINTS[-1], widths.parts(widths.demands(table, _POINTS[-1]), room)


def _part(table: Table, places: Sequence[int], set_: _Setter, points: float, room: float) -> str:
    asked = widths.demands(table, points)
    across = [round(wide * 20) for wide in widths.share([asked[place] for place in places], room)]
    columns = [table.columns[place] for place in places]
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in across)
    head = "".join(set_.head(column, wide) for column, wide in zip(columns, across, strict=True))
    short, last = len(table.rows) < _SHORT, len(table.rows) - 1
    rows = "".join(
        set_.row(
            [row[place] for place in places],
            columns,
            across,
            bold=table.total and number == last,
            keep=short and number < last,
        )
        for number, row in enumerate(table.rows)
    )
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{thick}" w:space="0" w:color="{colour[1:]}"/>'
        for side, thick, colour in (("top", 8, SOFT), ("bottom", 8, SOFT), ("insideH", 4, FAINT))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(across)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(clean(table.caption))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )
