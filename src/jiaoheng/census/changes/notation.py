"""How a change is written in one word: ``2144000001=3144000003``.

What stands before ``=`` is last year's, what stands behind is this year's: ``旧=新`` a new code, ``甲+乙=乙``
a merger, ``甲=甲:0.7+丙:0.3`` a split (the shares where they are known), ``甲=无`` closed, ``无=丙`` opened,
``甲=新名称`` the same code and a new name. So the kind of a change follows from how it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from pydantic import ValidationError

from jiaoheng.census import values
from jiaoheng.census.changes.model import Change, Party
from jiaoheng.errors import JiaohengError
from jiaoheng.terms import ChangeKind

NONE = "无"
FORMS = "旧码=新码、甲+乙=乙、甲=甲:0.7+丙:0.3、甲=无、无=丙、甲=新名称"

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{2,23}")
_NAME = re.compile(r"[\u4e00-\u9fff]")
_SHARE = re.compile(r"(.+):(\d*\.?\d+)(%?)")


class NotationError(JiaohengError):
    """A change is written in a way that means nothing."""


def write(change: Change) -> str:
    """A change in one word."""
    old, new = (
        "+".join(party.code + (f":{party.share:g}" if party.share is not None else "") for party in side)
        for side in (change.before, change.after)
    )
    if change.kind == ChangeKind.RENAMED:
        new = change.after[0].name
    return f"{old or NONE}={new or NONE}"


def read(
    text: str,
    *,
    year: int,
    by: str,
    on: date,
    names: tuple[Mapping[str, str], Mapping[str, str]],
    distinct: bool = False,
    note: str = "",
    evidence: str = "",
) -> Change:
    """The change that a word says.

    Parameters
    ----------
    text : the word.
    year : the year from which it holds.
    by, on : who confirmed it, and when.
    names : code to name, in the year before and in the year; kept in the entry for people to read.
    distinct : the word names two schools that are not the same.

    Raises
    ------
    NotationError
        It says no change; the message says how to write one.
    """
    old_text, mark, new_text = values.clean(text).partition("=")
    if not mark:
        raise NotationError(f"“{text}”不是一项变更。请写成 {FORMS} 之一。")
    before = _parties(old_text, names[0], text)
    if len(before) == 1 and _NAME.search(new_text) and new_text.strip() != NONE:
        after: list[Party] = [Party(code=before[0].code, name=new_text.strip())]
        kind = ChangeKind.RENAMED
    else:
        after = _parties(new_text, names[1], text)
        kind = _kind(len(before), len(after), text)
        if (len(before), len(after)) == (1, 1) and before[0].code == after[0].code:
            if before[0].name == after[0].name:
                raise NotationError(f"“{text}”两边相同，没有变更。")
            kind = ChangeKind.RENAMED
    if distinct:
        kind = ChangeKind.DISTINCT
    try:
        return Change(
            year=year,
            kind=kind,
            before=tuple(before),
            after=tuple(after),
            confirmed_by=by,
            confirmed_on=on,
            note=note,
            evidence=evidence,
        )
    except ValidationError as error:
        raise NotationError(f"“{text}”：{_first(error)}") from None


def _first(error: ValidationError) -> str:
    fault = error.errors()[0]
    return (
        str(fault["ctx"]["error"])
        if fault["type"] == "value_error"
        else f"不是一项变更。请写成 {FORMS} 之一。"
    )


def _parties(text: str, names: Mapping[str, str], whole: str) -> list[Party]:
    text = text.strip()
    if text in ("", NONE):
        return []
    found = []
    for each in text.split("+"):
        code, share = _shared(each)
        if not _CODE.fullmatch(code):
            raise NotationError(f"“{whole}”中的“{each}”不是学校标识码。请写成 {FORMS} 之一。")
        try:
            found.append(Party(code=code, name=names.get(code, ""), share=share))
        except ValidationError:
            raise NotationError(f"“{whole}”中“{each}”的份额不在 0 与 1 之间。请改正。") from None
    return found


def _shared(text: str) -> tuple[str, float | None]:
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        return text.strip(), None
    return found[1].strip(), float(found[2]) / (100 if found[3] else 1)


def _kind(old: int, new: int, text: str) -> ChangeKind:
    match min(old, 2), min(new, 2):
        case 1, 1:
            return ChangeKind.RECODED
        case 2, 1:
            return ChangeKind.MERGED
        case 1, 2:
            return ChangeKind.SPLIT
        case 0, 1:
            return ChangeKind.OPENED
        case 1, 0:
            return ChangeKind.CLOSED
        case _:
            raise NotationError(f"“{text}”不是一项变更。请写成 {FORMS} 之一；几校变几校的，分成几项写。")


__all__ = ["FORMS", "NONE", "NotationError", "read", "write"]
