"""The findings as a workbook: a row each, with a column for the explanation; and that workbook read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from jiaoheng import terms
from jiaoheng.census.checking.explanations import Answer, ExplanationError
from jiaoheng.census.checking.finding import Finding
from jiaoheng.census.values import clean
from jiaoheng.census.workbook import FileError, Sheet, open_book
from jiaoheng.packs import KINDS, SEVERITIES

SHEET = "校验结果"
REASON, WHO = "说明（请填写）", "填写人"
_KEY, _VALUES = "定位", "数值指纹"
_MUST_BE_MENDED = "须改正，不能以说明代替"

_COLUMNS: dict[str, int] = {
    "类别": 9,
    "级别": 6,
    "单位": 26,
    "学段": 9,
    "校验": 26,
    "发现": 42,
    "怎样改": 38,
    REASON: 32,
    WHO: 10,
    "位置（文件 › 工作表 › 单元格）": 44,
    "应为": 20,
    "为什么": 40,
    "依据": 24,
    "校验编号": 26,
    _KEY: 10,
    _VALUES: 10,
}
_PRINTED = list(_COLUMNS).index(WHO)
"""The last column that is printed; the rest is for the screen."""

_A4 = 9
_PLACES = 12
"""A cell lists so many places; more would hide the rest of the row."""

_GUIDE = (
    "每一行是一处发现，最要紧的在前。逻辑校验须改正数据后重新导入；经验校验可以改正，也可以说明。",
    f"在“{REASON}”一列写明原因，在“{WHO}”一列署名，保存后运行："
    "jiaoheng check 工作区 --year 年份 --explain 本文件。",
    "说明与当时的数值绑在一起：以后数值变了，会重新询问。请勿改动灰色的列。",
    "只改数据、不写说明的，改好原文件后重新导入即可，不必交回本表。",
)


def write(path: Path, findings: Sequence[Finding], *, title: str, year: int) -> Path:
    """Write the findings into a workbook, frozen heads, filter, explanations filled in where there are any.

    Raises
    ------
    FileError
        The file cannot be written.
    """
    try:
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            _write_findings(book, findings, year)
            _write_guide(book, title)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise FileError(f"{path}：无法写入（{error}）。请检查文件夹是否存在、文件是否正被打开。") from None
    return path


def read(path: Path, *, year: int) -> tuple[Answer, ...]:
    """The explanations that a person filled in; rows without one are left out.

    Raises
    ------
    ExplanationError
        The workbook is not one that `write` made, or is of another year.
    """
    book = open_book(path)
    for sheet in book.visible:
        at = _headings(sheet)
        if at is not None:
            return tuple(_answers(sheet, at, book.file, year))
    raise ExplanationError(
        f"{path.name}：不是校验结果表（找不到“{REASON}”“{_KEY}”等栏目）。"
        "请用 jiaoheng check --workbook 写出的表，并保留全部栏目。"
    )


def places_text(finding: Finding) -> str:
    """Where a finding stands, for people; the cells of one sheet together."""
    sheets: dict[tuple[str, str], list[str]] = {}
    for place in finding.places[:_PLACES]:
        sheets.setdefault((place.file, place.sheet), []).append(place.cell or f"第 {place.row} 行")
    lines = [
        " › ".join(part for part in (file, sheet, "、".join(cells)) if part)
        for (file, sheet), cells in sheets.items()
    ]
    more = len(finding.places) - _PLACES
    return "；".join(lines) + (f"……等 {len(finding.places)} 处" if more > 0 else "")


def _write_findings(book: xlsxwriter.Workbook, findings: Sequence[Finding], year: int) -> None:
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "bg_color": "#334E68", "font_color": "#FFFFFF", "text_wrap": True})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D9E2EC"})
    grey = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#829AB1", "border": 1})
    fill = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF9DB", "border": 1})
    worst = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "border": 1})
    for index, (heading, width) in enumerate(_COLUMNS.items()):
        hidden = {"hidden": True} if heading in (_KEY, _VALUES) else {}
        sheet.set_column(index, index, width, None, hidden)
        sheet.write_string(0, index, heading, head)
    for row, finding in enumerate(findings, 1):
        for index, (heading, text) in enumerate(_row(finding, year).items()):
            cells = plain
            if heading in (REASON, WHO):
                cells = grey if finding.must_be_mended else fill
            elif finding.must_be_mended and heading in ("类别", "发现"):
                cells = worst
            sheet.write_string(row, index, text, cells)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(1, len(findings)), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.print_area(0, 0, max(1, len(findings)), _PRINTED)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.repeat_rows(0)


def _row(finding: Finding, year: int) -> dict[str, str]:
    check, explanation = finding.check, finding.explanation
    reason = explanation.reason if explanation else _MUST_BE_MENDED if finding.must_be_mended else ""
    texts = (
        KINDS[check.kind],
        SEVERITIES[check.severity],
        finding.unit,
        terms.label("stage", finding.stage),
        check.name,
        finding.message,
        check.mend,
        reason,
        explanation.who if explanation else "",
        places_text(finding),
        finding.expected,
        check.why,
        check.clause,
        check.id,
        json.dumps([year, finding.item, *finding.key], ensure_ascii=False),
        finding.fingerprint,
    )
    return dict(zip(_COLUMNS, texts, strict=True))


def _write_guide(book: xlsxwriter.Workbook, title: str) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, line in enumerate(_GUIDE, 2):
        sheet.write_string(row, 0, line)


def _headings(sheet: Sheet) -> dict[str, int] | None:
    if not sheet.rows:
        return None
    found = {clean(cell): index for index, cell in enumerate(sheet.rows[0])}
    wanted = {clean(name): name for name in (REASON, WHO, "校验编号", _KEY, _VALUES)}
    return {wanted[text]: found[text] for text in wanted} if wanted.keys() <= found.keys() else None


def _answers(sheet: Sheet, at: dict[str, int], file: str, year: int) -> list[Answer]:
    answers = []
    for number, row in enumerate(sheet.rows[1:], 2):
        text = {name: clean(row[index]) if index < len(row) else "" for name, index in at.items()}
        if not text[REASON] or text[REASON] == clean(_MUST_BE_MENDED):
            continue
        try:
            of_year, item, *key = json.loads(text[_KEY])
        except ValueError:
            raise ExplanationError(
                f"{file} › {sheet.name} › 第 {number} 行：隐藏的“{_KEY}”一列被改动或清空。"
                "请用新的结果表重新填写。"
            ) from None
        if of_year != year:
            raise ExplanationError(f"{file}：这是 {of_year} 年的校验结果表，而现在是 {year} 年。请检查年份。")
        answers.append(
            Answer((text["校验编号"], item, tuple(key)), text[_VALUES], text[REASON], text[WHO], number)
        )
    return answers
