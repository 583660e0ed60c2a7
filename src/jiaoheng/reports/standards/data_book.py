"""The forms in which schools report, filled from a census: to be checked, corrected and read again.

The layouts are those that the readers know (``packs/data/forms``), so that what is written here can be read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import xlsxwriter

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.snapshot import Census
from jiaoheng.census.template_sheet import ExactSheet
from jiaoheng.packs.form_layouts import FormLayout, NamedCell
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.xlsx.names import sheet_names
from jiaoheng.reports.xlsx.styles import BOOK, Styles

Value = float | str | None
Line = tuple[str, str, Value] | str
"""A label, the unit that its number is in, and the value; or the heading of a part."""

_UNITS = {"万元": 10_000.0}
_HEADS = ("序号", "指标名称", "计量单位", "填报值")
_WIDTHS = (8, 58, 12, 22)


def data_book(layout: FormLayout, census: Census, schools: Sequence[str], origin: Origin) -> bytes:
    """A workbook with a filled form for each school; what is not known is an empty cell.

    Parameters
    ----------
    layout : a form of a school that lists its fields below one another.
    schools : codes, in the order of the sheets.
    """
    target = io.BytesIO()
    rows = {row["school_code"]: row for row in census.table("schools").to_pylist()}
    stages: dict[str, list[dict[str, Any]]] = {}
    for row in census.table("school_stages").to_pylist():
        stages.setdefault(row["school_code"], []).append(row)
    names = sheet_names([rows[code]["name"] or code for code in schools])
    with xlsxwriter.Workbook(target, deepcopy(BOOK)) as book:
        styles = Styles(book)
        for name, code in zip(names, schools, strict=True):
            sheet = book.add_worksheet(name, worksheet_class=ExactSheet)
            for place, width in enumerate(_WIDTHS):
                sheet.set_column(place, place, width)
            sheet.write_string(0, 0, layout.layout.name, styles.title)
            sheet.set_row(0, 30)
            sheet.write_string(1, 0, f"学校（机构）名称：{rows[code]['name'] or ''}", styles.plain_line)
            sheet.write_string(1, 2, f"学校（机构）标识码：{code}", styles.plain_line)
            if origin.warning:
                sheet.write_string(2, 0, origin.warning, styles.warning_line)
            for place, head in enumerate(_HEADS):
                sheet.write_string(3, place, head, styles.head_words)
            _write(sheet, list(lines(layout, rows[code], stages.get(code, ()))), styles)
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(3)
    return target.getvalue()


def lines(
    layout: FormLayout, school: Mapping[str, Any], stages: Sequence[Mapping[str, Any]]
) -> Iterator[Line]:
    """The lines of a school's form: of the whole school, then a part for each stage that the form has."""
    cells = list(_first_of_each(layout))
    yield "学校基本数据"
    for cell in cells:
        if cell.target.startswith("schools."):
            yield _line(cell, school)
    words = {stage: pattern.split("|")[0] for pattern, stage in layout.layout.stages.items()}
    order = {stage.value: place for place, stage in enumerate(terms.Stage)}
    for row in sorted(stages, key=lambda row: order.get(row["stage"], len(order))):
        if row["stage"] in words:
            yield words[row["stage"]]
            yield from (_line(cell, row) for cell in cells if cell.target.startswith("school_stages."))


def _first_of_each(layout: FormLayout) -> Iterator[NamedCell]:
    """One cell for each column: of several that lead to it, or add up to it, the first."""
    seen: set[str] = set()
    for cell in layout.named_cells():
        if cell.target not in seen:
            seen.add(cell.target)
            yield cell


def _line(cell: NamedCell, row: Mapping[str, Any]) -> tuple[str, str, Value]:
    table, _, name = cell.target.partition(".")
    column = dictionary.table(table)[name]
    value = row[name]
    label = cell.row.split("|")[0]
    if value is None:
        return label, cell.unit or column.unit_zh, None
    if column.type == "boolean":
        return label, "", "是" if value else "否"
    if column.type == "term":
        return label, "", terms.label(column.codes or name, value)
    if isinstance(value, str):
        return label, "", value
    return label, cell.unit or column.unit_zh, float(value) / _UNITS.get(cell.unit, 1.0)


def _write(sheet: Any, found: Sequence[Line], styles: Styles) -> None:
    number = 0
    for place, line in enumerate(found, 4):
        if isinstance(line, str):
            sheet.write_string(place, 1, line, styles.heading)
            continue
        number += 1
        label, unit, value = line
        sheet.write_number(place, 0, number, styles.number(0))
        sheet.write_string(place, 1, label, styles.words())
        sheet.write_string(place, 2, unit, styles.words())
        if isinstance(value, float):
            sheet.write_number(place, 3, value, styles.style(align="right", bottom=1))
        elif value:
            sheet.write_string(place, 3, value, styles.words())
        else:
            sheet.write_blank(place, 3, None, styles.words())
