"""The structure of a document: its headings with their levels, and the paragraphs under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaoheng.plans.reading.flow import Flow, flow
from jiaoheng.plans.reading.outline import annexes
from jiaoheng.plans.reading.outline.blocks import Block, blocks
from jiaoheng.plans.reading.outline.contents import contents
from jiaoheng.plans.reading.outline.headings import Words, heading
from jiaoheng.plans.reading.outline.levels import Nesting
from jiaoheng.plans.reading.outline.lines import Line, lines
from jiaoheng.plans.reading.outline.markers import marker
from jiaoheng.plans.reading.outline.titles import Title, document_title, front
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.source import Source, Span, plain
from jiaoheng.plans.reading.tables.table import Table

__all__ = ["Heading", "Outline", "Title", "bare_heading", "outline", "printed"]

_UNPRINTED = re.compile(r"\*\*|(?<![mM])[¹²³⁰⁴-⁹]+")


@dataclass(frozen=True)
class Heading:
    """A heading.

    Attributes
    ----------
    level : its depth in the document from 1.
    title : its words as printed, in one line.
    span : from the first to the last of these words.
    end : where what stands under it ends.
    path : the titles of the headings above it and its own in plain words, outermost first.
    """

    level: int
    title: str
    span: Span
    end: int
    path: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """The headings and the paragraphs of a document, in order, and its title where it prints one."""

    sections: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]
    title: Title | None

    def at(self, offset: int) -> tuple[str, ...]:
        """The path of the deepest heading that `offset` stands under; empty above the first."""
        under = [each for each in self.sections if each.span.start <= offset < each.end]
        return under[-1].path if under else ()


def outline(source: Source, tables: Sequence[Table] = ()) -> Outline:
    """The structure of `source`, whose tables were found before."""
    all_lines = list(lines(source, tables))
    taken, entries = contents(all_lines)
    found = blocks(_without(all_lines, taken), entries)
    title = document_title(source, found)
    return _Walk(source, tables, found, entries, title).run()


def printed(source: Source, pieces: Sequence[Span]) -> str:
    """The words at `pieces` as printed, in one line."""
    words = " ".join(source.text[piece.start : piece.end] for piece in pieces).replace("**", "")
    return re.sub(r"(?<=[^\x00-\x7f章节分篇编件栏条表录])\s+(?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", words))


def bare_heading(title: str) -> str:
    """A heading's words without its mark: 第一章 总则 is 总则."""
    mark = marker(title)
    return title[mark.length :].strip() if mark else title.strip()


def _without(all_lines: Sequence[Line], taken: frozenset[int]) -> list[Line]:
    return [
        replace(line, apart=True) if i - 1 in taken else line
        for i, line in enumerate(all_lines)
        if i not in taken
    ]


class _Walk:
    """Goes through the blocks once, from top to bottom."""

    def __init__(
        self,
        source: Source,
        tables: Sequence[Table],
        found: Sequence[Block],
        entries: Sequence[str],
        title: Title | None,
    ) -> None:
        self._source, self._tables, self._found, self._entries, self._title = (
            source,
            tables,
            found,
            entries,
            title,
        )
        self._nesting = Nesting()
        self._path: list[str] = []
        self._sections: list[Heading] = []
        self._paragraphs: list[Paragraph] = []
        self._listing = False

    def run(self) -> Outline:
        first = self._title.blocks.stop if self._title else 0
        self._front(range(first))
        i = first
        while i < len(self._found):
            i += self._step(i)
        self._close(1, len(self._source.text))
        return Outline(tuple(self._sections), front(self._paragraphs, self._title), self._title)

    def _front(self, blocks_: range) -> None:
        for i in blocks_:
            self._paragraphs.append(Paragraph(self._flow(self._found[i]), (), "front"))

    def _step(self, i: int) -> int:
        block = self._found[i]
        if block.marker is not None and block.marker.kind == "附件":
            return self._annex(i)
        words = (
            None
            if self._listing and self._is_listed(block)
            else heading(self._found, i, self._entries, begun=bool(self._sections))
        )
        if words is not None:
            self._listing = False
            self._head(block, words)
            if words.length < len(block.text.rstrip(" 。：:")):
                self._text(block)
            return 1
        if block.marker is not None:
            level = self._nesting.place(block.marker.kind, block.marker.ordinal, crisp=False, heading=False)
            self._close(level, block.start)
        self._listing = self._listing and self._is_listed(block)
        self._text(block)
        return 1

    def _annex(self, i: int) -> int:
        block = self._found[i]
        assert block.marker is not None
        if annexes.is_listing(self._found, i):
            self._listing = True
            self._paragraphs.append(Paragraph(self._flow(block), tuple(self._path), "front"))
            return 1
        pieces, used = annexes.title(self._source, self._found, i, self._tables)
        self._listing = False
        self._open(pieces, self._nesting.place("附件", block.marker.ordinal))
        return used

    def _is_listed(self, block: Block) -> bool:
        return block.marker is not None and block.marker.kind == "1." and "。" not in block.text

    def _head(self, block: Block, words: Words) -> None:
        level = self._nesting.place(words.kind, words.ordinal, crisp=words.crisp, marked=block.level)
        self._open(_first(block.pieces, block.text, words.length), level)

    def _open(self, pieces: Sequence[Span], level: int) -> None:
        span = Span(pieces[0].start, pieces[-1].end)
        self._close(level, span.start)
        title = printed(self._source, pieces)
        self._path.append(plain(title))
        self._sections.append(Heading(level, title, span, -1, tuple(self._path)))

    def _close(self, level: int, offset: int) -> None:
        """End the headings of `level` and deeper where the words before `offset` end."""
        del self._path[level - 1 :]
        end = len(self._source.text[:offset].rstrip())
        for i in range(len(self._sections) - 1, -1, -1):
            section = self._sections[i]
            if section.end < 0 and section.level >= level:
                self._sections[i] = replace(section, end=end)
            if section.level == 1:
                break

    def _text(self, block: Block) -> None:
        flow_, path = self._flow(block), tuple(self._path)
        if block.footnote:
            self._paragraphs.append(Paragraph(flow_, path, "footnote"))
        else:
            self._paragraphs.append(Paragraph(flow_, path, "front" if self._listing else "text"))

    def _flow(self, block: Block) -> Flow:
        return flow(
            self._source, [part for piece in block.pieces for part in _printed_parts(self._source, piece)]
        )


def _printed_parts(source: Source, piece: Span) -> list[Span]:
    """`piece` without Markdown's stars and the raised numbers of footnotes."""
    parts, start = [], piece.start
    for found in _UNPRINTED.finditer(source.text, piece.start, piece.end):
        parts.append(Span(start, found.start()))
        start = found.end()
    return [*parts, Span(start, piece.end)]


def _first(pieces: Sequence[Span], text: str, length: int) -> list[Span]:
    """The places of the first `length` characters of a block's text."""
    taken: list[Span] = []
    done = 0
    for piece in pieces:
        size = piece.end - piece.start
        done += 1 if taken and text[done : done + 1] == " " and size else 0
        if done + size >= length:
            return [*taken, Span(piece.start, piece.start + length - done)]
        taken.append(piece)
        done += size
    return taken
