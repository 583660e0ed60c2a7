"""Which paragraphs are headings, or open with one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.outline.blocks import Block, is_title, names_document
from jiaoheng.plans.reading.outline.markers import Kind

_SENTENCE = re.compile(r"[^。！？\n]+")
_FIGURE = re.compile(r"\d\s*[%％‰]|\d{4}\s*年")
_RUN_IN_LONGEST = 40
_CRISP_LONGEST = 20
_ITEMS: tuple[Kind, ...] = ("1.", "（1）", "①")
_PARTS: tuple[Kind, ...] = ("篇", "章", "节", "任务")
_UNNUMBERED = re.compile(r"(?:前\s*言|引\s*言|序\s*言|导\s*言|结\s*语|结束语|附\s*则|编制说明)$")


@dataclass(frozen=True)
class Words:
    """The words of a heading within its block: characters ``0`` to ``length``; `kind` and number place it."""

    length: int
    kind: Kind
    ordinal: int | None
    crisp: bool


def heading(found: Sequence[Block], i: int, entries: Sequence[str], *, begun: bool) -> Words | None:
    """The heading that block `i` is or opens with; None where it is plain text.

    Parameters
    ----------
    entries : of the table of contents.
    begun : a heading stands before.
    """
    block = found[i]
    if block.footnote:
        return None
    if block.marker is None:
        return _unmarked(found, i, entries, begun)
    kind, ordinal = block.marker.kind, block.marker.ordinal
    length = _length(found, i)
    if length is None:
        return None
    title = block.text[block.marker.length : length]
    crisp = len(title) <= _CRISP_LONGEST and not re.search(r"[，,]", title)
    return Words(length, kind, ordinal, crisp)


def _unmarked(found: Sequence[Block], i: int, entries: Sequence[str], begun: bool) -> Words | None:
    block = found[i]
    whole = len(block.text)
    if block.level and whole <= 80:
        return Words(whole, "标题", None, crisp=True)
    if not is_title(block.text):
        return None
    listed = re.sub(r"\s+", "", block.text) in entries
    if (listed and len(block.text) > 1) or _UNNUMBERED.match(block.text):
        return Words(whole, "章", None, crisp=True)
    following = found[i + 1].marker if i + 1 < len(found) else None
    opens = following is not None and following.ordinal == 1
    if begun and opens and names_document(block.text):
        return Words(whole, "附件", 0, crisp=True)
    return None


def _length(found: Sequence[Block], i: int) -> int | None:
    block = found[i]
    assert block.marker is not None
    kind, text = block.marker.kind, block.text
    rest = text[block.marker.length :].strip()
    if block.level:
        return len(text)
    if kind in _PARTS or kind == "专栏":
        return len(text) if is_title(rest) and rest else None
    if kind == "条":
        return len(text) if rest and is_title(rest, longest=20) else block.marker.length
    if not rest or re.match(r"[，。；、)）]", rest) or _ends_a_series(found, i):
        return None
    if is_title(rest):
        listed = _in_plain_list(found, i) if kind in _ITEMS else _is_all_there_is(found, i)
        return None if listed else len(text)
    return _run_in(found, i, rest)


def _run_in(found: Sequence[Block], i: int, rest: str) -> int | None:
    """``1.加强…。一是…``: the first sentence is the heading, if it is short and more follows."""
    block = found[i]
    assert block.marker is not None
    sentence = _SENTENCE.match(block.text)
    assert sentence is not None
    words = sentence.group()
    colon = re.search(r"[：:]", words)
    if colon:
        if block.marker.kind in _ITEMS or colon.start() > _CRISP_LONGEST:
            return None
        return colon.start()
    if len(words) > _RUN_IN_LONGEST or re.search(r"[；;]", words) or _FIGURE.search(words):
        return None
    if len(words) + 1 < len(block.text.rstrip()):
        return len(words)
    if block.marker.kind in _ITEMS and not _body_follows(found, i):
        return None
    return len(words)


def _body_follows(found: Sequence[Block], i: int) -> bool:
    """Whether text of its own stands under a block that is one sentence: plain text, or a deeper list."""
    if i + 1 >= len(found):
        return False
    mark, following = found[i].marker, found[i + 1]
    if following.marker is None:
        return not following.level and "。" in following.text
    return (
        mark is not None
        and following.marker.kind in _ITEMS
        and following.marker.kind != mark.kind
        and following.marker.ordinal == 1
    )


def _in_plain_list(found: Sequence[Block], i: int) -> bool:
    """Whether short items follow one another with nothing under them."""
    return _neighbour(found, i, 1) or (_neighbour(found, i, -1) and not _body_follows(found, i))


def _ends_a_series(found: Sequence[Block], i: int) -> bool:
    """Whether the item before, of the same list, ends in a semicolon: then this one goes on with it."""
    mark, before = found[i].marker, found[i - 1] if i else None
    return (
        mark is not None
        and mark.ordinal is not None
        and before is not None
        and before.marker is not None
        and (before.marker.kind, before.marker.ordinal) == (mark.kind, mark.ordinal - 1)
        and before.text.rstrip().endswith(("；", ";"))
    )


def _is_all_there_is(found: Sequence[Block], i: int) -> bool:
    """Whether a list of at least two short items ends the document, and nothing stands under any of them."""
    last = i
    while _neighbour(found, last, 1):
        last += 1
    first = i
    while _neighbour(found, first, -1):
        first -= 1
    mark = found[first].marker
    return last > first and last + 1 == len(found) and mark is not None and mark.ordinal == 1


def _neighbour(found: Sequence[Block], i: int, step: int) -> bool:
    here = found[i].marker
    if not 0 <= i + step < len(found) or here is None or here.ordinal is None:
        return False
    other = found[i + step]
    return (
        other.marker is not None
        and other.marker.kind == here.kind
        and other.marker.ordinal == here.ordinal + step
        and is_title(other.text)
    )
