"""Counties are compared within their groups: ties share a place, what is open makes a range."""

from __future__ import annotations

from collections.abc import Mapping

from card_inputs import taken

from jiaoheng.packs import Catalogue
from jiaoheng.standards.scoring import card_named, conclude, ranked
from jiaoheng.standards.scoring.scored import Scored

EAST = ("440703", "440704", "440705")
WEST = "440781"


def county(catalogue: Catalogue, code: str, people: Mapping[str, float]) -> Scored:
    """A county whose every other item is lost, so that people's points alone make the difference."""
    card = card_named(catalogue, "jiangmen-appraisal-2022")
    lost: dict[str, dict[str, float | bool | None]] = {
        item.id: {
            name: False if one.declared == "yes_no" else 99.0 if one.measure in DISLIKED else 0.0
            for name, one in item.inputs.items()
        }
        for item in catalogue.score_items_of(card)
    }
    lost["jm_contract_share"] = {"share": 99, "now": 9, "before": 1}
    lost["jm_boarding"] = {"has_task": True, "done": 0}
    for stage in ("preschool", "senior"):
        lost[f"jm_seats_{stage}"] = {"task": 1, "done": 0}
    lost["jm_seats_compulsory"] = {"primary": 1, "junior": 1, "done": 0}
    one = taken(catalogue, card, lost, people)
    own = type(one)(code, f"县{code}", one.given, one.answers)
    return conclude(card, [own], year=2025, catalogue=catalogue, engine="polars")[0]


DISLIKED = {
    "researcher_subjects_missing_count",
    *(
        f"cv_l{place}_{name}"
        for place, name in enumerate(
            (
                "teachers_above_qualification",
                "backbone_teachers",
                "pe_arts_teachers",
                "teaching_area",
                "sports_area",
                "equipment_value",
                "multimedia_rooms",
            ),
            1,
        )
    ),
}
FULL = {"jm_policy": 5.0, "jm_seat_plan": 5.0, "jm_contract_rules": 2.0}


def test_places_count_within_the_group_and_ties_share_one(catalogue: Catalogue) -> None:
    found = ranked(
        [
            county(catalogue, EAST[0], FULL),
            county(catalogue, WEST, {**FULL, "jm_policy": 1}),
            county(catalogue, EAST[1], {**FULL, "jm_policy": 3}),
            county(catalogue, EAST[2], FULL),
        ]
    )
    assert [(rank.group, rank.words, rank.scored.unit) for rank in found] == [
        ("东部地区", "1", EAST[0]),
        ("东部地区", "1", EAST[2]),
        ("东部地区", "3", EAST[1]),
        ("西部地区", "1", WEST),
    ]
    assert [rank.scored.words for rank in found] == ["12", "12", "10", "8"]


def test_what_is_open_makes_a_range_of_places(catalogue: Catalogue) -> None:
    unknown = {key: of for key, of in FULL.items() if key != "jm_policy"}
    found = ranked(
        [county(catalogue, EAST[0], {**FULL, "jm_policy": 3}), county(catalogue, EAST[1], unknown)]
    )
    assert {rank.scored.unit: rank.words for rank in found} == {EAST[0]: "1—2", EAST[1]: "1—2"}
    sure = ranked([county(catalogue, EAST[0], FULL), county(catalogue, EAST[1], {**unknown, "jm_policy": 0})])
    assert [rank.words for rank in sure] == ["1", "2"]


def test_a_county_of_no_group_stands_apart(catalogue: Catalogue) -> None:
    found = ranked([county(catalogue, "441284", FULL), county(catalogue, WEST, FULL)])
    assert [rank.group for rank in found] == ["西部地区", "未分组"]
