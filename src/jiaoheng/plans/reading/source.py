"""The text of a document as read. Every span of a plan is a pair of offsets into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property

import opencc

# Full width to half width, one character to one; the ideographic space is a space.
_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_KEPT = dict.fromkeys(map(ord, "，：；？！（）"))
"""Chinese punctuation stays: the rules that follow read it."""


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of `Source.text`."""

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class MarkedCell:
    """A cell of a table that the format marks (docx, HTML, Markdown): its place from 0, what it spans."""

    row: int
    column: int
    span: Span
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class MarkedTable:
    """A table that the format itself marks."""

    span: Span
    cells: tuple[MarkedCell, ...]


@dataclass(frozen=True)
class MarkedHeading:
    """A heading that the format itself marks: its words, and its level from 1."""

    span: Span
    level: int


@dataclass(frozen=True)
class Source:
    """A document as read.

    Attributes
    ----------
    text : the words as printed, line ends as ``\\n``; for .txt and .md exactly the file's text.
    name : the file's name.
    sha256 : of the file's bytes.
    format : ``txt``, ``md``, ``html``, ``docx`` or ``pdf``.
    tables, headings : what the format marks; empty for plain text.
    pages : where each page starts, for a PDF.
    """

    text: str
    name: str = ""
    sha256: str = ""
    format: str = "txt"
    tables: tuple[MarkedTable, ...] = ()
    headings: tuple[MarkedHeading, ...] = ()
    pages: tuple[int, ...] = field(default=())

    @cached_property
    def plain(self) -> str:
        """The text for matching: simplified characters, half-width letters and digits; as long as `text`."""
        return plain(self.text)

    @cached_property
    def traditional(self) -> bool:
        """Whether the document is printed in traditional characters."""
        han = [character for character in self.text if "\u4e00" <= character <= "\u9fff"]
        changed = sum(_simplified(character) != character for character in han)
        return changed > 0.05 * max(len(han), 1)


def plain(text: str) -> str:
    """`text` in simplified characters and half-width letters and digits, of the same length."""
    table = {code: half for code, half in _HALF_WIDTH.items() if code not in _KEPT}
    return "".join(map(_simplified, text)).translate(table)


@cache
def _simplified(character: str) -> str:
    if character < "\u3400":
        return character
    changed: str = _converter().convert(character)
    return changed if len(changed) == 1 else character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
