"""Names of indicators: without number and unit, and made whole where a row only says 其中：小学."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.tables.cells import is_unit

_ORDINAL = re.compile(
    r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]|[(（]\d{1,3}[)）]|\d{1,3}[.．、)）](?!\d)|[①-⑳]|[★☆*※#▲●■□◆])\s*"
)
_OF_WHICH = re.compile(r"(?:其中|#|—+|--|·|包括)\s*[:：]?\s*")
_BRACKETS = re.compile(r"[(（\[]\s*(?:单位[:：])?([^()（）\[\]]{1,12})\s*[)）\]]")
_SHARES = ("%", "‰", "百分比")
"""Units that may stand inside a name; other brackets inside one are words: 研究生学历（学位）比例（%）."""
_MEASURE = re.compile(
    r"(?:率|比例|比重|占比|[人园校班生课时位量册件台项额度]?数|人数|规模|面积|年限|经费|金额|总额|数量|水平|程度|值|系数|"
    r"比|时间|投入|支出|覆盖面|班额|目标|学位|人口|指数|总量|[个所名人次元])$"
)
_SHARE = re.compile(r"(?:率|比例|比重|占比)$")
_COUNT = re.compile(r"\d{1,2}(?=[一-龥“])")
_FEWEST_COUNTED = 3
_QUALIFICATION = re.compile(r"大专|专科|本科|硕士|研究生|博士|中级|高级|副高|正高|高一级")


@dataclass(frozen=True)
class Name:
    """The name of a row.

    Attributes
    ----------
    words : without its number, its unit, and 其中.
    unit : what the brackets in it say; empty where they say none.
    numbered : whether it carries a number of its own.
    part : whether it says by itself that it is a part of the row above (其中：…).
    """

    words: str
    unit: str
    numbered: bool
    part: bool


def read(text: str) -> Name:
    """The name that a cell prints."""
    ordinal = _ORDINAL.match(text)
    words = text[ordinal.end() :] if ordinal else text
    of_which = _OF_WHICH.match(words)
    words = words[of_which.end() :] if of_which else words
    unit = ""
    for found in reversed(list(_BRACKETS.finditer(words))):
        if is_unit(found[1]) and (found.end() == len(words) or found[1].strip() in _SHARES):
            unit = found[1].strip()
            words = words[: found.start()] + words[found.end() :]
            break
    return Name(words.strip(" :：、,，") or text, unit, ordinal is not None, of_which is not None)


def counted(texts: Sequence[str]) -> bool:
    """Whether names begin with 1, 2, 3 … though nothing parts the numbers from the words (1毛入园率)."""
    found = [_COUNT.match(text) for text in texts]
    numbers = [int(one[0]) for one in found if one]
    return len(numbers) == len(texts) >= _FEWEST_COUNTED and numbers == list(range(1, len(numbers) + 1))


def uncounted(text: str) -> str:
    """A name without the number that it begins with (see `counted`)."""
    return _COUNT.sub("", text, count=1)


def is_bare(words: str) -> bool:
    """Whether words name no measure (小学, 公办, 城区): they need the row above to say what is measured."""
    return _MEASURE.search(re.sub(r"[(（].*?[)）]", "", words)) is None


def is_share(words: str) -> bool:
    """Whether words name a share (率, 比例): what follows without a measure is a part of it."""
    return _SHARE.search(words) is not None


def whole(parent: str, part: str) -> str:
    """The full name of a part: 幼儿教师专科以上学历比例, 本科以上学历比例 → 幼儿教师本科以上学历比例."""
    kind, own = _QUALIFICATION.search(parent), _QUALIFICATION.match(part)
    if kind and own and not is_bare(part):
        return parent[: kind.start()] + part
    return f"{parent}（{part}）"
