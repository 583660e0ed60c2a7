"""Writes the workbook in which units report: one row an item, and the follow-up chain."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from jiaoheng.census.form_styles import form_styles
from jiaoheng.plans.following.entries import FollowUp
from jiaoheng.plans.following.recording import NOT_PASSED, PASSED, STATE_WORDS, STEP_WORDS
from jiaoheng.plans.following.sheet_columns import (
    DAY,
    EVIDENCE,
    GUIDE,
    KEPT,
    NUMBER,
    RECORDED,
    REPORT_COLUMNS,
    REPORTS,
    STEP_COLUMNS,
    STEPS,
    UNIT,
    Column,
    title_of,
)
from jiaoheng.plans.following.standing import Following, Standing
from jiaoheng.plans.following.states import Step

_BLANK_STEPS = 60
"""Rows for steps that are yet to be written."""

_LINE, _AROUND = 17.0, 3.0
"""Points: of a line of Chinese in any of the usual fonts at 11 points, and above and below the lines."""

_HIGHEST = 400.0
"""Points; Excel allows 409."""

_LONGEST = 32_000
"""A cell holds 32,767 characters."""

_GUIDE = (
    "一、只填黄色的格；灰色的格是规划和台账的内容，不能改。没有新进展的行整行留空。",
    f"二、「{UNIT}」「{DAY}」在「{REPORTS}」表的上方，填一次，全表通用。只写单位，不写个人姓名。",
    f"三、「状态」从下拉列表选：{'、'.join(STATE_WORDS)}。“滞后”由期限和报告日期算出，不填。",
    "四、「进度」填 0 至 100 的数，不带百分号。",
    "五、「完成日期」只在“已完成”时填；与报告日期相同的可以留空。",
    "六、「佐证材料」填文件名，几个文件之间用分号或换行隔开；文件与本表放在同一个文件夹里，一起交回。",
    "七、报“已调整”“不再实施”的，必须填批准单位和批准文号；新的内容写在「完成情况」。",
    f"八、反馈、整改、复查、约谈、通报填在「{STEPS}」表，一步一行；带“{RECORDED}”的行不再登记。",
    "九、有一处填错，整张表都不登记；改正后重新交回即可。同一张表读两次，不会登记两次。",
)


def sheet(following: Following, *, unit: str = "", synthetic: bool = False) -> bytes:
    """The workbook for what is followed, as bytes of an .xlsx file.

    Parameters
    ----------
    unit : who will report; stands in its cell already.
    synthetic : says on the first sheet that the county is made up.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        styles = form_styles(book)
        reports, steps, guide = (book.add_worksheet(name) for name in (REPORTS, STEPS, GUIDE))
        title = title_of(following.plan.title)
        _write_reports(reports, following, title, unit, styles)
        _write_steps(steps, following, title, styles)
        guide.set_column(0, 0, 110)
        warning = ("模拟数据：本表由程序生成，只用于演示。",) if synthetic else ()
        for row, line in enumerate((title, *warning, *_GUIDE)):
            guide.write_string(row, 0, line, styles["title" if row == 0 else "plain"])
        guide.protect()
    return target.getvalue()


def _write_reports(
    page: Worksheet, following: Following, title: str, unit: str, styles: Mapping[str, Any]
) -> None:
    page.write_string(0, 0, title, styles["title"])
    page.write_string(
        1, 0, f"只填黄色的格，没有新进展的行留空。填法见「{GUIDE}」。状态截至 {following.as_of}。"
    )
    page.write_string(2, 0, UNIT, styles["head"])
    page.write_string(2, 1, unit, styles["text"])
    page.write_string(2, 2, DAY, styles["head"])
    page.write_blank(2, 3, None, styles["date"])
    _limit_dates(page, 2, 3, 2)
    rows = [_report_cells(standing) for standing in following.standings]
    _write_table(page, 3, REPORT_COLUMNS, rows, styles)
    last = 3 + len(rows)
    for place, column in enumerate(REPORT_COLUMNS):
        if column.kind == "state":
            _limit_words(page, 4, place, last, STATE_WORDS)
        elif column.kind == "percent":
            rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
            message = {"error_title": "填写有误", "error_message": "请填 0 至 100 的数，不带百分号。"}
            page.data_validation(4, place, last, place, {**rule, **message})
        elif column.kind == "date":
            _limit_dates(page, 4, place, last)
    page.freeze_panes(4, 2)
    page.autofilter(3, 0, last, len(REPORT_COLUMNS) - 1)
    _finish(page, 3)


def _write_steps(page: Worksheet, following: Following, title: str, styles: Mapping[str, Any]) -> None:
    page.write_string(0, 0, title, styles["title"])
    page.write_string(1, 0, f"一步一行：{'、'.join(STEP_WORDS)}。反馈和复查不通过，要填整改期限。")
    recorded = [
        _step_cells(standing, step)
        for standing in following.standings
        for matter in standing.matters
        for step in matter.steps
    ]
    first = 3 + len(recorded)
    last = first + _BLANK_STEPS - 1
    _write_table(page, 2, STEP_COLUMNS, [*recorded, *({} for _ in range(_BLANK_STEPS))], styles)
    numbers = f"={REPORTS}!$A$5:$A${4 + len(following.standings)}"
    for place, column in enumerate(STEP_COLUMNS):
        if column.kind == "number":
            page.data_validation(first, place, last, place, {"validate": "list", "source": numbers})
        elif column.kind == "step":
            _limit_words(page, first, place, last, STEP_WORDS)
        elif column.kind == "date":
            _limit_dates(page, first, place, last)
    page.freeze_panes(3, 2)
    _finish(page, 2)


def _write_table(
    page: Worksheet,
    head: int,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, str]],
    styles: Mapping[str, Any],
) -> None:
    for row, cells in enumerate(rows, start=head + 1):
        page.set_row(row, _height(cells, columns))
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
        page.write_string(head, place, column.heading, styles["head"])
        style = styles.get(column.kind, styles["text"])
        for row, cells in enumerate(rows, start=head + 1):
            locked = not column.fill or cells.get(KEPT) == RECORDED
            text = cells.get(column.heading, "")[:_LONGEST]
            if locked or text:
                page.write_string(row, place, text, styles["locked"] if locked else style)
            else:
                page.write_blank(row, place, None, style)


def _height(cells: Mapping[str, str], columns: Sequence[Column]) -> float:
    """The height of a row in points; a Chinese character is as wide as two digits."""
    lines = 1
    for column in columns:
        text = cells.get(column.heading, "").splitlines() or [""]
        widths = [sum(1 if character.isascii() else 2 for character in line) for line in text]
        lines = max(lines, sum(1 + width // (column.width - 1) for width in widths))
    return min(_LINE * lines + _AROUND, _HIGHEST)


def _report_cells(standing: Standing) -> dict[str, str]:
    item, last = standing.item, standing.last
    said = ""
    if last is not None:
        percent = "" if last.percent is None else f" {last.percent:g}%"
        said = f"{last.day} {last.by}：{last.state.label}{percent}{f'；{last.words}' if last.words else ''}"
    adjusted = standing.adjustment.words if standing.adjustment else None
    return {
        NUMBER: str(item.key),
        "任务或项目": item.title,
        "应完成的内容": f"{item.words}（已调整为：{adjusted}）" if adjusted else item.words,
        "负责单位": "、".join(standing.answering),
        "期限": str(standing.due or "不再实施"),
        "目前状态": standing.words,
        "上次报告": said,
    }


def _step_cells(standing: Standing, step: FollowUp) -> dict[str, str]:
    word = step.step.label
    if step.step is Step.REINSPECTION:
        word = PASSED if step.passed else NOT_PASSED
    return {
        KEPT: RECORDED,
        NUMBER: str(standing.item.key),
        "办理": word,
        "日期": str(step.day),
        "办理单位": step.by,
        "对象": "、".join(step.to),
        "整改期限": str(step.due or ""),
        "内容": step.words or "",
        EVIDENCE: "；".join(each.file for each in step.evidence),
    }


def _limit_words(page: Worksheet, first: int, place: int, last: int, words: Sequence[str]) -> None:
    page.data_validation(
        first,
        place,
        last,
        place,
        {
            "validate": "list",
            "source": list(words),
            "error_title": "填写有误",
            "error_message": "请从下拉列表中选择。",
        },
    )


def _limit_dates(page: Worksheet, first: int, place: int, last: int) -> None:
    page.data_validation(
        first,
        place,
        last,
        place,
        {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            "error_title": "填写有误",
            "error_message": "请按 2025-09-30 填写日期。",
        },
    )


def _finish(page: Worksheet, head: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.protect(options={"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})


__all__ = ["sheet"]
