"""Numerals, units and comparators, in a cell or a few words."""

import pytest

from jiaoheng.plans.reading.quantities import number, quantities, quantity


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("98.5", 98.5),
        ("1,200", 1200),
        ("2.65万", 26500),
        ("1.5亿", 150_000_000),
        ("两", 2),
        ("十五", 15),
        ("一百二十", 120),
        ("二〇二五", 2025),
        ("百分之八十", 80),
        (" 45 ", 45),
    ],
)
def test_a_numeral_has_its_value(words: str, value: float) -> None:
    assert number(words) == value


@pytest.mark.parametrize("words", ["", "达标", "45人", "—", "三四五十百"])
def test_other_words_are_no_number(words: str) -> None:
    assert number(words) is None


@pytest.mark.parametrize(
    ("cell", "op", "value", "unit"),
    [
        ("≥98%", ">=", 98, "%"),
        (">99", ">", 99, ""),
        ("≤45", "<=", 45, ""),
        ("100以上", ">=", 100, ""),
        ("74.48%%", None, 74.48, "%"),
        ("50478人", None, 50478, "人"),
        ("约2.65万人", "~", 26500, "人"),
        ("超9.8万个", ">", 98000, "个"),
        ("7000多万元", ">", 70_000_000, "元"),
        ("控制在5%以内", "<=", 5, "%"),
        ("30%左右", "~", 30, "%"),
        ("不足3个", "<", 3, "个"),
        ("提高至60%", "increase_to", 60, "%"),
        ("降至41.1%", "decrease_to", 41.1, "%"),
        ("提升2个百分点", "increase_by", 2, "个百分点"),
        ("减少300人", "decrease_by", 300, "人"),
        ("百分之八十以上", ">=", 80, "%"),
        ("一所以以上", ">=", 1, "所"),
        ("3.2人/户", None, 3.2, "人/户"),
        ("保持在99%以上", ">=", 99, "%"),
    ],
)
def test_a_cell_gives_comparator_value_and_unit(cell: str, op: str | None, value: float, unit: str) -> None:
    found = quantity(cell)
    assert found is not None
    assert (found.op, found.value, found.unit) == (op, value, unit)


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("1-2所", 1, 2, "所"),
        ("20—30名", 20, 30, "名"),
        ("1～2个", 1, 2, "个"),
        ("20%—30%", 20, 30, "%"),
        ("5至10所", 5, 10, "所"),
        ("2-3万人", 20000, 30000, "人"),
    ],
)
def test_two_figures_with_a_dash_are_one_range(words: str, low: float, high: float, unit: str) -> None:
    found = quantity(words)
    assert found is not None
    assert (found.op, found.value, found.value_max, found.unit) == ("range", low, high, unit)


def test_a_comparator_holds_for_all_figures_of_a_row_and_the_last_unit_too() -> None:
    first, second = quantities("分别不少于60、80天")
    assert (first.op, first.value, first.unit) == (">=", 60, "天")
    assert (second.op, second.value, second.unit) == (">=", 80, "天")


def test_several_figures_are_not_one_quantity() -> None:
    assert quantity("93%和98%") is None
    assert quantity("达标") is None
