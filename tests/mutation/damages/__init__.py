"""What happens to files: each damage is a small function that says what is still true after it.

A damage takes a draft and a generator of chance, changes the draft, and gives False where it finds nothing to
damage. A harmless one leaves every row to be accepted with the value that it had.
"""

from __future__ import annotations

from random import Random

from ..draft import Draft
from . import cells, columns, files, rows, sheets
from .registry import DAMAGES, Damage

LEVELS = {"cell": 6, "row": 4, "column": 4, "sheet": 2, "file": 3}
"""How often each level is chosen, against the others."""


def damage(draft: Draft, rng: Random) -> None:
    """Do one to four things to a draft; what is done to the file itself comes last, and once."""
    wanted = [
        rng.choices(list(LEVELS), list(LEVELS.values()))[0] for _ in range(rng.choice((1, 1, 2, 2, 3, 4)))
    ]
    levels = [level for level in wanted if level != "file"] + ["file"] * ("file" in wanted)
    for level in levels:
        chosen = rng.choices(
            *zip(*((each, each.weight) for each in DAMAGES if each.level == level), strict=True)
        )[0]
        apply(draft, chosen, rng)


def apply(draft: Draft, chosen: Damage, rng: Random) -> bool:
    """Do one thing to a draft; whether there was anything to damage."""
    if not chosen.change(draft, rng):
        return False
    draft.damages.append(chosen.name)
    draft.harmless = draft.harmless and chosen.harmless
    return True


__all__ = ["DAMAGES", "Damage", "apply", "cells", "columns", "damage", "files", "rows", "sheets"]
