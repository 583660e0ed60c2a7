"""The report says what the checks found and how it was explained, and repeats no figure of a school."""

from __future__ import annotations

from datetime import date

from jiaoheng.reports import CheckResults, ExplainedFinding, checks
from jiaoheng.reports.blocks import Grid, Paragraph


def sentences(results: CheckResults) -> str:
    (paragraph,) = (block for block in checks.blocks(results, 2025) if isinstance(block, Paragraph))
    return "".join(str(sentence) for sentence in paragraph.sentences)


def test_a_census_without_findings_is_said_to_pass() -> None:
    assert sentences(CheckResults(0, 0)) == "2025年数据通过全部校验。"


def test_what_is_open_and_what_was_explained_are_counted_apart() -> None:
    reason = ExplainedFinding(
        "在校生数比上年增减过大", "城东小学", "primary", "并入城西小学", date(2025, 10, 9)
    )
    results = CheckResults(2, 5, (reason,))
    assert sentences(results) == (
        "逻辑校验有2处尚未改正，所涉数据须慎用。经验校验提示5处，其中1处已核实说明，4处尚未说明。"
    )
    (grid,) = (block for block in checks.blocks(results, 2025) if isinstance(block, Grid))
    (row,) = grid.table.rows
    assert [cell.text for cell in row] == [
        "在校生数比上年增减过大",
        "城东小学",
        "小学",
        "并入城西小学",
        "2025年10月9日",
    ]
