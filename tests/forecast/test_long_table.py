"""A long table says what it says: missing is zero only by a rule, and nonsense is refused."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.errors import JiaohengError
from jiaoheng.forecast import BIRTHS
from jiaoheng.forecast.long_table import LongTable, read_long_table, read_series

HEAD = "area,year,grade,pupils,parent\n"


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read(text: str, encoding: str = "utf-8") -> LongTable:
        path = tmp_path / "t.csv"
        path.write_bytes(text.encode(encoding))
        return read_long_table(path)

    return read


def count(table: LongTable, area: str, year: int, grade: str) -> float:
    series = table.series
    place = series.areas.index(area), series.years.index(year), series.grades.index(grade)
    return float(series.pupils[place])


def test_parents_are_the_sum_of_their_parts_at_every_level(read) -> None:  # type: ignore[no-untyped-def]
    table = read(HEAD + "a,2020,1,5,d\nb,2020,1,7,d\nd,2020,1,,s\nc,2020,1,1,s\n")
    assert table.series.areas == ("s", "d", "c", "a", "b")
    assert table.series.parents == (-1, 0, 0, 1, 1)
    assert count(table, "d", 2020, "1") == 12
    assert count(table, "s", 2020, "1") == 13


def test_what_an_area_was_counted_at_is_kept_where_its_parts_add_up_to_something_else(read) -> None:  # type: ignore[no-untyped-def]
    assert count(read(HEAD + "a,2020,1,5,d\nd,2020,1,9,\n"), "d", 2020, "1") == 9


def test_a_part_that_is_not_known_makes_the_sum_unknown_unless_it_is_negligible(read) -> None:  # type: ignore[no-untyped-def]
    rows = "a,2020,1,50,d\na,2021,1,,d\na,2022,1,50,d\n"
    for whole, known in ((100, False), (5000, True)):
        table = read(HEAD + rows + "".join(f"b,{year},1,{whole},d\n" for year in (2020, 2021, 2022)))
        assert np.isnan(count(table, "a", 2021, "1"))
        assert np.isnan(count(table, "d", 2021, "1")) != known
    assert count(table, "d", 2021, "1") == 5050


def test_several_roots_get_a_total_and_one_that_is_called_so_is_it(read) -> None:  # type: ignore[no-untyped-def]
    table = read("area,year,grade,pupils\na,2020,1,5\nb,2020,1,7\n")
    assert table.series.areas[0] == "total"
    assert table.series.labels[0] == "合计"
    assert table.series.pupils[0, 0, 0] == 12
    named = read("area,year,grade,pupils\na,2020,1,5\nb,2020,1,7\n合计,2020,1,12\n")
    assert named.series.areas[0] == "合计"
    assert named.series.parents == (-1, 0, 0)


def test_grades_are_in_the_order_in_which_pupils_pass_through_them(read) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(f"a,2020,{grade},5,\n" for grade in ("2", "10", "K", "1", "PK", *"3456789"))
    series = read(HEAD + rows + "a,2015,B,9,\n").series
    assert series.grades == ("PK", "K", *map(str, range(1, 11)))
    assert series.feeders == (BIRTHS, *range(11))
    assert series.births_from == 2015
    assert series.births.tolist() == [[9.0]]
    names = ["二年级", "大班", "一年级", "初一", "六年级", "五年级", "四年级", "三年级"]
    chinese = read("地区,年份,年级,人数\n" + "".join(f"甲,2020,{name},1\n" for name in names))
    assert chinese.series.grades[:3] == ("大班", "一年级", "二年级")
    assert chinese.series.grades[-1] == "初一"


def test_ages_serve_as_grades(read) -> None:  # type: ignore[no-untyped-def]
    series = read(
        "area,year,grade,pupils\n" + "".join(f"a,2020,{age},1\n" for age in range(99, -1, -1))
    ).series
    assert series.grades == tuple(map(str, range(100)))


def test_the_first_year_of_a_vocational_school_follows_grade_nine(read) -> None:  # type: ignore[no-untyped-def]
    series = read(HEAD + "".join(f"a,2020,{g},1,\n" for g in ("g9", "g10", "g11", "v10", "v11"))).series
    assert series.grades == ("g9", "g10", "g11", "v10", "v11")
    assert series.feeders == (BIRTHS, 0, 1, 0, 3)


def test_an_area_that_ends_is_closed_and_one_that_begins_was_not_there_yet(read) -> None:  # type: ignore[no-untyped-def]
    table = read(HEAD + "a,2020,1,5,\na,2021,1,5,\na,2022,1,5,\nb,2020,1,3,\nc,2022,1,4,\n")
    assert [count(table, "b", year, "1") for year in (2020, 2021, 2022)] == [3, 0, 0]
    assert [count(table, "c", year, "1") for year in (2020, 2021, 2022)] == [0, 0, 4]
    assert any("b（2020 年止）" in note for note in table.notes)


def test_a_gap_of_an_area_and_a_year_without_any_row_are_not_known(read) -> None:  # type: ignore[no-untyped-def]
    table = read(HEAD + "a,2019,1,5,\na,2020,1,5,\na,2022,1,5,\nb,2019,1,3,\nb,2022,1,3,\n")
    assert np.isnan(count(table, "b", 2020, "1"))
    assert np.isnan(table.series.pupils[1:, 2]).all()
    assert any("2021" in note for note in table.notes)


def test_a_missing_row_is_not_zero_in_a_table_that_writes_zeros(read) -> None:  # type: ignore[no-untyped-def]
    rows = "a,2020,1,5,\na,2020,2,0,\na,2021,1,5,\nb,2020,1,3,\nb,2021,1,3,\n"
    table = read(HEAD + rows)
    assert np.isnan(count(table, "a", 2021, "2"))
    assert count(table, "b", 2021, "2") == 0  # it has that grade in no year


def test_nor_in_one_where_every_area_has_every_grade(read) -> None:  # type: ignore[no-untyped-def]
    table = read(HEAD + "a,2020,1,500,\na,2020,2,480,\na,2021,1,490,\n")
    assert np.isnan(count(table, "a", 2021, "2"))


def test_a_table_that_leaves_zeros_out_has_zeros_where_a_grade_is_not(read) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(f"low,{year},1,30,\n" for year in (2020, 2021, 2022, 2023))
    rows += "".join(f"k8,{year},1,30,\n" for year in (2020, 2021, 2022, 2023))
    rows += "k8,2021,2,300,\nk8,2023,2,300,\nlow,2020,2,,\n"
    table = read(HEAD + rows.replace("low,2020,2,,\n", ""))
    assert count(table, "low", 2020, "2") == 0
    assert count(table, "k8", 2020, "2") == 0
    assert np.isnan(count(table, "k8", 2022, "2"))  # three hundred do not vanish for a year


def test_what_people_write_is_read(read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    text = '地区,年份,年级,人数\n甲,2012.0,1.0,"1,234"\n\n甲,2013-14,1,*\n甲,2014年,01,3.5\n'
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        table = read(text, encoding)
        assert table.series.years == (2012, 2013, 2014)
        assert table.series.pupils[0, 0, 0] == 1234
        assert np.isnan(table.series.pupils[0, 1, 0])
        assert any("不是整数" in note for note in table.notes)
    packed = tmp_path / "t.csv.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    assert read_series(packed).areas == ("甲",)


REFUSED = {
    "no column": ("area,year,pupils\na,2020,3\n", "第 1 行", "grade"),
    "two columns": ("area,地区,year,grade,pupils\na,a,2020,1,3\n", "第 1 行", "地区"),
    "no rows": (HEAD, "没有数据"),
    "nothing": ("", "空"),
    "area blank": (HEAD + "a,2020,1,3,\n,2020,2,3,\n", "第 3 行", "地区"),
    "year": (HEAD + "a,20x0,1,3,\n", "第 2 行", "20x0"),
    "a year that cannot be": (HEAD + "a,1020,1,3,\n", "第 2 行", "1020"),
    "pupils": (HEAD + "a,2020,1,3O,\n", "第 2 行", "3O"),
    "infinite": (HEAD + "a,2020,1,inf,\n", "第 2 行", "inf"),
    "negative": (HEAD + "a,2020,1,-3,\n", "第 2 行", "-3", "负"),
    "negative births": (HEAD + "a,2020,1,3,\na,2015,B,-3,\n", "第 3 行", "负"),
    "twice": (HEAD + "a,2020,1,3,\na,2020,1,4,\n", "第 2、3 行", "2 次"),
    "two of one name": (HEAD + "a,2020,1,3,x\na,2020,1,4,y\n", "x、y"),
    "two spellings": (HEAD + "a,2020,1,3,\na,2020,g1,4,\n", "第 2、3 行", "g1"),
    "two parents": (HEAD + "a,2020,1,3,x\na,2021,1,4,y\n", "第 3 行", "第 2 行", "上级"),
    "its own parent": (HEAD + "a,2020,1,3,a\n", "第 2 行", "a → a"),
    "a ring": (HEAD + "a,2020,1,3,b\nb,2020,1,3,c\nc,2020,1,3,a\n", "圈"),
    "a grade that is none": (HEAD + "a,2020,UG,3,\n", "UG"),
    "groups of ages": (HEAD + "a,2020,0-4,3,\na,2020,5-9,3,\n", "单岁"),
    "ages five years apart": (HEAD + "a,2020,0,3,\na,2020,5,3,\n", "中间缺 4 个"),
    "births alone": (HEAD + "a,2020,B,3,\n", "只有出生"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_nonsense_is_refused_with_its_place(read, case: str) -> None:  # type: ignore[no-untyped-def]
    text, *said = REFUSED[case]
    with pytest.raises(JiaohengError) as refused:
        read(text)
    for part in ("t.csv", *said):
        assert part in str(refused.value)


def test_what_is_no_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_text(HEAD)
    with pytest.raises(JiaohengError, match="gzip"):
        read_series(tmp_path / "t.csv.gz")


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(1, 4),
    st.data(),
)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, areas: int, years: int, grades: int, data: st.DataObject
) -> None:
    cells = [(a, y, g) for a in range(areas) for y in range(years) for g in range(grades)]
    counts = {cell: data.draw(st.one_of(st.none(), st.integers(0, 10**6))) for cell in cells}
    shuffled = data.draw(st.permutations(cells))
    lines = [
        f"a{a},{2000 + y},{g + 1},{'' if counts[a, y, g] is None else counts[a, y, g]}"
        for a, y, g in shuffled
    ]
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_text("\n".join(["area,year,grade,pupils", *lines]))
    series = read_series(path)
    for (a, y, g), value in counts.items():
        found = series.pupils[series.areas.index(f"a{a}"), y, g]
        assert np.isnan(found) if value is None else found == value


def test_half_a_million_rows_take_seconds(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"a{a},{y},{g},{a % 90}\n" for a in range(3500) for y in range(2010, 2021) for g in range(1, 14)]
    path.write_text("area,year,grade,pupils\n" + "".join(rows))
    began = time.perf_counter()
    assert len(read_series(path).areas) == 3501
    assert time.perf_counter() - began < 20
