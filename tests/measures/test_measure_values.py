"""What measures come to in small cases that can be checked by hand: splits, campuses, gaps, groups, dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jiaoheng import measures, packs
from jiaoheng.measures.columns import all_columns
from jiaoheng.packs import Catalogue
from small import REGION, area, school, snapshot

PACK = """
document:
  {id: trial, title: 试行办法, number: 试〔2020〕1号, issuer: 某局, date: 2020-01-01,
     effective_from: 2020-01-01, source: 自拟}
parameters:
  - {id: split_weight, name: 权重, unit: 倍, clause: 一, value: {primary: 1, junior: 1.1, senior: 1.32}}
facts:
  - id: arts_teachers
    name: 音乐美术教师数
    unit: 人
    table: school_stages
    expr: teachers_music + teachers_fine_art
    records: {table: teachers, expr: "count(course in ['music', 'fine_art'])"}
    clause: 二
  - {id: six, name: 六岁人口, unit: 人, table: population, expr: "sum(if(age = 6, school_age, 0))",
     clause: 二}
  - {id: project_seats, name: 项目学位数, unit: 个, table: projects, expr: "sum(seats)", clause: 二}
measures:
  - {id: books_each, name: 生均图书, unit: 册, numerator: books, denominator: pupils,
     stages: [primary, junior, senior], clause: 三}
  - {id: area_each, name: 生均教学用房, unit: 平方米,
     numerator: teaching_area - indoor_sports_area, denominator: pupils,
     where: "not (school_type = 'teaching_point' and pupils < 50)", stages: [primary, junior], clause: 三}
  - {id: arts, name: 每百名学生音美教师, unit: 人, factor: 100, numerator: arts_teachers, denominator: pupils,
     stages: [primary, junior], clause: 三}
  - {id: seats, name: 核定学位, unit: 个, numerator: capacity, stages: [primary, junior],
     together: compulsory, clause: 三}
  - {id: books_variation, name: 图书差异系数, unit: 系数, of: books_each, stages: [primary,
     junior], clause: 三}
  - {id: gross, name: 毛入学率, unit: "%", factor: 100, numerator: pupils, denominator: six,
     stages: [primary], clause: 三}
  - {id: wages, name: 工资比, unit: "%", factor: 100, numerator: wage_teachers,
     denominator: wage_civil_servants, clause: 三}
  - {id: new_seats_planned, name: 项目学位, unit: 个, numerator: project_seats, clause: 三}
  - {id: dated, name: 随迁占比, unit: "%", factor: 100, numerator: migrants, denominator: pupils,
     stages: [primary], clause: 旧,
     effective_to: 2023-08-31}
  - {id: dated, name: 随迁占比, unit: "%", factor: 100, numerator: worker_migrants,
     denominator: pupils, stages: [primary],
     clause: 新, effective_from: 2023-09-01}
"""

ONE, NINE, FULL = "2144000001", "2144000002", "3444000003"
NORTH, SOUTH = "441284001", "441284002"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    path = tmp_path_factory.mktemp("packs") / "trial.yaml"
    path.write_text(PACK, encoding="utf-8")
    return packs.load([path], columns=all_columns())


def stage(code: str, name: str, **values: Any) -> dict[str, Any]:
    return {"school_code": code, "stage": name} | values


class County:
    """A census under the trial rules."""

    def __init__(self, folder: Path, rules: Catalogue, year: int = 2025, **tables: Any) -> None:
        tables.setdefault("areas", [area(NORTH, "城北"), area(SOUTH, "城南")])
        self.census = snapshot(folder / "census", tables, year=year)
        self.rules = rules

    def row(
        self, measure: str, stage: str | None = None, key: str | None = None, by: str = "county"
    ) -> dict[str, Any]:
        frame = measures.compute(self.census, measure, by=by, engine="polars", catalogue=self.rules)
        stages = pl.col("stage").is_null() if stage is None else pl.col("stage") == stage
        (row,) = frame.filter(stages & (pl.col("key") == (key or REGION))).to_dicts()
        return row

    def value(
        self, measure: str, stage: str | None = None, key: str | None = None, by: str = "county"
    ) -> Any:
        return self.row(measure, stage, key, by)["value"]


# --- whose rows count


def test_the_county_s_own_row_counts_where_a_file_has_its_neighbours_too(
    tmp_path: Path, rules: Catalogue
) -> None:
    rows = [
        {"region_code": "441283", "name": "邻县", "wage_teachers": 1, "wage_civil_servants": 2},
        {"region_code": REGION, "name": "本县", "wage_teachers": 9, "wage_civil_servants": 10},
    ]
    assert County(tmp_path, rules, schools=[school(ONE)], county=rows).value("wages") == 90


# --- splitting and merging


def test_books_of_a_nine_year_school_are_split_as_published(tmp_path: Path, rules: Catalogue) -> None:
    # Published for 166 primary and 210 junior pupils and 23,226 books: 58.5 a primary pupil, 9,711 and 13,515
    # books. Those integers come from the rounded 58.5, so they hold to within one book.
    county = County(
        tmp_path,
        rules,
        schools=[school(NINE, school_type="nine_year_school", books=23226)],
        school_stages=[stage(NINE, "primary", pupils=166), stage(NINE, "junior", pupils=210)],
    )
    primary, junior = (county.row("books_each", name, NINE, "school") for name in ("primary", "junior"))
    assert primary["value"] == pytest.approx(58.5038, abs=5e-5)
    assert junior["value"] == pytest.approx(64.354, abs=5e-4)
    assert junior["value"] == pytest.approx(1.1 * primary["value"], rel=1e-12)
    assert primary["numerator"] == pytest.approx(9711, abs=1)
    assert junior["numerator"] == pytest.approx(13515, abs=1)
    assert primary["numerator"] + junior["numerator"] == pytest.approx(23226, rel=1e-12)


def test_floor_area_is_split_by_one_to_one_point_one(tmp_path: Path, rules: Catalogue) -> None:
    county = County(
        tmp_path,
        rules,
        schools=[school(NINE, school_type="nine_year_school", teaching_area=5000.0, indoor_sports_area=0.0)],
        school_stages=[stage(NINE, "primary", pupils=600), stage(NINE, "junior", pupils=300)],
    )
    assert county.value("area_each", "primary") == pytest.approx(5000 / (600 + 1.1 * 300), rel=1e-12)
    assert county.value("area_each", "junior") == pytest.approx(5000 / (600 / 1.1 + 300), rel=1e-12)


def test_junior_and_senior_of_a_complete_secondary_school_split_by_one_point_two(
    tmp_path: Path, rules: Catalogue
) -> None:
    county = County(
        tmp_path,
        rules,
        schools=[school(FULL, school_type="complete_secondary_school", books=9000)],
        school_stages=[stage(FULL, "junior", pupils=300), stage(FULL, "senior", pupils=500)],
    )
    assert county.value("books_each", "junior") == pytest.approx(9000 / (300 + 1.2 * 500), rel=1e-12)


def test_share_is_unknown_where_the_pupils_of_one_stage_are(tmp_path: Path, rules: Catalogue) -> None:
    county = County(
        tmp_path,
        rules,
        schools=[school(NINE, school_type="nine_year_school", books=9000)],
        school_stages=[stage(NINE, "primary", pupils=600), stage(NINE, "junior", pupils=None)],
    )
    row = county.row("books_each", "primary", NINE, "school")
    assert row["status"] == "unknown"
    assert "各学段在校生数" in row["reason"]
    assert "图书册数" not in row["reason"]


def test_campus_that_does_not_count_is_merged_into_its_school(tmp_path: Path, rules: Catalogue) -> None:
    campus = school("2144000009", counted=False, main_school_code=ONE, books=500, area_code=SOUTH)
    county = County(
        tmp_path,
        rules,
        schools=[school(ONE, books=1000), campus],
        school_stages=[stage(ONE, "primary", pupils=100), stage("2144000009", "primary", pupils=50)],
    )
    row = county.row("books_each", "primary", ONE, "school")
    assert (row["numerator"], row["denominator"], row["total"]) == (1500, 150, 1)
    assert county.row("books_each", "primary", SOUTH, "area")["status"] == "not_applicable"


def test_school_with_a_campus_that_is_not_known_is_not_known(tmp_path: Path, rules: Catalogue) -> None:
    county = County(
        tmp_path,
        rules,
        schools=[
            school(ONE, books=1000),
            school("2144000009", counted=False, main_school_code=ONE, books=None),
        ],
        school_stages=[stage(ONE, "primary", pupils=100), stage("2144000009", "primary", pupils=50)],
    )
    assert county.row("books_each", "primary", ONE, "school")["status"] == "unknown"


# --- unknown, not applicable, coverage


def three(tmp_path: Path, rules: Catalogue) -> County:
    return County(
        tmp_path,
        rules,
        schools=[
            school(ONE, books=1000, teaching_area=900.0, indoor_sports_area=0.0),
            school("2144000004", books=None, teaching_area=None, indoor_sports_area=0.0, area_code=SOUTH),
            school("2144000005", books=300, teaching_area=50.0, indoor_sports_area=0.0,
                   school_type="teaching_point", urban_rural_code="220", ownership="private"),
        ],
        school_stages=[
            stage(ONE, "primary", pupils=100, capacity=120),
            stage("2144000004", "primary", pupils=200, capacity=None),
            stage("2144000005", "primary", pupils=40, capacity=60),
        ],
    )  # fmt: skip


def test_ratio_is_that_of_sums_over_known_schools(tmp_path: Path, rules: Catalogue) -> None:
    row = three(tmp_path, rules).row("books_each", "primary")
    assert row["value"] == 1300 / 140
    assert (row["known"], row["total"], row["coverage"], row["status"]) == (2, 3, 2 / 3, "known")


def test_sum_with_a_missing_part_is_unknown_and_says_what_is_missing(
    tmp_path: Path, rules: Catalogue
) -> None:
    row = three(tmp_path, rules).row("seats", "compulsory")
    assert (row["value"], row["status"], row["numerator"]) == (None, "unknown", 180)
    assert "「核定学位数」" in row["reason"]
    assert "3 个校段中有 1 个校段" in row["reason"]


def test_school_out_of_scope_counts_neither_as_known_nor_as_missing(tmp_path: Path, rules: Catalogue) -> None:
    county = three(tmp_path, rules)
    row = county.row("area_each", "primary")
    assert (row["known"], row["total"]) == (1, 2)
    point = county.row("area_each", "primary", "2144000005", "school")
    assert (point["status"], point["reason"]) == ("not_applicable", "该校不在统计范围内")


def test_school_whose_scope_is_not_known_is_in_scope_and_unknown(tmp_path: Path, rules: Catalogue) -> None:
    county = County(
        tmp_path,
        rules,
        schools=[school(ONE, school_type="teaching_point", teaching_area=90.0, indoor_sports_area=0.0)],
        school_stages=[stage(ONE, "primary", pupils=None)],
    )
    row = county.row("area_each", "primary")
    assert (row["known"], row["total"], row["status"]) == (0, 1, "unknown")


def test_zero_denominator_is_unknown_with_its_name(tmp_path: Path, rules: Catalogue) -> None:
    county = County(
        tmp_path, rules, schools=[school(ONE, books=10)], school_stages=[stage(ONE, "primary", pupils=0)]
    )
    row = county.row("books_each", "primary")
    assert (row["value"], row["status"], row["reason"]) == (None, "unknown", "分母为 0：在校生数")


def test_group_without_such_schools_is_not_applicable(tmp_path: Path, rules: Catalogue) -> None:
    row = three(tmp_path, rules).row("books_each", "junior")
    assert (row["status"], row["total"], row["coverage"]) == ("not_applicable", 0, None)


def test_variation_of_one_school_is_null_and_not_zero(tmp_path: Path, rules: Catalogue) -> None:
    county = County(
        tmp_path, rules, schools=[school(ONE, books=60)], school_stages=[stage(ONE, "primary", pupils=1200)]
    )
    row = county.row("books_variation", "primary")
    assert (row["value"], row["status"]) == (None, "not_applicable")


def test_variation_of_the_published_schools_is_met(tmp_path: Path, rules: Catalogue) -> None:
    pupils, books = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    codes = [f"214400000{number}" for number in range(5)]
    county = County(
        tmp_path,
        rules,
        schools=[school(code, books=amount) for code, amount in zip(codes, books, strict=True)],
        school_stages=[
            stage(code, "primary", pupils=count) for code, count in zip(codes, pupils, strict=True)
        ],
    )
    wanted = measures.coefficient_of_variation(books, pupils)
    assert county.value("books_variation", "primary") == pytest.approx(wanted, rel=1e-13)
    assert round(county.value("books_variation", "primary"), 6) == 0.515257


# --- records


def test_fact_is_counted_from_records_only_where_the_form_is_silent(tmp_path: Path, rules: Catalogue) -> None:
    def teacher(number: int, code: str, course: str) -> dict[str, Any]:
        return {
            "teacher_id": f"t{number}",
            "school_code": code,
            "stage": "primary",
            "kind": "teacher",
            "course": course,
        }

    county = County(
        tmp_path,
        rules,
        schools=[school(ONE), school("2144000004"), school("2144000005")],
        school_stages=[
            stage(ONE, "primary", pupils=100, teachers_music=4, teachers_fine_art=1),
            stage("2144000004", "primary", pupils=100),
            stage("2144000005", "primary", pupils=100),
        ],
        teachers=[
            *(teacher(number, ONE, "music") for number in range(9)),
            teacher(10, "2144000004", "music"),
            teacher(11, "2144000004", "chinese"),
        ],
    )
    assert county.value("arts", "primary", ONE, "school") == 5
    assert county.value("arts", "primary", "2144000004", "school") == 1
    # Nobody of the third school is on the register: that does not say that it has no teachers.
    assert county.row("arts", "primary", "2144000005", "school")["status"] == "unknown"


# --- groups and grains


def test_schools_are_grouped_by_urban_rural_class_and_ownership(tmp_path: Path, rules: Catalogue) -> None:
    county = three(tmp_path, rules)
    assert county.value("books_each", "primary", "urban", "urban_rural") == 10
    assert county.value("books_each", "primary", "rural", "urban_rural") == 7.5
    assert county.value("books_each", "primary", "private", "ownership") == 7.5
    assert county.row("books_each", "primary", "town", "urban_rural")["status"] == "not_applicable"


def with_population(tmp_path: Path, rules: Catalogue, *codes: str) -> County:
    return County(
        tmp_path,
        rules,
        schools=[school(ONE), school("2144000004", area_code=SOUTH)],
        school_stages=[stage(ONE, "primary", pupils=90), stage("2144000004", "primary", pupils=100)],
        population=[
            {"area_code": code, "age": age, "sex": "male", "school_age": 100}
            for code in codes
            for age in (6, 7)
        ],
    )


def test_pupils_of_an_area_are_divided_by_its_population(tmp_path: Path, rules: Catalogue) -> None:
    county = with_population(tmp_path, rules, NORTH, SOUTH)
    assert county.value("gross", "primary", NORTH, "area") == 90
    assert county.value("gross", "primary") == 95


def test_population_that_lacks_an_area_leaves_the_county_unknown(tmp_path: Path, rules: Catalogue) -> None:
    county = with_population(tmp_path, rules, NORTH)
    assert county.value("gross", "primary", NORTH, "area") == 90
    row = county.row("gross", "primary")
    assert row["status"] == "unknown"
    assert "2 个镇街中有 1 个缺「人口：学龄人口数（教育部门口径）」" in row["reason"]


def test_population_of_the_whole_county_serves_the_county_only(tmp_path: Path, rules: Catalogue) -> None:
    county = with_population(tmp_path, rules, REGION)
    assert county.value("gross", "primary") == 190
    assert county.row("gross", "primary", NORTH, "area")["status"] == "unknown"


def test_numerator_with_a_missing_school_is_not_divided_by_a_whole_population(
    tmp_path: Path, rules: Catalogue
) -> None:
    county = County(
        tmp_path,
        rules,
        schools=[school(ONE), school("2144000004")],
        school_stages=[stage(ONE, "primary", pupils=90), stage("2144000004", "primary", pupils=None)],
        population=[
            {"area_code": code, "age": 6, "sex": "male", "school_age": 100} for code in (NORTH, SOUTH)
        ],
    )
    row = county.row("gross", "primary")
    assert (row["value"], row["status"]) == (None, "unknown")
    assert "2 所学校（小学）中有 1 所缺「在校生数」" in row["reason"]


def test_area_without_projects_has_none_planned_and_project_without_area_counts_for_the_county(
    tmp_path: Path, rules: Catalogue
) -> None:
    def project(code: str, **values: Any) -> dict[str, Any]:
        return {"project_code": code, "name": "新建", "kind": "new", "stage": "primary"} | values

    county = County(
        tmp_path,
        rules,
        schools=[school(ONE)],
        school_stages=[stage(ONE, "primary", pupils=1)],
        projects=[project("a", area_code=SOUTH, seats=500), project("b", area_code=None, seats=40)],
    )
    assert county.value("new_seats_planned", None, NORTH, "area") == 0
    assert county.value("new_seats_planned", None, SOUTH, "area") == 500
    assert county.value("new_seats_planned") == 540


@pytest.mark.parametrize("by", ["area", "school", "urban_rural", "ownership"])
def test_measure_of_the_county_alone_does_not_apply_below_it(
    tmp_path: Path, rules: Catalogue, by: str
) -> None:
    frame = measures.compute(three(tmp_path, rules).census, "wages", by=by, engine="polars", catalogue=rules)
    assert frame["status"].unique().to_list() == ["not_applicable"]
    assert frame["reason"].str.contains("只有全县数").all()


# --- which measures, by which rules


def test_measure_is_found_by_its_name(tmp_path: Path, rules: Catalogue) -> None:
    frame = measures.compute(three(tmp_path, rules).census, "生均图书", engine="polars", catalogue=rules)
    assert frame["measure"].unique().to_list() == ["books_each"]


def test_unknown_measure_and_grouping_are_refused(tmp_path: Path, rules: Catalogue) -> None:
    census = three(tmp_path, rules).census
    with pytest.raises(measures.UnknownMeasureError, match="没有名为“空气”的指标"):
        measures.compute(census, "空气", catalogue=rules)
    with pytest.raises(measures.GroupingError, match="urban_rural（城乡）"):
        measures.compute(census, by="street", catalogue=rules)


@pytest.mark.parametrize(("year", "value"), [(2022, 30), (2023, 10)])
def test_rules_are_those_of_the_first_of_september(
    tmp_path: Path, rules: Catalogue, year: int, value: float
) -> None:
    county = County(
        tmp_path,
        rules,
        year=year,
        schools=[school(ONE)],
        school_stages=[stage(ONE, "primary", pupils=100, migrants=30, worker_migrants=10)],
    )
    assert county.value("dated", "primary") == value


def test_history_can_hold_one_definition_over_the_years(tmp_path: Path, rules: Catalogue) -> None:
    tables = {
        "schools": [school(ONE)],
        "school_stages": [stage(ONE, "primary", pupils=100, migrants=30, worker_migrants=10)],
    }
    censuses = [snapshot(tmp_path / str(year), tables, year=year) for year in (2024, 2022)]
    own = measures.history(censuses, "dated", engine="polars", catalogue=rules)
    assert own.select("year", "value").rows() == [(2022, 30.0), (2024, 10.0)]
    one = measures.history(censuses, "dated", engine="polars", catalogue=rules, year=2024)
    assert one["value"].to_list() == [10.0, 10.0]
