"""What an audit found: one thing that does not fit, where each side of it stands, and what to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "contradiction", "doubt", "note"]

SEVERITIES: Mapping[Severity, str] = {
    "error": "错误",
    "contradiction": "矛盾",
    "doubt": "疑点",
    "note": "提示",
}
"""From the worst to the mildest: wrong by itself; two places that cannot both be right; to be looked at; to
be known."""


@dataclass(frozen=True)
class Side:
    """One of the places that a finding speaks of.

    Attributes
    ----------
    plan : the title of the plan.
    section : the way through the headings, joined by `` › ``; empty before the first.
    quote : the words as printed, in one line.
    start, end : their offsets in the text as read; None where the plan was written by hand.
    """

    plan: str
    section: str
    quote: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Finding:
    """A finding, ready to be read by the plan's author.

    Attributes
    ----------
    kind : the id of the check that found it.
    severity : see `SEVERITIES`.
    sentence : in Chinese: what stands where, the figures of both sides, and what to do.
    sides : the places, the one to mend first where that can be said.
    figures : the numbers that were compared, unrounded, in the order of the sentence.
    """

    kind: str
    severity: Severity
    sentence: str
    sides: tuple[Side, ...]
    figures: tuple[float, ...] = ()

    @property
    def id(self) -> str:
        """12 hex digits, the same as long as the words of all sides and the figures are the same.

        Offsets do not count: text that was put in further above changes no id.
        """
        places = [[side.plan, side.section, side.quote] for side in self.sides]
        said = json.dumps([self.kind, places, list(self.figures)], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def order(self) -> tuple[int, str, int, str]:
        """For sorting: the worst first, within it as the document goes."""
        first = self.sides[0] if self.sides else None
        place = ("", -1) if first is None else (first.plan, -1 if first.start is None else first.start)
        return list(SEVERITIES).index(self.severity), *place, self.kind
