"""Small readings and random tables for the tests of the census."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import hypothesis.strategies as st
import pyarrow as pa

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.dictionary import Column
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.rows import Target, read_rows
from jiaoheng.census.schema import schema
from jiaoheng.census.values import BLANKS, CellError, most, parse
from jiaoheng.census.workbook import Book

KEY = bytes(range(32))
REGION = "441284"


def book(file: str) -> Book:
    """A book without sheets, to stand for a file."""
    return Book(file=file, sha256=f"{abs(hash(file)):064x}", sheets=())


def reading(
    table: str,
    rows: Sequence[Mapping[str, object]],
    *,
    file: str = "学校.xlsx",
    sheet: str = "小学",
    first_row: int = 3,
    key: bytes | None = KEY,
) -> Reading:
    """What reading these rows gives; the columns are those of the first row."""
    names = list(rows[0])
    return read_rows(
        book(file),
        sheet,
        [[row.get(name) for name in names] for row in rows],
        [Target(table, {name: index for index, name in enumerate(names)})],
        first_row=first_row,
        key=key,
    )


def school(code: str, **more: object) -> dict[str, object]:
    """A row of schools with all that is required."""
    row: dict[str, object] = {
        "school_code": code,
        "name": f"第{code}小学",
        "area_code": "441284001",
        "school_type": "小学",
        "ownership": "公办",
    }
    return row | more


def stage(code: str, **more: object) -> dict[str, object]:
    """A row of school_stages."""
    return {"school_code": code, "stage": "小学", **more}


def county(count: int = 3) -> Reading:
    """A few schools, each with a primary stage."""
    codes = [f"21440000{number:02d}" for number in range(count)]
    return join(
        [
            reading("schools", [school(code) for code in codes], file="学校.xlsx"),
            reading(
                "school_stages",
                [stage(code, pupils=100 + index) for index, code in enumerate(codes)],
                file="学段.xlsx",
            ),
        ]
    )


_words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))
    | st.sampled_from("　 \n０１2，（）学校abc\"'<>&_x0041"),
    max_size=40,
)


def values(column: Column) -> st.SearchStrategy[object]:
    """Values that a snapshot can hold in a column."""
    kinds: dict[str, st.SearchStrategy[object]] = {
        "text": _words.map(lambda text: _as_read(text, column)).filter(lambda text: text is not None),
        "code": st.from_regex(r"0{0,3}[0-9A-Z]{1,15}", fullmatch=True).filter(
            lambda text: text not in BLANKS
        ),
        "integer": st.integers(0, most(column)),
        "number": st.floats(0, most(column)) if column.unit != "度" else st.floats(-180, 180),
        "boolean": st.booleans(),
        "date": st.dates(date(1900, 3, 1), date(2100, 12, 31)),
        "term": st.nothing(),
    }
    if column.type == "term":
        return st.sampled_from([str(member.value) for member in terms.CODE_LISTS[column.codes]])
    if column.personal == "identifier":
        return st.from_regex(r"h1:[0-9a-f]{32}", fullmatch=True)
    if column.type == "code":
        return kinds["code"].filter(lambda text: _as_read(text, column) == text)
    return kinds[column.type]


def _as_read(text: object, column: Column) -> object:
    try:
        return parse(text, column)
    except CellError:
        return None


@st.composite
def arrow_tables(draw: st.DrawFn, name: str, *, most: int = 4) -> pa.Table:
    """A random table of a snapshot: distinct keys, required columns filled, nulls elsewhere."""
    table = dictionary.table(name)
    columns = [column for column in table.columns if column.stored]
    keys = draw(
        st.lists(
            st.tuples(*(values(table[key]) for key in table.key)), min_size=1, max_size=most, unique=True
        )
    )
    data: dict[str, list[object]] = {
        key: list(column) for key, column in zip(table.key, zip(*keys, strict=True), strict=True)
    }
    for column in columns:
        if not column.key:
            cell = values(column) if column.required else st.none() | values(column)
            data[column.name] = [draw(cell) for _ in keys]
    return pa.table(
        {column.name: pa.array(data[column.name], column.arrow_type) for column in columns}, schema(name)
    )
