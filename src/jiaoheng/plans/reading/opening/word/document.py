"""Walks through the body of a .docx: paragraphs, tables, text boxes and notes, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jiaoheng.plans.reading.opening.blocks import Block, Line, composed
from jiaoheng.plans.reading.opening.cells import BlockCell, table
from jiaoheng.plans.reading.opening.placing import MOST_SPAN
from jiaoheng.plans.reading.opening.word.numbering import Numbering
from jiaoheng.plans.reading.opening.word.parts import Element, Parts, read_parts, w
from jiaoheng.plans.reading.opening.word.styles import Styles, number
from jiaoheng.plans.reading.opening.word.words import boxes_in, is_gone, words_of
from jiaoheng.plans.reading.source import Source

_WRAPPERS = frozenset(map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")))
_LONGEST_HEADING = 120
"""A paragraph of more characters is body text, whatever its style."""


def read_word(file: str, content: bytes) -> Source:
    """The document in a .docx; its footnotes stand at the end, each on a line with its number.

    Raises
    ------
    ReadingError, FileError
        It carries macros or entities, is damaged or encrypted, or inflates to too much.
    """
    parts = read_parts(file, content)
    styles = Styles(parts.styles)
    body = _Body(styles, Numbering(parts.numbering, styles))
    return composed([*body.blocks(parts.document), *_notes(body, parts)], "docx")


@dataclass
class _Body:
    styles: Styles
    numbering: Numbering
    _carried: str = ""
    """Words of paragraphs whose end was deleted, which the next one takes in."""

    def blocks(self, parent: Element) -> Iterator[Block]:
        """What stands in an element, in reading order."""
        for child in parent:
            if child.tag == w("p"):
                yield from self._paragraph(child)
            elif child.tag == w("tbl"):
                yield from self._table(child)
            elif child.tag in _WRAPPERS or child.tag == w("body"):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        words = words_of(paragraph)
        if is_gone(paragraph):
            self._carried += words
        else:
            words, self._carried = self._carried + words, ""
            label = self.numbering.label(paragraph)
            level = self.styles.level(paragraph) if len(words) <= _LONGEST_HEADING else 0
            yield Line(f"{label}{words}".strip(), level)
        for box in boxes_in(paragraph):
            yield from self.blocks(box)

    def _table(self, element: Element) -> Iterator[Block]:
        cells: list[BlockCell] = []
        above: dict[int, int] = {}
        for row, line in enumerate(_rows(element)):
            column = _skipped(line)
            for told in _descend(line, w("tc")):
                across = _across(told)
                blocks = tuple(self.blocks(told))
                if _goes_on(told) and column in above:
                    upper = cells[above[column]]
                    cells[above[column]] = replace(
                        upper, row_span=row - upper.row + 1, blocks=(*upper.blocks, *_said(blocks))
                    )
                else:
                    above[column] = len(cells)
                    cells.append(BlockCell(row, column, blocks, 1, across))
                column += across
        if cells:
            yield from table(cells)


def _rows(element: Element) -> Iterator[Element]:
    """The rows of a table, without those that were deleted."""
    for row in _descend(element, w("tr")):
        mark = row.find(w("trPr"))
        if mark is None or mark.find(w("del")) is None:
            yield row


def _descend(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _descend(child, tag)


def _skipped(row: Element) -> int:
    """How many columns a row leaves out at its beginning."""
    return min(max(number(row.find(f"{w('trPr')}/{w('gridBefore')}")) or 0, 0), MOST_SPAN)


def _across(cell: Element) -> int:
    return min(max(number(cell.find(f"{w('tcPr')}/{w('gridSpan')}")) or 1, 1), MOST_SPAN)


def _goes_on(cell: Element) -> bool:
    """Whether it is merged with the cell above."""
    mark = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return mark is not None and mark.get(w("val"), "continue") == "continue"


def _said(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Line) or block.words)


def _notes(body: _Body, parts: Parts) -> Iterator[Block]:
    count = 0
    for root in parts.notes:
        for note in root:
            if note.get(w("type")) in (None, "normal"):
                count += 1
                words = [block.words for block in body.blocks(note) if isinstance(block, Line)]
                yield Line(f"[{count}] {' '.join(filter(None, words))}")
