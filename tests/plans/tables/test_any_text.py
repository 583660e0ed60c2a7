"""Whatever the text: nothing is raised, no word is invented, and it does not take long."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading import tables
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import allocations, indicators, kinds, score_cards

PERIOD = Period(start=2021, end=2025)
WORDS = """
    指标 2020年 2025年 2025 属性 约束性 预期性 毛入园率（%） 其中：小学 初中 95 ≥98 100以上 — 达标
    [3.5] 万人 单位 序号 1 2. 一、目标 学前教育 城关镇 合计 （10分） 分值 评分标准 牵头单位 局 表1
    到2025年，全面完成。 单位：% 續表 ２０２５年 (含 ） ″ <br> <td> </td> <tr> </tr> <table> </table>
    <p> </p> &gt; | --- \u200b \U00020000
"""
PARTS = st.sampled_from([*WORDS.split(), "<td rowspan=9>"])
GAPS = st.sampled_from(["\n", "\n\n", "\t", " ", "  ", "|", "", "\r", "\n\n\n\n\n\n\n\n"])
TEXTS = st.lists(st.tuples(PARTS, GAPS), max_size=80).map(
    lambda all_: "".join(part + gap for part, gap in all_)
)


@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_what_is_found_is_whole_and_in_its_place(text: str) -> None:
    source = Source(text)
    found = tables.find(source)
    for before, after in pairwise(found):
        assert before.span.start <= after.span.start
    for table in found:
        assert 0 <= table.span.start < table.span.end <= len(text)
        for row in table.rows:
            assert len(row) == len(table.columns)
            for cell in row:
                for piece in cell.pieces:
                    assert table.span.start <= piece.start < piece.end <= table.span.end
                    assert not source.plain[piece.start].isspace()
                assert bool(cell.text) == bool(cell.pieces)
                printed = "".join(source.plain[piece.start : piece.end] for piece in cell.pieces)
                assert set(cell.text) <= set(printed) | {" "}


@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_whatever_is_found_can_be_read(text: str) -> None:
    for table in tables.find(Source(text)):
        kind = kinds.kind(table)
        if kind == "indicators":
            for indicator in indicators.read(table, PERIOD):
                assert indicator.name
                assert 0 <= indicator.confidence <= 1
                years = [target.year for target in indicator.targets]
                assert years == sorted(set(years))
        if kind == "allocation":
            allocations.read(table)
        if kind == "score_card":
            score_cards.read(table)


def test_a_long_text_of_short_lines_takes_no_long_time() -> None:
    heads = Source("指标\n2020年\n2025年\n毛入园率\n95\n" * 2_000)
    rows = Source("指标\t2020年\t2025年\n" + "毛入园率\t95\t98\n\n" * 4_000)
    for source in (heads, rows):
        assert source.plain
        start = time.process_time()
        tables.find(source)
        assert time.process_time() - start < 5


def seconds(line: str, many: int) -> float:
    """How long it takes at best of three to look for tables in `many` lines (``{}`` is the line's number)."""
    source = Source("\n".join(line.replace("{}", str(number)) for number in range(1, many + 1)))
    assert source.plain
    taken = []
    for _ in range(3):
        start = time.process_time()
        tables.find(source)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "line", ["{}. 到2025年新建学校{}所", "{}、2025年新增学位{}个", "2025年目标\n2030年目标\n第{}小学"]
)
def test_numbered_lines_with_years_take_a_time_that_grows_with_their_number(line: str) -> None:
    few, many = seconds(line, 300), seconds(line, 2_400)
    assert many < 8 * few * 3
    assert many < 60 * seconds("{}. 新建第{}小学并投入使用", 2_400)
