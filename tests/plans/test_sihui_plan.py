"""Sihui's plan as shipped, against the published text: every row, figure, comparator and property."""

from __future__ import annotations

import re

import pytest

from jiaoheng import measures
from jiaoheng.plans import Indicator, Plan, load, shipped, target_words
from shared import shared

SEED = "seeds/004_f9cdb5432da70a5b.txt"
SIGNS = {"≥": ">=", ">": ">", "": "="}
HEADS = {"学前教育", "基础教育", "特殊教育", "师资队伍", "教育基础", "教育成效"}


@pytest.fixture(scope="module")
def sihui() -> Plan:
    return load(shipped()["sihui-2021-2025"])


@pytest.fixture(scope="module")
def text() -> str:
    return shared(SEED).read_text(encoding="utf-8")


def rows(text: str, start: str, end: str, *, width: int) -> list[list[str]]:
    """The rows of a table that is printed one cell a line, each led by its group."""
    begin = text.index(start) + len(start)
    cells = [line.strip() for line in text[begin : text.index(end, begin)].splitlines() if line.strip()]
    found: list[list[str]] = []
    group, row = "", []
    for cell in cells:
        if cell in HEADS:
            group = cell
        else:
            row.append(cell)
        if len(row) == width:
            found.append([group, *row])
            row = []
    assert not row
    return found


def figure(cell: str) -> tuple[str, float]:
    """The comparator and the number of a printed cell."""
    sign, number = re.fullmatch(r"([≥>]?)([\d.]+)(?:%*|人|所|个)", cell).groups()  # type: ignore[union-attr]
    return SIGNS[sign], float(number)


def test_table_1_is_as_printed(sihui: Plan, text: str) -> None:
    printed = rows(text, "2020年\n\n2025年\n\n属性", "第三章", width=4)
    ours = [item for item in sihui.indicators if "表1" in item.passage.section]
    assert len(printed) == len(ours) == 12
    for number, (item, (group, name, baseline, goal, nature)) in enumerate(
        zip(ours, printed, strict=True), 1
    ):
        assert (item.passage.row, item.group, f"{item.name}({item.unit})") == (number, group, name)
        assert item.passage.quote == name
        assert figure(baseline) == ("=", item.baseline and item.baseline.value)
        assert figure(goal) == (item.target.op, item.target.value)
        assert item.property == nature


def test_table_2_is_as_printed(sihui: Plan, text: str) -> None:
    printed = rows(text, "(预测)", "二、实施路径", width=3)
    ours = [item for item in sihui.indicators if "表2" in item.passage.section]
    assert len(printed) == len(ours) == 8
    for number, (item, (group, name, baseline, goal)) in enumerate(zip(ours, printed, strict=True), 1):
        assert (item.passage.row, item.group, item.name, item.passage.quote) == (number, group, name, name)
        assert item.property is None
        assert item.baseline is not None
        assert figure(baseline) == ("=", item.baseline.value)
        assert baseline.endswith(item.unit)
        if item.baseline.printed is not None:
            assert item.baseline.printed == baseline
        if goal == "达标":
            assert (item.target.printed, item.target.op, item.target.value) == (goal, ">=", 100)
        else:
            assert figure(goal) == (item.target.op, item.target.value)


def test_every_baseline_is_of_2020_and_every_target_of_2025(sihui: Plan) -> None:
    assert len(sihui.indicators) == 20
    for item in sihui.indicators:
        assert item.baseline is not None
        assert (item.baseline.year, item.target.year) == (2020, 2025)


def test_the_yearly_path_for_fitness_is_the_sentence_in_the_text(sihui: Plan, text: str) -> None:
    fitness = by_id(sihui, "fitness_good_or_better")
    assert fitness.path != "linear"
    quote = fitness.path.passage and fitness.path.passage.quote
    assert quote
    assert quote in text
    stated = {int(year): float(value) for year, value in re.findall(r"(\d{4})年[^≥;]*≥(\d+)%", quote)}
    (until, step), (later, last) = re.findall(r"-(\d{4})年?每年提升(\d)个百分点", quote)
    for year in range(2023, 2026):
        stated[year] = stated[year - 1] + float(step if year <= int(until) else last)
    assert later == "2030"
    assert {point.year: point.value for point in fitness.path.points} == stated
    assert stated == {2021: 47, 2022: 52, 2023: 54, 2024: 56, 2025: 57}


def test_the_double_percent_sign_and_the_text_target_are_kept(sihui: Plan) -> None:
    migrants = by_id(sihui, "migrant_children_in_public_schools")
    assert migrants.baseline is not None
    assert (migrants.baseline.value, migrants.baseline.printed) == (74.48, "74.48%%")
    assert target_words(by_id(sihui, "quality_balance").target, "%") == "达标，即≥100%"


def test_the_head_is_as_printed(sihui: Plan, text: str) -> None:
    assert sihui.number is not None
    for words in (sihui.title, sihui.number, sihui.issuer, sihui.document.title):
        assert words in text
    assert f"发布日期:{sihui.published}" in text


def by_id(plan: Plan, wanted: str) -> Indicator:
    return next(item for item in plan.indicators if item.id == wanted)


def test_every_indicator_is_followed_by_a_measure_of_its_stage_and_unit() -> None:
    catalogue = measures.catalogue().measures
    stages = {id_: measure.rows for id_, measure in catalogue.items()}
    for item in load(shipped()["sihui-2021-2025"], measures=stages).indicators:
        assert item.measure is not None
        measure = catalogue[item.measure]
        rows = (measure.together,) if measure.together else measure.stages or (None,)
        assert item.stage in rows
        assert item.unit == measure.unit


def test_what_the_measures_say_is_better_agrees_with_the_targets(sihui: Plan) -> None:
    catalogue = measures.catalogue().measures
    for item in sihui.indicators:
        assert item.measure is not None
        assert item.baseline is not None
        better = catalogue[item.measure].better
        if item.target.op in (">=", ">"):
            assert better == "higher"
        elif better != "none" and item.target.value != item.baseline.value:
            assert (better == "higher") == (item.target.value > item.baseline.value)


def test_the_catalogue_knows_each_indicator_by_its_printed_name(sihui: Plan) -> None:
    catalogue = measures.catalogue().measures
    for item in sihui.indicators:
        assert item.measure is not None
        measure = catalogue[item.measure]
        names = {(plain(measure.name), None), *((plain(a.name), a.stage) for a in measure.aliases)}
        assert (plain(item.name), None) in names or (plain(item.name), item.stage) in names


def plain(name: str) -> str:
    """A name with full-width brackets."""
    return name.replace("(", "（").replace(")", "）")
