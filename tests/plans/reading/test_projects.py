"""Building projects: named and counted ones, what is done, when, for how many; never what is only praised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jiaoheng.plans.model import Period, Project
from jiaoheng.plans.reading import commitments, outline, projects, tables
from jiaoheng.plans.reading.source import Source
from plans.gold import items
from shared import shared

GOLD = Path(__file__).parents[1] / "gold"
SEEDS = {
    "000": "000_b2e5b65980bfcdcf.txt",
    "002": "002_ac163c1c7da036ac.txt",
    "004": "004_f9cdb5432da70a5b.txt",
}
YEARS = Period(start=2021, end=2025)


def of_text(text: str) -> tuple[Project, ...]:
    source = Source(text)
    found = tables.find(source)
    return projects.read(outline.outline(source, found).paragraphs, found, YEARS)


def under(body: str, heading: str = "二、主要任务") -> list[tuple[str, str | None, int | None]]:
    """Name, kind and year of the projects that a paragraph tells of."""
    found = of_text(
        f"青禾县教育发展“十四五”规划\n\n一、总体目标\n\n办好教育。\n\n{heading}\n\n{body}\n\n三、保障\n\n加强领导。\n"
    )
    return [(each.name, each.kind, each.due_year) for each in found]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_seeds_projects_are_found_and_no_others(seed: str) -> None:
    gold = json.loads((GOLD / f"{seed}.json").read_text(encoding="utf-8"))["projects"]
    found = [
        each.model_dump(mode="json")
        for each in of_text(shared(f"seeds/{SEEDS[seed]}").read_text(encoding="utf-8"))
    ]
    told = [
        {**each, "start": each["passage"]["start"], "end": each["passage"]["end"], "year": each["due_year"]}
        for each in found
    ]
    missed = [one["name"] for one in gold if not any(items.project_right(each, one) for each in told)]
    assert not missed
    assert len(found) == len(gold)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("新建12所公办幼儿园、改扩建初中2所。", [("新建12所公办幼儿园", "new"), ("改扩建初中2所", "extend")]),
        (
            "在东山街道新建小学2所（南湖、北湖附近）和初中1所。",
            [("东山街道新建小学2所（南湖、北湖附近）", "new"), ("东山街道新建初中1所", "new")],
        ),
        ("新建、改扩建幼儿园20所。", [("新建、改扩建幼儿园20所", None)]),
        ("改造薄弱学校15所。", [("改造薄弱学校15所", "rebuild")]),
        ("新建特殊教育学校1所。", [("新建特殊教育学校1所", "new")]),
        ("建设标准化特殊教育学校。", [("标准化特殊教育学校", "new")]),
    ],
)
def test_counted_projects(body: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(name, kind) for name, kind, _ in under(body)] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "扩建第二实验小学西校区、青禾中学学生公寓。",
            [("第二实验小学西校区", "extend"), ("青禾中学学生公寓", "extend")],
        ),
        (
            "新改扩建文化街小学、吉祥街小学等11所学校。",
            [("文化街小学", None), ("吉祥街小学", None)],
        ),
        (
            "加快推进龙山学校、凤凰小学等学校改扩建项目。",
            [("龙山学校", "extend"), ("凤凰小学", "extend")],
        ),
        ("加快推进县一中新校区、职教中心实训楼建设。", [("县一中新校区", None), ("职教中心实训楼", None)]),
        ("推进青禾中学三期建设。", [("青禾中学三期", "extend")]),
        ("完成东洲幼儿园扩建项目，开工建设月湾小学。", [("东洲幼儿园", "extend"), ("月湾小学", "new")]),
        (
            "推进5个项目，分别是：城东小学、河西中学改造工程。",
            [("城东小学", None), ("河西中学改造工程", "rebuild")],
        ),
        ("改扩建项目：青禾二中、北关小学。", [("青禾二中", "extend"), ("北关小学", "extend")]),
        (
            "抓好东山街道锦绣小区，西山镇的云湖小区、梅园小区等3个住宅小区配套公办幼儿园建设。",
            [
                ("东山街道锦绣小区配套公办幼儿园", "new"),
                ("西山镇云湖小区配套公办幼儿园", "new"),
                ("西山镇梅园小区配套公办幼儿园", "new"),
            ],
        ),
        ("对青禾县幼儿园等13所幼儿园进行升级改造。", [("青禾县幼儿园等13所幼儿园升级改造", "rebuild")]),
        ("加强棠湖中学的设备配置，改建教学楼。", [("棠湖中学改建教学楼", "rebuild")]),
    ],
)
def test_named_projects(body: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(name, kind) for name, kind, _ in under(body)] == expected


@pytest.mark.parametrize(
    "body",
    [
        "“十三五”期间，新建学校6所，改扩建城东小学。",
        "每个乡镇新建1所公办中心幼儿园，至少建成一所寄宿制学校。",
        "建设10所特色学校，打造5所示范幼儿园，建成智慧学校20所。",
        "推进平安校园建设，建设高质量学校，新建学校要配齐教师。",
        "通过学校新建、扩建工程，优化布局。推进公办园新建和改建工程。",
        "完成对全县中小学厕所的改造计划，实施校舍改造工程。",
        "支持青禾中学、青禾二中开展课程改革项目。",
    ],
)
def test_what_builds_nothing_of_its_own_is_no_project(body: str) -> None:
    assert under(body) == []


def test_what_was_built_before_is_no_project() -> None:
    assert under("新建城东小学、沙头小学。", heading="二、发展现状") == []


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ("到2023年，完成对城东中学及河西中学的升级改造。", 2023),
        ("加快推进城东中学迁建工程，2024年9月建成投入使用。", 2024),
        ("“十四五”期间，新建小学4所。", 2025),
        ("新建小学4所（其中2022年1所、2024年3所）。", 2024),
        ("新建城东中学。到2023年，毛入学率达到98%。", None),
    ],
)
def test_the_year_is_that_of_the_sentence(body: str, year: int | None) -> None:
    assert {due for _, _, due in under(body)} == {year}


def test_a_project_that_is_told_twice_is_one_with_a_steady_id() -> None:
    once = "青禾县教育发展规划\n\n一、任务\n\n新建标准化的特殊教育学校。到2023年，新建标准化特殊教育学校。\n"
    (first,) = of_text(once)
    (later,) = of_text(once.replace("一、任务\n", "一、任务\n\n坚持优先发展。\n"))
    assert first.due_year == 2023
    assert first.id == later.id
    assert first.passage.start != later.passage.start


def test_seats_belong_to_the_only_project_of_a_sentence() -> None:
    (one,) = of_text("青禾县规划\n\n一、任务\n\n新建青禾县城南小学，新增学位1620个。\n")
    assert (one.seats, one.stage, one.public) == (1620, "primary", None)
    two = of_text("青禾县规划\n\n一、任务\n\n新建青禾县城南小学，扩建城北中学，新增学位1620个。\n")
    assert [each.seats for each in two] == [None, None]


def test_traditional_characters_are_read() -> None:
    (one,) = of_text("青禾縣教育規劃\n\n一、任務\n\n擴建青禾縣鳳凰小學。\n")
    assert (one.name, one.kind) == ("青禾县凤凰小学", "extend")


def test_a_table_of_projects() -> None:
    rows = [
        "附表 重点建设项目",
        "序号\t项目名称\t建设性质\t建设规模\t建设地点\t建设年限\t总投资（万元）\t责任单位",
        "1\t城东小学\t新建\t36个班，新增学位1620个\t东山街道\t2022-2024\t8,500\t区教育局、区住建局",
        "2\t河西中学教学楼\t改扩建\t建筑面积6000平方米\t西山镇\t2023年\t—\t区教育局",
        "合计\t\t\t\t\t\t8,500\t",
    ]
    first, second = of_text("青禾区教育规划\n\n一、任务\n\n加快建设。\n\n" + "\n".join(rows) + "\n")
    assert (first.name, first.kind, first.stage, first.seats) == ("城东小学", "new", "primary", 1620)
    assert (first.area, first.start_year, first.due_year) == ("东山街道", 2022, 2024)
    assert (first.investment, first.lead) == (85_000_000, ("区教育局", "区住建局"))
    assert (second.kind, second.start_year, second.due_year) == ("extend", None, 2023)
    assert (second.seats, second.investment) == (None, None)


def test_a_bracket_gives_the_years_and_the_seats_of_its_project() -> None:
    found = of_text(
        "青禾县教育规划（2021—2025年）\n\n一、任务\n\n专栏1 学位建设\n\n"
        "1.新建河东街道第二小学（2022—2024年，学位1350个）。\n\n2.扩建青禾中学（2023年，900个学位）。\n"
    )
    assert [(each.name, each.start_year, each.due_year, each.seats) for each in found] == [
        ("河东街道第二小学", 2022, 2024, 1350),
        ("青禾中学", None, 2023, 900),
    ]


def test_a_range_of_schools_is_counted_with_its_place() -> None:
    assert under("到2024年，在河东城区新建配建3-6所公办幼儿园。") == [
        ("河东城区新建配建3-6所公办幼儿园", "new", 2024)
    ]


def test_departments_are_no_projects_nor_are_schools_that_are_only_needed() -> None:
    assert under("教育、财政、自然资源等部门联合审批学校建设项目。新建、改扩建必要的义务教育学校。") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("新建滨江学校（2024年建成，学位1800个）。", ["滨江学校学位"]),
        ("新建滨江学校（学位1800个）；扩建城南小学（学位900个）。", ["滨江学校学位", "城南小学学位"]),
        ("新建滨江学校，提供学位1800个。", ["滨江学校提供学位"]),
        # Seats of a county, of several projects together, and those that already say whose they are.
        ("新建滨江学校。到2025年，学位达到9000个。", ["学位"]),
        ("新建滨江学校、城南小学，提供学位2700个。", ["提供学位"]),
        ("新建滨江学校，新增公办小学学位1800个。", ["新增公办小学学位"]),
    ],
)
def test_seats_that_stand_beside_a_project_alone_are_its_own(body: str, expected: list[str]) -> None:
    source = Source(f"青禾县教育发展“十四五”规划\n\n一、主要任务\n\n{body}\n\n二、保障\n\n加强领导。\n")
    paragraphs = outline.outline(source, tables.find(source)).paragraphs
    found = projects.named_seats(commitments.read(paragraphs, YEARS), paragraphs, YEARS)
    assert [each.subject for each in found if each.unit == "个"] == expected
