"""The parts of a .docx that hold its words, each within limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from jiaoheng.census.opening.package import WORD, Package
from jiaoheng.plans.reading.errors import ReadingError

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MOST_XML = 24 * 2**20
"""The largest part in bytes: as a tree it takes about ten times as much. A plan of 300 pages has 10 MB."""

_DOCUMENT = "/officeDocument"

Element = Any
"""An element of lxml, which has no types."""


def w(name: str) -> str:
    """`name` in the main namespace of WordprocessingML."""
    return f"{{{MAIN}}}{name}"


@dataclass(frozen=True)
class Parts:
    """The roots of the parts; an empty element where a document has none."""

    document: Element
    styles: Element
    numbering: Element
    notes: tuple[Element, ...]


def read_parts(file: str, content: bytes) -> Parts:
    """The parts of the document.

    Raises
    ------
    ReadingError, FileError
        It carries macros or entities, is damaged or encrypted, or inflates to too much.
    """
    package = Package(file, content, WORD)
    _refuse_macros(package)
    main = _main_part(package)
    folder = main.rpartition("/")[0]

    def part(name: str) -> Element:
        return _tree(package, f"{folder}/{name}.xml")

    return Parts(
        _tree(package, main), part("styles"), part("numbering"), (part("footnotes"), part("endnotes"))
    )


def _refuse_macros(package: Package) -> None:
    types = package.part("[Content_Types].xml") if "[Content_Types].xml" in package else b""
    if "word/vbaProject.bin" in package or b"macroEnabled" in types:
        raise ReadingError(
            f"{package.file}：文档带有宏，为安全起见未读取（教衡从不运行宏）。"
            "请用 Word 打开，另存为不含宏的 .docx 再试。"
        )


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for link in _tree(package, "_rels/.rels").iter("{*}Relationship"):
            target = link.get("Target", "").lstrip("/")
            if link.get("Type", "").endswith(_DOCUMENT) and target in package:
                return str(target)
    return "word/document.xml"


def _tree(package: Package, name: str) -> Element:
    """The root of a part, its namespace that of the transitional kind of document."""
    if name not in package:
        return etree.Element(w("none"))
    root = package.xml(name, most=MOST_XML)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadingError(
            f"{package.file}：部件 {name} 带有 DTD 声明，可能有害，未读取。"
            "请用 Word 打开并另存为 .docx 再试。"
        )
    if etree.QName(root).namespace == _STRICT:
        return etree.fromstring(etree.tostring(root).replace(_STRICT.encode(), MAIN.encode()))
    return root
