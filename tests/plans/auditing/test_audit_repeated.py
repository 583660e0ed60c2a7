from __future__ import annotations

import pytest
from audit_building import findings, found, passage, written

from jiaoheng.plans import Baseline, Indicator, Target
from jiaoheng.plans.auditing import Audited, repeated


def text_of(*paragraphs: str) -> str:
    return "一、目标\n\n" + "\n\n".join(paragraphs) + "\n"


def kinds(*paragraphs: str) -> list[tuple[str, tuple[float, ...]]]:
    return found(repeated.CHECKS, written(text_of(*paragraphs)))


def with_table(
    name: str, value: float, text: str, *, baseline: float | None = None, op: str = ">="
) -> Audited:
    row = f"{name}\t{value:g}"
    whole = f"表1 主要指标\n\n指标\t2025年\n{row}\n\n{text}"
    return written(
        whole,
        indicators=(
            Indicator(
                id="i",
                name=name,
                unit="%",
                unlinked="试验",
                baseline=None if baseline is None else Baseline(year=2020, value=baseline),
                targets=(Target(year=2025, op=op, value=value),),  # type: ignore[arg-type]
                passage=passage(whole, row),
            ),
        ),
    )


def test_table_and_text_that_differ_are_a_contradiction_with_both_places() -> None:
    audited = with_table("小学专任教师本科以上学历比例", 99, "到2025年，小学本科及以上学历教师占比达到93%。")
    (finding,) = findings(repeated.CHECKS, audited)
    assert (finding.kind, finding.figures) == ("same_quantity_two_values", (99.0, 93.0))
    assert [side.start for side in finding.sides] == sorted(side.start or 0 for side in finding.sides)
    assert "99%" in finding.sentence
    assert "93%" in finding.sentence


def test_another_stage_or_another_year_is_another_quantity() -> None:
    audited = with_table(
        "小学专任教师本科以上学历比例",
        99,
        "到2025年，初中专任教师本科以上学历比例达到93%。到2023年，小学专任教师本科以上学历比例达到95%。",
    )
    assert found(repeated.CHECKS, audited) == []


def test_the_state_in_the_review_is_held_against_the_baseline() -> None:
    audited = with_table(
        "初中专任教师本科以上学历比例",
        99,
        "二、发展现状\n\n目前，初中专任教师本科以上学历比例达97.51%。",
        baseline=97.54,
    )
    assert found(repeated.CHECKS, audited) == [("same_quantity_two_values", (97.54, 97.51))]


def test_counts_of_the_same_words_that_differ_are_found() -> None:
    assert kinds(
        "到2025年，新增义务教育优质学位20000个以上。", "到2025年，新增义务教育优质学位超38000个。"
    ) == [("same_quantity_two_values", (20000.0, 38000.0))]


def test_a_clause_that_leaves_the_stage_out_takes_it_from_its_sentence() -> None:
    assert kinds(
        "到2025年，新增义务教育优质学位20000个以上。",
        "到2025年，义务教育阶段改扩建学校25所，新增优质学位38000个；高中阶段新增优质学位4500个。",
    ) == [("same_quantity_two_values", (20000.0, 38000.0))]


def test_a_rough_figure_agrees_with_what_rounds_to_it() -> None:
    assert kinds("到2025年，新增公办幼儿园学位约8800个。", "到2025年，新增公办幼儿园学位8760个。") == []
    assert len(kinds("到2025年，新增公办幼儿园学位约8800个。", "到2025年，新增公办幼儿园学位8700个。")) == 1


def test_the_parts_in_a_bracket_are_not_held_against_the_total() -> None:
    text = "到2025年，义务教育阶段新建学校16所（其中2024年9所、2025年7所）。"
    assert kinds(text, text) == []


def test_parallel_figures_of_one_clause_are_two_things() -> None:
    assert kinds("市、县教研员每年深入课堂开展听课评课分别不少于60、80节。") == []


def test_figures_apart_by_a_power_of_ten_suggest_a_slip_of_the_unit() -> None:
    text = text_of("到2025年，新增公办幼儿园学位8800个。", "到2025年，新增公办幼儿园学位8.8万个。")
    (finding,) = findings(repeated.CHECKS, written(text))
    assert "10 倍" in finding.sentence


@pytest.mark.parametrize(
    "name", ["初中校际差异系数", "义务教育学校校际差异系数（初中）", "县域内初中校际间均衡差异系数"]
)
def test_the_limit_of_a_coefficient_in_table_and_text_in_whatever_wording(name: str) -> None:
    row = f"{name}\t0.4"
    text = f"表1 主要指标\n\n指标\t2025年\n{row}\n\n到2025年，小学、初中校际差异系数分别控制在0.5、0.45以内。"
    item = Indicator(
        id="i",
        name=name,
        unlinked="试验",
        targets=(Target(year=2025, op="<=", value=0.4),),
        passage=passage(text, row),
    )
    assert found(repeated.CHECKS, written(text, indicators=(item,))) == [
        ("same_quantity_two_values", (0.4, 0.45))
    ]


def test_what_two_wordings_and_a_measure_link_is_one_finding() -> None:
    audited = with_table(
        "小学专任教师本科以上学历比例",
        99,
        "小学本科及以上学历教师占比到2025年达到93%。\n\n到2025年，小学专任教师本科及以上学历比例达到93%。",
    )
    assert found(repeated.CHECKS, audited) == [("same_quantity_two_values", (99.0, 93.0))]


def test_the_goal_of_two_halves_is_held_against_the_shares_in_the_text() -> None:
    assert kinds("学前教育争取2025年达到“5585”任务指标。", "到2025年，公办幼儿园在园幼儿占比超50%。") == [
        ("same_quantity_two_values", (55.0, 50.0))
    ]


@pytest.mark.parametrize(
    ("first", "second", "number"), [("超过98%", "达到98%以上", 1), ("达到98%", "98%以上", 0)]
)
def test_a_bound_once_with_and_once_without_its_value_is_a_note(first: str, second: str, number: int) -> None:
    told = findings(
        repeated.CHECKS,
        written(text_of(f"到2025年，规范化幼儿园比例{first}。", f"到2025年，规范化幼儿园占比{second}。")),
    )
    assert [finding.kind for finding in told] == ["same_target_two_comparators"] * number


def test_over_a_hundred_per_cent_is_no_question_of_its_bound() -> None:
    text = text_of("到2025年，规范化幼儿园比例超过100%。", "到2025年，规范化幼儿园占比100%以上。")
    assert found(repeated.CHECKS, written(text)) == []


def test_the_share_that_a_count_is_given_with_is_not_that_of_the_clause_before() -> None:
    text = "2020年，高中高级职称教师占比为26%；公办幼儿园教师140人，其中高级职称仅1人，占0.7%。"
    assert kinds(text) == []


def test_a_year_inside_the_phrase_of_a_share_is_its_year() -> None:
    assert (
        kinds("公办幼儿园在园幼儿占比2022年达到52%以上。", "公办幼儿园在园幼儿占比2025年达到55%以上。") == []
    )


def test_a_part_above_the_whole_is_found() -> None:
    assert kinds("到2025年，新增义务教育学位15000个。", "到2025年，新增公办义务教育学位22000个。") == [
        ("part_above_whole", (15000.0, 22000.0))
    ]


def test_a_part_below_the_whole_is_right() -> None:
    assert kinds("到2025年，新增义务教育学位25000个。", "到2025年，新增公办义务教育学位22000个。") == []
