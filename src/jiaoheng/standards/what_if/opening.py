"""Opens a school."""

from __future__ import annotations

from jiaoheng.census import dictionary
from jiaoheng.standards.what_if.changes import Open
from jiaoheng.standards.what_if.draft import Draft, Refused, Row, set_values, stage_named, value_of


def open_(draft: Draft, change: Open) -> None:
    """Add a school with what is written of it; what is not written is unknown, never zero."""
    given = dict(change.open)
    code = given.pop("school_code", None) or given.pop("学校标识码", None)
    if code is None:
        raise Refused("新办的学校缺少「school_code」（学校标识码）。请补上，不与现有的重复即可。")
    table = dictionary.table("schools")
    code = str(value_of(code, table["school_code"]))
    if (code,) in draft.rows("schools"):
        raise Refused(f"学校标识码 {code} 已是「{draft.name(code)}」的。请换一个。")
    row = _blank("schools") | {"school_code": code, "counted": True}
    set_values(row, given, ("schools",))
    missing = [table[name].zh for name in table.required if row[name] is None]
    if missing:
        raise Refused(f"新办的学校缺少「{'」「'.join(missing)}」。请补上。")
    draft.rows("schools")[(code,)] = row
    for word, values in change.stages.items():
        stage = stage_named(word)
        own = _blank("school_stages") | {"school_code": code, "stage": stage}
        set_values(own, values, ("school_stages",))
        draft.rows("school_stages")[(code, stage)] = own


def _blank(table: str) -> Row:
    return {column.name: None for column in dictionary.table(table).columns if column.stored}
