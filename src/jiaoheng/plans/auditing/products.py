"""Products that a text states in words: people by seats per thousand, one year by years, groups by size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.auditing.placed import Passages, Placed, placed
from jiaoheng.plans.auditing.precision import within_print
from jiaoheng.plans.figures import amount, figure

_PEOPLE = re.compile(r"人口|居民")
_PER_THOUSAND = re.compile(r"[每按]?千人")
_NEED = re.compile(r"需求|需要|需(?:增加|新增|提供|配建|建设)|应(?:配|建|提供)|缺口")
_SEATS = ("座", "个", "")
_ROW = re.compile(r"[、和与及]")
_YEARLY = re.compile(
    r"年均(?:增[加长]|新增|净增)|每年(?:增[加长]|新增|净增|培养|培训|引进|招聘|建设|新建|投入)"
)
_OVER_PERIOD = re.compile(r"十[三四五六七]五[”\"]?(?:期间|时期)?|([三四五两])年(?:内|间|共|累计|来)?|规划期")
_TOTAL = re.compile(r"增[加长]|共|累计|合计|总计|达到?|培养|培训|引进|招聘|建设|新建|投入")
_COUNT = {"两": 2, "三": 3, "四": 4, "五": 5}
_GROUPS = re.compile(r"^[^，。；、\d]{1,12}?(?:各|均|分别|每[个所校片]?)[^，。；、\d]{0,8}$")
_PERSONS = ("人", "名", "位")


def _seats(audited: Audited) -> Iterator[Found]:
    for passages in placed(audited):
        rates = [
            each
            for each in passages.figures
            if each.unit in _SEATS
            and _PER_THOUSAND.search(passages.text[max(0, each.number - 24) : each.number])
        ]
        if not rates or rates[0].value > 200:
            continue
        row = _row(passages, rates[0])
        people = [
            each
            for each in passages.figures
            if each.number < row[0].number
            and each.unit == "人"
            and each.value > 1000
            and _is_people(passages, each)
        ]
        need = next(
            (
                each
                for each in passages.figures
                if each.number > row[-1].number and each.unit in ("个", "座") and _is_need(passages, each)
            ),
            None,
        )
        if people and need is not None and need.op in ("=", "~", ">=", "increase_by"):
            yield from _judged_seats(passages, people[-1], row, need)


def _row(passages: Passages, first: Placed) -> list[Placed]:
    """A rate and those that stand in a row with it: 80座、40座."""
    later = [each for each in passages.figures if each.number >= first.number]
    rows = list(
        takewhile(
            lambda pair: pair[1] is first or _ROW.fullmatch(passages.between(pair[0], pair[1])),
            zip([first, *later], later, strict=False),
        )
    )
    return [each for _, each in rows]


def _is_people(passages: Passages, each: Placed) -> bool:
    return bool(_PEOPLE.search(passages.text[max(0, each.number - 12) : each.number]))


def _is_need(passages: Passages, each: Placed) -> bool:
    return bool(_NEED.search(passages.text[max(0, each.number - 16) : each.number]))


def _judged_seats(passages: Passages, people: Placed, row: list[Placed], need: Placed) -> Iterator[Found]:
    rate = sum(each.value for each in row)
    product = people.value * rate / 1000
    if within_print(product, need.value) or (need.op == ">=" and product >= need.value):
        return
    rates = " + ".join(f"{each.value:g}" for each in row)
    shown = figure(product, digits=0)
    terms = f"{figure(people.value)} × {f'({rates})' if len(row) > 1 else rates} ÷ 1000 ≈ {shown}"
    stated = ("约 " if need.op == "~" else "") + amount(need.value, need.unit)
    yield Found(
        f"按文中的人口和千人学位数计算，{terms}{need.unit}，而文中写需求{stated}，"
        f"相差 {figure(abs(product - need.value), digits=0)}{need.unit}。请核对人口、标准和需求三个数。",
        (
            passages.side(passages.clause(need.number), need.end),
            passages.side(passages.clause(people.number), people.end),
            passages.side(passages.clause(row[0].number), row[-1].end),
        ),
        (product, need.value),
    )


def _yearly(audited: Audited) -> Iterator[Found]:
    """年均增长约3300人…“十四五”期间增加约16000人: by the years of the period."""
    period = audited.plan.period
    for passages in placed(audited):
        for one in passages.figures:
            if not _YEARLY.search(passages.text[max(0, one.number - 10) : one.number]) or one.unit in (
                "",
                "%",
            ):
                continue
            total = next(
                (each for each in passages.figures if each.number > one.end and each.unit != "年"), None
            )
            if total is None or total.unit != one.unit or total.op not in ("=", "~", "increase_by"):
                continue
            between = passages.between(one, total)
            years = _OVER_PERIOD.search(between)
            if years is None or between.count("。") > 0 or not _TOTAL.search(between[years.end() :]):
                continue
            count = _COUNT[years[1]] if years[1] else period.end - period.start + 1
            product = one.value * count
            if within_print(product, total.value):
                continue
            stated = ("约 " if total.op == "~" else "") + amount(total.value, total.unit)
            terms = f"{figure(one.value)} × {count} = {figure(product)}{one.unit}"
            yield Found(
                f"每年 {amount(one.value, one.unit)}，{count} 年为 {terms}，文中写{stated}。"
                "请核对年均数和总数，或写明取整的办法。",
                (
                    passages.side(passages.clause(total.number), total.end),
                    passages.side(passages.clause(one.number), one.end),
                ),
                (product, total.value),
            )


def _groups(audited: Audited) -> Iterator[Found]:
    """组建200人的教研员队伍，15个片区各配备10名教研员: the groups make 150."""
    for passages in placed(audited):
        rows = zip(passages.figures, passages.figures[1:], passages.figures[2:], strict=False)
        for total, groups, size in rows:
            if {total.unit, size.unit} - set(_PERSONS) or groups.unit not in ("个", "所", "支", "间"):
                continue
            words = passages.between(groups, size)
            start, end = passages.sentence(total.number)
            noun = _head(passages.text[size.end : end])
            if not _GROUPS.match(words) or not start <= size.number < end or not noun:
                continue
            product = groups.value * size.value
            if product == total.value or noun not in passages.text[start : groups.number]:
                continue
            if total.op not in ("=", "~") or size.op not in ("=", "~"):
                continue
            yield Found(
                f"{groups.value:g}{groups.unit} × {size.value:g}{size.unit} = {product:g}{size.unit}，"
                f"而前面写{noun}共 {amount(total.value, total.unit)}，"
                f"相差 {amount(abs(product - total.value), total.unit)}。请写明其余的来源，或核对三个数。",
                (
                    passages.side(total.number - 8, total.end + 10),
                    passages.side(groups.number, size.end + 16),
                ),
                (product, total.value),
            )


def _head(rest: str) -> str:
    """What is counted: the last word of the noun phrase after a figure, 专业素质高的教研员."""
    clause = re.split(r"[，。；]", rest)[0]
    match = re.search(r"([\u4e00-\u9fff]{2,3})$", clause)
    return match[1] if match else ""


CHECKS = (
    Check(
        "seats_by_people",
        "算术",
        "人口乘千人学位数不等于需求",
        "contradiction",
        "同一段里写明人口、每千人学位数和学位需求，而三者不合；并列的小学、初中学位数相加。"
        "乘积按需求印出的位数四舍五入后相等的不算。",
        each_text(_seats),
        text=True,
    ),
    Check(
        "yearly_by_years",
        "算术",
        "年均数乘年数不等于总数",
        "doubt",
        "同一句里写明每年的数和几年（或规划期）的总数，而两者不合；按总数印出的位数四舍五入后相等的不算。",
        each_text(_yearly),
        text=True,
    ),
    Check(
        "groups_by_size",
        "算术",
        "组数乘每组人数不等于总人数",
        "doubt",
        "同一句里写明总人数、组数和每组人数，说的是同一种人，而乘积不等于总数。",
        each_text(_groups),
        text=True,
    ),
)
