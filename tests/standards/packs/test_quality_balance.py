"""教督〔2017〕6号: every item met, missed, unknown, and the transition's exceptions, in small counties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from balanced_county import (
    DECLARED,
    JUNIOR,
    OTHER_JUNIOR,
    OTHER_PRIMARY,
    PRIMARY,
    STANDARD,
    assess,
    county,
    row,
    rule,
)

from jiaoheng import measures, standards
from jiaoheng.standards import Assessed, Verdict

NINE_YEAR = "2144000009"


@pytest.fixture(scope="module")
def balanced(tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    return assess(tmp_path_factory.mktemp("balanced"))


def test_a_county_in_which_all_is_well_meets_the_standard(balanced: Assessed) -> None:
    assert balanced.failing().is_empty()
    assert set(balanced.together["verdict"]) == {"met", "not_applicable"}
    assert balanced.verdict == Verdict.MET


def test_without_any_answer_what_is_declared_is_unknown_and_so_is_the_county(tmp_path: Path) -> None:
    assessed = standards.assess(county(tmp_path), STANDARD, engine="polars")
    unknown = assessed.together.filter(pl.col("verdict") == "unknown")["item"].to_list()
    assert sorted(unknown) == sorted(DECLARED)
    assert assessed.verdict == Verdict.UNKNOWN


def test_the_items_are_those_of_the_document_and_every_one_but_the_sample_counts() -> None:
    rules = measures.catalogue()
    standard = rules.standards[STANDARD]
    items = rules.items_of(standard)

    def numbers(group: str) -> set[int]:
        return {int(item.number.split(".")[0]) for item in items if item.group == group}

    assert numbers("资源配置") == numbers("校际差异系数") == set(range(1, 8))
    assert numbers("政府保障程度") == set(range(1, 16))
    assert numbers("教育质量") == set(range(1, 10))
    assert numbers("一票否决") == set(range(1, 7))
    joined = {group for rule_ in standard.rules for group in rule_.groups}
    assert {item.group for item in items} - joined == {"社会认可度调查样本"}
    assert all(item.veto == (item.group == "一票否决") for item in items)
    assert all(item.evidence for item in items if item.group != "校际差异系数")


COUNTY = "county"
# Each item, the cell that decides it, its value at the threshold and a step short of it, and what is missing
# then; the cells do not touch one another's items, so that one county has them all.
AT: tuple[tuple[str, tuple[str, ...], float | bool, float | bool, float], ...] = (
    ("qb_l1", (PRIMARY, "primary", "teachers_bachelor"), 12, 4, -8),
    ("qb_l2", (JUNIOR, "junior", "teachers_backbone"), 10, 8, -2),
    ("qb_l3", (PRIMARY, "primary", "teachers_physical_education"), 3, 0, -3),
    ("qb_l4", (PRIMARY, "teaching_area"), 4500.0, 3800.0, -700),
    ("qb_l5", (JUNIOR, "sports_ground_area"), 10200.0, 8600.0, -1600),
    ("qb_l6", (JUNIOR, "equipment_value"), 2_500_000.0, 2_100_000.0, -400_000),
    ("qb_l7", (PRIMARY, "multimedia_rooms"), 23, 19, -4),
    ("qb_g02", ("county_stages", "junior", "unified_funds_standard"), True, False, -1),
    ("qb_g03_music", (PRIMARY, "music_rooms_96"), 2, 1, -1),
    ("qb_g03_art", (JUNIOR, "art_rooms_90"), 2, 0, -2),
    ("qb_g04_size", (OTHER_PRIMARY, "primary", "pupils"), 2000, 2001, -1),
    ("qb_g05", (PRIMARY, "primary", "classes_size_50"), 0, 4, -4),
    ("qb_g05", (JUNIOR, "junior", "classes_size_55"), 0, 2, -2),
    ("qb_g07", (COUNTY, "special_funds_per_pupil"), 6000.0, 5999.0, -1),
    ("qb_g08", (COUNTY, "wage_teachers"), 100_000.0, 99_000.0, -1000),
    ("qb_g09", (PRIMARY, "primary", "training_done"), 80, 79, -1),
    ("qb_g12", (JUNIOR, "junior", "teachers_certified"), 80, 78, -2),
    ("qb_g13_primary", (COUNTY, "public_primary_in_zone"), 400, 399, -1),
    ("qb_g13_junior", (COUNTY, "public_junior_in_zone"), 380, 379, -1),
    ("qb_g14_quota", (COUNTY, "elite_quota"), 500, 499, -1),
    ("qb_g15_cared", (COUNTY, "left_behind_cared"), 100, 98, -2),
    ("qb_g15_migrants", (COUNTY, "migrants_public"), 160, 159, -1),
    ("qb_q1", (JUNIOR, "junior", "graduates"), 270, 269, -1),
    ("qb_q2", (COUNTY, "disabled_enrolled"), 95, 94, -1),
    ("qb_q4", (PRIMARY, "training_funds"), 50_000.0, 49_000.0, -1000),
    ("qb_q9_level", ("county_stages", "junior", "quality_level"), 3, 2, -1),
    ("qb_pre_basic", (COUNTY, "basic_balance_year"), 2022, 2023, -1),
    ("qb_approval", ("survey", "parent", "satisfied"), 480, 479, -1),
)


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    return assess(tmp_path_factory.mktemp("at"), {cell: value for _, cell, value, _, _ in AT})


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    return assess(tmp_path_factory.mktemp("short"), {cell: value for _, cell, _, value, _ in AT})


@pytest.mark.parametrize(("item", "cell", "amount"), [(one[0], one[1], one[4]) for one in AT])
def test_an_item_is_met_at_its_threshold_and_not_a_step_before(
    at: Assessed, short: Assessed, item: str, cell: tuple[str, ...], amount: float
) -> None:
    school = cell[0] if at.item(item).judged == "school" else None
    stage = cell[1] if cell[0] == "county_stages" else None
    assert row(at, item, school, stage)["verdict"] == "met"
    found = row(short, item, school, stage)
    assert (found["verdict"], found["amount"]) == ("failed", pytest.approx(amount))


SCHOOLS = ((PRIMARY, "primary"), (OTHER_PRIMARY, "primary"), (JUNIOR, "junior"), (OTHER_JUNIOR, "junior"))


@pytest.mark.parametrize(
    ("column", "item", "enough", "few"),
    [("rotated", "qb_g11_rotation", 4, 3), ("rotated_backbone", "qb_g11_backbone", 2, 1)],
)
def test_a_tenth_of_the_teachers_rotate_and_a_fifth_of_these_are_backbone(
    tmp_path: Path, column: str, item: str, enough: int, few: int
) -> None:
    for number, verdict in ((enough, "met"), (few, "failed")):
        cells = {(code, stage, column): number for code, stage in SCHOOLS}
        assert row(assess(tmp_path / verdict, cells), item)["verdict"] == verdict


@pytest.mark.parametrize("group", ["政府保障程度", "教育质量", "社会认可度"])
def test_one_item_that_is_not_met_fails_its_group_and_the_county(tmp_path: Path, group: str) -> None:
    cell: dict[str, tuple[str, ...]] = {
        "政府保障程度": (COUNTY, "public_primary_in_zone"),
        "教育质量": (COUNTY, "disabled_enrolled"),
        "社会认可度": ("survey", "pupil", "satisfied"),
    }
    assessed = assess(tmp_path, {cell[group]: 0})
    failed = assessed.rules.filter(pl.col("verdict") == "failed")["rule"].to_list()
    (failing,) = (one for one in assessed.standard.rules if group in one.groups)
    assert (failed, assessed.verdict) == ([failing.id], Verdict.FAILED)


def test_the_between_school_share_must_be_below_its_limit_not_at_it(tmp_path: Path) -> None:
    at = assess(tmp_path, {("county_stages", "primary", "between_school_share"): 0.15})
    assert row(at, "qb_q9_between", stage="primary")["verdict"] == "failed"
    assert row(at, "qb_q9_between", stage="junior")["verdict"] == "met"


YES_NO: list[tuple[str, tuple[str, str], bool]] = [
    ("qb_g01", ("county", "layout_plan"), False),
    ("qb_g10", ("county", "posts_coordinated"), False),
    ("qb_g15_system", ("county", "left_behind_system"), False),
    ("qb_q3_charter", (PRIMARY, "charter"), False),
    ("qb_q3_informatised", (PRIMARY, "informatised"), False),
    ("qb_q5", (PRIMARY, "it_used"), False),
    ("qb_q6", (PRIMARY, "ethics_culture_good"), False),
    ("qb_q7_curriculum", (PRIMARY, "curriculum_complete"), False),
    ("qb_q7_practice", (PRIMARY, "practice_course"), False),
    ("qb_q7_labour", (PRIMARY, "labour_base"), False),
    ("qb_q8", (PRIMARY, "no_excess_burden"), False),
    ("qb_veto_exams", ("county", "vetoed_exams"), True),
    ("qb_veto_choice", ("county", "vetoed_choice"), True),
    ("qb_veto_key", (PRIMARY, "key_class"), True),
    ("qb_veto_posts", ("county", "vetoed_posts"), True),
    ("qb_veto_safety", ("county", "vetoed_safety"), True),
    ("qb_veto_tutoring", ("county", "vetoed_tutoring"), True),
]


@pytest.fixture(scope="module")
def all_bad(tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    return assess(tmp_path_factory.mktemp("bad"), {cell: bad for _, cell, bad in YES_NO})


@pytest.fixture(scope="module")
def all_blank(tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    return assess(tmp_path_factory.mktemp("blank"), {cell: None for _, cell, _ in YES_NO})


@pytest.mark.parametrize(("item", "cell"), [(item, cell) for item, cell, _ in YES_NO])
def test_a_no_fails_and_a_blank_is_unknown(
    all_bad: Assessed, all_blank: Assessed, item: str, cell: tuple[str, str]
) -> None:
    where = PRIMARY if cell[0] == PRIMARY else None
    assert row(all_bad, item, where)["verdict"] == "failed"
    assert row(all_blank, item, where)["verdict"] == "unknown"


def test_one_veto_fails_a_county_in_which_all_else_is_met(tmp_path: Path) -> None:
    struck = assess(tmp_path / "struck", {(JUNIOR, "key_class"): True})
    assert struck.failing()["item"].to_list() == ["qb_veto_key"]
    assert struck.verdict == Verdict.FAILED
    unsaid = assess(tmp_path / "unsaid", {(COUNTY, "vetoed_safety"): None})
    assert unsaid.verdict == Verdict.UNKNOWN


def test_what_the_county_declares_decides(tmp_path: Path) -> None:
    assessed = assess(tmp_path, **dict.fromkeys(DECLARED, False))
    assert sorted(assessed.failing()["item"].to_list()) == sorted(DECLARED)
    assert {row(assessed, item)["verdict"] for item in DECLARED} == {"failed"}


def test_where_there_is_nobody_to_ask_for_an_item_does_not_apply_and_says_why(tmp_path: Path) -> None:
    nobody: dict[tuple[str, ...], Any] = {
        ("county", column): 0
        for column in (
            *("left_behind_total", "left_behind_cared", "migrants_eligible", "migrants_public"),
            *("migrants_purchased", "disabled_school_age", "disabled_enrolled", "elite_plan", "elite_quota"),
            *("public_primary_entrants", "public_primary_in_zone"),
        )
    }
    nobody |= {(PRIMARY, "primary", "training_due"): 0, (PRIMARY, "primary", "training_done"): 0}
    assessed = assess(tmp_path, nobody)
    for item in ("qb_g15_cared", "qb_g15_migrants", "qb_q2", "qb_g14_quota", "qb_g13_primary"):
        found = row(assessed, item)
        assert (found["verdict"], found["reason"][:1] in "本城") == ("not_applicable", True), item
    assert row(assessed, "qb_g09", PRIMARY)["verdict"] == "not_applicable"
    assert assessed.verdict == Verdict.MET


def test_an_unknown_figure_of_one_school_leaves_its_item_unknown_and_never_passes(tmp_path: Path) -> None:
    blank = {
        (PRIMARY, "sports_ground_area"): None,
        (PRIMARY, "music_rooms_96"): None,
        (PRIMARY, "primary", "training_done"): None,
        (JUNIOR, "junior", "classes_size_55"): None,
    }
    assessed = assess(tmp_path, blank)
    for item, school in (
        ("qb_l5", PRIMARY),
        ("qb_g03_music", PRIMARY),
        ("qb_g09", PRIMARY),
        ("qb_g05", JUNIOR),
    ):
        assert row(assessed, item, school)["verdict"] == "unknown"
    assert rule(assessed, "resources_school", PRIMARY)["verdict"] == "unknown"
    assert rule(assessed, "guarantee")["verdict"] == "unknown"
    assert assessed.verdict == Verdict.UNKNOWN


@pytest.mark.parametrize(("area", "verdict", "school"), [(6375, "within", "met"), (6370, "failed", "failed")])
def test_one_indicator_may_lie_between_85_percent_and_its_threshold(
    tmp_path: Path, area: float, verdict: str, school: str
) -> None:
    assessed = assess(tmp_path, {(PRIMARY, "sports_ground_area"): float(area)})
    assert row(assessed, "qb_l5", PRIMARY)["verdict"] == verdict
    assert rule(assessed, "resources_school", PRIMARY)["verdict"] == school
    assert rule(assessed, "resources_county")["verdict"] == school


def test_two_indicators_between_85_percent_and_the_threshold_are_one_too_many(tmp_path: Path) -> None:
    two = {(PRIMARY, "sports_ground_area"): 7000.0, (PRIMARY, "multimedia_rooms"): 22}
    assessed = assess(tmp_path, two)
    found = rule(assessed, "resources_school", PRIMARY)
    assert (found["verdict"], found["met"], found["within"]) == ("failed", 5, 2)


def test_the_published_school_of_1200_pupils_meets_five_of_seven(tmp_path: Path) -> None:
    figures: dict[tuple[str, ...], Any] = {(PRIMARY, "primary", "pupils"): 1200}
    degrees = {"doctor": 0, "master": 0, "bachelor": 20, "college": 10}
    subjects = {"physical_education": 3, "music": 2, "fine_art": 1, "art": 0}
    for kind, number in {**degrees, **subjects, "backbone": 15}.items():
        figures[PRIMARY, "primary", f"teachers_{kind}"] = number
    for column, amount in {
        "teaching_area": 8421.05,
        "sports_ground_area": 12000.0,
        "equipment_value": 3_031_600.0,
        "multimedia_rooms": 50,
    }.items():
        figures[PRIMARY, column] = amount
    assessed = assess(tmp_path, figures)
    values = {f"L{n}": row(assessed, f"qb_l{n}", PRIMARY)["value"] for n in range(1, 8)}
    assert {name: round(value, 2) for name, value in values.items()} == {
        "L1": 2.5, "L2": 1.25, "L3": 0.5, "L4": 7.02, "L5": 10.0, "L6": 2526.33, "L7": 4.17,
    }  # fmt: skip
    found = rule(assessed, "resources_school", PRIMARY)
    assert (found["verdict"], found["met"], found["failed"]) == ("failed", 5, 2)


def test_a_through_school_is_two_schools_for_resources_and_one_for_the_other_items(tmp_path: Path) -> None:
    both: dict[tuple[str, ...], Any] = {(NINE_YEAR, "school_type"): "nine_year_school"}
    both |= {(NINE_YEAR, "teaching_area"): 5000.0, (NINE_YEAR, "multimedia_rooms"): 24}
    both |= {(NINE_YEAR, "primary", "pupils"): 600, (NINE_YEAR, "junior", "pupils"): 300}
    both |= {(NINE_YEAR, "primary", "classes"): 15, (NINE_YEAR, "junior", "classes"): 10}
    assessed = assess(tmp_path, both)
    assert row(assessed, "qb_l4", NINE_YEAR, "primary")["value"] == pytest.approx(5000 / (600 + 1.1 * 300))
    assert row(assessed, "qb_l4", NINE_YEAR, "junior")["value"] == pytest.approx(5000 / (600 / 1.1 + 300))
    rooms = row(assessed, "qb_g03_music", NINE_YEAR)
    assert (rooms["threshold"], rooms["value"], rooms["verdict"]) == (3, 2, "failed")
    assert row(assessed, "qb_g04_size", NINE_YEAR)["threshold"] == 2500
    assert row(assessed, "qb_q3_charter", NINE_YEAR)["verdict"] == "met"


def test_who_is_outside_the_scope_is_not_judged_by_resources(tmp_path: Path) -> None:
    point, special, vocational = "2144000011", "2144000012", "3144000013"
    small = {(point, "school_type"): "teaching_point", (point, "primary", "pupils"): 49}
    small |= {(special, "school_type"): "special_school", (special, "primary", "pupils"): 300}
    small |= {(vocational, "school_type"): "vocational_school", (vocational, "junior", "pupils"): 300}
    assessed = assess(tmp_path / "out", small)
    for code in (point, special, vocational):
        assert row(assessed, "qb_l1", code)["verdict"] == "not_applicable"
    assert row(assessed, "qb_g04_vocational")["verdict"] == "failed"
    fifty = assess(tmp_path / "in", small | {(point, "primary", "pupils"): 50})
    assert row(fifty, "qb_l1", point)["verdict"] == "met"


def test_a_campus_without_a_number_of_its_own_is_judged_with_its_main_school(tmp_path: Path) -> None:
    campus = "2144000014"
    parts: dict[tuple[str, ...], Any] = {(campus, "counted"): False, (campus, "main_school_code"): PRIMARY}
    parts |= {(campus, "sports_ground_area"): 2000.0, (campus, "primary", "pupils"): 1000}
    assessed = assess(tmp_path, parts)
    assert campus not in assessed.rows["school"].to_list()
    found = row(assessed, "qb_l5", PRIMARY)
    assert (found["value"], found["verdict"]) == (7.0, "within")


def test_a_school_of_fewer_than_100_is_funded_as_one_of_100(tmp_path: Path) -> None:
    small = {(PRIMARY, "primary", "pupils"): 99, (PRIMARY, "public_funds_basis"): 99}
    assessed = assess(tmp_path / "short", small)
    found = row(assessed, "qb_g06", PRIMARY)
    assert (found["verdict"], found["amount"]) == ("failed", -1)
    large = row(assessed, "qb_g06", JUNIOR)
    assert (large["verdict"], large["reason"]) == ("not_applicable", "不是小规模学校")
    enough = assess(tmp_path / "enough", small | {(PRIMARY, "public_funds_basis"): 100})
    assert row(enough, "qb_g06", PRIMARY)["verdict"] == "met"


def test_each_coefficient_alone_must_keep_within_its_cap(tmp_path: Path) -> None:
    uneven = {(PRIMARY, "equipment_value"): 30_000_000.0, (OTHER_JUNIOR, "teaching_area"): 60_000.0}
    assessed = assess(tmp_path, uneven)
    primary = row(assessed, "qb_cv_l6", stage="primary")
    assert primary["value"] == pytest.approx(9 / 11)
    assert (primary["threshold"], primary["verdict"]) == (0.5, "failed")
    assert row(assessed, "qb_cv_l6", stage="junior")["verdict"] == "met"
    assert row(assessed, "qb_cv_l4", stage="junior")["threshold"] == 0.45
    assert rule(assessed, "balance")["verdict"] == "failed"
    assert rule(assessed, "resources_county")["verdict"] == "met"
