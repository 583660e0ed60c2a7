"""The example county holds together: within a row, between rows and records, and from year to year."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
import shapely
from example_tables import fingerprint, frame, stages, tables

from jiaoheng.census import dictionary, example
from jiaoheng.census.schema import schema

YEARS = range(2016, 2026)
RECORD_YEARS = (2024, 2025)
GROUPS = {
    "teachers_": ("doctor", "master", "bachelor", "college", "secondary", "below_secondary"),
    "teachers_title_": ("full_senior", "associate_senior", "middle", "assistant", "junior", "none"),
    "teachers_age_": ("24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54", "55_59", "60"),
}


def known(columns: list[str]) -> pl.Expr:
    return pl.sum_horizontal(pl.col(column).fill_null(0) for column in columns)


def outlines() -> dict[str, shapely.Geometry]:
    rows = frame(2025, "areas")
    return {row["area_code"]: shapely.from_wkt(row["boundary"]) for row in rows.iter_rows(named=True)}


def test_a_seed_gives_the_same_tables_in_any_process_and_another_seed_others() -> None:
    ours = fingerprint(tables())
    script = f"from example_tables import *; print(fingerprint(example.build(seed={example.SEED})))"
    # Sets and hashes of texts come in another order there.
    elsewhere = os.environ | {"PYTHONHASHSEED": "7"}
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parent,
        env=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == ours
    assert fingerprint({2016: example.build(seed=example.SEED + 1)[2016]}) != fingerprint(
        {2016: tables()[2016]}
    )


@pytest.mark.parametrize("year", YEARS)
def test_tables_conform_to_the_dictionary(year: int) -> None:
    for name, table in tables()[year].items():
        assert table.schema == schema(name)
        for column in dictionary.table(name).required:
            assert table[column].null_count == 0, (name, column)
        keys = frame(year, name).select(dictionary.table(name).key)
        assert keys.is_unique().all(), name


@pytest.mark.parametrize("year", YEARS)
def test_the_parts_of_a_row_add_up_to_its_whole(year: int) -> None:
    rows = stages(year)
    names = rows.columns
    grades = [name for name in names if name.startswith("pupils_") and name.split("_")[-1][0] in "gk"]
    sizes = [name for name in names if name.startswith("classes_size_")]
    by_grade = [name for name in names if name.startswith("classes_") and name.split("_")[-1][0] in "gk"]
    female = [name for name in names if name.startswith("female_")]
    backbone = [f"backbone_{level}" for level in ("national", "provincial", "prefectural", "county")]
    sums = {"pupils": grades, "classes": sizes, "pupils_female": female, "teachers_backbone": backbone}
    for whole, parts in sums.items():
        assert rows.filter(pl.col(whole) != known(parts)).is_empty(), whole
    assert rows.filter(pl.col("classes") != known(by_grade)).is_empty()
    for prefix, endings in GROUPS.items():
        parts = [prefix + ending for ending in endings]
        assert rows.filter(pl.col("teachers") != known(parts)).is_empty(), prefix


@pytest.mark.parametrize("year", YEARS)
def test_no_part_is_larger_than_its_whole(year: int) -> None:
    within = {
        "pupils": ["boarders", "migrants", "left_behind", "disabled", "pupils_minority", "after_school"],
        "migrants": ["worker_migrants", "migrants_other_province"],
        "teachers": ["teachers_certified", "teachers_backbone", "rotation_eligible", "teachers_established"],
        "rotation_eligible": ["rotated"],
        "rotated": ["rotated_backbone"],
        "training_due": ["training_done"],
        "fitness_tested": ["fitness_good"],
        "eyesight_tested": ["myopic"],
        "monitored": ["monitored_level_3"],
        "staff": ["teachers"],
    }
    rows = stages(year)
    for whole, parts in within.items():
        for part in parts:
            assert rows.filter(pl.col(part) > pl.col(whole)).is_empty(), (part, whole)


def test_a_cohort_moves_up_a_grade_a_year_without_jumps() -> None:
    for before, after in pairwise(YEARS):
        for grade in (1, 2, 3, 4, 5, 7, 8, 10, 11):
            was = stages(before)[f"pupils_g{grade}"].sum()
            now = stages(after)[f"pupils_g{grade + 1}"].sum()
            assert 0.95 < now / was < 1.04, (after, grade)


def test_primary_peaks_in_2023_junior_still_grows_and_kindergartens_empty() -> None:
    by_year = {
        stage: [int(stages(year).filter(stage=stage)["pupils"].sum()) for year in YEARS]
        for stage in ("primary", "junior", "preschool")
    }
    assert by_year["primary"].index(max(by_year["primary"])) == YEARS.index(2023)
    assert by_year["junior"] == sorted(by_year["junior"])
    assert by_year["preschool"].index(max(by_year["preschool"])) == YEARS.index(2021)
    births = frame(2025, "births").group_by("birth_year").agg(pl.col("births").sum()).sort("births")
    assert births["birth_year"][-1] == 2017


@pytest.mark.parametrize("year", RECORD_YEARS)
def test_records_of_persons_add_up_to_the_rows_of_schools(year: int) -> None:
    rows = frame(year, "school_stages")
    key = ["school_code", "stage"]
    pupils = frame(year, "pupils")
    for column, condition in {
        "pupils": pl.col("pupil_id").is_not_null(),
        "pupils_female": pl.col("sex") == "female",
        "pupils_minority": pl.col("minority"),
        "boarders": pl.col("boarder"),
        "entrants": pl.col("new_entrant"),
        "migrants": pl.col("migrant"),
        "worker_migrants": pl.col("worker_migrant"),
        "left_behind": pl.col("left_behind"),
        "disabled": pl.col("disabled"),
    }.items():
        counted = pupils.group_by(key).agg(condition.sum().alias("counted"))
        both = rows.join(counted, on=key, how="left").filter(pl.col(column).is_not_null())
        assert both.filter(pl.col(column) != pl.col("counted")).is_empty(), column
    teachers = frame(year, "teachers").filter(kind="teacher")
    for column, condition in {
        "teachers": pl.col("teacher_id").is_not_null(),
        "teachers_female": pl.col("sex") == "female",
        "teachers_established": pl.col("employment") == "established",
        "teachers_certified": pl.col("certified"),
        "teachers_bachelor": pl.col("qualification") == "bachelor",
        "teachers_master": pl.col("qualification") == "master",
        "teachers_title_middle": pl.col("title") == "middle",
        "teachers_backbone": pl.col("backbone") != "none",
        "teachers_dual": pl.col("dual_qualified"),
        "rotated": pl.col("rotated"),
        "rotated_backbone": pl.col("rotated") & (pl.col("backbone") != "none"),
    }.items():
        counted = teachers.group_by(key).agg(condition.sum().alias("counted"))
        both = rows.join(counted, on=key, how="left").filter(pl.col(column).is_not_null())
        assert both.filter(pl.col(column) != pl.col("counted")).is_empty(), column
    everyone = frame(year, "teachers").group_by(key).len()
    assert rows.join(everyone, on=key).filter(pl.col("staff") != pl.col("len")).is_empty()


@pytest.mark.parametrize("year", RECORD_YEARS)
def test_classes_are_those_of_the_pupils(year: int) -> None:
    key = ["school_code", "stage", "class_code", "grade"]
    counted = (
        frame(year, "pupils").group_by(key).agg(pl.len(), (pl.col("sex") == "female").sum().alias("girls"))
    )
    both = frame(year, "classes").join(counted, on=key, how="full")
    assert both.filter(pl.col("pupils").eq_missing(pl.col("len")).not_()).is_empty()
    assert both.filter(pl.col("pupils_female").eq_missing(pl.col("girls")).not_()).is_empty()


def test_a_pupil_who_stays_keeps_the_identifier_and_nothing_else_is_somebody_else_s() -> None:
    last, now = (frame(year, "pupils") for year in RECORD_YEARS)
    assert last["pupil_id"].is_unique().all()
    both = last.join(now, on="pupil_id", suffix="_now")
    assert both.height > 0.6 * now.height
    same = (pl.col("sex") == pl.col("sex_now")) & (pl.col("birth_date") == pl.col("birth_date_now"))
    assert both.filter(same.not_() | (pl.col("grade") == pl.col("grade_now"))).is_empty()


def test_identifiers_have_a_valid_check_digit_and_belong_to_no_region() -> None:
    weights = [pow(2, 17 - position, 11) for position in range(17)]
    numbers = [text.removeprefix("G") for text in frame(2025, "pupils")["pupil_id"][::97]]
    numbers += frame(2025, "teachers")["teacher_id"][::23].to_list()
    for number in numbers:
        value = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
        assert "10X98765432"[value % 11] == number[17]
        assert number.startswith("449999")


@pytest.mark.parametrize("year", YEARS)
def test_new_seats_come_from_projects_and_raise_capacity(year: int) -> None:
    rows = frame(year, "school_stages")
    opened = frame(year, "projects").filter(opened_year=year)
    assert rows["new_seats"].sum() == opened["seats"].sum()
    if year > YEARS[0]:
        before = frame(year - 1, "school_stages").select("school_code", "stage", was="capacity")
        both = rows.join(before, on=["school_code", "stage"])
        assert both.filter(pl.col("capacity") - pl.col("was") != pl.col("new_seats")).is_empty()


def test_the_county_s_own_rows_agree_with_the_schools() -> None:
    for year in YEARS:
        row = frame(year, "county").row(0, named=True)
        compulsory = stages(year).filter(pl.col("stage").is_in(["primary", "junior"]))
        assert row["migrants_eligible"] == compulsory["migrants"].sum()
        assert row["migrants_public"] == compulsory.filter(ownership="public")["migrants"].sum()
        assert row["left_behind_total"] == compulsory["left_behind"].sum()
        assert row["resident_population"] == frame(year, "population")["resident"].sum()


def test_towns_are_valid_and_share_borders_only() -> None:
    shapes = outlines()
    for shape in shapes.values():
        assert shape.is_valid
        assert shape.geom_type == "Polygon"
    whole = shapely.union_all(list(shapes.values()))
    assert whole.geom_type == "Polygon"
    assert sum(shape.area for shape in shapes.values()) == pytest.approx(whole.area, rel=1e-9)
    west, south, east, north = whole.bounds
    assert 112.4 < west < east < 113.0
    assert 23.19 < south < north < 23.68


def test_schools_lie_in_their_town() -> None:
    shapes = {
        row["area_code"]: shapely.from_wkt(row["boundary"])
        for row in frame(2025, "areas").iter_rows(named=True)
    }
    for row in frame(2025, "schools").iter_rows(named=True):
        assert shapes[row["area_code"]].contains(shapely.Point(row["longitude"], row["latitude"])), row[
            "name"
        ]


def test_there_is_every_kind_of_school_and_trouble() -> None:
    rows = stages(2025)
    assert {"nine_year_school", "complete_secondary_school", "twelve_year_school"} < set(rows["school_type"])
    assert {"vocational_school", "special_school", "teaching_point"} < set(rows["school_type"])
    assert rows.filter(school_type="teaching_point", counted=True).filter(pl.col("pupils") < 50).height > 0
    assert rows.filter(counted=False).height > 0
    assert rows.filter(pl.col("stage") == "primary", pl.col("largest_class") > 45).height > 0
    assert rows.filter(pl.col("stage") == "primary", pl.col("pupils") > 2000).height > 0
    assert rows["eyesight_tested"].null_count() == rows.height
    gaps = [
        column
        for column in ("books", "ebooks", "fixed_assets")
        if frame(2025, "schools")[column].null_count()
    ]
    assert gaps
