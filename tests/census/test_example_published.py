"""The example county meets every figure that is published for 四会.

Sources: the plan (四会市教育发展“十四五”规划, 四府〔2022〕4号, by line of its text), the census of 2010 and
2020 (county tables, code 441284). `pytest -s` prints published against generated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import pytest
from example_tables import frame, stages, tables, total

PLAN, CENSUS_2010, CENSUS_2020 = "四府〔2022〕4号", "2010年人口普查", "2020年人口普查"
CENTRAL = ("441284001", "441284002", "441284003", "441284106", "441284101")

of = pl.col("stage")
public, private = pl.col("ownership") == "public", pl.col("ownership") == "private"
compulsory = of.is_in(["primary", "junior"])
special = of == "special"
preschool = of == "preschool"


@dataclass(frozen=True)
class Fact:
    name: str
    published: float
    source: str
    generated: Callable[[], float]
    exact: bool = False

    @property
    def gap(self) -> float:
        return abs(self.generated() - self.published) / self.published


def county(column: str, year: int = 2020) -> float:
    return float(frame(year, "county")[column].item())


def kindergartens(*where: pl.Expr) -> float:
    return float(frame(2020, "schools").filter(pl.col("school_type") == "kindergarten", *where).height)


def schools_of(*types: str) -> float:
    return float(frame(2020, "schools").filter(pl.col("school_type").is_in(types), "counted").height)


def residents(low: int, high: int) -> float:
    return float(frame(2020, "population").filter(pl.col("age").is_between(low, high))["resident"].sum())


def school_age(low: int, high: int) -> float:
    return float(frame(2020, "population").filter(pl.col("age").is_between(low, high))["school_age"].sum())


def percent(part: float, whole: float) -> float:
    return 100 * part / whole


def teachers_with(stage: str, *qualifications: str) -> float:
    own = of == stage
    return percent(
        sum(total(2020, f"teachers_{name}", own) for name in qualifications), total(2020, "teachers", own)
    )


def seats(stage: list[str], years: range, column: str = "new_seats") -> float:
    return sum(total(year, column, of.is_in(stage)) for year in years)


def recruits(qualification: str | None = None) -> float:
    """Established teachers of the roster who came in 2016 to 2020."""
    hired = frame(2024, "teachers").filter(
        pl.col("hired").is_between(2016, 2020),
        pl.col("employment") == "established",
        pl.col("kind") == "teacher",
    )
    return float(hired.height if qualification is None else hired.filter(qualification=qualification).height)


def gross_senior() -> float:
    elsewhere = frame(2020, "county_stages")["enrolled_elsewhere"].sum()
    here = total(2020, "pupils", of.is_in(["senior", "vocational"]))
    return percent(here + elsewhere, school_age(15, 17))


def central_growth() -> float:
    where = (compulsory, pl.col("area_code").is_in(CENTRAL))
    return (total(2021, "pupils", *where) - total(2016, "pupils", *where)) / 5


def in_public() -> float:
    return percent(total(2020, "migrants", compulsory, public), total(2020, "migrants", compulsory))


def county_stage(column: str) -> float:
    return float(frame(2020, "county_stages").filter(stage="primary")[column].item())


def births_2010() -> float:
    births = frame(2020, "births").filter(birth_year=2010)["births"].sum()
    return 1000 * float(births) / 542873


P, J, N = "primary_school", "junior_school", "nine_year_school"
UPPER = (
    "senior_school",
    "complete_secondary_school",
    "twelve_year_school",
    "vocational_school",
    "special_school",
)

FACTS = [
    Fact("幼儿园（所）", 74, f"{PLAN} 110 行", kindergartens, exact=True),
    Fact("在园幼儿", 19522, f"{PLAN} 110 行", lambda: total(2020, "pupils", preschool), exact=True),
    Fact("中小学校（所）", 64, f"{PLAN} 110 行", lambda: schools_of(P, J, N, *UPPER), exact=True),
    Fact("在校生", 83755, f"{PLAN} 110 行", lambda: total(2020, "pupils", ~preschool), exact=True),
    Fact("在校在园人数", 103277, f"{PLAN} 110 行", lambda: total(2020, "pupils"), exact=True),
    Fact("教师", 5626, f"{PLAN} 110 行", lambda: total(2020, "teachers"), exact=True),
    Fact(
        "在校师生总数",
        108903,
        f"{PLAN} 110 行",
        lambda: total(2020, "pupils") + total(2020, "teachers"),
        exact=True,
    ),
    Fact("公办教师", 3342, f"{PLAN} 110 行", lambda: total(2020, "teachers", public), exact=True),
    Fact("民办教师", 2284, f"{PLAN} 110 行", lambda: total(2020, "teachers", private), exact=True),
    Fact(
        "民办学校教师",
        1098,
        f"{PLAN} 110 行",
        lambda: total(2020, "teachers", private, ~preschool),
        exact=True,
    ),
    Fact(
        "民办幼儿园教师",
        1186,
        f"{PLAN} 110 行",
        lambda: total(2020, "teachers", private, preschool),
        exact=True,
    ),
    Fact(
        "学前三年毛入园率",
        99.86,
        f"{PLAN} 表1 159 行",
        lambda: percent(total(2020, "pupils", preschool), school_age(3, 5)),
    ),
    Fact(
        "规范化幼儿园",
        98.65,
        f"{PLAN} 表1 167 行",
        lambda: percent(kindergartens(pl.col("standardised")), 74),
    ),
    Fact(
        "公办及普惠性民办幼儿园占比",
        86.49,
        f"{PLAN} 表1 175 行",
        lambda: percent(kindergartens(public | pl.col("inclusive").fill_null(value=False)), 74),
    ),
    Fact(
        "小学适龄儿童净入学率",
        100,
        f"{PLAN} 表1 185 行",
        lambda: percent(county_stage("school_age_enrolled"), county_stage("school_age_total")),
        exact=True,
    ),
    Fact(
        "九年义务教育巩固率",
        99.79,
        f"{PLAN} 表1 193 行",
        lambda: percent(county("nine_year_stayed"), county("nine_year_start")),
    ),
    Fact("高中阶段毛入学率", 97.02, f"{PLAN} 表1 201 行", gross_senior),
    Fact(
        "适龄残疾儿童少年入学率",
        98.32,
        f"{PLAN} 表1 211 行",
        lambda: percent(county("disabled_enrolled"), county("disabled_school_age")),
    ),
    Fact(
        "幼儿园专任教师专科以上",
        89.98,
        f"{PLAN} 表1 221 行",
        lambda: teachers_with("preschool", "doctor", "master", "bachelor", "college"),
    ),
    Fact(
        "小学专任教师本科以上",
        72.24,
        f"{PLAN} 表1 229 行",
        lambda: teachers_with("primary", "doctor", "master", "bachelor"),
    ),
    Fact(
        "初中专任教师本科以上",
        90.48,
        f"{PLAN} 表1 237 行",
        lambda: teachers_with("junior", "doctor", "master", "bachelor"),
    ),
    Fact(
        "普通高中专任教师硕士以上",
        11.2,
        f"{PLAN} 表1 245 行",
        lambda: teachers_with("senior", "doctor", "master"),
    ),
    Fact(
        "中职学校专任教师硕士以上",
        14.45,
        f"{PLAN} 表1 253 行",
        lambda: teachers_with("vocational", "doctor", "master"),
    ),
    Fact("小学学龄人口", 50478, f"{PLAN} 表2 309 行", lambda: school_age(6, 11), exact=True),
    Fact("初中学龄人口", 19573, f"{PLAN} 表2 315 行", lambda: school_age(12, 14), exact=True),
    Fact("义务教育学校（所）", 59, f"{PLAN} 表2 321 行", lambda: schools_of(P, J, N), exact=True),
    Fact(
        "义务教育新增学位",
        675,
        f"{PLAN} 表2 327 行",
        lambda: seats(["primary", "junior"], range(2020, 2021)),
        exact=True,
    ),
    Fact(
        "学生体质健康标准优良率",
        42,
        f"{PLAN} 表2 335 行",
        lambda: percent(
            total(2020, "fitness_excellent", compulsory) + total(2020, "fitness_good", compulsory),
            total(2020, "fitness_tested", compulsory),
        ),
    ),
    Fact(
        "青少年儿童总体近视率",
        43.6,
        f"{PLAN} 表2 341 行",
        lambda: percent(total(2020, "myopic"), total(2020, "eyesight_tested")),
    ),
    Fact("随迁子女入读公办学校比例", 74.48, f"{PLAN} 表2 347 行", in_public),
    Fact(
        "优质均衡县达标进度",
        20,
        f"{PLAN} 表2 353 行",
        lambda: county("compulsory_balance_progress"),
        exact=True,
    ),
    Fact(
        "十三五新增义务教育学位",
        7212,
        f"{PLAN} 96 行",
        lambda: seats(["primary", "junior", "special"], range(2016, 2021)),
        exact=True,
    ),
    Fact(
        "十三五新增公办学前学位",
        1270,
        f"{PLAN} 96 行",
        lambda: seats(["preschool"], range(2016, 2021), "new_public_seats"),
        exact=True,
    ),
    Fact("国家级体育特色学校", 9, f"{PLAN} 98 行", lambda: county("sports_schools_national"), exact=True),
    Fact("省级体育特色学校", 9, f"{PLAN} 98 行", lambda: county("sports_schools_provincial"), exact=True),
    Fact("省级艺术特色学校", 9, f"{PLAN} 98 行", lambda: county("arts_schools_provincial"), exact=True),
    Fact("肇庆市书法特色学校", 23, f"{PLAN} 98 行", lambda: county("calligraphy_schools"), exact=True),
    Fact(
        "十三五招录编制教师",
        332,
        f"{PLAN} 104 行",
        lambda: sum(total(year, "teachers_hired", public) for year in range(2016, 2021)),
        exact=True,
    ),
    Fact("其中大专及以下", 49, f"{PLAN} 104 行", lambda: recruits("college"), exact=True),
    Fact("其中本科", 269, f"{PLAN} 104 行", lambda: recruits("bachelor"), exact=True),
    Fact("其中研究生", 14, f"{PLAN} 104 行", lambda: recruits("master"), exact=True),
    Fact("名册中十三五招录教师", 332, f"{PLAN} 104 行", recruits, exact=True),
    Fact("中心五镇街年均增加义务教育学生", 3300, f"{PLAN} 365 行", central_growth),
    Fact("住宅小区（个）", 18, f"{PLAN} 365 行", lambda: float(frame(2020, "housing").height), exact=True),
    Fact(
        "住宅小区规划人口",
        134486,
        f"{PLAN} 365 行",
        lambda: float(frame(2020, "housing")["planned_population"].sum()),
        exact=True,
    ),
    Fact(
        "户均人口", 3.2, f"{PLAN} 365 行", lambda: 134486 / float(frame(2020, "housing")["households"].sum())
    ),
    Fact("出生率（‰）", 9.35, CENSUS_2010, births_2010),
    Fact("常住人口", 640910, CENSUS_2020, lambda: residents(0, 100), exact=True),
    Fact("常住人口（县表）", 640910, CENSUS_2020, lambda: county("resident_population"), exact=True),
    Fact("0 岁", 5526, CENSUS_2020, lambda: residents(0, 0), exact=True),
    Fact("1-4 岁", 30750, CENSUS_2020, lambda: residents(1, 4), exact=True),
    Fact("5-9 岁", 43368, CENSUS_2020, lambda: residents(5, 9), exact=True),
    Fact("10-14 岁", 39384, CENSUS_2020, lambda: residents(10, 14), exact=True),
    Fact("15-19 岁", 31169, CENSUS_2020, lambda: residents(15, 19), exact=True),
    Fact("城镇人口", 452536, CENSUS_2020, lambda: county("urban_population"), exact=True),
]


def test_every_published_figure_is_met_within_half_a_percent() -> None:
    lines = [
        f"{fact.name}｜公布 {fact.published:g}｜生成 {fact.generated():.6g}｜{fact.source}" for fact in FACTS
    ]
    print("\n" + "\n".join(lines))
    missed = [line for line, fact in zip(lines, FACTS, strict=True) if fact.gap > 0.005]
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.exact], ids=lambda fact: fact.name)
def test_counts_are_met_exactly(fact: Fact) -> None:
    assert fact.generated() == fact.published


@pytest.mark.parametrize(
    "name",
    [
        *("彭冲湾小学", "玉城学校", "特殊教育学校", "荔枝湾小学", "东城中学", "清东幼儿园", "沙头幼儿园"),
        *("黄岗幼儿园", "前锋幼儿园", "下布幼儿园", "实验学校", "四会中学", "华侨中学", "大沙中学"),
        *("黄涛中心小学", "龙甫学校", "周开泉中学", "仲泰小学"),
    ],
)
def test_a_school_that_the_plan_names_is_there(name: str) -> None:
    assert stages(2020).filter(pl.col("name").str.ends_with(name)).height > 0


def test_the_towns_of_the_county_are_there() -> None:
    towns = set(frame(2020, "areas")["name"])
    central = {"东城街道", "城中街道", "贞山街道", "大沙镇", "龙甫镇"}
    others = {"地豆镇", "威整镇", "罗源镇", "迳口镇", "江谷镇", "石狗镇", "黄田镇", "下茆镇"}
    assert towns == central | others


def test_the_plan_s_projects_add_up_to_its_seats() -> None:
    projects = frame(2021, "projects").filter(pl.col("due_year") > 2020)
    by_stage = dict(projects.group_by("stage").agg(pl.col("seats").sum()).iter_rows())
    assert by_stage["primary"] + by_stage["junior"] == 22000
    assert by_stage["preschool"] == 8800
    senior = projects.filter(stage="senior").group_by("public").agg(pl.col("seats").sum())
    assert dict(senior.iter_rows()) == {True: 1000, False: 2700}


def test_there_is_a_snapshot_for_each_of_ten_years() -> None:
    assert sorted(tables()) == list(range(2016, 2026))
