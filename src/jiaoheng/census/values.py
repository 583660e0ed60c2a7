"""Turns what a cell holds into a value of the dictionary's type, or says in Chinese why it cannot.

A blank, a dash, a slash and “无” are missing, never zero. Full-width digits, thousands separators, numbers
written as text, and stray spaces are read as meant; a value that could mean two things is refused.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TypeGuard

from jiaoheng import terms
from jiaoheng.census import identity_check
from jiaoheng.census.codes import with_zeros
from jiaoheng.census.dates import date_of
from jiaoheng.census.dictionary import Column, is_confidential
from jiaoheng.census.figures import Figure, FigureError, read_figure
from jiaoheng.census.formula_faults import FAULTS

Value = str | int | float | bool | date | None

BLANKS = frozenset(
    {"", "-", "--", "---", "—", "——", "———", "–", "−", "─", "/", "//", "\\", "…", "……", "...", "......"}
    | {"无", "暂无", "不详", "空", "N/A", "n/a", "NA", "#N/A", "nan", "NaN", "None", "null", "NULL"}
)
"""What people write where they have nothing to write."""

_LONGEST_BLANK = max(map(len, ("TRUE", "FALSE", *BLANKS)))

_TRUE = frozenset(
    {"是", "1", "√", "✓", "✔", "Y", "y", "YES", "Yes", "yes", "TRUE", "True", "true", "有", "对"}
)
_FALSE = frozenset({"否", "0", "×", "✗", "✘", "N", "n", "NO", "No", "no", "FALSE", "False", "false"})
_FALSE |= frozenset({"无", "没有", "不是"})

_POINT_ZERO = re.compile(r"(?<=\d)\.0+$")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2060\ufeff\ufffe\uffff\ud800-\udfff]")

_EXACT = 10**15
"""Whole numbers from here on may have lost digits in Excel."""

_MOST = 10**12
_MOST_OF_UNIT: Mapping[str, int] = {"学时": 10_000, "年": 10_000}
"""Where an identity number or a telephone number in a shifted column would pass for a figure."""


_PERSON = 18
"""A shorter text holds no identity number."""

_LOOKED_AT = 100
"""So much of a cell may be repeated in a message, and more."""


class CellError(ValueError):
    """A cell's value is not of its column's type.

    ``reason`` says why, and never repeats a value of a table of persons; ``mend`` says what to do.
    """

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(f"{reason}。{mend}")
        self.reason = reason
        self.mend = mend


def parse(value: object, column: Column, *, factor: float = 1.0) -> Value:
    """The value of one cell.

    Parameters
    ----------
    value : what the workbook library gave: text, number, boolean, date or None.
    column : the column that the cell belongs to.
    factor : what a number is multiplied by to reach the base unit (10,000 where a form is in 万元).

    Returns
    -------
    str, int, float, bool, date or None, as the column's type asks; None where the cell says nothing.

    Raises
    ------
    CellError
        The cell cannot be read as that type.
    """
    if value is None or value == "":
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, str) and value in FAULTS:
        raise CellError(f"公式的结果是 {value}", "请改正公式，或直接填数；在 Excel 中保存后再导入。")
    if isinstance(value, bool) and column.type != "boolean":
        value = _as_text(value)
    found = _PARSERS[column.type](value, column, factor)
    if isinstance(found, str) and len(found) >= _PERSON and column.rule.stored != "hash":
        _refuse_persons(found)
    return found


def parse_column(
    values: Sequence[object], column: Column, *, factor: float = 1.0
) -> tuple[list[Value], dict[int, CellError]]:
    """The values of many cells of one column, and the faults by position (their value is None).

    Each distinct value is parsed once: columns of a roster repeat themselves.
    """
    if column.type != "boolean" and bool in set(map(type, values)):
        # True == 1 as a dictionary key, yet only one of them is a number.
        values = [_as_text(value) if isinstance(value, bool) else value for value in values]
    if column.type == "code":
        values = with_zeros(values)
    parsed: dict[object, Value] = {}
    wrong: dict[object, CellError] = {}
    distinct = set(values)
    if column.type == "code":
        most = math.inf if column.rule.stored == "hash" else _PERSON - 1
        parsed = {
            value: _cased(value, column) for value in distinct if _is_tidy(value) and len(value) <= most
        }
        distinct = distinct.difference(parsed)
    for value in distinct:
        try:
            parsed[value] = parse(value, column, factor=factor)
        except CellError as error:
            parsed[value] = None
            wrong[value] = error
    result = list(map(parsed.__getitem__, values))
    if not wrong:
        return result, {}
    return result, {position: wrong[value] for position, value in enumerate(values) if value in wrong}


def most(column: Column) -> int:
    """The largest number, in the base unit, that a column takes; beyond it a cell holds something else."""
    return _MOST_OF_UNIT.get(column.unit, _MOST)


def clean(value: object) -> str:
    """The text of a cell: full-width to half-width, spaces of any kind trimmed, invisible marks dropped."""
    return _half_width(_as_text(value)).strip()


def _text(value: object, column: Column, factor: float) -> str | None:
    text = _CONTROL.sub("", _as_text(value).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if column.name == "name" and "\n" in text:
        text = "".join(map(str.strip, text.split("\n")))  # a name was broken to fit the width of its column
    return None if text in BLANKS else text


def _code(value: object, column: Column, factor: float) -> str | None:
    if isinstance(value, float) and not (value.is_integer() and abs(value) < _EXACT):
        raise _fault(
            value, column, "不是完整的代码", "Excel 会丢掉长数字的末几位，请把该列设为“文本”格式后重填。"
        )
    # Without its spaces the text may have a shorter form still: an accent that stood alone, say.
    text = _half_width("".join(clean(value).split())).lstrip("'")
    # A program that took the codes for numbers wrote them out with a decimal point.
    text = _POINT_ZERO.sub("", text)
    if text in BLANKS:
        return None
    if text in ("TRUE", "FALSE") or (_SCIENTIFIC.fullmatch(text) and "." in text):
        raise _fault(value, column, "不是完整的代码", "请把该列设为“文本”格式后重填。")
    return _cased(text, column)


def _refuse_persons(text: str) -> None:
    """An identity number that slipped into another column would be stored as it stands."""
    if identity_check.is_written_in(unicodedata.normalize("NFKC", text)):
        raise CellError("填写的内容中有身份证件号", "请核对各列是否错位，并删去它。")


def _is_tidy(value: object) -> TypeGuard[str]:
    """Whether a code stands as it will be stored, as nearly all of a large roster do."""
    return isinstance(value, str) and value.isascii() and value.isalnum() and len(value) > _LONGEST_BLANK


def _cased(code: str, column: Column) -> str:
    return code.upper() if column.rule.stored == "hash" else code


def _integer(value: object, column: Column, factor: float) -> int | None:
    if isinstance(value, int):
        number: float | int = value
    else:
        figure = _figure(value, column)
        if figure is None:
            return None
        number, factor = figure.number, factor if figure.factor is None else figure.factor
    # A form in 10,000 persons may say 45.3: the product is whole but for the error of binary fractions.
    scaled = number * factor if factor != 1.0 else number
    whole = round(scaled)
    if abs(scaled - whole) > (1e-6 if factor != 1.0 else 0):
        raise _fault(value, column, "不是整数", "请填整数。")
    if whole < 0:
        raise _fault(value, column, "是负数", "请填 0 或正数；没有数据时留空。")
    _check_size(whole, value, column)
    return whole


def _number(value: object, column: Column, factor: float) -> float | None:
    figure = _figure(value, column)
    if figure is None:
        return None
    number, factor = figure.number, factor if figure.factor is None else figure.factor
    if number < 0 and column.unit != "度":
        raise _fault(value, column, "是负数", "请填 0 或正数；没有数据时留空。")
    scaled = float(number) * factor if factor != 1.0 else float(number)
    _check_size(scaled, value, column)
    return scaled


def _check_size(number: float, value: object, column: Column) -> None:
    if abs(number) > most(column):
        raise _fault(value, column, "数值过大", "请检查是否多填了数字，或各列是否错位。")


def _boolean(value: object, column: Column, factor: float) -> bool | None:
    if isinstance(value, bool):
        return value
    text = clean(value)
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if text in BLANKS:
        return None
    raise _fault(value, column, "不是“是”或“否”", "请填“是”或“否”。")


def _date(value: object, column: Column, factor: float) -> date | None:
    if isinstance(value, datetime):
        found: date | None = value.date()
    elif isinstance(value, date):
        found = value
    else:
        text = clean(value)
        if text in BLANKS:
            return None
        found = date_of(text)
    if found is None or not 1900 <= found.year <= 2100:
        raise _fault(value, column, "不是日期", "请按“2015-09-01”填写。")
    return found


def _term(value: object, column: Column, factor: float) -> str | None:
    text = _POINT_ZERO.sub("", clean(value))
    found = _spellings(column.codes).get(text)
    if found is not None:
        return found
    if text in BLANKS:
        return None
    labels = "、".join(member.label for member in terms.CODE_LISTS[column.codes])
    raise _fault(value, column, f"不是“{column.zh}”的选项", f"请改为：{labels}。")


_PARSERS: Mapping[str, Callable[[object, Column, float], Value]] = {
    "text": _text,
    "code": _code,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "term": _term,
}


def _figure(value: object, column: Column) -> Figure | None:
    """The number in a cell; None where it says nothing."""
    reason = "不是整数" if column.type == "integer" else "不是数字"
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise _fault(value, column, reason, "请改为阿拉伯数字。")
        return Figure(value, None)
    text = clean(value)
    if text in BLANKS:
        return None
    try:
        return read_figure(text, column.unit)
    except FigureError as error:
        raise _fault(value, column, error.reason.replace("不是数字", reason), error.mend) from None


def _fault(value: object, column: Column, reason: str, mend: str) -> CellError:
    if is_confidential(column) or identity_check.is_written_in(_half_width(_as_text(value)[:_LOOKED_AT])):
        return CellError(f"填写的内容{reason}", mend)
    shown = _as_text(value).strip()
    if len(shown) > 30:
        shown = shown[:30] + "…"
    return CellError(f"“{shown}”{reason}", mend)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value)


@lru_cache(maxsize=65536)
def _half_width(text: str) -> str:
    return _CONTROL.sub("", unicodedata.normalize("NFKC", text))


@cache
def _spellings(codes: str) -> dict[str, str]:
    """Every spelling of a code list, as `clean` leaves it. The first member that claims one has it."""
    found: dict[str, str] = {}
    for member in terms.CODE_LISTS[codes]:
        for spelling in (*member.spellings, *(f"{member.code}-{member.label}",) * bool(member.code)):
            found.setdefault(clean(spelling), str(member.value))
    return found
