"""The differences as a workbook that a person fills in and sends back: one row a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from jiaoheng.census import values
from jiaoheng.census.changes.differences import WORDS, Comparison, Difference
from jiaoheng.census.changes.proposals import Proposal
from jiaoheng.census.workbook import FileError, Row, open_book
from jiaoheng.terms import ChangeKind

_RIGHT, _WRONG = "对", "不对"
_HEADINGS: Mapping[str, int] = {
    "情况": 22,
    "上年标识码": 14,
    "上年名称": 22,
    "今年标识码": 14,
    "今年名称": 22,
    "镇街": 12,
    "建议": 30,
    "意思": 12,
    "把握": 8,
    "理由": 36,
    "结论": 8,
    "更正": 24,
    "依据": 18,
    "说明": 18,
}
"""The headings and the widths of their columns."""

_TO_FILL = ("结论", "更正", "依据", "说明")
_GUIDE = (
    f"每一行是一个建议。对的在「结论」选“{_RIGHT}”，不是同一所学校的选“{_WRONG}”；"
    "都不合适的在「更正」写明，如 甲码+乙码=乙码（合并）、甲码=甲码:0.7+丙码:0.3（拆分）、"
    "甲码=无（撤销）、无=丙码（新办）。空着的下次再问。"
)
_TITLE = re.compile(r"(\d{4}) 年学校变更核对表")


@dataclass(frozen=True)
class Answer:
    """What a person decided in one row: a change in one word, or (``distinct``) that two are not the same."""

    word: str
    distinct: bool
    evidence: str
    note: str
    row: int


def write_sheet(path: Path, comparison: Comparison, *, region: str) -> None:
    """Write the differences that are not settled into a new workbook."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("学校变更")
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
        fill = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFF8E1"}
        )
        score = book.add_format({"num_format": "0.00", "valign": "top", "border": 1})
        title = f"{region} {comparison.year} 年学校变更核对表（与 {comparison.year_before} 年相比）"
        page.write_string(0, 0, title, bold)
        last_column = len(_HEADINGS) - 1
        page.merge_range(1, 0, 1, last_column, _GUIDE, book.add_format({"text_wrap": True, "valign": "top"}))
        page.set_row(1, 32)
        for column, (heading, width) in enumerate(_HEADINGS.items()):
            page.write_string(2, column, heading, head)
            page.set_column(column, column, width)
        rows = [(item, each) for item in comparison.unsettled for each in item.proposals or (None,)]
        for line, (item, proposal) in enumerate(rows, 3):
            cells = _cells(item, proposal)
            for column, heading in enumerate(_HEADINGS):
                if heading == "把握" and proposal is not None:
                    page.write_number(line, column, proposal.score, score)
                else:
                    style = fill if heading in _TO_FILL else text
                    page.write_string(line, column, cells.get(heading, ""), style)
        page.freeze_panes(3, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)
        if rows:
            last = len(rows) + 2
            answer = list(_HEADINGS).index("结论")
            page.autofilter(2, 0, last, last_column)
            page.data_validation(
                3,
                answer,
                last,
                answer,
                {"validate": "list", "source": [_RIGHT, _WRONG], "ignore_blank": True},
            )


def read_sheet(path: Path, *, year: int) -> tuple[Answer, ...]:
    """What a person filled into such a workbook.

    Raises
    ------
    FileError
        It is no such workbook, is of another year, or a row says what nobody can follow.
    """
    book = open_book(path)
    for sheet in book.visible:
        opening = " ".join(values.clean(cell) for row in sheet.rows[:3] for cell in row)
        found = _TITLE.search(opening)
        if found is None:
            continue
        if int(found[1]) != year:
            raise FileError(f"{book.file}：这是 {found[1]} 年的核对表，而要登记的是 {year} 年。请检查年份。")
        return tuple(_answers(book.file, sheet.rows))
    raise FileError(
        f"{book.file}：不是学校变更核对表（没有“{year} 年学校变更核对表”的标题）。"
        "请用 jiaoheng changes 工作区 --workbook 文件 生成。"
    )


def _cells(item: Difference, proposal: Proposal | None) -> dict[str, str]:
    some = item.new or item.old
    return {
        "情况": WORDS[item.what],
        "上年标识码": item.old.code if item.old else "",
        "上年名称": item.old.name if item.old else "",
        "今年标识码": item.new.code if item.new else "",
        "今年名称": item.new.name if item.new else "",
        "镇街": some.town if some else "",
        "建议": proposal.word if proposal else "",
        "意思": proposal.kind.label if proposal else "",
        "理由": "；".join(proposal.reasons) if proposal else item.said,
    }


def _answers(file: str, rows: Sequence[Row]) -> Iterator[Answer]:
    places: dict[str, int] | None = None
    for number, row in enumerate(rows, 1):
        texts = [values.clean(cell) for cell in row]
        if places is None:
            if "结论" in texts and "建议" in texts:
                places = {heading: texts.index(heading) for heading in _HEADINGS if heading in texts}
            continue
        said = {name: texts[place] if place < len(texts) else "" for name, place in places.items()}
        verdict, own = said.get("结论", ""), said.get("更正", "")
        if verdict not in ("", _RIGHT, _WRONG):
            raise FileError(
                f"{file} › 第 {number} 行「结论」：“{verdict}”看不懂。请选“{_RIGHT}”或“{_WRONG}”，或留空。"
            )
        proposed = said.get("建议", "")
        if own:
            yield Answer(own, False, said.get("依据", ""), said.get("说明", ""), number)
        if verdict == _RIGHT and not own:
            yield Answer(proposed, False, said.get("依据", ""), said.get("说明", ""), number)
        if verdict == _WRONG and said.get("意思") == ChangeKind.RECODED.label:
            yield Answer(proposed, True, said.get("依据", ""), said.get("说明", ""), number)


__all__ = ["Answer", "read_sheet", "write_sheet"]
