"""The workbook in which units answer what no census has: one row a question, with what is known already."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from jiaoheng.census.form_styles import form_styles
from jiaoheng.standards.answers import Answer, Answers
from jiaoheng.standards.asked import KIND_WORDS, Asked

SHEET, GUIDE = "填报", "填报说明"
OF, YEAR, UNIT, DAY = "填报对象", "年度", "填报单位", "填报日期"
"""Labels above the table; what belongs to them stands in the cell to the right."""

KEY, VALUE, NOTE, EVIDENCE = "编号", "填报", "说明", "佐证文件"
YES, NO, UNKNOWN = "是", "否", "未知"


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and whether it is filled in."""

    heading: str
    width: int
    fill: bool = False


COLUMNS = (
    Column(KEY, 24),
    Column("分类", 22),
    Column("问题", 36),
    Column("填什么", 14),
    Column("依据", 36),
    Column("要求的佐证材料", 30),
    Column("已填报", 14),
    Column(VALUE, 12, fill=True),
    Column(NOTE, 30, fill=True),
    Column(EVIDENCE, 24, fill=True),
)

_GUIDE = (
    "一、只填黄色的格；灰色的格不能改。已填报、没有变化的行，整行留空。",
    f"二、「{UNIT}」「{DAY}」在「{SHEET}」表的上方，填一次，全表通用。只写单位，不写个人姓名。",
    f"三、是非题从下拉列表选：{YES}、{NO}。数值和得分填阿拉伯数字，不带单位。",
    f"四、原来填报过、现在不能确定的，填“{UNKNOWN}”：这一项就退回未填报。未知不是零，也不是否。",
    f"五、「{EVIDENCE}」填文件名，几个文件之间用分号或换行隔开；文件与本表放在同一个文件夹里，一起交回。",
    "六、有一处填错，整张表都不登记；改正后重新交回即可。同一张表读两次，结果相同。",
)


def answer_form(
    questions: Iterable[Asked],
    answers: Answers | None,
    *,
    of: str,
    name: str,
    year: int,
    region: str,
    synthetic: bool = False,
) -> bytes:
    """The form for a standard or a score card, as bytes of an .xlsx file.

    Parameters
    ----------
    of, name : id and name of the standard or the card.
    region : the county's name.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        styles = form_styles(book)
        page, guide = book.add_worksheet(SHEET), book.add_worksheet(GUIDE)
        title = f"{region} {year} 年{name}填报表"
        _write_top(page, title, of, year, styles)
        asked = list(questions)
        for place, column in enumerate(COLUMNS):
            page.set_column(place, place, column.width)
            page.write_string(_HEAD, place, column.heading, styles["head"])
        for row, one in enumerate(asked, start=_HEAD + 1):
            _write_row(page, row, one, answers.answers.get(one.key) if answers else None, styles)
        page.freeze_panes(_HEAD + 1, 3)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(_HEAD)
        page.protect(options={"format_columns": True, "format_rows": True, "autofilter": True})
        guide.set_column(0, 0, 110)
        warning = ("模拟数据：本表由程序生成，只用于演示。",) if synthetic else ()
        for row, line in enumerate((title, *warning, *_GUIDE)):
            guide.write_string(row, 0, line, styles["title" if row == 0 else "plain"])
        guide.protect()
    return target.getvalue()


_HEAD = 4
"""The row of the headings, from 0."""


def _write_top(page: Worksheet, title: str, of: str, year: int, styles: Mapping[str, Any]) -> None:
    page.write_string(0, 0, title, styles["title"])
    page.write_string(1, 0, OF, styles["head"])
    page.write_string(1, 1, of.replace("_", "-"), styles["locked"])
    page.write_string(1, 2, YEAR, styles["head"])
    page.write_string(1, 3, str(year), styles["locked"])
    page.write_string(2, 0, UNIT, styles["head"])
    page.write_blank(2, 1, None, styles["text"])
    page.write_string(2, 2, DAY, styles["head"])
    page.write_blank(2, 3, None, styles["date"])
    _limit(
        page,
        2,
        3,
        {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)},
        "请按 2025-09-30 填写日期。",
    )


def _write_row(
    page: Worksheet, row: int, one: Asked, answer: Answer | None, styles: Mapping[str, Any]
) -> None:
    shown = (
        one.key,
        one.group,
        one.asks,
        _wanted(one),
        one.clause,
        "；".join(one.evidence),
        "" if answer is None else said(one, answer),
    )
    for place, text in enumerate(shown):
        page.write_string(row, place, text, styles["locked"])
    for place, column in enumerate(COLUMNS[len(shown) :], start=len(shown)):
        number = column.heading == VALUE and one.kind != "yes_no"
        page.write_blank(row, place, None, styles["number" if number else "text"])
    longest = max(len(text) / (COLUMNS[place].width / 2 - 1) for place, text in enumerate(shown))
    page.set_row(row, min(18.0 * (int(longest) + 1), 400.0))
    at = len(shown)
    if one.kind == "yes_no":
        _limit(page, row, at, {"validate": "list", "source": [YES, NO, UNKNOWN]}, "请从下拉列表中选择。")
    else:
        # A number within its bounds, or the word that takes an answer back.
        cell = f"{chr(ord('A') + at)}{row + 1}"
        most = f",{cell}<={one.most:g}" if one.most is not None else ""
        least = f"{cell}>=0" if one.most is not None or one.unit == "%" else "TRUE"
        formula = f'=OR({cell}="{UNKNOWN}",AND(ISNUMBER({cell}),{least}{most}))'
        _limit(page, row, at, {"validate": "custom", "value": formula}, f"请填{_wanted(one)}，只写数字。")


def said(one: Asked, answer: Answer) -> str:
    """An answer as people read it."""
    if isinstance(answer.value, bool):
        return YES if answer.value else NO
    return f"{answer.value:.12g}{one.unit}"


def _wanted(one: Asked) -> str:
    if one.kind == "yes_no":
        return KIND_WORDS[one.kind]
    if one.most is not None:
        return f"{KIND_WORDS[one.kind]}（0—{one.most:g}）"
    return f"{KIND_WORDS[one.kind]}（{one.unit}）" if one.unit else KIND_WORDS[one.kind]


def _limit(page: Worksheet, row: int, place: int, rule: Mapping[str, Any], message: str) -> None:
    page.data_validation(
        row, place, row, place, {**rule, "error_title": "填写有误", "error_message": message}
    )
