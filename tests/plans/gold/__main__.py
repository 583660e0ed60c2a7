"""``python -m tests.plans.gold``: the table for all documents that the reader can read.

With the number of a document (``python -m tests.plans.gold 000``) also what it missed and what it read
in excess.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from .agreement import Agreement, compare
from .files import NUMBERS, document, gold, text

_COLUMNS = "{:5}{:18}{:>6}{:>6}{:>6}{:>6}{:>8}{:>10}{:>8}"
_HEAD = _COLUMNS.format("", "kind", "gold", "read", "right", "found", "recall", "precision", "subject")


def main(numbers: list[str]) -> int:
    """Compares the documents named (all where none is) and prints the table; 1 where one cannot be read."""
    unread = 0
    print(_HEAD)
    for number in numbers or NUMBERS:
        path = document(number)
        if path is None:
            print(f"{number}  the document is not on this machine")
            continue
        plan, trouble = read(path)
        if plan is None:
            unread += 1
            print(f"{number}  not read: {trouble}")
            continue
        kinds = compare(plan, gold(number), text(path))
        for kind in kinds:
            print(_line(number, kind))
        if numbers:
            _list(kinds)
    return 1 if unread else 0


def read(path: Path) -> tuple[dict[str, Any] | None, str]:
    """What ``jiaoheng plan read`` prints for a document, or None and the last line of its complaint."""
    command = [
        sys.executable,
        "-c",
        "from jiaoheng.cli import main; main()",
        "plan",
        "read",
        str(path),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None, (done.stderr.strip().splitlines() or ["no message"])[-1]
    return json.loads(done.stdout), ""


def _line(number: str, kind: Agreement) -> str:
    subject = kind.subjects / kind.found if kind.subjects is not None and kind.found else None
    shares = map(_share, (kind.recall, kind.precision, subject))
    return _COLUMNS.format(number, kind.kind, kind.gold, kind.read, kind.right, kind.found, *shares)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.3f}"


def _list(kinds: tuple[Agreement, ...]) -> None:
    for kind in kinds:
        for miss in kind.misses:
            print(
                f"\n- {kind.kind}: {_show(miss.gold)}\n  read: {_show(miss.read) if miss.read else 'nothing'}"
            )
        for extra in kind.extras:
            print(f"\n+ {kind.kind}: {_show(extra)}")


def _show(item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
