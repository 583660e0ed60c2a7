"""Indicator tables printed in the ways that published plans print them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from jiaoheng.plans.reading.source import MarkedCell, MarkedTable, Source, Span

TITLE = "“十四五”时期教育发展主要指标"
BEFORE = f"到2025年，全县教育事业发展达到以下目标。\n\n表1 {TITLE}\n\n"
AFTER = (
    "\n\n第三章 主要任务\n\n坚持把教育摆在优先发展的战略地位，统筹城乡教育资源配置，办好人民满意的教育。\n"
)


@dataclass(frozen=True)
class Line:
    """A row: its group, and its other cells as printed."""

    group: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """A table of indicators: the heads of its columns but the first (the groups'), and its rows."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def head(self) -> list[str]:
        return ["类别", *self.heads]

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the body; a group is printed in its first row only."""
        rows = []
        for _, lines in groupby(self.lines, lambda line: line.group):
            for place, line in enumerate(lines):
                rows.append(["" if place else line.group, *line.cells])
        return rows


def one_cell_a_line(table: Printed) -> Source:
    return _text("\n\n".join(cell for row in [table.head, *table.rows] for cell in row if cell))


def one_cell_a_line_without_blank_lines(table: Printed) -> Source:
    return _text("\n".join(cell for row in [table.head, *table.rows] for cell in row if cell))


def without_a_head_for_names(table: Printed) -> Source:
    rows = [table.head[2:], *table.rows]  # neither 类别 nor 指标
    return _text("\n\n".join(cell for row in rows for cell in row if cell))


def with_wrapped_heads(table: Printed) -> Source:
    """The years' heads in two lines: 2025年 / (目标)."""
    head = [part for cell in table.head for part in ((cell, "(目标)") if cell[0] == "2" else (cell,))]
    return _text("\n\n".join([*head, *(cell for row in table.rows for cell in row if cell)]))


def tabs(table: Printed) -> Source:
    return _text("\n".join("\t".join(row) for row in [table.head, *table.rows]))


def tabs_over_pages(table: Printed) -> Source:
    """Each two rows on a page of their own, the head again on each."""
    pages = [table.rows[at : at + 2] for at in range(0, len(table.rows), 2)]
    return _text("\n\n".join("\n".join("\t".join(row) for row in [table.head, *page]) for page in pages))


def tabs_with_group_rows(table: Printed) -> Source:
    rows = [table.head[1:]]
    for row in table.rows:
        if row[0]:
            rows.append([row[0], *[""] * (len(row) - 2)])
        rows.append(row[1:])
    return _text("\n".join("\t".join(row) for row in rows))


def pipes(table: Printed) -> Source:
    rule = ["---"] * len(table.head)
    return _text("\n".join("| " + " | ".join(row) + " |" for row in [table.head, rule, *table.rows]))


def html(table: Printed) -> Source:
    """With the groups merged down and an outer head over the years."""
    years = [cell for cell in table.head if cell.startswith("20")]
    outer = [f"<td rowspan='2'>{cell}</td>" for cell in table.head if cell not in years]
    outer.insert(table.head.index(years[0]), f"<td colspan='{len(years)}'>年度值</td>")
    rows = [
        "<tr>" + "".join(outer) + "</tr>",
        "<tr>" + "".join(f"<td>{year}</td>" for year in years) + "</tr>",
    ]
    for group, lines in groupby(table.lines, lambda line: line.group):
        for place, line in enumerate(same := list(lines)):
            first = "" if place else f"<td rowspan='{len(same)}'><p>{group}</p></td>"
            rows.append(f"<tr>{first}{''.join(f'<td>{_escaped(cell)}</td>' for cell in line.cells)}</tr>")
    return _text("<table>\n" + "\n".join(rows) + "\n</table>")


def marked(table: Printed) -> Source:
    """As a docx has it: the text a cell a line, the grid beside it, groups merged down."""
    text, cells = BEFORE, []
    start = len(text)
    for number, row in enumerate([table.head, *table.rows]):
        for column, cell in enumerate(row):
            if column == 0 and not cell:
                continue
            down = 1
            if column == 0:
                later = [other[0] for other in [table.head, *table.rows][number + 1 :]]
                down += next((at for at, group in enumerate(later) if group), len(later))
            cells.append(MarkedCell(number, column, Span(len(text), len(text) + len(cell)), down))
            text += cell + "\n"
    return Source(text + AFTER, tables=(MarkedTable(Span(start, len(text)), tuple(cells)),))


def aligned(table: Printed) -> Source:
    """Columns drawn with blanks; a group stands in a line of its own."""
    lines = ["".join(cell.ljust(30) for cell in table.head[1:])]
    for row in table.rows:
        if row[0]:
            lines.append(row[0])
        lines.append("".join(cell.ljust(30) for cell in row[1:]).rstrip())
    return _text("\n".join(lines))


def text_layer(table: Printed) -> Source:
    """As a PDF gives it: the cells of a row in one line, one blank between them."""
    return _text("\n".join(" ".join(cell for cell in row if cell) for row in [table.head, *table.rows]))


def traditional(table: Printed) -> Source:
    """Traditional characters, full-width digits and brackets, tabs."""
    return _text(tabs(table).text[len(BEFORE) : -len(AFTER)].translate(_WIDE))


WAYS: tuple[Callable[[Printed], Source], ...] = (
    one_cell_a_line,
    one_cell_a_line_without_blank_lines,
    without_a_head_for_names,
    with_wrapped_heads,
    tabs,
    tabs_over_pages,
    tabs_with_group_rows,
    pipes,
    html,
    marked,
    aligned,
    text_layer,
    traditional,
)

_WIDE = str.maketrans(
    {digit: chr(ord(digit) + 0xFEE0) for digit in "0123456789.%"}
    | dict(zip("学师专业发务义园", "學師專業發務義園", strict=True))
)


def _text(body: str) -> Source:
    return Source(BEFORE + body + AFTER)


def _escaped(cell: str) -> str:
    return cell.replace(">", "&gt;").replace("<", "&lt;")
