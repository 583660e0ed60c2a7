"""One pupil: every threshold of every table, totals, what is missing, what cannot be."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plain_fitness import (
    LETTERS,
    TENTHS,
    bmi,
    bmi_band,
    bonus,
    column,
    columns,
    level,
    points,
    tables,
    weights,
)

from jiaoheng.standards.fitness import FitnessError, ItemScore, PupilScore, score_pupil

BOY = {
    "height": 150.0,
    "weight": 45.0,
    "vital_capacity": 3000,
    "sprint_50m": 8.4,
    "sit_and_reach": 10,
    "standing_jump": 200,
    "pull_ups": 8,
    "run_1000m": 255,
}


def one(sex: str, grade: int, item: str, value: float) -> ItemScore:
    scored = score_pupil(sex, f"g{grade}", {item: value})
    return next(each for each in scored.items if each.item == item)


def test_every_threshold_of_every_table_at_it_and_on_both_sides() -> None:
    looked = 0
    for item, sex, grade in columns():
        step = Decimal("0.1") if item in TENTHS else Decimal(1)
        for _, edge in column(item, sex, grade):
            for value in (edge - step, edge, edge + step):
                if value >= 0 or item == "sit_and_reach":
                    found = one(sex, grade, item, float(value))
                    assert found.points == points(item, sex, grade, value), (item, sex, grade, value)
                    looked += 1
    assert looked > 7_000


def test_every_value_around_the_best_has_its_points_on_top() -> None:
    best_of_all = set()
    for item, sex, grade in columns():
        step = Decimal("0.1") if item in TENTHS else Decimal(1)
        best = column(item, sex, grade)[0][1]
        for value in (best + step * n for n in range(-60, 61)):
            if (found := one(sex, grade, item, float(value))).points is not None:
                assert found.bonus == bonus(item, sex, grade, value), (item, sex, grade, value)
                best_of_all.add((item, found.bonus))
    assert {("rope_skipping", 20), ("pull_ups", 10), ("sit_ups", 10), ("run_1000m", 10), ("run_800m", 10)} < (
        best_of_all
    )


def test_every_band_of_the_body_mass_index() -> None:
    for sex in LETTERS:
        for grade in range(1, 13):
            for number in range(90, 400):
                value = Decimal(number) / 10
                found = one(sex, grade, "bmi", float(value))
                assert (found.points, found.level) == bmi_band(sex, grade, value), (sex, grade, value)


def test_the_weights_are_those_of_the_reference() -> None:
    for sex in LETTERS:
        for grade in range(1, 13):
            found = {each.item: each.weight for each in score_pupil(sex, f"g{grade}", {}).items}
            assert found == weights(sex, grade)


def test_the_index_of_height_and_weight_is_exact_where_a_float_is_not() -> None:
    """All heights and weights that a school's scales show and that come to a half."""
    halves = 0
    for height in range(1000, 1800, 5):
        for weight in range(150, 900):
            exact = Decimal(weight) / 10 / (Decimal(height) / 1000) ** 2
            if exact * 100 % 10 != 5 or not 10 < exact < 50:
                continue
            halves += 1
            values = {"height": height / 10, "weight": weight / 10}
            found = next(each for each in score_pupil("male", "g5", values).items if each.item == "bmi")
            assert found.value == float(bmi(Decimal(weight) / 10, Decimal(height) / 10)), (height, weight)
    assert halves > 20


@pytest.mark.parametrize(
    ("item", "value", "judged"),
    [("sprint_50m", 10.11, 10.2), ("sprint_50m", 10.1, 10.1), ("run_1000m", 220.9, 220),
     ("standing_jump", 199.9, 199)],
)  # fmt: skip
def test_what_is_finer_than_the_tables_is_rounded_as_the_rules_say(
    item: str, value: float, judged: float
) -> None:
    assert one("male", 7, item, value).value == judged


def test_the_total_is_the_weighted_points_and_the_points_on_top() -> None:
    for pull_ups in range(30):
        scored = score_pupil("男", "七年级", BOY | {"pull_ups": pull_ups})
        parts = weights("male", 7)
        assert {each.item for each in scored.items} == set(parts)
        standard = sum(Decimal(each.points or 0) * each.weight for each in scored.items) / 100
        more = bonus("pull_ups", "male", 7, Decimal(pull_ups))
        assert scored.standard == float(standard)
        assert scored.bonus == more
        assert scored.total == float(min(standard + more, Decimal(120)))
        assert scored.level == level(standard + more)


def test_the_total_ends_at_120() -> None:
    best = {
        "bmi": 20.0,
        "vital_capacity": 6000,
        "sprint_50m": 6.5,
        "sit_and_reach": 30,
        "standing_jump": 290,
        "pull_ups": 60,
        "run_1000m": 160,
    }
    scored = score_pupil("male", "g12", best)
    assert (scored.standard, scored.bonus, scored.total) == (100, 20, 120)


@pytest.mark.parametrize("missing", [name for name in BOY if name not in ("height", "weight")])
def test_a_missing_item_leaves_no_total_and_is_named(missing: str) -> None:
    scored = score_pupil("male", "g7", {name: value for name, value in BOY.items() if name != missing})
    assert (scored.standard, scored.total, scored.level) == (None, None, "")
    name = next(each.name for each in scored.items if each.item == missing)
    assert scored.reason == f"{name}缺测"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"height": 0}, "体重指数的身高不合理"),
        ({"weight": 500}, "体重指数的体重不合理"),
        ({"height": 100, "weight": 150}, "体重指数不合理"),
        ({"run_1000m": 20}, "1000米跑不合理（应在 130 至 1200 秒）"),
        ({"run_1000m": 3.4}, "1000米跑不合理"),
        ({"vital_capacity": 0}, "肺活量不合理"),
        ({"sprint_50m": float("nan")}, "50米跑不合理"),
        ({"pull_ups": -1}, "引体向上不合理"),
    ],
)
def test_what_cannot_be_is_unknown_and_never_zero(wrong: dict[str, float], said: str) -> None:
    scored = score_pupil("male", "g7", BOY | wrong)
    assert scored.total is None
    assert scored.reason.startswith(said)


def test_no_pull_up_is_a_result_of_no_points() -> None:
    assert one("male", 7, "pull_ups", 0).points == 0


@pytest.mark.parametrize(
    ("sex", "grade", "reason"),
    [("", "g7", "性别不明"), ("male", "大班", "年级不明"), ("male", "x", "年级不明")],
)
def test_without_sex_or_grade_nothing_is_scored(sex: str, grade: str, reason: str) -> None:
    assert score_pupil(sex, grade, BOY) == PupilScore((), None, 0, None, "", reason)


def test_who_is_exempt_has_no_total() -> None:
    scored = score_pupil("male", "g7", BOY, exempt=True)
    assert (scored.total, scored.level, scored.reason) == (None, "", "免予执行")


def test_an_item_that_nobody_knows_is_refused() -> None:
    with pytest.raises(FitnessError, match="run_1000m"):
        score_pupil("male", "g7", {"run_100m": 15})


def test_the_reference_is_there() -> None:
    assert len(tables()["tables"]) == 17
