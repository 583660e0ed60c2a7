"""Punctuation in one form, so that a rule need not know every way to print a comma."""

from __future__ import annotations

import re

_COMMA = re.compile(r",(?!\d{3}(?!\d))")
_FULL = str.maketrans(";:()", "；：（）")


def stops(text: str) -> str:
    """`text` with Chinese commas, semicolons, colons and brackets; of the same length.

    A comma between the thousands of a figure stays.
    """
    return _COMMA.sub("，", text).translate(_FULL)
