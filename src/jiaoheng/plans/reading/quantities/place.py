"""Where a quantity stands: its sentence, its clause, the words on both sides of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_SENTENCE_ENDS = re.compile(r"[。！？!?]")
_CLAUSE_ENDS = re.compile(r"[，；。！？!?;]|[：:](?!\d)|(?<!\d)[：:]|(?<!\d),|,(?!\d{3}(?!\d))|——")
_LONGEST_SENTENCE = 800
"""So many characters on either side of a figure are asked; a text without full stops is no sentence."""
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
        self._opens = [start for start, _ in self._brackets]
        clauses = [match.span() for match in _CLAUSE_ENDS.finditer(text)]
        self._inside = _Cuts([span for span in clauses if self._bracket(*span)])
        self._outside = _Cuts([span for span in clauses if not self._bracket(*span)])

    def place(self, start: int, end: int, number: int | None = None) -> Place:
        """The place of the characters `start` to `end`; `number` is where the number in them starts."""
        bracket = self._bracket(start, end)
        low = max(self._sentences[bisect_right(self._sentences, start) - 1], start - _LONGEST_SENTENCE)
        after = bisect_left(self._sentences, end)
        high = self._sentences[after] if after < len(self._sentences) else len(self.text)
        first, last = (bracket[0] + 1, bracket[1]) if bracket else (low, min(high, end + _LONGEST_SENTENCE))
        cuts = self._inside if bracket else self._outside
        clause = (max(first, cuts.before(start)), min(last, cuts.after(end, last)))
        lead = self.text[clause[0] : start] if bracket else self._without_brackets(clause[0], start)
        full = lead + self.text[start : start if number is None else number]
        rest = self.text[end : clause[1]]
        return Place((low, high), clause, lead, full, rest, bracket[0] if bracket else None)

    def _bracket(self, start: int, end: int) -> tuple[int, int] | None:
        """The outermost bracket that holds these characters."""
        index = bisect_left(self._opens, start) - 1
        if index < 0 or end > self._brackets[index][1]:
            return None
        return self._brackets[index]

    def _without_brackets(self, start: int, end: int) -> str:
        kept, position = [], start
        for low, high in self._brackets[bisect_left(self._opens, start) : bisect_left(self._opens, end)]:
            if high < end:
                kept.append(self.text[position:low])
                position = high + 1
        return "".join([*kept, self.text[position:end]])


class _Cuts:
    """Where clauses are cut, in order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def before(self, position: int) -> int:
        """Where the last cut that ends by `position` ends; 0 where there is none."""
        index = bisect_right(self._ends, position) - 1
        return self._ends[index] if index >= 0 else 0

    def after(self, position: int, default: int) -> int:
        """Where the first cut from `position` on starts."""
        index = bisect_left(self._starts, position)
        return self._starts[index] if index < len(self._starts) else default


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
