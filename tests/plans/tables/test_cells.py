"""What a cell says."""

from __future__ import annotations

import pytest

from jiaoheng.plans.reading.tables.cells import is_figure, is_unit, nothing, number, read, scaled


@pytest.mark.parametrize(
    ("text", "op", "value", "unit"),
    [
        ("96.10", "=", 96.1, ""),
        ("100以上", ">=", 100, ""),
        (">100", ">", 100, ""),
        ("≥99.9%", ">=", 99.9, "%"),
        ("&gt;95%", ">", 95, "%"),
        ("不低于85%", ">=", 85, "%"),
        ("95%（含）以上", ">=", 95, "%"),
        ("控制在5%以内", "<=", 5, "%"),
        ("约9000", "~", 9000, ""),
        ("80%左右", "~", 80, "%"),
        ("5个左右", "~", 5, "个"),
        ("50478人", "=", 50478, "人"),
        ("1,080", "=", 1080, ""),
        ("2.65万人", "=", 26500, "人"),
        ("1.2亿元", "=", 120_000_000, "元"),
        ("2.4平方米/生", "=", 2.4, "平方米/生"),
        ("0.15‰", "=", 0.15, "‰"),
    ],
)
def test_a_figure_its_comparator_and_its_unit(text: str, op: str, value: float, unit: str) -> None:
    got = read(text)
    assert got is not None
    assert (got.op, got.value, got.unit) == (op, value, unit)
    assert is_figure(text)
    assert got.printed is None


def test_a_range_has_both_ends() -> None:
    for text in ("40%—50%", "40—50%", "40%~50%", "40-50%"):
        got = read(text)
        assert got is not None
        assert (got.op, got.value, got.value_max, got.unit) == ("range", 40, 50, "%")


def test_brackets_round_a_figure_mean_a_sum_over_the_years() -> None:
    for text in ("[35.2]", "〔35.2〕", "（35.2）"):
        got = read(text)
        assert got is not None
        assert (got.value, got.cumulative) == (35.2, True)


def test_what_is_more_than_the_figure_stays_as_printed() -> None:
    got = read("74.48%%")
    assert got is not None
    assert (got.value, got.unit, got.printed) == (74.48, "%", "74.48%%")
    remark = read("99.5%(2024年)")
    assert remark is not None
    assert (remark.value, remark.printed) == (99.5, "99.5%(2024年)")
    assert remark.sure < 1


def test_of_a_ratio_the_side_that_is_not_one_and_it_is_doubtful() -> None:
    for text in ("1:16", "16:1"):
        got = read(text)
        assert got is not None
        assert (got.value, got.printed) == (16, text)
        assert got.sure < 0.8


@pytest.mark.parametrize(
    "text", ["达标", "持续提高", "12年义务教育巩固率", "3岁以下婴幼儿托位数", "1.毛入园率(%)"]
)
def test_words_are_no_figure(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize("text", ["", "—", "-", "/", "……", "无"])
def test_nothing_is_not_zero(text: str) -> None:
    assert nothing(text)
    assert read(text) is None


def test_zero_is_not_nothing() -> None:
    assert not nothing("0")
    assert number("0") == 0


def test_units() -> None:
    for text in ("%", "万人", "册/生", "平方米", "人/千人"):
        assert is_unit(text)
    for text in ("学历", "含民办", "公办", "3—6岁"):
        assert not is_unit(text)
    assert scaled("万人") == (10_000, "人")
    assert scaled("亿元") == (100_000_000, "元")
    assert scaled("%") == (1, "%")
