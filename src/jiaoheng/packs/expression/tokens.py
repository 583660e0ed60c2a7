"""Cuts the text of an expression into tokens."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from jiaoheng.packs.expression.errors import ExpressionError
from jiaoheng.packs.expression.words import QUOTES, SIGNS, WORDS, is_name_part, is_name_start

Kind = Literal["number", "text", "name", "quoted name", "word", "sign", "end"]

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?")
_LONGEST_SIGN = max(len(sign) for sign in SIGNS)
# Decimal keeps an exponent exactly, so a huge one must not reach it.
_MOST_EXPONENT_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text. Words and signs carry the keyword or sign that they stand for."""

    kind: Kind
    value: str
    position: int
    number: float = 0.0


def tokenize(text: str) -> list[Token]:
    """Cut `text` into tokens; the last one is of kind ``end``.

    Raises
    ------
    ExpressionError
        At a character that has no place in the language, an unclosed quote, or a number that is too large.
    """
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character.isspace():
            position += 1
            continue
        if character in QUOTES:
            token, position = _quoted(text, position)
        elif is_name_start(character):
            token, position = _name(text, position)
        elif match := _NUMBER.match(text, position):
            token, position = _number(text, position, match.group())
        else:
            token, position = _sign(text, position)
        tokens.append(token)
    tokens.append(Token("end", "", len(text)))
    return tokens


def _quoted(text: str, start: int) -> tuple[Token, int]:
    opening = text[start]
    closing = QUOTES[opening]
    parts: list[str] = []
    position = start + 1
    while (end := text.find(closing, position)) >= 0:
        parts.append(text[position:end])
        position = end + 1
        if not text.startswith(closing, position):
            value = "".join(parts)
            if opening != "`":
                return Token("text", value, start), position
            if not value:
                raise ExpressionError("反引号里没有列名。请在两个反引号之间写上列名。", text, start)
            return Token("quoted name", value, start), position
        parts.append(closing)
        position += 1
    raise ExpressionError(f"引号 {opening} 没有配对。请在末尾补上 {closing}。", text, start)


def _name(text: str, start: int) -> tuple[Token, int]:
    end = start + 1
    while end < len(text) and is_name_part(text[end]):
        end += 1
    name = text[start:end]
    if name in WORDS:
        return Token("word", WORDS[name], start), end
    return Token("name", name, start), end


def _number(text: str, start: int, digits: str) -> tuple[Token, int]:
    end = start + len(digits)
    exponent = re.split("[eE]", digits)[1:]
    if exponent and len(exponent[0].lstrip("+-").lstrip("0")) > _MOST_EXPONENT_DIGITS:
        raise ExpressionError(f"数“{digits}”的指数太大。请改小。", text, start)
    exact = Decimal(digits)
    if text[end : end + 1] in ("%", "％"):
        exact = exact.scaleb(-2)
        end += 1
    if end < len(text) and (is_name_part(text[end]) or text[end] == "."):
        raise ExpressionError(
            "数字后面紧跟着别的字符。请用空格或运算符隔开；列名以数字开头时请加反引号，如 `3岁人数`。",
            text,
            end,
        )
    value = float(exact)
    if not math.isfinite(value):
        raise ExpressionError(f"数“{digits}”太大，超出 64 位浮点数的范围。请改小。", text, start)
    return Token("number", text[start:end], start, value), end


def _sign(text: str, start: int) -> tuple[Token, int]:
    for length in range(_LONGEST_SIGN, 0, -1):
        written = text[start : start + length]
        if written in SIGNS:
            return Token("sign", SIGNS[written], start), start + len(written)
    raise ExpressionError(
        f"不认识的字符“{text[start]}”。请删去；若它是列名的一部分，请给列名加反引号，如 `列名`。", text, start
    )
