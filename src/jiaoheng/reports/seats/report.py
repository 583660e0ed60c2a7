"""Pupils and seats to come as a document of its own, for any renderer."""

from __future__ import annotations

import polars as pl

from jiaoheng.reports.blocks import Block, Chapter, Document, Heading, Line
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.numbers import day
from jiaoheng.reports.seats import chapter
from jiaoheng.reports.seats.prospect import Prospect


def document(origin: Origin, prospect: Prospect, area_table: pl.DataFrame) -> Document:
    """The report: a chapter for each heading of the monitoring report's one chapter.

    Parameters
    ----------
    area_table : columns area_code, name, boundary (WKT, degrees), as in the census.
    """
    years = prospect.outlooks[0].years if prospect.outlooks else ()
    return Document(
        title=f"{origin.region_name}{chapter.TITLE}",
        subtitle=f"{years[0]}—{years[-1]}年" if years else f"{origin.year}年",
        facts=tuple(_facts(origin, prospect)),
        warning=origin.warning,
        chapters=_chapters(origin, prospect, area_table),
        issuer=origin.region_name,
        created=origin.generated_on,
    )


def _facts(origin: Origin, prospect: Prospect) -> list[Line]:
    facts = [
        Line("对象", f"{origin.region_name}（{origin.region_code}）"),
        Line("数据截至", day(origin.as_of)),
        Line("数据来源", origin.source),
        Line("生成日期", day(origin.generated_on)),
    ]
    if prospect.outlooks:
        facts.append(Line("情景", "、".join(each.scenario for each in prospect.outlooks)))
    if prospect.norm:
        facts.append(Line("学位口径", prospect.norm))
    if prospect.warning:
        facts.append(Line("预警依据", prospect.warning))
    return facts


def _chapters(origin: Origin, prospect: Prospect, area_table: pl.DataFrame) -> tuple[Chapter, ...]:
    chapters: list[Chapter] = []
    title = chapter.TITLE
    held: list[Block] = []
    for block in chapter.blocks(origin, prospect, area_table):
        if isinstance(block, Heading):
            if held:
                chapters.append(Chapter(f"seats-{len(chapters) + 1}", title, tuple(held)))
            title, held = block.text, []
        else:
            held.append(block)
    if held:
        chapters.append(Chapter(f"seats-{len(chapters) + 1}", title, tuple(held)))
    return tuple(chapters)
