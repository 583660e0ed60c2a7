"""The whole reader against the gold files: of each real plan and each kind, no less than was measured."""

from __future__ import annotations

import pytest
from gold.__main__ import read
from gold.agreement import compare
from gold.files import NUMBERS, document, gold, text

from shared import shared

FLOORS: dict[tuple[str, str], tuple[float, float]] = {
    ("003", "commitments"): (0.98, 1),
    ("003", "projects"): (0.71, 0.71),
}
"""Recall and precision where they are not 1. Two projects of 003 are 拆建和扩建: the reader names no kind."""
SUBJECTS = 0.8
"""The least share of commitments whose subject is the annotator's, in other words or the same."""


@pytest.mark.shared
@pytest.mark.parametrize("number", NUMBERS)
def test_a_real_plan_is_read_as_an_annotator_read_it(number: str) -> None:
    path = document(number) or shared(f"seeds/{number}")
    plan, trouble = read(path)
    assert plan is not None, trouble
    for kind in compare(plan, gold(number), text(path)):
        recall, precision = FLOORS.get((number, kind.kind), (1, 1))
        if kind.gold:
            assert kind.recall is not None, kind.kind
            assert kind.recall >= recall, (kind.kind, kind.misses)
        assert kind.read == 0 or (kind.precision or 0) >= precision, (kind.kind, kind.extras, kind.misses)
        if kind.subjects is not None and kind.found:
            assert kind.subjects / kind.found >= SUBJECTS
