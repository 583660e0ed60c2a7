"""The comparator of a figure where it does not stand right beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from jiaoheng.plans.model import Comparator
from jiaoheng.plans.reading.quantities.place import Place
from jiaoheng.plans.reading.quantities.quantity import Quantity
from jiaoheng.plans.reading.quantities.words import BEFORE, FAR, STAGES, one_of

_FAR = re.compile(rf"(?P<word>{one_of(FAR)})(?P<gap>[^，。；：、\d]{{1,16}}?)$")
_TO_WORDS = ["达到", *(word for word, op in BEFORE.items() if op in ("increase_to", "decrease_to"))]
_TO_YEAR = re.compile(
    rf"(?P<word>{one_of(_TO_WORDS)})(?:(?:19|20)\d\d年(?:底|末)?的?|(?:每[^，。；\d每]{{1,3}}){{1,3}})$"
)
_BY = re.compile(r"(?P<word>新增|净增|增加|增长|减少|压减)(?P<gap>[^，。；：\d]{1,24})$")
_BY_LIST = re.compile(
    r"(?P<word>新增|净增|增加|增长|减少|压减)(?:[^，。；：\d]{1,16}\d[\d.]*万?(?P<unit>[^\d，。；：、]{1,2})[、和及与])+"
    r"(?P<gap>[^，。；：\d]{1,16})$"
)
_OTHER_VERB = re.compile(r"新建|建设|建成|改造|改建|扩建|培养|引进|创建|选派|招聘|打造")
_NEXT_STAGE = re.compile(rf"(?:、|和|与|及)(?:{one_of(STAGES)})")
_PLAIN = (None, "=")


def compared(one: Quantity, text: str, place: Place) -> Quantity:
    """`one` with a comparator that stands before words of its own.

    不低于工资总额2%, 至少担任一个教学班, 提高到2025年的88%, 提高到每生每年1500元.
    """
    if one.op not in _PLAIN or one.composite:
        return one
    match = _FAR.search(place.lead) or _TO_YEAR.search(place.lead)
    if not match:
        return one
    start = text.rfind(match["word"], place.clause[0], one.start)
    return replace(one, start=start, op=BEFORE[match["word"]], before=match["word"]) if start >= 0 else one


def continued(one: Quantity, previous: Quantity | None, text: str) -> Quantity:
    """`one` with the comparator of the figure before it, in a list by stage: 不少于小学25册、初中35册."""
    if previous is None or one.op is not None or previous.after or previous.unit != one.unit:
        return one
    if previous.op in (*_PLAIN, "range") or not _NEXT_STAGE.fullmatch(text[previous.end : one.start]):
        return one
    return replace(one, op=previous.op, before=previous.before)


def bound(one: Quantity, place: Place) -> Comparator:
    """How the figure binds in the end: 新增学位4500个 is an increase by, a bare figure is ``=``."""
    if one.op is not None and one.op != "=":
        return one.op
    by = _BY.search(place.lead) or _BY_LIST.search(place.lead)
    if by and by.groupdict().get("unit") not in (None, one.unit):
        return "="
    if by and one.unit != "%" and not _OTHER_VERB.search(by["gap"]):
        return BEFORE[by["word"]]
    return "="
