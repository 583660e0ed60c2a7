"""Changes and shares against their ends: 由42%提高到57%，提高15个百分点; 其中公办40所，占50%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.auditing.placed import Passages, Placed, placed
from jiaoheng.plans.auditing.precision import place_of, rounded_to
from jiaoheng.plans.figures import amount, figure

_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,20}(?:的)?$")
_FROM_YEAR = re.compile(r"(?:由|从)[^，。；]{0,6}(20\d\d)年[^，。；\d]{0,16}$")
_TO = re.compile(r"^，?[^，。；]{0,16}(?:到|至|为|达)[^，。；]{0,16}$")
_BY = re.compile(
    r"^(?:以上|以内|左右)?，?(?:[一二三四五六十\d]年(?:间|来)?)?(?:(?:比|较)[^，。；\d]{1,10})?(?:累计|共|平均|年均|每年|净|同比|分别)*"
    r"(?P<way>提高|提升|上升|增加|增长|扩大|增幅|涨幅|下降|降低|减少|压减|降幅)(?:了|率|幅度?)?(?:为|达到?)?(?:约|近)?$"
)
_DOWN = ("下降", "降低", "减少", "压减", "降幅")
_YEARLY = re.compile(r"年均|平均每年|每年平均|每年")
_YEAR = re.compile(r"(20\d\d)年")
_SHARE = re.compile(r"^[^，。；\d]{0,2}，?(?:约|均)?占(?:比|总数|全部|总量)?[^，。；、\d]{0,14}$")
_TIMES = ("年", "个月", "天", "周")
_PERSONS = ("人", "名", "位")


def _changes(audited: Audited) -> Iterator[Found]:
    for passages in placed(audited):
        counted = [each for each in passages.figures if each.unit not in _TIMES]
        for i, (low, high) in enumerate(pairwise(counted)):
            if not _are_ends(passages, low, high):
                continue
            last = high
            for change in counted[i + 2 : i + 4]:
                if not _is_change(passages, low, high, last, change):
                    break
                yield from _judged_change(passages, low, high, last, change)
                last = change


def _are_ends(passages: Passages, low: Placed, high: Placed) -> bool:
    before = passages.text[: low.number]
    begins = _FROM.search(before) or _FROM_YEAR.search(before)
    alike = low.unit == high.unit and low.value != high.value and low.value > 0
    plain = low.figure.value_max is None and high.figure.value_max is None
    return bool(begins and alike and plain and _TO.match(passages.between(low, high)))


def _is_change(passages: Passages, low: Placed, high: Placed, last: Placed, change: Placed) -> bool:
    """Whether a figure says by how much it changed; `last` is the figure before it."""
    way = _BY.match(passages.between(last, change))
    fits = change.unit in ("%", "个百分点", low.unit) and change.figure.value_max is None
    return bool(way and fits and (way["way"] in _DOWN) == (high.value < low.value))


def _judged_change(
    passages: Passages, low: Placed, high: Placed, last: Placed, change: Placed
) -> Iterator[Found]:
    start, end = passages.sentence(low.number)
    years = [int(match[1]) for match in _YEAR.finditer(passages.text, start, end)]
    yearly = bool(_YEARLY.search(passages.between(last, change)))
    if yearly and (len(years) < 2 or years[-1] <= years[0]):
        return
    span = years[-1] - years[0] if yearly else 1
    possible = _possible(low, high, change, span, yearly)
    if any(_printed_as(value, change, passages) for value, _ in possible):
        return
    value, terms = possible[0]
    side = passages.side(passages.clause(low.number), change.end)
    shown = f"{figure(value, digits=2)}{change.unit}"
    yield Found(
        f"「{side.quote[-60:]}」：按两端计算 {terms} = {shown}，文中写 {amount(change.value, change.unit)}。"
        "请核对起点、终点和变化三个数。",
        (side,),
        (value, change.value),
        severity="doubt" if _may_be_rounding(value, low, high, change, passages) else None,
    )


def _may_be_rounding(value: float, low: Placed, high: Placed, change: Placed, passages: Passages) -> bool:
    """Whether the ends, rounded when they were printed, may hide the difference."""
    slack = float(_place(low, passages) + _place(high, passages)) / 2
    if change.unit == "%" and low.unit != "%":
        slack *= 100 / low.value
    exact_counts = low.unit not in ("%", "元") and _place(low, passages) == _place(high, passages) == 1
    return not exact_counts and abs(value - change.value) <= slack * 1.000001


def _possible(low: Placed, high: Placed, change: Placed, years: int, yearly: bool) -> list[tuple[float, str]]:
    """What the change may be, likeliest first, each with its terms: a difference, a rate, a yearly rate."""
    up = high.value > low.value
    more, less = (high.value, low.value) if up else (low.value, high.value)
    difference = (more - less) / years, f"({more:g} − {less:g})" + (f" ÷ {years}" if years > 1 else "")
    share = (more - less) / low.value * 100
    rate = share / years, f"({more:g} − {less:g}) ÷ {low.value:g}" + (f" ÷ {years}" if years > 1 else "")
    if change.unit != "%":
        return [difference]
    growth = abs((high.value / low.value) ** (1 / years) - 1) * 100
    compound = growth, f"({high.value:g} ÷ {low.value:g})^(1/{years}) − 1"
    rates = [compound, rate] if yearly else [rate]
    return [*rates, difference] if low.unit == "%" else rates


def _printed_as(value: float, one: Placed, passages: Passages) -> bool:
    """Whether a value is printed so, half up or cut off at the last place; 约 allows what its zeros allow."""
    place = _place(one, passages)
    if one.op == "~":
        place = max(place, place_of(one.value))
    shown = Decimal(f"{one.value:.12g}")
    return rounded_to(value, place) == shown or 0 <= Decimal(f"{value:.12g}") - shown < place


def _place(one: Placed, passages: Passages) -> Decimal:
    """The place of the last digit as printed: 0.1 for 31.0, 100 for 2.65万."""
    match = re.match(r"[\d,]*(?:\.(?P<decimals>\d+))?(?P<times>[万亿]?)", passages.text[one.number :])
    decimals = len(match["decimals"] or "") if match else 0
    times = {"万": 4, "亿": 8, "": 0}[match["times"] if match else ""]
    return Decimal(1).scaleb(times - decimals)


def _shares(audited: Audited) -> Iterator[Found]:
    """其中 P 所，占 S%: against the total before 其中."""
    for passages in placed(audited):
        for part, share in pairwise(passages.figures):
            if share.unit != "%" or part.unit in ("%", "‰", "", "个百分点", *_TIMES):
                continue
            if part.depth != share.depth or part.op not in ("=", "~") or share.op not in ("=", "~"):
                continue
            whole = _whole(passages, part)
            if whole is None or not _SHARE.match(passages.between(part, share)):
                continue
            if _may_be_share(passages, part, whole, share):
                continue
            value = part.value / whole.value * 100
            side = passages.side(whole.start - 8, share.end)
            terms = f"{figure(part.value)} ÷ {figure(whole.value)} = {figure(value)}%"
            yield Found(
                f"「{side.quote[-60:]}」：{terms}，文中写 {amount(share.value, '%')}。"
                "请核对部分、总数和占比三个数。",
                (side,),
                (value, share.value),
            )


def _whole(passages: Passages, part: Placed) -> Placed | None:
    """The total that 其中 refers to: the only figure of the same unit before it in the sentence."""
    start, _ = passages.sentence(part.number)
    before = [
        each
        for each in passages.figures
        if start <= each.number < part.number and _same(each.unit, part.unit) and each.depth == part.depth
    ]
    if len(before) != 1 or before[0].value < part.value or before[0].op not in ("=", "~"):
        return None
    return before[0] if "其中" in passages.between(before[0], part) else None


def _same(unit: str, other: str) -> bool:
    return unit == other or {unit, other} <= set(_PERSONS)


def _may_be_share(passages: Passages, part: Placed, whole: Placed, share: Placed) -> bool:
    """Whether the share fits, the part and the whole taken as rounded where they are printed in 万."""
    parts, wholes = _rounded(part, passages), _rounded(whole, passages)
    values = [one / all_ * 100 for one in parts for all_ in wholes]
    if _printed_as(part.value / whole.value * 100, share, passages):
        return True
    return len(set(values)) > 1 and min(values) <= share.value <= max(values)


def _rounded(one: Placed, passages: Passages) -> tuple[float, float]:
    """The least and the most that was rounded to a figure; a figure in ones is not rounded."""
    half = float(_place(one, passages)) / 2
    return (one.value - half, one.value + half) if half > 0.5 else (one.value, one.value)


CHECKS = (
    Check(
        "change_between_ends",
        "算术",
        "变化与两端不符",
        "error",
        "“由 A 提高到 B，提高 N”一类句子里，N 不等于 B − A（个百分点、数量）或增长率；"
        "年均数须句中写明起止年。四舍五入和截去都算相符。",
        each_text(_changes),
        text=True,
    ),
    Check(
        "share_of_whole",
        "算术",
        "占比与部分、总数不符",
        "error",
        "一句之内总数、“其中”的部分和它的占比都写明，而部分除以总数不等于占比。",
        each_text(_shares),
        text=True,
    ),
)
