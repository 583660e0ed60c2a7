"""Whatever an outsider adds up and takes away, no masked count can be worked out.

``JIAOHENG_TABLES=1000`` tries that many tables.
"""

from __future__ import annotations

import os

import polars as pl
import pytest
from outsider import Bounds, attack
from random_tables import Case, random_case

from jiaoheng.disclosure import Protected, protect

TABLES = int(os.environ.get("JIAOHENG_TABLES", "150"))
LEAST = 5


def _protected(case: Case) -> Protected:
    return protect(
        case.table,
        dimensions=case.dimensions,
        count="count",
        of=case.of,
        hierarchy=case.hierarchy,
        least=LEAST,
    )


def _attacked(case: Case, published: pl.DataFrame, *, no_zeros: bool) -> list[Bounds]:
    return attack(
        published,
        dimensions=case.dimensions,
        count="count",
        leaves=case.leaves,
        hierarchy=case.hierarchy,
        wholes=case.wholes,
        no_zeros=no_zeros,
        least=LEAST,
    )


@pytest.mark.parametrize("start", range(0, TABLES, 50))
def test_no_masked_count_of_a_random_table_is_worked_out(start: int) -> None:
    for seed in range(start, min(start + 50, TABLES)):
        case = random_case(seed)
        done = _protected(case)
        wholes = done.published.select(*case.dimensions, *([case.of] if case.of else []))
        out_of = (
            {tuple(row[: len(case.dimensions)]): row[-1] for row in wholes.iter_rows()} if case.of else {}
        )
        office = {tuple(row[:-3]): row[-2:] for row in done.ranges.iter_rows()}
        found = _attacked(case, done.published, no_zeros=not done.audit.zeros)
        assert {bounds.labels for bounds in found} == set(office)
        for bounds in found:
            # A group of three persons can be told apart by no more than three.
            needed = min(LEAST - 1, out_of.get(bounds.labels, LEAST))
            assert bounds.high - bounds.low >= needed > 0, (seed, bounds)
            low, high = office[bounds.labels]
            assert (bounds.low, bounds.high) == (low, bounds.high if high is None else high), (seed, bounds)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_published_is_true_and_never_small(seed: int) -> None:
    case = random_case(seed)
    cells = case.with_true(_protected(case).published)
    assert cells.filter(pl.col("masked") != pl.col("count").is_null()).is_empty()
    shown = cells.filter(~pl.col("masked"))
    assert shown.filter(pl.col("count") != pl.col("true")).is_empty()
    assert shown.filter(pl.col("count").is_between(1, LEAST - 1)).is_empty()
    if case.of:
        rest = pl.col(case.of) - pl.col("count")
        shown = shown.filter(pl.col("count") > 0)
        assert shown.filter(rest.is_between(1, LEAST - 1)).is_empty()


def test_masking_the_small_counts_alone_would_not_hold_against_this_outsider() -> None:
    recovered = 0
    for seed in range(20):
        case = random_case(seed)
        cells = case.with_true(_protected(case).published)
        small = pl.col("true").is_between(1, LEAST - 1)
        naive = cells.select(*case.dimensions, masked=small, count=pl.when(~small).then("true"))
        found = _attacked(case, naive, no_zeros=False)
        recovered += sum(bounds.low == bounds.high for bounds in found)
    assert recovered > 100
