"""The census as it would be after changes."""

from __future__ import annotations

from collections.abc import Iterable

from jiaoheng.census import Census
from jiaoheng.standards.what_if.adjusting import adjust, adjust_county
from jiaoheng.standards.what_if.changes import (
    Adjust,
    AdjustCounty,
    Change,
    Changes,
    Close,
    Merge,
    Move,
    WhatIfError,
)
from jiaoheng.standards.what_if.closing import close, merge
from jiaoheng.standards.what_if.draft import Draft, Refused
from jiaoheng.standards.what_if.moving import move
from jiaoheng.standards.what_if.opening import open_


def changed(census: Census, changes: Changes | Iterable[Change]) -> Census:
    """Apply changes one after another to a census in memory; its snapshot is not touched.

    Parameters
    ----------
    changes : as read from a file, or made by a program.

    Returns
    -------
    Census
        With the same tables, region, year and version; its hash begins with 假设, and a value that differs
        from the snapshot's is said to come from there. The census itself where nothing differs.

    Raises
    ------
    WhatIfError
        A change cannot be made; the message says which and why, with file and line where it has them.
    """
    if isinstance(changes, Changes):
        if changes.year is not None and changes.year != census.year:
            raise WhatIfError(
                f"假设是为 {changes.year} 年写的，要用于 {census.year} 年。请改「year」或换年份。"
            )
        name, steps = changes.name, tuple(changes.changes)
    else:
        name, steps = None, tuple(changes)
    draft = Draft(census)
    for step in steps:
        try:
            _apply(draft, step)
        except Refused as refused:
            raise step.fault(str(refused)) from None
    return draft.finish(f"假设：{name}" if name else "假设")


def _apply(draft: Draft, change: Change) -> None:
    match change:
        case Adjust():
            adjust(draft, change)
        case AdjustCounty():
            adjust_county(draft, change)
        case Move():
            move(draft, change)
        case Close():
            close(draft, change)
        case Merge():
            merge(draft, change)
        case _:
            open_(draft, change)
