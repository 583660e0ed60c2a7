"""The figures of a paragraph with their places in its words, for checks of what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.auditing.stops import stops
from jiaoheng.plans.model import Comparator
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.quantities import Figure

_OPEN, _CLOSE = "（", "）"
_SENTENCE = re.compile(r"[。；！？]")
_CLAUSE = re.compile(r"[，。；：！？]")
_LONGEST_CLAUSE = 40


@dataclass(frozen=True)
class Placed:
    """A figure in its paragraph.

    Attributes
    ----------
    start, end : its words in the paragraph, comparator and unit included.
    number : where the number itself starts; between it and `start` there may be a comparator.
    depth : how many brackets it stands in.
    """

    figure: Figure
    start: int
    number: int
    end: int
    depth: int

    @property
    def value(self) -> float:
        return self.figure.value

    @property
    def unit(self) -> str:
        return self.figure.unit

    @property
    def op(self) -> Comparator:
        return self.figure.op


@dataclass(frozen=True)
class Passages:
    """A paragraph with its figures from left to right; `text` is its words with punctuation in one form."""

    audited: Audited
    paragraph: Paragraph
    text: str
    figures: tuple[Placed, ...]

    def between(self, one: Placed, other: Placed) -> str:
        """The words from the end of a figure to the number of a later one."""
        return self.text[one.end : other.number]

    def side(self, start: int, end: int) -> Side:
        return self.audited.part(self.paragraph.flow, max(0, start), min(len(self.text), end))

    def clause(self, at: int) -> int:
        """Where the clause that holds a place starts, so that a quote starts with a whole word."""
        low = max(0, at - _LONGEST_CLAUSE)
        return max((match.end() for match in _CLAUSE.finditer(self.text, low, at)), default=low)

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence that holds a place starts and ends; a semicolon ends one too."""
        start = max((match.end() for match in _SENTENCE.finditer(self.text, 0, at)), default=0)
        match = _SENTENCE.search(self.text, at)
        return start, match.start() if match else len(self.text)

    def bracket(self, at: int) -> tuple[int, int] | None:
        """What stands in the bracket that opens at `at`; None where none does, or where it never closes."""
        if self.text[at : at + 1] != _OPEN:
            return None
        depth = 0
        for i in range(at, len(self.text)):
            depth += (self.text[i] == _OPEN) - (self.text[i] == _CLOSE)
            if depth == 0:
                return at + 1, i
        return None


def placed(audited: Audited) -> Iterator[Passages]:
    """Every paragraph that holds figures."""
    for paragraph, figures in audited.figures:
        text, offsets = stops(paragraph.flow.text), paragraph.flow.offsets
        at = {offset: i for i, offset in enumerate(offsets)}
        depths = _depths(text)
        found = [
            Placed(figure, figure.start, at[figure.number], figure.end, depths[figure.start])
            for figure in figures
            if figure.number in at
        ]
        yield Passages(audited, paragraph, text, tuple(sorted(found, key=lambda each: each.number)))


def _depths(text: str) -> list[int]:
    depths, depth = [], 0
    for sign in text:
        depth = max(0, depth - (sign == _CLOSE))
        depths.append(depth)
        depth += sign == _OPEN
    return depths
