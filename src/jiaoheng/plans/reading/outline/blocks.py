"""Lines put together to paragraphs: what a page, a footnote or the width of a line cut is made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from jiaoheng.plans.reading.outline.lines import Line
from jiaoheng.plans.reading.outline.markers import Marker, marker
from jiaoheng.plans.reading.source import Span

_ENDS = re.compile(r"[。！？!?：:\]】]$|[。！？][”’）)」』]+$")
_OPEN_END = re.compile(r"[的和与及、，,]$")
_BEGINS = re.compile(
    r"[—–-]{1,2}\s*\S|[•●◆■□★▪◇○※]|[注表图]\s*\d*\s*[：:]|(?:表|图)\s*\d|[（(]?此件|"
    r"(?:[一二三四五六七八九十]是|(?:首先|其次|再次|最后)[，,])"
)
_FOOTNOTE = re.compile(
    r"[¹²³⁰-⁹]+\s*\S|\[\d{1,2}\]\s*\S|\d{1,2}\s*[“\"「《][^”\"」》]{1,30}[”\"」》]\s*[：:]"
)
_DOCUMENT = re.compile(
    r"(?:规划|计划|方案|办法|意见|细则|纲要|措施|清单|规定|要点|规程|指引|制度)(?:\s*[（(][^）)]{1,20}[）)]){0,3}$"
)
_TITLE_LONGEST = 50
_NARROW = 24
_PAIRS = (("“", "”"), ("（", "）"), ("(", ")"), ("《", "》"), ("「", "」"))


@dataclass(frozen=True)
class Block:
    """A paragraph or a heading, as the pieces that the page left of it.

    Attributes
    ----------
    text : its plain words, the pieces put together, white space kept as printed within a line.
    pieces : where they stand.
    marker : the mark it opens with.
    level : of a heading that the format marks, else 0.
    footnote : it defines a term at the foot of a page.
    apart : a blank line, a table or a new page lies before it.
    """

    text: str
    pieces: tuple[Span, ...]
    marker: Marker | None = None
    level: int = 0
    footnote: bool = False
    apart: bool = True

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end


def blocks(lines: Sequence[Line], entries: Sequence[str]) -> list[Block]:
    """`lines` as whole paragraphs and headings; `entries` are those of the table of contents."""
    page = _page(lines)
    done: list[Block] = []
    current: Block | None = None
    last: Line | None = None
    for line in lines:
        if last is not None and current is not None and _goes_on(current, last, line, page, entries, done):
            current = replace(
                current,
                text=current.text + _gap(current.text, line.text) + line.text,
                pieces=(*current.pieces, line.span),
            )
        else:
            if current is not None:
                done.append(current)
            footnote = bool(_FOOTNOTE.match(line.text))
            mark = None if footnote else marker(line.text)
            current = Block(line.text, (line.span,), mark, line.level, footnote, line.apart)
        last = line
    if current is not None:
        done.append(current)
    return list(_around_footnotes(done))


def is_title(text: str, *, longest: int = _TITLE_LONGEST) -> bool:
    """Whether `text` can be a heading that stands alone: short, and no sentence."""
    return len(text) <= longest and not re.search(r"[。；;！？]|[，：:,、]$", text)


def names_document(text: str) -> bool:
    """Whether `text` is the name of a document of its own (…实施方案, …管理办法（试行）)."""
    return len(text) >= 6 and is_title(text, longest=60) and bool(_DOCUMENT.search(text.strip()))


def _goes_on(
    current: Block, last: Line, line: Line, page: _Page, entries: Sequence[str], done: Sequence[Block]
) -> bool:
    if current.footnote:
        return not (line.apart or _ENDS.search(last.text) or _FOOTNOTE.match(line.text))
    if not line.level and page.turns(last, line):
        return True
    if line.level or _FOOTNOTE.match(line.text) or marker(line.text) or _BEGINS.match(line.text):
        return False
    if current.level and not _unbalanced(current.text):
        return False
    if current.marker and is_title(current.text) and not _is_cut_item(current, done):
        return _title_goes_on(current, last, line, page, entries)
    if page.begins(line):
        return False
    if last.text[-1] in "：:" and _open_bracket(current.text):
        return True
    if _ENDS.search(last.text):
        return False
    return (not line.apart and page.full(last)) or _cut(current, line)


def _open_bracket(text: str) -> bool:
    """Whether a bracket that was opened not long ago still waits for its end."""
    end = text[-100:]
    return any(end.rfind(left) > end.rfind(right) for left, right in ("[]", "（）", "()", "【】"))


def _cut(current: Block, line: Line) -> bool:
    """A sentence that a new page cut: the words before are no title, and have not come to an end."""
    if names_document(current.text):
        return False
    if re.search("[，。]", current.text):
        return True
    return len(current.text) > _NARROW and bool(re.search("[，。]", line.text))


def _is_cut_item(current: Block, done: Sequence[Block]) -> bool:
    """Whether an item that looks like a title is a sentence cut short: the items before it were sentences."""
    mark = current.marker
    if mark is None or mark.kind not in ("1.", "（1）", "①") or len(current.text) <= _NARROW:
        return False
    before = next((each for each in reversed(done) if each.marker and each.marker.kind == mark.kind), None)
    return before is not None and not is_title(before.text)


def _title_goes_on(current: Block, last: Line, line: Line, page: _Page, entries: Sequence[str]) -> bool:
    printed = re.sub(r"\s+", "", current.text)
    longer = re.sub(r"\s+", "", current.text + line.text)
    listed = [each for each in entries if each.startswith(printed) and each != printed]
    if any(each.startswith(longer) for each in listed):
        return True
    if not line.apart and page.full(last):
        return True
    return bool(_OPEN_END.search(current.text) or _unbalanced(current.text))


def _unbalanced(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in _PAIRS)


@dataclass(frozen=True)
class _Page:
    """How the text was set: how long a full line is (None where paragraphs are not broken into lines)."""

    width: float | None
    indented: bool

    def full(self, line: Line) -> bool:
        return self.width is not None and len(line.text) >= self.width

    def turns(self, last: Line, line: Line) -> bool:
        """Whether `line` goes on with the paragraph that fills `last`, whatever `last` ends with."""
        return self.indented and not line.indented and not line.apart and self.full(last)

    def begins(self, line: Line) -> bool:
        """Whether `line` is set as the first of a paragraph."""
        return self.indented and line.indented


def _page(lines: Sequence[Line]) -> _Page:
    """Text is broken into lines where many lines are equally long."""
    lengths = [len(line.text) for line in lines if len(line.text) < 100]
    if len(lengths) < 10:
        return _Page(None, False)
    longest = quantiles(lengths, n=10)[-1]
    full = [line for line in lines if 0.85 * longest <= len(line.text) <= 1.15 * longest]
    close = [line for line in lines if not line.apart]
    if len(full) < 0.35 * len(lines) or len(close) < 0.35 * len(lines) or longest < _NARROW:
        return _Page(None, False)
    return _Page(0.85 * longest, sum(line.indented for line in lines) > 0.1 * len(lines))


def _gap(before: str, after: str) -> str:
    latin = before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum()
    return " " if latin else ""


def _around_footnotes(found: list[Block]) -> Iterator[Block]:
    """Join what a footnote at the foot of the page cut in two."""
    waiting: list[Block] = []
    held: Block | None = None
    for block in found:
        if block.footnote:
            waiting.append(block)
            continue
        goes_on = (
            held is not None
            and waiting
            and not (block.marker or block.level or _BEGINS.match(block.text) or _ENDS.search(held.text))
            and not (held.marker and is_title(held.text))
        )
        if held is not None and goes_on:
            text = held.text + _gap(held.text, block.text) + block.text
            held = replace(held, text=text, pieces=(*held.pieces, *block.pieces))
            continue
        if held is not None:
            yield held
        yield from waiting
        waiting = []
        held = block
    if held is not None:
        yield held
    yield from waiting
