"""``python -m benchmarks.plan_reading``: real plans read, beside one regular expression over their sentences.

For each plan with a gold file: the seconds of each reader (the median, text in memory, libraries loaded), how
many of the commitments that an annotator wrote down it gives rightly (recall), and what share of what it
gives is right (precision). The documents lie beside the project, in ``../shared/seeds``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from tests.plans.gold import agreement, files

from benchmarks import regex_peer
from jiaoheng import measures
from jiaoheng.plans.reading.read import read
from jiaoheng.plans.reading.source import Source
from jiaoheng.workspace.plan_documents import plan_document

_COLUMNS = "{:6}{:>8}{:>8} {:18}{:>9}{:>8}{:>7}{:>8}{:>11}"
_HEAD = ("plan", "chars", "gold", "reader", "seconds", "ratio", "right", "recall", "precision")


def main() -> int:
    """Print a line for each plan and reader; 1 where no plan is at hand."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plan_reading", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    paths = {number: files.document(number) for number in files.NUMBERS}
    texts = {number: files.text(path) for number, path in paths.items() if path}
    if not texts:
        print("no plan at hand: they lie in ../shared/seeds", file=sys.stderr)
        return 1
    catalogue = measures.catalogue()
    print(_COLUMNS.format(*_HEAD))
    for number, text in texts.items():
        gold = files.gold(number)
        readers: dict[str, Callable[[], dict[str, Any]]] = {
            "regular expression": lambda text=text, gold=gold: _peer(text, gold),  # type: ignore[misc]
            "jiaoheng": lambda text=text: plan_document(read(Source(text), catalogue=catalogue)),  # type: ignore[misc]
        }
        base = 0.0
        for name, work in readers.items():
            seconds, found = _timed(work, rounds)
            base = base or seconds
            print(_line(number, text, name, seconds, seconds / base, found, gold))
    return 0


def _peer(text: str, gold: dict[str, Any]) -> dict[str, Any]:
    return {"commitments": regex_peer.read(text, gold["period"]["end"])}


def _timed(work: Callable[[], dict[str, Any]], rounds: int) -> tuple[float, dict[str, Any]]:
    found = work()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - start)
    return median(taken), found


def _line(
    number: str,
    text: str,
    name: str,
    seconds: float,
    ratio: float,
    found: dict[str, Any],
    gold: dict[str, Any],
) -> str:
    kinds = {kind.kind: kind for kind in agreement.compare(found, gold, text)}
    kind = kinds["commitments"]
    shares = [f"{share:.3f}" if share is not None else "" for share in (kind.recall, kind.precision)]
    return _COLUMNS.format(
        number, len(text), kind.gold, name, f"{seconds:.3f}", f"{ratio:.0f}", kind.right, *shares
    )


if __name__ == "__main__":
    sys.exit(main())
