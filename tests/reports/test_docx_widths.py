"""Columns of tables on paper: what must not break does not, and the table fills the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.reports.docx import grids, widths
from jiaoheng.reports.docx.page import LANDSCAPE, PORTRAIT
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text

_WORDS = st.text("四会市教育局小学幼儿园ABC 0123", min_size=0, max_size=80)
_KINDS = st.sampled_from(["numeric", "words", "code"])


@st.composite
def made_tables(draw: st.DrawFn) -> Table:
    kinds = draw(st.lists(_KINDS, min_size=1, max_size=20))
    columns = [Column(draw(_WORDS), kind=kind) for kind in kinds]
    rows = draw(st.integers(0, 6))

    def cell(kind: str) -> Cell:
        if kind == "numeric":
            return number(draw(st.one_of(st.none(), st.floats(-1e7, 1e7))), 2)
        return text(draw(_WORDS))

    return table("t", "表", columns, [[cell(kind) for kind in kinds] for _ in range(rows)])


@given(made_tables(), st.sampled_from([9.0, 10.5]))
def test_columns_that_fit_fill_the_page_and_none_is_narrower_than_it_must_be(
    one: Table, points: float
) -> None:
    asked = widths.demands(one, points)
    if not widths.fits(asked, LANDSCAPE.room):
        return
    across = widths.share(asked, LANDSCAPE.room)
    assert sum(across) == pytest.approx(LANDSCAPE.room)
    assert all(width >= least.least - 1e-6 for width, least in zip(across, asked, strict=True))


@given(made_tables())
def test_every_column_stands_in_one_part_and_the_first_in_all(one: Table) -> None:
    how = grids.setting(one)
    others = [place for part in how.parts for place in part[1:]]
    assert all(part[0] == 0 for part in how.parts)
    assert others == list(range(1, len(one.columns)))


def test_a_number_has_the_room_that_it_takes_on_one_line() -> None:
    one = table(
        "t",
        "表",
        [Column("学校", kind="words"), Column("人数")],
        [[text("很长" * 60), number(1_234_567.89, 2)]],
    )
    words, figures = widths.share(widths.demands(one, 10.5), PORTRAIT.room)
    # Twelve characters of half their height each, in Times.
    assert figures >= 12 * 10.5 / 2
    assert words > figures * 3


def test_words_get_what_is_over_before_numbers_do() -> None:
    columns = [Column("学校", kind="words"), *(Column("每百名学生拥有教师数") for _ in range(3))]
    rows = [[text("四会市东城街道中心小学附属幼儿园"), *(number(1.5, 1) for _ in range(3))]] * 5
    asked = widths.demands(table("t", "表", columns, rows), 10.5)
    across = widths.share(asked, PORTRAIT.room)
    assert asked[0].lines(0, across[0]) == 1


def test_the_column_that_makes_the_table_longest_gets_the_most() -> None:
    columns = [Column("指标", kind="words"), Column("计算方法", kind="words"), Column("条款", kind="words")]
    rows = [[text("学生数"), text("分子除以分母再乘以一百" * 6), text("第三章")]] * 10
    across = widths.share(widths.demands(table("t", "表", columns, rows), 10.5), PORTRAIT.room)
    assert across[1] > 2 * max(across[0], across[2])


def test_a_table_is_set_upright_before_turned_and_large_before_small() -> None:
    def wide(columns: int, rows: int = 3) -> grids.Setting:
        heads = [Column("学校", kind="words"), *(Column(f"指标{place}") for place in range(columns))]
        cells = [text("第一小学"), *(number(12345.6, 1) for _ in range(columns))]
        return grids.setting(table("t", "表", heads, [cells] * rows))

    assert (wide(4).page, wide(4).small) == (PORTRAIT, False)
    assert wide(4, rows=60).small
    assert wide(11).page is LANDSCAPE
    assert len(wide(11).parts) == 1
    assert len(wide(40).parts) > 1
