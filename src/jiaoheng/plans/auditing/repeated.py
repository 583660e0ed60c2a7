"""One quantity that a plan states in several places, with values that do not agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from jiaoheng.plans.auditing.check import Check, Found, Material
from jiaoheng.plans.auditing.precision import within_print
from jiaoheng.plans.auditing.statements import Quantity, Statement
from jiaoheng.plans.figures import target_words
from jiaoheng.plans.model import Target

_Key = tuple[Quantity, int, str]

_TELLING = 4


def _conflicting(material: Material) -> Iterator[Found]:
    for stated in material.statements:
        for group in _groups(stated):
            values = _values(group)
            year, state = group[0].year, group[0].kind == "state"
            linked = any(each.linked for each in group)
            if len(values) < 2 or (state and not linked) or _parallel(group):
                continue
            firsts = [first for first, *_ in values]
            yield Found(
                _sentence(firsts, year, state),
                tuple(each.side for each in (*firsts, *(one for rest in values for one in rest[1:]))),
                tuple(first.value for first in firsts),
            )


def _groups(found: Iterable[Statement]) -> list[list[Statement]]:
    """The statements of one quantity in one year.

    One quantity is what one measure says, or what has the same bare words; either may link two statements.
    """
    parents: dict[_Key, _Key] = {}

    def root(key: _Key) -> _Key:
        while parents.setdefault(key, key) != key:
            key = parents[key]
        return key

    keyed = [(each, _keys(each)) for each in found]
    for _, (first, *others) in keyed:
        for other in others:
            parents[root(other)] = root(first)
    groups: dict[_Key, list[Statement]] = defaultdict(list)
    for each, (first, *_) in keyed:
        groups[root(first)].append(each)
    return list(groups.values())


def _keys(one: Statement) -> list[_Key]:
    quantities = [one.quantity, one.named] if _tells(one.named) else [one.quantity]
    return [(quantity, one.year, one.kind) for quantity in quantities]


def _tells(named: Quantity) -> bool:
    """Whether bare words tell what a figure is of: a rate alone (入学率) is of whom the sentence says."""
    return len(named.what) >= _TELLING and bool(named.stages)


def _parallel(group: Sequence[Statement]) -> bool:
    """Whether two of them stand in one clause: 市、县分别不少于60、80天 states two things."""
    clauses = [each.side.start for each in group if each.side.start is not None]
    return len(set(clauses)) < len(clauses)


def _values(group: Sequence[Statement]) -> list[list[Statement]]:
    """The statements by their values; what agrees within its printed precision is one value."""
    values: list[list[Statement]] = []
    for each in group:
        same = next((value for value in values if _agree(value[0], each)), None)
        if same is None:
            values.append([each])
        else:
            same.append(each)
    return values


def _agree(one: Statement, other: Statement) -> bool:
    if one.value == other.value:
        return one.value_max in (other.value_max, None) or other.value_max is None
    rough = [each for each in (one, other) if each.op == "~"]
    exact = other if rough and rough[0] is one else one
    return bool(rough) and within_print(exact.value, rough[0].value)


def _sentence(firsts: Sequence[Statement], year: int, state: bool) -> str:
    what = f"{year} 年的数" if state else f"{year} 年的目标"
    sections = [first.side.section.rpartition("›")[2].strip() for first in firsts]
    apart = len(set(sections)) == len(sections) and all(sections)
    places = sections if apart else [first.side.quote for first in firsts]
    stated = [f"「{place[:30]}」作 {_words(first)}" for place, first in zip(places, firsts, strict=True)]
    ends = [first.value for first in firsts]
    slip = _slip(min(ends), max(ends))
    return f"「{firsts[0].name}」{what}前后不一：{'；'.join(stated)}。{slip}请核对后统一。"


def _words(one: Statement) -> str:
    op = "=" if one.kind == "state" and one.op in (">=", ">") else one.op
    target = Target(year=one.year, op=op, value=one.value, value_max=one.value_max)
    return target_words(target, one.quantity.unit)


def _slip(low: float, high: float) -> str:
    """What to think of where two figures are apart by a power of ten."""
    for times in (10, 100, 1000, 10000):
        if low and high == low * times:
            return f"两数正好相差 {times} 倍，可能是单位（万、亿）或小数点之误。"
    return ""


def _comparators(material: Material) -> Iterator[Found]:
    """The same value once 超过 (without it) and once 以上 (with it); all of a plan in one finding."""
    for stated in material.statements:
        pairs = []
        for group in _groups(stated):
            for strict, wide in ((">", ">="), ("<", "<=")):
                pair = next(
                    (
                        (one, other)
                        for one in group
                        for other in group
                        if one.kind == "target"
                        and not _at_the_top(one)
                        and (one.op, other.op) == (strict, wide)
                        and one.value == other.value
                    ),
                    None,
                )
                if pair:
                    pairs.append(pair)
        if pairs:
            listed = "；".join(
                f"「{one.name}」{_words(one)}，{_elsewhere(one, other)}{_words(other)}"
                for one, other in pairs
            )
            yield Found(
                f"同一目标一处含本数、一处不含：{listed}。请统一用“以上”或“超过”。",
                tuple(each.side for pair in pairs for each in pair),
                tuple(one.value for one, _ in pairs),
            )


def _at_the_top(one: Statement) -> bool:
    """Over 100 % is wrong by itself, and no question of one word or the other."""
    return one.quantity.unit == "%" and one.value == 100


def _elsewhere(one: Statement, other: Statement) -> str:
    return "另一处 " if other.name == one.name else f"另一处「{other.name}」"


def _part_above_whole(material: Material) -> Iterator[Found]:
    for stated in material.statements:
        counts = [each for each in stated if _is_count(each)]
        for whole in counts:
            parts = [
                each
                for each in counts
                if _narrows(each, whole) and each.value > whole.value and each.op not in ("<", "<=")
            ]
            if not parts or whole.op in (">", ">="):
                continue
            part = max(parts, key=lambda each: each.value)
            yield Found(
                f"「{part.name}」{part.year} 年为 {_words(part)}，"
                f"多于包括它在内的「{whole.name}」{_words(whole)}。"
                "请核对两个数，或写明两处的口径不同。",
                (whole.side, part.side),
                (whole.value, part.value),
            )


def _is_count(one: Statement) -> bool:
    return one.kind == "target" and one.named.unit not in ("%", "‰", "") and len(one.named.what) > 1


def _narrows(part: Statement, whole: Statement) -> bool:
    """Whether one is the other with a word more that narrows it: 新增公办学位, 新增学位."""
    one, other = part.named, whole.named
    alike = (one.what, one.stages, one.per, part.year) == (other.what, other.stages, other.per, whole.year)
    return alike and other.marks < one.marks


CHECKS = (
    Check(
        "same_quantity_two_values",
        "重复",
        "同一数量两种说法",
        "contradiction",
        "同一口径（或去掉同义措辞后名称相同）、同一学段、同一年的数，在表和正文、正文和附件里不同。"
        "“约”在印出的精度之内算相同；分年、分项的数不相比。",
        _conflicting,
    ),
    Check(
        "same_target_two_comparators",
        "重复",
        "同一目标含不含本数不一",
        "note",
        "同一目标数值相同，一处写“超过”（不含本数），一处写“以上”（含本数）。每件规划合成一条。",
        _comparators,
    ),
    Check(
        "part_above_whole",
        "重复",
        "部分大于整体",
        "contradiction",
        "名称多一个限定词（公办、优质）的数，大于没有这个词的同一数量。",
        _part_above_whole,
    ),
)
