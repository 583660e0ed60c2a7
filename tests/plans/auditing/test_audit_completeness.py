"""What a plan leaves out is said once for all of a kind."""

from __future__ import annotations

from typing import Any

import pytest
from audit_building import findings, found, passage, written

from jiaoheng.plans import Baseline, Commitment, Indicator, Passage, Target, Task
from jiaoheng.plans.auditing import CHECKS, completeness

TABLE = "表1 主要指标\n指标 2020年 2025年\n{}巩固率 95 97\n优良率 42 57\n"


def rows(text: str, *, linked: bool = True, baseline: bool = True) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            id=name,
            name=name,
            unit="%",
            measure="junior_retention" if linked else None,
            unlinked=None if linked else "没有这样的口径",
            baseline=Baseline(year=2020, value=42) if baseline else None,
            targets=(Target(year=2025, op=">=", value=57),),
            passage=Passage(section="表1", start=text.index(name), end=text.index(name) + 9),
        )
        for name in ("巩固率", "优良率")
    )


def task(number: str, **more: Any) -> Task:
    return Task(number=number, title=f"任务{number}", passage=Passage(section=f"表2 {number}"), **more)


def test_indicators_without_anything_are_listed_in_one_finding_of_each_kind() -> None:
    text = TABLE.format("")
    plan = written(text, indicators=rows(text, linked=False, baseline=False))
    got = findings(completeness.CHECKS, plan)
    assert {finding.kind: finding.figures for finding in got} == {
        "indicator_without_baseline": (2,),
        "indicator_without_owner": (2,),
        "indicator_without_measure": (2,),
    }
    assert all("「巩固率」、「优良率」" in finding.sentence for finding in got)


def test_rows_without_a_target_are_listed_and_no_other_check_stumbles_over_them() -> None:
    text = TABLE.format("责任单位 ")
    first, second = rows(text)
    bare = first.model_copy(update={"targets": ()})
    (finding,) = findings(CHECKS, written(text, indicators=(bare, second)))
    assert (finding.kind, finding.figures) == ("indicator_without_target", (1,))
    assert finding.sentence.startswith("1 项指标没有目标值：「巩固率」。")


def test_a_column_of_units_or_a_task_that_names_the_indicator_makes_an_owner() -> None:
    column = TABLE.format("责任单位 ")
    assert found(completeness.CHECKS, written(column, indicators=rows(column))) == []
    text = TABLE.format("")
    owned = task("1", lead=("教育局",), due={2021: "提高巩固率和优良率。"})
    assert found(completeness.CHECKS, written(text, indicators=rows(text), tasks=(owned,))) == []


def test_tasks_without_lead_unit_or_due_are_listed() -> None:
    plan = written(
        tasks=(
            task("1", lead=("教育局",), due={2021: "做完"}),
            task("2", responsible=("教育局", "财政局"), due={2021: "做完"}),
            task("3", responsible=("教育局",), due={2021: "做完"}),
            task("4", due={2021: "做完"}),
            task("5", lead=("教育局",)),
        )
    )
    sentences = {finding.sentence.split("。")[0] for finding in findings(completeness.CHECKS, plan)}
    assert sentences == {
        "1 项任务没有写明牵头单位和责任单位：4 任务4",
        "1 项任务有几个责任单位而没有牵头单位：2 任务2",
        "1 项任务没有写明各年要做到什么：5 任务5",
    }


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("三年内至少培养50名骨干教师。", ["target_without_year"]),
        ("自本方案印发之日起三年内至少培养50名骨干教师。", []),
        ("到2025年，三年内至少培养50名骨干教师。", []),
        ("每三年内至少培养50名骨干教师。", []),
        ("三年内理顺机制。至少培养50名骨干教师。", []),
    ],
)
def test_within_some_years_of_when_is_asked(text: str, kinds: list[str]) -> None:
    promised = Commitment(
        subject="骨干教师",
        unit="名",
        target=Target(year=2025, op=">=", value=50),
        passage=passage(text, "至少培养50名"),
    )
    assert [kind for kind, _ in found(completeness.CHECKS, written(text, commitments=(promised,)))] == kinds


def test_a_standing_duty_within_some_years_needs_no_beginning() -> None:
    text = "专业课教师五年内到企业实践不少于6个月。"
    duty = Commitment(
        subject="企业实践",
        unit="个月",
        target=Target(year=2025, op=">=", value=6),
        passage=passage(text, "不少于6个月"),
    )
    assert found(completeness.CHECKS, written(text, commitments=(duty,))) == []
