"""The appraisal card of 2022 against its own text: bounds, shares, what is open, what does not apply."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from card_inputs import taken

from jiaoheng.packs import Catalogue
from jiaoheng.standards.scoring import Scored, card_named, conclude

QUALIFICATION = "jm_qualification_"

SEVEN = {f"{stage}_{place}": 0.3 for stage in ("primary", "junior") for place in range(1, 8)}


BOUNDS: list[tuple[str, dict[str, float | bool], float]] = [
    ("jm_qualification_preschool", {"share": 98.0}, 4),
    ("jm_qualification_preschool", {"share": 97.9999}, 0),
    ("jm_qualification_primary", {"share": 93.0}, 4),
    ("jm_qualification_primary", {"share": 92.9}, 0),
    ("jm_qualification_junior", {"share": 98.0}, 4),
    ("jm_qualification_junior", {"share": 97.99}, 0),
    ("jm_qualification_senior", {"share": 25.0}, 4),
    ("jm_qualification_senior", {"share": 24.99}, 0),
    ("jm_researchers", {"missing": 0, "by_stage": True}, 10),
    ("jm_researchers", {"missing": 0, "by_stage": False}, 5),
    ("jm_researchers", {"missing": 1, "by_stage": True}, 0),
    ("jm_contract_wage", {"primary": 70, "junior": 71, "senior": 80}, 2),
    ("jm_contract_wage", {"primary": 69.99, "junior": 71, "senior": 80}, 0),
    ("jm_contract_share", {"share": 5, "now": 100, "before": 1}, 5),
    ("jm_contract_share", {"share": 5.01, "now": 80, "before": 100}, 4),
    ("jm_contract_share", {"share": 5.01, "now": 28, "before": 35}, 4),
    ("jm_contract_share", {"share": 5.01, "now": 81, "before": 100}, 3),
    ("jm_contract_share", {"share": 5.01, "now": 100, "before": 100}, 3),
    ("jm_contract_share", {"share": 5.01, "now": 101, "before": 100}, 0),
    ("jm_centre_site", {"done": 100}, 2),
    ("jm_centre_site", {"done": 60}, 1.2),
    ("jm_centre_site", {"done": 0}, 0),
    ("jm_centre_equipment", {"done": 99}, 1.98),
    ("jm_centre_training", {"done": 140}, 1),
    ("jm_seats_preschool", {"task": 10, "done": 100}, 4),
    ("jm_seats_preschool", {"task": 10, "done": 99.9}, 0),
    ("jm_seats_compulsory", {"primary": 0, "junior": 10, "done": 100}, 7),
    ("jm_seats_compulsory", {"primary": 10, "junior": 0, "done": 90}, 0),
    ("jm_seats_senior", {"task": 10, "done": 120}, 4),
    ("jm_public_share", {"share": 95}, 4),
    ("jm_public_share", {"share": 100}, 4),
    ("jm_public_share", {"share": 47.5}, 2),
    ("jm_structure_above", {"share": 80, "done": 40}, 3),
    ("jm_structure_above", {"share": 80, "done": 39}, 1.17),
    ("jm_structure_above", {"share": 79.99, "done": 90}, 2.7),
    ("jm_structure_below", {"share": 79.99, "done": 60}, 3),
    ("jm_structure_below", {"share": 79.99, "done": 50}, 1.5),
    ("jm_structure_below", {"share": 80, "done": 70}, 2.1),
    ("jm_boarding", {"has_task": True, "done": 100}, 5),
    ("jm_boarding", {"has_task": True, "done": 99.99}, 3),
    ("jm_boarding", {"has_task": True, "done": 90}, 3),
    ("jm_boarding", {"has_task": True, "done": 89.99}, 0),
    ("jm_balance", SEVEN | {"primary_2": 0.5, "junior_7": 0.45}, 7),
    ("jm_balance", SEVEN | {"primary_2": 0.5001}, 0),
    ("jm_balance", SEVEN | {"junior_7": 0.4501}, 0),
    ("jm_preschool", {"recognised": True, "city": True, "applied": True}, 8),
    ("jm_preschool", {"recognised": False, "city": True, "applied": True}, 4),
    ("jm_preschool", {"recognised": False, "city": False, "applied": True}, 0),
    ("jm_preschool", {"recognised": False, "city": False, "applied": False, "merit": 2.5}, 2.5),
    ("jm_satisfaction", {"approval": 88}, 4.4),
]


@pytest.mark.parametrize(("item", "given", "points"), BOUNDS)
def test_each_item_gives_the_points_of_its_document(
    jiangmen: Callable[..., Scored], item: str, given: dict[str, float | bool], points: float
) -> None:
    found = jiangmen({item: given}).item(item)
    assert found.known
    assert found.low == pytest.approx(points)


def test_every_engine_gives_the_same_points_to_counties_in_one_frame(
    catalogue: Catalogue, engine_name: str
) -> None:
    card = card_named(catalogue, "jiangmen_appraisal_2022")
    counties = [taken(catalogue, card, {item: given}) for item, given, _ in BOUNDS]
    found = conclude(card, counties, year=2025, catalogue=catalogue, engine=engine_name)
    for scored, (item, given, points) in zip(found, BOUNDS, strict=True):
        assert scored.item(item).low == scored.item(item).high == pytest.approx(points), (item, given)


def test_one_stage_short_of_four_leaves_twelve_of_sixteen(jiangmen: Callable[..., Scored]) -> None:
    shares = {"preschool": 98.5, "primary": 92.9, "junior": 98.0, "senior": 25.3}
    found = jiangmen({f"{QUALIFICATION}{stage}": {"share": share} for stage, share in shares.items()})
    indicator = found.indicator("教师高一级学历占比情况")
    assert (indicator.points, indicator.low, indicator.high) == (16, 12, 12)
    (ask,) = found.item("jm_qualification_primary").regain
    assert "再提高 0.1 个百分点" in ask
    assert "得 4 分" in ask


@pytest.mark.parametrize(
    ("item", "given", "low", "high"),
    [
        ("jm_qualification_primary", {}, 0, 4),
        ("jm_researchers", {"missing": 0}, 5, 10),
        ("jm_researchers", {"by_stage": False}, 0, 5),
        ("jm_researchers", {"missing": 2}, 0, 0),
        ("jm_contract_wage", {"primary": 60}, 0, 0),
        ("jm_contract_share", {"share": 6, "now": 90}, 0, 4),
        ("jm_contract_share", {"now": 80, "before": 100}, 4, 5),
        ("jm_structure_above", {"done": 50}, 1.5, 3),
        ("jm_balance", SEVEN | {"primary_1": None}, 0, 7),
        ("jm_balance", SEVEN | {"primary_1": None, "junior_3": 0.46}, 0, 0),
        ("jm_preschool", {"city": True}, 4, 8),
        ("jm_preschool", {"recognised": True}, 8, 8),
        ("jm_preschool", {"recognised": False, "city": False, "applied": False, "merit": 12}, 8, 8),
    ],
)
def test_what_is_not_known_leaves_the_points_that_are_still_possible(
    jiangmen: Callable[..., Scored], item: str, given: dict[str, float | bool | None], low: float, high: float
) -> None:
    found = jiangmen({item: given}).item(item)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_a_county_of_which_nothing_is_known_may_score_anything(jiangmen: Callable[..., Scored]) -> None:
    found = jiangmen()
    assert (found.low, found.high) == (0, 100)
    assert not found.known


FULL = {
    **{f"{QUALIFICATION}{stage}": {"share": 100} for stage in ("preschool", "primary", "junior", "senior")},
    "jm_researchers": {"missing": 0, "by_stage": True},
    "jm_contract_wage": {"primary": 90, "junior": 90, "senior": 90},
    "jm_contract_share": {"share": 1, "now": 1, "before": 1},
    "jm_centre_site": {"done": 100},
    "jm_centre_equipment": {"done": 100},
    "jm_centre_training": {"done": 100},
    "jm_seats_preschool": {"task": 1, "done": 100},
    "jm_seats_compulsory": {"primary": 1, "junior": 1, "done": 100},
    "jm_seats_senior": {"task": 1, "done": 100},
    "jm_public_share": {"share": 96},
    "jm_structure_above": {"share": 96, "done": 100},
    "jm_structure_below": {"share": 96, "done": 100},
    "jm_boarding": {"has_task": True, "done": 100},
    "jm_balance": SEVEN,
    "jm_preschool": {"recognised": True},
    "jm_satisfaction": {"approval": 100},
}
PEOPLE = {"jm_policy": 5, "jm_seat_plan": 5, "jm_contract_rules": 2}


def test_a_county_that_reaches_everything_has_all_hundred(jiangmen: Callable[..., Scored]) -> None:
    found = jiangmen(FULL, PEOPLE)
    assert found.known
    assert (found.low, found.high) == (100, 100)
    assert [(block.name, block.points) for block in found.blocks] == [
        ("压实县级主体责任", 10),
        ("加强教师队伍建设", 40),
        ("加快公办优质学位供给", 45),
        ("公众满意度评价", 5),
    ]


def test_without_a_boarding_task_the_five_points_follow_the_score_of_the_others(
    jiangmen: Callable[..., Scored],
) -> None:
    none = {**FULL, "jm_boarding": {"has_task": False}, "jm_researchers": {"missing": 3, "by_stage": True}}
    found = jiangmen(none, PEOPLE)
    # 95 points without boarding, 10 of them lost: 85 of 95, and the same share of the five.
    assert found.item("jm_boarding").low == pytest.approx(5 * 85 / 95)
    assert found.item("jm_boarding").basis == "shared_out"
    assert found.low == found.high == pytest.approx(100 * 85 / 95)


def test_where_it_is_open_whether_there_is_a_task_both_ways_are_gone_through(
    jiangmen: Callable[..., Scored],
) -> None:
    given = {**FULL, "jm_boarding": {"has_task": None, "done": 90}, "jm_researchers": {"missing": 3}}
    found = jiangmen(given, PEOPLE)
    # With the task 85 + 3; without it 85 of 95 for the whole.
    assert found.low == pytest.approx(88)
    assert found.high == pytest.approx(100 * 85 / 95)
    item = found.item("jm_boarding")
    assert (item.low, item.high) == (3, pytest.approx(5 * 85 / 95))


def test_the_counties_of_the_two_areas_are_the_seven_of_the_prefecture(catalogue: Catalogue) -> None:
    groups = catalogue.score_cards["jiangmen_appraisal_2022"].groups
    assert {name: len(codes) for name, codes in groups.items()} == {"东部地区": 4, "西部地区": 3}


def test_points_of_people_are_kept_as_given(jiangmen: Callable[..., Scored]) -> None:
    found = jiangmen({}, {"jm_policy": 3.5})
    assert found.item("jm_policy").low == found.item("jm_policy").high == 3.5
