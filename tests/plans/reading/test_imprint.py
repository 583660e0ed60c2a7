"""A document's title, number, issuer, date, years and region, wherever it prints them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading import imprint, outline, tables
from jiaoheng.plans.reading.imprint import Imprint
from jiaoheng.plans.reading.imprint.dates import full_date, month_only
from jiaoheng.plans.reading.imprint.names import authorities, region_of
from jiaoheng.plans.reading.source import Source
from shared import shared

GOLD = Path(__file__).parents[1] / "gold"
SEEDS = {
    "000": "000_b2e5b65980bfcdcf.txt",
    "002": "002_ac163c1c7da036ac.txt",
    "004": "004_f9cdb5432da70a5b.txt",
}
BODY = """
一、发展目标

（一）总体目标

到2027年，全县教育更加公平。到2027年，学前三年毛入园率达到95%。2025年完成布局。

二、主要任务

（一）优化布局

按照《山河省学位建设指引》（山教〔2021〕9号）要求，加快学校建设。
"""


def read(text: str, name: str = "plan.txt") -> Imprint:
    source = Source(text, name=name)
    return imprint.read(source, outline.outline(source, tables.find(source)))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_seeds_say_what_a_person_read(seed: str) -> None:
    gold = json.loads((GOLD / f"{seed}.json").read_text(encoding="utf-8"))
    found = read(shared(f"seeds/{SEEDS[seed]}").read_text(encoding="utf-8"), SEEDS[seed])
    assert (found.title, found.number, found.issuer) == (gold["title"], gold["number"], gold["issuer"])
    assert found.period == Period(**gold["period"])


def test_a_web_page_with_a_letter() -> None:
    title = "青禾县基础教育三年行动计划（2023-2025年）"
    found = read(
        f"首页 > 信息公开\n\n青禾县教育局 青禾县财政局关于印发《{title}》的通知\n\n"
        "发布时间：2023-05-04 09:12  来源：青禾县教育局  字体：大 中 小\n\n"
        "青教〔2023〕17号\n\n各乡镇人民政府：\n\n"
        f"现将《{title}》印发给你们，请认真贯彻执行。\n\n"
        f"青禾县教育局  青禾县财政局\n\n2023年4月28日\n\n{title}\n{BODY}"
    )
    assert found == Imprint(
        title=title,
        number="青教〔2023〕17号",
        issuer="青禾县教育局、青禾县财政局",
        published=date(2023, 5, 4),
        period=Period(start=2023, end=2025),
        region_name="青禾县",
    )


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("青府办【2022】4 号", "青府办〔2022〕4号"),
        ("青府[2021] 12号", "青府〔2021〕12号"),
        ("（青教发（2021）第8号）", "青教发〔2021〕8号"),
        ("文号：青府〔2022〕4号", "青府〔2022〕4号"),
        ("根据山府〔2020〕3号文件精神制定", None),
        ("2022年第3号", None),
    ],
)
def test_the_number_is_the_documents_own(line: str, number: str | None) -> None:
    assert read(f"青禾县教育发展“十四五”规划\n\n{line}\n{BODY}").number == number


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("青禾县教育发展规划（2021—2025年）", (2021, 2025)),
        ("青禾县教育事业发展“十五五”规划", (2026, 2030)),
        ("青禾县“十三五”教育发展规划", (2016, 2020)),
        ("青禾县学前教育行动计划（2023年—2027年）", (2023, 2027)),
        ("青禾县教育发展“十四五”规划和二〇三五年远景目标纲要", (2021, 2025)),
        ("青禾县教育布局规划（2021～2035）", (2021, 2035)),
    ],
)
def test_the_years_stand_in_the_title(title: str, period: tuple[int, int]) -> None:
    found = read(f"{title}\n\n青禾县教育局\n\n2021年8月3日\n{BODY}")
    assert found.period == Period(start=period[0], end=period[1])
    assert not [doubt for doubt in found.doubts if doubt.about == "period"]


def test_the_years_stand_in_the_text() -> None:
    text = "青禾县教育布局方案\n\n本规划期限为2022年至2026年。\n" + BODY
    assert read(text).period == Period(start=2022, end=2026)


def test_guessed_years_are_a_doubt() -> None:
    found = read(f"青禾县学前教育三年行动计划\n\n青禾县教育局\n\n二〇二三年五月十日\n{BODY}")
    (doubt,) = [doubt for doubt in found.doubts if doubt.about == "period"]
    assert found.published == date(2023, 5, 10)
    assert found.period == Period(start=2023, end=2025)
    assert doubt.options == ("2023-2025", "2023-2027")


def test_a_document_without_years_has_no_period() -> None:
    found = read("青禾县教育工作方案\n\n一、总体要求\n\n办好教育。\n")
    assert found.period is None
    assert "period" in {doubt.about for doubt in found.doubts}


def test_a_month_is_no_day() -> None:
    found = read(f"青禾县教育发展“十四五”规划\n\n二○二二年五月\n{BODY}")
    assert found.published is None
    assert "2022年5月" in next(doubt.question for doubt in found.doubts if doubt.about == "published")
    assert (full_date("2022年13月1日"), full_date("2022.6.2"), month_only("2022年6月2日")) == (
        None,
        date(2022, 6, 2),
        None,
    )


def test_a_page_without_an_issuer_offers_the_regions() -> None:
    found = read(f"白沙市青禾区教育发展“十四五”规划\n{BODY}")
    (doubt,) = [doubt for doubt in found.doubts if doubt.about == "issuer"]
    assert (found.issuer, found.region_name) == (None, "青禾区")
    assert doubt.options == ("青禾区人民政府", "青禾区教育局")


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("山河省白沙市青禾区教育规划", "青禾区"),
        ("中共青禾县委办公室", "青禾县"),
        ("津市市教育发展规划", "津市市"),
        ("石河自治州教育发展规划", "石河自治州"),
        ("学区化办学方案", None),
        ("全县教育发展规划", None),
        ("基础教育高质量发展行动方案", None),
    ],
)
def test_the_region_is_the_lowest_that_is_named(text: str, region: str | None) -> None:
    assert region_of(text) == region


def test_authorities_stand_side_by_side_or_are_none() -> None:
    assert authorities("青禾县人民政府办公室") == ["青禾县人民政府办公室"]
    assert authorities("青禾县委教育工作领导小组办公室") == ["青禾县委教育工作领导小组办公室"]
    assert authorities("青禾县发展和改革局、青禾县教育局") == ["青禾县发展和改革局", "青禾县教育局"]
    assert authorities("关于青禾县教育局的情况") == []


def test_what_a_city_wants_to_be_is_no_region() -> None:
    assert region_of("温州市教育强市建设实施意见") == "温州市"
    assert region_of("肇庆市四会市教育规划") == "四会市"


def test_a_plan_of_work_is_for_its_year() -> None:
    source = Source("某区教育局2024年工作要点\n\n一、目标\n\n新建学校2所。\n")
    found = imprint.read(source, outline.outline(source))
    assert found.period == Period(start=2024, end=2024)


def test_the_first_of_many_departments_is_the_issuer() -> None:
    letter = "青禾县教育局等九部门关于印发《青禾县学前教育行动计划》的通知\n\n各学校：\n\n"
    signed = "青禾县财政局\n\n2023年5月22日\n\n青禾县学前教育行动计划\n"
    assert read(letter + signed + BODY).issuer == "青禾县教育局"
