"""How a value came about, as a tree that can be read and written as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


@dataclass(frozen=True)
class Trace:
    """A value and what it was made of.

    Attributes
    ----------
    kind : ``verdict``, ``measure``, ``rule``, ``part`` (numerator, denominator), ``fact``, ``column``,
        ``split``, ``merge``, ``records``, ``schools``, ``school``, ``source`` or ``missing``.
    label : what it is, in Chinese.
    value : the number, unrounded; null where there is none.
    unit : of the value.
    detail : more in Chinese: a formula, a clause, a place, a reason.
    digits : how many decimals to show; null to show all that matter.
    children : what the value was made of.
    """

    kind: str
    label: str
    value: float | None = None
    unit: str = ""
    detail: str = ""
    digits: int | None = None
    children: tuple[Trace, ...] = ()

    def text(self) -> str:
        """The tree in lines, as for a terminal."""
        return "\n".join(self._lines("", ""))

    def to_dict(self) -> dict[str, Any]:
        """The tree as plain values, for JSON."""
        found: dict[str, Any] = {
            "kind": self.kind,
            "label": self.label,
            "value": self.value,
            "unit": self.unit,
        }
        return found | {"detail": self.detail, "children": [child.to_dict() for child in self.children]}

    def find(self, kind: str) -> tuple[Trace, ...]:
        """Every part of that kind, from the top down."""
        here = (self,) if self.kind == kind else ()
        return here + tuple(found for child in self.children for found in child.find(kind))

    def _lines(self, first: str, rest: str) -> list[str]:
        lines = [first + self._line()]
        for place, child in enumerate(self.children):
            last = place == len(self.children) - 1
            lines += child._lines(rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))
        return lines

    def _line(self) -> str:
        said = self.label
        if self.value is not None:
            said += f" = {shown(self.value, self.digits)}"
            said += f" {self.unit}" if self.unit else ""
        if self.detail:
            said += f"　{self.detail}"
        return said


def shown(value: float, digits: int | None = None) -> str:
    """A number for people: with `digits` decimals, or with all that matter up to four."""
    if digits is not None:
        # Half up, as people round; the value itself stays as it is.
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return f"{rounded:,}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4f}".rstrip("0")
