"""The one error of the expression language: what is wrong, at which column, with a caret under it."""

from __future__ import annotations

import unicodedata

from jiaoheng.errors import JiaohengError

# How much of a long line is quoted on either side of the fault.
_BEFORE, _AFTER = 40, 40


class ExpressionError(JiaohengError):
    """An expression that cannot be read, or does not fit the columns.

    Attributes
    ----------
    problem : str
        What is wrong and how to mend it, in Chinese.
    text : str
        The whole expression.
    position : int
        Where in `text` the fault is, counted from 0.
    """

    def __init__(self, problem: str, text: str, position: int) -> None:
        self.problem = problem
        self.text = text
        self.position = position
        super().__init__(_message(problem, text, position))


def _message(problem: str, text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    column = position - start
    where = f"表达式第 {column + 1} 列"
    if "\n" in text:
        where = f"表达式第 {text.count(chr(10), 0, position) + 1} 行第 {column + 1} 列"
    first = max(0, column - _BEFORE)
    quoted = _printable(line[first : column + _AFTER])
    return f"{where}：{problem}\n  {quoted}\n  {_blank(quoted[: column - first])}^"


def _printable(text: str) -> str:
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)


def _blank(text: str) -> str:
    """Spaces as wide as `text`, so that the caret is right: Chinese characters take two cells."""
    return "".join("\u3000" if unicodedata.east_asian_width(c) in "WF" else " " for c in text)
