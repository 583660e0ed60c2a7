"""The gold files beside this one, and the documents that they were written from, in ``../shared/seeds``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NUMBERS = ("000", "001", "002", "003", "004")
SEEDS = HERE.parents[3] / "shared" / "seeds"


def gold(number: str) -> dict[str, Any]:
    """The gold file of a document, as data."""
    found: dict[str, Any] = json.loads((HERE / f"{number}.json").read_text(encoding="utf-8"))
    return found


def document(number: str) -> Path | None:
    """The document that a gold file was written from; None where it is not on this machine."""
    found = sorted(SEEDS.glob(f"{number}_*"))
    return found[0] if found else None


def text(path: Path) -> str:
    """The text that all offsets point into: UTF-8, with universal newlines."""
    with path.open(encoding="utf-8") as file:
        return file.read()
