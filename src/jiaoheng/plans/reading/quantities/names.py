"""Names the figures of a paragraph one after the other; a figure may lean on the names before it."""

from __future__ import annotations

import re

from jiaoheng.plans.reading.quantities.place import Place, Text
from jiaoheng.plans.reading.quantities.quantity import Quantity
from jiaoheng.plans.reading.quantities.rows import Row
from jiaoheng.plans.reading.quantities.subjects import completed, left_out, shared, subject, trimmed

_CLAUSE_END = re.compile(r"[，,；;。：:]")
_SHARE = re.compile(r"[，；]?(?:仅|约|只)?占(?:比|总数)?(?:仅|约|达|为)*")


class Names:
    """The subjects of a paragraph's figures, from left to right."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._end = 0
        self._total = ""
        self._totals: dict[str, str] = {}
        self._sentence = (0, 0)
        self._unit = ""
        self._row: list[str] = []
        self._row_before: list[str] = []

    def name(self, one: Quantity, place: Place, row: Row | None, *, described: bool, given: str = "") -> str:
        """The subject of the next figure.

        Parameters
        ----------
        given : the name where it is known: that of the figure from which this one rises or falls.
        described : whether it only describes (1000人以上的中学): then the next subject holds it.
        """
        if row and row.index == 0:
            self._row_before, self._row = self._row, []
        name = given or (self._of_row(row) if row else None) or self._own(one, place)
        if place.sentence == self._sentence and one.unit == self._unit:
            name = completed(name, self._total)
        if not described:
            if place.sentence != self._sentence:
                self._totals = {}
            self._end, self._sentence, self._unit = one.tail, place.sentence, one.unit
            if place.bracket is None:
                self._total = self._totals[one.unit] = name
            if row:
                self._row.append(name)
        return name

    def _own(self, one: Quantity, place: Place) -> str:
        words = self._text.text
        start, end = place.clause
        if one.unit == "%" and _SHARE.fullmatch(place.full) and self._counted(place):
            return f"{self._total}占比"
        name = subject(one, place, since=words[self._end : one.start] if start < self._end else "")
        if name or place.bracket is not None:
            return name or self._totals.get(one.unit, self._total)
        if place.sentence != self._sentence:
            return left_out(words[place.sentence[0] : start])
        between = _CLAUSE_END.split(words[self._end : end if start < self._end else start], maxsplit=1)
        stated = left_out(between[1]) if len(between) > 1 else ""
        return stated or self._totals.get(one.unit, self._total)

    def _counted(self, place: Place) -> bool:
        """Whether the figure before is a count of the same sentence, which 占0.7% gives as a share."""
        return bool(self._total) and place.sentence == self._sentence and self._unit not in ("%", "", "元")

    def _of_row(self, row: Row) -> str | None:
        """This figure's part of the words before the row; without any, its name in the row before."""
        lead = self._text.place(row.first.start, row.first.end).lead
        if not trimmed(lead) and len(self._row_before) >= row.length:
            return self._row_before[row.index]
        return shared(lead, row.length, row.index)
