"""Closes a school, or makes it part of another."""

from __future__ import annotations

import math
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.measures.base import merge_rule
from jiaoheng.standards.what_if.changes import Close, Merge
from jiaoheng.standards.what_if.draft import Draft, Refused, Row, stage_named
from jiaoheng.standards.what_if.moving import forget_class_sizes, forget_registers
from jiaoheng.standards.what_if.sharing import give, of_group, take

WITH_PUPILS = ("学生", "分年级学生", "分年级女生", "学生流动", "体质与视力", "教育教学")
WITH_TEACHERS = ("教职工", "专任教师", "教师学历", "教师职称", "教师年龄", "教师课程", "教师发展")
WITH_RESOURCES = ("基本情况",)
WITH_CLASSES = ("班级", "分年级班级", "分班额班级")
"""Groups of ``school_stages`` that go where the pupils, teachers, buildings or classes of a school go."""

_REGISTERS = ("classes", "pupils", "teachers")

Shares = dict[str, dict[str, Fraction]]


def close(draft: Draft, change: Close) -> None:
    """Close a school: its pupils go to others in shares; what is not taken along leaves the county."""
    code = draft.school(change.close)
    _refuse_campuses(draft, code)
    shares = _shares(draft, code, change)
    groups = [*WITH_PUPILS]
    groups += WITH_TEACHERS if "teachers" in change.along else ()
    groups += WITH_RESOURCES if "resources" in change.along else ()
    groups += WITH_CLASSES if "classes" in change.along else ()
    for stage, targets in shares.items():
        own = draft.rows("school_stages")[(code, stage)]
        for (target, _), part in zip(targets.items(), _one_after_another(targets), strict=True):
            row = draft.rows("school_stages")[(target, stage)]
            _join(own, row, tuple(groups), part)
            if "classes" not in change.along:
                forget_class_sizes(row)
        forget_registers(draft, [(target, stage) for target in targets])
        if "teachers" in change.along:
            draft.drop_records("teachers", [(target, stage) for target in targets])
    if "resources" in change.along:
        _share_out_resources(draft, code, shares)
    _remove(draft, code)


def merge(draft: Draft, change: Merge) -> None:
    """Make a school part of another: its pupils, teachers, rooms and registers become the other's."""
    code, target = draft.school(change.merge), draft.school(change.into)
    if code == target:
        raise Refused(f"「{draft.name(code)}」不能并入自己。请改正「into」。")
    stages = draft.rows("school_stages")
    groups = WITH_PUPILS + WITH_TEACHERS + WITH_RESOURCES + WITH_CLASSES
    for stage, own in draft.stages(code).items():
        if (target, stage) in stages:
            _join(own, stages[(target, stage)], groups, Fraction(1))
        else:
            stages[(target, stage)] = own | {"school_code": target}
    give(
        draft.rows("schools")[(target,)],
        take(draft.rows("schools")[(code,)], _resources(), Fraction(1)),
    )
    for row in draft.rows("schools").values():
        if row["main_school_code"] == code and row["school_code"] != target:
            row["main_school_code"] = target
    mine = draft.rows("schools")[(target,)]
    if mine["main_school_code"] == code:
        mine["main_school_code"], mine["counted"] = None, True
    for table in _REGISTERS:
        _rehome(draft, table, code, target)
    _remove(draft, code)


def _shares(draft: Draft, code: str, change: Close) -> Shares:
    """For each stage of the school with pupils, the schools that receive them and their shares."""
    own = draft.stages(code)
    given = change.pupils
    nested = [key for key, value in given.items() if isinstance(value, dict)]
    if nested and len(nested) < len(given):
        raise Refused("「pupils」要么写各校的份额，要么按学段写各校的份额，不能混写。请改正。")
    by_stage: dict[str, dict[str, float]] = {}
    for key, value in given.items():
        if isinstance(value, dict):
            by_stage[stage_named(key)] = value
        else:
            for stage in own:
                by_stage.setdefault(stage, {})[key] = value
    name = draft.name(code)
    found: Shares = {}
    for stage in own:
        label = terms.label("stage", stage)
        targets = by_stage.get(stage)
        if not targets:
            raise Refused(f"没有写「{name}」{label}的学生去哪里。请在「pupils」里补上。")
        found[stage] = _checked(draft, code, stage, targets)
    extra = [stage for stage in by_stage if stage not in own]
    if extra:
        raise Refused(f"「{name}」没有{terms.label('stage', extra[0])}。请从「pupils」里删去。")
    return found


def _checked(draft: Draft, code: str, stage: str, targets: dict[str, float]) -> dict[str, Fraction]:
    label = terms.label("stage", stage)
    if any(not 0 < share <= 1 for share in targets.values()) or not math.isclose(
        math.fsum(targets.values()), 1, abs_tol=1e-9
    ):
        said = " + ".join(f"{share:g}" for share in targets.values())
        raise Refused(f"{label}学生的份额应都大于 0，合计为 1，现为 {said}。请改正。")
    found: dict[str, Fraction] = {}
    for wanted, share in targets.items():
        target = draft.school(wanted)
        if target == code:
            raise Refused(f"「{draft.name(code)}」要关闭，不能接收自己的学生。请改正。")
        if (target, stage) not in draft.rows("school_stages"):
            raise Refused(
                f"「{draft.name(target)}」没有{label}，不能接收。请换一所学校，或先用「open」新办。"
            )
        if target in found:
            raise Refused(f"「{draft.name(target)}」写了两次。请合并份额。")
        found[target] = Fraction(share).limit_denominator(10**9)
    return found


def _one_after_another(targets: dict[str, Fraction]) -> list[Fraction]:
    """The shares as parts of what is left when the schools before have had theirs; the last takes all."""
    parts, left = [], Fraction(1)
    shares = list(targets.values())
    for share in shares[:-1]:
        parts.append(min(share / left, Fraction(1)) if left > 0 else Fraction(0))
        left -= share
    return [*parts, Fraction(1)]


def _join(own: Row, row: Row, groups: tuple[str, ...], part: Fraction) -> None:
    """Give a part of one row's counts to another; the largest class is the larger of both."""
    columns = [name for name in of_group(*groups) if name != "largest_class"]
    if "班级" in groups:
        both = own["largest_class"], row["largest_class"]
        row["largest_class"] = None if None in both else max(both)
    give(row, take(own, columns, part))


def _resources() -> tuple[str, ...]:
    """The amounts of ``schools``: areas, rooms, equipment, books, money."""
    return tuple(
        column.name
        for column in dictionary.table("schools").columns
        if column.type in ("integer", "number") and merge_rule(column) == "sum"
    )


def _share_out_resources(draft: Draft, code: str, shares: Shares) -> None:
    """By the pupils that each school receives of the whole school."""
    weights: dict[str, Fraction] = {}
    census = draft.census.table("school_stages").to_pylist()
    pupils = {row["stage"]: row["pupils"] or 0 for row in census if row["school_code"] == code}
    whole = sum(pupils.get(stage, 0) for stage in shares)
    for stage, targets in shares.items():
        weight = Fraction(pupils.get(stage, 0), whole) if whole else Fraction(1, len(shares))
        for target, share in targets.items():
            weights[target] = weights.get(target, Fraction(0)) + share * weight
    own = draft.rows("schools")[(code,)]
    for target, part in zip(weights, _one_after_another(weights), strict=True):
        give(draft.rows("schools")[(target,)], take(own, _resources(), part))


def _refuse_campuses(draft: Draft, code: str) -> None:
    campuses = [
        row["name"] or row["school_code"]
        for row in draft.rows("schools").values()
        if row["main_school_code"] == code and row["counted"] is False
    ]
    if campuses:
        raise Refused(
            f"「{draft.name(code)}」名下还有校区：{'、'.join(campuses)}。请先写明它们并入哪里（merge）。"
        )


def _remove(draft: Draft, code: str) -> None:
    for stage in draft.stages(code):
        del draft.rows("school_stages")[(code, stage)]
    del draft.rows("schools")[(code,)]
    for table in (*_REGISTERS, "form_cells"):
        data = draft.register(table)
        if data.num_rows:
            kept = pc.fill_null(pc.not_equal(data["school_code"], code), True)
            draft.put_register(table, data.filter(kept))


def _rehome(draft: Draft, table: str, code: str, target: str) -> None:
    """Give records to another school; classes keep apart by the code of the school that they came from."""
    data = draft.register(table)
    if data.num_rows == 0:
        return
    mine = pc.fill_null(pc.equal(data["school_code"], code), False)
    if "class_code" in data.column_names:
        renamed = pc.binary_join_element_wise(pa.scalar(code), data["class_code"], "-")
        data = _with(data, "class_code", pc.if_else(mine, renamed, data["class_code"]))
    draft.put_register(
        table, _with(data, "school_code", pc.if_else(mine, pa.scalar(target), data["school_code"]))
    )


def _with(data: pa.Table, name: str, values: pa.ChunkedArray) -> pa.Table:
    place = data.column_names.index(name)
    return data.set_column(place, data.schema.field(name), values.cast(data.schema.field(name).type))
