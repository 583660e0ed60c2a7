"""Tells the stage of a file from what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jiaoheng import terms
from jiaoheng.census import values
from jiaoheng.packs.layouts import Layout, StageName


def stage_named(texts: Iterable[str], layout: Layout | None) -> str | None:
    """The stage that the first telling text names.

    Parameters
    ----------
    texts : the sheet's name, the title, the file's name: the nearest to the data first.
    layout : its words for the stages; None where a text is nothing but the stage (a cell of a 学段 column).

    Returns
    -------
    str or None
        A text that names two stages tells nothing.
    """
    for text in texts:
        word = "".join(values.clean(text).split())
        if exact := terms.lookup("stage", word):
            return exact
        if layout is not None:
            found = _stages_in(word, layout.layout.stages)
            if len(found) == 1:
                return next(iter(found))
    return None


def stage_of_grade(grade: str) -> str | None:
    """The stage of a grade: 三年级 is primary, 七年级 junior, 高一 senior, 小班 preschool; None for another
    word."""
    if grade in _PRESCHOOL:
        return "preschool"
    number = grade.removeprefix("g")
    if not number.isdecimal():
        return None
    return "primary" if int(number) <= 6 else "junior" if int(number) <= 9 else "senior"


_PRESCHOOL = ("nursery", "k1", "k2", "k3", "k_mixed")


def _stages_in(text: str, words: Mapping[StageName, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    pairs = [(word, stage) for stage, each in words.items() for word in each]
    # 特殊教育学校初中部 holds 特殊教育 and 初中; 普通高中 holds 高中: the longer word is taken out first.
    for word, stage in sorted(pairs, key=lambda pair: -len(pair[0])):
        if word in text:
            found.add(stage)
            text = text.replace(word, "")
    return found


__all__ = ["stage_named", "stage_of_grade"]
