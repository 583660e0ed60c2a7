"""Tables that several documents show: the rules of a standard, its items in schools and in the county."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jiaoheng import terms
from jiaoheng.packs import Item
from jiaoheng.reports.standards.inputs import StandardInputs
from jiaoheng.reports.standards.words import verdict_cell
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text
from jiaoheng.standards import Assessed, Verdict, words

COUNTS = (Verdict.MET, Verdict.WITHIN, Verdict.FAILED, Verdict.UNKNOWN)


def blank(said: str) -> Cell:
    """Words, or an empty cell that is meant to be empty."""
    return Cell(said, said or None)


def item_name(item: Item) -> Cell:
    """An item by its number and name."""
    return text(words.item_words(item))


def in_order(assessed: Assessed, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows school by school, the stages in the order of schooling, the items in that of the standard."""
    items = {item.id: place for place, item in enumerate(assessed.items)}
    stages = {stage.value: place for place, stage in enumerate(terms.Stage)}
    return rows.sort(
        pl.col("school"),
        pl.col("stage").replace_strict(stages, default=len(stages), return_dtype=pl.Int64),
        pl.col("item").replace_strict(items, return_dtype=pl.Int64),
    )


def clauses(assessed: Assessed, rows: pl.DataFrame) -> str:
    """The document, and the clauses of the items of some rows: said once, beneath their table."""
    document = assessed.standard.document
    said = dict.fromkeys(assessed.item(item).clause for item in rows["item"])
    number = f"（{document.number}）" if document.number else ""
    return f"依据《{document.title}》{number}：{'；'.join(said)}。"


def rules_table(inputs: StandardInputs) -> Table:
    """Every rule: of the county its verdict, of schools how many pass."""
    assessed, rows = inputs.assessed, []
    for rule in assessed.standard.rules:
        ruled = assessed.rules.filter(pl.col("rule") == rule.id)
        if rule.level == "county":
            verdict = ruled["verdict"][0] if ruled.height else Verdict.UNKNOWN
            rows.append(
                [
                    text(rule.name),
                    text(inputs.whole),
                    verdict_cell(assessed, verdict),
                    text(rule.clause),
                ]
            )
            continue
        for stage in dict.fromkeys(ruled["stage"]):
            found = ruled.filter(pl.col("stage").eq_missing(stage))["verdict"].to_list()
            rows.append(
                [
                    text(rule.name),
                    text(f"{words.stage_words(stage)}学校" if stage else "学校"),
                    Cell(_passed(found)),
                    text(rule.clause),
                ]
            )
    return table(
        f"table-rules-{assessed.standard.id}",
        f"{assessed.standard.name}：各项规则",
        [Column(head, kind="words") for head in ("规则", "范围", "结果", "条款")],
        rows,
        source=inputs.source,
        sortable=False,
    )


def _passed(verdicts: Sequence[str]) -> str:
    judged = [one for one in verdicts if one != Verdict.NOT_APPLICABLE]
    met, unknown = judged.count(Verdict.MET), judged.count(Verdict.UNKNOWN)
    doubt = f"，{unknown} 所不能判断" if unknown else ""
    return f"{len(judged)} 所中 {met} 所通过{doubt}"


def school_items_table(
    inputs: StandardInputs, items: Sequence[Item], *, id: str, caption: str, worst: bool = True
) -> Table:
    """Items that are judged in schools: for each stage how many schools meet them.

    ``worst`` names the school that is farthest from it, with its value: not for what is published.
    """
    assessed, several = inputs.assessed, _several(items)
    standard_words = assessed.standard.words
    heads = (standard_words.met, standard_words.within, standard_words.failed, "没有数据")
    rows = []
    for item in items:
        judged = assessed.rows.filter(pl.col("item") == item.id)
        for stage in dict.fromkeys(judged["stage"]):
            found = judged.filter(pl.col("stage").eq_missing(stage))
            counts = [found.filter(pl.col("verdict") == verdict).height for verdict in COUNTS]
            asked = {words.threshold_words(assessed, row) for row in found.iter_rows(named=True) if row["op"]}
            rows.append(
                [
                    *([text(item.group)] if several else []),
                    item_name(item),
                    blank(words.stage_words(stage)),
                    text(next(iter(asked)) if len(asked) == 1 else "按学校分别计算"),
                    *(number(float(count)) for count in counts),
                    *([blank(_worst(inputs, item, found))] if worst else []),
                ]
            )
    return table(
        id,
        caption,
        [
            *([Column("类别", kind="words")] if several else []),
            Column("项目", kind="words"),
            Column("学段", kind="words"),
            Column("要求", kind="words"),
            *(Column(head, "所") for head in heads),
            *([Column("差得最多的学校", kind="words")] if worst else []),
        ],
        rows,
        source=inputs.source,
    )


def _worst(inputs: StandardInputs, item: Item, rows: pl.DataFrame) -> str:
    bad = rows.filter(pl.col("verdict").is_in([Verdict.FAILED, Verdict.WITHIN])).sort(
        "margin", nulls_last=True
    )
    if bad.is_empty() or words.yes_or_no(item):
        return ""
    row = bad.row(0, named=True)
    return f"{row['school_name']}（{words.value_words(inputs.assessed, row)}）"


def county_items_table(inputs: StandardInputs, items: Sequence[Item], *, id: str, caption: str) -> Table:
    """Items that are judged in the county: value, what is asked, verdict, evidence."""
    assessed, several = inputs.assessed, _several(items)
    rows = []
    for item in items:
        for row in assessed.rows.filter(pl.col("item") == item.id).iter_rows(named=True):
            rows.append(
                [
                    *([text(item.group)] if several else []),
                    item_name(item),
                    blank(words.stage_words(row["stage"])),
                    text(words.value_words(assessed, row)),
                    text(words.threshold_words(assessed, row)),
                    verdict_cell(assessed, row["verdict"]),
                    blank(evidence(inputs, item, row)),
                ]
            )
    return table(
        id,
        caption,
        [
            Column(head, kind="words")
            for head in (*(["类别"] if several else []), "项目", "学段", "现状", "要求", "判断", "依据与佐证")
        ],
        rows,
        source=inputs.source,
    )


def _several(items: Sequence[Item]) -> bool:
    """Whether items are of several groups: their numbers then begin anew, and the group must be said."""
    return len({item.group for item in items}) > 1


def evidence(inputs: StandardInputs, item: Item, row: words.Row) -> str:
    """What stands behind a verdict: who declared it, the files that prove it, why it is not known."""
    given = inputs.answers.answers.get(item.id) if inputs.answers else None
    said: list[str] = []
    if row["verdict"] in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE) and row["reason"]:
        said.append(row["reason"])
    if row["exemption"]:
        said.append(next(one.name for one in item.exemptions if one.id == row["exemption"]))
    if given:
        said += [given.by or "", *given.evidence, given.note or ""]
    elif item.evidence and row["verdict"] == Verdict.UNKNOWN:
        said.append(f"应备：{'、'.join(item.evidence)}")
    if not said and not item.declared:
        said.append(inputs.source)
    return "；".join(each for each in said if each)
