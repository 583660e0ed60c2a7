"""The words of a paragraph as Word shows them: insertions in, deletions and hidden text out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from jiaoheng.plans.reading.opening.word.parts import Element, w

_LEFT_OUT = frozenset((
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt",
    "rubyPr", "txbxContent", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef",
    "annotationRef", "commentReference",
))  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOL = {0x25: "%", 0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xBB: "≈", 0x2D: "－"}
"""Signs in the font Symbol, whose codes Word puts at F000."""


def words_of(paragraph: Element) -> str:
    """The words, without those in its text boxes."""
    return "".join(_words(paragraph))


def boxes_in(paragraph: Element) -> Iterator[Element]:
    """The text boxes that are anchored in a paragraph, each once."""
    for child in paragraph:
        match _local(child):
            case "del" | "moveFrom" | "pPr" | "rPr":
                continue
            case "AlternateContent":
                yield from boxes_in(_alternative(child))
            case "txbxContent":
                yield child
            case _:
                yield from boxes_in(child)


def is_gone(paragraph: Element) -> bool:
    """Whether the end of the paragraph was deleted: its words go on in the next one."""
    mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return mark is not None and any(mark.find(w(name)) is not None for name in ("del", "moveFrom"))


def _words(element: Element) -> Iterator[str]:
    for child in element:
        name = _local(child)
        if name in _LEFT_OUT:
            continue
        match name:
            case "t":
                yield child.text or ""
            case "r":
                if not _is_hidden(child):
                    yield from _words(child)
            case "sym":
                yield _symbol(child)
            case "AlternateContent":
                yield from _words(_alternative(child))
            case "den":
                yield "/"
                yield from _words(child)
            case _ if name in _SIGNS:
                yield _SIGNS[name]
            case _:
                yield from _words(child)


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{w('rPr')}/{w('vanish')}")
    return mark is not None and mark.get(w("val"), "1") not in ("0", "false", "off")


def _symbol(element: Element) -> str:
    try:
        code = int(element.get(w("char"), ""), 16)
    except ValueError:
        return ""
    if element.get(w("font")) == "Symbol" and 0xF000 <= code < 0xF100:
        return _SYMBOL.get(code - 0xF000, "")
    return "" if 0xE000 <= code < 0xF900 or not 0x20 <= code < 0x10000 else chr(code)


def _alternative(element: Element) -> Element:
    """Of a content that is there twice, for new and for old programs, the one for new programs."""
    for name in ("Choice", "Fallback"):
        found = element.find(f"{{*}}{name}")
        if found is not None and len(found):
            return found
    return etree.Element(w("none"))


def _local(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
