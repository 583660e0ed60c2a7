"""Reads the day that people write in many ways, and the day number that a spreadsheet leaves behind."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")

_EXCEL_EPOCH = date(1899, 12, 30)


def date_of(text: str) -> date | None:
    """The day that a text names, as `values.clean` leaves it; None where it names none."""
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    try:
        if match:
            return date(*map(int, match.groups()[:3]))
        if text.isdecimal() and len(text) == 5:
            # The cell lost its date format: what is left is Excel's count of days.
            return _EXCEL_EPOCH + timedelta(days=int(text))
    except ValueError:
        return None
    return None
