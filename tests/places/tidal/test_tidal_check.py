"""Each rule, broken alone, is noticed; and what holds for every plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_problems import tiny, wave

from jiaoheng.places.tidal import (
    Build,
    Move,
    Problem,
    Rules,
    Schedule,
    Site,
    Temporary,
    TidalError,
    check,
    plan,
    read_rules,
)

_BROKEN = {
    "负的班数": Schedule(builds=(Build("2", 2029, "junior", -1),)),
    "不在计划的年份": Schedule(temporary=(Temporary("甲", 2050, "junior", 1),)),
    "没有学校": Schedule(builds=(Build("9", 2029, "junior", 3),)),
    "不能由 junior 转为 primary": Schedule(moves=(Move("1", 2027, "junior", "primary", 1),)),
    "不能办 primary": Schedule(builds=(Build("2", 2029, "primary", 6),)),
    "来不及建成": Schedule(builds=(Build("2", 2027, "junior", 3),)),
    "新建超过 6 个班": Schedule(builds=(Build("2", 2028, "junior", 7),)),
    "多于毕业的班": Schedule(moves=(Move("1", 2026, "primary", "junior", 5),)),
    "少于下限": Schedule(builds=(Build("2", 2028, "junior", 2),)),
    "临时班，多于 1 个": Schedule(temporary=(Temporary("甲", 2027, "junior", 2),)),
}


@pytest.mark.parametrize("words", _BROKEN)
def test_a_broken_rule_is_noticed(words: str) -> None:
    faults = check(wave(), _BROKEN[words]).faults
    assert any(words in fault for fault in faults), faults


def test_rooms_do_not_come_from_a_stage_that_a_school_has_not() -> None:
    problem = wave()
    moved = Schedule(moves=(Move("2", 2026, "primary", "junior", 1),))
    assert any("不能由 primary" in fault for fault in check(problem, moved).faults)


def test_a_schedule_without_fault_has_none() -> None:
    sound = Schedule(
        (Move("1", 2026, "primary", "junior", 4),),
        (Build("2", 2028, "junior", 3),),
        (Temporary("甲", 2026, "junior", 1),),
    )
    found = check(wave(), sound)
    assert found.faults == ()
    assert found.rooms["1", "junior", 2026] == 0
    assert found.rooms["1", "junior", 2027] == 4
    assert found.score.cost == 4 * 1000 + 3 * 50 * 120 + 500
    assert found.score.seats == 150
    # 2026: 60 pupils, one temporary class of 50. Then four converted classes of 50, and three built ones.
    assert found.short["甲", "junior", 2026] == 10
    assert ("甲", "junior", 2028) not in found.short


def test_a_school_that_grows_too_large_is_noticed() -> None:
    problem = wave()
    stages = {name: {**stage.model_dump(), "largest": 4} for name, stage in problem.rules.stages.items()}
    stages["primary"]["least"] = 1
    small = replace(problem, rules=Rules.model_validate({**problem.rules.model_dump(), "stages": stages}))
    faults = check(small, Schedule(builds=(Build("2", 2028, "junior", 5),))).faults
    assert any("多于上限" in fault for fault in faults)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1000, max_value=10**6))
def test_rooms_are_neither_lost_nor_made(seed: int) -> None:
    problem = tiny(seed)
    found = plan(problem)
    ways = {(one.source, one.target): one.years for one in problem.rules.conversions}
    for site in problem.sites:
        for year in problem.years:
            held = [found.checked.rooms[site.code, stage, year] for stage in site.stages]
            assert min(held, default=0) >= 0
            given_rooms = sum(site.given(stage, year) for stage in site.stages)
            built = sum(b.classes for b in found.schedule.builds if b.site == site.code and b.year <= year)
            away = sum(
                move.classes
                for move in found.schedule.moves
                if move.site == site.code and move.year <= year < move.year + ways[move.source, move.target]
            )
            assert sum(held) + away == given_rooms + built
    assert found.checked.score <= found.untouched.score


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=1000, max_value=10**6))
def test_more_pupils_never_need_less(seed: int) -> None:
    problem = tiny(seed)
    more = replace(problem, demand={cell: pupils + 1 for cell, pupils in problem.demand.items()})
    assert plan(more).checked.score.shortage >= plan(problem).checked.score.shortage


def test_nonsense_is_refused_with_its_place() -> None:
    problem = wave()
    with pytest.raises(TidalError, match="需求是负数"):
        replace(problem, demand={("甲", "junior", 2026): -1})
    with pytest.raises(TidalError, match="出现了两次"):
        replace(problem, sites=(problem.sites[0], problem.sites[0]))
    with pytest.raises(TidalError, match="班数有负数"):
        replace(problem, sites=(Site("1", "甲校", "甲", {"primary": -2}, ()),))
    with pytest.raises(TidalError, match="年份应连续"):
        Problem((2026, 2028), (), {}, problem.rules)


def test_a_fault_in_the_file_of_rules_is_told_with_its_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rules.yaml"
    file.write_text("stages:\n  primary: {norm: 0, build: 1}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"rules\.yaml:2"):
        read_rules(file)
