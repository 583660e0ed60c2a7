"""The official forms of schools of the example county give back what its tables say; order is no matter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import form_books as books
import polars as pl
import pytest
from example_tables import frame
from form_books import Filled, Heading, Shape, write_forms
from form_meanings import ARTS, MONEY, WANTED, At
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiaoheng import terms
from jiaoheng.census.read import read
from jiaoheng.census.reading import Reading

YEAR = 2025
_LEFT_OUT = {"教基1102续", "教基3113", "基础基211", "基础基311"}
"""Forms of other years, of some stages only, or of nothing that the county's tables hold."""


def schools() -> list[dict[str, Any]]:
    """The two largest schools of each type but the vocational ones, which have forms of their own."""
    size = frame(YEAR, "school_stages").group_by("school_code").agg(pl.col("pupils").sum().alias("size"))
    ranked = frame(YEAR, "schools").join(size, on="school_code").sort("size", descending=True)
    ranked = ranked.filter(pl.col("school_type") != "vocational_school")
    return ranked.group_by("school_type", maintain_order=True).head(2).to_dicts()


def stages_of(code: str) -> dict[str, dict[str, Any]]:
    rows = frame(YEAR, "school_stages").filter(pl.col("school_code") == code).to_dicts()
    return {row["stage"]: row for row in rows}


def filled(number: str, school: Mapping[str, Any], stages: Mapping[str, Mapping[str, Any]]) -> Filled | None:
    """A form as the school fills it from the county's tables; None where it does not hand it in."""
    shape, wanted = WANTED[number]
    if number == "教基4149":
        wanted = {at: (table, None, column) for at, (table, _, column) in wanted.items()}
    own = {stage for _, stage, _ in wanted.values() if stage}
    if own and not own & set(stages):
        return None
    if number == "教基4149" and (len(stages) > 1 or "preschool" in stages):
        return None
    values: dict[At, Any] = {}
    for at, (table, stage, column) in wanted.items():
        row = school if table == "schools" else stages.get(stage or next(iter(stages)))
        if row is None:
            values[at] = 0
        elif column == "multimedia_rooms" and row[column] is not None:
            values[at] = row[column] // 2 if at[1][1] == "普通教室" else row[column] - row[column] // 2
        elif row[column] is not None:
            values[at] = row[column] / 10_000 if column in MONEY else row[column]
    for code, stage in {
        (code, stage) for (code, _), (_, stage, column) in wanted.items() if column == "teachers_music"
    }:
        arts = [stages.get(stage, {}).get(f"teachers_{each}") for each in ("art", "music", "fine_art")]
        if None not in arts:
            values[code, ARTS] = sum(each for each in arts if each is not None)
    return Filled(shape, values, school["school_code"], school["name"])


Truth = dict[tuple[str, str, str | None, str], Any]
"""Table, school, stage and column to the value in the county's tables."""


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, Truth]:
    """A workbook of forms for each school, read; and what the county's tables say of all that they hold."""
    folder = tmp_path_factory.mktemp("forms")
    files: list[Path] = []
    truth: Truth = {}
    for school in schools():
        code, stages = school["school_code"], stages_of(school["school_code"])
        sheets = {}
        for number in WANTED:
            form = None if number in _LEFT_OUT else filled(number, school, stages)
            if form is None:
                continue
            sheets[f"{number}_{terms.label('school_type', school['school_type'])}"] = form
            for table, stage, column in [*WANTED[number][1].values(), *_arts(number)]:
                own = stage if number != "教基4149" else next(iter(stages))
                if table == "schools":
                    truth[table, code, None, column] = school[column]
                elif own in stages:
                    truth[table, code, own, column] = stages[own][column]
        files.append(folder / f"{code}.xlsx")
        write_forms(files[-1], sheets)
    return read(files, year=YEAR), truth


def _arts(number: str) -> list[tuple[str, str | None, str]]:
    return [
        (table, stage, "teachers_art")
        for table, stage, column in WANTED[number][1].values()
        if column == "teachers_music"
    ]


def test_the_forms_of_a_dozen_schools_are_read_without_a_refusal(handed_in: tuple[Reading, Truth]) -> None:
    reading, _ = handed_in
    assert len(schools()) >= 10
    assert [rejection.message() for rejection in reading.rejections] == []
    assert reading.rows_read == reading.rows_accepted > 1000


def test_what_the_forms_say_is_what_the_county_s_tables_say(handed_in: tuple[Reading, Truth]) -> None:
    reading, truth = handed_in
    found: Truth = {}
    for table in ("schools", "school_stages"):
        for row in reading.tables[table].to_pylist():
            code, stage = row.pop("school_code"), row.pop("stage", None)
            found |= {(table, code, stage, column): value for column, value in row.items()}
    assert len(truth) > 1500
    known = {at: value for at, value in found.items() if value is not None}
    assert known == pytest.approx({at: value for at, value in truth.items() if value is not None})


def groups(shape: Shape) -> list[tuple[Heading, ...]]:
    """The columns that must stay together: a heading and the # that follows it, or all under one heading."""
    found: list[list[Heading]] = []
    for heading in shape.columns:
        if found and (heading[0].startswith("#") or (len(heading) > 1 and found[-1][0][0] == heading[0])):
            found[-1].append(heading)
        else:
            found.append([heading])
    return [tuple(each) for each in found]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_columns_and_blank_or_strange_rows_and_columns_do_not_matter(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    number = data.draw(
        st.sampled_from(["教基3112", "教基4155", "教基5176", "教基2106", "教基4153", "教基5170"])
    )
    shape, _ = WANTED[number]
    cells = {at: place for place, at in enumerate(((c, h) for _, c in shape.rows for h in shape.columns), 1)}
    values = {at: 9000 if at[1] == ARTS else value for at, value in cells.items()}
    order = data.draw(st.permutations([*groups(shape), (("",),), (("以后才有的指标",),)]))
    columns = [heading for group in order for heading in group]
    form = Filled(
        books.with_columns(shape, columns),
        values,
        "2144000001",
        "东城小学",
        blank_rows=tuple(data.draw(st.sets(st.integers(0, len(shape.rows) - 1), max_size=3))),
        shift=(data.draw(st.integers(0, 4)), data.draw(st.integers(0, 3))),
        full_width=data.draw(st.booleans()),
    )
    folder = tmp_path_factory.mktemp("order")
    plain, moved = folder / "一.xlsx", folder / "二.xlsx"
    write_forms(plain, {number: Filled(shape, values, "2144000001", "东城小学")})
    write_forms(moved, {number: form})
    one, two = read(plain), read(moved)
    assert one.rejections == two.rejections == ()
    for table in one.tables:
        assert _rows(one, table) == _rows(two, table)


def _rows(reading: Reading, table: str) -> list[tuple[tuple[str, Any], ...]]:
    return sorted(tuple(sorted(row.items(), key=str)) for row in reading.tables[table].to_pylist())


def test_every_shape_here_is_one_that_the_meanings_know() -> None:
    shapes = {each.code for each in vars(books).values() if isinstance(each, Shape)}
    assert shapes == set(WANTED)
