"""``python -m tests.mutation``: many damaged books, or one of them again."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .run import Bench, Tally, book, child, one, read, report, run


def main() -> int:
    """Run as the command line says; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="how many books")
    parser.add_argument("--start", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="this one alone, and what came of it")
    parser.add_argument("--keep", type=Path, help="with --seed: leave the damaged file in this folder")
    parser.add_argument("--only", action="append", default=[], help="this damage alone; may be given again")
    parser.add_argument("--child", nargs="+", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        child(chosen.child, chosen.only)
        return 0
    if chosen.seed is not None:
        return _show(chosen.seed, chosen.only, chosen.keep)
    seeds = range(chosen.start, chosen.start + chosen.count)
    tally = run(seeds, only=chosen.only, progress=_progress)
    print(report(tally))
    return 1 if tally.faults else 0


def _progress(tally: Tally) -> None:
    if sys.stderr.isatty() or tally.count % 250 == 0:
        print(f"{tally.count} books, {len(tally.faults)} with faults", file=sys.stderr)


def _show(seed: int, only: Sequence[str], keep: Path | None) -> int:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench.set_up(Path(folder))
        draft = book(seed, only)
        if keep is not None:
            from .writing import write

            keep.mkdir(parents=True, exist_ok=True)
            print(write(draft, keep))
        print(f"{draft.kind}, {draft.name}: {', '.join(draft.damages)}")
        outcome = read(draft, bench)
        print(outcome.kind, outcome.message, outcome.crash)
        if outcome.reading is not None:
            for text in (
                *outcome.reading.notes,
                *(each.message() for each in outcome.reading.rejections[:20]),
            ):
                print(" ", text[:300])
        found = one(seed, bench, only)
    for fault in found["faults"]:  # type: ignore[attr-defined]
        print("FAULT", fault)
    return 1 if found["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
