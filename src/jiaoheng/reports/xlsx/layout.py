"""Which sheets a document becomes, and where in them its anchors lie: known before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jiaoheng.reports.blocks import Block, Card, Document, Grid
from jiaoheng.reports.charts import Chart
from jiaoheng.reports.tables import Cell, Column, Table, table, text
from jiaoheng.reports.xlsx import drawing
from jiaoheng.reports.xlsx.names import sheet_names

COVER, PROSE, DRAWINGS = "目录", "正文", "图"
CARDS = "table-cards"
FIRST_ROW = 3
"""The row (from 0) of a table's first line on its sheet: caption, way back and head come before."""


@dataclass(frozen=True)
class Layout:
    """The plan of a workbook.

    ``tables`` are in reading order, each with the name of its sheet. ``places`` leads from the anchors of the
    document to the cells that stand for them.
    """

    tables: tuple[tuple[str, Table], ...]
    drawings: tuple[Chart, ...]
    prose: bool
    places: dict[str, str] = field(default_factory=dict)

    def link(self, href: str) -> str:
        """The link to an anchor (``#id``); empty where nothing in the workbook stands for it."""
        return self.places.get(href.removeprefix("#"), "")


def lay_out(document: Document) -> Layout:
    """Plan the workbook of a document."""
    blocks = [block for chapter in document.chapters for block in chapter.blocks]
    cards = [block for block in blocks if isinstance(block, Card)]
    found = _tables(blocks, cards)
    names = sheet_names([one.caption for one in found], taken=(COVER, PROSE, DRAWINGS))
    by_id = {one.id: name for name, one in zip(names, found, strict=True)}
    drawn = tuple(chart for chart in document.charts if drawing.data(chart))
    return Layout(
        tables=tuple(zip(names, found, strict=True)),
        drawings=drawn,
        prose=any(not isinstance(block, Grid) for block in blocks),
        places={
            **{id_: address(name, 0) for id_, name in by_id.items()},
            **{card: address(by_id[CARDS], FIRST_ROW + row) for card, row in _first_rows(cards)},
            **{chart.id: address(DRAWINGS, row) for chart, row in drawing.rows(drawn)},
        },
    )


def address(sheet: str, row: int) -> str:
    """The link to the first cell of a row (from 0) of a sheet of this workbook."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!A{row + 1}"


def _tables(blocks: Sequence[Block], cards: Sequence[Card]) -> list[Table]:
    """The document's tables in reading order, all its cards as one where the first of them stands."""
    found: list[Table] = []
    for block in blocks:
        if isinstance(block, Grid):
            found.append(block.table)
        elif cards and block is cards[0]:
            found.append(_of_cards(cards))
    return found


def _of_cards(cards: Sequence[Card]) -> Table:
    """Everything that the cards say, one line a row."""
    return table(
        CARDS,
        "指标明细",
        [Column("指标", kind="words"), Column("项目", kind="words"), Column("内容", kind="words")],
        [[text(card.title), text(name), said] for card in cards for name, said in _said(card)],
    )


def _said(card: Card) -> list[tuple[str, Cell]]:
    return [
        ("状态", Cell(card.status.word, card.status.word, status=card.status.mark)),
        *([("属性", text(card.property))] if card.property else []),
        ("判断", text(card.sentence)),
        *((line.name, text(line.text)) for line in (*card.key, *card.details, *card.sources)),
    ]


def _first_rows(cards: Sequence[Card]) -> Iterator[tuple[str, int]]:
    """The row of the table of cards at which each begins."""
    row = 0
    for card in cards:
        yield card.id, row
        row += len(_said(card))
