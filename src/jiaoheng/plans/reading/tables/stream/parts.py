"""The cells of one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import words
from jiaoheng.plans.reading.tables.cells import is_figure
from jiaoheng.plans.reading.tables.head_words import is_property, is_value_head, named
from jiaoheng.plans.reading.tables.table import Cell

_WORD = re.compile(r"\S+")
_GAP = re.compile(r"\S\s{2,}\S")
_TAIL = re.compile(r"(?:年|%|‰|以上|以下|左右|及以上|以内)")
_SIGN = re.compile(r"[≥≤><约近]|(?:不)?(?:低于|少于|超过|高于)")
_HAN = re.compile(r"[一-龥]")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def cut(source: Source, line: Span) -> list[tuple[Cell, tuple[float, ...]]]:
    """The cells of `line`: one, unless blanks part figures, years or heads.

    Each comes with the edges and the middle of its place in the line, counted in characters and as drawn,
    where wide gaps draw the columns of a table; with nothing elsewhere.
    """
    text = source.plain[line.start : line.end]
    groups = _grouped([(found.start(), found.end()) for found in _WORD.finditer(text)], text)
    cells = [words.cell(source, line.start + start, line.start + end) for start, end in groups]
    marks = sum(_tells(cell.text) for cell in cells)
    wide = _GAP.search(text) is not None
    if len(cells) < 2 or not (marks >= 2 or (wide and marks)):
        whole = words.cell(source, line.start, line.end)
        return [(whole, ())] if whole.text else []
    drawn = wide and len(cells) > 2
    return [
        (cell, _edges(text, start, end) if drawn else ())
        for cell, (start, end) in zip(cells, groups, strict=True)
        if cell.text
    ]


def _tells(text: str) -> bool:
    """Whether a part can only be a cell of its own: a figure, 预期性, a head."""
    return is_figure(text) or is_property(text) or named(text) is not None


def _grouped(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """`spans` with those joined that blanks should not have parted: 指 标, 98 %, ≥ 95, 2025 年."""
    groups: list[list[tuple[int, int]]] = []
    for start, end in spans:
        part = text[start:end]
        if groups and _belongs([text[left:right] for left, right in groups[-1]], part):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    return [(group[0][0], group[-1][1]) for group in groups]


def _belongs(group: Sequence[str], part: str) -> bool:
    last = group[-1]
    if _HAN.fullmatch(part) and all(_HAN.fullmatch(one) for one in group):
        return True
    if _YEAR.fullmatch(last):
        return part.startswith("年")
    if _SIGN.fullmatch(last):
        return part[0].isdigit()
    return last[-1].isdigit() and not is_value_head(last) and _TAIL.match(part) is not None


def _edges(text: str, start: int, end: int) -> tuple[float, ...]:
    left, right = _width(text[:start]), _width(text[:end])
    return (start, end, (start + end) / 2, left, right, (left + right) / 2)


def _width(text: str) -> int:
    """How wide `text` is drawn, in half-width columns."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)
