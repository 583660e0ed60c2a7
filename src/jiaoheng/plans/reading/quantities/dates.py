"""Which of the years that a paragraph names a figure is for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from jiaoheng.plans.reading.quantities.figure import Setting
from jiaoheng.plans.reading.quantities.place import Place, Text
from jiaoheng.plans.reading.quantities.quantity import Quantity
from jiaoheng.plans.reading.quantities.roles import Timing
from jiaoheng.plans.reading.quantities.rows import Row
from jiaoheng.plans.reading.quantities.years import Years

_COMPARED = re.compile(r"(?:(?<!占)比|较|自|从|与|同|相比|根据|按照|面向)$")
_SINCE = re.compile(r"^(?:起|以来|开始|基础上|远景|修订|版|第)")
_BEFORE_DEADLINE = re.compile(r"(?:到|至|在|力争|争取|于|[，,；;：:。(（、])$")
_OPENED = re.compile(r"[(（][^()（）]*")
_CLOSED = re.compile(r"[)）]")
_JOINED = re.compile(r"(?:底|末)?(?:、|和|与|及)")
_OPENS = re.compile(r"(?:^|[。；])(?:力争|争取)?(?:到|至)$")
_CARRIED = 0.85
"""How sure a year is that the sentences before it opened with: 到2025年，…。每镇…."""
_COUNTED = 0.7
"""How sure the year of 三年内 is: the text does not say from when."""
_AFTER_DEADLINE = re.compile(
    r"^(?:\d{1,2}月)?(?:底|末|初|中)?(?:之?前|以前|[，,]|底|末)|^(?:期间|时期|[，,])"
)


class Dates:
    """The years of one paragraph, and how far each reaches."""

    def __init__(self, text: Text, named: Iterable[Years], setting: Setting) -> None:
        self._text = text.text
        self._setting = setting
        self._deadlines = [(one, self._reach(text, one)) for one in named if self._is_deadline(one)]
        self._starts = [years.start for years, _ in self._deadlines]
        self._broken_down: dict[tuple[int, int], int] = {}

    def timing(self, one: Quantity, place: Place, row: Row | None = None) -> Timing:
        """The year that the quantity is for; of a row, each may have its own (2025年、2027年分别达到…)."""
        low = place.bracket if place.bracket is not None else place.sentence[0]
        near = [
            years
            for years, (first, last) in self._between(low, one.numeral)
            if years.end <= one.numeral and first <= one.numeral < last
        ]
        if near:
            mine = self._of_row(near, row) if row else near[-1]
            return Timing(self._resolved(mine), named=True, sure=_COUNTED if mine.count else 1)
        if place.bracket is not None:
            outer = [years for years, (_, last) in self._between(place.sentence[0], low) if low < last]
            if outer:
                return Timing(self._resolved(outer[-1]), named=True)
        listed = self._breakdown(one)
        if listed is not None:
            self._broken_down[place.sentence] = listed
        carried = self._broken_down.get(place.sentence)
        if carried is not None:
            return Timing(carried, named=True)
        opened = self._opened(place)
        return Timing(opened, named=True, sure=_CARRIED) if opened else Timing(self._setting.year)

    def _opened(self, place: Place) -> int | None:
        """The year of the last sentence that opens with a deadline, in a paragraph that opens with one."""
        opening = [
            years
            for years, _ in self._deadlines
            if _OPENS.search(self._text[max(0, years.start - 6) : years.start])
        ]
        if not opening or opening[0].start > 4:
            return None
        before = [years for years in opening if years.start < place.sentence[0]]
        return self._resolved(before[-1]) if before else None

    def _between(self, low: int, high: int) -> list[tuple[Years, tuple[int, int]]]:
        return self._deadlines[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def _resolved(self, years: Years) -> int | None:
        if years.count is not None:
            return self._setting.end
        return years.resolved(self._setting.start, self._setting.end)

    def _of_row(self, near: list[Years], row: Row) -> Years:
        joined = [near[-1]]
        for years in reversed(near[:-1]):
            if not _JOINED.fullmatch(self._text[years.end : joined[0].start]):
                break
            joined.insert(0, years)
        return joined[row.index] if len(joined) == row.length else near[-1]

    def _breakdown(self, one: Quantity) -> int | None:
        """The last year of a bracket that shares a total out: 16所（其中2021年4所、2022年3所）."""
        match = _OPENED.match(self._text, one.end)
        if not match:
            return None
        inside = [years.last for years, _ in self._between(one.end, match.end())]
        return max(filter(None, inside), default=None) if len(inside) > 1 else None

    def _is_deadline(self, one: Years) -> bool:
        before, after = self._text[max(0, one.start - 2) : one.start], self._text[one.end : one.end + 4]
        return not (_COMPARED.search(before) or _SINCE.match(after))

    def _reach(self, text: Text, one: Years) -> tuple[int, int]:
        """From where to where it counts: its sentence where it is a deadline, else only its clause."""
        place = text.place(one.start, one.end)
        before = self._text[max(place.sentence[0], one.start - 2) : one.start]
        after = self._text[one.end : one.end + 6]
        wide = (
            one.first != one.last
            or one.first is None
            or not before
            or _BEFORE_DEADLINE.search(before)
            or _AFTER_DEADLINE.match(after)
        )
        end = place.sentence[1] if place.bracket is None else self._closing(one.end)
        return one.end, end if wide else place.clause[1]

    def _closing(self, position: int) -> int:
        match = _CLOSED.search(self._text, position)
        return match.start() if match else len(self._text)
