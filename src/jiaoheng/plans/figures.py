"""Figures as people read them: half-up rounding, units, and comparators in the way that plans print them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from jiaoheng.plans.model import Target

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "", "~": "约"}
_VERBS = {
    "increase_to": "提高到",
    "increase_by": "增加",
    "decrease_to": "降低到",
    "decrease_by": "减少",
}


def figure(value: float, *, digits: int = 2, apart_from: float | None = None) -> str:
    """`value` with at most `digits` decimals, rounded half up, without trailing zeros.

    With `apart_from`, decimals are added until the two differ: 84.999 beside a threshold of 85 is not
    shown as 85.
    """
    shown = rounded(value, digits)
    while (
        apart_from is not None
        and digits < 12
        and value != apart_from
        and shown == rounded(apart_from, digits)
    ):
        digits += 1
        shown = rounded(value, digits)
    text = f"{shown:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def amount(value: float, unit: str, *, apart_from: float | None = None) -> str:
    """A value with its unit."""
    return f"{figure(value, apart_from=apart_from)}{unit}"


def change(value: float, unit: str) -> str:
    """A difference with its unit, never shown as 0 where it is not; of percentages in percentage points."""
    return f"{figure(value, apart_from=0)}{'个百分点' if unit in ('%', '％') else unit}"


def target_words(target: Target | None, unit: str) -> str:
    """A target as a plan prints it: ``≥57%``, ``约30%``, ``40%—50%``, ``达标，即≥100%``; ``未写`` where it
    prints none.
    """
    if target is None:
        return "未写"
    value = amount(target.value, unit)
    if target.op == "range" and target.value_max is not None:
        words = f"{value}—{amount(target.value_max, unit)}"
    elif target.op in ("increase_by", "decrease_by"):
        words = _VERBS[target.op] + change(target.value, unit)
    else:
        words = (_SIGNS.get(target.op) or _VERBS.get(target.op, "")) + value
    wordy = target.printed is not None and not any(sign.isdigit() for sign in target.printed)
    return f"{target.printed}，即{words}" if wordy else words


def dated_target(target: Target | None, unit: str) -> str:
    """A target with its year: ``≥57%（2025年）``; ``未写`` where the plan prints none."""
    return target_words(target, unit) + ("" if target is None else f"（{target.year}年）")


def rounded(value: float, digits: int) -> Decimal:
    """`value` to that many decimals, half up, after the noise of binary fractions is taken off."""
    return Decimal(f"{value:.12g}").quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def decimals(value: float) -> int:
    """How many decimals `value` was printed with: 2 for 97.02."""
    text = f"{Decimal(f'{value:.12g}'):f}"
    return len(text.partition(".")[2].rstrip("0"))
