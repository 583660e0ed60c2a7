"""The word lists and the digits that are no figures."""

from itertools import combinations
from time import process_time

import pytest

from jiaoheng.plans.reading.quantities import quantities
from jiaoheng.plans.reading.quantities.noise import noise
from jiaoheng.plans.reading.quantities.words import AFTER, BEFORE, CHINESE_COUNTERS, COUNTERS, FAR
from jiaoheng.plans.reading.quantities.years import Years, years


def test_each_word_list_names_a_word_once() -> None:
    for words in (COUNTERS, CHINESE_COUNTERS, FAR):
        assert len(set(words)) == len(words)


def test_counters_of_chinese_numerals_are_counters() -> None:
    assert set(CHINESE_COUNTERS) <= set(COUNTERS)


def test_words_far_from_the_number_are_comparators() -> None:
    assert set(FAR) <= set(BEFORE)


def test_a_negation_turns_a_bound_round() -> None:
    for negation in ("不", "不得", "不能", "不应"):
        assert BEFORE[f"{negation}低于"] == ">="
        assert BEFORE[f"{negation}超过"] == "<="
    assert (BEFORE["低于"], BEFORE["超过"]) == ("<", ">")


def test_no_word_after_a_figure_hides_another() -> None:
    hidden = [
        (short, long)
        for short, long in combinations(sorted(AFTER, key=len), 2)
        if long.startswith(short) and AFTER[short] != AFTER[long]
    ]
    assert hidden == []


@pytest.mark.parametrize(
    "words",
    [
        "“一二三”工程",
        "《教育现代化2035》",
        "能力提升工程2.0",
        "第12次会议",
        "教发〔2021〕12号",
        "9月10日",
        "K12在线课程",
        "5G网络",
        "开展“5+2”服务",
        "1+3体系",
        "电话0751-5551234",
        "8部门",
        "共9章32节",
        "前10名",
        "小学1-2年级",
        "学前三年教育",
        "九年一贯制学校",
        "每千人口",
        "一次性补助",
        "如表2所示",
    ],
)
def test_names_ordinals_dates_and_the_like_hold_no_figure(words: str) -> None:
    assert quantities(words, taken=noise(words)) == ()


@pytest.mark.parametrize("words", ["派出代表20名", "新增文件柜3个", "带宽500M以上", "占GDP比例达到4%"])
def test_what_only_looks_like_a_name_is_a_figure(words: str) -> None:
    assert len(quantities(words, taken=noise(words))) == 1


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("到2025年", 2025, 2025),
        ("2021-2025年", 2021, 2025),
        ("2021年至2023年", 2021, 2023),
        ("2023—24年", 2023, 2024),
        ("2025-2030每年", 2025, 2030),
        ("二〇三五年", 2035, 2035),
        ("“十三五”期间", 2016, 2020),
        ("十四五末", 2021, 2025),
    ],
)
def test_a_year_is_read_however_it_is_written(words: str, first: int, last: int) -> None:
    (found,) = years(words)
    assert (found.first, found.last) == (first, last)


def test_a_number_of_years_hangs_on_the_plan() -> None:
    (found,) = years("三年内")
    assert found == Years(0, 3, None, None, 3)


def test_a_file_name_and_a_large_number_are_no_year() -> None:
    assert years("新增学位2025个") == ()


def test_a_long_run_of_digits_names_no_year_and_takes_no_time() -> None:
    started = process_time()
    assert years("1" * 50_000 + "年内") == ()
    assert process_time() - started < 1
