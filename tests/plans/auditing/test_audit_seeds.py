"""What the audit says of three published plans: every finding below was read and judged to be right.

A rule that finds more, or less, changes this list; what is new has to be read first.
"""

from __future__ import annotations

import opencc
import pytest
from audit_building import catalogue

from jiaoheng.plans.auditing import (
    Audited,
    audit,
    bounds,
    brackets,
    changes,
    counts,
    headings,
    misprints,
    names,
    parts,
    products,
    repeated,
    scores,
    table_sums,
    task_places,
    years,
)
from jiaoheng.plans.reading import read
from jiaoheng.plans.reading.source import Source
from shared import shared

FAMILIES = (
    table_sums, scores, parts, changes, products, counts, repeated, task_places,
    misprints, brackets, bounds, headings, names, years,
)  # fmt: skip
CHECKS = tuple(check for family in FAMILIES for check in family.CHECKS)

Told = tuple[str, int, tuple[float, ...]]

RIGHT: dict[str, list[Told]] = {
    "000_b2e5b65980bfcdcf": [
        ("foreign_words", 776, ()),
        ("word_twice", 3794, ()),
        ("traditional_characters", 6358, (53,)),
        ("foreign_words", 24495, ()),
        ("word_twice", 32080, ()),
        ("same_quantity_two_values", 8177, (55, 50)),
        ("same_quantity_two_values", 8177, (85, 80)),
        ("same_quantity_two_values", 8404, (20000, 38000)),
        ("same_quantity_two_values", 9086, (96.1, 86.19)),
        ("same_quantity_two_values", 9086, (99, 98)),
        ("indicator_two_names", 9189, ()),
        ("same_quantity_two_values", 9234, (99, 93)),
        ("same_quantity_two_values", 9263, (97.54, 97.51)),
        ("same_quantity_two_values", 9263, (99, 98)),
        ("task_units_differ", 37150, ()),
        ("task_units_differ", 37780, ()),
        ("task_units_differ", 47988, ()),
        ("groups_by_size", 16733, (150, 200)),
        ("document_two_titles", 36244, ()),
        ("due_year_differs", 37423, (2023, 2025)),
        ("due_year_differs", 38631, (2023, 2025, 2025, 2025, 2025, 2025, 2025)),
        ("unit_two_names", 38694, (2,)),
        ("leftover_markup", 39931, (154,)),
    ],
    "002_ac163c1c7da036ac": [
        ("heading_ends_open", 5103, ()),
        ("word_twice", 12748, ()),
        ("word_twice", 12769, ()),
        ("score_reachable", 18168, (7, 10)),
        ("leftover_markup", 18656, (10,)),
    ],
    "004_f9cdb5432da70a5b": [
        ("sign_twice", 6741, ()),
        ("heading_unlike_contents", 2581, ()),
        ("part_above_whole", 6651, (15000, 22000)),
        ("seats_by_people", 8205, (16138.32, 15000)),
        ("yearly_by_years", 8109, (16500, 16000)),
        ("same_target_two_comparators", 4404, (98,)),
        ("bound_twice", 5577, (1,)),
    ],
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("seed", RIGHT)
def test_a_published_plan_has_the_findings_that_were_judged_right_and_no_others(seed: str) -> None:
    assert told(shared(f"seeds/{seed}.txt").read_text("utf-8")) == RIGHT[seed]


@pytest.mark.shared
@pytest.mark.parametrize("seed", RIGHT)
def test_the_same_plan_in_traditional_characters_has_the_same_findings(seed: str) -> None:
    text = opencc.OpenCC("s2t").convert(shared(f"seeds/{seed}.txt").read_text("utf-8"))
    assert told(text) == [each for each in RIGHT[seed] if each[0] != "traditional_characters"]


def told(text: str) -> list[Told]:
    source = Source(text)
    plan = read.read(source, region="441284", catalogue=catalogue())
    found = audit([Audited(plan, source)], catalogue=catalogue(), checks=CHECKS)
    return [
        (each.kind, each.sides[0].start or 0, tuple(round(value, 2) for value in each.figures))
        for each in found
    ]
