"""Official per-school forms: every figure written is read, into its column or among the form's cells."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from form_books import Filled, Shape, write_forms
from form_meanings import ARTS, MONEY, WANTED, At, Wanted

from jiaoheng.census.read import read
from jiaoheng.census.reading import Reading

CODE, NAME = "2144000001", "东城小学"


def figures(shape: Shape) -> dict[At, int]:
    """A different figure for each cell; music and fine art stay within the arts."""
    numbers = itertools.count(1)
    found = {(code, heading): next(numbers) for _, code in shape.rows for heading in shape.columns}
    for code, heading in found:
        if heading == ARTS:
            found[code, heading] = 5000 + found[code, heading]
    return found


def stored(reading: Reading) -> dict[tuple[str, str | None, str], Any]:
    """Every value of the wide tables, by table, stage and column."""
    found = {}
    for table in ("schools", "school_stages"):
        for row in reading.tables[table].to_pylist() if table in reading.tables else ():
            for column, value in row.items():
                if column not in ("school_code", "stage"):
                    found[table, row.get("stage"), column] = value
    return found


def cells_of(reading: Reading) -> list[float]:
    return sorted(row["value"] for row in reading.tables.get("form_cells", _NONE).to_pylist())


class _Nothing:
    def to_pylist(self) -> list[dict[str, float]]:
        return []


_NONE: Any = _Nothing()


def expected(values: Mapping[At, int], wanted: Wanted) -> dict[tuple[str, str | None, str], float]:
    """The wide values that a form with these figures gives: sums where two cells give one column."""
    found: dict[tuple[str, str | None, str], float] = {}
    for at, target in wanted.items():
        scale = 10_000 if target[2] in MONEY else 1
        found[target] = found.get(target, 0) + values[at] * scale
    for table, stage, column in list(found):
        if column == "teachers_music":
            row = next(code for (code, _), target in wanted.items() if target == (table, stage, column))
            parts = found[table, stage, column] + found[table, stage, "teachers_fine_art"]
            found[table, stage, "teachers_art"] = values[row, ARTS] - parts
    return found


def used(wanted: Wanted) -> set[At]:
    return set(wanted) | {(code, ARTS) for code, heading in wanted if heading == ("艺术", "音乐")}


@pytest.mark.parametrize("number", WANTED)
def test_every_figure_of_a_form_is_in_its_column_or_among_the_cells_of_the_form(
    number: str, tmp_path: Path
) -> None:
    shape, wanted = WANTED[number]
    values = figures(shape)
    written = write_forms(tmp_path / "报表.xlsx", {f"{number}_小学": Filled(shape, values, CODE, NAME)})
    reading = read(tmp_path / "报表.xlsx")
    assert reading.rejections == ()
    assert reading.rows_read == reading.rows_accepted == len(shape.rows)
    assert stored(reading) == expected(values, wanted)
    assert cells_of(reading) == sorted(value for at, value in values.items() if at not in used(wanted))
    assert written


@pytest.mark.parametrize("number", WANTED)
def test_every_value_leads_back_to_the_cell_that_it_was_written_in(number: str, tmp_path: Path) -> None:
    shape, wanted = WANTED[number]
    values = figures(shape)
    sheet = f"{number}_小学"
    ((written,),) = write_forms(tmp_path / "报表.xlsx", {sheet: Filled(shape, values, CODE, NAME)}).values()
    reading = read(tmp_path / "报表.xlsx")
    cells: dict[tuple[str, str | None, str], list[str]] = {}
    for at, target in wanted.items():
        cells.setdefault(target, []).append(written.cells[at])
    for part in reading.parts:
        source = reading.sources[part.source]
        for row in part.data.to_dicts():
            if part.table == "form_cells":
                place = source.place("form_cells", row["column"], row["_row"])
                found = [values[at] for at, cell in written.cells.items() if cell == place.cell]
                assert found == [row["value"]]
                continue
            for column in set(row) - {"school_code", "stage", "_row", "teachers_art"}:
                places = source.places(part.table, column, row["_row"])
                assert [place.cell for place in places] == cells[part.table, row.get("stage"), column]
                assert all(place.cell.endswith(str(place.row)) for place in places)
