"""The parts of one school on rows of their own: 某某学校（小学部） and 某某学校（初中部） under one code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from jiaoheng.census.readers.matching import Match
from jiaoheng.census.workbook import Cell, Row

_PART = re.compile(r"[(（]?(幼儿园?|小学|初中|普?高中)部[)）]?$")
_STAGES = {"幼儿": "preschool", "幼儿园": "preschool", "小学": "primary", "初中": "junior"}


def parts_of_schools(rows: Sequence[Row], data: Sequence[int], matched: Match) -> dict[int, tuple[str, str]]:
    """The rows that are a part of a school: position to the stage and the school's own name.

    Only rows that share their code with another are parts; else 小学部 belongs to the name of a campus.
    """
    name, code = matched.columns.get("schools.name"), matched.columns.get("schools.school_code")
    if name is None or code is None:
        return {}
    codes = Counter(_text(rows[position], code.path.column) for position in data)
    found = {}
    for position in data:
        row = rows[position]
        text = _text(row, name.path.column)
        part = _PART.search(text)
        if part is not None and codes[_text(row, code.path.column)] > 1:
            found[position] = (_STAGES.get(part[1], "senior"), text[: part.start()])
    return found


def with_names(
    rows: Sequence[Row], positions: Sequence[int], matched: Match, parts: Mapping[int, tuple[str, str]]
) -> list[Row]:
    """The rows at these positions, parts of schools under the school's own name."""
    column = matched.columns["schools.name"].path.column if parts else 0
    found: list[Row] = []
    for position in positions:
        row: Row = rows[position]
        if position in parts:
            cells: list[Cell] = list(row)
            cells[column] = parts[position][1]
            row = cells
        found.append(row)
    return found


def _text(row: Row, column: int) -> str:
    return "" if column >= len(row) or row[column] is None else "".join(str(row[column]).split())


__all__ = ["parts_of_schools", "with_names"]
