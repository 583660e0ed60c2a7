"""Moves pupils from one school to another."""

from __future__ import annotations

from fractions import Fraction

from jiaoheng import terms
from jiaoheng.standards.what_if.changes import Move
from jiaoheng.standards.what_if.draft import Draft, Refused, Row
from jiaoheng.standards.what_if.sharing import give, of_group, pupil_columns, take


def move(draft: Draft, change: Move) -> None:
    """Re-zone a number of pupils: every count of them moves in proportion.

    The number of classes stays on both sides. How large they are is then not known, unless the change says
    that no class size changes; the registers of pupils and classes no longer speak of these schools.
    """
    wanted = change.move
    giver, taker = draft.school(wanted.from_), draft.school(wanted.to)
    if giver == taker:
        raise Refused(f"「{draft.name(giver)}」不能分流给自己。请改正「from」或「to」。")
    source = draft.stage_row(giver, wanted.stage)
    target = draft.stage_row(taker, source["stage"])
    there = source["pupils"]
    if there is None or target["pupils"] is None:
        lacking = giver if there is None else taker
        raise Refused(f"「{draft.name(lacking)}」的在校生数缺失，不能分流。请先补上。")
    if wanted.pupils > there:
        stage = terms.label("stage", source["stage"])
        raise Refused(
            f"「{draft.name(giver)}」{stage}只有 {there} 名学生，分流不出 {wanted.pupils} 名。请改小。"
        )
    give(target, take(source, pupil_columns(), Fraction(wanted.pupils, there)))
    if wanted.classes == "unknown":
        for row in (source, target):
            forget_class_sizes(row)
    forget_registers(draft, [(giver, source["stage"]), (taker, source["stage"])])


def forget_class_sizes(row: Row) -> None:
    """The number of classes stays, how large they are is no longer known."""
    for name in (*of_group("分班额班级"), "classes_over_norm", "largest_class", "classes_multigrade"):
        row[name] = None


def forget_registers(draft: Draft, rows: list[tuple[str, str]]) -> None:
    """Registers of pupils and classes that speak of how it was before."""
    for table in ("pupils", "classes"):
        draft.drop_records(table, rows)
