"""The last chapters: what could not be computed and why; where figures come from and how they are defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from jiaoheng.plans import Status
from jiaoheng.reports import checks, figures, selection
from jiaoheng.reports.blocks import Block, Grid, Heading, Notice, Paragraph, Sentence
from jiaoheng.reports.indicators import anchor
from jiaoheng.reports.inputs import MeasureEntry, MonitoringInputs, SnapshotEntry
from jiaoheng.reports.numbers import separated, shown
from jiaoheng.reports.tables import Column, Table, number, table, text

_MEANINGS = (
    (Status.MET, "监测年度的值已经满足目标；目标低于基期的，表示仍保持在目标之内。"),
    (
        Status.ON_TRACK,
        "尚未满足目标，但不低于目标路径的当年值。规划列出分年值的按分年值，没有列出的按基期到目标的直线。",
    ),
    (Status.BEHIND, "目标年未到，尚未满足目标，且落后于目标路径的当年值；或基期已达到目标而现在跌出。"),
    (Status.MISSED, "目标年已到（或已过），没有满足目标。"),
    (Status.UNKNOWN, "所需数据缺失，或规划没有给出可计算的口径。无法计算的不计入达到。"),
    (Status.NOT_APPLICABLE, "规划中的预测数等，不作评判。"),
)


def uncomputed(inputs: MonitoringInputs) -> tuple[Block, ...]:
    """Every indicator, and every measure of the region, that has no value this year, with the reason."""
    unknown = [progress for progress in inputs.progress if progress.status is Status.UNKNOWN]
    blocks: list[Block] = [Heading("规划指标")]
    if unknown:
        blocks.append(
            Grid(
                table(
                    "table-uncomputed-indicators",
                    "无法计算的规划指标",
                    [
                        Column("指标", kind="words"),
                        Column("领域", kind="words"),
                        Column("原因", kind="words"),
                    ],
                    [
                        [
                            text(progress.indicator.name, href=f"#{anchor(progress)}"),
                            text(progress.indicator.group or "未分组"),
                            text(separated(progress.reason)),
                        ]
                        for progress in unknown
                    ],
                    sortable=False,
                )
            )
        )
    else:
        blocks.append(Paragraph((Sentence(f"{inputs.year}年规划指标都可以计算。"),)))
    blocks.append(Heading("其他测算指标"))
    others = _unknown_measures(inputs)
    blocks.append(
        Grid(others)
        if others
        else Paragraph((Sentence(f"{inputs.year}年其他测算指标在{inputs.whole}层面都可以计算。"),))
    )
    return tuple(blocks)


def sources(inputs: MonitoringInputs) -> tuple[Block, ...]:
    """Snapshots, files, definitions and how to read the report."""
    return (
        *reading(inputs.whole),
        *provenance(inputs.year, inputs.snapshots),
        *(checks.blocks(inputs.checks, inputs.year) if inputs.checks else ()),
        Heading("指标口径"),
        Grid(definitions(_used(inputs))),
        *(Notice(note) for note in inputs.notes),
    )


def reading(whole: str) -> tuple[Block, ...]:
    """How figures and statuses are to be read."""
    return (
        Heading("怎样读这份报告"),
        Paragraph(
            (
                Sentence("数据缺失写作“—（无数据）”，不写作 0，也不当作达到。"),
                Sentence(f"{whole}和各镇街的比率是分子之和除以分母之和，不是各校比率的平均。"),
                Sentence("计算过程不取舍，只在显示时四舍五入；是否达到目标按未取舍的值判断。"),
                Sentence("数据覆盖率是应计入的记录中数据齐全的比例。"),
            )
        ),
        Grid(
            table(
                "table-statuses",
                "状态的含义",
                [Column("状态", kind="words"), Column("含义", kind="words")],
                [[text(status.label), text(meaning)] for status, meaning in _MEANINGS],
                sortable=False,
            )
        ),
    )


def provenance(year: int, snapshots: Sequence[SnapshotEntry]) -> tuple[Block, ...]:
    """The snapshots that something rests on, and the files of that of ``year``."""
    here = next((entry for entry in snapshots if entry.year == year), None)
    return (Heading("数据快照"), Grid(_snapshots(snapshots)), *_files(year, here))


def definitions(entries: Iterable[MeasureEntry]) -> Table:
    """How each measure is worked out, and the document and clause that say so."""
    return table(
        "table-definitions",
        "测算指标的口径与依据",
        [
            Column("指标", kind="words"),
            Column("单位", kind="words"),
            Column("计算方法", kind="words"),
            Column("依据文件", kind="words"),
            Column("条款", kind="words"),
        ],
        [
            [
                text(entry.name),
                text(entry.unit),
                text(entry.definition),
                text(entry.document),
                text(entry.clause),
            ]
            for entry in entries
        ],
    )


def _unknown_measures(inputs: MonitoringInputs) -> Table | None:
    linked = {(progress.indicator.measure, progress.indicator.stage) for progress in inputs.progress}
    rows = inputs.county.filter((pl.col("year") == inputs.year) & (pl.col("status") == "unknown"))
    found = []
    for measure, stage, reason in rows.select("measure", "stage", "reason").iter_rows():
        entry = inputs.measures.get(measure)
        if entry and not {(measure, stage or None), (measure, None)} & linked:
            found.append([text(entry.name), text(figures.stage_label(stage) or "不分学段"), text(reason)])
    if not found:
        return None
    return table(
        "table-uncomputed-measures",
        f"{inputs.year}年{inputs.whole}无法计算的测算指标",
        [Column("指标", kind="words"), Column("学段", kind="words"), Column("原因", kind="words")],
        found,
        source=inputs.source,
    )


def _snapshots(snapshots: Iterable[SnapshotEntry]) -> Table:
    return table(
        "table-snapshots",
        "所用的快照",
        [
            Column("年份", kind="words"),
            Column("版本", kind="words"),
            Column("工作表", "个"),
            Column("读取", "行"),
            Column("采用", "行"),
            Column("退回", "行"),
            Column("校验值（SHA-256）", kind="code"),
        ],
        [
            [
                text(f"{entry.year}年", sort=entry.year),
                text(entry.version),
                number(len(entry.sources)),
                number(entry.read, formula="{4}+{5}"),
                number(entry.accepted),
                number(entry.rejected),
                text(entry.sha256),
            ]
            for entry in snapshots
        ],
        note="行数是最近一次导入的行数：读取 = 采用 + 退回。",
    )


def _files(year: int, snapshot: SnapshotEntry | None) -> tuple[Block, ...]:
    """The sheets that a snapshot came from."""
    if snapshot is None:
        return (Notice(f"没有{year}年快照的来源记录。"),)
    counts = "、".join(f"{name} {shown(count)}行" for name, count in snapshot.rows.items())
    return (
        Grid(
            table(
                "table-files",
                f"{year}年快照的来源文件",
                [
                    Column("文件", kind="words"),
                    Column("工作表", kind="words"),
                    Column("内容", kind="words"),
                    Column("校验值（SHA-256）", kind="code"),
                ],
                [
                    [text(one.file), text(one.sheet or "（CSV）"), text(one.tables), text(one.sha256)]
                    for one in snapshot.sources
                ],
                note=f"快照所含：{counts}。" if counts else "",
            )
        ),
        *(Notice(note) for note in snapshot.notes),
    )


def _used(inputs: MonitoringInputs) -> Iterator[MeasureEntry]:
    """The measures that the report shows somewhere, with those that it says could not be computed."""
    named = {*selection.BY_GROUP, *selection.OVER_YEARS}
    varied = {entry.id for entry in inputs.measures.values() if entry.variation_of in named}
    unknown = inputs.county.filter((pl.col("year") == inputs.year) & (pl.col("status") == "unknown"))
    used = named | varied | set(unknown["measure"]) | {one.indicator.measure for one in inputs.progress}
    return (entry for entry in inputs.measures.values() if entry.id in used)
