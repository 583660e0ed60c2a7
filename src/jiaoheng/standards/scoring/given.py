"""What an input of a score item turned out to be, and how it is told to a reader."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_NO_UNIT = ("", "系数", "比值", "—")


@dataclass(frozen=True)
class Given:
    """One input of a score item in one county.

    Attributes
    ----------
    name : as the item's cases call it.
    label : what it is, in Chinese.
    value : a number in ``unit``, or yes or no; None where it is not known.
    coverage : the share of the rows that were known; None for what is not a measure.
    reason : why it is not known, or what is to be said about it.
    better : which way is the better one: ``higher``, ``lower``, or ``none``.
    """

    name: str
    label: str
    value: float | bool | None
    unit: str = ""
    digits: int = 2
    coverage: float | None = None
    reason: str = ""
    better: str = "none"

    @property
    def words(self) -> str:
        """``小学专任教师高一级学历比例 92.9%``; with what is missing: ``…未知（尚未填报）``."""
        if self.value is None:
            return f"{self.label}未知（{self.reason}）" if self.reason else f"{self.label}未知"
        if isinstance(self.value, bool):
            return f"{self.label}：{'是' if self.value else '否'}"
        partly = "" if self.coverage is None or self.coverage >= 1 else f"（按已知的 {self.coverage:.0%} 计）"
        return f"{self.label} {amount(self.value, self.unit, digits=self.digits)}{partly}"


def amount(value: float, unit: str, *, digits: int = 2, apart_from: float | None = None) -> str:
    """A number with its unit, half up, without trailing zeros, and never looking like ``apart_from``."""
    shown = _rounded(value, digits)
    while apart_from is not None and value != apart_from and digits < 12:
        if shown != _rounded(apart_from, digits):
            break
        digits += 1
        shown = _rounded(value, digits)
    text = f"{shown:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    text = "0" if text in ("-0", "") else text
    if unit in _NO_UNIT:
        return text
    return f"{text}{unit}" if unit in ("%", "％") else f"{text} {unit}"


def gap(value: float, unit: str, *, digits: int = 2) -> str:
    """A difference with its unit, never shown as 0; of percentages in percentage points."""
    return amount(value, "个百分点" if unit in ("%", "％") else unit, digits=digits, apart_from=0.0)


def points(value: float) -> str:
    """Points as they are written: ``3.44``."""
    return amount(value, "", digits=2)


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(f"{value:.12g}").quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
