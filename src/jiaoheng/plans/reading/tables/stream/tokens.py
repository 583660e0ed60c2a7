"""The cells of lines that lost their grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import words
from jiaoheng.plans.reading.tables.cells import is_figure, is_unit, nothing
from jiaoheng.plans.reading.tables.columns import is_property, is_value_head, named
from jiaoheng.plans.reading.tables.table import Cell

_LONGEST, _MOST_BLANKS = 60, 3
_SENTENCE = re.compile(r"[。；;!！？?]\s*$")
_PAGE_MARK = re.compile(r"\s*(?:[-—–－]+\s*\d+\s*[-—–－]+|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?)\s*")
_WIDE_GAP = re.compile(r"\s{2,}")
_PART = re.compile(r"\S+")
_TAIL_OF_FIGURE = re.compile(r"年|%|‰|以上|以下|左右|及以上|以内")


@dataclass(frozen=True)
class Token:
    """A cell that may belong to a table.

    Attributes
    ----------
    cell : its words and place.
    line : the number of the line in which it stands, from 0 in its run.
    """

    cell: Cell
    line: int

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
        if _PAGE_MARK.fullmatch(text):
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
        run += [Token(cell, number) for cell in _parts(source, line, text)]
    if run:
        found.append(run)
    return found


def _parts(source: Source, line: Span, text: str) -> list[Cell]:
    """The cells of a line: one, unless blanks part figures, years or heads."""
    spans = [(found.start(), found.end()) for found in _PART.finditer(text)]
    spans = _together(text, spans)
    parts = [words.cell(source, line.start + start, line.start + end) for start, end in spans]
    parts = [part for part in parts if part.text]
    marks = sum(is_figure(part.text) or is_property(part.text) or bool(named(part.text)) for part in parts)
    wide = re.search(r"\S {2,}\S", text) is not None
    if len(parts) < 2 or not (marks >= 2 or (wide and marks)):
        whole = words.cell(source, line.start, line.end)
        return [whole] if whole.text else []
    return parts


def _together(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts that blanks should not have parted: single characters (指 标), a figure and its unit (98 %)."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged:
            before, part = text[merged[-1][0] : merged[-1][1]], text[start:end]
            single = len(part) == 1 and re.fullmatch(r"(?:[一-龥]\s*)+", before) and "一" <= part <= "龥"
            alone = single and len(before.replace(" ", "")) == before.count(" ") + 1 - before.count("  ")
            tail = re.search(r"\d$", before) and _TAIL_OF_FIGURE.match(part) and not is_value_head(before)
            sign = before in ("≥", "≤", ">", "<", "约")
            year = re.fullmatch(r"(?:19|20)\d{2}", before) and part.startswith("年")
            if (single and (len(before) == 1 or alone)) or tail or sign or year:
                merged[-1] = (merged[-1][0], end)
                continue
        merged.append((start, end))
    return merged
