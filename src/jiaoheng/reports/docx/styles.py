"""The styles of the document: one line each in `STYLES`, from which the part is made."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement

from jiaoheng.reports.docx.fonts import BODY, HEI, KAI, SONG, TITLE, Face
from jiaoheng.reports.docx.markup import element, lettering
from jiaoheng.reports.docx.page import BODY_POINTS, CLOSER_TWIPS, LINE_POINTS, PORTRAIT

NOTE_POINTS, TABLE_POINTS, SMALL_POINTS = 10.5, 10.5, 9.0
"""五号 for notes and tables, 小五 for tables that are wide or long."""


@dataclass(frozen=True)
class Style:
    """A paragraph style. Sizes and distances in points; ``indent`` and ``hanging`` in characters."""

    id: str
    name: str
    face: Face
    points: float = BODY_POINTS
    line: float = LINE_POINTS
    before: float = 0
    after: float = 0
    alignment: str = "both"
    indent: float = 0
    hanging: float = 0
    left: float = 0
    right: float = 0
    outline: int | None = None
    keep: bool = False
    boxed: bool = False
    leader: bool = False
    breaks_words: bool = False
    new_page: bool = False

    @property
    def on_grid(self) -> bool:
        """Whether it keeps to the 28 characters of a line: the running text does."""
        return self.points == BODY_POINTS


STYLES = (
    Style("Normal", "Normal", BODY),
    Style("BodyText", "Body Text", BODY, indent=2),
    Style("Title", "Title", TITLE, points=22, line=36, alignment="center"),
    Style("Subtitle", "Subtitle", KAI, alignment="center", before=8, after=8),
    Style("Heading1", "heading 1", HEI, indent=2, outline=0, keep=True, alignment="left"),
    Style("Heading2", "heading 2", KAI, indent=2, outline=1, keep=True, alignment="left"),
    Style("Heading3", "heading 3", BODY, indent=2, outline=2, keep=True, alignment="left"),
    Style("Warning", "醒目提示", HEI, points=14, line=24, alignment="center", boxed=True),
    Style("CoverFact", "封面说明", BODY, hanging=5, left=3, alignment="left"),
    Style("ContentsTitle", "目录标题", HEI, alignment="center", after=10, new_page=True),
    Style("TOC1", "toc 1", HEI, points=14, line=25, alignment="left", leader=True),
    Style("TOC2", "toc 2", BODY, points=14, line=25, alignment="left", left=2, leader=True),
    Style("Caption", "caption", HEI, points=12, line=20, alignment="center", before=6, after=4),
    Style("CaptionSmall", "题注（小）", HEI, points=10.5, line=16, alignment="center", before=3, after=3),
    Style("Figure", "图", BODY, points=12, line=0, alignment="center", before=6),
    Style("TableHead", "表头", HEI, points=TABLE_POINTS, line=15, alignment="center"),
    Style("TableText", "表中文字", BODY, points=TABLE_POINTS, line=16, alignment="left"),
    Style("TableHeadSmall", "表头（小）", HEI, points=SMALL_POINTS, line=12, alignment="center"),
    Style("TableTextSmall", "表中文字（小）", BODY, points=SMALL_POINTS, line=13, alignment="left"),
    Style("TableCode", "表中代码", BODY, points=7.5, line=10, alignment="left", breaks_words=True),
    Style("Note", "附注", BODY, points=NOTE_POINTS, line=16, alignment="left", before=2, after=2),
    Style("Footer", "footer", SONG, points=14, line=18, alignment="left", left=1, right=1),
    Style("Close", "收尾", BODY, points=1, line=1, alignment="left"),
)
STYLES_BY_ID = {style.id: style for style in STYLES}
TABLE_STYLE = "JiaohengTable"


def fill(styles: BaseOxmlElement) -> None:
    """Put our styles in the place of those that are there."""
    for child in list(styles):
        styles.remove(child)
    styles.append(_defaults())
    styles.append(
        element(
            "w:style",
            {"w:type": "character", "w:default": 1, "w:styleId": "DefaultParagraphFont"},
            element("w:name", {"w:val": "Default Paragraph Font"}),
        )
    )
    styles.extend(_paragraph_style(style) for style in STYLES)
    styles.append(_table_style())


def _defaults() -> BaseOxmlElement:
    words = element("w:rPr", {}, lettering(BODY), *_size(BODY_POINTS), _language())
    return element(
        "w:docDefaults",
        {},
        element("w:rPrDefault", {}, words),
        element("w:pPrDefault", {}, element("w:pPr")),
    )


def _language() -> BaseOxmlElement:
    return element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"})


def _paragraph_style(style: Style) -> BaseOxmlElement:
    default = {"w:default": 1} if style.id == "Normal" else {}
    heading = style.outline is not None
    return element(
        "w:style",
        {"w:type": "paragraph", **default, "w:styleId": style.id},
        element("w:name", {"w:val": style.name}),
        None if style.id == "Normal" else element("w:basedOn", {"w:val": "Normal"}),
        element("w:next", {"w:val": "BodyText"}) if heading else None,
        element("w:qFormat") if heading or style.id in ("Normal", "Title") else None,
        element("w:pPr", {}, *_layout(style)),
        element(
            "w:rPr",
            {},
            lettering(style.face),
            # What Word's own headings would bring in: bold and blue.
            element("w:b", {"w:val": 0}) if heading else None,
            element("w:spacing", {"w:val": CLOSER_TWIPS}) if style.on_grid else None,
            *_size(style.points),
        ),
    )


def _layout(style: Style) -> list[BaseOxmlElement | None]:
    """A style's paragraph properties, in the order that the schema asks for."""
    edge = {"w:val": "single", "w:sz": 12, "w:space": 6, "w:color": "auto"}
    sides = ("top", "left", "bottom", "right")
    width = round(PORTRAIT.room * 20)
    return [
        element("w:keepNext") if style.keep else None,
        element("w:keepLines") if style.keep else None,
        element("w:pageBreakBefore") if style.new_page else None,
        element("w:pBdr", {}, *(element(f"w:{side}", edge) for side in sides)) if style.boxed else None,
        element("w:tabs", {}, element("w:tab", {"w:val": "right", "w:leader": "dot", "w:pos": width}))
        if style.leader
        else None,
        element("w:wordWrap", {"w:val": 0}) if style.breaks_words else None,
        # A comma that hangs out of the line would stand on the frame.
        element("w:overflowPunct", {"w:val": 0}) if style.boxed else None,
        None if style.on_grid else element("w:snapToGrid", {"w:val": 0}),
        element("w:spacing", _spacing(style)),
        element("w:ind", _indents(style)),
        element("w:jc", {"w:val": style.alignment}),
        None if style.outline is None else element("w:outlineLvl", {"w:val": style.outline}),
    ]


def _spacing(style: Style) -> dict[str, object]:
    # A picture is as high as it is; every other line is fixed, so that pages break alike everywhere.
    line = (
        {"w:line": round(style.line * 20), "w:lineRule": "exact"}
        if style.line
        else {"w:line": 240, "w:lineRule": "auto"}
    )
    return {"w:before": round(style.before * 20), "w:after": round(style.after * 20), **line}


def _indents(style: Style) -> dict[str, object]:
    def twips(characters: float) -> int:
        return round(characters * style.points * 20)

    found: dict[str, object] = {
        "w:leftChars": round((style.left + style.hanging) * 100),
        "w:left": twips(style.left + style.hanging),
        "w:rightChars": round(style.right * 100),
        "w:right": twips(style.right),
    }
    if style.hanging:
        return found | {
            "w:hangingChars": round(style.hanging * 100),
            "w:hanging": twips(style.hanging),
        }
    return found | {"w:firstLineChars": round(style.indent * 100), "w:firstLine": twips(style.indent)}


def _table_style() -> BaseOxmlElement:
    """Open at the sides, heavier above and below, as yearbooks set their tables."""
    heavy = {"w:val": "single", "w:sz": 8, "w:space": 0, "w:color": "auto"}
    light = heavy | {"w:sz": 4}
    borders = element(
        "w:tblBorders",
        {},
        element("w:top", heavy),
        element("w:bottom", heavy),
        element("w:insideH", light),
        element("w:insideV", light),
    )
    side = {"w:w": 57, "w:type": "dxa"}
    margins = element("w:tblCellMar", {}, element("w:left", side), element("w:right", side))
    return element(
        "w:style",
        {"w:type": "table", "w:styleId": TABLE_STYLE, "w:customStyle": 1},
        element("w:name", {"w:val": "教衡表格"}),
        element("w:pPr"),
        element("w:rPr", {}, lettering(BODY), *_size(TABLE_POINTS)),
        element("w:tblPr", {}, borders, margins),
    )


def _size(points: float) -> list[BaseOxmlElement]:
    half = round(points * 2)
    return [element("w:sz", {"w:val": half}), element("w:szCs", {"w:val": half})]
