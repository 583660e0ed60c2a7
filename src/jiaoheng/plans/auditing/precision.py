"""How exact a printed figure is, so that rounding is not taken for a fault."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def place_of(printed: float) -> Decimal:
    """The place of the last digit that was printed: 1000 for 16000, 1 for 66, 0.01 for 97.02.

    Zeros at the end of a whole number are taken for rounding; 0 has the place 1.
    """
    exact = Decimal(f"{printed:.12g}").normalize()
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent) if exact else Decimal(1)


def rounded_to(value: float, place: Decimal) -> Decimal:
    """`value` half up to a place."""
    exact = Decimal(f"{value:.12g}")
    return (exact / place).quantize(Decimal(1), rounding=ROUND_HALF_UP) * place


def within_print(value: float, printed: float) -> bool:
    """Whether `value`, rounded to the place that `printed` shows, is `printed`."""
    return rounded_to(value, place_of(printed)) == Decimal(f"{printed:.12g}")
