"""Finds the cells of an .xlsx sheet whose formula gave an error or was never worked out.

The workbook library reads both as blank, and a blank says "unknown": a stored value would be lost without a
word. What is found here takes the blank's place, and is refused when it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# #N/A is left out: people type it for "not available", which is what a blank says.
ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
NOT_WORKED_OUT = "#未计算的公式"
FAULTS = ERRORS | {NOT_WORKED_OUT}
"""What stands in a cell whose formula has no value."""

_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<", re.DOTALL
)
_UNCACHED_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*[^/>])><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_TEXT = re.compile(rb"\bt=[\"']str[\"']")
_ADDRESS = re.compile(rb"\br=[\"']([A-Z]+)([0-9]+)[\"']")


def faults_in(xml: bytes) -> dict[tuple[int, int], str]:
    """The faulty cells in a stretch of a sheet's XML that cuts no cell in two.

    Parameters
    ----------
    xml : from the opening tag of a row or a cell on.

    Returns
    -------
    dict
        (row, column) from 0, to the error's name or `NOT_WORKED_OUT`.
    """
    return dict(_faults(xml))


def _faults(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for found in _ERROR_CELL.finditer(xml):
        yield from _at(found[1], found[2].decode("utf-8", "replace"))
    for found in _UNCACHED_CELL.finditer(xml):
        if _TEXT.search(found[1]) and found[2]:
            continue  # worked out, and the result is an empty text
        yield from _at(found[1], NOT_WORKED_OUT)


def _at(attributes: bytes, said: str) -> Iterator[tuple[tuple[int, int], str]]:
    address = _ADDRESS.search(attributes)
    if address:
        column = 0
        for letter in address[1]:
            column = column * 26 + letter - 64
        yield (int(address[2]) - 1, column - 1), said
