"""Published examples of the fitness standard. They change only with a decision record.

The figures are those that a public project worked out by hand from the official tables
(github Bitzac/Project-Uno, compass/test/standards.test.mjs).
"""

from __future__ import annotations

import pytest

from jiaoheng.standards.fitness import ItemScore, score_pupil


def item(sex: str, grade: str, name: str, value: float) -> ItemScore:
    scored = score_pupil(sex, grade, {name: value})
    return next(each for each in scored.items if each.item == name)


@pytest.mark.parametrize(
    ("sex", "grade", "name", "value", "points"),
    [
        ("male", "g9", "run_1000m", 220, 100),
        ("male", "g9", "sprint_50m", 9.7, 60),
        ("male", "g9", "sprint_50m", 9.8, 50),
        ("male", "g9", "sprint_50m", 11.0, 0),
        ("female", "g1", "sit_and_reach", 2.4, 60),
        ("male", "g7", "pull_ups", 1, 30),
    ],
)
def test_w5a_points_of_single_items(sex: str, grade: str, name: str, value: float, points: int) -> None:
    assert item(sex, grade, name, value).points == points


@pytest.mark.parametrize(
    ("value", "judged", "points", "level"), [(18.15, 18.2, 80, "超重"), (20.4, 20.4, 60, "肥胖")]
)
def test_w5a_the_body_mass_index_is_rounded_before_it_is_judged(
    value: float, judged: float, points: int, level: str
) -> None:
    found = item("male", "g1", "bmi", value)
    assert (found.value, found.points, found.level) == (judged, points, level)


@pytest.mark.parametrize(
    ("sex", "grade", "name", "value", "bonus"),
    [
        ("male", "g9", "run_1000m", 216, 1),
        ("male", "g9", "run_1000m", 185, 10),
        ("male", "g7", "pull_ups", 16, 3),
        ("female", "g8", "sit_ups", 55, 2),
        ("male", "g1", "rope_skipping", 125, 8),
    ],
)
def test_w5b_points_on_top(sex: str, grade: str, name: str, value: float, bonus: int) -> None:
    found = item(sex, grade, name, value)
    assert (found.points, found.bonus) == (100, bonus)


GIRL = {
    "bmi": 19.8,
    "vital_capacity": 2900,
    "sprint_50m": 8.9,
    "sit_and_reach": 9.0,
    "standing_jump": 175,
    "sit_ups": 40,
    "run_800m": 235,
}


def test_w5c_the_total_of_a_girl_in_grade_8() -> None:
    scored = score_pupil("female", "g8", GIRL)
    points = {each.item: (each.points, each.weight) for each in scored.items}
    assert points == {
        "bmi": (100, 15),
        "vital_capacity": (100, 15),
        "sprint_50m": (78, 20),
        "sit_and_reach": (68, 10),
        "standing_jump": (80, 10),
        "sit_ups": (78, 10),
        "run_800m": (80, 20),
    }
    assert (scored.standard, scored.bonus, scored.total, scored.level) == (84.2, 0, 84.2, "良好")


@pytest.mark.parametrize("missing", GIRL)
def test_w5c_without_one_item_there_is_no_total(missing: str) -> None:
    scored = score_pupil("female", "g8", {name: value for name, value in GIRL.items() if name != missing})
    assert (scored.standard, scored.total, scored.level) == (None, None, "")
    assert "缺测" in scored.reason
