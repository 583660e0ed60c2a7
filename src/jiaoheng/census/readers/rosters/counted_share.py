"""Asks whether a file is missing where far fewer persons were counted than a school has."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

from jiaoheng import terms
from jiaoheng.census.reading import Reading
from jiaoheng.packs.layouts import Layout

_ENOUGH = 0.6
_SHOWN = 10


def missing_files(reading: Reading, layout: Layout, stages: pa.Table) -> tuple[str, ...]:
    """A note on the schools of which less than six tenths of the pupils were counted.

    Parameters
    ----------
    reading : what was counted.
    layout : by which it was.
    stages : the schools and stages that are known, with their pupils.
    """
    counts = layout.layout.counts
    assert counts is not None
    column = counts.everybody.partition(".")[2]
    parts = [part.data.select("school_code", "stage", column) for part in reading.parts]
    if not parts:
        return ()
    known = pl.DataFrame(stages.select(["school_code", "stage", "pupils"]))
    few = (
        pl.concat(parts)
        .unique(["school_code", "stage"], maintain_order=True)
        .join(known, on=["school_code", "stage"], maintain_order="left")
        .filter(pl.col(column) < _ENOUGH * pl.col("pupils"))
    )
    if not few.height:
        return ()
    listed = "；".join(
        f"{code} {terms.label('stage', stage)} {counted} 人（在校生 {pupils} 人）"
        for code, stage, counted, pupils in few.head(_SHOWN).iter_rows()
    )
    more = f" 等 {few.height} 处" if few.height > _SHOWN else ""
    return (
        f"{layout.layout.name}：人数远少于在校生：{listed}{more}。"
        "若还有其他年级的文件，请与这些文件一次导入：后一次导入会代替前一次的人数。",
    )


__all__ = ["missing_files"]
