"""Reads the web pages and the XML of Excel 2003 that systems export under the name of .xls."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree, html

from jiaoheng.census.formula_faults import NOT_WORKED_OUT
from jiaoheng.census.opening.package import damaged
from jiaoheng.census.opening.survey import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from jiaoheng.census.opening.text import decode
from jiaoheng.census.sheets import Cell, FileError, Range, Sheet

MOST_MARKUP = 64 * 2**20
"""The largest page in bytes: as a tree it takes about ten times as much."""

_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk", "cp936")
_BREAKS = ("br", "p", "div", "li")


def html_sheets(file: str, content: bytes) -> tuple[Sheet, ...]:
    """The tables of a web page, one below the other on one sheet, as Excel shows them.

    Raises
    ------
    FileError
        The page has no table, or is damaged or too large.
    """
    text = _page(file, content)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = html.fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise damaged(file) from None
    tables = [each for each in root.iter("table") if next(each.iterancestors("table"), None) is None]
    lines = [line for table in tables for line in table.iter("tr")]
    if len(lines) != len(
        re.findall(r"<tr[\s>/]", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL), re.IGNORECASE)
    ):
        raise damaged(file)  # the parser gave up on the way: rows would be lost
    grid = _Grid(file)
    for table in tables:
        for line in table.iter("tr"):
            if next(line.iterancestors("table")) is table:
                grid.next_row()
                for cell in line.iterchildren("td", "th"):
                    grid.put(_html_cell(cell), _span(cell.get("colspan")), _span(cell.get("rowspan")))
    if not grid.rows:
        raise FileError(f"{file}：网页中没有表格。请检查导出的内容。")
    return (grid.sheet(""),)


def spreadsheet_xml_sheets(file: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook in the XML of Excel 2003.

    Raises
    ------
    FileError
        It is damaged or too large, or declares entities.
    """
    _hold_to_size(file, content)
    sheets = []
    events = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    grid, name, hidden = _Grid(file), "", False
    try:
        for event, element in events:
            if event == "start":
                if element.getparent() is None and element.getroottree().docinfo.internalDTD is not None:
                    raise FileError(
                        f"{file}：文件带有 DTD 声明，可能有害，未读取。请用 Excel 打开并另存为 .xlsx。"
                    )
                if element.tag == f"{_SPREADSHEET}Worksheet":
                    grid, name, hidden = _Grid(file), element.get(f"{_SPREADSHEET}Name", ""), False
            elif element.tag == f"{_SPREADSHEET}Row":
                _xml_row(grid, element)
                element.clear()
            elif element.tag.endswith("}Visible") and (element.text or "").strip() in (
                "SheetHidden",
                "SheetVeryHidden",
            ):
                hidden = True
            elif element.tag == f"{_SPREADSHEET}Worksheet":
                sheets.append(grid.sheet(name, hidden=hidden))
    except etree.XMLSyntaxError:
        raise damaged(file) from None
    if not sheets:
        raise FileError(f"{file}：文件中没有工作表。请检查导出的内容。")
    return tuple(sheets)


@dataclass
class _Grid:
    """Cells put one after the other, in rows that merged cells reach into."""

    file: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Range] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    taken: Counter[int] = field(default_factory=Counter)
    """For each column, how many rows a merged cell from above still takes."""
    cells: int = 0

    def next_row(self, number: int | None = None) -> None:
        """Begin the next row, or the one of that number from 1."""
        wanted = max(len(self.rows) + 1, number or 0)
        if wanted > MOST_ROWS:
            raise damaged(self.file)
        while len(self.rows) < wanted:
            self.taken = +(self.taken - Counter(dict.fromkeys(self.taken, 1))) if self.rows else self.taken
            self.rows.append([])

    def put(self, value: Cell, across: int = 1, down: int = 1, *, column: int | None = None) -> None:
        """A cell in the first free column, or in the one of that number from 1."""
        row = self.rows[-1]
        start = len(row) if column is None else max(column - 1, len(row))
        while column is None and self.taken[start] > 0:
            start += 1
        self.cells += start + across - len(row)
        if start + across > MOST_COLUMNS or self.cells > MOST_CELLS:
            raise FileError(
                f"{self.file}：表格超过 {MOST_CELLS // 10_000} 万格或 {MOST_COLUMNS} 列，疑为损坏。"
                "请用 Excel 打开并另存为 .xlsx。"
            )
        row.extend([""] * (start - len(row)))
        row.append(value)
        row.extend([""] * (across - 1))
        if across > 1 or down > 1:
            at = len(self.rows) - 1
            self.merges.append(((at, start), (at + down - 1, start + across - 1)))
        if down > 1:
            self.taken.update(dict.fromkeys(range(start, start + across), down))

    def sheet(self, name: str, *, hidden: bool = False) -> Sheet:
        """What was put, as a sheet."""
        rows, merges = self.rows, self.merges
        numbers = "、".join(map(str, self.hidden[:8])) + (
            f" 等 {len(self.hidden)}" if len(self.hidden) > 8 else ""
        )
        remarks = (f"第 {numbers} 行隐藏，已照常读入",) if self.hidden else ()
        return Sheet(name, hidden, lambda: rows, lambda: merges, lambda: remarks)


def _page(file: str, content: bytes) -> str:
    """The text of a page, in the encoding that it names or another usual one."""
    _hold_to_size(file, content)
    named = _CHARSET.search(content[:4096])
    if named and named[1].decode("ascii").lower() in _CHINESE:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            pass  # the page names an encoding that it does not have
    return decode(file, content)


def _hold_to_size(file: str, content: bytes) -> None:
    if len(content) > MOST_MARKUP:
        raise FileError(
            f"{file}：网页或 XML 表格超过 {MOST_MARKUP // 2**20} MB。请用 Excel 打开并另存为 .xlsx。"
        )


def _html_cell(cell: html.HtmlElement) -> str:
    exact = cell.get("x:num")
    if exact:
        return str(exact)
    lines = "".join(_html_text(cell)).replace("\xa0", " ").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _html_text(element: html.HtmlElement) -> Iterator[str]:
    """The texts in an element; a line break of the file is a space, one of the page is a line feed."""
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if each.tag in _BREAKS:
                yield "\n"
            yield " ".join((each.text or "").split("\n"))
        elif each is not element:
            yield " ".join((each.tail or "").split("\n"))


def _span(said: str | None) -> int:
    found = re.match(r"\s*(\d{1,6})", said or "")
    return max(1, int(found[1])) if found else 1


def _xml_row(grid: _Grid, row: etree._Element) -> None:
    grid.next_row(_number(row, "Index"))
    if row.get(f"{_SPREADSHEET}Hidden") == "1" and len(row):
        grid.hidden.append(len(grid.rows))
    for cell in row.iterchildren(f"{_SPREADSHEET}Cell"):
        across, down = _number(cell, "MergeAcross") or 0, _number(cell, "MergeDown") or 0
        grid.put(_xml_cell(cell), across + 1, down + 1, column=_number(cell, "Index"))


def _xml_cell(cell: etree._Element) -> Cell:
    data = cell.find(f"{_SPREADSHEET}Data")
    if data is None:
        return NOT_WORKED_OUT if cell.get(f"{_SPREADSHEET}Formula") else ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SPREADSHEET}Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    except ValueError:
        return text
    return text.strip() == "1" if kind == "Boolean" else text


def _number(element: etree._Element, name: str) -> int | None:
    said = element.get(f"{_SPREADSHEET}{name}", "")
    return int(said) if said.isdecimal() and len(said) < 8 else None
