"""Lints of the rules that come with Jiaoheng: sourced, named, used, and all that the five plans ask for."""

from __future__ import annotations

import re

import pytest

from jiaoheng.forecast.housing_norms import MOVING_IN
from jiaoheng.packs import Catalogue, Item
from jiaoheng.packs.catalogue import plain_name
from jiaoheng.packs.models import Quantity

CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Shares that the county reports as percentages: there is nothing to multiply.
REPORTED_SHARES = {
    "quality_balance_progress",
    "apprenticeship_share",
    "new_labour_higher_share",
    "mandarin_share",
}

SIHUI_TABLES = {
    "学前三年毛入园率(%)": ("preschool_gross_enrolment", "preschool"),
    "规范化幼儿园(%)": ("standardised_kindergarten_share", "preschool"),
    "公办及普惠性民办幼儿园占比(%)": ("inclusive_kindergarten_share", "preschool"),
    "小学适龄儿童净入学率(%)": ("net_enrolment", "primary"),
    "九年义务教育巩固率(%)": ("nine_year_retention", None),
    "高中阶段毛入学率(%)": ("upper_secondary_gross_enrolment", "upper_secondary"),
    "适龄残疾儿童少年入学率(%)": ("disabled_enrolment", None),
    "幼儿园专任教师专科以上学历比例(%)": ("teachers_one_level_up_share", "preschool"),
    "小学专任教师本科以上学历比例(%)": ("teachers_one_level_up_share", "primary"),
    "初中专任教师本科以上学历比例(%)": ("teachers_one_level_up_share", "junior"),
    "普通高中专任教师硕士研究生以上学历比例(%)": ("teachers_one_level_up_share", "senior"),
    "中职学校专任教师硕士研究生以上学历比例(%)": ("teachers_one_level_up_share", "vocational"),
    "小学学龄人口": ("school_age_population_primary", "primary"),
    "初中学龄人口": ("school_age_population_junior", "junior"),
    "学校数量": ("compulsory_school_count", "compulsory"),
    "新增学位数": ("new_seats_compulsory", "compulsory"),
    "学生体质健康标准优良率": ("fitness_good_or_better", "school"),
    "青少年儿童总体近视率": ("myopia_rate", "school"),
    "随迁子女入读公办学校比例": ("migrants_in_public_schools", "compulsory"),
    "实现县域义务教育优质均衡发展县(市)目标": ("quality_balance_progress", None),
}

SIHUI_TEXT = {
    "公办园及普惠性民办幼儿园在园幼儿占比": ("inclusive_preschool_share", "preschool"),
    "幼儿教师持证率": ("teachers_certified_share", "preschool"),
    "幼儿园园长与专任教师学历达标率": ("kindergarten_staff_qualified_share", "preschool"),
    "市一级以上幼儿园": ("first_class_kindergarten_share", "preschool"),
    "全市规范化幼儿园比例": ("standardised_kindergarten_share", "preschool"),
    "进城务工人员随迁子女入读公办学校比例": ("worker_migrants_in_public_schools", "compulsory"),
    "标准化学校创建率": ("standard_school_share", "compulsory"),
    "高考本科升学率": ("undergraduate_share", "senior"),
    "高中专任教师学历达标率": ("teachers_qualified_share", "senior"),
    "高中阶段教师硕士研究生以上学历比例": ("teachers_master_upper_secondary", "upper_secondary"),
    "“双师型”教师占专业课教师的比例": ("dual_qualified_share", "vocational"),
    "持证残障适龄儿童义务教育入学率": ("disabled_enrolment", None),
    "学生心理普查率": ("psychology_screened_share", "school"),
    "标准化心理咨询室建设": ("schools_with_psychology_room", "school"),
    "公共财政教育支出占公共财政预算支出的比例": ("education_share_of_budget", None),
    "体育与健康课程开课率": ("pe_course_share", None),
    "国家级体育特色学校数量": ("sports_schools_national_count", None),
}

PENGJIANG = {
    "幼儿学前三年入园率（%）": ("preschool_gross_enrolment_resident", "preschool"),
    "学前教育专任教师大专及以上学历比例（%）": ("teachers_one_level_up_share", "preschool"),
    "小学适龄儿童入学率（%）": ("net_enrolment", "primary"),
    "初中适龄少年入学率（%）": ("net_enrolment", "junior"),
    "九年义务教育巩固率（%）": ("nine_year_retention", None),
    "适龄“二孩”儿童入学率（%）": ("disabled_enrolment", None),
    "适龄“三残”少年儿童入学率": ("disabled_enrolment", None),
    "初中毕业生升学率（%）": ("junior_promotion", "junior"),
    "小学专任教师本科及以上学历比例（%）": ("teachers_one_level_up_share", "primary"),
    "初中专任教师本科及以上学历比例（%）": ("teachers_one_level_up_share", "junior"),
    "高中阶段教育毛入学率（%）": ("upper_secondary_gross_enrolment", "upper_secondary"),
    "高中阶段专任教师硕士研究生及以上学历比例（%）": ("teachers_master_upper_secondary", "upper_secondary"),
}

LECHANG = {
    "幼儿园学位数（万个）": ("seat_count", "preschool"),
    "学前三年毛入园率（%）": ("preschool_gross_enrolment", "preschool"),
    "学前教育教师接受专业教育的比例（%）": ("teachers_early_childhood_share", "preschool"),
    "幼儿园专任教师专科以上学历比例（%）": ("teachers_one_level_up_share", "preschool"),
    "学位数（万个）": ("seat_count_compulsory", "compulsory"),
    "九年义务教育巩固率（%）": ("nine_year_retention", None),
    "义务教育适龄残疾儿童少年入学率（%）": ("disabled_enrolment", None),
    "小学段校际优质均衡系数": ("cv_composite", "primary"),
    "初中段校际优质均衡系数": ("cv_composite", "junior"),
    "小学专任教师本科以上学历比例（%）": ("teachers_one_level_up_share", "primary"),
    "初中专任教师本科以上学历比例（%）": ("teachers_one_level_up_share", "junior"),
    "高中阶段学位数（万个）": ("seat_count", "senior"),
    "高中阶段教育毛入学率（%）": ("upper_secondary_gross_enrolment", "upper_secondary"),
    "高中专任教师硕士研究生以上学历比例（%）": ("teachers_one_level_up_share", "senior"),
    "中职学位数（万个）": ("seat_count", "vocational"),
    "现代学徒制培养比例 (%)": ("apprenticeship_share", None),
    "双师型教师占专业课教师比例 (%)": ("dual_qualified_share", "vocational"),
    "具有高等教育文化程度的人数 (万人)": ("higher_educated_count", None),
    "新增劳动力受过高等教育比例 (%)": ("new_labour_higher_share", None),
    "劳动年龄人口平均受教育年限 (年)": ("working_age_education_years", None),
    "普通话普及率 (%)": ("mandarin_share", None),
}

JIANGMEN = {
    "幼儿园专任教师大专以上学历比例": ("teachers_one_level_up_share", "preschool"),
    "高中阶段学校教师硕士研究生以上学历比例": ("teachers_master_upper_secondary", "upper_secondary"),
    "临聘教师占公办在编教职员比例": ("contract_teacher_share", "school"),
    "公办学校在校生（含政府购买学位）占比": ("public_share_with_purchased", "compulsory"),
    "教师培训经费占年度公用经费预算总额的比例": ("training_funds_share", "compulsory"),
    "公众满意度": ("public_approval", None),
}


@pytest.mark.parametrize("plan", [SIHUI_TABLES, SIHUI_TEXT, PENGJIANG, LECHANG, JIANGMEN])
def test_what_the_plans_name_is_found(catalogue: Catalogue, plan: dict[str, tuple[str, str | None]]) -> None:
    found = {name: catalogue.named(name) for name in plan}
    assert {name: (match.measure.id, match.stage) if match else None for name, match in found.items()} == plan


def test_sihui_has_twenty_indicators_pengjiang_eleven_lechang_twenty_one() -> None:
    # The misprinted 二孩 and the 三残 of the annex are one indicator.
    assert (len(SIHUI_TABLES), len(PENGJIANG) - 1, len(LECHANG)) == (20, 11, 21)


def test_there_are_well_over_sixty_measures(catalogue: Catalogue) -> None:
    assert len(catalogue.measures) >= 200


def test_every_entry_has_a_chinese_name_a_unit_a_clause_and_a_sourced_document(catalogue: Catalogue) -> None:
    for entry in catalogue.entries:
        assert CHINESE.search(entry.name), entry.id
        assert entry.document.source, entry.id
        if isinstance(entry, Quantity):
            assert CHINESE.search(entry.clause), entry.id
            assert entry.unit, entry.id


def test_every_measure_says_what_is_better_or_is_known_to_be_neutral(catalogue: Catalogue) -> None:
    judged = [m for m in catalogue.measures.values() if m.unit == "%" and m.better != "none"]
    assert len(judged) > 100
    for measure in catalogue.measures.values():
        if measure.rollup == "variation":
            assert measure.better == "lower", measure.id


def test_names_are_unique_for_each_stage(catalogue: Catalogue) -> None:
    seen: dict[tuple[str, str], str] = {}
    for measure in catalogue.measures.values():
        for row in measure.rows or ("",):
            assert seen.setdefault((plain_name(measure.name), row), measure.id) == measure.id


def test_percentages_are_multiplied_by_a_hundred(catalogue: Catalogue) -> None:
    for measure in catalogue.measures.values():
        if measure.unit == "%":
            assert measure.factor == (1 if measure.id in REPORTED_SHARES else 100), measure.id


def item_expressions(item: Item) -> list[str]:
    texts = [item.condition, item.value, item.within.value if item.within else None]
    for exemption in item.exemptions:
        texts += [exemption.when, exemption.value]
    return [text for text in texts if isinstance(text, str)]


def test_every_fact_is_used_or_explained(catalogue: Catalogue) -> None:
    used = {fact.id for measure in catalogue.measures.values() for fact in catalogue.facts_of(measure)}
    asked = [text for item in catalogue.items.values() for text in item_expressions(item)]
    used |= {name for text in asked for name in catalogue.node(text).columns()}
    assert [fact.id for fact in catalogue.facts.values() if fact.id not in used and not fact.note] == []


def test_every_parameter_is_used(catalogue: Catalogue) -> None:
    texts = [fact.expr for fact in catalogue.facts.values()]
    texts += [fact.records.expr for fact in catalogue.facts.values() if fact.records]
    for measure in catalogue.measures.values():
        texts += [t for t in (measure.numerator, measure.denominator, measure.plus, measure.where) if t]
    for check in catalogue.checks.values():
        texts += [t for t in (check.must, check.when) if t]
    texts += [text for item in catalogue.items.values() for text in item_expressions(item)]
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    # The base frame of measures reads the weights itself, the forecast how fast estates fill.
    assert catalogue.parameters.keys() - words == {"split_weight", *MOVING_IN}


def test_aliases_lead_to_their_own_measure(catalogue: Catalogue) -> None:
    for measure in catalogue.measures.values():
        for alias in measure.aliases:
            match = catalogue.named(alias.name)
            assert match is not None
            assert match.measure is measure
            assert alias.stage in (None, match.stage)


def test_an_unknown_name_leads_nowhere(catalogue: Catalogue) -> None:
    assert catalogue.named("人均绿地面积") is None


def test_what_was_not_checked_against_the_text_is_marked(catalogue: Catalogue) -> None:
    assert all(document.unverified for document in catalogue.documents.values() if document.date is None)
    assert catalogue.measures["oversize_class_share"].unverified
    assert catalogue.parameters["split_weight"].unverified


def test_the_seven_resource_measures_leave_out_what_the_rules_leave_out(catalogue: Catalogue) -> None:
    seven = [measure for id_, measure in catalogue.measures.items() if re.match(r"l[1-7]_", id_)]
    assert len(seven) == 7 + 2
    assert {measure.where for measure in seven} == {"in_resource_scope"}
    assert {measure.denominator for measure in seven} == {"pupils"}
    assert len(catalogue.measures["cv_composite"].mean_of) == 7
    assert len(catalogue.measures["cv_basic_composite"].mean_of) == 8
