"""What a paragraph promises: value, unit, comparator, year and subject."""

from typing import Literal

import pytest

from jiaoheng.plans.model import Commitment, Period
from jiaoheng.plans.reading import commitments
from jiaoheng.plans.reading.flow import flow
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.source import Source, Span

Kind = Literal["text", "footnote", "front"]
PERIOD = Period(start=2021, end=2025)


def paragraph(text: str, *section: str, kind: Kind = "text") -> Paragraph:
    source = Source(text)
    return Paragraph(flow(source, [Span(0, len(text))]), section or ("第三章 重点任务",), kind)


def read(text: str, *section: str, kind: Kind = "text") -> tuple[Commitment, ...]:
    return commitments.read([paragraph(text, *section, kind=kind)], PERIOD)


def short(found: tuple[Commitment, ...]) -> list[tuple[str, float, str, int]]:
    return [(one.target.op, one.target.value, one.unit, one.target.year) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2024年，学前三年毛入园率达到96%。", (">=", 96, "%", 2024)),
        ("到2024年，专任教师本科率提高到85%以上。", (">=", 85, "%", 2024)),
        ("2023年底前，新建公办幼儿园12所。", ("=", 12, "所", 2023)),
        ("新增优质学位超3.8万个。", (">", 38000, "个", 2025)),
        ("新增公办学位4500个。", ("increase_by", 4500, "个", 2025)),
        ("预计新增幼儿园学位约8800个。", ("~", 8800, "个", 2025)),
        ("学生辍学率为0。", ("=", 0, "", 2025)),
        ("临聘教师占比不得超过5%。", ("<=", 5, "%", 2025)),
        ("保证学生每天校内锻炼时间≥1小时。", (">=", 1, "小时", 2025)),
        ("按照不低于教师工资总额2%安排培训经费。", (">=", 2, "%", 2025)),
        ("每名教师每五年应接受不少于360学时的培训。", (">=", 360, "学时", 2025)),
        ("在城东新建一所九年一贯制学校。", ("=", 1, "所", 2025)),
        ("每个街道至少设置一所公办幼儿园。", (">=", 1, "所", 2025)),
        ("争取2024年达到“5383”任务指标。", (">=", 5383, "", 2024)),
        ("2023-2024年体质健康优良率每年提升2个百分点。", ("increase_by", 2, "个百分点", 2024)),
        ("投入教育信息化资金1.2亿元。", ("=", 120_000_000, "元", 2025)),
        ("“十四五”期间，建设精品课程30门。", ("=", 30, "门", 2025)),
        ("每年举办一次教育论坛。", ("=", 1, "次", 2025)),
        ("公用经费标准提高到每生每年1500元。", ("increase_to", 1500, "元", 2025)),
        ("财政性教育经费占GDP比例保持在4%以上。", (">=", 4, "%", 2025)),
        ("余项不能低于要求的85%。", (">=", 85, "%", 2025)),
        ("落实中小学生每天一小时体育锻炼时间。", ("=", 1, "小时", 2025)),
        ("3000户以上的小区配建幼儿园1所。", ("=", 1, "所", 2025)),
        ("培养骨干教师百分之二十以上。", (">=", 20, "%", 2025)),
    ],
)
def test_one_sentence_gives_one_commitment(text: str, expected: tuple[str, float, str, int]) -> None:
    assert short(read(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "目前，全区有幼儿园103所，在园幼儿19522人。",
        "五年来累计引进教师799名。",
        "截至2020年底，公办园在园幼儿占比达到51%。",
        "2019年专任教师本科率达到92%。",
        "预测到2025年在园幼儿将达到2.6万人。",
        "按照每千人不低于80座的标准计算，需求约1500个。",
        "实施“1133”工程，推进信息技术应用能力提升工程2.0。",
        "推动五项党建工程，打造三大平台。",
        "新任校长应有5年以上一线教学经历。",
        "实行校长任期制，每届任期为5年，试用期1年。",
        "切实巩固提升“5080”成果。",
        "根据《发展规划（2021—2025年）》（教发〔2021〕12号）执行。",
        "围绕学校办学评价30条指标，逐块补短。",
        "9月10日召开表彰大会。",
        "充分发挥6所省级示范校的作用。",
        "开展“5+2”课后服务。",
        "建立一批名师工作室，形成一校一品格局。",
        "50周岁以上女教师可不参加交流。",
        "将全县划分为两个片区。",
        "撤并10人以下教学点。",
        "落实好国家规定的14项免费政策。",
        "近三年招聘的教师中本科学历占95%。",
    ],
)
def test_the_past_forecasts_names_conditions_and_lists_are_no_commitments(text: str) -> None:
    assert read(text) == ()


def test_a_chapter_on_what_was_achieved_promises_nothing() -> None:
    text = "学前三年毛入园率达到98%，新建幼儿园5所。"
    assert read(text, "第一章 发展基础与面临形势", "第一节 发展基础") == ()
    assert len(read(text, "第二章 发展目标")) == 2


def test_a_footnote_defines_and_promises_nothing() -> None:
    assert read("“5080”：公办园占比达到50%以上，普惠园占比达到80%以上。", kind="footnote") == ()


def test_parallel_figures_have_each_its_subject_and_the_shared_comparator() -> None:
    first, second = read("小学和初中专任教师本科以上学历比例分别达到93%和98%。")
    assert (first.subject, first.target.op, first.target.value) == (
        "小学专任教师本科以上学历比例",
        ">=",
        93,
    )
    assert (second.subject, second.target.op, second.target.value) == (
        "初中专任教师本科以上学历比例",
        ">=",
        98,
    )


def test_a_bracket_shares_a_total_out_among_years() -> None:
    found = read("义务教育阶段新建学校8所（其中2021年4所、2022年3所、2023年1所），改扩建学校5所。")
    assert short(found) == [
        ("=", 8, "所", 2023),
        ("=", 4, "所", 2021),
        ("=", 3, "所", 2022),
        ("=", 1, "所", 2023),
        ("=", 5, "所", 2023),
    ]
    assert {one.subject for one in found[:4]} == {"义务教育阶段新建学校"}


def test_each_year_holds_for_what_follows_it() -> None:
    found = read("力争在2022年达到“5181”，2023年达到“5282”；到2024年，优质园占比达到60%，普惠园占比达到85%。")
    assert [one.target.year for one in found] == [2022, 2023, 2024, 2024]


@pytest.mark.parametrize("joint", ["以上，", "、", "。公办园占比"])
def test_a_year_between_a_share_and_its_figure_is_the_year_and_no_part_of_the_name(joint: str) -> None:
    found = read(f"公办园占比2022年达到52%{joint}2025年达到55%。")
    assert [(one.subject, one.target.year) for one in found] == [("公办园占比", 2022), ("公办园占比", 2025)]


def test_a_share_right_after_a_count_is_of_what_was_counted() -> None:
    *_, count, share = read("到2025年，高中研究生学历教师占比达到20%；新增公办园教师50名，占30%以上。")
    assert (count.subject, share.subject) == ("新增公办园教师", "新增公办园教师占比")


def test_a_year_that_only_describes_holds_for_its_clause_alone() -> None:
    found = read("且2022年公用经费提标部分的50%用于培训，各学校按不低于公用经费的10%安排培训经费。")
    assert [one.target.year for one in found] == [2022, 2025]


def test_a_heading_with_years_and_a_line_that_leads_in_give_the_year() -> None:
    assert read("新建学校3所。", "附件", "三年行动计划（2021—2023年）")[0].target.year == 2023
    lead = paragraph("到2023年，实现以下目标：")
    assert commitments.read([lead, paragraph("1.新建学校3所。")], PERIOD)[0].target.year == 2023


def test_a_span_covers_the_words_in_the_source_and_the_quote_is_theirs() -> None:
    text = "学前教育毛入园率达\n\n到 96% 以上。"
    (found,) = read(text)
    assert found.passage.start is not None
    assert text[found.passage.start : found.passage.end] == "达\n\n到 96% 以上"
    assert found.passage.quote == "达到96%以上"


def test_a_standing_duty_names_its_time() -> None:
    (found,) = read("每位教研员每年接受培训累计不少于90学时。")
    assert found.per == "每年"
    assert found.subject.startswith("每位教研员每年接受培训")


def test_a_rise_from_a_to_b_gives_the_target_and_its_baseline() -> None:
    (found,) = read("普惠率由2020年的82.5%提高到2025年的88%。")
    assert (found.target.op, found.target.value, found.target.year) == ("increase_to", 88, 2025)
    assert found.baseline is not None
    assert (found.baseline.year, found.baseline.value) == (2020, 82.5)
    assert found.subject == "普惠率"


def test_a_baseline_without_a_year_is_that_of_the_year_before_the_plan() -> None:
    (found,) = read("到2025年，平均受教育年限从10.8年提高到11.3年。")
    assert found.baseline is not None
    assert (found.baseline.year, found.baseline.value, found.target.value) == (2020, 10.8, 11.3)


def test_each_figure_of_a_row_takes_its_own_year() -> None:
    found = read("到2023年、2025年，公办园占比分别达到52%和55%。")
    assert short(found) == [(">=", 52, "%", 2023), (">=", 55, "%", 2025)]
    assert {one.subject for one in found} == {"公办园占比"}


def test_a_second_row_without_subjects_takes_those_of_the_first() -> None:
    found = read("2023年入园率和巩固率分别达到90%、98%；2025年分别达到95%、99%以上。")
    assert [one.subject for one in found] == ["入园率", "巩固率", "入园率", "巩固率"]
    assert [one.target.year for one in found] == [2023, 2023, 2025, 2025]


def test_a_list_by_stage_shares_comparator_and_measure() -> None:
    found = read("差异系数小学控制在0.50以内，初中控制在0.45以内，生均图书不少于小学25册、初中35册。")
    assert [(one.target.op, one.target.value) for one in found] == [
        ("<=", 0.5),
        ("<=", 0.45),
        (">=", 25),
        (">=", 35),
    ]
    assert found[1].subject == "差异系数初中"


def test_a_list_shares_the_verb_of_its_first() -> None:
    found = read("选派20名校长、100名骨干教师跟岗学习。")
    assert [(one.subject, one.target.value) for one in found] == [("选派校长", 20), ("选派骨干教师", 100)]


def test_a_ratio_is_one_figure() -> None:
    (found,) = read("小学生师比不高于19:1。")
    assert (found.target.op, found.target.value, found.unit) == ("<=", 19, "")


def test_numbers_in_the_names_of_measures_stay_in_the_subject() -> None:
    found = read("学前三年毛入园率达到99%，九年义务教育巩固率达到98%，56人以上大班额比例控制在1%以内。")
    assert [one.subject for one in found] == ["学前三年毛入园率", "九年义务教育巩固率", "56人以上大班额比例"]


def test_thousands_are_no_clauses_and_half_width_commas_are() -> None:
    assert short(read("新增学位1,200个,2023年新建学校3所。")) == [
        ("increase_by", 1200, "个", 2025),
        ("=", 3, "所", 2023),
    ]


def test_what_was_reached_stays_past_in_the_clauses_that_follow() -> None:
    assert read("目前，全区有学校60所，教师3000人，普惠率达到85%。") == ()
    assert len(read("目前普惠率为80%，到2025年达到85%。")) == 1


def test_a_part_by_area_keeps_the_name_of_the_whole() -> None:
    found = read("规划新建幼儿园15所，其中城区10所，乡镇5所；2022年建成5所。")
    assert [one.subject for one in found][:3] == [
        "规划新建幼儿园",
        "城区规划新建幼儿园",
        "乡镇规划新建幼儿园",
    ]
    assert found[3].subject.endswith("规划新建幼儿园")
    assert [one.target.year for one in found] == [2025, 2025, 2025, 2022]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深入推进全县9所数字化试点学校建设。", ("=", 9, "所", 2025)),
        ("新任教师五年内到村小任教至少2年。", (">=", 2, "年", 2025)),
        ("干部在同一岗位连续任职一般不超过10年。", ("<=", 10, "年", 2025)),
        ("2024年将3所小学改为九年一贯制学校。", ("=", 3, "所", 2024)),
    ],
)
def test_what_is_pushed_served_or_changed_is_promised(
    text: str, expected: tuple[str, float, str, int]
) -> None:
    assert short(read(text)) == [expected]


@pytest.mark.parametrize(
    "text", ["把各学段整合为两个或多个独立学校。", "依托两个固定的教研平台，加强教师培训。"]
)
def test_what_is_undecided_or_stood_upon_is_not(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    "heading", ["（四）补齐特殊教育短板", "第三节 基于育人成效推进改革", "四、积极应对挑战"]
)
def test_headings_that_act_upon_a_shortcoming_look_ahead(heading: str) -> None:
    assert short(read("残疾儿童入学率达到97%。", heading)) == [(">=", 97, "%", 2025)]


@pytest.mark.parametrize("heading", ["二、存在短板", "第一节 主要成效", "二、面临的挑战"])
def test_headings_that_name_it_look_back(heading: str) -> None:
    assert read("残疾儿童入学率达到97%。", heading) == ()


def test_a_paragraph_that_opens_with_a_deadline_holds_it_for_its_sentences() -> None:
    text = (
        "到2023年，均衡配置机制建立。东部各镇新创建教育集团不少于4个。到2024年，体系形成。创建示范园3所以上。"
    )
    assert short(read(text)) == [(">=", 4, "个", 2023), (">=", 3, "所", 2024)]


def test_a_deadline_within_a_paragraph_does_not() -> None:
    text = "优化管理。到2023年，机制建立。各镇创建示范园3所以上。"
    assert short(read(text)) == [(">=", 3, "所", 2025)]


def test_what_is_added_in_a_list_is_all_added() -> None:
    text = "新增幼儿园园位600个、中小学学位2500个，新建教学楼3栋。"
    assert short(read(text)) == [
        ("increase_by", 600, "个", 2025),
        ("increase_by", 2500, "个", 2025),
        ("=", 3, "栋", 2025),
    ]


def test_a_year_after_a_half_width_semicolon_holds_to_the_end_of_its_sentence() -> None:
    text = "2023年毛入园率、巩固率分别达到90%、99%;2025年分别达到95%、99.5%,继续教育参与率达60%以上。"
    assert [(value, year) for _, value, _, year in short(read(text))] == [
        (90, 2023),
        (99, 2023),
        (95, 2025),
        (99.5, 2025),
        (60, 2025),
    ]


def test_a_size_that_says_which_schools_or_counties_are_meant_is_no_promise() -> None:
    assert short(read("常住人口6万人以上或初中毕业生1500人以上的县,应建设1所普通高中。")) == [
        ("=", 1, "所", 2025)
    ]
    assert read("到2025年全面消除4000人以上普通高中校点。") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "共增加心理健康教师60名（其中小学35名、初中25名）。",
            ["增加小学心理健康教师", "增加初中心理健康教师"],
        ),
        ("配备专任教师300名，其中小学200名、初中100名。", ["配备小学专任教师", "配备初中专任教师"]),
        ("新增学位5000个，其中小学3000个、初中2000个。", ["新增小学学位", "新增初中学位"]),
        # Of schools the stage says it all; and what is no stage is a thing of its own.
        ("新建学校16所，其中小学10所、初中6所。", ["新建小学", "新建初中"]),
        ("培训校长20名、教师100名。", ["培训教师"]),
    ],
)
def test_a_part_of_a_count_is_of_what_was_counted(text: str, expected: list[str]) -> None:
    assert [one.subject for one in read(text)][1:] == expected
