"""The tables of real plans read to the last cell as the gold files have them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from gold.files import document, gold, text

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading import tables
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import allocations, indicators, kinds, score_cards
from shared import shared

PERIOD = Period(start=2021, end=2025)


def seed(number: str) -> Source:
    path = document(number) or shared(f"seeds/{number}")
    return Source(text(path))


def found(number: str, kind: str) -> list[tables.Table]:
    return [table for table in tables.find(seed(number)) if kinds.kind(table) == kind]


def as_gold(indicator: indicators.ReadIndicator, year: int) -> dict[str, Any]:
    target = next(target for target in indicator.targets if target.year == year)
    baseline = indicator.baseline
    return {
        "name": indicator.name,
        "group": indicator.group,
        "unit": indicator.unit,
        "baseline": None if baseline is None else (baseline.year, baseline.value, baseline.op),
        "target": (target.year, target.op, target.value),
        "property": indicator.property,
        "span": (indicator.span.start, indicator.span.end),
    }


def wanted(item: dict[str, Any]) -> dict[str, Any]:
    baseline, target = item["baseline"], item["target"]
    return {
        "name": item["name"],
        "group": item["group"],
        "unit": item["unit"],
        "baseline": baseline and (baseline["year"], baseline["value"], baseline.get("op", "=")),
        "target": (target["year"], target["op"], target["value"]),
        "property": item["property"],
        "span": (item["start"], item["end"]),
    }


@pytest.mark.parametrize("number", ["000", "004"])
def test_every_indicator_is_exact(number: str) -> None:
    read = [
        as_gold(indicator, target.year)
        for table in found(number, "indicators")
        for indicator in indicators.read(table, PERIOD)
        for target in indicator.targets
    ]
    assert read == [wanted(item) for item in gold(number)["indicators"]]


def test_the_allocation_is_exact() -> None:
    [table] = found("002", "allocation")
    [want] = gold("002")["allocations"]
    read = allocations.read(table)
    assert read.title == want["title"]
    assert list(read.columns) == want["columns"]
    assert read.total is not None
    assert [(row.area, list(row.values)) for row in (*read.rows, read.total)] == [
        (row["area"], row["values"]) for row in (*want["rows"], want["total"])
    ]


def test_the_score_card_is_exact_and_the_misprinted_item_is_back_in_its_group() -> None:
    [table] = found("002", "score_card")
    want = gold("002")["score_card"]
    read = score_cards.read(table)
    assert (read.title, read.total) == (want["title"], want["total"])
    assert [(item.path[-1], item.name, item.points) for item in read.items] == [
        (item["path"][0], item["name"], item["points"]) for item in want["items"]
    ]
    assert [item.passage.confidence for item in read.items].count(0.8) == 1


def test_cells_that_pages_cut_are_joined() -> None:
    [table] = found("000", "tasks")
    due = table.columns.index("年度任务 › 2021年")
    tasks = [task for task in gold("000")["tasks"] if task["number"].isdigit()]
    for row, task in zip(table.rows, tasks, strict=True):
        assert row[1].text == task["number"]
        assert row[2].text == task["title"]
        for column, year in enumerate(("2021", "2022", "2023"), start=due):
            want = task["years"][year]
            pieces = want.get("pieces") or [[want["start"], want["end"]]]
            assert [[piece.start, piece.end] for piece in row[column].pieces] == pieces
            assert len(row[column].text.replace(" ", "")) == want["chars"]


@pytest.mark.parametrize("number", ["000", "002", "004"])
def test_nothing_else_is_taken_for_a_table_of_figures(number: str) -> None:
    read = [kinds.kind(table) for table in tables.find(seed(number))]
    expected = {
        "000": ["indicators", "tasks"],
        "002": ["other", "allocation", "score_card"],
        "004": ["indicators", "indicators"],
    }
    assert read == expected[number]


@pytest.mark.parametrize("number", ["000", "002", "004"])
def test_finding_tables_takes_a_fraction_of_a_second(number: str) -> None:
    source = seed(number)
    assert source.plain
    start = time.perf_counter()
    tables.find(source)
    assert time.perf_counter() - start < 0.5
