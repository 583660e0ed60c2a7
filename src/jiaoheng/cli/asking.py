"""Asks a person which of several layouts a sheet has; without a terminal the doubt is an error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import typer

from jiaoheng.cli.output import notes
from jiaoheng.workspace import AmbiguousLayoutError, Choose

_Result = TypeVar("_Result")


def until_answered(attempt: Callable[[Choose], _Result], *, ask: bool) -> _Result:
    """Run an import, and run it again with each answer that it lacked.

    Parameters
    ----------
    attempt : runs the import with what knows the answers so far.
    ask : whether a person may be asked at all; there must be a terminal as well.

    Raises
    ------
    AmbiguousLayoutError
        Nobody can be asked.
    """
    answers: dict[tuple[str, str], str] = {}

    def choose(doubt: AmbiguousLayoutError) -> str:
        if (doubt.file, doubt.sheet) not in answers:
            raise doubt
        return answers[doubt.file, doubt.sheet]

    while True:
        try:
            return attempt(choose)
        except AmbiguousLayoutError as doubt:
            if not (ask and sys.stdin.isatty()):
                raise
            # The question waits until the progress bar is gone.
            answers[doubt.file, doubt.sheet] = _answer(doubt)


def _answer(doubt: AmbiguousLayoutError) -> str:
    place = " › ".join(part for part in (doubt.file, doubt.sheet) if part)
    notes.print(f"{place}：这张表像下面几种，是哪一种？", markup=False)
    for number, (id_, name) in enumerate(doubt.choices, 1):
        notes.print(f"  {number}. {name}（{id_}）", markup=False)
    while True:
        said = str(typer.prompt("请输入序号", err=True)).strip()
        if said.isdecimal() and 1 <= int(said) <= len(doubt.choices):
            return doubt.choices[int(said) - 1][0]
        notes.print(f"请输入 1 到 {len(doubt.choices)} 之间的数。")


__all__ = ["until_answered"]
