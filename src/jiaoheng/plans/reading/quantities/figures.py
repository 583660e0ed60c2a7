"""Every figure of a paragraph: value, unit, comparator, year, subject, and what it does in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jiaoheng.plans.model import Comparator
from jiaoheng.plans.reading.flow import Flow
from jiaoheng.plans.reading.quantities.dates import Dates
from jiaoheng.plans.reading.quantities.figure import Figure, Setting
from jiaoheng.plans.reading.quantities.noise import noise
from jiaoheng.plans.reading.quantities.place import Place, Text
from jiaoheng.plans.reading.quantities.quantity import Quantity, quantities
from jiaoheng.plans.reading.quantities.roles import role
from jiaoheng.plans.reading.quantities.subjects import shared, subject
from jiaoheng.plans.reading.quantities.words import BEFORE, FAR, one_of
from jiaoheng.plans.reading.quantities.years import years

_PER = re.compile(r"每(?:\d{1,2}|[一二三四五六两半])?个?(?:学年|学期|年|季度|季|月|周|天|日)|周(?=课时)|年均")
_FAR = re.compile(rf"(?P<word>{one_of(FAR)})(?P<gap>[^，。；：、\d]{{1,16}}?)$")
_BY = re.compile(r"(?P<word>新增|净增|增加|增长|减少|压减)(?P<gap>[^，。；：\d]{1,24})$")
_OTHER_VERB = r"新建|建设|建成|改造|改建|扩建|培养|引进|创建|选派|招聘|打造"
_JOINT = re.compile(r"、|和|与|及|以及")
_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,12}(?P<low>[\d.]+)[%％]?[^，。；\d]{0,8}$")


def figures(flow: Flow, *, setting: Setting | None = None) -> tuple[Figure, ...]:
    """All figures of `flow`, from left to right.

    Parameters
    ----------
    setting : what surrounds the paragraph; without it neither the plan's period nor a heading settles a year.
    """
    around = setting or Setting()
    text = Text(flow.text)
    named = years(flow.text)
    periods = [match.span() for match in _PER.finditer(flow.text)]
    taken = [*((one.start, one.end) for one in named), *noise(flow.text), *periods]
    found = quantities(flow.text, taken=taken)
    dates = Dates(text, named, around)
    return tuple(_figures(flow, text, found, dates, around))


def _figures(
    flow: Flow, text: Text, found: tuple[Quantity, ...], dates: Dates, around: Setting
) -> Iterator[Figure]:
    groups = _groups(flow.text, found)
    total, last = "", 0
    for one in found:
        place = text.place(one.start, one.end, one.numeral)
        far = _far(one, flow.text, place)
        timing = dates.timing(one, place)
        told = flow.text[place.sentence[0] : one.numeral]
        kind, sure = role(far, place, timing, around, told)
        if place.bracket is None:
            total = _subject(far, place, text, groups.get(one.numeral), last)
        name = _subject(far, place, text, None, last) if place.bracket is not None else total
        last = one.tail
        yield Figure(
            subject=name if len(name) > 1 else total,
            op=_op(far, place),
            value=one.value,
            value_max=one.value_max,
            unit=one.unit,
            year=timing.year,
            per=_per(place),
            baseline=None,
            role=kind,
            span=flow.span(far.start, far.end),
            number=flow.offsets[one.numeral],
            start=far.start,
            end=far.end,
            sure=sure,
        )


def _far(one: Quantity, text: str, place: Place) -> Quantity:
    """With a comparator that stands before words of its own: 不低于工资总额2%, 至少担任一个."""
    if one.op not in (None, "=") or one.composite:
        return one
    match = _FAR.search(place.lead)
    if not match:
        return one
    start = text.rfind(match["word"], place.clause[0], one.start)
    return replace(one, start=start, op=BEFORE[match["word"]]) if start >= 0 else one


def _op(one: Quantity, place: Place) -> Comparator:
    if one.op not in (None, "="):
        return one.op
    by = _BY.search(place.lead)
    if by and one.unit != "%" and not re.search(_OTHER_VERB, by["gap"]):
        return BEFORE[by["word"]]
    return "="


def _per(place: Place) -> str | None:
    found = list(_PER.finditer(place.lead))
    return found[-1][0] if found else None


def _groups(text: str, found: tuple[Quantity, ...]) -> dict[int, tuple[Quantity, int, int]]:
    """For each figure of a row (93%和98%): the first of the row, its index, the length of the row."""
    rows: list[list[Quantity]] = []
    for one in found:
        if rows and _JOINT.fullmatch(text[rows[-1][-1].end : one.numeral]):
            rows[-1].append(one)
        else:
            rows.append([one])
    return {
        one.numeral: (row[0], index, len(row))
        for row in rows
        if len(row) > 1
        for index, one in enumerate(row)
    }


def _subject(
    one: Quantity, place: Place, text: Text, row: tuple[Quantity, int, int] | None, last: int
) -> str:
    if row is not None:
        first, index, count = row
        part = shared(text.place(first.start, first.end).lead, count, index)
        if part:
            return part
    before = text.text[place.sentence[0] : place.clause[0]] if place.bracket is None else ""
    since = text.text[last : one.start] if place.clause[0] < last <= one.start else ""
    return subject(one, place, before=before, since=since)
