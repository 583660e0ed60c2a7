"""Writes scores beside the rows that they are of, in copies of the workbooks that the measurements came from.

The new columns have the headings of the national system's export, so that a copy can be imported as one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from jiaoheng.census.checking.cached import keep_cached
from jiaoheng.standards.fitness import FitnessError, FitnessResults

COPIED = (".xlsx", ".xlsm")
"""The kinds of workbook that can be copied with more columns."""


def with_scores(path: Path, results: FitnessResults, source: int) -> bytes:
    """A copy of a workbook with the scores of its pupils to the right of their rows.

    Parameters
    ----------
    path : the workbook, as it was scored.
    results : its scores.
    source : its position among the files that were scored.

    Raises
    ------
    FitnessError
        It is of a kind that cannot be copied, or has scores already.
    """
    if path.suffix.lower() not in COPIED:
        raise FitnessError(f"{path.name}：只有 .xlsx、.xlsm 能写带成绩的副本。请另存为 .xlsx，或用 -o。")
    content = path.read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=path.suffix.lower() == ".xlsm")
    for (of, name), head in results.heads.items():
        if of == source and name in book.sheetnames:
            mine = results.pupils.filter((pl.col("source") == source) & (pl.col("sheet") == name))
            _add(book[name], head, mine, results, path.name)
    saved = io.BytesIO()
    book.save(saved)
    return keep_cached(saved.getvalue(), content)


def _add(sheet: Any, head: int, pupils: pl.DataFrame, results: FitnessResults, file: str) -> None:
    columns = _columns(pupils, results)
    taken = {str(cell.value).strip() for cell in sheet[head] if cell.value is not None}
    if double := [heading for heading in columns if heading in taken]:
        raise FitnessError(
            f"{file} › {sheet.title}：已有「{double[0]}」一列，没有写副本。请删去原有的成绩列，或用 -o。"
        )
    first = sheet.max_column + 1
    model = sheet.cell(head, sheet.max_column)
    for place, (heading, values) in enumerate(columns.items(), start=first):
        cell = sheet.cell(head, place, heading)
        cell._style = copy(model._style)
        for row, value in zip(pupils["row"], values, strict=True):
            if value is not None and value != "":
                sheet.cell(row, place, value)


def _columns(pupils: pl.DataFrame, results: FitnessResults) -> dict[str, Sequence[Any]]:
    """Headings and what stands under them; items that nobody of the sheet does are left out."""
    found: dict[str, Sequence[Any]] = {}
    for item in results.rules.items.values():
        if pupils[f"{item.id}_points"].null_count() == pupils.height:
            continue
        if item is results.rules.bmi and pupils["bmi"].null_count() < pupils.height:
            found[item.name] = pupils["bmi"].to_list()
        found[f"{item.name}得分"] = pupils[f"{item.id}_points"].to_list()
        found[f"{item.name}等级"] = pupils[f"{item.id}_level"].to_list()
        if any(key[0] == item.id for key in results.rules.bonuses):
            found[f"{item.name}附加分"] = pupils[f"{item.id}_bonus"].to_list()
    return found | {
        "标准分": pupils["standard"].to_list(),
        "附加分": pupils["bonus"].to_list(),
        "总分": pupils["total"].to_list(),
        "总分等级": pupils["level"].to_list(),
        "评分说明": pupils["reason"].to_list(),
    }


__all__ = ["COPIED", "with_scores"]
