"""The rules give the published figures: evaluated by hand, in plain Python, on rows with published inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import reference

from jiaoheng.packs import GROUPED_TABLES, Catalogue, grain_of
from jiaoheng.packs.grains import grain_columns

Row = dict[str, Any]

# A primary school of 1200 pupils, from a public test of the official forms.
SCHOOL: Row = {
    "stage": "primary",
    "school_type": "primary_school",
    "ownership": "public",
    "urban_rural": "town",
    "high_density": False,
    "pupils": 1200,
    "teachers_doctor": 0,
    "teachers_master": 0,
    "teachers_bachelor": 20,
    "teachers_college": 10,
    "teachers_backbone": 15,
    "teachers_physical_education": 3,
    "teachers_music": 2,
    "teachers_fine_art": 1,
    "teachers_art": 0,
    "teaching_area": 8421.05 + 500,
    "indoor_sports_area": 500,
    "sports_ground_area": 11500,
    "equipment_value": 3_031_600,
    "multimedia_rooms": 50,
}


def filled(catalogue: Catalogue, grain: str, row: Mapping[str, Any]) -> Row:
    """The row with every column of its grain, unknown where not given, and with all facts."""
    whole: Row = dict.fromkeys(grain_columns(grain, catalogue.columns)) | dict(row)
    for fact in catalogue.ordered(catalogue.facts.values()):
        if grain_of(fact.table) == grain and fact.table not in GROUPED_TABLES:
            whole[fact.id] = reference.of_row(catalogue.fact_node(fact), whole)
    return whole


def value(catalogue: Catalogue, id_: str, row: Mapping[str, Any], grain: str = "school") -> float | None:
    """A measure of one row; None where it is unknown."""
    measure = catalogue.measures[id_]
    whole = filled(catalogue, grain, row)
    upper = reference.of_row(catalogue.node(measure.numerator or ""), whole)
    lower = reference.of_row(catalogue.node(measure.denominator), whole) if measure.denominator else 1
    return None if upper is None or lower is None else upper / lower * measure.factor


def grouped(catalogue: Catalogue, id_: str, rows: list[Row]) -> float | None:
    return reference.of_group(catalogue.fact_node(catalogue.facts[id_]), rows)


def counted(catalogue: Catalogue, id_: str, rows: list[Row]) -> float | None:
    node = catalogue.records_node(catalogue.facts[id_])
    assert node is not None
    return reference.of_group(node, rows)


@pytest.mark.parametrize(
    ("id_", "published"),
    [
        ("l1_teachers_above_qualification", 2.50),
        ("l2_backbone_teachers", 1.25),
        ("l3_pe_arts_teachers", 0.50),
        ("l4_teaching_area", 7.02),
        ("l5_sports_area", 10.00),
        ("l6_equipment_value", 2526.33),
        ("l7_multimedia_rooms", 4.17),
    ],
)
def test_the_seven_resource_measures_give_the_published_values(
    catalogue: Catalogue, id_: str, published: float
) -> None:
    assert round(value(catalogue, id_, SCHOOL) or 0, 2) == published


def test_college_counts_above_the_required_qualification_in_primary_but_not_in_junior(
    catalogue: Catalogue,
) -> None:
    assert filled(catalogue, "school", SCHOOL)["teachers_above_qualification"] == 30
    assert filled(catalogue, "school", SCHOOL | {"stage": "junior"})["teachers_above_qualification"] == 20
    assert filled(catalogue, "school", SCHOOL | {"stage": "senior"})["teachers_above_qualification"] is None


def test_one_unknown_qualification_leaves_the_measure_unknown(catalogue: Catalogue) -> None:
    assert value(catalogue, "l1_teachers_above_qualification", SCHOOL | {"teachers_master": None}) is None


@pytest.mark.parametrize(
    ("school", "within"),
    [
        ({"school_type": "primary_school", "pupils": 30}, True),
        ({"school_type": "primary_school", "pupils": 0}, False),
        ({"school_type": "teaching_point", "pupils": 49}, False),
        ({"school_type": "teaching_point", "pupils": 50}, True),
        ({"school_type": "teaching_point", "pupils": None}, None),
        ({"school_type": "special_school", "pupils": 200}, False),
        ({"school_type": "vocational_school", "pupils": 900}, False),
        ({"school_type": "primary_school", "pupils": 900, "ownership": "private"}, True),
    ],
)
def test_scope_of_the_resource_measures(catalogue: Catalogue, school: Row, within: bool | None) -> None:
    assert filled(catalogue, "school", {"stage": "primary"} | school)["in_resource_scope"] is within


def test_transition_counts_itinerant_teachers_in_small_rural_schools_only(catalogue: Catalogue) -> None:
    small = SCHOOL | {"pupils": 80, "urban_rural": "rural", "itinerant_pe_arts": 2}
    assert filled(catalogue, "school", small)["teachers_pe_arts_transition"] == 8
    assert filled(catalogue, "school", small | {"pupils": 100})["teachers_pe_arts_transition"] == 6
    assert filled(catalogue, "school", small | {"urban_rural": "town"})["teachers_pe_arts_transition"] == 6


def test_class_sizes_above_the_norm_begin_at_46_in_primary_and_51_in_junior(catalogue: Catalogue) -> None:
    bands = {f"classes_size_{upto}": 1 for upto in (50, 55, 60, 65, 66)}
    assert filled(catalogue, "school", {"stage": "primary"} | bands)["classes_above_limit"] == 5
    assert filled(catalogue, "school", {"stage": "junior"} | bands)["classes_above_limit"] == 4
    classes = [{"stage": "junior", "pupils": pupils} for pupils in (45, 50, 51, 66)]
    assert counted(catalogue, "classes_above_limit", classes) == 2
    assert counted(catalogue, "classes_size_50", classes) == 1
    assert counted(catalogue, "classes_size_66", classes) == 1


def test_records_with_an_unknown_answer_count_to_unknown_not_to_less(catalogue: Catalogue) -> None:
    pupils: list[Row] = [{"boarder": True}, {"boarder": False}, {"boarder": True}]
    assert counted(catalogue, "boarders", pupils) == 2
    assert counted(catalogue, "boarders", [*pupils, {"boarder": None}]) is None
    assert counted(catalogue, "pupils", [*pupils, {"boarder": None}]) == 4


def test_support_staff_without_qualification_do_not_make_the_teachers_unknown(catalogue: Catalogue) -> None:
    staff: list[Row] = [
        {"kind": "teacher", "qualification": "master"},
        {"kind": "teacher", "qualification": "bachelor"},
        {"kind": "support", "qualification": None},
    ]
    assert counted(catalogue, "teachers_master", staff) == 1
    assert counted(catalogue, "teachers_master", [*staff, {"kind": "teacher", "qualification": None}]) is None


def test_school_age_population_needs_every_year_of_age(catalogue: Catalogue) -> None:
    people = [
        {"age": age, "sex": sex, "school_age": 10, "resident": 20, "registered": 5}
        for age in range(25)
        for sex in ("female", "male")
    ]
    assert grouped(catalogue, "school_age_preschool", people) == 3 * 20
    assert grouped(catalogue, "school_age_primary", people) == 6 * 20
    assert grouped(catalogue, "school_age_junior", people) == 3 * 20
    assert grouped(catalogue, "resident_senior", people) == 3 * 40
    without_four = [person for person in people if (person["age"], person["sex"]) != (4, "male")]
    assert grouped(catalogue, "school_age_preschool", without_four) is None
    assert grouped(catalogue, "school_age_primary", without_four) == 6 * 20
    unknown = [person | ({"school_age": None} if person["age"] == 7 else {}) for person in people]
    assert grouped(catalogue, "school_age_primary", unknown) is None
    assert grouped(catalogue, "school_age_junior", unknown) == 3 * 20


def test_junior_retention_by_hand(catalogue: Catalogue) -> None:
    cohort = {
        "stage": "junior",
        "graduates": 480,
        "transfers_in": 20,
        "transfers_out": 35,
        "cohort_start": 510,
        "cohort_deaths": 1,
    }
    assert round(value(catalogue, "junior_retention", cohort) or 0, 2) == 97.25


def test_estates_of_sihui_need_the_seats_that_the_ratios_give(catalogue: Catalogue) -> None:
    area = {"estate_population": grouped(catalogue, "estate_population", [{"planned_population": 134_486}])}
    need = [
        catalogue.measures[f"estate_seat_need_{stage}"].numerator or "" for stage in ("primary", "junior")
    ]
    seats = [reference.of_row(catalogue.node(text), area) for text in need]
    assert [round(each, 1) for each in seats] == [10758.9, 5379.4]


def test_a_school_is_counted_once_whatever_its_stages(catalogue: Catalogue) -> None:
    def counts(school_type: str, *stages: str) -> tuple[float, float, float]:
        stage_counts = {
            "compulsory_stage_count": len({"primary", "junior"} & set(stages)),
            "school_stage_count": len({"primary", "junior", "senior"} & set(stages)),
        }
        school = {"school_type": school_type} | stage_counts
        rows = [filled(catalogue, "school", school | {"stage": stage}) for stage in stages]
        compulsory = [row for row in rows if row["stage"] in ("primary", "junior")]
        return (
            sum(row["school_once"] for row in rows),
            sum(row["compulsory_weight"] for row in compulsory),
            sum(row["school_weight"] for row in rows if row["stage"] in ("primary", "junior", "senior")),
        )

    assert counts("primary_school", "primary") == (1, 1, 1)
    assert counts("primary_school", "preschool", "primary") == (1, 1, 1)
    assert counts("primary_school", "primary", "junior") == (1, 1, 1)
    assert counts("nine_year_school", "primary", "junior") == (1, 1, 1)
    assert counts("complete_secondary_school", "junior", "senior") == (1, 1, 1)
    assert counts("twelve_year_school", "primary", "junior", "senior") == pytest.approx((1, 1, 1))


def test_kindergarten_children_leave_out_the_nursery_or_are_summed_by_class(catalogue: Catalogue) -> None:
    child = {"stage": "preschool", "pupils": 100, "pupils_nursery": 10}
    assert filled(catalogue, "school", child)["kindergarten_pupils"] == 90
    classes = {"pupils_k1": 30, "pupils_k2": 30, "pupils_k3": 25, "pupils_k_mixed": 0}
    assert (
        filled(catalogue, "school", child | classes | {"pupils_nursery": None})["kindergarten_pupils"] == 85
    )
    assert filled(catalogue, "school", child | {"pupils_nursery": None})["kindergarten_pupils"] is None


def test_purchased_seats_count_as_public_in_private_schools(catalogue: Catalogue) -> None:
    private = {"stage": "primary", "ownership": "private", "pupils": 500, "purchased_seats": 120}
    assert value(catalogue, "public_share_with_purchased", private) == 24
    assert value(catalogue, "public_share_with_purchased", private | {"purchased_seats": None}) is None
    assert value(catalogue, "public_share_with_purchased", private | {"ownership": "public"}) == 100


def test_survey_counts_all_respondents_or_none(catalogue: Catalogue) -> None:
    answers: list[Row] = [
        {"respondent": "parent", "valid": 60, "satisfied": 55},
        {"respondent": "teacher", "valid": 40, "satisfied": 35},
    ]
    assert grouped(catalogue, "survey_satisfied", answers) == 90
    assert grouped(catalogue, "survey_valid_parents", answers) == 60
    assert (
        grouped(catalogue, "survey_satisfied", [*answers, {"respondent": "pupil", "satisfied": None}]) is None
    )
