"""A document that is written in every format says the same when it is read, to the last cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
from marks import headings, words
from rendering import WRITERS, Cells, Merged, Piece, Words, pieces

from jiaoheng.plans.model import Plan
from jiaoheng.plans.reading import read
from jiaoheng.plans.reading.opening import open_document
from jiaoheng.plans.reading.source import Source
from shared import shared

SEEDS = ("000", "002", "004")


def paragraph(number: int) -> str:
    """A paragraph of several lines, unlike the others."""
    return (
        f"到2025年，甲镇学前教育毛入园率达到{60 + number}%以上，新建公办幼儿园{number}所，新增学位3600个。"
        f"到2030年，第{number}片区义务教育巩固率保持在97%以上，新增学位{number * 60}个，"
        f"培养教师{number * 7}名，全面完成各项任务，努力办好人民满意的教育。"
    )


SYNTHETIC: list[Piece] = [
    Words("甲县教育发展“十四五”规划（2021—2025年）", 1),
    Words("第一章 总体要求", 2),
    *(Words(paragraph(number)) for number in range(1, 16)),
    Words("表1 主要指标"),
    Cells(
        5,
        4,
        (
            Merged(0, 0, "类别", 2, 1), Merged(0, 1, "指标", 2, 1), Merged(0, 2, "年份", 1, 2),
            Merged(1, 2, "2020年", 1, 1), Merged(1, 3, "2025年", 1, 1),
            Merged(2, 0, "学前教育", 2, 1), Merged(2, 1, "毛入园率（%）", 1, 1), Merged(2, 2, "95", 1, 1),
            Merged(2, 3, "≥98", 1, 1), Merged(3, 1, "普惠性幼儿园在园幼儿占比（%）", 1, 1),
            Merged(3, 2, "82.5", 1, 1), Merged(3, 3, "", 1, 1), Merged(4, 0, "义务教育", 1, 1),
            Merged(4, 1, "巩固率（%）", 1, 1), Merged(4, 2, "96", 1, 1), Merged(4, 3, "97", 1, 1),
        ),
    ),
    Words("第二章 主要任务", 2),
    *(Words(paragraph(number)) for number in range(16, 31)),
    Words("一、学前教育", 3),
    Words("附：a & b < c"),
]  # fmt: skip


@pytest.fixture(params=WRITERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rendered(tmp_path: Path, kind: str):
    def opened(document: Sequence[Piece]) -> Source:
        path = tmp_path / f"规划.{kind}"
        WRITERS[kind](path, document)
        return open_document(path)

    return opened


def tight(said: str) -> str:
    return "".join(said.split())


def said_in(document: Iterable[Piece]) -> list[str]:
    return [tight(piece.said) for piece in document if isinstance(piece, Words) and piece.said.strip()]


def cells_in(document: Iterable[Piece]) -> list[list[str]]:
    return [[tight(cell.said) for cell in piece.cells] for piece in document if isinstance(piece, Cells)]


def test_words_cells_and_headings_come_back(rendered, kind: str) -> None:
    source = rendered(SYNTHETIC)
    assert tight(source.text.replace("#", "")).startswith("".join(said_in(SYNTHETIC)[:3]))
    found = [[tight(words(source, cell.span)) for cell in table.cells] for table in source.tables]
    if kind == "md":  # it merges no cells
        assert set(found[0]) == set(cells_in(SYNTHETIC)[0])
    else:
        assert found == cells_in(SYNTHETIC)
    levels = [
        (piece.level, tight(piece.said)) for piece in SYNTHETIC if isinstance(piece, Words) and piece.level
    ]
    assert [(level, tight(said)) for level, said in headings(source)] == levels
    assert source.format == kind


def test_a_paragraph_is_one_line_in_every_format(rendered) -> None:
    source = rendered(SYNTHETIC)
    whole = [tight(line.lstrip("# ")) for line in source.text.split("\n")]
    for said in said_in(SYNTHETIC):
        assert whole.count(said) == 1


@cache
def seed(name: str) -> tuple[Source, list[Piece], Plan]:
    path = next(shared("seeds").glob(f"{name}*.txt"))
    source = open_document(path)
    return source, pieces(source), read.read(source)


@pytest.mark.shared
@pytest.mark.parametrize("name", SEEDS)
def test_a_real_plan_reads_alike_in_every_format(rendered, kind: str, name: str) -> None:
    _, document, plan = seed(name)
    source = rendered(document)
    whole = tight(source.text)
    missing = [said for said in said_in(document) if said not in whole]
    # A web page's own furniture stands in the text of one of the plans, and is no part of a page's document.
    assert len(missing) <= (3 if kind == "html" and name == "004" else 0), missing
    again = read.read(source, period=plan.period)
    assert items(again) == items(plan)


def items(plan: Plan) -> dict[str, object]:
    """What a plan promises, without the places where it stands."""
    return {
        "indicators": [
            (each.name, each.unit, each.baseline, each.targets, each.property) for each in plan.indicators
        ],
        "commitments": Counter(
            (each.unit, each.target.op, each.target.value, each.target.year) for each in plan.commitments
        ),
        "score_cards": [
            [(item.path, item.name, item.points) for item in card.items] for card in plan.score_cards
        ],
        "tasks": [(each.number, each.title, each.due, each.lead, each.responsible) for each in plan.tasks],
        "allocations": [
            (
                each.columns,
                [(row.area, row.values) for row in (*each.rows, *([each.total] if each.total else []))],
            )
            for each in plan.allocations
        ],
    }
