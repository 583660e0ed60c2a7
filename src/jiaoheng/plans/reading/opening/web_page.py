"""Reads .html: the text of the page as a reader sees it, without what stands around the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.opening.blocks import Block, Line, composed
from jiaoheng.plans.reading.opening.cells import MOST_PLACES, BlockCell, table
from jiaoheng.plans.reading.opening.counting import written
from jiaoheng.plans.reading.opening.encoding import text_of
from jiaoheng.plans.reading.opening.page_furniture import Element, furniture
from jiaoheng.plans.reading.opening.placing import MOST_SPAN, Told, placed
from jiaoheng.plans.reading.source import Source

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
_NAMES |= {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "legend",
    "li", "main", "ol", "p", "pre", "section", "summary", "ul",
))  # fmt: skip
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_TO_THE_END = 100_000
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


def read_page(file: str, content: bytes) -> Source:
    """The document in a web page.

    Raises
    ------
    ReadingError
        The page is damaged, or its encoding is not known.
    """
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(_text(file, content).encode(), parser=parser)
        whole = not parser.error_log.filter_from_fatals()
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        whole = False
    if not whole:
        raise ReadingError(
            f"{file}：网页已损坏或嵌套过深，无法读取。"
            "请在浏览器中打开，把文字复制到 Word，另存为 .docx 再试。"
        )
    return composed(_Page(furniture(root)).blocks(root), "html")


def _text(file: str, content: bytes) -> str:
    """The text of a page, in the encoding that it names or another usual one."""
    named = _CHARSET.search(content[:4096])
    encoding = _NAMES.get(named[1].decode("ascii").lower()) if named else None
    if encoding:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            pass  # the page names an encoding that it does not have
    return text_of(file, content)


@dataclass(frozen=True)
class _Page:
    """A page whose furniture is known."""

    dropped: frozenset[Element]

    def blocks(self, element: Element) -> list[Block]:
        """What stands in an element, in reading order."""
        flowing = _Flowing()
        self._fill(flowing, element, 0)
        flowing.end(0)
        return flowing.blocks

    def _fill(self, flowing: _Flowing, element: Element, level: int) -> None:
        preformatted = element.tag == "pre"
        flowing.put(element.text, preformatted)
        for child in element:
            if child not in self.dropped and isinstance(child.tag, str):
                self._child(flowing, child, level)
            flowing.put(child.tail, preformatted)

    def _child(self, flowing: _Flowing, child: Element, level: int) -> None:
        if child.tag == "br":
            flowing.pieces.append("\n")
        elif child.tag == "table":
            flowing.end(level)
            flowing.blocks += self._table(child)
        elif child.tag in _BLOCKS:
            flowing.end(level)
            inner = int(child.tag[1]) if re.fullmatch("h[1-6]", child.tag) else level
            flowing.put(_number(child), False)
            self._fill(flowing, child, inner)
            flowing.end(inner)
        else:
            self._fill(flowing, child, level)

    def _table(self, element: Element) -> list[Block]:
        caption = element.find("caption")
        blocks = self.blocks(caption) if caption is not None and caption not in self.dropped else []
        lines = list(_descend(element, "tr")) or [element]  # a table of one row may leave its tag out
        rows = [row for row in lines if row not in self.dropped]
        told = [[self._told(cell) for cell in _descend(row, "td", "th")] for row in rows]
        covered = sum(min(cell.down, len(rows)) * min(cell.across, MOST_SPAN) for row in told for cell in row)
        if covered > MOST_PLACES:
            return [*blocks, *(block for row in told for cell in row for block in cell.what)]
        cells = [
            BlockCell(row, column, cell.what, min(cell.down, len(rows) - row), cell.across)
            for cell, row, column in placed(told)
        ]
        return blocks + (table(cells) if cells else [])

    def _told(self, cell: Element) -> Told[tuple[Block, ...]]:
        blocks = () if cell in self.dropped else tuple(self.blocks(cell))
        return Told(blocks, _span(cell.get("rowspan"), 0), _span(cell.get("colspan"), 1))


@dataclass
class _Flowing:
    """Blocks, and the words of the line that is not ended yet, piece by piece."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def put(self, words: str | None, preformatted: bool) -> None:
        if words:
            self.pieces.append(words if preformatted else _BLANKS.sub(" ", words))

    def end(self, level: int) -> None:
        """End the line; one that holds line breaks of the page keeps them."""
        lines = re.sub(" {2,}", " ", "".join(self.pieces)).split("\n")
        self.pieces.clear()
        words = "\n".join(line.strip() for line in lines).strip("\n")
        if words:
            self.blocks.append(Line(words, level))


def _descend(parent: Element, *tags: str) -> Iterator[Element]:
    """The elements of a table with one of the tags, not those of a table in it."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "form"):
            yield from _descend(child, *tags)


def _span(said: str | None, least: int) -> int:
    """How many rows or columns a cell spans; 0 rows are all that follow."""
    found = re.match(r"\s*(\d{1,4})", said or "1")
    count = max(int(found[1]) if found else 1, least)
    return count or _TO_THE_END


def _number(item: Element) -> str:
    """The number that a browser shows before an item of a numbered list."""
    parent = item.getparent()
    if item.tag != "li" or parent is None or parent.tag != "ol" or "none" in parent.get("style", ""):
        return ""
    start = _span(parent.get("start"), 1)
    form = _FORMS.get(parent.get("type", "1"), "decimal")
    return f"{written(start + sum(1 for _ in item.itersiblings('li', preceding=True)), form)}. "
