"""The example county's draft reads the same from its words and from the Word document made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiaoheng.plans import Plan, example_draft
from jiaoheng.workspace import read_plan


@pytest.fixture(scope="module")
def from_word(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    document = example_draft.write(tmp_path_factory.mktemp("draft") / example_draft.FILE_NAME)
    return read_plan(document).plan


@pytest.fixture(scope="module")
def from_words() -> Plan:
    return read_plan(example_draft.SOURCE).plan


def test_its_title_is_found_behind_two_brackets(from_word: Plan) -> None:
    assert from_word.title == "四会市教育发展“十五五”规划（2026—2030年）（征求意见稿）"
    assert from_word.region.name == "四会市"
    assert (from_word.period.start, from_word.period.end) == (2026, 2030)


def test_merged_group_cells_give_each_indicator_its_group(from_word: Plan) -> None:
    groups = {item.name: item.group for item in from_word.indicators}
    assert groups["公办及普惠性民办幼儿园占比"] == "学前教育"
    assert groups["普通高中专任教师硕士研究生以上学历比例"] == "师资队伍"


def test_form_changes_nothing_that_is_read(from_word: Plan, from_words: Plan) -> None:
    assert _read(from_word) == _read(from_words)
    assert [section.title for section in from_word.sections] == [
        section.title for section in from_words.sections if section.title != from_word.title
    ]


def _read(plan: Plan) -> dict[str, list[object]]:
    """What a plan says, without the places that differ from text to text."""
    return {
        "indicators": [(item.name, item.group, item.baseline, item.targets) for item in plan.indicators],
        "commitments": [(item.subject, item.target, item.unit) for item in plan.commitments],
        "tasks": [(item.title, item.lead, item.responsible) for item in plan.tasks],
        "projects": [(item.name, item.kind, item.area) for item in plan.projects],
        "allocations": [[(row.area, row.values) for row in table.rows] for table in plan.allocations],
    }


def test_it_says_that_it_is_made_up(tmp_path: Path) -> None:
    text = example_draft.SOURCE.read_text("utf-8")
    assert "合成" in text.split("## ", 1)[0]
    assert "模拟" in example_draft.FILE_NAME
