"""Fills what a roster of persons leaves out because its file says it: the school, the grade, sex and birth.

The rosters from which the official forms are filled in are kept school by school: the school stands in the
name of the file, a grade counts within its stage, and the identity number says sex and date of birth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from jiaoheng import terms
from jiaoheng.census import identity_check, values
from jiaoheng.census.dictionary import table as table_named
from jiaoheng.census.readers.assemble import Given
from jiaoheng.census.readers.forms.schools import school_in
from jiaoheng.census.readers.known import Known
from jiaoheng.census.readers.stages import stage_of_grade
from jiaoheng.census.workbook import Cell

_FIRST_GRADE = {"junior": 7, "senior": 10}
_WHOLE = {"pupils": "grade", "teachers": "kind"}
"""The column that tells a whole roster from a list that adds a few columns to one."""


def school_of_file(
    table: str, columns: Mapping[str, Given], texts: Sequence[str], known: Known
) -> str | None:
    """The school of all rows, where no column names one and a title, the sheet or the file does."""
    if f"{table}.school_code" in columns or not _is_whole(table, columns):
        return None
    return next((who.code for text in texts if (who := school_in(text, known)).code), None)


def grades_within_stages(table: str, columns: dict[str, Given], stage_of_file: str | None) -> None:
    """一年级 of a junior school is 七年级: where the row, or else the file, says the stage."""
    grades, stages = columns.get(f"{table}.grade"), columns.get(f"{table}.stage")
    if grades is None or (stages is None and stage_of_file not in _FIRST_GRADE):
        return
    named: Sequence[Cell] = stages.cells if stages is not None else [stage_of_file] * len(grades.cells)
    pairs = {pair: _within(*pair) for pair in set(zip(named, grades.cells, strict=True))}
    if any(pairs.values()):
        cells = [pairs[pair] or pair[1] for pair in zip(named, grades.cells, strict=True)]
        columns[grades.target] = replace(grades, cells=cells)


def sex_and_birth(table: str, columns: dict[str, Given]) -> str:
    """What identity numbers say where the roster does not, as a note; a faulty number says nothing."""
    if not _is_whole(table, columns):
        return ""
    (key,) = table_named(table).key
    identifiers = columns.get(f"{table}.{key}")
    wanted = [name for name in ("sex", "birth_date") if f"{table}.{name}" not in columns]
    if identifiers is None or not wanted:
        return ""
    codes, _ = values.parse_column(identifiers.cells, table_named(table)[key])
    implied = identity_check.implied(pl.Series([None if code is None else str(code) for code in codes]))
    said = []
    for name in wanted:
        cells = implied[name].to_list()
        if any(cell is not None for cell in cells):
            target = f"{table}.{name}"
            columns[target] = Given(target, identifiers.origin, identifiers.heading, cells)
            said.append(table_named(table)[name].zh)
    return f"没有{'、'.join(said)}列，按「{identifiers.heading}」推出。" if said else ""


def _is_whole(table: str, columns: Mapping[str, Given]) -> bool:
    return f"{table}.{_WHOLE.get(table, '')}" in columns


def _within(stage: Cell, grade: Cell) -> str | None:
    """The grade as the stage counts it, where that is another than the word alone says."""
    first = _FIRST_GRADE.get(terms.lookup("stage", values.clean(stage)) or "")
    found = terms.lookup("grade", values.clean(grade)) or ""
    if first is None or stage_of_grade(found) != "primary" or int(found[1:]) > 3:
        return None
    return f"g{first + int(found[1:]) - 1}"


__all__ = ["grades_within_stages", "school_of_file", "sex_and_birth"]
