"""What answers make of doubtful indicators."""

from __future__ import annotations

import pytest

from jiaoheng.plans import Baseline, Target
from jiaoheng.plans.reading.settling import Said, settled

SAID = Said((Target(year=2025, op=">=", value=90),), Baseline(year=2020, value=80), cumulative=True)


@pytest.mark.parametrize(
    ("answer", "op", "value"),
    [
        ("≥98", ">=", 98),
        ("98%以上", ">=", 98),
        ("95", ">=", 95),
        ("不超过5", "<=", 5),
    ],
)
def test_a_value_takes_the_place_of_the_target(answer: str, op: str, value: float) -> None:
    (target,) = settled(SAID, "target", 2025, answer).targets
    assert (target.op, target.value) == (op, value)


def test_no_target_takes_it_out_and_words_without_a_value_change_nothing() -> None:
    assert settled(SAID, "target", 2025, "没有数值目标").targets == ()
    assert settled(SAID, "target", 2025, "再议") == SAID


def test_a_target_of_another_year_is_put_in_its_place() -> None:
    assert [each.year for each in settled(SAID, "target", 2023, "85").targets] == [2023, 2025]


def test_the_baseline_and_what_adds_up() -> None:
    assert settled(SAID, "baseline", 2020, "81.5").baseline == Baseline(year=2020, value=81.5)
    assert settled(SAID, "baseline", 2020, "无").baseline is None
    assert not settled(SAID, "cumulative", 2025, "当年").cumulative
    assert settled(SAID, "tables/表1", 2025, "无误") == SAID
