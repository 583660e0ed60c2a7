"""What counts as read rightly, as found, as missed and as too much."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from gold.agreement import Agreement, compare
from gold.words import alike

Item = dict[str, Any]

TEXT = "一、目标\n小学达到93%，初中98%。\n表 毛入园率 90 ≥95\n推进改革 上半年印发 教育局\n新建甲小学。"


def at(words: str) -> Item:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


GOLD: Item = {
    "title": "甲县规划",
    "period": {"start": 2021, "end": 2025},
    "sections": [{"level": 1, "marker": "一、", **at("一、目标")}],
    "indicators": [
        {
            "name": "毛入园率",
            "unit": "%",
            "baseline": {"year": 2020, "value": 90},
            "target": {"year": 2025, "op": ">=", "value": 95},
            "property": None,
            **at("毛入园率 90 ≥95"),
        }
    ],
    "commitments": [
        {
            "subject": f"{stage}学历比例",
            "op": ">=",
            "value": value,
            "unit": "%",
            "year": 2025,
            "figure": at(words)["start"],
        }
        for stage, value, words in (("小学", 93, "93%"), ("初中", 98, "98%"))
    ],
    "tasks": [
        {
            "number": "1",
            "title": "推进改革",
            "years": {"2021": {"chars": 5}},
            "lead": ["教育局"],
            "responsible": [],
            **at("推进改革 上半年印发 教育局"),
        }
    ],
    "projects": [{"name": "甲小学", "kind": "new", "year": None, **at("甲小学")}],
    "allocations": [
        {
            "title": "任务表",
            "columns": ["学位"],
            "rows": [{"area": "甲镇", "values": [3]}],
            "total": {"area": "合计", "values": [3]},
        }
    ],
    "score_card": {
        "title": "评分表",
        "total": 5,
        "items": [{"path": ["一、学位", "1.增加"], "name": "增加", "points": 5, "cases": [[5, 0], [0, 0]]}],
    },
}

READ: Item = {
    "title": "甲县规划",
    "period": {"start": 2021, "end": 2025},
    "sections": [{"level": 1, "title": "一、目标", **at("一、目标")}],
    "indicators": [GOLD["indicators"][0] | {"measure": None, "quote": "毛入园率"}],
    "commitments": [
        {"subject": "小学学历比例", "op": ">=", "value": 93, "unit": "%", "year": 2025, **at("达到93%")},
        {"subject": "初中学历比例", "op": ">=", "value": 98, "unit": "%", "year": 2025, **at("98%")},
    ],
    "tasks": [
        {
            "number": "1",
            "title": "推进改革",
            "due": {"2021": "上半年印发"},
            "lead": ["教育局"],
            "responsible": [],
        }
        | at("推进改革 上半年印发 教育局")
    ],
    "projects": [{"name": "甲小学", "kind": "new", "due_year": None, "passage": at("甲小学")}],
    "allocations": GOLD["allocations"],
    "score_cards": [
        {
            "title": "评分表",
            "total": 5,
            "items": [
                {
                    "path": ["总", "一、学位（5分）"],
                    "name": "1.增加",
                    "points": 5,
                    "criteria": "计5分；否则计0分",
                }
            ],
        }
    ],
}


def agreement(read: Item, kind: str) -> Agreement:
    return next(found for found in compare(read, GOLD, TEXT) if found.kind == kind)


def test_a_plan_read_without_fault_is_right_in_every_kind() -> None:
    for kind in compare(READ, GOLD, TEXT):
        assert kind.gold == kind.read == kind.right == kind.found > 0, kind
        assert kind.recall == kind.precision == 1
        assert not kind.misses
        assert not kind.extras
    assert agreement(READ, "commitments").subjects == 2


@pytest.mark.parametrize(
    ("kind", "path", "wrong"),
    [
        ("sections", ("sections", 0, "level"), 2),
        ("sections", ("sections", 0, "title"), "一、目"),
        ("indicators", ("indicators", 0, "name"), "毛入学率"),
        ("indicators", ("indicators", 0, "unit"), ""),
        ("indicators", ("indicators", 0, "baseline"), None),
        ("indicators", ("indicators", 0, "baseline", "value"), 91),
        ("indicators", ("indicators", 0, "target", "op"), ">"),
        ("indicators", ("indicators", 0, "property"), "预期性"),
        ("commitments", ("commitments", 0, "op"), "="),
        ("commitments", ("commitments", 0, "unit"), "个百分点"),
        ("commitments", ("commitments", 0, "year"), 2022),
        ("commitments", ("commitments", 0, "value_max"), 95),
        ("tasks", ("tasks", 0, "number"), "2"),
        ("tasks", ("tasks", 0, "due"), {"2021": "上半年印"}),
        ("tasks", ("tasks", 0, "due"), {}),
        ("tasks", ("tasks", 0, "lead"), ["财政局"]),
        ("projects", ("projects", 0, "kind"), "extend"),
        ("projects", ("projects", 0, "due_year"), 2025),
        ("allocation cells", ("allocations", 0, "total", "values"), [4]),
        ("score card items", ("score_cards", 0, "items", 0, "points"), 4),
        ("score card items", ("score_cards", 0, "items", 0, "criteria"), "计5分"),
        ("score card items", ("score_cards", 0, "items", 0, "path"), ["二、质量"]),
    ],
)
def test_what_is_read_wrongly_is_found_but_not_right(
    kind: str, path: tuple[str | int, ...], wrong: Any
) -> None:
    read = copy.deepcopy(READ)
    holder: Any = read
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = wrong
    result = agreement(read, kind)
    assert (result.right, result.found) == (result.gold - 1, result.gold)
    assert len(result.misses) == 1
    assert result.misses[0].read
    assert not result.extras


@pytest.mark.parametrize("kind", ["sections", "indicators", "commitments", "tasks", "projects"])
def test_what_is_not_read_is_missed_and_lowers_recall(kind: str) -> None:
    result = agreement(READ | {kind: READ[kind][1:]}, kind)
    assert result.right == result.found == result.gold - 1
    assert [miss.read for miss in result.misses] == [None]


def test_what_the_gold_file_has_not_is_too_much_and_lowers_precision() -> None:
    extra = READ["commitments"][0] | at("表")
    result = agreement(READ | {"commitments": [*READ["commitments"], extra]}, "commitments")
    assert result.extras == (extra,)
    assert (result.recall, result.precision) == (1, 2 / 3)


def test_one_reading_answers_for_one_gold_item() -> None:
    whole = {**READ["commitments"][0], **at("小学达到93%，初中98%")}
    result = agreement(READ | {"commitments": [whole]}, "commitments")
    assert (result.right, result.found) == (1, 1)
    assert len(result.misses) == 1


def test_a_commitment_with_another_value_is_not_found() -> None:
    other = READ["commitments"][1] | {"value": 89}
    result = agreement(READ | {"commitments": [READ["commitments"][0], other]}, "commitments")
    assert result.found == 1
    assert result.extras == (other,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("新增公办学位", "到2025年新增公办学位", True),
        ("小学教師本科以上學歷比例", "小学教师本科以上学历比例", True),
        ("义务教育优质公办学位新增", "新增义务教育优质公办学位", True),
        ("小学教师", "幼儿园学位", False),
        ("", "幼儿园学位", False),
    ],
)
def test_subjects_are_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
