"""A PDF with a text layer: lines, paragraphs and ruled tables, however its letters are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from marks import cells, grids, lines
from raw_pdf import grid, rule, words, write_pdf

from jiaoheng.plans.reading.opening import open_document
from jiaoheng.plans.reading.source import Source

LEFT, INDENTED, STEP = 90, 114, 20
FULL = "教育事业发展规划是全县各级各类学校共同努力的方向必须坚持"  # as many letters as a line holds
FIRST = FULL[:-2]
"""The first line of a paragraph, which is indented by two letters and as full."""


@pytest.fixture
def read(tmp_path: Path):
    def opened(*pages: Sequence[str], page: str = "") -> Source:
        return open_document(write_pdf(tmp_path / "规划.pdf", pages, page=page))

    return opened


def body(top: float, *said: str) -> list[str]:
    """Lines of text one below the other; one that begins with a blank is indented."""
    return [
        words(INDENTED if each.startswith(" ") else LEFT, top + number * STEP, each.strip())
        for number, each in enumerate(said)
    ]


class TestParagraphs:
    def test_are_made_of_the_lines_that_fill_the_width(self, read) -> None:
        source = read(body(200, f" {FIRST}", FULL, "质量。", f" {FIRST}", "公平。", " 短。", " 又短。"))
        assert lines(source) == [f"{FIRST}{FULL}质量。", f"{FIRST}公平。", "短。", "又短。"]

    def test_go_on_over_the_page_but_for_a_new_sentence(self, read) -> None:
        source = read(
            body(200, f" {FIRST}", FULL),
            body(200, FULL, f"{FULL[:-1]}。"),
            body(200, FULL, f" {FIRST}", "完。"),
        )
        assert lines(source) == [f"{FIRST}{FULL}{FULL}{FULL[:-1]}。", FULL, f"{FIRST}完。"]
        assert source.text[source.pages[2] :].startswith(FULL)
        assert len(source.pages) == 3

    def test_go_on_over_the_page_after_a_full_stop_where_others_are_indented(self, read) -> None:
        source = read(
            body(200, f" {FIRST}", f"{FULL[:-1]}。"),
            body(200, f"{FULL[:-2]}。", f" {FIRST}", " 完。", " 完。"),
        )
        assert lines(source)[0] == f"{FIRST}{FULL[:-1]}。{FULL[:-2]}。"

    def test_end_where_the_size_the_gap_or_a_mark_says_so(self, read) -> None:
        source = read(
            [
                words(LEFT, 200, FULL, 12),
                words(LEFT, 224, FULL[:12], 22),
                *body(250, FULL, FULL),
                *body(320, FULL, f"{FULL[:-1]}。", "一、总体要求"),
            ]
        )
        assert lines(source) == [FULL, FULL[:12], FULL * 2, f"{FULL}{FULL[:-1]}。", "一、总体要求"]

    def test_do_not_depend_on_the_order_in_which_letters_are_drawn(self, read) -> None:
        things = body(200, f" {FIRST}", "质量。", " 完。")
        halves = [words(LEFT, 300, "达到"), words(LEFT + 24, 300, "95%")]
        assert lines(read([*reversed(halves), *reversed(things)])) == [f"{FIRST}质量。", "完。", "达到95%"]

    def test_gaps_are_blanks_or_tabs(self, read) -> None:
        source = read(
            [words(LEFT, 200, "第一章"), words(LEFT + 48, 200, "总则"), words(LEFT + 150, 200, "右")]
        )
        assert lines(source) == ["第一章 总则\t右"]


class TestFurniture:
    def test_is_left_out(self, read) -> None:
        def page(number: int) -> list[str]:
            return [
                words(200, 40, "甲县教育发展规划"),
                *body(200, f" 第{number}页的正文。"),
                words(280, 800, f"— {number} —"),
            ]

        assert lines(read(*(page(number) for number in (1, 2, 3)))) == [f"第{n}页的正文。" for n in (1, 2, 3)]

    def test_plain_numbers_are_left_out_where_they_go_with_the_pages(self, read) -> None:
        source = read(*([*body(200, "正文。"), words(290, 800, str(number))] for number in (7, 8, 9)))
        assert lines(source) == ["正文。"] * 3

    def test_a_figure_or_a_line_of_text_at_the_end_of_a_page_stays(self, read) -> None:
        source = read(
            [*body(200, "甲。"), words(LEFT, 800, "2025")], [*body(200, "乙。"), words(LEFT, 800, "丙。")]
        )
        assert lines(source) == ["甲。", "2025", "乙。", "丙。"]

    def test_a_watermark_that_stands_aslant_is_left_out(self, read) -> None:
        aslant = words(200, 400, "内部资料").replace("1 0 0 1", "0.7 0.7 -0.7 0.7")
        assert lines(read([*body(200, "正文。"), aslant])) == ["正文。"]


class TestTables:
    def test_cells_are_where_lines_close_them(self, read) -> None:
        source = read(
            [
                *(rule(90, y, 400, y) for y in (200, 260, 290)),
                rule(200, 230, 400, 230),
                *(rule(x, 200, x, 290) for x in (90, 200, 400)),
                rule(300, 230, 300, 290),
                words(95, 235, "指标"), words(280, 220, "年份"), words(205, 250, "2020"),
                words(305, 250, "2025"),
                words(95, 280, "巩固率"), words(205, 280, "95"), words(305, 280, "≥97"),
            ]
        )  # fmt: skip
        assert cells(source, source.tables[0]) == [
            (0, 0, "指标 ↓2"), (0, 1, "年份 →2"), (1, 1, "2020"), (1, 2, "2025"),
            (2, 0, "巩固率"), (2, 1, "95"), (2, 2, "≥97"),
        ]  # fmt: skip

    def test_open_sides_are_closed(self, read) -> None:
        source = read(
            [
                *(rule(90, y, 300, y) for y in (200, 230, 260)),
                rule(200, 200, 200, 260),
                words(95, 220, "指标"), words(205, 220, "2025年"),
                words(95, 250, "巩固率"), words(205, 250, "97"),
            ]
        )  # fmt: skip
        assert grids(source) == [[["指标", "2025年"], ["巩固率", "97"]]]

    def test_stand_between_the_lines_above_and_below(self, read) -> None:
        table = [*grid([90, 200, 300], [200, 230]), words(95, 220, "甲"), words(205, 220, "乙")]
        assert lines(read([*body(260, "下文。"), *table, *body(180, "上文。")])) == [
            "上文。",
            "甲\t乙",
            "下文。",
        ]

    def test_lines_of_a_cell_go_on_where_they_fill_it(self, read) -> None:
        source = read(
            [
                *grid([90, 170, 300], [200, 260]),
                words(95, 220, "学前三年毛"), words(95, 240, "入园率"),
                words(175, 220, "1.建园"), words(175, 240, "2.建班"),
            ]
        )  # fmt: skip
        assert grids(source) == [[["学前三年毛入园率", "1.建园\n2.建班"]]]

    def test_a_frame_is_no_table(self, read) -> None:
        source = read([*grid([80, 520], [190, 300]), *body(210, f" {FIRST}", "专栏的话。")])
        assert not source.tables
        assert lines(source) == [f"{FIRST}专栏的话。"]

    def test_that_pages_cut_are_one_with_their_head_once_and_their_rows_whole(self, read) -> None:
        def page(*rows: tuple[str, str, str]) -> list[str]:
            ys = [100 + 30 * number for number in range(len(rows) + 1)]
            said = [
                words(x + 5, ys[number] + 20, word)
                for number, row in enumerate(rows)
                for x, word in zip((90, 130, 250), row, strict=True)
            ]
            return [*grid([90, 130, 250, 400], ys), *said, words(290, 800, "- 1 -")]

        head = ("序号", "任务", "单位")
        source = read(
            page(head, ("1", "建园", "教育局"), ("2", "新建一二三四五六七", "区财政局、")),
            page(head, ("", "八所。", "各镇"), ("3", "建校", "教育局")),
            page(("4", "建班", "教育局")),
        )
        assert grids(source) == [
            [
                ["序号", "任务", "单位"],
                ["1", "建园", "教育局"],
                ["2", "新建一二三四五六七八所。", "区财政局、\n各镇"],
                ["3", "建校", "教育局"],
                ["4", "建班", "教育局"],
            ]
        ]

    def test_columns_that_only_blanks_keep_apart(self, read) -> None:
        rows = [
            ("指标", "2020年", "2025年"),
            ("学前教育", "95", "98"),
            ("巩固率", "", "97"),
            ("学位", "—", "360"),
        ]
        said = [
            words(x, 200 + 40 * number, word)
            for number, row in enumerate(rows)
            for x, word in zip((90, 200, 300), row, strict=True)
            if word
        ]
        wrapped = [words(90, 260, "毛入园率"), *body(380, f" {FIRST}", "下文。")]
        source = read([*body(170, "表1 主要指标"), *said, *wrapped])
        assert grids(source) == [
            [
                ["指标", "2020年", "2025年"],
                ["学前教育\n毛入园率", "95", "98"],
                ["巩固率", "", "97"],
                ["学位", "—", "360"],
            ]
        ]
        assert lines(source)[-1] == f"{FIRST}下文。"

    def test_columns_that_only_blanks_keep_apart_go_on_over_the_page(self, read) -> None:
        def page(top: float, *rows: tuple[str, str, str]) -> list[str]:
            return [
                words(x, top + 30 * number, word)
                for number, row in enumerate(rows)
                for x, word in zip((90, 200, 300), row, strict=True)
                if word
            ]

        head, first, second = ("指标", "2020年", "2025年"), ("入园率", "95", "98"), ("巩固率", "96", "97")
        source = read(
            page(600, head, first, second, ("高中阶段", "90", "95")), page(100, ("毛入学率", "", ""), first)
        )
        assert grids(source) == [
            [list(head), list(first), list(second), ["高中阶段\n毛入学率", "90", "95"], list(first)]
        ]

    def test_with_other_columns_on_the_next_page_are_two(self, read) -> None:
        first = [*grid([90, 200, 300], [700, 730]), words(95, 720, "甲"), words(205, 720, "乙")]
        second = [*grid([90, 250, 300], [200, 230]), words(95, 220, "丙"), words(255, 220, "丁")]
        assert grids(read(first, second)) == [[["甲", "乙"]], [["丙", "丁"]]]

    def test_a_drawing_of_many_lines_takes_no_time(self, read) -> None:
        net = [rule(x / 10, 100, x / 10, 500) for x in range(4000)] + [
            rule(0, y / 10, 500, y / 10) for y in range(4000)
        ]
        assert lines(read([*net, *body(600, "正文。")])) == ["正文。"]


def test_a_column_is_read_before_the_one_beside_it(read) -> None:
    narrow = FULL[:15]
    left = [words(LEFT, 200 + 20 * n, narrow) for n in range(9)] + [words(LEFT, 380, "左完。")]
    right = [words(LEFT + 210, 200 + 20 * n, narrow) for n in range(9)] + [words(LEFT + 210, 380, "右完。")]
    title, note = words(LEFT + 120, 160, "甲县教育发展规划公报"), words(LEFT + 150, 420, "（此件公开发布）")
    source = read([*right, *left, note, title])
    assert lines(source) == [
        "甲县教育发展规划公报",
        f"{narrow * 9}左完。",
        f"{narrow * 9}右完。",
        "（此件公开发布）",
    ]


def test_a_page_that_lies_on_its_side_is_read_as_shown(read) -> None:
    def turned(x: float, y: float, said: str) -> str:
        return words(0, 0, said).replace("1 0 0 1 0 842", f"0 1 -1 0 {y} {x}")

    things = [turned(90, 100, "第一章　总则"), turned(90, 130, "正文。")]
    table = [rule(200 + 30 * n, 842 - 90, 200 + 30 * n, 842 - 300) for n in range(3)]
    table += [rule(200, 842 - x, 260, 842 - x) for x in (90, 200, 300)]
    said = [turned(95, 220, "甲"), turned(205, 220, "乙"), turned(95, 250, "丙"), turned(205, 250, "丁")]
    source = read([*things, *table, *said], page="/Rotate 90")
    assert lines(source) == ["第一章 总则", "正文。", "甲\t乙", "丙\t丁"]
    assert grids(source) == [[["甲", "乙"], ["丙", "丁"]]]


def test_cells_one_a_line_are_not_joined_and_no_figure_is_taken_for_a_page_number(read) -> None:
    name = "普通高中和中等职业学校专任教师学历比例"
    rows = [(name[: 4 + number], f"{60 + number}.48%", "≥90") for number in range(1, 12)]
    cells = [cell for row in rows for cell in row]
    source = read(body(160, *cells), body(800, "≥85%"))
    assert lines(source) == [*cells, "≥85%"]
