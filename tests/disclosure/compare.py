"""What protection costs beside masking whole lines, as bureaus do by hand: ``python compare.py 1000``.

The peer masks every row (school, township) that has a small count, and where the others of a sum would tell
the only masked one, the smallest of them too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import perf_counter

import polars as pl
from outsider import attack
from random_tables import Case, random_case

from jiaoheng.disclosure import TOTAL, protect

LEAST = 5


def main(tables: int) -> None:
    """Print cells masked, persons hidden, counts recovered and seconds, ours and the peer's."""
    names = ("cells", "masked", "hidden", "persons", "recovered", "tables recovered", "seconds")
    ours, lines = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    for seed in range(tables):
        case = random_case(seed)
        began = perf_counter()
        done = protect(
            case.table, dimensions=case.dimensions, count="count", of=case.of, hierarchy=case.hierarchy
        )
        ours["seconds"] += perf_counter() - began
        cells = case.with_true(done.published)
        began = perf_counter()
        peer = _whole_lines(case, cells)
        lines["seconds"] += perf_counter() - began
        _add(ours, case, cells.with_columns("count", "masked"), no_zeros=not done.audit.zeros)
        _add(lines, case, peer, no_zeros=False)
    print(
        f"{tables} tables",
        *(f"{name}: ours {ours[name]:.0f}, lines {lines[name]:.0f}" for name in names),
        sep="\n",
    )


def _add(total: dict[str, float], case: Case, cells: pl.DataFrame, *, no_zeros: bool) -> None:
    leaves = cells.join(case.table.select(case.dimensions), on=case.dimensions, how="semi")
    total["cells"] += cells.height
    total["masked"] += cells["masked"].sum()
    total["persons"] += leaves["true"].sum()
    total["hidden"] += leaves.filter("masked")["true"].sum()
    found = attack(
        cells.select(*case.dimensions, "count", "masked"),
        dimensions=case.dimensions,
        count="count",
        leaves=case.leaves,
        hierarchy=case.hierarchy,
        wholes=case.wholes,
        no_zeros=no_zeros,
        least=LEAST,
    )
    recovered = sum(bounds.low == bounds.high and bounds.low > 0 for bounds in found)
    total["recovered"] += recovered
    total["tables recovered"] += recovered > 0


def _whole_lines(case: Case, cells: pl.DataFrame) -> pl.DataFrame:
    line = case.dimensions[0]
    small = pl.col("true").is_between(1, LEAST - 1)
    if case.of:
        small |= (pl.col(case.of) - pl.col("true")).is_between(1, LEAST - 1)
    masked = set(cells.filter(small)[line])
    weight = dict(cells.group_by(line).agg(pl.col("true").sum()).iter_rows())
    changed = True
    while changed:
        changed = False
        for parent, members in _sums(case, list(weight)):
            group = [parent, *members]
            if sum(one in masked for one in group) == 1:
                others = [one for one in members if one not in masked] or [parent]
                masked.add(min(others, key=lambda one: weight[one]))
                changed = True
    hidden = pl.col(line).is_in(list(masked))
    return cells.with_columns(masked=hidden, count=pl.when(~hidden).then("true"))


def _sums(case: Case, labels: list[str]) -> Iterator[tuple[str, list[str]]]:
    finest = list(dict.fromkeys(leaf[0] for leaf in case.leaves))
    for tree in case.hierarchy.get(case.dimensions[0], ({},)):
        members: dict[str, list[str]] = {}
        for label in [*finest, *(label for label in labels if label in tree.values())]:
            members.setdefault(tree.get(label, TOTAL), []).append(label)
        yield from members.items()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
