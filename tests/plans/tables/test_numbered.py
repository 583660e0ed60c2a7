"""Numbered tables of words (tasks, projects) whose cells stand one a line."""

from __future__ import annotations

from jiaoheng.plans.reading import tables
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import heading, kinds

HEAD = ("序号", "重点任务", "工作内容", "牵头单位", "责任单位")
AFTER = "各镇要高度重视，切实加强组织领导，明确责任分工，按时完成各项任务。"


def one(*cells: str) -> tables.Table:
    [table] = tables.find(Source("\n\n".join(("全县教育工作任务清单", *cells, AFTER))))
    assert kinds.kind(table) == "tasks"
    assert table.title == "全县教育工作任务清单"
    return table


def words(table: tables.Table) -> list[list[str]]:
    return [[heading(row).text] if heading(row) else [cell.text for cell in row] for row in table.rows]  # type: ignore[union-attr]


def test_tasks_under_headings_one_of_them_in_several_lines() -> None:
    table = one(
        *HEAD,
        *("一、学前教育", "1", "建园", "新建公办幼儿园3所。", "县教育局", "县财政局，各镇"),
        *("2", "年检", "开展年检。", "每年抽查不少于2次。", "县教育局", "县市场监管局"),
        *("二、义务教育", "3", "消除大班额", "按年度计划推进。", "县教育局", "县委编办、县财政局"),
    )
    assert table.columns == HEAD
    assert words(table) == [
        ["一、学前教育"],
        ["1", "建园", "新建公办幼儿园3所。", "县教育局", "县财政局，各镇"],
        ["2", "年检", "开展年检。每年抽查不少于2次。", "县教育局", "县市场监管局"],
        ["二、义务教育"],
        ["3", "消除大班额", "按年度计划推进。", "县教育局", "县委编办、县财政局"],
    ]
    assert table.sure == 0.9


def test_years_of_a_second_head_row_stand_under_their_outer_head() -> None:
    table = one(
        *("序号", "重点工作", "年度任务", "牵头单位", "2021年", "2022年"),
        *("1", "建园", "选址。", "建成1所。", "县教育局"),
        *("2", "扩班", "调查。", "扩班10个。", "县教育局"),
    )
    assert table.columns == ("序号", "重点工作", "年度任务 › 2021年", "年度任务 › 2022年", "牵头单位")
    assert words(table)[1] == ["2", "扩班", "调查。", "扩班10个。", "县教育局"]


def test_a_missing_cell_leaves_a_gap_and_a_doubt() -> None:
    table = one(
        *HEAD,
        *("1", "建园", "县教育局", "县财政局"),
        *("2", "年检", "开展年检。", "县教育局", "县市场监管局"),
    )
    assert words(table)[0] == ["1", "建园", "", "县教育局", "县财政局"]
    assert table.sure < 0.8


def test_numbers_in_running_text_are_no_table() -> None:
    assert tables.find(Source("序号\n\n1\n\n办好人民满意的教育。\n\n2\n\n建设教育强县。\n")) == ()
