"""Finds the cells of an .xlsx sheet whose formula gave an error or was never worked out.

The workbook library reads both as blank, and a blank says "unknown": a stored value would be lost without a
word. What is found here takes the blank's place, and is refused when it is parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

# #N/A is left out: people type it for "not available", which is what a blank says.
ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
NOT_WORKED_OUT = "#未计算的公式"
FAULTS = ERRORS | {NOT_WORKED_OUT}
"""What stands in a cell whose formula has no value."""

_INDEX_LIMIT = 4 * 1024 * 1024
_SHEET_LIMIT = 512 * 1024 * 1024
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<", re.DOTALL
)
_UNCACHED_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*[^/>])><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_ADDRESS = re.compile(rb"\br=[\"']([A-Z]+)([0-9]+)[\"']")


def formula_faults(content: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """The faulty cells of a sheet, (row, column) from 0, with the error's name or `NOT_WORKED_OUT`.

    Empty for a file that is no .xlsx, or whose parts cannot be told apart: the workbook library has the last
    word on whether it can be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = _part(archive, sheet)
            if part is None or archive.getinfo(part).file_size > _SHEET_LIMIT:
                return {}
            return dict(_faults(archive.read(part)))
    except (zipfile.BadZipFile, KeyError, OSError, ElementTree.ParseError, RuntimeError, NotImplementedError):
        return {}


def _faults(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b't="e"' in xml or b"t='e'" in xml:
        for found in _ERROR_CELL.finditer(xml):
            yield from _at(found[1], found[2].decode("utf-8", "replace"))
    if b"<f" in xml or b":f" in xml:
        for found in _UNCACHED_CELL.finditer(xml):
            yield from _at(found[1], NOT_WORKED_OUT)


def _at(attributes: bytes, said: str) -> Iterator[tuple[tuple[int, int], str]]:
    address = _ADDRESS.search(attributes)
    if address:
        column = 0
        for letter in address[1]:
            column = column * 26 + letter - 64
        yield (int(address[2]) - 1, column - 1), said


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The archive's file that holds the sheet of that name."""
    links = {
        each.get("Id"): each.get("Target", "") for each in _xml(archive, "xl/_rels/workbook.xml.rels").iter()
    }
    for each in _xml(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        if each.get("name") == sheet:
            target = links.get(each.get(_LINK), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}" if target else None
    return None


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _INDEX_LIMIT:
        raise KeyError(name)
    return ElementTree.fromstring(archive.read(name))
