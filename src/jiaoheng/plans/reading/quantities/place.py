"""Where a quantity stands: its sentence, its clause, the words on both sides of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE_ENDS = re.compile(r"[。！？!?]")
_CLAUSE_ENDS = re.compile(r"[，；。！？!?;]|[：:](?!\d)|(?<!\d)[：:]|(?<!\d),|,(?!\d{3}(?!\d))|——")
_OPEN, _CLOSE = "(（", ")）"


@dataclass(frozen=True)
class Place:
    """The surroundings of a quantity; offsets in the flow.

    Attributes
    ----------
    sentence : start and end of the sentence.
    clause : start and end of the clause, a bracket that is not closed in it left out.
    lead : the words of the clause before the quantity, its comparator not included, whole brackets left out.
    full : the same up to the number itself.
    rest : the words of the clause after it.
    bracket : where the bracket that holds it opens; None outside brackets.
    """

    sentence: tuple[int, int]
    clause: tuple[int, int]
    lead: str
    full: str
    rest: str
    bracket: int | None


class Text:
    """A flow's text, cut into sentences and clauses once for all its quantities."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._sentences = [0, *(match.end() for match in _SENTENCE_ENDS.finditer(text)), len(text)]
        self._brackets = _brackets(text)
        self._clauses = [match.span() for match in _CLAUSE_ENDS.finditer(text)]

    def place(self, start: int, end: int, number: int | None = None) -> Place:
        """The place of the characters `start` to `end`; `number` is where the number in them starts."""
        inside = [span for span in self._brackets if span[0] < start and end <= span[1]]
        bracket = max(inside) if inside else None
        low = max(position for position in self._sentences if position <= start)
        high = min((position for position in self._sentences if position >= end), default=len(self.text))
        first, last = (bracket[0] + 1, bracket[1]) if bracket else (low, high)
        outside = [
            (one, other)
            for one, other in self._clauses
            if bracket or not any(b[0] < one < b[1] for b in self._brackets)
        ]
        clause_start = max([first, *(other for _, other in outside if first <= other <= start)])
        clause_end = min([last, *(one for one, _ in outside if end <= one <= last)])
        lead = self.text[clause_start:start] if bracket else self._without_brackets(clause_start, start)
        full = lead + self.text[start : start if number is None else number]
        rest = self.text[end:clause_end]
        return Place(
            (low, high), (clause_start, clause_end), lead, full, rest, bracket[0] if bracket else None
        )

    def _without_brackets(self, start: int, end: int) -> str:
        kept, position = [], start
        for low, high in self._brackets:
            if position <= low and high < end:
                kept.append(self.text[position:low])
                position = high + 1
        return "".join([*kept, self.text[position:end]])


def _brackets(text: str) -> list[tuple[int, int]]:
    """Where brackets open and close, the outer ones only."""
    found, opened = [], []
    for position, character in enumerate(text):
        if character in _OPEN:
            opened.append(position)
        elif character in _CLOSE and opened:
            start = opened.pop()
            if not opened:
                found.append((start, position))
    return found
