"""What a cell of a table says: a figure with its comparator and unit, nothing, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaoheng.plans.model import Comparator

_SIGNS: dict[str, Comparator] = {
    "≥": ">=", ">=": ">=", "≧": ">=", "⩾": ">=", "=>": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=",
    "达到": ">=", "达": ">=", "至少": ">=", "大于等于": ">=",
    ">": ">", "超过": ">", "超": ">", "高于": ">", "大于": ">", "优于": ">",
    "≤": "<=", "<=": "<=", "≦": "<=", "⩽": "<=", "不超过": "<=", "不高于": "<=", "不大于": "<=",
    "不多于": "<=", "控制在": "<=", "小于等于": "<=",
    "<": "<", "低于": "<", "少于": "<", "小于": "<", "不足": "<", "不满": "<",
    "约": "~", "近": "~", "≈": "~", "大约": "~",
    "提高到": "increase_to", "提升到": "increase_to", "提升至": "increase_to", "提高至": "increase_to",
    "增加到": "increase_to", "增至": "increase_to", "降低到": "decrease_to", "下降到": "decrease_to",
    "降至": "decrease_to", "降到": "decrease_to", "减少到": "decrease_to",
    "新增": "increase_by", "增加": "increase_by", "增长": "increase_by", "提高": "increase_by",
    "提升": "increase_by", "减少": "decrease_by", "降低": "decrease_by", "下降": "decrease_by",
    "保持": "=", "保持在": "=", "稳定在": "=", "维持在": "=", "为": "=", "=": "=",
}  # fmt: skip
_TAILS: dict[str, Comparator] = {
    "以上": ">=", "及以上": ">=", "或以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<=", "之内": "<=",
    "内": "<=", "左右": "~", "上下": "~",
}  # fmt: skip
_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "": 1.0}


def _any(words: dict[str, Comparator]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMBER = r"[-+]?\d[\d,]*(?:\.\d+)?"
_SIGN, _TAIL = _any(_SIGNS), _any(_TAILS)
_COUNTER = rf"(?:平方米|立方米|百分点|公里|学时|小时|人次|(?:(?!{_TAIL})[一-龥㎡]){{1,3}})"
_UNIT = rf"%{{1,2}}|‰|个百分点|(?:{_COUNTER}(?:/\d*{_COUNTER})?(?<![率比数]))?"
_FIGURE = re.compile(
    rf"(?P<open>[\[〔【({{（]?)(?:力争|努力|争取)?(?P<sign>{_SIGN})?"
    rf"(?P<low>{_NUMBER})(?P<low_unit>万|亿|%{{1,2}}|‰)?"
    rf"(?:(?:—+|-+|~|～|–|－|至|到)(?P<high>{_NUMBER}))?(?![:：\d.])"
    rf"(?P<scale>[千万亿])?(?P<unit>{_UNIT})"
    rf"(?:[(（]含[)）])?(?P<tail>{_TAIL})?(?P<close>[\]〕】)}}）]?)"
)
_RATIO = re.compile(
    rf"(?P<sign>{_any(_SIGNS)})?(?P<left>{_NUMBER})[:：∶](?P<right>{_NUMBER})(?P<tail>{_any(_TAILS)})?"
)
_UNITS = re.compile(
    r"(?:%|‰|百分比|个百分点|[百千万亿]?(?:人次?|所|个|名|园|校|班|套|座|间|件|册|本|台|项|对|家|户|张|床|片|处|岁|年|天|日|次|节|节次|"
    r"元|美元|平方米|m2|㎡|立方米|公里|亩|公顷|小时|学时|课时|分|分钟|人年|倍|吨|M|G|Mbps|兆|千克|学位|学位数|标准煤)"
    r"(?:/(?:百|千|万)?[一-龥]{1,4})?)"
)
_REMARK = re.compile(r"[(（\[].*[)）\]]|[①-⑳*＊※¹²³⁴-⁹]{1,3}")
_NOTHING = re.compile(r"[-—–－―/／\\*.…·_]*|无|暂无|空|略")
_VARIANTS = {"﹥": ">", "﹤": "<", "−": "-", "∶": ":"}
_ENTITIES = _VARIANTS | {"&gt;": ">", "&lt;": "<", "&ge;": "≥", "&le;": "≤", "&amp;": "&", "&nbsp;": " "}


@dataclass(frozen=True)
class Value:
    """A figure that a cell prints.

    Attributes
    ----------
    value, value_max : in base units (万 taken out); `value_max` only for a ``range``.
    unit : as printed after the figure, without 万 or 亿; empty where there is none.
    cumulative : whether it stands in the brackets that mean a sum over all years (``[35.2]``).
    printed : the whole cell, where it says more than the other fields do; None otherwise.
    sure : 0 to 1.
    """

    op: Comparator
    value: float
    value_max: float | None = None
    unit: str = ""
    cumulative: bool = False
    printed: str | None = None
    sure: float = 1.0


def read(text: str) -> Value | None:
    """The figure of a cell; None for a cell that holds words only, or nothing.

    Parameters
    ----------
    text : the cell's words as `Cell.text` has them (half-width, in one line).
    """
    words = _clean(text)
    ratio, found = _RATIO.match(words), _FIGURE.match(words)
    if ratio is not None:
        return _ratio(ratio, words)
    return None if found is None else _value(found, words)


def nothing(text: str) -> bool:
    """Whether a cell says that there is nothing (empty, ``—``, ``/``, ``无``)."""
    return _NOTHING.fullmatch(_clean(text)) is not None


def is_figure(text: str) -> bool:
    """Whether a cell is a figure and nothing else, but for a remark in brackets (``95%（2024年）``)."""
    words = _clean(text)
    found = _FIGURE.match(words)
    if found is None:
        return _RATIO.fullmatch(words) is not None
    rest = words[found.end() :]
    return not rest or _REMARK.fullmatch(rest) is not None


def is_unit(text: str) -> bool:
    """Whether words are a unit of measure (``%``, ``万人``, ``册/生``, ``平方米``)."""
    return _UNITS.fullmatch(_clean(text)) is not None


def number(text: str) -> float | None:
    """The bare number of a cell (``1,080``, ``3.5万``), scaled; None where the cell is anything else."""
    value = read(text)
    return value.value if value is not None and value.op == "=" and not value.printed else None


def scaled(unit: str) -> tuple[float, str]:
    """The factor and the base unit of a unit: ``万人`` is (10000, ``人``), ``亿元`` (100000000, ``元``)."""
    for sign in ("万", "亿"):
        if unit.startswith(sign) and len(unit) > 1:
            return _SCALES[sign], unit[1:]
    return 1.0, unit


def _clean(text: str) -> str:
    for printed, sign in _ENTITIES.items():
        text = text.replace(printed, sign)
    return "".join(text.split())


def _value(found: re.Match[str], words: str) -> Value:
    low, high = _float(found["low"]), found["high"]
    factor = _SCALES[found["scale"] or (found["low_unit"] if found["low_unit"] in ("万", "亿") else "") or ""]
    percent = found["low_unit"] or ""
    unit = found["unit"] or (percent if percent not in ("万", "亿") else "")
    rest = words[found.end() :]
    doubled = unit == "%%"
    op: Comparator = _TAILS.get(found["tail"] or "") or _SIGNS.get(found["sign"] or "", "=")
    if high is not None:
        op = "range"
    odd = bool(rest) or doubled or bool(found["open"]) != bool(found["close"])
    return Value(
        op=op,
        value=_scale(low, factor),
        value_max=None if high is None else _scale(_float(high), factor),
        unit="%" if doubled else unit,
        cumulative=found["open"] in ("[", "〔", "【", "(", "（") and not rest,
        printed=words if odd else None,
        sure=0.5 if re.search(r"\d", rest) else 0.8 if odd else 1.0,
    )


def _ratio(found: re.Match[str], words: str) -> Value:
    """``1:16`` (生师比): the side that is not 1, with the words kept."""
    left, right = _float(found["left"]), _float(found["right"])
    op: Comparator = _TAILS.get(found["tail"] or "") or _SIGNS.get(found["sign"] or "", "=")
    return Value(op=op, value=right if left == 1 else left, printed=words, sure=0.6)


def _float(words: str) -> float:
    return float(words.replace(",", ""))


def _scale(value: float, factor: float) -> float:
    """`value` times a power of ten, without the noise of binary fractions (2.65万 is 26500)."""
    return float(f"{value * factor:.12g}")
