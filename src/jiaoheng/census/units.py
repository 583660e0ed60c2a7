"""The units that headings and cells name, and what turns them into the base unit of the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping

FACTORS: Mapping[str, tuple[str, float]] = {
    "元": ("yuan", 1.0),
    "千元": ("yuan", 1e3),
    "万元": ("yuan", 1e4),
    "亿元": ("yuan", 1e8),
    "平方米": ("m2", 1.0),
    "平米": ("m2", 1.0),
    "m2": ("m2", 1.0),
    "㎡": ("m2", 1.0),
    "万平方米": ("m2", 1e4),
    "公顷": ("m2", 1e4),
    "亩": ("m2", 2000 / 3),
    "万人": ("人", 1e4),
    "册": ("册", 1.0),
    "千册": ("册", 1e3),
    "万册": ("册", 1e4),
}
"""Units that must be turned into the base unit: the base unit, and the factor."""

CONVERTED = frozenset(base for base, _ in FACTORS.values())
"""The base units that have others beside them."""

MONEY = ("元", "千元", "万元", "亿元")
"""The units that a line above a table may name for its columns of money alone."""

COUNTERS: Mapping[str, tuple[str, ...]] = {
    "人": ("人", "名", "位"),
    "个": ("个", "个班", "班"),
    "所": ("所", "个"),
    "间": ("间", "个"),
    "台": ("台", "套", "部"),
    "册": ("册", "本"),
    "份": ("份",),
    "起": ("起", "件"),
    "级": ("级",),
    "年": ("年",),
    "岁": ("岁",),
    "学时": ("学时", "课时"),
    "度": ("度", "°"),
}
"""What people write behind a figure in a cell, by the base unit of the column."""

TEN_THOUSAND = "万"


def factor_in_cell(word: str, base: str) -> float | None:
    """What a figure is multiplied by that has this word behind it; None where the word is of another kind.

    Parameters
    ----------
    word : 万元, 名, 万人.
    base : the base unit of the column (yuan, m2, 人).
    """
    if word in FACTORS:
        found, factor = FACTORS[word]
        return factor if found == base else None
    return 1.0 if word in COUNTERS.get(base, ()) else None


def is_unit(word: str) -> bool:
    """Whether a word is a unit of any column."""
    return word in FACTORS or any(word in words for words in COUNTERS.values())
