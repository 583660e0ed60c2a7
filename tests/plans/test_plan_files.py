"""Plan files: the exact round trip, and faults that are named by file and line, all at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_building import indicator, plan, target

from jiaoheng.plans import Commitment, Passage, Plan, PlanError, Project, Task, dumps, load, save, shipped
from jiaoheng.terms import ProjectKind, Stage

WORDS = st.text("教育规划学位%:#'\"-[]{}, ab1≥", min_size=1, max_size=12).filter(lambda text: text.strip())
NUMBERS = st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9).map(float)
PASSAGES = st.builds(
    Passage,
    section=WORDS,
    row=st.none() | st.integers(1, 99),
    quote=st.none() | WORDS,
    start=st.none() | st.integers(0, 10**6),
    end=st.none() | st.integers(0, 10**6),
    confidence=st.sampled_from([1, 0.5, 0.875]),
)
TARGETS = st.builds(target, st.sampled_from([">=", ">", "=", "~", "increase_by"]), NUMBERS, st.just(2025))
PLANS = st.builds(
    lambda indicators, commitments, tasks, projects, published: plan(*indicators).model_copy(
        update={
            "commitments": tuple(commitments),
            "tasks": tuple(tasks),
            "projects": tuple(projects),
            "published": published,
        }
    ),
    st.lists(
        st.builds(
            indicator,
            TARGETS,
            baseline=st.none() | NUMBERS,
            points=st.just(()) | st.tuples(st.builds(target, st.just(">="), NUMBERS, st.just(2023))),
            id=WORDS,
            name=WORDS,
            unit=st.sampled_from(["%", "人", ""]),
            note=st.none() | WORDS,
            property=st.sampled_from(["约束性", "预期性", None]),
        )
        | st.builds(indicator, baseline=st.none() | NUMBERS, id=WORDS, name=WORDS),
        max_size=3,
        unique_by=lambda item: item.id,
    ),
    st.lists(st.builds(Commitment, subject=WORDS, target=TARGETS, passage=PASSAGES), max_size=2),
    st.lists(
        st.builds(
            Task,
            number=WORDS,
            title=WORDS,
            due=st.dictionaries(st.integers(2021, 2025), WORDS, max_size=3),
            lead=st.lists(WORDS, max_size=2).map(tuple),
            responsible=st.lists(WORDS, max_size=2).map(tuple),
            passage=PASSAGES,
        ),
        max_size=2,
        unique_by=lambda item: item.number,
    ),
    st.lists(
        st.builds(
            Project,
            id=WORDS,
            name=WORDS,
            kind=st.none() | st.sampled_from(ProjectKind),
            stage=st.none() | st.sampled_from(Stage),
            seats=st.none() | st.integers(0, 9999),
            investment=st.none() | NUMBERS,
            passage=PASSAGES,
        ),
        max_size=2,
        unique_by=lambda item: item.id,
    ),
    st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)),
)


@given(PLANS)
def test_a_saved_plan_loads_as_it_was_and_saves_the_same(
    tmp_path_factory: pytest.TempPathFactory, made: Plan
) -> None:
    path = tmp_path_factory.mktemp("plans") / "plan.yaml"
    save(made, path)
    again = load(path)
    assert again == made
    assert dumps(again) == path.read_text(encoding="utf-8")


def test_the_shipped_plans_are_as_save_writes_them() -> None:
    assert "sihui-2021-2025" in shipped()
    for path in shipped().values():
        assert dumps(load(path)) == path.read_text(encoding="utf-8")


GOOD = """\
title: 某县教育规划
issuer: 某县人民政府
region: {code: '441284', name: 某县}
period: {start: 2021, end: 2025}
document: {title: 某县教育规划}
indicators:
  - id: fitness
    name: 优良率
    unit: '%'
    measure: fitness_rate
    baseline: {year: 2020, value: 42}
    targets:
      - {year: 2025, op: '>=', value: 57}
    passage: {section: 表1, row: 1}
"""


def faults(tmp_path: Path, text: str, measures: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    """The messages for a plan file with this text, each without its folder."""
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        load(path, measures=measures)
    return [line.removeprefix(f"{tmp_path}/") for line in str(caught.value).splitlines()]


def test_the_example_of_these_tests_is_good(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load(path, measures={"fitness_rate": ()}).indicators[0].target.value == 57


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("unit: '%'", "units: '%'", "plan.yaml:9: 不认识的键「units」。是不是「unit」？"),
        ("op: '>='", "op: '≥'", "plan.yaml:13: 「op」的值「≥」不在允许的范围"),
        ("value: 57", "value: ≥57", "plan.yaml:13: 「value」应是数。"),
        ("value: 57", "value: .inf", "plan.yaml:13: 「value」"),
        ("year: 2025, op", "year: 25, op", "plan.yaml:13: 年份 25 不在 1949—2100 之间"),
        ("end: 2025", "end: 2020", "plan.yaml:4: 规划期的 end 2020 早于 start 2021"),
        ("'>=', value: 57", "range, value: 57", "plan.yaml:13: op 为 range 时须写上限 value_max。"),
        ("'>=', value: 57", "range, value: 57, value_max: 50", "plan.yaml:13: 上限 50 小于下限 57"),
        ("value: 57", "value: 57, value_max: 60", "plan.yaml:13: 只有 op 为 range 时才写 value_max"),
        ("value: 57", "value: 57, tolerance: 0.1", "plan.yaml:13: 只有 op 为 ~"),
        ("    measure: fitness_rate\n", "", "plan.yaml:7: 指标「优良率」没有 measure"),
        (
            "    unit: '%'",
            "    unlinked: 没有数据",
            "plan.yaml:7: 指标「优良率」同时写了 measure 和 unlinked",
        ),
        (
            "    unit: '%'",
            "    path: lineal",
            "plan.yaml:9: 「path」的值「lineal」不在允许的范围：'linear'。",
        ),
        ("    unit: '%'", "    path: {points: []}", "plan.yaml:9: 至少要写一个目标值"),
        (
            "    targets:\n      - {year: 2025, op: '>=', value: 57}",
            "    targets: []\n    path: {points: [{year: 2023, op: '=', value: 50}]}",
            "plan.yaml:7: 指标「优良率」写了 path 而没有目标。请把最后一年的数写进 targets。",
        ),
        (
            "    targets:\n      - {year: 2025, op: '>=', value: 57}\n",
            "",
            "plan.yaml:7: 缺少「targets」",
        ),
        (
            "    unit: '%'",
            "    path: {points: [{year: 2026, op: '=', value: 58}]}",
            "plan.yaml:7: 指标「优良率」的 path 到 2026 年，晚于目标年 2025 年",
        ),
        (
            "value: 57}\n",
            "value: 57}\n      - {year: 2023, op: '>=', value: 50}\n",
            "plan.yaml:7: 指标「优良率」的 targets 的年份 [2025, 2023] 不是从早到晚各一次",
        ),
        ("name: 优良率", "name: ''", "plan.yaml:8: 这一项不能为空"),
        ("code: '441284'", "code: 441284", "plan.yaml:3: 「code」应是文字。若是数字，请加引号。"),
        ("period: {start: 2021, end: 2025}\n", "", "plan.yaml:1: 缺少「period」"),
        ("region: {code: '441284', name: 某县}", "region: [", "plan.yaml:5: 不是合法的 YAML"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    (found,) = faults(tmp_path, GOOD.replace(old, new))
    assert found.startswith(message)


def test_all_faults_are_named_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = (
        GOOD.replace("value: 57", "value: 五十七")
        .replace("start: 2021", "start: 1021")
        .replace("unit:", "unti:")
    )
    lines = [int(fault.split(":")[1]) for fault in faults(tmp_path, text)]
    assert lines == [4, 9, 13]


def test_an_identifier_given_twice_points_at_the_second(tmp_path: Path) -> None:
    item = GOOD[GOOD.index("  - id") :]
    (found,) = faults(tmp_path, GOOD + item)
    assert found == "plan.yaml:15: 「id」的值「fitness」重复（先见第 7 行）。请改为不同的编号。"


def test_a_measure_that_does_not_exist_is_named_with_the_nearest(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, GOOD, {"fitness_rates", "myopia_rate"})
    assert found == "plan.yaml:10: 没有编号为「fitness_rate」的测算指标。是不是「fitness_rates」？"


def test_a_file_that_is_not_there_is_a_plan_error(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="无法读取"):
        load(tmp_path / "none.yaml")


def test_a_stage_that_the_measure_does_not_have_is_named_with_its_line(tmp_path: Path) -> None:
    text = GOOD.replace("    measure: fitness_rate\n", "    measure: fitness_rate\n    stage: senior9\n")
    found = faults(tmp_path, text, {"fitness_rate": ("primary", "junior")})
    line = text.splitlines().index("    stage: senior9") + 1
    assert len(found) == 1
    assert found[0].startswith(f"plan.yaml:{line}:")
    assert "senior9" in found[0]
    assert "primary" in found[0]
