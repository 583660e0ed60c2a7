"""The chapters on tasks and projects: counts that add up, what is late, what is open, and no free text."""

from __future__ import annotations

from datetime import date

import pytest
import report_fake

from jiaoheng import plans
from jiaoheng.plans import following
from jiaoheng.plans.following import Following, State
from jiaoheng.plans.following.evidence import folder_of
from jiaoheng.reports import compose, followed, projects, tasks
from jiaoheng.reports.blocks import Block, Chapter, Figures, Grid, Notice, Paragraph
from jiaoheng.reports.tables import Table

PLAN_PATH = plans.shipped()["sihui-2021-2025"]
PLAN = plans.load(PLAN_PATH)
LEDGER = following.load(following.path_of(PLAN_PATH.parent / "example" / PLAN_PATH.name), PLAN)
AS_OF = date(2025, 12, 31)


@pytest.fixture(scope="module")
def example() -> Following:
    return following.follow(PLAN, LEDGER.entries, as_of=AS_OF)


def tables(blocks: list[Block]) -> dict[str, Table]:
    return {block.table.id: block.table for block in blocks if isinstance(block, Grid)}


def column(table: Table, head: str) -> list[str]:
    place = [one.head for one in table.columns].index(head)
    return [row[place].text for row in table.rows]


def chapters(**changes: object) -> dict[str, Chapter]:
    return {chapter.id: chapter for chapter in compose(report_fake.inputs(**changes)).chapters}


def test_the_example_ledger_is_marked_as_made_up_and_its_evidence_is_whole() -> None:
    assert LEDGER.path.read_text("utf-8").startswith("# 模拟数据")
    folder = folder_of(LEDGER.path)
    assert following.losses(folder, LEDGER.entries) == ()
    assert sum(len(entry.evidence) for entry in LEDGER.entries) == len(list(folder.iterdir())) > 0


def test_every_item_of_the_example_is_counted_once(example: Following) -> None:
    for found, kind in (
        (tables([*tasks.blocks(example)]), "task"),
        (tables([*projects.blocks(example)]), "project"),
    ):
        by_year = found[f"table-{kind}s-by-year"]
        own = example.of(kind)
        last = dict(
            zip([one.head for one in by_year.columns], [cell.text for cell in by_year.rows[-1]], strict=True)
        )
        assert last["合计"] == str(len(own))
        for state in State:
            assert last[state.label] == str(sum(each.state is state for each in own))


def test_what_is_late_is_listed_with_its_days(example: Following) -> None:
    late = tables([*tasks.blocks(example)])["table-tasks-late"]
    assert column(late, "逾期") == [str(standing.days_late) for standing in example.late] == ["365"]
    assert column(late, "负责单位") == ["市教育局"]


def test_an_open_matter_is_listed_with_what_it_waits_for(example: Following) -> None:
    open_ones = tables([*tasks.blocks(example)])["table-tasks-followed-up"]
    assert column(open_ones, "等待") == ["整改"]
    assert column(open_ones, "整改逾期") == ["33"]
    assert "约谈 2025-12-09" in column(open_ones, "已办理")[0]


def test_what_units_wrote_stays_out_of_the_published_report_and_in_the_one_for_the_office(
    example: Following,
) -> None:
    said = {entry.words for entry in LEDGER.entries if entry.words}
    assert said
    found = chapters(following=example)
    assert not [words for words in said if words in str(found["tasks"]) + str(found["projects"])]
    own = followed.document(
        example, region=("441284", "四会市"), unit="", lost=("少一份",), warning="", today=AS_OF
    )
    assert [chapter.title for chapter in own.chapters] == ["任务", "项目", "明细"]
    assert "仍有学校没有建成" in str(own.chapters[-1])
    assert "少一份" in str(own.chapters[-1])


def test_the_charts_say_in_words_what_they_draw(example: Following) -> None:
    drawn = [
        chart
        for block in (*tasks.blocks(example), *projects.blocks(example))
        if isinstance(block, Figures)
        for chart in block.charts
    ]
    assert [chart.alt for chart in drawn] == [
        "各年度任务的状态：2022年已完成 3 项；2023年已完成 2 项；2024年滞后 1 项；"
        "2025年进行中 1 项、未开始 1 项。",
        "各年完成的项目数：2021年 2 个、2022年 3 个、2023年 4 个、2024年 2 个、2025年 2 个。",
    ]


def test_seats_that_the_plan_does_not_state_are_not_counted_as_none() -> None:
    stated = PLAN.model_copy(
        update={
            "projects": tuple(
                project.model_copy(update={"seats": 1620}) if place == 0 else project
                for place, project in enumerate(PLAN.projects)
            )
        }
    )
    for plan, expected in (
        (PLAN, "规划没有写明各项目的学位数，不能合计。"),
        (
            stated,
            "写明学位数的 1 个项目共 1,620 个学位，已完成的有 1,620 个；"
            "另有 15 个项目没有写明学位数，没有计入。",
        ),
    ):
        opening = next(projects.blocks(following.follow(plan, LEDGER.entries, as_of=AS_OF)))
        assert isinstance(opening, Paragraph)
        assert opening.sentences[1].text == expected


def test_without_any_report_nothing_is_said_of_the_states() -> None:
    found = chapters(following=following.follow(PLAN, [], as_of=AS_OF))
    for id_ in ("tasks", "projects"):
        (block,) = found[id_].blocks
        assert isinstance(block, Notice)
        assert "还没有单位报告进展" in block.text


def test_without_tasks_and_projects_there_are_no_such_chapters() -> None:
    bare = PLAN.model_copy(update={"tasks": (), "projects": ()})
    found = chapters(following=following.follow(bare, [], as_of=AS_OF))
    assert not {"tasks", "projects"} & set(found)
    assert not {"tasks", "projects"} & set(chapters())


def test_evidence_that_was_lost_is_said(example: Following) -> None:
    last = chapters(following=example, evidence_lost=2)["tasks"].blocks[-1]
    assert isinstance(last, Notice)
    assert "2 份佐证材料" in last.text


def test_the_summary_says_how_tasks_and_projects_stand(example: Following) -> None:
    opening = chapters(following=example)["summary"].blocks[0]
    assert isinstance(opening, Paragraph)
    said = "".join(sentence.text for sentence in opening.sentences)
    assert "规划的 4 项任务，按年度分为 8 项：已完成 5 项" in said
    assert "规划的 16 个项目：已完成 13 个" in said
