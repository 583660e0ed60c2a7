"""What every code list is made of: a value to store, a label to read, an official code."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A member of an official code list.

    ``value`` is the English word that is stored, ``label`` the Chinese words that people read, ``code`` the
    official code (empty where the list has none), ``aliases`` other spellings met in real files.
    """

    label: str
    code: str
    aliases: tuple[str, ...]

    def __new__(cls, value: str, label: str, code: str = "", aliases: tuple[str, ...] = ()) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.code = code
        member.aliases = aliases
        return member

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that names this member: value, label, code, aliases."""
        return tuple(word for word in (self.value, self.label, self.code, *self.aliases) if word)

    @classmethod
    def named(cls, text: str) -> Self | None:
        """The member that ``text`` names by value, label, code or alias; None where there is none."""
        wanted = text.strip()
        return next((member for member in cls if wanted in member.spellings), None)
