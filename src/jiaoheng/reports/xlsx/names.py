"""Names of sheets: what Excel allows, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST = 31

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Excel keeps this name for itself.
_RESERVED = "history"


def sheet_names(captions: Iterable[str], *, taken: Iterable[str] = ()) -> list[str]:
    """A name for the sheet of each caption, in their order.

    Parameters
    ----------
    taken : names that other sheets of the workbook bear.

    Returns
    -------
    list of str
        At most 31 UTF-16 units each, without ``[]:*?/\\``, no apostrophe at either end, no two alike
        (Excel does not tell upper from lower case).
    """
    used = {name.casefold() for name in taken}
    found = []
    for caption in captions:
        name = next(name for name in _candidates(caption) if name.casefold() not in used)
        used.add(name.casefold())
        found.append(name)
    return found


def _candidates(caption: str) -> Iterator[str]:
    plain = _FORBIDDEN.sub(" ", caption).strip().strip("'").strip() or "表"
    if plain.casefold() == _RESERVED:
        plain = f"{plain}表"
    yield _cut(plain, LONGEST)
    number = 2
    while True:
        tail = f"（{number}）"
        yield _cut(plain, LONGEST - len(tail)) + tail
        number += 1


def _cut(text: str, units: int) -> str:
    """``text`` without what goes beyond ``units`` UTF-16 units, never through the middle of a character."""
    kept = text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")
    return kept.strip().strip("'").strip() or "表"
