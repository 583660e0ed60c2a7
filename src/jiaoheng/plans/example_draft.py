"""The example county's draft plan, with faults on purpose, as the Word document that a planner would have."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.font import Font

from jiaoheng.plans.reading.opening import markdown
from jiaoheng.plans.reading.source import MarkedHeading, MarkedTable

SOURCE = Path(__file__).parent / "data" / "sihui-2026-2030-draft.md"
"""The draft's words; what `write` makes differs in nothing but form."""

FILE_NAME = "十五五规划征求意见稿（模拟）.docx"

_ROOM, _WIDEST = Mm(156), 14
"""The width of a table, and the characters beyond which a column grows no further."""

_LATIN, _BODY = "Times New Roman", "仿宋"
# Style, face, points: the faces and sizes of official documents.
_STYLES = (
    ("Normal", _BODY, 16),
    ("Title", "华文中宋", 22),
    ("Heading 1", "黑体", 16),
    ("Heading 2", "楷体", 16),
    ("Caption", "黑体", 12),
)
_STYLE_OF_LEVEL = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
_CAPTION = re.compile(r"表\d+ ")
_BLOCK = re.compile(r"\S(?:.|\n(?!\n))*")


def write(path: str | Path) -> Path:
    """Write the draft to `path` as a Word document: headings, paragraphs, tables with merged group cells."""
    text = SOURCE.read_text("utf-8")
    marked: list[MarkedHeading | MarkedTable] = [*markdown.headings(text), *markdown.tables(text)]
    made = docx.Document()
    _lay_out(made)
    for block in _BLOCK.finditer(text):
        words = block.group()
        match next((mark for mark in marked if block.start() <= mark.span.start < block.end()), None):
            case MarkedTable() as table:
                _table(made, text, table)
            case MarkedHeading(span, level):
                made.add_paragraph(text[span.start : span.end], _STYLE_OF_LEVEL[level])
            case _ if _CAPTION.match(words):
                made.add_paragraph(words, "Caption")
            case _:
                made.add_paragraph(words).paragraph_format.first_line_indent = Pt(32)
    made.save(str(path))
    return Path(path)


def _lay_out(made: Document) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    for name, face, points in _STYLES:
        style = made.styles[name]
        _letter(style.font, face, points)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = Pt(points * 1.75)
        if name in ("Title", "Caption"):
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.styles["Caption"].paragraph_format.keep_with_next = True
    borders = made.styles["Title"].element.find(".//" + qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    made.core_properties.author = "教衡示例（模拟）"
    made.core_properties.title = "示例县规划征求意见稿（模拟）"


def _letter(font: Font, face: str, points: float) -> None:
    """Latin letters and Chinese ones each in their face, black, upright and not bold."""
    font.name, font.size, font.bold, font.italic = _LATIN, Pt(points), False, False
    font.color.rgb = RGBColor(0, 0, 0)
    faces = font.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        faces.attrib.pop(qn(theme), None)
    faces.set(qn("w:eastAsia"), face)


def _table(made: Document, text: str, table: MarkedTable) -> None:
    """The table with a grid; where the first column repeats itself, its cells are merged, as in print."""
    rows = [
        [text[cell.span.start : cell.span.end] for cell in cells]
        for _, cells in groupby(table.cells, key=lambda cell: cell.row)
    ]
    grid = made.add_table(len(rows), len(rows[0]), "Table Grid")
    longest = [min(max(map(len, column)), _WIDEST) + 2 for column in zip(*rows, strict=True)]
    for column, characters in zip(grid.columns, longest, strict=True):
        column.width = Emu(_ROOM * characters // sum(longest))
    for number, row in enumerate(rows):
        merged = number > 0 and row[0] == rows[number - 1][0]
        for column, words in enumerate(row):
            cell = grid.cell(number, column)
            cell.width = grid.columns[column].width
            if column == 0 and merged:
                grid.cell(number - 1, 0).merge(cell)
                continue
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(18)
            _letter(cell.paragraphs[0].add_run(words).font, _BODY, 12)
    made.add_paragraph()
