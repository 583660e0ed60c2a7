"""What a cell may be taken for in a column, worked out apart from the project's own parsers.

It knows less than they do and is generous: it gives all values that a sensible person could read in the cell.
What a reading stores must be among them; that the row is refused is always among them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from jiaoheng import terms

from .books import hashed
from .county import tables
from .draft import Head
from .writing import Failed, Formula

_NOTHING = {"", "-", "--", "—", "——", "–", "−", "/", "\\", "无", "n/a", "#n/a", "空", "nan", "none"}
_YES = {"是", "1", "√", "✓", "✔", "y", "yes", "true", "有", "对"}
_NO = {"否", "0", "×", "✗", "✘", "n", "no", "false", "无", "没有", "不是"}
_TENS = {"万": 1e4, "千": 1e3, "亿": 1e8}


def could_be(stored: object, value: object, head: Head) -> bool:
    """Whether a reading may store this for a cell that holds ``value`` in the column of ``head``."""
    column = head.column
    text = _plain(value)
    if stored is None:
        return text.lower() in _NOTHING or _is_settled_elsewhere(head)
    if isinstance(value, Failed | Formula):
        return False
    if column.type in ("integer", "number"):
        wanted = [number * head.factor for number in numbers_of(value)]
        return any(math.isclose(float(str(stored)), each, rel_tol=1e-9, abs_tol=1e-6) for each in wanted)
    if column.type == "boolean":
        return text.lower() in (_YES if stored else _NO)
    if column.type == "date":
        return stored in _dates(value)
    if column.type == "term":
        return _means(text, column.codes, str(stored))
    if column.personal == "identifier":
        return stored == hashed(text)
    if head.target in ("schools.area_code", "pupils.home_area"):
        return (
            any(text in (row["area_code"], row["name"]) for row in tables()["areas"].to_pylist())
            or stored == text
        )
    if column.type == "code" and text.isdecimal() and str(stored).lstrip("0") == text.lstrip("0"):
        # Zeros that Excel has taken from a code are put back where the column shows how long it is.
        return True
    return _plain(stored).lower() == text.lower() or _is_settled_elsewhere(head)


def agrees(stored: object, wanted: object) -> bool:
    """Whether a stored value is the wanted one, but for the error of binary fractions."""
    if isinstance(stored, float) and isinstance(wanted, int | float):
        return math.isclose(stored, wanted, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(stored, str) and isinstance(wanted, str):
        return _plain(stored) == _plain(wanted)
    return type(stored) is type(wanted) and stored == wanted


def _is_settled_elsewhere(head: Head) -> bool:
    """Columns of which a reader asks another cell of the row: a campus alone has a main school."""
    return head.target in (
        *("schools.main_school_code", "schools.area_code", "school_stages.teachers_art"),
        *("schools.school_code", "school_stages.school_code"),
    )


def _plain(value: object) -> str:
    """The text of a cell: half-width, without spaces and marks that nobody sees."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        value = int(value)
    if isinstance(value, Failed):
        return value.error
    if isinstance(value, Formula):
        return value.text
    text = unicodedata.normalize("NFKC", str(value).replace("_x0007_", ""))
    return "".join(
        sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf")
    )


def numbers_of(value: object) -> Iterator[float]:
    """The figures that a cell may mean."""
    if isinstance(value, bool | date | datetime):
        return
    if isinstance(value, int | float):
        yield float(value)
        return
    text = _plain(value).replace(",", "").replace("−", "-")
    match = re.fullmatch(r"([+-]?[\d.]+(?:[eE][+-]?\d+)?)([万千亿]?)([^\d]*)", text)
    if not match:
        return
    try:
        number = float(match[1]) * _TENS.get(match[2], 1.0)
    except ValueError:
        return
    yield number
    if match[3] == "%":
        yield number / 100


def _dates(value: object) -> Iterator[date]:
    if isinstance(value, datetime):
        yield value.date()
    elif isinstance(value, date):
        yield value
    text = _plain(value)
    found = re.match(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})", text)
    if found:
        try:
            yield date(*map(int, found.groups()))
        except ValueError:
            return
    if text.isdecimal() and len(text) == 5:
        yield date(1899, 12, 30) + timedelta(days=int(text))


def _means(text: str, codes: str, stored: str) -> bool:
    bare = re.sub(r"^\d{2,5}[-.、:]?(?=\D)", "", text)
    if codes == "urban_rural_code" and (text[:3] == stored or text in ("城区", "镇区", "乡村")):
        return True
    for member in terms.CODE_LISTS[codes]:
        if str(member.value) == stored:
            said = (member.label, member.code, stored, f"{member.code}-{member.label}", *member.spellings)
            return any(_plain(each).lower() in (text.lower(), bare.lower()) for each in said)
    return False
