"""Two plans side by side, as a document: how much of each kind was kept, and every item with both figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jiaoheng.plans.diff import KINDS, Change, Kind, Outcome, PlanDiff
from jiaoheng.plans.figures import dated_target
from jiaoheng.plans.model import Commitment, Indicator
from jiaoheng.reports.blocks import Chapter, Document, Grid, Line
from jiaoheng.reports.numbers import day
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text

_EMPTY = Cell("")


def document(diff: PlanDiff, *, created: date) -> Document:
    """The document: an overview, then a chapter for each kind of item that one of the plans has."""
    chapters = [Chapter("diff-summary", "总览", (Grid(_overview(diff)),))]
    for kind, label in KINDS.items():
        changes = diff.of(kind)
        if changes:
            rows = _targets if kind in ("indicator", "commitment") else _words
            chapters.append(Chapter(f"diff-{kind}", label, (Grid(rows(kind, changes)),)))
    return Document(
        title="新旧规划对照",
        subtitle="",
        facts=(
            Line("原规划", f"《{diff.old.title}》（{_period(diff.old.period.start, diff.old.period.end)}）"),
            Line("新规划", f"《{diff.new.title}》（{_period(diff.new.period.start, diff.new.period.end)}）"),
            Line("生成日期", day(created)),
        ),
        warning="",
        chapters=tuple(chapters),
        created=created,
    )


def _overview(diff: PlanDiff) -> Table:
    return table(
        "table-diff",
        "各类条目的去留",
        [Column("类别", kind="words"), *(Column(outcome.label, "项") for outcome in Outcome)],
        [
            [text(label), *(number(len(diff.of(kind, outcome))) for outcome in Outcome)]
            for kind, label in KINDS.items()
        ],
    )


def _targets(kind: Kind, changes: Sequence[Change]) -> Table:
    heads = ("名称", "去留", "原基期", "原目标", "新基期", "新目标")
    return table(
        f"table-diff-{kind}",
        f"{KINDS[kind]}逐项对照",
        [
            *(Column(head, kind="words") for head in heads),
            Column("目标增减"),
            Column("松紧", kind="words"),
            Column("其他变化", kind="words"),
        ],
        [
            [
                text(change.name),
                text(change.outcome.label),
                *(cell for item in (change.old, change.new) for cell in (_start(item), _end(item))),
                _EMPTY if change.figure_change is None else number(change.figure_change, 2, sign=True),
                _said(change.movement.label if change.movement else ""),
                _said(_others(change, ("目标", "数量"))),
            ]
            for change in changes
        ],
        compact=True,
    )


def _words(kind: Kind, changes: Sequence[Change]) -> Table:
    return table(
        f"table-diff-{kind}",
        f"{KINDS[kind]}逐项对照",
        [Column(head, kind="words") for head in ("名称", "去留", "变化")],
        [[text(change.name), text(change.outcome.label), _said(_others(change, ()))] for change in changes],
    )


def _said(words: str) -> Cell:
    """A cell of words; nothing to say leaves it empty, for it is nothing that is missing."""
    return text(words) if words else _EMPTY


def _start(item: object) -> Cell:
    if not isinstance(item, Indicator | Commitment) or item.baseline is None:
        return _EMPTY
    return text(f"{item.baseline.value:g}{item.unit}（{item.baseline.year}年）")


def _end(item: object) -> Cell:
    if not isinstance(item, Indicator | Commitment):
        return _EMPTY
    per = item.per or "" if isinstance(item, Commitment) else ""
    return text(per + dated_target(item.target, item.unit))


def _others(change: Change, without: tuple[str, ...]) -> str:
    return "；".join(
        f"{each.field}：{each.old or '未写'} → {each.new or '未写'}"
        for each in change.differences
        if each.field not in without
    )


def _period(start: int, end: int) -> str:
    return f"{start}—{end}年"
