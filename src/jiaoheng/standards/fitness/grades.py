"""Tells a pupil's grade from what stands in the row and around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from jiaoheng.packs.fitness_grid import GRADES
from jiaoheng.terms import Grade


def grade_of(said: str, around: Sequence[str]) -> str | None:
    """The grade that its own column names (13, 三年级), else the first telling text around it.

    Parameters
    ----------
    said : what the column of grades says; a code or a word.
    around : the class, the sheet, the title, the file (三年级1班, 初三(2)班), where a bare number is none.
    """
    found = Grade.named(said)
    if found in GRADES:
        return found.value if found else None
    return next((grade for text in (said, *around) if (grade := _opening(text))), None)


@lru_cache(maxsize=10_000)
def _opening(text: str) -> str | None:
    return next((grade for word, grade in _words() if text.startswith(word)), None)


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    """Every word for a grade, the longest first: 初中一年级 before 初中一."""
    pairs = ((word, grade.value) for grade in GRADES for word in (grade.label, *grade.aliases))
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


__all__ = ["grade_of"]
