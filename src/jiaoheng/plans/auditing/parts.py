"""Totals in sentences against the parts that follow them: 新建16所（其中2021年4所、2022年3所…）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.auditing.placed import Passages, Placed, placed
from jiaoheng.plans.auditing.precision import within_print
from jiaoheng.plans.figures import amount, figure

_OF_WHICH = re.compile(r"[，。；]?其中[，：]?")
_SOME = re.compile(r"^(?:含|如|包括|不含|另|还|例如|以及|比|较|占|约合)")
_YEAR = re.compile(r"(20\d\d)年?[^，。；、\d]{0,6}$")
_SPLIT = ("公办", "民办"), ("城区", "农村"), ("城镇", "农村"), ("男", "女"), ("城市", "农村")
_NEAR, _NEARBY, _OVER = 0.03, 0.1, 0.1
_ROUGH_OPS = (">", ">=", "<", "<=", "range")


@dataclass(frozen=True)
class _Shared:
    """A total and its parts.

    Attributes
    ----------
    whole : whether the words say that these are all the parts; else they only may be.
    others : the figures before it that the parts may share out instead; 其中 may reach further back.
    """

    total: Placed
    parts: tuple[Placed, ...]
    whole: bool
    others: tuple[float, ...]
    end: int


def _sums(audited: Audited) -> Iterator[Found]:
    for passages in placed(audited):
        for shared in _shared(passages):
            found = _judged(passages, shared)
            if found is not None:
                yield found


def _shared(passages: Passages) -> Iterator[_Shared]:
    for total in passages.figures:
        if total.unit in ("", "%", "‰", "个百分点", "年") or total.op in _ROUGH_OPS:
            continue
        region = _region(passages, total)
        if region is None:
            continue
        start, end, bracket = region
        depth = total.depth + bracket
        inside = [
            each
            for each in passages.figures
            if start <= each.number < end and each.unit == total.unit and each.depth == depth
        ]
        if len(inside) > 1 and _is_list(passages, inside, start, end, bracket):
            whole = _is_all(passages, inside, start, end, bracket)
            others = () if bracket else _others(passages, total)
            yield _Shared(total, tuple(inside), whole, others, end)


def _others(passages: Passages, total: Placed) -> tuple[float, ...]:
    """The figures of the same unit before a total, back to the sentence before."""
    start = passages.sentence(total.start)[0]
    start = passages.sentence(max(0, start - 2))[0]
    return tuple(
        each.value
        for each in passages.figures
        if start <= each.number < total.number and each.unit == total.unit
    )


def _region(passages: Passages, total: Placed) -> tuple[int, int, bool] | None:
    """Where the parts of a total stand: in the bracket after it, or after 其中 to the end of the sentence."""
    inner = passages.bracket(total.end)
    if inner is not None:
        start, end = inner
        return None if _SOME.match(passages.text[start:end]) else (start, end, True)
    match = _OF_WHICH.match(passages.text, total.end) or _OF_WHICH.match(
        passages.text, total.end + len(_noun(passages, total))
    )
    if match is None:
        return None
    return match.end(), passages.sentence(match.end())[1], False


def _noun(passages: Passages, total: Placed) -> str:
    """What is counted, where it follows the figure: 16所学校，其中."""
    match = re.match(r"[^，。；、（）\d]{0,12}", passages.text[total.end :])
    return match[0] if match else ""


def _is_list(passages: Passages, parts: Sequence[Placed], start: int, end: int, bracket: bool) -> bool:
    """Whether nothing but names and separators stands between the parts."""
    between = [passages.between(one, other) for one, other in pairwise(parts)]
    plain = [re.sub(r"（[^（）]*）", "", words) for words in between]
    listed = all(re.match(r"[^，。；、]{0,8}[，、；和及]", words) and len(words) <= 24 for words in plain)
    return listed and (not bracket or parts[0].number - start <= 20)


def _is_all(passages: Passages, parts: Sequence[Placed], start: int, end: int, bracket: bool) -> bool:
    text = passages.text
    years = [match[1] for part in parts if (match := _YEAR.search(text[start : part.start]))]
    if len(years) == len(parts) > 2:
        return all(int(later) == int(one) + 1 for one, later in pairwise(years))
    names = [
        text[left : part.start] for left, part in zip([start, *(p.end for p in parts)], parts, strict=False)
    ]
    if len(parts) == 2 and any({one, other} == _named(names, (one, other)) for one, other in _SPLIT):
        return True
    of_which = text[start:end].startswith("其中")
    return bracket and not of_which and not re.search(r"等|以上", text[start:end])


def _named(names: Sequence[str], words: tuple[str, str]) -> set[str]:
    """Which of two words the names hold, one each."""
    return {word for name in names for word in words if word in name}


def _judged(passages: Passages, shared: _Shared) -> Found | None:
    total, total_op = shared.total.value, shared.total.op
    if any(part.op in _ROUGH_OPS for part in shared.parts):
        return None
    added = sum(part.value for part in shared.parts)
    rough = total_op == "~" or any(part.op == "~" for part in shared.parts)
    if added == total or (rough and within_print(added, total)):
        return None
    if added in shared.others:
        return None
    # What is left out makes the parts fewer; only a slip or parts that overlap make them more.
    allowed = _NEARBY if shared.others else _OVER if added > total else _NEAR
    near = abs(added - total) <= allowed * total
    if not near and (not shared.whole or shared.others):
        return None
    unit = shared.total.unit
    terms = " + ".join(figure(part.value) for part in shared.parts)
    ends = passages.side(passages.clause(shared.total.start), shared.end)
    more = f"多 {amount(added - total, unit)}" if added > total else f"少 {amount(total - added, unit)}"
    stated = f"总数 {amount(total, unit)}，各项相加 {terms} = {amount(added, unit)}，{more}"
    sentence = f"「{ends.quote[:60]}」：{stated}。请核对总数和各项。"
    return Found(sentence, (ends,), (total, added), severity=None if shared.whole else "doubt")


CHECKS = (
    Check(
        "parts_of_total",
        "算术",
        "总数不等于各项之和",
        "error",
        "句中总数之后的括号或“其中”分列各项：逐年相接、公办与民办、或括号里只列各项的，须正好等于总数；"
        "别的“其中”可以不列全，只在比总数少不过 3%、或多不过 10% 时提作疑点。"
        "“约”按印出的精度，“超过、以上”不查。",
        each_text(_sums),
        text=True,
    ),
)
