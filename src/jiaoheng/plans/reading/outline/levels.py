"""How deep a heading lies: each list of numbered parts goes on where its number says that it does."""

from __future__ import annotations

from dataclasses import dataclass, field

from jiaoheng.plans.reading.outline.markers import Kind

_USUAL: dict[Kind, float] = {
    "附件": 0,
    "篇": 1,
    "标题": 1.5,
    "章": 2,
    "节": 3,
    "任务": 3.2,
    "专栏": 3.5,
    "条": 4,
    "一、": 4,
    "（一）": 5,
    "1.": 6,
    "（1）": 7,
    "①": 8,
}
"""The order in which official documents nest their marks, unless the document itself shows another."""

_TURNED: frozenset[tuple[Kind | None, Kind]] = frozenset(
    {("1.", "（一）"), ("（一）", "一、"), ("（1）", "1.")}
)
"""Pairs that some documents nest the other way round."""

_HOLD_BOXES: tuple[Kind, ...] = ("篇", "章", "节", "附件")


@dataclass
class _Open:
    """An open heading; for each kind of mark below it the last number, and whether that was crisp."""

    kind: Kind | None
    ordinal: int | None = None
    marked: int = 0
    lists: dict[Kind, tuple[int, bool]] = field(default_factory=dict)


class Nesting:
    """The headings open at a point of the document, and where the next one belongs."""

    def __init__(self) -> None:
        self._open = [_Open(None)]
        self._holds: set[tuple[Kind, Kind]] = set()

    def place(
        self, kind: Kind, number: int | None, *, crisp: bool = True, heading: bool = True, marked: int = 0
    ) -> int:
        """Where a mark belongs: its level from 1. What lay deeper is closed; a heading is opened.

        Parameters
        ----------
        crisp : the words are a short title; decides between two lists that could both go on.
        heading : False for an item of a list that is no heading: it closes, and opens nothing.
        marked : the level that the format gives the heading; 0 where it gives none.
        """
        parent = self._parent(kind, number, crisp, marked)
        del self._open[parent + 1 :]
        above = self._open[-1]
        above.lists[kind] = (
            number if number is not None else above.lists.get(kind, (0, crisp))[0] + 1,
            crisp,
        )
        if above.kind is not None:
            self._holds.add((above.kind, kind))
        level = len(self._open)
        if heading:
            self._open.append(_Open(kind, number, marked))
        return level

    def _parent(self, kind: Kind, number: int | None, crisp: bool, marked: int) -> int:
        if kind == "附件":
            return self._above_annex(number)
        if kind == "专栏":
            return self._above_box()
        places = range(len(self._open) - 1, -1, -1)
        if kind == "标题":
            return next((i for i in places if 0 < self._open[i].marked < marked), 0)
        if number is not None and number > 1:
            going_on = [i for i in places if self._open[i].lists.get(kind, (0, crisp))[0] == number - 1]
            alike = [i for i in going_on if self._open[i].lists[kind][1] == crisp]
            same_kind = [i for i in places if kind in self._open[i].lists]
            for choice in (alike, going_on, same_kind):
                if choice:
                    return choice[0]
        if number == 1 and self._turns_order(kind):
            return len(self._open) - 1
        return next(i for i in places if self._may_hold(self._open[i], kind, marked))

    def _turns_order(self, kind: Kind) -> bool:
        """Whether a mark that is new to the document opens a list under one that usually lies deeper."""
        top = self._open[-1].kind
        new = all(kind not in pair for pair in self._holds) and all(
            kind not in each.lists for each in self._open
        )
        return new and (top, kind) in _TURNED

    def _may_hold(self, opened: _Open, kind: Kind, marked: int) -> bool:
        above = opened.kind
        if above is None:
            return True
        if marked and opened.marked:
            return opened.marked < marked
        if above == kind or ((kind, above) in self._holds and (above, kind) not in self._holds):
            return False
        return (above, kind) in self._holds or _USUAL[above] < _USUAL[kind]

    def _above_annex(self, number: int | None) -> int:
        """An annex without number that stands in a numbered one is an annex of that."""
        inside = [i for i, each in enumerate(self._open) if each.kind == "附件"]
        if inside and number is None and self._open[inside[0]].ordinal is not None:
            return inside[0]
        self._holds.clear()
        return 0

    def _above_box(self) -> int:
        """A box (专栏) stands beside the （一） that it interrupts, else under its chapter or section."""
        beside = [i for i, each in enumerate(self._open) if each.kind == "（一）"]
        if beside:
            return beside[-1] - 1
        holding = [i for i, each in enumerate(self._open) if each.kind in _HOLD_BOXES]
        if holding:
            return holding[-1]
        return next((i for i, each in enumerate(self._open) if each.kind == "一、"), 0)
