"""Names of units, apart: ``区教育局、区财政局，各镇（街）`` are three."""

from __future__ import annotations

import re

_PARTS = re.compile(r"[^、，,；;\s（(）)]+(?:[（(][^（）()]*[）)][^、，,；;\s（(）)]*)*")
_TAIL = re.compile(r"(?<=.)(?:等(?:有关|相关)?(?:部门|单位)?)?[。.]?$")


def units(words: str) -> tuple[str, ...]:
    """The units that `words` list, in their order; brackets stay with their name (``各镇（街）``)."""
    names = (_TAIL.sub("", found.group()).strip() for found in _PARTS.finditer(words))
    return tuple(dict.fromkeys(name for name in names if name))
