"""What stands on a page of a PDF: letters and ruled lines, in points from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Letter(NamedTuple):
    """A letter and its box."""

    sign: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A ruled line: level where its ends have one height, upright where they have one distance."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes
    ----------
    pictured : the share of it that its largest picture covers.
    """

    width: float
    height: float
    letters: tuple[Letter, ...]
    rules: tuple[Rule, ...]
    pictured: float


def page_of(told: dict[str, Any]) -> Page:
    """A page as `pdf_apart` tells it."""
    boxes = told["boxes"]
    letters = map(Letter, told["letters"], boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4])
    rules = tuple(Rule(*rule) for rule in told["rules"])
    return Page(told["width"], told["height"], tuple(letters), rules, told["pictured"])
