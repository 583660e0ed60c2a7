"""The chapter 规划审读: findings by severity, with place, words and sentence."""

from __future__ import annotations

from datetime import date

from jiaoheng.plans.auditing import Finding, Side
from jiaoheng.reports import audit
from jiaoheng.reports.blocks import Grid, Heading, Paragraph

ERROR = Finding(
    "target_over_hundred", "error", "超过 100%。", (Side("某县规划", "第一章", "入学率 120%"),), (120, 100)
)
NOTE = Finding(
    "indicator_without_owner",
    "note",
    "没有写明。",
    tuple(Side("某县规划", f"表{i}", "指" * 90) for i in range(9)),
)


def test_the_chapter_counts_the_findings_and_lists_them_by_severity() -> None:
    blocks = audit.blocks([NOTE, ERROR])
    assert isinstance(blocks[0], Paragraph)
    assert "错误 1 处，提示 1 处" in str(blocks[0].sentences[0])
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["错误", "提示"]
    first, second = (block.table for block in blocks if isinstance(block, Grid))
    assert [cell.text for cell in first.rows[0]] == [
        "目标超过 100%",
        "超过 100%。",
        "第一章",
        "“入学率 120%”",
    ]
    assert second.rows[0][2].text == "表0；表1；表2；表3；表4；表5"
    assert "指" * 81 not in second.rows[0][3].text


def test_nothing_found_is_said() -> None:
    (block,) = audit.blocks([])
    assert isinstance(block, Paragraph)
    assert "没有发现问题" in str(block.sentences[0])


def test_the_document_names_the_plan_of_each_side_where_there_are_several() -> None:
    made = audit.document([ERROR], ["某县规划", "某市规划"], created=date(2025, 1, 1))
    assert [chapter.title for chapter in made.chapters] == ["摘要", "错误"]
    (grid,) = made.chapters[1].blocks
    assert isinstance(grid, Grid)
    assert grid.table.rows[0][2].text == "《某县规划》第一章"
