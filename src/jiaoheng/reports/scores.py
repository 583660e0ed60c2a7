"""A scored card as a document: the score sheet in the layout of its annex, what was lost, the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import fsum

from jiaoheng.reports.blocks import Block, Chapter, Document, Grid, Line, Notice, Paragraph, Sentence
from jiaoheng.reports.numbers import day
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text
from jiaoheng.standards.scoring import Rank, Scored, ScoredItem
from jiaoheng.standards.scoring.given import points
from jiaoheng.standards.scoring.scored import span

_DIGITS = 2


def document(scored: Scored, *, warning: str, today: date) -> Document:
    """The card of one county, to be sent with its evidence.

    Parameters
    ----------
    warning : what stands on the cover: that the data are made up, say.
    """
    chapters = (
        Chapter("overview", "得分情况", tuple(_overview(scored))),
        Chapter("sheet", "评分表", (Grid(_sheet(scored)),)),
        Chapter("lost", "失分和未定的分", tuple(_lost(scored))),
        Chapter("evidence", "佐证材料清单", tuple(_evidence(scored))),
        Chapter("reading", "评分口径", tuple(_reading(scored))),
    )
    return Document(
        title=f"{scored.card.name}自评表",
        subtitle=f"{scored.unit_name} {scored.year} 年",
        facts=(
            Line("考核对象", f"{scored.unit_name}（{scored.unit}）"),
            *((Line("考核分组", scored.group),) if scored.group else ()),
            Line("年度", f"{scored.year} 年（事业统计 9 月 1 日时点）"),
            Line("依据", _source(scored)),
            Line("生成日期", day(today)),
        ),
        warning=warning,
        chapters=tuple(chapter for chapter in chapters if chapter.blocks),
        issuer=scored.unit_name,
        created=today,
    )


def comparison(ranks: Sequence[Rank], *, warning: str, today: date) -> Document:
    """Counties in their groups: places, totals, blocks, and every item of every county."""
    first = ranks[0].scored
    groups = dict.fromkeys(rank.group for rank in ranks)
    open_ = any(not rank.scored.known for rank in ranks)
    note = "总分相同的名次并列，后面的名次顺延。"
    if open_:
        note += "有的县还有未定的分：总分和名次写成从最低到最高的范围。"
    tables = [
        Grid(_ranking(f"table-rank-{place}", group, [rank for rank in ranks if rank.group == group], note))
        for place, group in enumerate(groups)
    ]
    return Document(
        title=f"{first.card.name}得分比较",
        subtitle=f"{first.year} 年",
        facts=(
            Line("考核对象", "、".join(rank.scored.unit_name for rank in ranks)),
            Line("依据", _source(first)),
            Line("生成日期", day(today)),
        ),
        warning=warning,
        chapters=(
            Chapter("ranking", "名次", tuple(tables)),
            Chapter("items", "各项得分", (Grid(_matrix([rank.scored for rank in ranks])),)),
            Chapter("reading", "评分口径", tuple(_reading(first))),
        ),
        issuer="",
        created=today,
    )


def _overview(scored: Scored) -> Iterator[Block]:
    full = points(scored.card.total)
    sure = f"总分 {scored.words} 分，满分 {full} 分。"
    open_ = [one for one in scored.items if not one.known]
    if open_:
        sure = (
            f"已能确定的得分是 {points(scored.low)} 分，未定的各项都得满时是 {points(scored.high)} 分"
            f"（满分 {full} 分）；还有 {len(open_)} 项未定。"
        )
    lost = fsum(one.lost for one in scored.items)
    yield Paragraph((Sentence(sure), Sentence(f"已经失去 {points(lost)} 分。")))
    yield Grid(_blocks(scored))


def _blocks(scored: Scored) -> Table:
    rows = [
        [
            text(one.name),
            _points(one.points),
            _won(one.low, one.high),
            _points(one.points - one.high),
        ]
        for one in scored.blocks
    ]
    full = fsum(one.points for one in scored.blocks)
    total = [
        text("合计"),
        replace(_points(full), formula="SUM({above})"),
        _won(scored.low, scored.high),
        _points(full - scored.high),
    ]
    return table(
        "table-blocks",
        "各部分得分",
        [Column("部分", kind="words"), Column("满分", "分"), Column("得分", "分"), Column("失分", "分")],
        [*rows, total],
        total=True,
    )


def _sheet(scored: Scored) -> Table:
    blocks = {block.name: points(block.points) for block in scored.blocks}
    rows = []
    for one in scored.items:
        item = one.item
        indicator = item.indicator or item.name
        worth = points(scored.indicator(indicator).points)
        rows.append(
            [
                text(f"{item.block}（{blocks[item.block]} 分）"),
                text(f"{indicator}（{worth} 分）"),
                text(f"{item.number} {item.name}。{item.clause}".strip()),
                _points(item.points),
                _won(one.low, one.high),
                text(one.why),
                Cell(_proof(one), None),
            ]
        )
    full = fsum(one.item.points for one in scored.items)
    total = [
        text("合计"),
        text("合计"),
        Cell("", None),
        replace(_points(full), formula="SUM({above})"),
        _won(scored.low, scored.high),
        Cell("", None),
        Cell("", None),
    ]
    return table(
        "table-sheet",
        f"{scored.card.name}评分表",
        [
            Column("二级指标", kind="words"),
            Column("三级指标", kind="words"),
            Column("评价内容及标准", kind="words"),
            Column("满分", "分"),
            Column("自评得分", "分"),
            Column("说明", kind="words"),
            Column("佐证材料", kind="words"),
        ],
        [*rows, total],
        source=_source(scored),
        note="得分写成范围的，是还有数据或填报没有到；未知不按零分，也不按满分。",
        total=True,
        joined=2,
        broad=True,
    )


def _lost(scored: Scored) -> Iterator[Block]:
    rows = [
        [
            text(f"{one.item.number} {one.item.name}".strip()),
            _points(one.item.points),
            _won(one.low, one.high),
            _points(one.lost),
            _points(one.high - one.low),
            Cell("；".join(one.regain), None),
        ]
        for one in sorted(scored.items, key=lambda one: -(one.item.points - one.low))
        if one.low < one.item.points
    ]
    if not rows:
        yield Notice("没有失分，也没有未定的分。")
        return
    yield Grid(
        table(
            "table-lost",
            "失分和未定的分",
            [
                Column("项目", kind="words"),
                Column("满分", "分"),
                Column("得分", "分"),
                Column("失分", "分"),
                Column("未定", "分"),
                Column("怎样补回", kind="words"),
            ],
            rows,
        )
    )


def _evidence(scored: Scored) -> Iterator[Block]:
    rows = [
        [text(f"{one.item.number} {one.item.name}".strip()), text(wanted), Cell("、".join(one.proof), None)]
        for one in scored.items
        for wanted in one.item.evidence
    ]
    if rows:
        columns = [Column(head, kind="words") for head in ("项目", "应提供的材料", "已提供的文件")]
        yield Grid(table("table-evidence", "佐证材料清单", columns, rows, joined=1))


def _reading(scored: Scored) -> Iterator[Block]:
    """How the document's words were read, and what could not be checked."""
    signs = {">=": "含本数的不小于", "<=": "含本数的不大于", ">": "不含本数的大于", "<": "不含本数的小于"}
    card = scored.card
    if card.comparators:
        read = "，".join(f"“{word}”是{signs[sign]}" for word, sign in card.comparators.items())
        yield Paragraph((Sentence(f"比较的词按文件自己的注：{read}。"),))
    if card.reallocation == "pro_rata":
        yield Paragraph((Sentence("不适用的项目，按其他项目得分占其满分的比例折算。"),))
    doubts = [(card.name, card.unverified), *((one.item.name, one.item.unverified) for one in scored.items)]
    rows = [[text(name), text(doubt)] for name, doubt in doubts if doubt]
    if rows:
        columns = [Column("项目", kind="words"), Column("未能核对的口径", kind="words")]
        yield Grid(table("table-unverified", "未能核对的口径", columns, rows))


def _ranking(id_: str, group: str, ranks: Sequence[Rank], note: str) -> Table:
    names = [block.name for block in ranks[0].scored.blocks]
    rows = [
        [
            text(rank.scored.unit_name),
            Cell(rank.words, rank.best),
            _won(rank.scored.low, rank.scored.high),
            *(_won(block.low, block.high) for block in rank.scored.blocks),
        ]
        for rank in ranks
    ]
    columns = [
        Column("县（市、区）", kind="words"),
        Column("名次"),
        Column("总分", "分"),
        *(Column(name, "分") for name in names),
    ]
    return table(id_, group, columns, rows, note=note)


def _matrix(counties: Sequence[Scored]) -> Table:
    rows = [
        [
            text(f"{one.item.number} {one.item.name}".strip()),
            _points(one.item.points),
            *(_won(each.items[place].low, each.items[place].high) for each in counties),
        ]
        for place, one in enumerate(counties[0].items)
    ]
    columns = [Column("项目", kind="words"), Column("满分", "分")]
    return table(
        "table-items", "各项得分", [*columns, *(Column(each.unit_name, "分") for each in counties)], rows
    )


def _won(low: float, high: float) -> Cell:
    """Points: a number, or from low to high in words where they are not settled."""
    words = span(low, high)
    return Cell(words, low) if low != high else _points(low)


def _points(value: float) -> Cell:
    """Points, with decimals only where there are any."""
    plain = float(f"{value:.12g}")
    return number(plain, 0 if plain.is_integer() else _DIGITS)


def _proof(one: ScoredItem) -> str:
    wanted = "；".join(one.item.evidence)
    given = f"已附：{'、'.join(one.proof)}" if one.proof else ""
    return "。".join(part for part in (wanted, given) if part)


def _source(scored: Scored) -> str:
    document = scored.card.document
    number_ = f"（{document.number}）" if document.number else ""
    return f"{document.issuer}《{document.title}》{number_}"
