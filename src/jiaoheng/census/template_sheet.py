"""Writes one table's sheet of the template: headings, notes, drop-downs, limits, and the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiaoheng import terms
from jiaoheng.census.dictionary import Column, Table

BOOLEANS = {True: "是", False: "否"}
HELPER = "学校名称"
"""A column for the reader's eye beside the school code; reading passes over it."""

HEADING_ROW = 2
"""Excel row of the headings; the groups stand above, the data begins below."""

LONGEST_TEXT = 16_000
"""Longer text goes on in columns of its own: a cell holds 32,767 UTF-16 units, up to two a character."""

_LAST_ROW = 1_048_575
_WIDTHS = {"text": 22, "code": 16, "integer": 11, "number": 13, "boolean": 8, "date": 12, "term": 16}

Options = Mapping[str, str]
"""Code list to the range that holds its labels; the empty name is that of 是 and 否."""


class ExactSheet(Worksheet):  # type: ignore[misc]
    """A sheet that writes every digit of a number: the 16 of the library do not give back every float."""

    def _xml_number_element(self, number: float, attributes: Sequence[tuple[str, object]] = ()) -> None:
        text = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{text}><v>{number!r}</v></c>")


class Formats:
    """The cell formats of the workbook: one per type for data, all unlocked, and those of the headings."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        heading = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.note: Format = book.add_format({"bold": True, "font_color": "#9C4221", "text_wrap": True})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.group: Format = book.add_format({**heading, "bg_color": "#D9E2EC"})
        self.heading: Format = book.add_format({**heading, "bg_color": "#F0F4F8"})
        self.required: Format = book.add_format({**heading, "bg_color": "#334E68", "font_color": "#FFFFFF"})
        self.helper: Format = book.add_format({"font_color": "#829AB1", "locked": True})
        numbers = {"integer": "0", "number": "General", "date": "yyyy-mm-dd"}
        self.data: dict[str, Format] = {
            kind: book.add_format({"locked": False, "num_format": numbers.get(kind, "@")}) for kind in _WIDTHS
        }


@dataclass(frozen=True)
class Slot:
    """A column of the sheet. ``column`` is None for the helper; ``part`` counts on where a text goes on."""

    column: Column | None
    part: int = 0

    @property
    def heading(self) -> str:
        """What stands in the heading row."""
        if self.column is None:
            return HELPER
        return f"{self.column.heading}（续{self.part}）" if self.part else self.column.heading

    @property
    def group(self) -> str:
        """What stands above it."""
        return "供核对" if self.column is None else self.column.group


def write_sheet(
    sheet: Worksheet,
    table: Table,
    data: pa.Table | None,
    *,
    formats: Formats,
    options: Options,
    school_names: Mapping[str, str],
) -> tuple[str, ...]:
    """Write a table's sheet.

    Parameters
    ----------
    data : the rows to fill in, with all stored columns of the table; None for an empty sheet.
    formats, options : of the workbook.
    school_names : school code to name, for the column that helps a reader.

    Returns
    -------
    tuple of str
        The names of the dictionary's columns, in the order of the sheet.
    """
    slots = _slots(table, data)
    _write_headings(sheet, slots, formats)
    for index, slot in enumerate(slots):
        _write_limits(sheet, index, slot, options)
    if data is not None:
        for index, slot in enumerate(slots):
            _write_values(sheet, index, slot, data, formats, school_names)
    sheet.freeze_panes(HEADING_ROW, _frozen(slots))
    sheet.outline_settings(symbols_right=False)
    sheet.protect(
        options={
            "format_columns": True,
            "format_rows": True,
            "insert_rows": True,
            "delete_rows": True,
            "delete_columns": True,
            "sort": True,
            "autofilter": True,
        }
    )
    return tuple(slot.column.name for slot in slots if slot.column is not None and not slot.part)


def _slots(table: Table, data: pa.Table | None) -> list[Slot]:
    slots: list[Slot] = []
    for column in table.columns:
        slots.append(Slot(column))
        if data is not None and column.type == "text" and column.stored:
            longest = pc.max(pc.utf8_length(data[column.name])).as_py() or 0
            slots += [Slot(column, part) for part in range(1, -(-longest // LONGEST_TEXT))]
    if table.name == "school_stages":
        slots.insert(1, Slot(None))
    return slots


def _frozen(slots: Sequence[Slot]) -> int:
    """How many columns stay in sight: the key and the helper, as far as they open the sheet."""
    count = 0
    for slot in slots[:3]:
        if slot.column is not None and not slot.column.key:
            break
        count += 1
    return count


def _write_headings(sheet: Worksheet, slots: Sequence[Slot], formats: Formats) -> None:
    sheet.set_row(0, 18)
    sheet.set_row(1, 62)
    first = 0
    for group, members in groupby(slots, key=lambda slot: slot.group):
        last = first + len(list(members)) - 1
        if last > first:
            sheet.merge_range(0, first, 0, last, group, formats.group)
        else:
            sheet.write_string(0, first, group, formats.group)
        for index in range(first, last + 1):
            # The first column of a group stays outside its outline and parts it from the group before.
            outline = {"level": 1} if first < index else {}
            column = slots[index].column
            kind = "text" if column is None else column.type
            cells = formats.helper if column is None else formats.data[kind]
            sheet.set_column(index, index, _WIDTHS[kind], cells, outline)
        first = last + 1
    for index, slot in enumerate(slots):
        required = slot.column is not None and slot.column.required
        sheet.write_string(1, index, slot.heading, formats.required if required else formats.heading)
        if slot.column is not None and not slot.part:
            sheet.write_comment(1, index, _note(slot.column), {"x_scale": 2.2, "y_scale": 1.6})


def _note(column: Column) -> str:
    lines = [column.zh]
    if column.meaning:
        lines.append(f"含义：{column.meaning}")
    if column.form or column.field:
        lines.append(f"来源：{column.form}{' ' if column.form and column.field else ''}{column.field}")
    if column.unit:
        lines.append(f"单位：{column.unit_zh}")
    if column.codes:
        lines.append(f"可选：{'、'.join(member.label for member in terms.CODE_LISTS[column.codes])}")
    if column.rule.stored == "hash":
        lines.append("个人标识，入库时变为加密散列。")
    if column.rule.stored == "never":
        lines.append("姓名只供填表核对，不入库。")
    lines.append("必填。" if column.required else "没有数据时留空，不要填 0。")
    return "\n".join(lines)


def _write_limits(sheet: Worksheet, index: int, slot: Slot, options: Options) -> None:
    column = slot.column
    rule: dict[str, object]
    if column is None:
        return
    if column.type in ("term", "boolean"):
        rule = {"validate": "list", "source": options[column.codes], "error_message": "请从下拉列表中选择。"}
    elif column.type == "integer":
        rule = {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_message": "请填 0 或正整数；没有数据时留空。",
        }
    elif column.type == "number" and column.unit == "度":
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -180,
            "maximum": 180,
            "error_message": "请填经纬度，以度为单位。",
        }
    elif column.type == "number":
        rule = {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_message": "请填 0 或正数；没有数据时留空。",
        }
    elif column.type == "date":
        rule = {
            "validate": "date",
            "criteria": ">=",
            "value": date(1900, 3, 1),
            "error_message": "请按 2015-09-01 填写日期。",
        }
    else:
        return
    rule["error_title"] = "填写有误"
    sheet.data_validation(HEADING_ROW, index, _LAST_ROW, index, rule)


def _write_values(
    sheet: Worksheet,
    index: int,
    slot: Slot,
    data: pa.Table,
    formats: Formats,
    school_names: Mapping[str, str],
) -> None:
    column = slot.column
    if column is None:
        for row, code in enumerate(data["school_code"].to_pylist(), start=HEADING_ROW):
            sheet.write_string(row, index, school_names.get(code) or "", formats.helper)
        return
    if not column.stored:
        return
    cells = formats.data[column.type]
    labels = (
        {str(member.value): member.label for member in terms.CODE_LISTS[column.codes]} if column.codes else {}
    )
    start = slot.part * LONGEST_TEXT
    for row, value in enumerate(data[column.name].to_pylist(), start=HEADING_ROW):
        if value is None:
            continue
        if column.type in ("integer", "number"):
            sheet.write_number(row, index, value, cells)
        elif column.type == "date":
            sheet.write_datetime(row, index, value, cells)
        elif column.type == "boolean":
            sheet.write_string(row, index, BOOLEANS[value], cells)
        elif column.type == "term":
            sheet.write_string(row, index, labels[value], cells)
        else:
            text = value[start : start + LONGEST_TEXT]
            if text:
                sheet.write_string(row, index, text, cells)
