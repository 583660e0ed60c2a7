"""What a plan names finds its measure in any usual wording; what it does not name finds none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jiaoheng import measures
from jiaoheng.packs import Catalogue
from jiaoheng.plans import load, shipped
from jiaoheng.plans.reading.linking import Link, link
from jiaoheng.plans.reading.linking.names import key

GOLD = Path(__file__).parents[1] / "gold"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return measures.catalogue()


def test_sihui_is_linked_as_a_person_linked_it(catalogue: Catalogue) -> None:
    plan = load(shipped()["sihui-2021-2025"])
    found = {each.id: link(each.name, each.unit, each.group, catalogue) for each in plan.indicators}
    assert found == {each.id: Link(each.measure, each.stage) for each in plan.indicators}
    assert len(found) == 20


def test_pengjiang_is_linked(catalogue: Catalogue) -> None:
    rows = json.loads((GOLD / "000.json").read_text(encoding="utf-8"))["indicators"]
    found = [link(row["name"], row["unit"], row["group"], catalogue) for row in rows]
    assert [(each.measure, each.stage) for each in found] == [
        ("preschool_gross_enrolment_resident", "preschool"),
        ("teachers_one_level_up_share", "preschool"),
        ("net_enrolment", "primary"),
        ("net_enrolment", "junior"),
        ("nine_year_retention", None),
        ("disabled_enrolment", None),
        ("junior_promotion", "junior"),
        ("teachers_one_level_up_share", "primary"),
        ("teachers_one_level_up_share", "junior"),
        ("upper_secondary_gross_enrolment", "upper_secondary"),
        ("teachers_master_upper_secondary", "upper_secondary"),
    ]


@pytest.mark.parametrize(
    ("name", "measure", "stage"),
    [
        ("普惠性幼儿园在园幼儿占比", "inclusive_preschool_share", "preschool"),
        ("公办园在园幼儿占在园幼儿总数的比例", "public_preschool_share", "preschool"),
        ("小学专任教师中具有本科及以上学历的比例", "teachers_one_level_up_share", "primary"),
        ("学前教育专任教师学历大专以上占比", "teachers_one_level_up_share", "preschool"),
        ("高中阶段教育专任教师中研究生学历比例", "teachers_master_upper_secondary", "upper_secondary"),
        ("残疾儿童少年义务教育入学率（%）", "disabled_enrolment", None),
        ("国家学生体质健康标准达标优良率", "fitness_good_or_better", "school"),
        ("初中大班额占比", "oversize_class_share", "junior"),
        ("高中毛入学率", "upper_secondary_gross_enrolment", "upper_secondary"),
        ("随迁子女在公办学校就读比例", "migrants_in_public_schools", "compulsory"),
        ("普惠性学前教育资源覆盖率", "inclusive_preschool_share", "preschool"),
        ("义务教育标准化学校覆盖率", "standard_school_share", "compulsory"),
        ("双师型教师占专业教师比例", "dual_qualified_share", "vocational"),
        ("義務教育鞏固率", "nine_year_retention", None),
    ],
)
def test_other_wordings_lead_to_the_measure(
    catalogue: Catalogue, name: str, measure: str, stage: str | None
) -> None:
    assert catalogue.named(name) is None
    assert link(name, "%", "", catalogue) == Link(measure, stage)


@pytest.mark.parametrize(
    ("group", "name", "unit", "measure", "stage"),
    [
        ("小学", "净入学率", "%", "net_enrolment", "primary"),
        ("初中", "专任教师本科及以上学历比例", "%", "teachers_one_level_up_share", "junior"),
        ("学前教育", "毛入园率", "%", "preschool_gross_enrolment", "preschool"),
        ("学前教育", "学校数量", "所", "school_count", "preschool"),
        ("九年义务教育", "学校数量", "所", "compulsory_school_count", "compulsory"),
    ],
)
def test_a_name_without_a_stage_takes_its_groups(
    catalogue: Catalogue, group: str, name: str, unit: str, measure: str, stage: str
) -> None:
    assert link(name, unit, group, catalogue) == Link(measure, stage)


def test_the_stage_of_the_name_wins_over_the_group(catalogue: Catalogue) -> None:
    assert link("小学净入学率", "%", "学前教育", catalogue) == Link("net_enrolment", "primary")


@pytest.mark.parametrize(
    ("name", "unit", "group", "why"),
    [
        ("名师工作室", "个", "", "没有与「名师工作室」相同"),
        ("普通高中毛入学率", "%", "", "没有与"),
        ("民办学校学生占公办学校学生比例", "%", "", "没有与"),
        ("学生体质健康优良率", "个百分点", "", "单位“个百分点”与"),
        ("双师型教师占专业课教师比例", "%", "小学", "没有这个学段"),
        ("大班额比例", "%", "义务教育", "没有“义务教育”的合计"),
        ("每学期开设专题国防教育课", "节", "", "没有与"),
    ],
)
def test_what_no_measure_follows_says_why(
    catalogue: Catalogue, name: str, unit: str, group: str, why: str
) -> None:
    found = link(name, unit, group, catalogue)
    assert (found.measure, found.stage) == (None, None)
    assert why in (found.unlinked or "")


def test_a_school_of_one_stage_is_not_a_school_of_another() -> None:
    assert key("中小学近视率").stages == {"school"}
    assert key("高中阶段毛入学率").stages == {"upper_secondary"}
    assert key("普通高中毛入学率").stages == {"senior"}
    assert key("小学、初中大班额比例").stages == {"compulsory"}
