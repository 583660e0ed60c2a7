"""Pieces of WordprocessingML: runs with their fonts, paragraphs, fields, bookmarks, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from jiaoheng.reports.docx.fonts import LATIN, Face

_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
# XML 1.0 has no way to write these.
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def element(tag: str, attributes: Mapping[str, object] | None = None, *children: object) -> BaseOxmlElement:
    """An element by its prefixed names; None among the children is left out."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), str(value))
    made.extend(child for child in children if child is not None)
    return made


def plain(text: str) -> str:
    """``text`` without the characters that no XML file can hold."""
    return text.translate(_FORBIDDEN)


def lettering(face: Face) -> BaseOxmlElement:
    """Which font each script has; Chinese quotation marks and dashes belong to the Chinese one."""
    return element(
        "w:rFonts",
        {
            "w:hint": "eastAsia",
            "w:ascii": LATIN,
            "w:hAnsi": LATIN,
            "w:eastAsia": face.name,
            "w:cs": LATIN,
        },
    )


def run(text: str, face: Face, *, points: float | None = None, bold: bool = False) -> BaseOxmlElement:
    """``text`` in a face; a size only where it differs from the paragraph's."""
    return _run(face, _text("w:t", text), points=points, bold=bold)


def paragraph(
    style: str,
    *content: object,
    keep_next: bool = False,
    before: float | None = None,
    after: float | None = None,
    alignment: str = "",
) -> BaseOxmlElement:
    """A paragraph of a style; ``keep_next`` holds it on the page of what follows.

    ``before`` and ``after`` are distances in points, ``alignment`` as in ``w:jc``; only where they differ
    from the style's.
    """
    apart = {
        name: round(points * 20)
        for name, points in (("w:before", before), ("w:after", after))
        if points is not None
    }
    properties = [
        element("w:pStyle", {"w:val": style}),
        element("w:keepNext") if keep_next else None,
        element("w:spacing", apart) if apart else None,
        element("w:jc", {"w:val": alignment}) if alignment else None,
    ]
    return element("w:p", {}, element("w:pPr", {}, *properties), *content)


def field(instruction: str, shown: str, face: Face) -> list[BaseOxmlElement]:
    """A field and what it shows until it is worked out anew."""
    return [
        _run(face, element("w:fldChar", {"w:fldCharType": "begin"})),
        _run(face, _text("w:instrText", f" {instruction} ")),
        _run(face, element("w:fldChar", {"w:fldCharType": "separate"})),
        run(shown, face),
        _run(face, element("w:fldChar", {"w:fldCharType": "end"})),
    ]


def around(instruction: str, paragraphs: list[BaseOxmlElement], face: Face) -> list[BaseOxmlElement]:
    """A field whose result is whole paragraphs: it begins in the first and ends in the last."""
    opening = [
        _run(face, element("w:fldChar", {"w:fldCharType": "begin"})),
        _run(face, _text("w:instrText", f" {instruction} ")),
        _run(face, element("w:fldChar", {"w:fldCharType": "separate"})),
    ]
    # Behind the paragraph's properties, which come first.
    for place, part in enumerate(opening, start=1):
        paragraphs[0].insert(place, part)
    paragraphs[-1].append(_run(face, element("w:fldChar", {"w:fldCharType": "end"})))
    return paragraphs


def bookmark(name: str, number: int, content: Iterable[BaseOxmlElement]) -> list[BaseOxmlElement]:
    """``content`` under a name that links and the contents can point to."""
    return [
        element("w:bookmarkStart", {"w:id": number, "w:name": name}),
        *content,
        element("w:bookmarkEnd", {"w:id": number}),
    ]


def link(name: str, *content: BaseOxmlElement) -> BaseOxmlElement:
    """A link to a bookmark of the same document."""
    return element("w:hyperlink", {"w:anchor": name, "w:history": 1}, *content)


def tab(face: Face) -> BaseOxmlElement:
    return _run(face, element("w:tab"))


def _run(
    face: Face, content: BaseOxmlElement, *, points: float | None = None, bold: bool = False
) -> BaseOxmlElement:
    half_points = None if points is None else round(points * 2)
    properties = element(
        "w:rPr",
        {},
        lettering(face),
        element("w:b") if bold else None,
        None if half_points is None else element("w:sz", {"w:val": half_points}),
        None if half_points is None else element("w:szCs", {"w:val": half_points}),
    )
    return element("w:r", {}, properties, content)


def _text(tag: str, text: str) -> BaseOxmlElement:
    made = element(tag)
    made.text = plain(text)
    made.set(_PRESERVE, "preserve")
    return made
