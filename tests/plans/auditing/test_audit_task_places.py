from __future__ import annotations

from audit_building import found, written

from jiaoheng.plans import Passage, Task
from jiaoheng.plans.auditing import Audited, task_places

HEAD = "一、任务\n\n1.加强体育\n\n"
TABLE = "工作清单\n\n序号\t重点工作\t2023年\t2025年\t牵头单位\n1\t加强体育\t{due}\t开展评估。\t区教育局\n"


def plan(told: str, *, responsible: tuple[str, ...] = (), due: str = "开展体育活动。") -> Audited:
    """A task of the education bureau, in the text as `told` and in the table."""
    text = f"{HEAD}{told}\n\n{TABLE.format(due=due)}"
    start = text.index(told)
    task = Task(
        number="1",
        title="加强体育",
        due={2023: due},
        lead=("区教育局",),
        responsible=responsible,
        passage=Passage(section="工作清单", start=text.index("加强体育\t"), end=len(text)),
        also=(Passage(section="一、任务", start=start, end=start + len(told)),),
    )
    return written(text, tasks=(task,))


def kinds(audited: Audited) -> list[str]:
    return [kind for kind, _ in found(task_places.CHECKS, audited)]


def test_the_same_units_in_text_and_table_have_no_finding() -> None:
    told = "开展体育活动。[牵头单位：区教育局；责任单位：区财政局，各镇（街）]"
    assert kinds(plan(told, responsible=("区财政局", "各镇(街)"))) == []


def test_units_that_only_one_of_them_names_are_found() -> None:
    told = "开展体育活动。[牵头单位：区教育局；责任单位：区财政局，各镇（街）]"
    assert kinds(plan(told, responsible=("区财政局", "区民政局"))) == ["task_units_differ"]


def test_one_unit_in_two_wordings_is_a_note_and_no_difference() -> None:
    told = "开展体育活动。[牵头单位：区教育局；责任单位：区发展和改革委员会]"
    assert kinds(plan(told, responsible=("区发展改革局",))) == ["unit_two_names"]


def test_a_word_printed_twice_in_a_name_is_no_second_name() -> None:
    told = "开展体育活动。[牵头单位：区教育局；责任单位：区人力资源和社会保障保障局]"
    assert kinds(plan(told, responsible=("区人力资源和社会保障局",))) == []


def test_what_the_table_wants_earlier_than_the_text_dates_it_is_found() -> None:
    told = "到2025年，学生体质健康优良率达55%以上。"
    assert kinds(plan(told, due="学生体质健康优良率达55%以上。")) == ["due_year_differs"]


def test_a_lower_step_on_the_way_is_right() -> None:
    told = "到2025年，学生体质健康优良率达55%以上。"
    assert kinds(plan(told, due="学生体质健康优良率达50%以上。")) == []


def test_a_cell_that_names_a_later_year_is_found() -> None:
    due = "新建学校16所（其中2022年9所、2023年3所、2024年4所）。"
    assert kinds(plan("开展体育活动。", due=due)) == ["due_year_differs"]
    assert kinds(plan("开展体育活动。", due="落实《体育行动计划（2023—2026年）》。")) == []
