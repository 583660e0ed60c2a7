"""Plain text is read as it stands, in any encoding that occurs, with the marks that it carries."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from marks import grids, headings

from jiaoheng.plans.reading.opening import open_document
from jiaoheng.plans.reading.source import Source

SIMPLIFIED = "第一章　总体要求\n到2025年，学前教育毛入园率达到98%以上，新建公办幼儿园12所。\n"
TRADITIONAL = "第一章　總體要求\n到2025年，學前教育毛入園率達到98%以上，新建公辦幼兒園12所。\n"


def read(folder: Path, content: bytes | str, name: str = "规划.txt") -> Source:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_document(path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, SIMPLIFIED.encode(encoding)).text == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le"])
def test_traditional_characters(tmp_path: Path, encoding: str) -> None:
    source = read(tmp_path, TRADITIONAL.encode(encoding))
    assert source.text == TRADITIONAL
    assert source.traditional
    assert not read(tmp_path, SIMPLIFIED).traditional


def test_line_ends_of_every_system_are_line_feeds(tmp_path: Path) -> None:
    assert read(tmp_path, "一\r\n二\r三\n").text == "一\n二\n三\n"


def test_a_source_says_what_it_was_read_from(tmp_path: Path) -> None:
    source = read(tmp_path, SIMPLIFIED)
    assert (source.name, source.format) == ("规划.txt", "txt")
    assert source.sha256 == hashlib.sha256(SIMPLIFIED.encode()).hexdigest()


def test_headings_of_markdown(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        "# 规划 #\n\n## 第一章 总则\n#不是标题\n\n第二章 目标\n===\n\n第一节 思路\n---\n\n"
        "```\n# 代码\n```\n### C#\n",
        "规划.md",
    )
    assert source.format == "md"
    assert headings(source) == [
        (1, "规划"), (2, "第一章 总则"), (1, "第二章 目标"), (2, "第一节 思路"), (3, "C#"),
    ]  # fmt: skip


def test_tables_between_pipes(tmp_path: Path) -> None:
    text = (
        "表1 主要指标\n\n| 指标 | 2020年 | 2025年 |\n|:--|--:|---|\n| 毛入园率\\|% | 95 |  |\n"
        " 巩固率 | 96 | ≥97\n\n完。\n"
    )
    source = read(tmp_path, text)
    assert source.text == text
    assert grids(source) == [
        [["指标", "2020年", "2025年"], ["毛入园率\\|%", "95", ""], ["巩固率", "96", "≥97"]]
    ]


def test_pipes_without_a_rule_or_with_another_number_of_cells_are_no_table(tmp_path: Path) -> None:
    assert not read(tmp_path, "首页 | 政务\n动态 | 公开\n").tables
    assert not read(tmp_path, "一 | 二 | 三\n---|---\n四 | 五 | 六\n").tables


def test_marks_take_time_in_proportion_to_the_text(tmp_path: Path) -> None:
    """Each of these took minutes if anything were looked for again and again."""
    for text in (
        "# 甲" + " " * 200_000 + "乙",
        "甲" + " " * 200_000 + "\n---x",
        "|-" * 100_000,
    ):
        assert read(tmp_path, text).text == text
