"""Valid books of two kinds more: official per-school forms, and the fitness system's export of pupils."""

from __future__ import annotations

import itertools
import re
from functools import cache

from census import form_books
from census.form_books import Filled, Shape, write_forms

from .county import secret_name, secret_number, tables
from .draft import Head, Line, Page, Spot, opened

SHAPES: dict[str, Shape] = {
    shape.code.removeprefix("教基"): shape
    for shape in (
        *(form_books.FORM_3112, form_books.FORM_3113, form_books.FORM_2106),
        *(form_books.FORM_4149, form_books.FORM_4153, form_books.FORM_5170),
    )
}
SCHOOL = "2144001000"


@cache
def form(number: str) -> list[Page]:
    """The form of a school, with another figure in every cell, so that each can be told from all others."""
    shape = SHAPES[number]
    name = next(row["name"] for row in tables()["schools"].to_pylist() if row["school_code"] == SCHOOL)
    figures = itertools.count(1001, 7)
    values = {(code, heading): next(figures) for _, code in shape.rows for heading in shape.columns}
    sheet = f"{shape.code}_小学"
    written = []
    page = opened(
        lambda path: written.append(write_forms(path, {sheet: Filled(shape, values, SCHOOL, name)}))
    )[0]
    width = max(len(line.spots) for line in page.lines)
    page.heads = [Head("form_cells.value" if column > 1 else "") for column in range(width)]
    places = {address: values[at] for at, address in written[0][sheet][0].cells.items()}
    for address, value in places.items():
        letters, row = re.match(r"([A-Z]+)(\d+)", address).groups()  # type: ignore[union-attr]
        line = page.lines[int(row) - 1]
        line.role, line.tag = "data", f"{sheet} {row}"
        column = sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(letters))) - 1
        line.spots[column].may = frozenset({value})
    first = min(page.data)
    depth = max(len(heading) for heading in shape.columns)
    for line in page.lines[first - depth - 1 : first - 1]:
        line.role = "heading"
    return [page]


@cache
def fitness() -> list[Page]:
    """Pupils with the score of each: they are counted by school, and none of them is kept."""
    headings = ["学校代码", "年级编号", "班级名称", "学籍号", "姓名", "性别", "肺活量", "总分", "总分等级"]
    lines = [Line([Spot(text) for text in headings], role="heading")]
    levels = (("优秀", 93), ("良好", 84), ("及格", 66), ("不及格", 41))
    for number in range(30):
        level, score = levels[number % 4]
        cells = [
            f"21440010{number % 3:02d}",
            f"1{number % 6 + 1}",
            f"{number % 2 + 1}班",
            secret_number(number),
        ]
        cells += [secret_name(number), "男女"[number % 2], 1500 + number, score, level]
        lines.append(Line([Spot(cell) for cell in cells], f"成绩 {number}"))
    return [Page("成绩", lines, [Head() for _ in headings])]
