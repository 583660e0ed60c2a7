from __future__ import annotations

import pytest
from audit_building import findings, written

from jiaoheng.plans.auditing import bounds


def quotes(text: str) -> list[str]:
    return [side.quote for finding in findings(bounds.CHECKS, written(text)) for side in finding.sides]


@pytest.mark.parametrize(
    "words",
    [
        "至少听课30次以上",
        "不少于5所以上",
        "至少一所以上",
        "不低于85%以上",
        "不超过5%以内",
        "约500人左右",
        "至少培训1.2万人次以上",
    ],
)
def test_a_figure_bound_before_and_after_is_quoted(words: str) -> None:
    assert quotes(f"各县要做到{words}。") == [words]


@pytest.mark.parametrize(
    "words",
    [
        "至少听课30次",
        "30次以上",
        "不少于5名本科以上学历的教师",
        "至少有一所市级以上示范校",
        "至少1名副高以上职称教师",
        "约500人，提高10%左右",
        "不少于3所，每所5个班以上",
        "至少建成一项一级以上标准的场馆",
    ],
)
def test_one_bound_and_levels_that_only_sound_alike_are_none(words: str) -> None:
    assert quotes(f"各县要做到{words}。") == []


def test_all_of_a_plan_are_one_finding_that_counts_them() -> None:
    (finding,) = findings(bounds.CHECKS, written("听课至少30次以上。\n\n培训不少于90学时以上。"))
    assert (finding.severity, finding.figures, len(finding.sides)) == ("note", (2,), 2)
