"""The title of a document, and what stands around the plan: the title page, the letter, the web page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaoheng.plans.reading.outline.blocks import Block, is_title, names_document
from jiaoheng.plans.reading.outline.markers import marker
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.source import Source, Span

_HANDED_OUT = re.compile(
    r"(?:印发|发布|转发|下发)\s*[《<〈](?P<name>[^《》]{4,60}?)[》>〉](?:[（(][^）)]*[）)])?"
    r"(?:[、和及]\s*《[^《》]{4,60}》)*\s*的?\s*(?:通\s*知|公\s*告|函)"
)
_HANDED_OUT_BELOW = re.compile(
    r"[《<](?P<name>[^《》]{4,60})[》>][^《》。]{0,40}?现(?:予以?)?(?:印发|公布|发布|下发|转发)"
)
_HANDED_OUT_BARE = re.compile(r"(?:印发|发布|转发)(?P<name>[^《》。]{6,60}?)的(?:通\s*知|公\s*告)$")
_FURNITURE = re.compile(
    r"您?(?:现在|当前)的?(?:所在)?位置|首页\s*[>›»]|发布(?:日期|时间|机构)|索\s*引\s*号|来\s*源\s*[:：]|字体|浏览次数|分享到|打印|"
    r"公开方式|(?:图解|解读(?:文本|文件)?|政策图解)\s*[:：]|相关(?:政策|解读|稿件|附件|链接|文件)|政策解读|扫一扫|责任编辑|版权所有|主办|网站地图|关闭窗口|上一篇|下一篇|"
    r"附件下载|抄送|[（(]?此件(?:主动)?公开"
)
_RUNNING = re.compile(r"[。；;]|^[-*+•●◆■□★▪◇○※]\s*\S")
_SEARCHED = 60
_JOINED = 4


@dataclass(frozen=True)
class Title:
    """The title as printed in one line, where it stands, and the blocks up to its last one."""

    text: str
    span: Span
    blocks: range


def document_title(source: Source, found: Sequence[Block]) -> Title | None:
    """The title of the plan: of what a letter hands out, or else the first line that names a document."""
    head = _head(found)
    named = _handed_out(head)
    candidates = _candidates(head)
    if named is not None:
        index, name, letter = named
        wanted = _letters(name)
        for first, last, text in candidates:
            if first > index and _letters(text) == wanted:
                return _title(source, found, first, last)
        start = letter.start + letter.text.find(name)
        return Title(name, Span(start, start + len(name)), range(index + 1))
    for first, last, text in candidates:
        if names_document(text) and not _FURNITURE.search(text):
            return _title(source, found, first, last)
    return None


def front(paragraphs: Sequence[Paragraph], title: Title | None) -> tuple[Paragraph, ...]:
    """`paragraphs` with the rest of the title page, and what a web page says around it, marked as such."""
    marked = [
        replace(each, kind="front") if each.kind == "text" and _is_furniture(each.flow.text) else each
        for each in paragraphs
    ]
    if title is None:
        return tuple(marked)
    for i, each in enumerate(marked):
        if each.section or (each.kind == "text" and _is_body(each.flow.text)):
            break
        marked[i] = replace(each, kind="front")
    return tuple(marked)


def _is_body(text: str) -> bool:
    """Whether a paragraph can stand on no title page: a sentence, or an item of a list."""
    mark = marker(text)
    return bool(_RUNNING.search(text)) or (mark is not None and mark.kind != "附件")


def _is_furniture(text: str) -> bool:
    return len(text) < 80 and "。" not in text and bool(_FURNITURE.match(text))


def _head(found: Sequence[Block]) -> Sequence[Block]:
    """The blocks before the first numbered part, where a title can stand."""
    for i, block in enumerate(found[:_SEARCHED]):
        mark = block.marker
        if mark is not None and mark.kind != "条" and not (mark.kind == "附件" and mark.ordinal is None):
            return found[:i]
    return found[:_SEARCHED]


def _handed_out(head: Sequence[Block]) -> tuple[int, str, Block] | None:
    for i, block in enumerate(head):
        for pattern in (_HANDED_OUT, _HANDED_OUT_BELOW, _HANDED_OUT_BARE):
            letter = pattern.search(block.text)
            if letter and not _is_cited(block.text, letter.start()):
                return i, letter["name"], block
    return None


def _letters(words: str) -> str:
    """Words without blanks and punctuation, which a letter and a title page may print differently."""
    return re.sub(r"\W+", "", words)


def _is_cited(text: str, offset: int) -> bool:
    """Whether `offset` lies in the name of another document: 根据《…关于印发〈…〉的通知》."""
    return text.count("《", 0, offset) > text.count("》", 0, offset)


def _candidates(head: Sequence[Block]) -> list[tuple[int, int, str]]:
    """Runs of short lines: first and last block, and the words put together."""
    short = [not block.footnote and is_title(block.text, longest=60) for block in head]
    runs = []
    for first in range(len(head)):
        for last in range(first, min(first + _JOINED, len(head))):
            if not short[last]:
                break
            runs.append((first, last, "".join(map(_bare, head[first : last + 1]))))
    return sorted(runs, key=lambda run: (run[0], -run[1] if names_document(run[2]) else 0))


def _bare(block: Block) -> str:
    """The words of a block without 附件."""
    return block.text[_mark(block) :]


def _mark(block: Block) -> int:
    return block.marker.length if block.marker is not None and block.marker.kind == "附件" else 0


def _title(source: Source, found: Sequence[Block], first: int, last: int) -> Title:
    span = Span(found[first].start + _mark(found[first]), found[last].end)
    words = re.sub(r"\s*\n\s*", "", source.text[span.start : span.end])
    return Title(re.sub(r"\s+", " ", words), span, range(last + 1))
