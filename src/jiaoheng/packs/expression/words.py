"""The words and signs of the language: keywords, operators, how tightly they bind, and functions."""

from __future__ import annotations

WORDS = {
    "and": "and",
    "or": "or",
    "not": "not",
    "in": "in",
    "true": "true",
    "false": "false",
    "null": "null",
    "且": "and",
    "或": "or",
    "非": "not",
}
"""Words that cannot name a column (unless in backquotes), and the keyword that each stands for."""

SIGNS = {
    "==": "=",
    "!=": "!=",
    "<=": "<=",
    ">=": ">=",
    "＝＝": "=",
    "！＝": "!=",
    "＜＝": "<=",
    "＞＝": ">=",
    "=": "=",
    "<": "<",
    ">": ">",
    "+": "+",
    "-": "-",
    "*": "*",
    "/": "/",
    "(": "(",
    ")": ")",
    "[": "[",
    "]": "]",
    ",": ",",
    "＝": "=",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "＜": "<",
    "＞": ">",
    "＋": "+",
    "－": "-",
    "−": "-",
    "＊": "*",
    "×": "*",
    "／": "/",
    "÷": "/",
    "（": "(",
    "）": ")",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "，": ",",
}
"""Every way to write a sign, longest first, and the sign that it stands for."""

QUOTES = {"'": "'", '"': '"', "‘": "’", "“": "”", "`": "`"}
"""Opening quotes and the quote that closes each. Inside, the closing quote is written twice."""

BINDING = {
    "or": 1,
    "and": 2,
    "not unary": 3,
    "=": 4,
    "!=": 4,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "in": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "- unary": 7,
}
"""How tightly each operator binds; a higher number binds first."""

ARITHMETIC = frozenset("+-*/")
EQUALITY = frozenset({"=", "!="})
ORDERING = frozenset({"<", "<=", ">", ">="})

FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "if": (3, 3),
    "ceil": (1, 1),
    "floor": (1, 1),
    "known": (1, 1),
    "min": (1, None),
    "max": (1, None),
    "sum": (1, 1),
    "count": (1, 1),
    "share": (1, 1),
}
"""The functions, with the fewest and the most arguments (None: no limit)."""

AGGREGATES = frozenset({"sum", "count", "share"})
EITHER = frozenset({"min", "max"})
"""Over the rows of a group when given one argument, within the row when given more."""


def is_name_start(character: str) -> bool:
    """Tell whether a bare name can begin with `character`: any letter, Chinese included, or an underscore."""
    return character.isalpha() or character == "_"


def is_name_part(character: str) -> bool:
    """Tell whether a bare name can go on with `character`."""
    return character.isalpha() or character.isdecimal() or character == "_"


def is_name(text: str) -> bool:
    """Tell whether `text` can be written as a bare name."""
    return bool(text) and is_name_start(text[0]) and all(is_name_part(character) for character in text)
