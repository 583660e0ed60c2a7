"""Reads what stands beside or below a label: ``学校（机构）名称：东城小学``, or a cell and its neighbour."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiaoheng.census import values
from jiaoheng.census.readers.forms.cross_table import flat
from jiaoheng.census.readers.heading import cell_text, tidy
from jiaoheng.census.workbook import Row

_INLINE = re.compile(r"(?P<label>[^\s:;,。]{2,24})\s*:")
_BELOW = ("名称", "代码", "内容", "填报内容")
"""What opens the rows that hold the values of a row of labels."""

_HEADS = ("指标名称", "指标", "项目")
_CODES = ("代码", "行次")
"""What a row of heads calls its labels, and the column that numbers them: no value of theirs."""

_NEAR = 3
"""How many rows below a row of labels its values may stand."""


@dataclass(frozen=True)
class Field:
    """A label and what stands by it. ``values``: the candidates, the likeliest first, each with its place
    in the sheet (row and column from 0)."""

    label: str
    values: tuple[tuple[str, int, int], ...]


def fields_of(rows: Sequence[Row], first: int, last: int) -> tuple[Field, ...]:
    """Every label with a value in the rows from `first` up to `last`, in reading order."""
    found: list[Field] = []
    numbers: frozenset[int] = frozenset()
    for position in range(first, min(last, len(rows))):
        numbers = _numbering(rows[position]) or numbers
        for column, cell in enumerate(rows[position]):
            if not isinstance(cell, str) or not cell.strip():
                continue
            text = unicodedata.normalize("NFKC", cell)
            if ":" in text:
                found += _inline(rows, position, column, text, numbers)
            else:
                candidates = (
                    *_below(rows, position, column, last),
                    *_beside(rows, position, column, numbers),
                )
                if candidates:
                    found.append(Field(tidy(cell), candidates))
    return tuple(found)


def field_named(fields: Sequence[Field], labels: Sequence[str]) -> Field | None:
    """The first field under the first of these labels that has one; ``|`` parts spellings of a label."""
    for label in labels:
        words = {tidy(word) for word in label.split("|")}
        for field in fields:
            if field.label in words and field.values:
                return field
    return None


def _numbering(row: Row) -> frozenset[int]:
    """The columns that hold the numbers of the labels, where this is a row of heads that says so."""
    heads = [flat(cell_text(cell) or "") for cell in row]
    if not any(head in _HEADS for head in heads):
        return frozenset()
    return frozenset(column for column, head in enumerate(heads) if head in _CODES)


def _inline(
    rows: Sequence[Row], position: int, column: int, text: str, numbers: frozenset[int]
) -> Iterator[Field]:
    marks = list(_INLINE.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    for mark, end in zip(marks, ends, strict=True):
        value = text[mark.end() : end].strip()
        if value:
            yield Field(tidy(mark["label"]), ((value, position, column),))
        elif end == len(text):
            yield Field(tidy(mark["label"]), tuple(_beside(rows, position, column, numbers)))


def _beside(
    rows: Sequence[Row], position: int, column: int, numbers: frozenset[int]
) -> Iterator[tuple[str, int, int]]:
    """The next cell to the right that is neither blank nor the label's number, unless it is a label of
    its own (单位：人)."""
    row = rows[position]
    for place in range(column + 1, len(row)):
        text = "" if place in numbers else _said(row[place])
        if text:
            if ":" not in text:
                yield text, position, place
            return


def _below(rows: Sequence[Row], position: int, column: int, last: int) -> Iterator[tuple[str, int, int]]:
    """The cells below in rows that are called 名称 or 代码."""
    for below in range(position + 1, min(position + 1 + _NEAR, last, len(rows))):
        row = rows[below]
        opening = next((flat(text) for cell in row if (text := cell_text(cell))), "")
        if opening not in _BELOW:
            return
        if column < len(row) and (text := _said(row[column])) and flat(text) not in _BELOW:
            yield text, below, column


def _said(cell: object) -> str:
    text = values.clean(cell)
    return "" if text in values.BLANKS else text


__all__ = ["Field", "field_named", "fields_of"]
