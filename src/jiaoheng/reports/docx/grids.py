"""Tables of the report as Word tables: caption above, head rows that repeat, note and source beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement

from jiaoheng.reports.docx import widths
from jiaoheng.reports.docx.fonts import BODY, HEI, Face
from jiaoheng.reports.docx.markup import element, link, paragraph, plain, run
from jiaoheng.reports.docx.page import LANDSCAPE, PORTRAIT, Page
from jiaoheng.reports.docx.styles import SMALL_POINTS, STYLES_BY_ID, TABLE_POINTS, TABLE_STYLE
from jiaoheng.reports.tables import Cell, Column, Table

# A table of more rows is set smaller: nobody reads all of it, and it should not fill the document.
_LONG = 40
# A table that takes less than this much of a page is not cut by its end.
_KEPT_WHOLE = 0.4
_NAME_TWIPS = 1440
# Behind black print, and apart on a grey copier.
FILLS = {"dark": "A6A6A6", "light": "D9D9D9"}
Anchor = Callable[[str], str | None]


@dataclass(frozen=True)
class Setting:
    """How a table is set: on which page, in which size, in one part or several side by side."""

    page: Page
    small: bool
    parts: tuple[tuple[int, ...], ...]

    @property
    def points(self) -> float:
        return SMALL_POINTS if self.small else TABLE_POINTS


def setting(table: Table) -> Setting:
    """The most legible way that ``table`` fits: upright before turned, large before small, then in parts."""
    everything = tuple(range(len(table.columns)))
    sizes = (SMALL_POINTS,) if len(table.rows) > _LONG else (TABLE_POINTS, SMALL_POINTS)
    for page in (LANDSCAPE,) if table.broad else (PORTRAIT, LANDSCAPE):
        for points in sizes:
            if widths.fits(widths.demands(table, points), page.room):
                return Setting(page, points == SMALL_POINTS, (everything,))
    split = {points: widths.parts(widths.demands(table, points), LANDSCAPE.room) for points in sizes}
    points = min(sizes, key=lambda size: (len(split[size]), -size))
    return Setting(LANDSCAPE, points == SMALL_POINTS, tuple(tuple(part) for part in split[points]))


def grid(table: Table, places: Sequence[int], how: Setting, anchor: Anchor) -> BaseOxmlElement:
    """The columns ``places`` of ``table``; ``anchor`` gives the bookmark of an address in the report."""
    everything = widths.demands(table, how.points)
    asked = [everything[place] for place in places]
    shared = widths.share(asked, how.page.room)
    across = [round(width * 20) for width in shared]
    columns = [table.columns[place] for place in places]
    line = STYLES_BY_ID["TableTextSmall" if how.small else "TableText"].line
    whole = widths.lines(asked, shared) * line <= how.page.depth * _KEPT_WHOLE
    last = len(table.rows) - 1
    spans = [table.spans(place) for place in places]
    return element(
        "w:tbl",
        {},
        _properties(table.caption, sum(across)),
        element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": width}) for width in across)),
        _head(columns, across, small=how.small),
        *(
            _row(
                [row[place] for place in places],
                columns,
                across,
                anchor,
                small=how.small,
                # The last row stays with the note or the source beneath it, where there is one.
                keep=bool(table.note or table.source) if number == last else whole,
                face=HEI if table.total and number == last else BODY,
                spans=[spans[at][number] for at in range(len(places))],
            )
            for number, row in enumerate(table.rows)
        ),
    )


def pairs(lines: Sequence[tuple[tuple[str, str], ...]], label: str) -> BaseOxmlElement:
    """Names and what belongs to them, one or two pairs a row, without a head; ``label`` says what it is."""
    name, whole = _NAME_TWIPS, round(PORTRAIT.room * 20)
    across = [name, whole // 2 - name, name, whole - whole // 2 - name]
    rows = [_pair_row(line, across) for line in lines]
    return element(
        "w:tbl",
        {},
        _properties(label, whole),
        element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": width}) for width in across)),
        *rows,
    )


def _pair_row(line: Sequence[tuple[str, str]], across: Sequence[int]) -> BaseOxmlElement:
    cells = []
    for place, (name, words) in enumerate(line):
        first = place * 2
        # The last pair of a row has all the room that is left.
        spread = len(across) - first - 1 if place == len(line) - 1 else 1
        cells.append(
            _cell(across[first], paragraph("TableHead", run(name, HEI), alignment="left", keep_next=True))
        )
        cells.append(
            _cell(
                sum(across[first + 1 : first + 1 + spread]),
                paragraph("TableText", run(words, BODY), keep_next=True),
                columns=spread,
            )
        )
    return element("w:tr", {}, element("w:trPr", {}, element("w:cantSplit")), *cells)


def abreast(rows: Sequence[Sequence[Sequence[BaseOxmlElement]]]) -> BaseOxmlElement:
    """What stands two by two, without lines around it."""
    whole = round(PORTRAIT.room * 20)
    half = whole // 2
    return element(
        "w:tbl",
        {},
        element(
            "w:tblPr",
            {},
            element("w:tblW", {"w:w": whole, "w:type": "dxa"}),
            element("w:tblLayout", {"w:type": "fixed"}),
        ),
        element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": half}) for _ in range(2))),
        *(
            element(
                "w:tr",
                {},
                element("w:trPr", {}, element("w:cantSplit")),
                *(_cell(half, *content) for content in row),
                *(_cell(half, paragraph("Close")) for _ in range(2 - len(row))),
            )
            for row in rows
        ),
    )


def _properties(label: str, width: int) -> BaseOxmlElement:
    return element(
        "w:tblPr",
        {},
        element("w:tblStyle", {"w:val": TABLE_STYLE}),
        element("w:tblW", {"w:w": width, "w:type": "dxa"}),
        element("w:jc", {"w:val": "center"}),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblLook", {"w:val": "0620", "w:firstRow": 1, "w:firstColumn": 1}),
        element("w:tblCaption", {"w:val": plain(label)}),
    )


def _head(columns: Sequence[Column], across: Sequence[int], *, small: bool) -> BaseOxmlElement:
    cells = [
        _cell(width, *_head_words(column, small), vertical="center")
        for column, width in zip(columns, across, strict=True)
    ]
    properties = element("w:trPr", {}, element("w:cantSplit"), element("w:tblHeader"))
    return element("w:tr", {}, properties, *cells)


def _head_words(column: Column, small: bool) -> Iterator[BaseOxmlElement]:
    yield paragraph("TableHeadSmall" if small else "TableHead", run(column.head, HEI), keep_next=True)
    if column.unit:
        style = "TableTextSmall" if small else "TableText"
        yield paragraph(style, run(column.unit, BODY), alignment="center", keep_next=True)


def _row(
    cells: Sequence[Cell],
    columns: Sequence[Column],
    across: Sequence[int],
    anchor: Anchor,
    *,
    small: bool,
    keep: bool,
    face: Face,
    spans: Sequence[int],
) -> BaseOxmlElement:
    """A row; ``keep`` holds it on the page of what follows, ``spans`` says how many rows each cell covers."""
    style = "TableTextSmall" if small else "TableText"
    made = []
    for cell, column, width, span in zip(cells, columns, across, spans, strict=True):
        if span == 0:
            made.append(_cell(width, paragraph(style), rows=0))
            continue
        words = run(cell.text, face)
        target = anchor(cell.href) if cell.href else None
        line = paragraph(
            "TableCode" if column.kind == "code" else style,
            link(target, words) if target else words,
            alignment="right" if column.kind == "numeric" else "",
            keep_next=keep,
        )
        made.append(_cell(width, line, vertical="center", rows=span, fill=cell.fill))
    return element("w:tr", {}, element("w:trPr", {}, element("w:cantSplit")), *made)


def _cell(
    width: int,
    *content: BaseOxmlElement,
    columns: int = 1,
    vertical: str = "",
    rows: int = 1,
    fill: str = "",
) -> BaseOxmlElement:
    """A cell over so many columns and rows; with no rows it goes on from the one above."""
    properties = element(
        "w:tcPr",
        {},
        element("w:tcW", {"w:w": width, "w:type": "dxa"}),
        element("w:gridSpan", {"w:val": columns}) if columns > 1 else None,
        None if rows == 1 else element("w:vMerge", {"w:val": "restart" if rows else "continue"}),
        element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": FILLS[fill]}) if fill else None,
        element("w:vAlign", {"w:val": vertical}) if vertical else None,
    )
    return element("w:tc", {}, properties, *content)
