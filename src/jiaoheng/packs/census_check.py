"""What a check of a census is: which rows it looks at, what must hold there, why, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import model_validator

from jiaoheng.packs.models import Entry, Id, Said, StageName

Kind = Literal["logic", "experience"]
Severity = Literal["high", "medium", "low"]

KINDS: Mapping[Kind, str] = {"logic": "逻辑校验", "experience": "经验校验"}
"""A finding of logic must be mended; one of experience may be explained."""

SEVERITIES: Mapping[Severity, str] = {"high": "严重", "medium": "一般", "low": "提示"}
"""From the worst to the mildest."""

Row = Mapping[str, Any]

_EACH = re.compile(r"\{[01]?\}")


@dataclass(frozen=True)
class Case:
    """One condition of a check, and the example rows that keep and break it.

    ``item`` is the word of ``each`` that it is made for; empty where the check has one condition alone.
    """

    item: str
    must: str
    passes: Row
    fails: Row


class Check(Entry):
    """What must hold in every row of a census table.

    ``must`` is a condition over the names that `jiaoheng.packs.check_names` gives the rows of ``table``; a
    row in which it is false is a finding, one in which it is unknown is not. ``when`` and ``stages`` limit
    the rows. ``each`` makes one condition for each of its words, which takes the place of ``{}`` in ``must``,
    ``when``, ``says``, ``passes`` and ``fails``; of a pair ``a/b`` the halves take the places of ``{0}`` and
    ``{1}``. ``rule`` names a function in place of ``must``, for what the language cannot say.

    ``passes`` and ``fails`` are example rows, or tables of rows for a ``rule``; the tests run both. ``says``
    is the message, where the one that is made of ``must`` would not do: ``{column}`` stands for a value.
    """

    clause: str = ""
    kind: Kind
    severity: Severity = "medium"
    table: Said
    stages: tuple[StageName, ...] = ()
    when: Said | None = None
    must: Said | None = None
    each: tuple[Said, ...] = ()
    rule: Id | None = None
    says: Said | None = None
    why: Said
    mend: Said
    passes: dict[str, Any]
    fails: dict[str, Any]

    @property
    def cases(self) -> tuple[Case, ...]:
        """The conditions of ``must``: one for each word of ``each``, or one alone; none with a ``rule``."""
        if self.must is None:
            return ()
        if not self.each:
            return (Case("", self.must, self.passes, self.fails),)
        return tuple(
            Case(word, _filled(self.must, word), _row(self.passes, word), _row(self.fails, word))
            for word in self.each
        )

    def told(self, item: str = "") -> str | None:
        """The message of ``says`` for one word of ``each``."""
        return None if self.says is None else _filled(self.says, item) if item else self.says

    def scope(self, item: str = "") -> str | None:
        """The expression of ``when`` for one word of ``each``."""
        return None if self.when is None else _filled(self.when, item)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.must is None) == (self.rule is None):
            raise ValueError("每条校验须写「must」（应成立的条件）或「rule」（内置规则），且只写其一。")
        if bool(self.each) != bool(_EACH.search(self.must or "")):
            raise ValueError("「each」与「must」里的 {} 要一起用：{} 依次换成「each」里的各个词。")
        if len(set(self.each)) < len(self.each):
            raise ValueError("「each」里有重复的词。请删去一个。")
        return self


def _filled(text: str, word: str) -> str:
    first, _, second = word.partition("/")
    return text.replace("{}", first).replace("{0}", first).replace("{1}", second)


def _row(example: Row, word: str) -> dict[str, Any]:
    return {_filled(name, word): _value(value, word) for name, value in example.items()}


def _value(value: Any, word: str) -> Any:
    """A value of an example row; one that is a placeholder alone is a number where its word is one."""
    if not isinstance(value, str):
        return value
    text = _filled(value, word)
    return int(text) if _EACH.fullmatch(value) and text.isdecimal() else text
