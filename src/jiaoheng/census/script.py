"""Traditional characters as simplified ones, so that names in either script can be compared."""

from __future__ import annotations

from functools import cache

import opencc


def simplified(text: str) -> str:
    """A text in simplified characters."""
    return str(_converter().convert(text))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
