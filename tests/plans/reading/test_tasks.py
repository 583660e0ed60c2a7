"""Tasks, from tables and from what the text says of who is in charge."""

from __future__ import annotations

import pytest

from jiaoheng.plans.model import Period, Task
from jiaoheng.plans.reading.outline import outline
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import find, kinds
from jiaoheng.plans.reading.tasks import tasks
from jiaoheng.plans.reading.tasks.deadlines import deadlines
from jiaoheng.plans.reading.tasks.duty import duty
from jiaoheng.plans.reading.tasks.units import units

PERIOD = Period(start=2024, end=2028)


def _tasks(text: str) -> tuple[Task, ...]:
    source = Source(text)
    tables = find(source)
    return tasks([table for table in tables if kinds.kind(table) == "tasks"], outline(source, tables), PERIOD)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("区教育局、区财政局，各镇（街）", ("区教育局", "区财政局", "各镇（街）")),
        ("县教育局;县委编办 县人社局", ("县教育局", "县委编办", "县人社局")),
        ("市教育局（体育局）、市财政局等有关部门。", ("市教育局（体育局）", "市财政局")),
        ("县教育局、县教育局", ("县教育局",)),
        ("", ()),
    ],
)
def test_units_are_told_apart(words: str, expected: tuple[str, ...]) -> None:
    assert units(words) == expected


@pytest.mark.parametrize(
    ("note", "lead", "responsible"),
    [
        ("[牵头单位：区教育局；责任单位：区财政局，各镇（街）]", ["区教育局"], ["区财政局", "各镇（街）"]),
        ("（责任单位：县教育局、县财政局）", [], ["县教育局", "县财政局"]),
        ("【牵头部门：市教育局 配合部门：市财政局、市住建局】", ["市教育局"], ["市财政局", "市住建局"]),
        ("牵头单位：县教育局；配合单位：县财政局。", ["县教育局"], ["县财政局"]),
        ("（县教育局牵头，县财政局、县人社局配合）", ["县教育局"], ["县财政局", "县人社局"]),
        ("（县教育局、县财政局按职责分工负责）", [], ["县教育局", "县财政局"]),
    ],
)
def test_who_is_in_charge(note: str, lead: list[str], responsible: list[str]) -> None:
    found = duty(f"新建学校。{note}")
    assert found is not None
    assert (list(found.lead), list(found.responsible)) == (lead, responsible)


@pytest.mark.parametrize(
    "text",
    [
        "各责任单位要加强协作。",
        "明确牵头单位和责任单位，落实工作责任。",
        "新建学校（含改扩建）。",
        "压实学校主体责任（校长负责制）。",
    ],
)
def test_words_about_duty_are_none(text: str) -> None:
    assert duty(text) is None


def test_a_text_task_has_the_way_through_the_headings_as_its_number() -> None:
    (task,) = _tasks(
        "一、目标\n\n内容。\n\n二、措施\n\n（一）加强领导。健全机制。继续健全。[牵头单位：县教育局]\n"
    )
    assert (task.number, task.title, task.lead) == ("二（一）", "加强领导", ("县教育局",))
    assert task.passage.section == "二、措施 › （一）加强领导"


def test_units_in_a_line_of_their_own_belong_to_the_text_above() -> None:
    text = "一、加强领导\n\n健全机制，压实责任。\n\n牵头单位：县教育局；责任单位：县财政局\n"
    (task,) = _tasks(text)
    assert (task.title, task.responsible) == ("加强领导", ("县财政局",))
    assert text[task.passage.start : task.passage.end].startswith("健全机制")


def test_units_in_a_line_after_a_list_are_for_the_whole_list() -> None:
    text = (
        "某县教育行动计划\n\n## 学前行动\n\n1.扩大资源：新建3所。\n2.提升质量：培训教师。\n\n"
        "责任单位：县教育局\n\n## 高中行动\n\n扩容。\n"
    )
    (task,) = _tasks(text)
    assert (task.title, task.responsible) == ("学前行动", ("县教育局",))
    assert text[task.passage.start :].startswith("1.扩大资源")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("到2028年，建成3所学校。", {2028: "到2028年，建成3所学校"}),
        ("健全机制。2027年底前，配齐教师。", {2027: "2027年底前，配齐教师"}),
        ("2026年6月底前完成选址；9月开学。", {2026: "2026年6月底前完成选址"}),
        ("覆盖率到2026年达60%，到2028年达80%", {2026: "覆盖率到2026年达60%", 2028: "到2028年达80%"}),
        ("2026年年底前立项。2026年内开工。", {2026: "2026年年底前立项；2026年内开工"}),
        # What is so far, from when on, in which years, and what lies outside the plan's years.
        ("截至2024年底，已建成2所。", {}),
        ("2025年底起实行积分入学。", {}),
        ("2025年至2027年每年培训一次。", {}),
        ("到2023年已达标；到2035年全面实现。", {}),
        ("落实2025年预算。", {}),
    ],
)
def test_words_that_name_a_year_by_which_something_is_due(words: str, expected: dict[int, str]) -> None:
    assert deadlines(words, PERIOD) == expected


def test_a_text_task_is_due_in_the_years_that_it_names() -> None:
    (task,) = _tasks(
        "一、建设学校\n\n加快选址。2026年6月底前开工；到2027年，建成2所。（责任单位：县教育局）\n"
    )
    assert task.due == {2026: "2026年6月底前开工", 2027: "到2027年，建成2所"}
    (headed,) = _tasks("一、2027年底前建成两所学校\n\n加快选址。\n\n责任单位：县教育局\n")
    assert headed.due == {2027: "2027年底前建成两所学校"}


def test_a_row_of_a_table_without_years_is_due_in_the_years_that_its_title_names() -> None:
    head = "任务清单\n\n序号\t工作任务\t牵头单位\t责任单位\n"
    rows = "1\t2027年底前建成2所学校\t县教育局\t县财政局\n2\t培训教师\t县教育局\t县人社局\n"
    first, second = _tasks(head + rows)
    assert (first.due, second.due) == ({2027: "2027年底前建成2所学校"}, {})


TABLE = """附件

任务清单

任务\t序号\t重点工作\t年度任务\t\t牵头单位\t责任单位
\t\t\t2024年\t2025年\t\t
一、扩大资源\t1\t新建学校\t1.选址。2.立项。\t建成2所。\t县教育局\t县财政局，各镇（街）
\t2\t培训教师\t全员培训。\t\t县教育局\t县人社局
二、保障\t3\t加强领导\t\t健全机制。\t县委教育工委\t县教育局
"""


def test_a_task_table_gives_what_is_due_each_year() -> None:
    first, second, third = _tasks(TABLE)
    assert (first.number, first.title, first.group) == ("1", "新建学校", "一、扩大资源")
    assert first.due == {2024: "1.选址。2.立项。", 2025: "建成2所。"}
    assert first.responsible == ("县财政局", "各镇（街）")
    assert second.due == {2024: "全员培训。"}
    assert (third.group, third.lead) == ("二、保障", ("县委教育工委",))


def test_the_same_task_in_text_and_table_is_one() -> None:
    told_first = "一、扩大资源\n\n1.新建学校。选址。继续建设。[牵头单位：县教育局；责任单位：县住建局]\n\n"
    text = told_first + TABLE
    found = _tasks(text)
    assert [task.number for task in found] == ["1", "2", "3"]
    (told,) = found[0].also
    assert text[told.start : told.end].startswith("1.新建学校")
    assert found[0].responsible == ("县财政局", "各镇（街）")


def test_numbers_that_come_again_are_told_apart() -> None:
    again = TABLE
    for old, new in (("新建学校", "扩建学校"), ("培训教师", "引进教师"), ("加强领导", "督导检查")):
        again = again.replace(old, new)
    numbers = [task.number for task in _tasks(TABLE + "\n另一部分说明文字，内容在此。\n\n" + again)]
    assert numbers == ["1", "2", "3", "1-2", "2-2", "3-2"]


def test_a_deadline_column_gives_the_year() -> None:
    text = (
        "序号\t任务内容\t完成时限\t责任单位\n1\t建成智慧校园\t2024年12月底前\t县教育局\n"
        "2\t健全制度\t长期\t各校\n"
    )
    first, second = _tasks(text)
    assert first.due == {2024: "2024年12月底前"}
    assert second.due == {}
