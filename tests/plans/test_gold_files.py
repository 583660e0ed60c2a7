"""The gold files are well formed: spans lie in the documents, and figures stand where the files say."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any

import pytest
from gold.files import NUMBERS, gold, text

from jiaoheng.plans import load, shipped
from shared import shared

OPS = {">=", ">", "=", "<", "<=", "~", "range", "increase_to", "increase_by", "decrease_to", "decrease_by"}
KINDS = ("sections", "indicators", "commitments", "tasks", "projects")
KEYS = {"title", "number", "issuer", "period", "traditional", *KINDS, "allocations", "score_card", "errors"}
TIMES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
DIGITS = {sign: place for place, sign in enumerate("〇一二三四五六七八九")} | {"两": 2, "兩": 2, "半": 0.5}
NUMBER = re.compile(rf"(\d[\d,]*(?:\.\d+)?)\s*([{''.join(TIMES)}]*)|([{''.join(DIGITS | TIMES)}]+)")

Item = dict[str, Any]


@pytest.fixture(scope="module", params=NUMBERS)
def document(request: pytest.FixtureRequest) -> tuple[Item, str]:
    """A gold file and the text of its document."""
    seeds = shared("seeds")
    (path,) = seeds.glob(f"{request.param}_*")
    return gold(request.param), text(path)


def number(words: str) -> float:
    """The value of the number that `words` begins with, in base units; Chinese numerals to the hundreds."""
    printed = NUMBER.match(words)
    assert printed, f"no number at {words!r}"
    figures, times, numerals = printed.groups()
    if figures:
        return float(figures.replace(",", "")) * math.prod(TIMES[sign] for sign in times)
    value, digit = 0.0, 0.0
    for sign in numerals:
        if sign in TIMES:
            value, digit = value + (digit or 1) * TIMES[sign], 0
        else:
            digit = DIGITS[sign]
    return value + digit


@pytest.mark.parametrize(
    ("words", "value"),
    [("4.5万人", 45_000), ("11 万个", 110_000), ("两所", 2), ("十二所", 12), ("二十", 20), ("半天", 0.5)],
)
def test_this_file_reads_numbers(words: str, value: float) -> None:
    assert number(words) == value


def spans(item: Item) -> list[tuple[int, int]]:
    """Every span of an item."""
    own = [(item["start"], item["end"])] if "end" in item else []
    years = [(due["start"], due["end"]) for due in item.get("years", {}).values() if due and "start" in due]
    pieces = [
        tuple(piece)
        for part in (item, *(due for due in item.get("years", {}).values() if due))
        for piece in (*part.get("pieces", ()), *part.get("also", ()))
    ]
    return [*own, *years, *pieces]


def test_a_file_has_the_agreed_keys(document: tuple[Item, str]) -> None:
    plan, _ = document
    assert set(plan) == KEYS
    assert plan["period"]["start"] <= plan["period"]["end"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_span_holds_words(document: tuple[Item, str], kind: str) -> None:
    plan, words = document
    for item in plan[kind]:
        assert spans(item), item
        for start, end in spans(item):
            passage = words[start:end]
            assert 0 <= start < end <= len(words), item
            assert passage == passage.strip(), (item, passage)


def test_a_section_begins_with_its_marker_and_follows_the_one_before(document: tuple[Item, str]) -> None:
    plan, words = document
    end, level = 0, 0
    for section in plan["sections"]:
        assert words[section["start"] : section["end"]].startswith(section["marker"]), section
        assert section["start"] >= end, section
        assert 1 <= section["level"] <= level + 1, section
        end, level = section["end"], section["level"]


def test_a_commitment_states_its_figure(document: tuple[Item, str]) -> None:
    plan, words = document
    for item in plan["commitments"]:
        start, end, figure = item["start"], item["end"], item["figure"]
        assert start <= figure < end, item
        printed = unicodedata.normalize("NFKC", words[figure:end])
        assert number(printed) == item["value"], (item, printed)
        assert item["op"] in OPS, item
        assert ("value_max" in item) == (item["op"] == "range"), item
        assert item["subject"].strip(), item
        assert plan["period"]["start"] <= item["year"] <= plan["period"]["end"] + 15, item


def test_an_indicator_row_holds_its_figures(document: tuple[Item, str]) -> None:
    plan, words = document
    for item in plan["indicators"]:
        row = words[item["start"] : item["end"]]
        assert item["table"] < item["start"], item
        assert item["property"] in {"约束性", "预期性", None}, item
        for value in (item["baseline"], item["target"]):
            if value is not None:
                assert value.get("op", "=") in OPS, item
                figure = value["value"]
                printed = (
                    {value["printed"]}
                    if "printed" in value
                    else {f"{figure:.10g}", f"{figure / 10_000:.10g}"}
                )
                assert any(way in row.replace(",", "") for way in printed), (item, row)


def test_the_characters_due_are_counted(document: tuple[Item, str]) -> None:
    plan, words = document
    for task in plan["tasks"]:
        for due in filter(None, task["years"].values()):
            if "pieces" not in due:
                printed = "".join(words[due["start"] : due["end"]].split())
                assert due["chars"] <= len(printed), (task["number"], due)


def test_an_allocation_has_a_value_in_every_column(document: tuple[Item, str]) -> None:
    plan, words = document
    for table in plan["allocations"]:
        assert words[table["start"] :].startswith(table["title"])
        for row in (*table["rows"], *([table["total"]] if table["total"] else [])):
            assert len(row["values"]) == len(table["columns"]), table["title"]


def test_the_points_of_a_score_card_make_its_total(document: tuple[Item, str]) -> None:
    plan, words = document
    card = plan["score_card"] or {"items": [], "total": 0}
    assert sum(item["points"] for item in card["items"]) == card["total"]
    for item in card["items"]:
        assert item["name"] in words[item["start"] : item["end"]]
        for points, start in item["cases"]:
            assert words[start:].startswith(f"计{points}分")


def test_an_error_names_words_of_the_document(document: tuple[Item, str]) -> None:
    plan, words = document
    for error in plan["errors"]:
        assert all((error["kind"], error["note"], error["spans"])), error
        for start, end in error["spans"]:
            assert 0 <= start < end <= len(words), error


def test_the_gold_rows_of_sihui_are_those_of_the_shipped_plan() -> None:
    ours = load(shipped()["sihui-2021-2025"]).indicators
    for item, row in zip(ours, gold("004")["indicators"], strict=True):
        assert (item.group, item.name, item.unit, item.property) == tuple(
            row[key] for key in ("group", "name", "unit", "property")
        )
        assert item.baseline
        assert (item.baseline.year, item.baseline.value) == (
            row["baseline"]["year"],
            row["baseline"]["value"],
        )
        target = row["target"]
        assert (item.target.year, item.target.op, item.target.value) == (
            target["year"],
            target["op"],
            target["value"],
        )
