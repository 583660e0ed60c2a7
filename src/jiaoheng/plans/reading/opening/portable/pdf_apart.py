"""Takes the letters and the ruled lines out of a PDF; run by `jiaoheng.census.opening.apart` in a process of
its own, so it imports nothing of Jiaoheng.

Positions are in points from the upper left corner of the page as shown, so a page that is turned is turned
here. Letters that stand aslant (a watermark) and signs that the library makes up are left out.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MOST_PAGES = 1000
_MOST_LETTERS = 5_000_000
_MOST_PATHS = 20_000
"""Of one page: a drawing of more lines is no table."""
_MOST_POINTS = 400
_THIN = 4.0
"""A filled box that is no thicker, in points, is a ruled line."""
_STRAIGHT = 1.0


def read(content: bytes) -> dict[str, Any]:
    """What stands on each page, or what is wrong.

    Returns
    -------
    ``{"fault": "password" | "damaged" | "letters"}``, or ``{"fault": "pages", "count": n}``, or ``{"pages":
    [...], "bookmarks": [(level from 1, title, page from 0), ...]}``. A page is ``width``, ``height``,
    ``letters`` (a text), ``boxes`` (left, top, right, bottom of each letter, one after the other), ``rules``
    (the ends of ruled lines, x0, y0, x1, y1) and ``pictured`` (the share of the page that its largest picture
    covers).
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        code = raw.FPDF_GetLastError()
        return {"fault": "password" if code == raw.FPDF_ERR_PASSWORD else "damaged"}
    if len(document) > MOST_PAGES:
        return {"fault": "pages", "count": len(document)}
    pages: list[dict[str, Any]] = []
    letters = 0
    for number in range(len(document)):
        pages.append(_page(document, number))
        letters += len(pages[-1]["letters"])
        if letters > _MOST_LETTERS:
            return {"fault": "letters"}
    return {"pages": pages, "bookmarks": list(_bookmarks(document))}


def _page(document: pdfium.PdfDocument, number: int) -> dict[str, Any]:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return {
            "width": 0.0, "height": 0.0, "letters": "", "boxes": array("f"), "rules": [], "pictured": 1.0
        }  # fmt: skip
    turn = _Turn(page)
    letters, boxes = _letters(page, turn)
    rules, pictured = _drawn(page, turn)
    found = {
        "width": turn.width, "height": turn.height, "letters": letters, "boxes": boxes, "rules": rules,
        "pictured": pictured,
    }  # fmt: skip
    page.close()
    return found


class _Turn:
    """From the co-ordinates of a PDF to those of the page as shown, with the origin at the upper left."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.quarters = page.get_rotation() // 90
        left, bottom, right, top = page.get_bbox()
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        across, down = right - left, top - bottom
        self.width, self.height = (down, across) if self.quarters % 2 else (across, down)

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.quarters:
            case 1:
                return y - self._bottom, x - self._left
            case 2:
                return self._right - x, y - self._bottom
            case 3:
                return self._top - y, self._right - x
        return x - self._left, self._top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def is_upright(self, angle: float) -> bool:
        """Whether a letter at that angle (in radians) stands upright on the page as shown."""
        slant = (angle - self.quarters * math.pi / 2) % (2 * math.pi)
        return bool(min(slant, 2 * math.pi - slant) < 0.1)


def _letters(page: pdfium.PdfPage, turn: _Turn) -> tuple[str, array[float]]:
    text = page.get_textpage()
    letters: list[str] = []
    boxes = array("f")
    box = raw.FS_RECTF()
    high = 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code == 2:
            code = ord("-")  # a hyphen at the end of a line, as the library marks it
        elif code <= 0x20 or code in (0xA0, 0x3000, 0xFEFF, 0xFFFE) or 0xD800 <= code < 0xE000:
            continue
        if raw.FPDFText_IsGenerated(text, index) == 1 and code != ord("-"):
            continue
        if not turn.is_upright(raw.FPDFText_GetCharAngle(text, index)):
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        letters.append(chr(code))
        boxes.extend(turn.box(box.left, box.bottom, box.right, box.top))
        if len(letters) > _MOST_LETTERS:
            break
    return "".join(letters), boxes


def _drawn(page: pdfium.PdfPage, turn: _Turn) -> tuple[list[tuple[float, float, float, float]], float]:
    """The ruled lines of a page, and the share of it that its largest picture covers."""
    rules: list[tuple[float, float, float, float]] = []
    pictured, paths = 0.0, 0
    area = max(turn.width * turn.height, 1.0)
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for thing in page.get_objects(filter=kinds, max_depth=3):
        try:
            left, top, right, bottom = turn.box(*thing.get_bounds())
        except pdfium.PdfiumError:
            continue
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictured = max(pictured, (right - left) * (bottom - top) / area)
        elif paths < _MOST_PATHS:
            paths += 1
            if right - left <= _THIN or bottom - top <= _THIN:
                rules.append((left, top, right, bottom))
            else:
                rules.extend(turn.box(*line) for line in _lines(thing))
    return ([] if paths >= _MOST_PATHS else rules), pictured


def _lines(path: pdfium.PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """The upright and level lines of a path that is drawn (not only filled)."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    count = raw.FPDFPath_CountSegments(path)
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not stroke.value or count > _MOST_POINTS:
        return
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO and _is_straight(last, point):
            yield (*last, *point)
        if raw.FPDFPathSegment_GetClose(segment) and _is_straight(point, first):
            yield (*point, *first)
        last = point


def _is_straight(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) <= _STRAIGHT or abs(one[1] - other[1]) <= _STRAIGHT


def _bookmarks(document: pdfium.PdfDocument) -> Iterator[tuple[int, str, int]]:
    for mark in document.get_toc(max_depth=9):
        target = mark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            yield mark.level + 1, mark.get_title(), page
