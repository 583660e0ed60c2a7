"""Running text without the line ends of the page, each character with its place in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jiaoheng.plans.reading.source import Source, Span


@dataclass(frozen=True)
class Flow:
    """A paragraph (or a cell) in one line.

    Attributes
    ----------
    text : the plain words (see `Source.plain`), without white space between Chinese characters.
    offsets : for each character of `text`, where it stands in the source; as long as `text`.
    printed : the same characters as printed: traditional ones and full-width digits too; as long as `text`.
    """

    text: str
    offsets: tuple[int, ...]
    printed: str

    def span(self, start: int, end: int) -> Span:
        """Where characters ``start`` to ``end`` (exclusive, not empty) of `text` stand in the source."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def part(self, start: int, end: int) -> Flow:
        return Flow(self.text[start:end], self.offsets[start:end], self.printed[start:end])


def flow(source: Source, spans: Iterable[Span]) -> Flow:
    """The words of `spans`, one after the other: a paragraph cut by a page is given as its pieces."""
    kept = list(_kept(source.plain, spans))
    text = "".join(character for character, _ in kept)
    printed = "".join(" " if character == " " else source.text[offset] for character, offset in kept)
    return Flow(text, tuple(offset for _, offset in kept), printed)


def _kept(words: str, spans: Iterable[Span]) -> Iterator[tuple[str, int]]:
    """Characters and offsets; of white space only one blank, and only between two letters or digits."""
    last, blank = "", -1
    for span in spans:
        for offset in range(span.start, span.end):
            character = words[offset]
            if character.isspace():
                blank = offset if blank < 0 else blank
                continue
            if blank >= 0 and _latin(last) and _latin(character):
                yield " ", blank
            blank = -1
            last = character
            yield character, offset


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
