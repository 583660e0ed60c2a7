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
_OUTLINES = 200
_MOST_POINTS = 400
_THIN = 4.0
"""A filled box that is no thicker, in points, is a ruled line."""
_STRAIGHT = 1.0
_NO_LETTERS = frozenset((0xA0, 0x3000, 0xFEFF, 0xFFFE))
_DRAWN = frozenset((raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE))


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
    rules, pictured = _drawn(page, turn, lettered=bool(letters))
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
        self.upright = -self.quarters * math.pi / 2 % (2 * math.pi)
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
        """Whether a letter at that angle (in radians, clockwise) stands upright on the page as shown."""
        slant = (angle - self.upright) % (2 * math.pi)
        return bool(min(slant, 2 * math.pi - slant) < 0.1)


def _letters(page: pdfium.PdfPage, turn: _Turn) -> tuple[str, array[float]]:
    held = page.get_textpage()
    text = held.raw
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
        elif code <= 0x20 or code in _NO_LETTERS or 0xD800 <= code < 0xE000:
            continue
        angle = raw.FPDFText_GetCharAngle(text, index)
        if angle != turn.upright and not turn.is_upright(angle):
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        letters.append(chr(code))
        boxes.extend(turn.box(box.left, box.bottom, box.right, box.top))
    held.close()
    return "".join(letters), boxes


def _drawn(
    page: pdfium.PdfPage, turn: _Turn, *, lettered: bool
) -> tuple[list[tuple[float, float, float, float]], float]:
    """The ruled lines of a page, and the share of it that its largest picture covers.

    A page without letters that is full of curves has its letters drawn: it is a picture.
    """
    rules: list[tuple[float, float, float, float]] = []
    pictured, paths = 0.0, 0
    area = max(turn.width * turn.height, 1.0)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for thing, place in _things(page.raw):
        if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            continue
        x0, y0, x1, y1 = turn.box(
            *place.on_point(left.value, bottom.value), *place.on_point(right.value, top.value)
        )
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE:
            pictured = max(pictured, (x1 - x0) * (y1 - y0) / area)
        elif paths < _MOST_PATHS:
            paths += 1
            if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
                rules.append((x0, y0, x1, y1))
            else:
                rules.extend(turn.box(*line) for line in _lines(thing, place))
    if paths >= _OUTLINES:
        pictured = max(pictured, 1.0 if not lettered else 0.0)
    return ([] if paths >= _MOST_PATHS else rules), pictured


def _things(page: Any) -> Iterator[tuple[Any, pdfium.PdfMatrix]]:
    """The paths and pictures of a page, each with the matrix of the form that it stands in."""
    whole = pdfium.PdfMatrix()
    for number in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, number)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind in _DRAWN:
            yield thing, whole
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            place = _matrix(thing)
            for inner in range(raw.FPDFFormObj_CountObjects(thing)):
                held = raw.FPDFFormObj_GetObject(thing, inner)
                if raw.FPDFPageObj_GetType(held) in _DRAWN:
                    yield held, place


def _matrix(thing: Any) -> pdfium.PdfMatrix:
    told = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, told):
        return pdfium.PdfMatrix()
    return pdfium.PdfMatrix(told.a, told.b, told.c, told.d, told.e, told.f)


def _lines(path: Any, place: pdfium.PdfMatrix) -> Iterator[tuple[float, float, float, float]]:
    """The upright and level lines of a path that is drawn (not only filled)."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    count = raw.FPDFPath_CountSegments(path)
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not stroke.value or count > _MOST_POINTS:
        return
    own = _matrix(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = place.on_point(*own.on_point(x.value, y.value))
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
