"""Lines and bars as charts of the spreadsheet program itself, beside the numbers that they draw.

A bureau copies such a chart into its own document and edits it there. Dots, boxes and maps have no like in
a spreadsheet: they stay on the page and in the document, and the text says what they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart as XlsxChart
from xlsxwriter.worksheet import Worksheet

from jiaoheng.census.template_sheet import ExactSheet
from jiaoheng.reports.blocks import Document
from jiaoheng.reports.charts import FAINT, HUES, PAPER, SOFT, Chart
from jiaoheng.reports.xlsx import paper
from jiaoheng.reports.xlsx.styles import FACE, Styles

_GAP = 3
# Rows that a chart covers, in a sheet whose rows are 18 points high.
_TALL = 15
_ROW_POINTS = 18
# Rows that a page has room for, as wide as such a sheet is.
_PAGE_ROWS = 44
_FIRST_WIDTH, _WIDTH, _BETWEEN = 12, 13, 9
_PIXELS_WIDE = 620

_TYPES = {"line": "line", "bar": "column"}
_DASHES = {"solid": "solid", "dashed": "dash", "dotted": "round_dot"}
_MARKERS = {
    "circle": "circle",
    "rect": "square",
    "triangle": "triangle",
    "diamond": "diamond",
    "emptyCircle": "circle",
    "emptyTriangle": "triangle",
    "none": "none",
}


@dataclass(frozen=True)
class Series:
    """One line, or one row of bars; ``look`` is its ECharts series."""

    name: str
    values: tuple[float | None, ...]
    look: Mapping[str, Any]


@dataclass(frozen=True)
class Data:
    """What a chart draws: for each category a value of each series, None where it is not known."""

    type: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


def data(chart: Chart) -> Data | None:
    """The numbers of a chart of lines, or of bars, over categories; None for any other."""
    axis = chart.option.get("xAxis", {})
    # What is silent only shades; it has no figures of its own.
    series = [one for one in chart.option.get("series", []) if not one.get("silent")]
    types = {one["type"] for one in series}
    if axis.get("type") != "category" or len(types) != 1 or not types <= set(_TYPES):
        return None
    return Data(
        _TYPES[types.pop()],
        tuple(axis["data"]),
        tuple(
            Series(one.get("name", "数值"), tuple(item["value"] for item in one["data"]), one)
            for one in series
        ),
    )


def rows(charts: Sequence[Chart]) -> Iterator[tuple[Chart, int]]:
    """The row (from 0) at which each chart's block begins on the sheet."""
    at = 2
    for chart in charts:
        yield chart, at
        found = data(chart)
        assert found is not None
        # Title, head, one row a category, source and note; or as many as the picture covers.
        at += max(len(found.categories) + 4, _TALL + 2) + _GAP


def write(
    book: xlsxwriter.Workbook, name: str, document: Document, charts: Sequence[Chart], styles: Styles
) -> None:
    """Write every chart with its numbers on a new sheet called ``name``."""
    sheet = book.add_worksheet(name, worksheet_class=ExactSheet)
    sheet.hide_gridlines(2)
    sheet.set_default_row(_ROW_POINTS)
    most = max(len(found.series) for chart in charts if (found := data(chart)))
    sheet.set_column(0, 0, _FIRST_WIDTH)
    sheet.set_column(1, most, _WIDTH)
    places = list(rows(charts))
    width = _FIRST_WIDTH + _WIDTH * most + _BETWEEN + _PIXELS_WIDE / 4.5
    paper.across(sheet, document, width=width, breaks=_breaks([at for _, at in places]))
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, "图和作图的数据", styles.caption)
    for chart, at in places:
        found = data(chart)
        assert found is not None
        _write_numbers(sheet, chart, found, at, styles)
        drawn = _draw(book, name, chart, found, at)
        sheet.insert_chart(
            at + 1, most + 2, drawn, {"description": chart.alt, "object_position": 1, "x_offset": 8}
        )


def _breaks(begins: Sequence[int]) -> list[int]:
    """The rows at which a page begins: as many blocks on each as fit, and one at least."""
    found, top = [], 0
    for at, following in zip(begins[1:], [*begins[2:], None], strict=True):
        ends = at + _TALL + 2 if following is None else following - _GAP
        if ends - top > _PAGE_ROWS:
            found.append(at)
            top = at
    return found


def _write_numbers(sheet: Worksheet, chart: Chart, found: Data, at: int, styles: Styles) -> None:
    sheet.write_string(at, 0, f"{chart.title}（单位：{chart.unit}）", styles.heading)
    sheet.write_string(at + 1, 0, "", styles.head_words)
    for place, series in enumerate(found.series, start=1):
        sheet.write_string(at + 1, place, series.name, styles.head_numbers)
    known = [value for series in found.series for value in series.values if value is not None]
    number = styles.number(0 if all(value == int(value) for value in known) else 2)
    for line, category in enumerate(found.categories, start=at + 2):
        sheet.write_string(line, 0, category, styles.words())
        for place, series in enumerate(found.series, start=1):
            value = series.values[line - at - 2]
            if value is None:
                # An empty cell draws no point; words would be drawn as 0.
                sheet.write_blank(line, place, None, styles.words())
            else:
                sheet.write_number(line, place, value, number)
    sheet.write_string(
        at + 2 + len(found.categories), 0, f"来源：{chart.source}；截至{chart.date}。", styles.soft_line
    )


def _draw(book: xlsxwriter.Workbook, name: str, chart: Chart, found: Data, at: int) -> XlsxChart:
    stacked = all("stack" in series.look for series in found.series)
    drawn = book.add_chart({"type": found.type, **({"subtype": "stacked"} if stacked else {})})
    first, last = at + 2, at + 1 + len(found.categories)
    for place, series in enumerate(found.series, start=1):
        drawn.add_series(
            {
                "name": [name, at + 1, place],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, place, last, place],
                **_look(found.type, series, place - 1),
            }
        )
    small = {"name": FACE, "size": 9, "color": SOFT}
    limits = chart.option.get("yAxis", {})
    drawn.set_title({"name": chart.title, "name_font": {"name": FACE, "size": 11, "bold": False}})
    drawn.set_x_axis(
        {"num_font": small, "line": {"color": SOFT}, "major_tick_mark": "none", "num_format": "General"}
    )
    drawn.set_y_axis(
        {
            "num_font": small,
            "num_format": "General",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": FAINT, "width": 0.75}},
            "name": chart.unit,
            "name_font": small | {"bold": False, "rotation": 360},
            **{key: limits[key] for key in ("min", "max") if key in limits},
        }
    )
    drawn.set_legend({"none": True} if len(found.series) == 1 else {"position": "top", "font": small})
    # A year that is not known leaves a gap in a measured line; a target's path runs on over it.
    over = any(series.look.get("connectNulls") for series in found.series)
    drawn.show_blanks_as("span" if over else "gap")
    drawn.set_chartarea({"border": {"none": True}})
    drawn.set_size({"width": _PIXELS_WIDE, "height": _TALL * _ROW_POINTS * 4 // 3})
    return drawn


def _look(type: str, series: Series, place: int) -> dict[str, Any]:
    """The look that the page gives to the series."""
    line, item = series.look.get("lineStyle", {}), series.look.get("itemStyle", {})
    hue = line.get("color") or item.get("color") or HUES[place % len(HUES)]
    if type == "column":
        return {"fill": {"color": hue}, "gap": 60}
    dash = line.get("type", "solid")
    symbol = series.look.get("symbol", "circle")
    hollow = symbol.startswith("empty") or item.get("color") == PAPER
    return {
        "line": {
            "color": hue,
            "width": line.get("width", 2),
            "dash_type": _DASHES[dash] if isinstance(dash, str) else "long_dash",
        },
        "marker": {
            "type": _MARKERS.get(symbol, "circle"),
            "size": 6,
            "fill": {"color": PAPER if hollow else hue},
            "border": {"color": hue},
        },
    }
