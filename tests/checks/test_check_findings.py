"""A finding says where, what and how to mend; checks look at last year, at sums, and at records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from jiaoheng.census.checking.frames import frame
from jiaoheng.census.checking.run import run
from jiaoheng.census.checking.view import View, view_of_rows
from jiaoheng.packs import Catalogue

SCHOOL = {
    "school_code": "2144000001", "name": "城中小学", "area_code": "441284002",
    "school_type": "primary_school", "ownership": "public", "counted": True,
}  # fmt: skip
STAGE = {"school_code": "2144000001", "stage": "primary"}
SQUARE = "POLYGON ((112 23, 113 23, 113 24, 112 24, 112 23))"


def value(view: View, table: str, name: str, catalogue: Catalogue) -> list[Any]:
    return frame(view, table, [name], catalogue)[name].to_list()


def found(
    catalogue: Catalogue, tables: Mapping[str, Sequence[Mapping[str, Any]]], **more: Any
) -> dict[str, Any]:
    findings = run(view_of_rows(tables, **more), catalogue)
    return {finding.check.id: finding for finding in findings}


class TestNames:
    def test_last_year_s_values_stand_beside_this_year_s(self, catalogue: Catalogue) -> None:
        last = view_of_rows({"school_stages": [STAGE | {"pupils": 300}]}, year=2024)
        view = view_of_rows({"school_stages": [STAGE | {"pupils": 310}]}, last=last)
        assert value(view, "school_stages", "last_pupils", catalogue) == [300]

    def test_without_last_year_they_are_unknown(self, catalogue: Catalogue) -> None:
        view = view_of_rows({"school_stages": [STAGE | {"pupils": 310}]})
        assert value(view, "school_stages", "last_pupils", catalogue) == [None]

    def test_schools_that_merged_are_summed_under_the_code_that_goes_on(self, catalogue: Catalogue) -> None:
        rows = [STAGE | {"pupils": 300}, STAGE | {"school_code": "2144000002", "pupils": 50}]
        last = view_of_rows({"school_stages": rows}, year=2024)
        view = view_of_rows(
            {"school_stages": [STAGE | {"pupils": 345}]}, last=last, homes={"2144000002": "2144000001"}
        )
        assert value(view, "school_stages", "last_pupils", catalogue) == [350]

    def test_a_school_that_was_split_has_no_last_year(self, catalogue: Catalogue) -> None:
        last = view_of_rows({"school_stages": [STAGE | {"pupils": 300}]}, year=2024)
        view = view_of_rows({"school_stages": [STAGE]}, last=last, homes={"2144000001": None})
        assert value(view, "school_stages", "last_pupils", catalogue) == [None]

    def test_a_sum_with_an_unknown_part_is_unknown(self, catalogue: Catalogue) -> None:
        rows = [STAGE | {"pupils": 300}, STAGE | {"stage": "junior", "pupils": None}]
        view = view_of_rows({"schools": [SCHOOL], "school_stages": rows})
        assert value(view, "schools", "total_pupils", catalogue) == [None]
        known = view_of_rows({"schools": [SCHOOL], "school_stages": rows[:1]})
        assert value(known, "schools", "total_pupils", catalogue) == [300]

    def test_records_are_counted_by_the_facts_of_the_packs(self, catalogue: Catalogue) -> None:
        pupils = [STAGE | {"pupil_id": f"h1:{n}", "grade": "g1", "boarder": n < 2} for n in range(5)]
        view = view_of_rows({"school_stages": [STAGE], "pupils": pupils})
        assert value(view, "school_stages", "roster_pupils", catalogue) == [5]
        assert value(view, "school_stages", "roster_boarders", catalogue) == [2]

    def test_the_schools_of_a_stage_add_up_for_the_county(self, catalogue: Catalogue) -> None:
        rows = [STAGE | {"pupils": 300}, STAGE | {"school_code": "2144000002", "pupils": 50}]
        view = view_of_rows(
            {"school_stages": rows, "county_stages": [{"stage": "primary"}, {"stage": "junior"}]}
        )
        assert value(view, "county_stages", "schools_pupils", catalogue) == [350, None]

    def test_a_point_is_in_the_county_or_not_and_unknown_while_a_boundary_is_missing(
        self, catalogue: Catalogue
    ) -> None:
        towns = [{"area_code": "441284001", "name": "东城", "boundary": SQUARE}]
        schools = [
            SCHOOL | {"longitude": 112.5, "latitude": 23.5},
            SCHOOL | {"school_code": "2144000002", "longitude": 114.0, "latitude": 22.5},
            SCHOOL | {"school_code": "2144000003"},
        ]
        view = view_of_rows({"schools": schools, "areas": towns})
        assert value(view, "schools", "in_county", catalogue) == [True, False, None]
        more = [*towns, {"area_code": "441284002", "name": "城中", "boundary": None}]
        unknown = view_of_rows({"schools": schools, "areas": more})
        assert value(unknown, "schools", "in_county", catalogue) == [None, None, None]

    def test_age_is_in_whole_years_on_the_day_of_the_census(self, catalogue: Catalogue) -> None:
        births = [date(2019, 9, 1), date(2019, 9, 2), None]
        pupils = [
            STAGE | {"pupil_id": f"h1:{n}", "grade": "g1", "birth_date": birth}
            for n, birth in enumerate(births)
        ]
        view = view_of_rows({"pupils": pupils})
        assert value(view, "pupils", "age", catalogue) == [6, 5, None]

    def test_who_else_has_the_same_name_is_named(self, catalogue: Catalogue) -> None:
        view = view_of_rows({"schools": [SCHOOL, SCHOOL | {"school_code": "2144000002"}]})
        assert value(view, "schools", "same_name", catalogue) == [2, 2]
        assert value(view, "schools", "others_name", catalogue) == [
            "城中小学（2144000002）",
            "城中小学（2144000001）",
        ]


class TestFindings:
    def test_a_message_names_both_sides_with_their_values_and_units(self, catalogue: Catalogue) -> None:
        tables = {"schools": [SCHOOL], "school_stages": [STAGE | {"pupils": 120, "pupils_female": 255}]}
        finding = found(catalogue, tables)["girls_within_pupils"]
        assert finding.message == "「在校生数中女生数」为 255 人，应不大于「在校生数」 120 人"
        assert finding.expected == "应不大于 120 人"
        assert finding.unit == "城中小学（2144000001）"
        assert finding.values == {"pupils_female": 255, "pupils": 120}

    def test_a_long_sum_is_named_by_its_first_part(self, catalogue: Catalogue) -> None:
        grades = {f"pupils_g{n}": 40 for n in range(1, 7)}
        tables = {"schools": [SCHOOL], "school_stages": [STAGE | grades | {"pupils": 204}]}
        finding = found(catalogue, tables)["grades_sum_primary"]
        assert finding.message == "「一年级学生数」等 6 项之和为 240 人，应等于「在校生数」 204 人"

    def test_what_is_unknown_is_no_finding(self, catalogue: Catalogue) -> None:
        grades = {f"pupils_g{n}": 40 for n in range(1, 6)} | {"pupils_g6": None}
        tables = {"schools": [SCHOOL], "school_stages": [STAGE | grades | {"pupils": 10}]}
        assert "grades_sum_primary" not in found(catalogue, tables)

    def test_the_worst_come_first(self, catalogue: Catalogue) -> None:
        tables = {
            "schools": [SCHOOL],
            "school_stages": [STAGE | {"pupils": 120, "pupils_female": 255, "teachers": 2, "dropouts": 3}],
        }
        findings = run(view_of_rows(tables), catalogue)
        order = [(finding.check.kind != "logic", ["high", "medium", "low"].index(finding.check.severity))
                 for finding in findings]  # fmt: skip
        assert len(order) >= 3
        assert order == sorted(order)

    def test_of_persons_only_the_number_is_told(self, catalogue: Catalogue) -> None:
        pupils = [
            STAGE
            | {"pupil_id": f"h1:{n:032x}", "grade": "g7", "sex": "female", "birth_date": date(2019, 3, n + 1)}
            for n in range(3)
        ]
        finding = found(catalogue, {"schools": [SCHOOL], "pupils": pupils})["pupil_grade_fits_stage"]
        assert finding.message == "有 3 名学生的年级与学段不符"
        assert finding.rows == 3
        assert finding.key == ("2144000001", "primary")
        assert finding.values == {}
        assert "h1:" not in finding.message + finding.unit + str(finding.key)
        assert len(finding.cells) == 6

    @pytest.mark.parametrize(("before", "after"), [(255, 256), (120, 255)])
    def test_a_fingerprint_changes_with_the_values(
        self, catalogue: Catalogue, before: int, after: int
    ) -> None:
        def print_of(girls: int) -> str:
            rows = [STAGE | {"pupils": 110, "pupils_female": girls}]
            return found(catalogue, {"schools": [SCHOOL], "school_stages": rows})[
                "girls_within_pupils"
            ].fingerprint

        assert print_of(before) == print_of(before)
        assert print_of(before) != print_of(after)
