"""What the checks say of the figures that a report rests on, and how what is unusual was explained."""

from __future__ import annotations

from jiaoheng import terms
from jiaoheng.reports.blocks import Block, Grid, Heading, Paragraph, Sentence
from jiaoheng.reports.inputs import CheckResults
from jiaoheng.reports.numbers import day
from jiaoheng.reports.tables import Column, Table, table, text


def blocks(results: CheckResults, year: int) -> tuple[Block, ...]:
    """How many findings there are, and the reasons that were given; no figure of a school is repeated."""
    found: list[Block] = [Heading("数据校验"), Paragraph(_counts(results, year))]
    if results.explained:
        found.append(Grid(_reasons(results)))
    return tuple(found)


def _counts(results: CheckResults, year: int) -> tuple[Sentence, ...]:
    if not results.logic and not results.experience:
        return (Sentence(f"{year}年数据通过全部校验。"),)
    logic = (
        f"逻辑校验有{results.logic}处尚未改正，所涉数据须慎用。" if results.logic else "逻辑校验全部通过。"
    )
    if not results.experience:
        return (Sentence(logic), Sentence("经验校验全部通过。"))
    explained = len(results.explained)
    rest = results.experience - explained
    told = f"，其中{explained}处已核实说明" if explained else ""
    open_ = f"，{rest}处尚未说明" if rest else ""
    return (Sentence(logic), Sentence(f"经验校验提示{results.experience}处{told}{open_}。"))


def _reasons(results: CheckResults) -> Table:
    return table(
        "table-explained",
        "经验校验的说明",
        [
            Column("校验", kind="words"),
            Column("单位", kind="words"),
            Column("学段", kind="words"),
            Column("说明", kind="words"),
            Column("日期", kind="words"),
        ],
        [
            [
                text(each.check),
                text(each.unit),
                text(terms.label("stage", each.stage) if each.stage else "不分学段"),
                text(each.reason),
                text(day(each.when)),
            ]
            for each in results.explained
        ],
    )
