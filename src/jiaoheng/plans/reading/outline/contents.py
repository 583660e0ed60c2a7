"""Finds the table of contents: its lines look like headings, and are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiaoheng.plans.reading.outline.lines import Line

_TITLE = re.compile(r"目\s*[录次]$")
_LEADER = re.compile(r"(?:[.…·•。]\s*){3,}\s*\d{0,4}$|\t\s*\d{1,3}$")
_PAGE = re.compile(r"[\s.…·•]*\d{0,4}$")
_SPACE = re.compile(r"\s+")
_LONGEST = 60


def contents(lines: Sequence[Line]) -> tuple[frozenset[int], tuple[str, ...]]:
    """Which of `lines` (by index) are the table of contents, and its entries without white space and page."""
    taken: set[int] = set()
    entries: list[str] = []
    for i, line in enumerate(lines):
        if _TITLE.match(line.text) and not entries:
            listed = _listed(lines, i + 1)
            taken.update(range(i, i + 1 + len(listed)))
            entries += listed
        elif i not in taken and _LEADER.search(line.text):
            taken.add(i)
            entries.append(entry(line.text))
    return frozenset(taken), tuple(each for each in entries if each)


def entry(text: str) -> str:
    """A line of the contents, or a heading, for comparison: without white space, dots and page number."""
    return _SPACE.sub("", _PAGE.sub("", text) or text)


def _listed(lines: Sequence[Line], start: int) -> list[str]:
    """The entries from `start` on: until a sentence begins, or the first entry comes again as a heading."""
    found: list[str] = []
    for line in lines[start:]:
        words = entry(line.text)
        sentence = "。" in line.text and not _LEADER.search(line.text)
        if sentence or len(words) > _LONGEST or words in found:
            break
        found.append(words)
    return found
