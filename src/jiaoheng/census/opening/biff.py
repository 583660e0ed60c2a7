"""Looks through the records of an .xls for what the workbook library does not tell: failed formulas, hidden
rows.

The container is a compound file ([MS-CFB]), the records are those of Excel 97 to 2003 ([MS-XLS]). What is not
as these say is passed over: whether a file can be read is for the library to say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from jiaoheng.census.opening.survey import Survey

_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks: the end of a chain, a free sector."""
_LEAST_STREAM = 4096

_BOF, _EOF, _FORMULA, _BOUNDSHEET, _COLINFO = 0x0809, 0x000A, 0x0006, 0x0085, 0x007D
_AUTOFILTER, _BOOLERR, _ROW = 0x009D, 0x0205, 0x0208
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
}
"""The codes of errors; that of #N/A is left out, as it says what a blank says."""


def survey_xls(content: bytes) -> list[Survey]:
    """What each worksheet hides, in the workbook's order; empty where the file is built otherwise."""
    try:
        stream = _workbook(content)
        return [_survey(stream, start) for start in _worksheets(stream)]
    except (struct.error, IndexError, ValueError):
        return []


def _survey(stream: bytes, start: int) -> Survey:
    found = Survey()
    for record, data in _records(stream, start):
        if record == _ROW:
            row, flags = struct.unpack_from("<H10xH", data)
            if flags & _ROW_HIDDEN:
                found.hidden_rows.add(row)
        elif record == _COLINFO:
            first, last, flags = struct.unpack_from("<HH4xH", data)
            if flags & _COLUMN_HIDDEN:
                found.hidden_columns.update(range(first, min(last, 255) + 1))
        elif record == _BOOLERR:
            row, column, code, is_error = struct.unpack_from("<HH2xBB", data)
            if is_error and code in _ERRORS:
                found.faults[row, column] = _ERRORS[code]
        elif record == _FORMULA:
            row, column, kind, code, mark = struct.unpack_from("<HH2xBxB3xH", data)
            if mark == 0xFFFF and kind == 2 and code in _ERRORS:
                found.faults[row, column] = _ERRORS[code]
        elif record == _AUTOFILTER:
            found.filtered = True
    return found


def _worksheets(stream: bytes) -> list[int]:
    """Where each worksheet's records begin."""
    return [
        struct.unpack_from("<L", data)[0]
        for record, data in _records(stream, 0)
        if record == _BOUNDSHEET and data[5] == 0
    ]


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records from a BOF to its EOF; those of charts in between are passed over."""
    depth = 0
    while place + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, place)
        depth += (record == _BOF) - (record == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield record, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _workbook(content: bytes) -> bytes:
    """The stream of the workbook."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)
    count, directory = struct.unpack_from("<LL", content, 44)
    tables = list(struct.unpack_from("<109L", content, 76))
    more, per_sector = struct.unpack_from("<L", content, 68)[0], size // 4
    while more < _FREE and len(tables) < count:
        sector = struct.unpack_from(f"<{per_sector}L", content, (more + 1) * size)
        tables += sector[:-1]
        more = sector[-1]
    chain: list[int] = []
    for table in tables[:count]:
        chain += struct.unpack_from(f"<{per_sector}L", content, (table + 1) * size)
    entries = _stream(content, chain, directory, size)
    for place in range(0, len(entries), 128):
        name = entries[place : place + 64].decode("utf-16-le", "replace").partition("\0")[0]
        start, length = struct.unpack_from("<LL", entries, place + 116)
        if name in ("Workbook", "Book") and length >= _LEAST_STREAM:
            return _stream(content, chain, start, size)[:length]
    raise ValueError("Workbook")


def _stream(content: bytes, chain: list[int], sector: int, size: int) -> bytes:
    pieces: list[bytes] = []
    while sector < _FREE and len(pieces) <= len(chain):
        pieces.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = chain[sector]
    return b"".join(pieces)
