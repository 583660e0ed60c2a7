"""The cells of lines that lost their grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables.cells import is_figure, is_unit, nothing
from jiaoheng.plans.reading.tables.head_words import is_property
from jiaoheng.plans.reading.tables.stream import parts
from jiaoheng.plans.reading.tables.table import Cell

_LONGEST, _MOST_BLANKS = 60, 6
_SENTENCE = re.compile(r"(?:[。；;!！？?]|.{8}[:：])\s*$")
PAGE_MARK = re.compile(r"\s*(?:[-—–－]+\s*\d+\s*[-—–－]+|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?)\s*")
_WIDE_GAP = re.compile(r"\s{2,}")


@dataclass(frozen=True)
class Token:
    """A cell that may belong to a table.

    Attributes
    ----------
    cell : its words and place.
    line : the number of the line in which it stands.
    at : the edges of its place in the line (see `parts.cut`), where gaps draw columns; empty elsewhere.
    """

    cell: Cell
    line: int
    at: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        return self.cell.text

    @property
    def start(self) -> int:
        return self.cell.pieces[0].start

    @property
    def end(self) -> int:
        return self.cell.pieces[-1].end

    @cached_property
    def figure(self) -> bool:
        return is_figure(self.text)

    @cached_property
    def empty(self) -> bool:
        return nothing(self.text)

    @cached_property
    def property(self) -> bool:
        return is_property(self.text)

    @cached_property
    def unit(self) -> bool:
        return is_unit(self.text)

    @cached_property
    def words(self) -> bool:
        """Whether it is none of a figure, a mark of nothing, and 约束性 or 预期性."""
        return not (self.figure or self.empty or self.property)


def runs(source: Source, lines: Sequence[Span]) -> list[list[Token]]:
    """Lines that can be cells, cut into cells: one list for each stretch without a line of running text."""
    found: list[list[Token]] = []
    run: list[Token] = []
    blanks, last = 0, -1
    for number, line in enumerate(lines):
        text = source.plain[line.start : line.end]
        apart = line.start > last + 1
        last = line.end
        if not text.strip():
            blanks += 1
            continue
        if PAGE_MARK.fullmatch(text):
            continue
        if run and (apart or blanks > _MOST_BLANKS):
            found.append(run)
            run = []
        blanks = 0
        if _SENTENCE.search(text) or max(map(len, _WIDE_GAP.split(text))) > _LONGEST:
            if run:
                found.append(run)
            run = []
            continue
        run += [Token(cell, number, at) for cell, at in parts.cut(source, line)]
    if run:
        found.append(run)
    return found
