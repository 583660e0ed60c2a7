"""The official rules on small censuses: what is blank does not help, and a school counts once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jiaoheng import measures
from small import REGION, area, school, snapshot

ONE, TWO, THREE = "2144000001", "2144000002", "2144000003"


def stage(code: str, name: str, **values: Any) -> dict[str, Any]:
    return {"school_code": code, "stage": name} | values


def result(
    folder: Path,
    id_: str,
    schools: list[dict[str, Any]],
    stages: list[dict[str, Any]],
    *,
    of: str,
    key: str | None = None,
    **tables: Any,
) -> dict[str, Any]:
    """The row of one measure for the county, or for one school."""
    census = snapshot(
        folder / "census",
        {"areas": [area("441284001", "城北")], "schools": schools, "school_stages": stages} | tables,
    )
    by = "school" if key else "county"
    frame = measures.compute(census, id_, by=by, engine="polars")
    (row,) = frame.filter((pl.col("stage") == of) & (pl.col("key") == (key or REGION))).to_dicts()
    return row


@pytest.mark.parametrize(
    ("id_", "name", "of"),
    [
        ("public_share_with_purchased", "primary", "compulsory"),
        ("public_preschool_share_purchased", "preschool", "preschool"),
    ],
)
def test_a_blank_number_of_purchased_seats_does_not_raise_the_public_share(
    tmp_path: Path, id_: str, name: str, of: str
) -> None:
    schools = [school(ONE), school(TWO, ownership="private")]
    known = [stage(ONE, name, pupils=700), stage(TWO, name, pupils=300, purchased_seats=100)]
    assert result(tmp_path / "known", id_, schools, known, of=of)["value"] == pytest.approx(80)
    blank = [stage(ONE, name, pupils=700), stage(TWO, name, pupils=300, purchased_seats=None)]
    row = result(tmp_path / "blank", id_, schools, blank, of=of)
    assert (row["value"], row["status"], row["coverage"]) == (None, "unknown", 0.5)
    assert "购买学位" in row["reason"]


@pytest.mark.parametrize("id_", ["inclusive_preschool_share", "inclusive_kindergarten_share"])
def test_a_private_kindergarten_that_may_be_inclusive_leaves_the_share_unknown(
    tmp_path: Path, id_: str
) -> None:
    stages = [stage(ONE, "preschool", pupils=300), stage(TWO, "preschool", pupils=300)]

    def share(folder: str, inclusive: bool | None) -> dict[str, Any]:
        private = school(TWO, school_type="kindergarten", ownership="private", inclusive=inclusive)
        schools = [school(ONE, school_type="kindergarten"), private]
        return result(tmp_path / folder, id_, schools, stages, of="preschool")

    assert share("no", False)["value"] == 50
    assert share("blank", None)["status"] == "unknown"


def test_classes_attached_to_a_school_do_not_make_the_share_of_kindergartens_unknown(tmp_path: Path) -> None:
    schools = [school(ONE, school_type="kindergarten"), school(TWO, ownership="private")]
    stages = [stage(ONE, "preschool", pupils=300), stage(TWO, "preschool", pupils=30)]
    row = result(tmp_path, "inclusive_kindergarten_share", schools, stages, of="preschool")
    assert (row["value"], row["total"]) == (100, 1)


def test_a_dense_school_with_a_blank_does_not_raise_the_sports_area_of_the_transition(tmp_path: Path) -> None:
    sports = {"indoor_sports_area": 0.0, "sports_ground_area": 5000.0}
    schools = [
        school(ONE, high_density=False, **sports),
        school(TWO, high_density=True, transition_sports_area=None, **sports),
    ]
    stages = [stage(ONE, "primary", pupils=500), stage(TWO, "primary", pupils=2000)]
    row = result(tmp_path, "l5_sports_area_transition", schools, stages, of="primary")
    assert row["status"] == "unknown"


def test_rooms_are_not_shared_with_an_attached_kindergarten(tmp_path: Path) -> None:
    schools = [school(ONE, music_rooms_96=1, art_rooms_90=0)]
    stages = [stage(ONE, "preschool", pupils=300, classes=10), stage(ONE, "primary", pupils=500, classes=12)]
    values = {
        id_: result(tmp_path / id_, id_, schools, stages, of="compulsory")["value"]
        for id_ in ("music_rooms_per_12_classes", "schools_with_enough_music_rooms")
    }
    assert values == {"music_rooms_per_12_classes": 1, "schools_with_enough_music_rooms": 100}
    art = result(tmp_path / "art", "schools_with_enough_art_rooms", schools, stages, of="compulsory")
    assert art["value"] == 0


@pytest.mark.parametrize(("rooms", "share"), [(1, 0), (2, 100), (None, None)])
def test_rooms_are_asked_of_all_compulsory_classes_of_a_school(
    tmp_path: Path, rooms: int | None, share: float | None
) -> None:
    schools = [school(ONE, school_type="nine_year_school", music_rooms_96=rooms)]
    stages = [stage(ONE, "primary", pupils=400, classes=9), stage(ONE, "junior", pupils=200, classes=4)]
    row = result(tmp_path, "schools_with_enough_music_rooms", schools, stages, of="compulsory")
    assert row["value"] == share
    each = result(tmp_path / "each", "music_rooms_per_12_classes", schools, stages, of="compulsory", key=ONE)
    assert each["value"] == (None if rooms is None else pytest.approx(rooms * 12 / 13))


def test_classes_of_a_school_are_counted_from_the_register_where_the_form_is_blank(tmp_path: Path) -> None:
    classes = [
        {"school_code": ONE, "stage": "primary", "grade": "primary_1", "class_code": f"{n}班", "pupils": 40}
        for n in range(13)
    ]
    schools = [school(ONE, music_rooms_96=1)]
    stages = [stage(ONE, "primary", pupils=520, classes=None)]
    row = result(
        tmp_path, "schools_with_enough_music_rooms", schools, stages, of="compulsory", classes=classes
    )
    assert (row["value"], row["status"]) == (0, "known")


def test_a_school_with_an_annex_counts_once_among_schools_with_a_charter(tmp_path: Path) -> None:
    schools = [school(ONE, charter=True), school(TWO, charter=False)]
    stages = [
        stage(ONE, "primary", pupils=500),
        stage(ONE, "junior", pupils=100),
        stage(TWO, "primary", pupils=500),
    ]
    assert result(tmp_path, "schools_with_charter", schools, stages, of="compulsory")["value"] == 50


def test_a_vocational_annex_takes_nothing_from_the_count_of_a_school(tmp_path: Path) -> None:
    schools = [
        school(ONE, school_type="complete_secondary_school", party_branch=True),
        school(TWO, party_branch=False),
    ]
    stages = [
        stage(ONE, "junior", pupils=500),
        stage(ONE, "senior", pupils=500),
        stage(ONE, "vocational", pupils=100),
        stage(TWO, "primary", pupils=500),
        stage(TWO, "preschool", pupils=50),
    ]
    assert result(tmp_path, "schools_with_party_branch", schools, stages, of="school")["value"] == 50


def kindergartens(*built: tuple[int | None, bool | None]) -> list[dict[str, Any]]:
    return [
        school(f"214400000{number}", school_type="kindergarten", built=year, built_to_code=to_code)
        for number, (year, to_code) in enumerate(built)
    ]


def test_only_kindergartens_after_2017_are_asked_for_the_building_code(tmp_path: Path) -> None:
    schools = kindergartens((2010, False), (2018, True), (2019, None), (2020, False))
    stages = [stage(each["school_code"], "preschool", pupils=90) for each in schools]
    row = result(tmp_path, "kindergartens_built_to_code", schools, stages, of="preschool")
    assert (row["value"], row["known"], row["total"]) == (50, 2, 3)


def test_a_new_kindergarten_that_does_not_say_is_unknown_and_does_not_pass(tmp_path: Path) -> None:
    schools = kindergartens((2019, None))
    stages = [stage(schools[0]["school_code"], "preschool", pupils=90)]
    row = result(tmp_path, "kindergartens_built_to_code", schools, stages, of="preschool")
    assert (row["status"], row["total"]) == ("unknown", 1)


def test_a_school_without_pupils_does_not_raise_the_area_per_pupil(tmp_path: Path) -> None:
    area_ = {"teaching_area": 5000.0, "indoor_sports_area": 0.0}
    schools = [school(ONE, **area_), school(TWO, **area_)]
    stages = [stage(ONE, "primary", pupils=1000), stage(TWO, "primary", pupils=0)]
    row = result(tmp_path, "l4_teaching_area", schools, stages, of="primary")
    assert (row["value"], row["total"]) == (5, 1)


def test_a_school_without_pupils_is_not_a_small_school(tmp_path: Path) -> None:
    schools = [school(ONE), school(TWO), school(THREE)]
    pupils = {ONE: 1000, TWO: 0, THREE: 99}
    stages = [stage(code, "primary", pupils=number) for code, number in pupils.items()]
    row = result(tmp_path / "count", "small_school_count", schools, stages, of="compulsory")
    assert row["value"] == 1
    row = result(tmp_path / "share", "small_school_share", schools, stages, of="compulsory")
    assert row["value"] == 50
