"""The audit as a reader meets it: all checks on five published plans, what must be told, and how much."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from audit_building import catalogue

from jiaoheng.plans.auditing import Audited, Finding, audit
from jiaoheng.plans.reading import read
from jiaoheng.plans.reading.source import Source
from shared import shared

SEEDS = {
    "000": "000_b2e5b65980bfcdcf",
    "001": "001_7923faed61bfb8a9",
    "002": "002_ac163c1c7da036ac",
    "003": "003_0a63c89a88ca1bf7",
    "004": "004_f9cdb5432da70a5b",
}
MUST_BE_TOLD = [
    ("000", "same_quantity_two_values", (99, 93)),
    ("000", "same_quantity_two_values", (96.1, 86.19)),
    ("000", "same_quantity_two_values", (20000, 38000)),
    ("000", "target_below_baseline", (91, 96.54)),
    ("000", "groups_by_size", (150, 200)),
    ("000", "target_over_hundred", (100, 100)),
    ("001", "bound_twice", (1,)),
    ("002", "score_reachable", (7, 10)),
    ("003", "same_quantity_two_values", (0.4, 0.45)),
    ("003", "same_quantity_two_values", (92, 96)),
    ("003", "same_quantity_two_values", (98, 95)),
    ("003", "same_quantity_two_values", (75, 65, 50)),
    ("003", "target_below_baseline", (95, 96.8)),
    ("003", "parts_of_total", (721, 705)),
    ("003", "indicator_without_target", (1,)),
    ("004", "seats_by_people", (16138.32, 15000)),
    ("004", "yearly_by_years", (16500, 16000)),
    ("004", "part_above_whole", (15000, 22000)),
    ("004", "target_below_baseline", (85, 86.49)),
]
AT_MOST = {"000": 32, "001": 4, "002": 8, "003": 18, "004": 13}
"""About a tenth more than there are; who adds findings reads them first."""


@pytest.mark.shared
@pytest.mark.parametrize(("seed", "kind", "figures"), MUST_BE_TOLD)
def test_the_contradictions_that_a_careful_reader_saw_are_told(
    seed: str, kind: str, figures: tuple[float, ...]
) -> None:
    told = [(each.kind, tuple(round(one, 2) for one in each.figures)) for each in findings(path(seed))]
    assert (kind, figures) in told


@pytest.mark.shared
@pytest.mark.parametrize("seed", SEEDS)
def test_an_author_is_not_drowned(seed: str) -> None:
    assert len(findings(path(seed))) <= AT_MOST[seed]


@pytest.mark.shared
def test_a_district_that_asks_for_no_less_than_its_prefecture_hears_nothing_of_it() -> None:
    plans = tuple(read_plan(path(seed)) for seed in ("000", "002"))
    assert not [
        each for each in audit(plans, catalogue=catalogue()) if each.kind == "target_below_plan_above"
    ]


def path(seed: str) -> Path:
    return shared(f"seeds/{SEEDS[seed]}.txt")


@cache
def findings(path: Path) -> tuple[Finding, ...]:
    return audit((read_plan(path),), catalogue=catalogue())


def read_plan(path: Path) -> Audited:
    source = Source(path.read_text("utf-8"))
    return Audited(read.read(source, region=None, catalogue=catalogue()), source)
