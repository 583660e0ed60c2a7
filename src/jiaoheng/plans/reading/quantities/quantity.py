"""A figure with its unit and its comparator: 达到98%以上, 约8800个, 1-2所, 不少于60、80天, “5181”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from jiaoheng.plans.model import Comparator
from jiaoheng.plans.reading.quantities.numerals import Numeral, numerals
from jiaoheng.plans.reading.quantities.words import AFTER, BEFORE, CHINESE_COUNTERS, COUNTERS, one_of

_ROUGH, _MORE = r"(?P<rough>余|多|来)?", r"(?P<more>[万亿])?"
_UNIT = re.compile(rf"{_ROUGH}{_MORE}(?P<unit>[%％]+|‰|{one_of(COUNTERS)})?(?P<surplus>多)?")
_CHINESE_UNIT = re.compile(rf"{_ROUGH}{_MORE}(?P<unit>{one_of(CHINESE_COUNTERS)})(?P<surplus>多)?")
_SLASH = re.compile(rf"/({one_of(COUNTERS)}|[师生户校班])")
_RATIO = re.compile(r"(?<=\d)[:：](?!0(?!\.0*[1-9]))(\d+(?:\.\d+)?)(?!\d)")
"""What a share is of: 生师比不高于19:1."""
_AFTER = re.compile(rf"(?:\([^()（）]{{0,6}}\))?(?P<word>{one_of(AFTER)})")
_BEFORE = re.compile(rf"(?P<word>{one_of(BEFORE)})(?P<gap>了|在|到|为|至)?(?P<rough>约|近|大约)?[“\"‘']?$")
_RANGE = re.compile(r"(?:-|－|—+|–|~|～|至|到)$")
_JOINT = re.compile(r"^(?:[（(][^（）()]*[）)])?(?:、|和|与|及|以及|或|/)$")
_COMPOSITE = re.compile(r"[“\"](\d{4})[”\"]")
_REACH = 9
"""So many characters before a numeral may hold its comparator."""


@dataclass(frozen=True)
class Quantity:
    """A figure as its words give it.

    Attributes
    ----------
    start, end : from the comparator before it to the unit or the comparator after it.
    numeral : where the number itself starts.
    value, value_max : in base units; `value_max` for a range.
    unit : as printed, 万 and 亿 taken out; empty where there is none.
    op : the comparator that stands with it; None for a bare figure.
    before : the comparator word before it, empty where there is none.
    tail : where the figure and its unit end, a comparator after it not counted.
    chinese : whether it is written in Chinese numerals.
    composite : whether it is a target made of two (“5080”).
    """

    start: int
    end: int
    numeral: int
    value: float
    value_max: float | None = None
    unit: str = ""
    op: Comparator | None = None
    before: str = ""
    after: str = ""
    tail: int = 0
    chinese: bool = False
    composite: bool = False


def quantity(text: str) -> Quantity | None:
    """The one quantity of a short text such as a table's cell; None where there is none or more than one.

    Examples
    --------
    >>> found = quantity("≥98%")
    >>> found.op, found.value, found.unit
    ('>=', 98.0, '%')
    """
    found = quantities(text)
    return found[0] if len(found) == 1 else None


def quantities(text: str, *, taken: Iterable[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """All quantities of `text`, from left to right.

    Parameters
    ----------
    taken : parts of the text that are something else (years, titles), as start and end.
    """
    composites = [match.span(1) for match in _COMPOSITE.finditer(text)]
    closed = _mask(text, taken)
    composites = [(start, end) for start, end in composites if not any(closed[start:end])]
    for start, end in composites:
        closed[start:end] = b"\1" * (end - start)
    second = {match.start(1) for match in _RATIO.finditer(text)}
    found = [
        _measured(text, one)
        for one in numerals(text)
        if one.start not in second and not any(closed[one.start : one.end])
    ]
    found += [
        _compared(text, Quantity(start, end, start, float(text[start:end]), tail=end + 1, composite=True))
        for start, end in composites
    ]
    ordered = sorted((one for one in found if one is not None), key=lambda one: one.numeral)
    return tuple(_parallels(text, list(_ranges(text, ordered))))


def _mask(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """One byte a character: 1 where it is taken."""
    mask = bytearray(len(text))
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask


def _measured(text: str, one: Numeral) -> Quantity | None:
    """The numeral with its unit; None for Chinese numerals that count nothing."""
    if one.percent:
        bare = Quantity(one.start, one.end, one.start, one.value, unit="%", tail=one.end, chinese=one.chinese)
        return _compared(text, bare)
    pattern = _CHINESE_UNIT if one.chinese else _UNIT
    match = pattern.match(text, one.end)
    ratio = None if one.chinese else _RATIO.match(text, one.end)
    if ratio:
        bare = Quantity(one.start, ratio.end(), one.start, one.value / float(ratio[1]), tail=ratio.end())
        return _compared(text, bare)
    if match is None:
        return None
    unit, value = match["unit"] or "", one.value
    unit = "%" if unit[:1] in ("%", "％") else unit
    end = match.end() if unit else one.end
    value *= {"万": 1e4, "亿": 1e8, "": 1}[match["more"] or ""] if unit else 1
    slash = _SLASH.match(text, end)
    if slash:
        unit, end = unit + slash[0], slash.end()
    rough = bool(unit and (match["rough"] or match["surplus"]))
    bare = Quantity(one.start, end, one.start, round(value, 6), unit=unit, tail=end, chinese=one.chinese)
    return _compared(text, replace(bare, op=">") if rough else bare)


def _compared(text: str, bare: Quantity) -> Quantity:
    """With the comparators that stand before and after it."""
    lead = text[max(0, bare.numeral - _REACH) : bare.numeral]
    before, after = _BEFORE.search(lead), _AFTER.match(text, bare.tail)
    word = before["word"] if before else ""
    op = bare.op
    if before:
        op = "~" if before["rough"] else BEFORE[word]
    if before and bare.op and op in ("=", "~"):
        op = bare.op
    if after:
        op = AFTER[after["word"]]
    start = bare.numeral - len(lead) + before.start() if before else bare.start
    end = after.end() if after else bare.tail
    return replace(bare, start=start, end=end, op=op, before=word, after=after["word"] if after else "")


def _ranges(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Two figures with a dash between are one range: 1-2所, 20%—30%."""
    index = 0
    while index < len(found):
        low = found[index]
        high = found[index + 1] if index + 1 < len(found) else None
        if high is not None and _is_range(text, low, high):
            yield replace(
                low,
                end=high.end,
                tail=high.tail,
                value=low.value if low.unit == high.unit or low.unit else low.value * _times(text, low, high),
                value_max=high.value,
                unit=high.unit or low.unit,
                op="range" if high.op in (None, "=", "range") or high.after == "" else high.op,
                after=high.after,
            )
            index += 2
        else:
            yield low
            index += 1


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    between = text[low.tail : high.numeral]
    return (
        bool(_RANGE.fullmatch(between))
        and low.unit in ("", high.unit)
        and bool(high.unit)
        and low.value < high.value
        and not low.composite
    )


def _times(text: str, low: Quantity, high: Quantity) -> float:
    """1-2万人: the 万 of the upper end holds for the lower too."""
    printed = text[high.numeral : high.tail]
    return 1e4 if "万" in printed and low.value < 1e4 else 1


def _parallels(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """分别达到93%和98%: what stands before the first holds for all; 60、80天: the last unit holds for all."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        one, following = shared[index], shared[index + 1]
        if not one.unit and following.unit and not one.composite and _joined(text, one, following):
            shared[index] = replace(one, unit=following.unit)
    for index, (one, following) in enumerate(pairwise(shared)):
        one = shared[index]
        if one.before and not following.before and _joined(text, one, following):
            own = following.op not in (None, "=")
            op = following.op if own else BEFORE[one.before] if one.after else one.op
            shared[index + 1] = replace(following, op=op, before=one.before)
    yield from shared


def _joined(text: str, one: Quantity, following: Quantity) -> bool:
    return bool(_JOINT.match(text[one.end : following.numeral]))
