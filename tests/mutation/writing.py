"""Writes a draft as a file: .xlsx, .xls, CSV in any encoding, or HTML that calls itself .xls."""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
import xlwt

from .draft import Draft, Page


@dataclass(frozen=True)
class Failed:
    """A cell with an error (``#REF!``), as Excel keeps it."""

    error: str


@dataclass(frozen=True)
class Formula:
    """A cell with a formula that was never worked out."""

    text: str = "=1+1"


def write(draft: Draft, folder: Path) -> Path:
    """Write the draft into a folder; the file."""
    path = folder / draft.name
    content = {"xlsx": _xlsx, "xls": _xls, "csv": _csv, "html": _html}[draft.form](draft)
    for change in draft.finish:
        content = change(content)
    path.write_bytes(content)
    return path


def _xlsx(draft: Draft) -> bytes:
    sink = io.BytesIO()
    options = {"strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(sink, {**options, "nan_inf_to_errors": True, "in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for page in draft.pages:
        sheet = book.add_worksheet(page.name)
        if page.hidden:
            sheet.hide()
        covered = set()
        for top, left, bottom, right in page.merges:
            sheet.merge_range(top, left, bottom, right, "")
            covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {
                (top, left)
            }
        for row, line in enumerate(page.lines):
            for column, spot in enumerate(line.spots):
                value = spot.value
                if value is None or value == "" or (row, column) in covered:
                    continue
                if isinstance(value, Failed):
                    sheet.write_formula(row, column, "=A1/0", None, value.error)
                elif isinstance(value, Formula):
                    sheet.write_formula(row, column, value.text, None, "")
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif isinstance(value, datetime | date):
                    sheet.write_datetime(row, column, value, day)  # type: ignore[arg-type]
                elif isinstance(value, int | float):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, str(value))
        for row in page.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
    if draft.pages and draft.pages[0].hidden:
        visible = next((number for number, page in enumerate(draft.pages) if not page.hidden), None)
        if visible is not None:
            book.worksheets()[visible].activate()
    book.close()
    return sink.getvalue()


def _xls(draft: Draft) -> bytes:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page in draft.pages:
        sheet = book.add_sheet(page.name[:31], cell_overwrite_ok=True)
        sheet.visibility = int(page.hidden)
        for row, line in enumerate(page.lines):
            for column, spot in enumerate(line.spots[:256]):
                value = spot.value
                if value is None or value == "":
                    continue
                if isinstance(value, date):
                    sheet.write(row, column, value, day)
                elif isinstance(value, Failed | Formula):
                    sheet.write(row, column, _text(value))
                else:
                    sheet.write(row, column, value)
        for top, left, bottom, right in page.merges:
            if right < 256:
                sheet.merge(top, bottom, left, right)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _csv(draft: Draft) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink)
    for line in draft.pages[0].lines:
        writer.writerow([_text(spot.value) for spot in line.spots])
    return sink.getvalue().encode(draft.encoding, "replace")


def _html(draft: Draft) -> bytes:
    page = draft.pages[0]
    rows = "".join(f"<tr>{''.join(_cells(page, row))}</tr>\n" for row in range(len(page.lines)))
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
    return f"{head}<body><table border=1>\n{rows}</table></body></html>".encode("utf-8", "replace")


def _cells(page: Page, row: int) -> list[str]:
    spans = {
        (top, left): f' rowspan="{bottom - top + 1}" colspan="{right - left + 1}"'
        for top, left, bottom, right in page.merges
    }
    covered = {
        (r, c)
        for top, left, bottom, right in page.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    } - set(spans)
    return [
        f"<td{spans.get((row, column), '')}>{html.escape(_text(spot.value))}</td>"
        for column, spot in enumerate(page.lines[row].spots)
        if (row, column) not in covered
    ]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Failed):
        return value.error
    if isinstance(value, Formula):
        return value.text
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else str(value)
