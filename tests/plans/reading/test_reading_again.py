"""Answers and changes by hand stay when a document is read again, also where words were put in above."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest

from jiaoheng import plans, workspace
from jiaoheng.plans import Passage, Plan, Task
from jiaoheng.workspace import WorkspaceError

TEXT = """某县教育发展“十四五”规划（2021—2025年）

某县人民政府

第一章 目标

第一节 主要指标

到2025年，小学适龄儿童净入学率达到100%，新建幼儿园3所。

表1 主要指标

指标 | 2020年 | 2025年 | 属性
--- | --- | --- | ---
学前三年毛入园率（%） | 95.2 | 98 | 预期性
义务教育优质均衡发展县 | 否 | 达标 | 约束性
九年义务教育巩固率（%） | 96 | 97 | 约束性

第二节 任务

1.扩大公办学位。新建小学2所。[牵头单位：县教育局；责任单位：县财政局，各镇（街）]

2.提高师资水平。每名教师每年培训不少于72学时。[牵头单位：县教育局]
"""
ABOVE = "到2023年，新建初中1所。\n\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "规划.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "plan.yaml"


def _edit(document: Path) -> None:
    document.write_text(TEXT.replace("到2025年，", ABOVE + "到2025年，"), encoding="utf-8")


def _change(output: Path, old: str, new: str) -> None:
    text = output.read_text(encoding="utf-8")
    assert text.count(old) == 1, text
    output.write_text(text.replace(old, new), encoding="utf-8")


def _target(plan: Plan, name: str) -> float | None:
    return next((each.target.value for each in plan.indicators if each.name == name and each.target), None)


def test_what_is_read_stands_in_the_file_and_its_places_in_the_text_beside(
    document: Path, output: Path
) -> None:
    plan = workspace.read_plan(document, output).plan
    assert plans.load(output) == plan
    text = (tmp := output.with_suffix(".txt")).read_text(encoding="utf-8")
    assert plan.document.text == tmp.name
    assert text == TEXT
    assert [task.title for task in plan.tasks] == ["扩大公办学位", "提高师资水平"]
    for item in (*plan.commitments, *plan.tasks):
        place = item.passage
        assert place.start is not None
        assert (place.quote or "")[:3] in text[place.start : place.end].replace(" ", "")


@pytest.mark.parametrize("traditional", [False, True])
def test_each_quote_for_programs_is_exactly_what_stands_between_its_offsets(
    document: Path, traditional: bool
) -> None:
    text = TEXT.replace("净入学率达到100%", "净入学\n率达到 100 %")
    if traditional:
        text = opencc.OpenCC("s2t").convert(text)
    document.write_text(text, encoding="utf-8")
    reading = workspace.read_plan(document)
    found = workspace.plan_document(reading.plan, reading.text)
    places = [place for kind in ("indicators", "commitments", "tasks", "doubts") for place in found[kind]]
    assert len(places) >= 8
    assert [place["quote"] for place in places] == [text[place["start"] : place["end"]] for place in places]
    assert any(place["quote"] != place["quote"].strip() or " " in place["quote"] for place in places)


def test_reading_again_changes_nothing(document: Path, output: Path) -> None:
    workspace.read_plan(document, output)
    first = output.read_bytes()
    again = workspace.read_plan(document, output)
    assert (output.read_bytes(), again.notes) == (first, ())


def test_a_settled_answer_takes_effect_and_survives_an_edit_above_it(document: Path, output: Path) -> None:
    (doubt,) = [
        each for each in workspace.read_plan(document, output).open if each.about.startswith("indicators/")
    ]
    settled = workspace.settle_plan(output, doubt.id, "没有数值目标")
    assert doubt.id not in {each.id for each in settled.open}
    before = {each.name: each.targets for each in settled.plan.indicators}
    assert before["义务教育优质均衡发展县"] == ()
    _edit(document)
    again = workspace.read_plan(document, output)
    assert {each.name: each.targets for each in again.plan.indicators} == before
    assert next(each for each in again.plan.doubts if each.id == doubt.id).answer == "没有数值目标"
    assert len(again.plan.commitments) == len(settled.plan.commitments) + 1


def test_a_row_without_a_target_is_kept_and_an_answer_gives_it_one(document: Path, output: Path) -> None:
    printed = "九年义务教育巩固率（%） | 96 | 97 | 约束性"
    document.write_text(TEXT.replace(printed, printed.replace("97", "—")), encoding="utf-8")
    reading = workspace.read_plan(document, output)
    row = next(each for each in reading.plan.indicators if each.name == "九年义务教育巩固率")
    assert (row.targets, row.target, row.unit, row.property) == ((), None, "%", "约束性")
    assert row.baseline is not None
    assert (row.baseline.year, row.baseline.value, row.passage.row) == (2020, 96, 3)
    assert plans.load(output) == reading.plan
    (doubt,) = [each for each in reading.open if each.about.startswith("indicators/九年义务教育巩固率/")]
    settled = workspace.settle_plan(output, doubt.id, "≥97.5").plan
    assert _target(settled, "九年义务教育巩固率") == 97.5
    assert _target(workspace.settle_plan(output, doubt.id, "没有目标").plan, "九年义务教育巩固率") is None


def test_a_field_that_was_changed_by_hand_stays_and_its_place_moves_along(
    document: Path, output: Path
) -> None:
    first = workspace.read_plan(document, output).plan
    _change(output, "{year: 2025, op: '=', value: 97}", "{year: 2025, op: '>=', value: 97.5}")
    _edit(document)
    again = workspace.read_plan(document, output)
    assert _target(again.plan, "九年义务教育巩固率") == 97.5
    assert again.notes == ("指标「九年义务教育巩固率」保留手工改过的 targets。",)
    old, new = first.indicators[-1].passage, again.plan.indicators[-1].passage
    assert (new.start or 0) - (old.start or 0) == len(ABOVE)
    assert workspace.read_plan(document, output).plan == again.plan


def test_a_row_of_an_allocation_that_was_changed_by_hand_moves_along(document: Path, output: Path) -> None:
    lines = ("镇街 | 小学 | 初中", "--- | --- | ---", "东镇 | 10 | 20", "西镇 | 1 | 2", "合计 | 11 | 22")
    table = "\n表2 学位任务分解表\n\n" + "\n".join(lines) + "\n"
    document.write_text(TEXT + table, encoding="utf-8")
    (first,) = workspace.read_plan(document, output).plan.allocations
    row = first.rows[0].model_copy(update={"values": (10, 21)})
    mine = first.model_copy(update={"rows": (row, *first.rows[1:])})
    plans.save(plans.load(output).model_copy(update={"allocations": (mine,)}), output)
    document.write_text(TEXT.replace("到2025年，", ABOVE + "到2025年，") + table, encoding="utf-8")
    (again,) = workspace.read_plan(document, output).plan.allocations
    assert again.rows[0].values == (10, 21)
    text = document.read_text(encoding="utf-8")
    assert again.total is not None
    assert [text[each.start : each.end] for each in (*again.rows, again.total)] == list(lines[2:])


def test_what_was_taken_out_stays_out_and_what_was_added_stays(document: Path, output: Path) -> None:
    plan = workspace.read_plan(document, output).plan
    extra = Task(number="9", title="手工添加", passage=Passage(section="会议纪要"))
    plans.save(plan.model_copy(update={"tasks": (plan.tasks[1], extra)}), output)
    _edit(document)
    again = workspace.read_plan(document, output)
    assert [task.title for task in again.plan.tasks] == ["提高师资水平", "手工添加"]
    assert list(again.notes) == [
        "任务「扩大公办学位」已经手工删去，没有再加。",
        "任务「手工添加」是手工添加的，保留。",
    ]


def test_what_was_changed_by_hand_and_is_no_more_in_the_document_stays_and_is_named(
    document: Path, output: Path
) -> None:
    workspace.read_plan(document, output)
    _change(output, "title: 提高师资水平", "title: 提高教师水平")
    document.write_text(TEXT[: TEXT.index("2.提高师资水平")], encoding="utf-8")
    again = workspace.read_plan(document, output)
    assert [task.title for task in again.plan.tasks] == ["扩大公办学位", "提高教师水平"]
    assert (again.plan.tasks[1].passage.start, again.plan.tasks[1].passage.end) == (None, None)
    assert again.notes == ("任务「提高教师水平」手工改过，但原文里已经没有这一处，请核对。",)


def test_what_changes_in_the_document_alone_changes_in_the_plan(document: Path, output: Path) -> None:
    workspace.read_plan(document, output)
    document.write_text(TEXT.replace("| 98 |", "| 99 |"), encoding="utf-8")
    again = workspace.read_plan(document, output)
    assert _target(again.plan, "学前三年毛入园率") == 99
    assert again.notes == ()


def test_a_plan_that_was_not_made_by_reading_is_not_overwritten(document: Path, output: Path) -> None:
    shipped = plans.shipped()["sihui-2021-2025"].read_bytes()
    output.write_bytes(shipped)
    with pytest.raises(WorkspaceError, match="不是读入写出的"):
        workspace.read_plan(document, output)
    assert output.read_bytes() == shipped


def test_the_document_itself_is_not_overwritten(tmp_path: Path) -> None:
    document = tmp_path / "plan.txt"
    document.write_bytes(TEXT.encode("gb18030"))
    before = document.read_bytes()
    with pytest.raises(WorkspaceError, match="原文件"):
        workspace.read_plan(document, tmp_path / "plan.yaml")
    assert document.read_bytes() == before
    assert not (tmp_path / "plan.yaml").exists()


def test_an_answer_to_no_doubt_is_refused(document: Path, output: Path) -> None:
    workspace.read_plan(document, output)
    with pytest.raises(WorkspaceError, match="没有编号为“ffff”的疑问"):
        workspace.settle_plan(output, "ffff", "是")


@pytest.mark.parametrize("period", ["2021", "2025-2021", "十四五"])
def test_a_period_that_is_none_is_refused(document: Path, period: str) -> None:
    with pytest.raises(WorkspaceError, match="规划期"):
        workspace.read_plan(document, period=period)


def test_years_set_by_hand_are_those_of_the_plan(document: Path, output: Path) -> None:
    workspace.read_plan(document, output)
    _change(output, "period: {start: 2021, end: 2025}", "period: {start: 2021, end: 2026}")
    again = workspace.read_plan(document, output).plan
    assert again.period.end == 2026
    assert {each.target.year for each in again.commitments if each.per} == {2026}
