"""Every value can be followed back to the file, sheet and cell that it came from."""

from __future__ import annotations

from pathlib import Path

from census_samples import REGION, county, reading, school, stage

from jiaoheng.census.reading import Place, join
from jiaoheng.census.store import Store

A, B = "2144000000", "2144000001"


def test_a_value_knows_its_cell(tmp_path: Path) -> None:
    census = Store(tmp_path).commit(2025, county(), region=REGION)
    assert census.provenance("schools", B, "name") == (Place("学校.xlsx", "小学", "B4", 4),)
    assert census.provenance("school_stages", (B, "primary"), "pupils") == (
        Place("学段.xlsx", "小学", "C4", 4),
    )


def test_a_column_that_no_file_had_has_no_place(tmp_path: Path) -> None:
    census = Store(tmp_path).commit(2025, county(), region=REGION)
    assert census.provenance("schools", B, "books") == ()
    assert census.provenance("schools", "2144009999", "name") == ()


def test_files_that_agree_are_both_named(tmp_path: Path) -> None:
    twice = join(
        [reading("schools", [school(A)], file="甲.xlsx"), reading("schools", [school(A)], file="乙.xlsx")]
    )
    census = Store(tmp_path).commit(2025, twice, region=REGION)
    assert [place.file for place in census.provenance("schools", A, "name")] == ["甲.xlsx", "乙.xlsx"]


def test_an_overwritten_value_comes_from_the_new_file_and_the_others_from_the_old(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit(2025, county(), region=REGION)
    census = store.commit(
        2025, reading("schools", [{"school_code": A, "name": "新名"}], file="新.xlsx"), region=REGION
    )
    assert census.provenance("schools", A, "name") == (Place("新.xlsx", "小学", "B3", 3),)
    assert census.provenance("schools", A, "area_code")[0].file == "学校.xlsx"
    assert census.provenance("schools", B, "name")[0].file == "学校.xlsx"


def test_a_value_set_for_the_whole_sheet_knows_its_row(tmp_path: Path) -> None:
    from census_samples import book

    from jiaoheng.census.rows import Target, read_rows

    stages = read_rows(
        book("小学.xlsx"),
        "表",
        [[A, 5]],
        [Target("school_stages", {"school_code": 0, "pupils": 1}, constants={"stage": "primary"})],
        first_row=8,
    )
    census = Store(tmp_path).commit(2025, join([reading("schools", [school(A)]), stages]), region=REGION)
    assert census.provenance("school_stages", (A, "primary"), "stage") == (Place("小学.xlsx", "表", "", 8),)


def test_rows_that_were_overwritten_whole_are_forgotten(tmp_path: Path) -> None:
    import polars as pl

    store = Store(tmp_path)
    store.commit(2025, county(), region=REGION)
    for pupils in range(3):
        census = store.commit(
            2025, reading("school_stages", [stage(A, pupils=pupils)], file=f"{pupils}.xlsx"), region=REGION
        )
    rows = pl.read_parquet(census.folder / "provenance.parquet").filter(pl.col("table") == "school_stages")
    assert rows.height == 3
    assert census.provenance("school_stages", (A, "primary"), "pupils")[0].file == "2.xlsx"


def test_a_place_reads_as_a_path() -> None:
    assert str(Place("学校.xlsx", "小学", "C17", 17)) == "学校.xlsx › 小学 › C17"
    assert str(Place("学校.csv", "", "", 17)) == "学校.csv › 第 17 行"
