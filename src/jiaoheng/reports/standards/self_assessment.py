"""The self-assessment report (自评报告) on a standard: what was found, what is wrong, what to do by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from jiaoheng.packs import Item
from jiaoheng.reports.blocks import (
    Block,
    Chapter,
    Document,
    Grid,
    Heading,
    Notice,
    Paragraph,
    Points,
    Sentence,
)
from jiaoheng.reports.numbers import shown
from jiaoheng.reports.results import facts
from jiaoheng.reports.standards.failing import failing_schools_table
from jiaoheng.reports.standards.gap_list import county_gaps_table, short, unknown_table
from jiaoheng.reports.standards.inputs import StandardInputs
from jiaoheng.reports.standards.tables import (
    blank,
    county_items_table,
    item_name,
    rules_table,
    school_items_table,
)
from jiaoheng.reports.standards.words import total_words
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text
from jiaoheng.standards import Verdict, words

VETOES = "一票否决"


def self_assessment(inputs: StandardInputs) -> Document:
    """The report: conclusion, the county, a chapter for each group of items, problems, measures."""
    return Document(
        title=f"{inputs.region_name}{inputs.assessed.standard.name}自评报告",
        subtitle=f"{inputs.year}年",
        facts=facts(inputs),
        warning=inputs.warning,
        chapters=tuple(chapter for chapter in _chapters(inputs) if chapter.blocks),
        issuer=inputs.region_name,
        created=inputs.generated_on,
    )


def _chapters(inputs: StandardInputs) -> Iterator[Chapter]:
    yield Chapter("conclusion", "自评结论", tuple(_conclusion(inputs)))
    yield Chapter("county", "基本情况", tuple(_county(inputs)))
    ordinary = [item for item in inputs.assessed.items if not item.veto]
    for place, group in enumerate(dict.fromkeys(item.group for item in ordinary)):
        items = [item for item in ordinary if item.group == group]
        yield Chapter(f"group-{place}", group, tuple(_group(inputs, items, f"group-{place}", group)))
    vetoes = [item for item in inputs.assessed.items if item.veto]
    yield Chapter("vetoes", VETOES, tuple(_group(inputs, vetoes, "vetoes", VETOES)))
    yield Chapter("problems", "存在问题", tuple(_problems(inputs)))
    yield Chapter("remedies", "整改措施与时限", tuple(_remedies(inputs)))
    unknown = unknown_table(inputs)
    yield Chapter("unknown", "尚不能判断的项目", tuple(_unknown(unknown)))
    yield Chapter("annexes", "附件", tuple(_annexes(inputs)))


def _conclusion(inputs: StandardInputs) -> Iterator[Block]:
    assessed = inputs.assessed
    document = assessed.standard.document
    sentences = [
        Sentence(
            f"{inputs.region_name}依据《{document.title}》"
            + (f"（{document.number}）" if document.number else "")
            + f"，用{inputs.year}年9月1日时点的{inputs.kind}，对照{len(assessed.items)}个项目自评。"
        )
    ]
    if assessed.standard.rules:
        sentences.append(Sentence(_verdict_words(inputs)))
    if assessed.standard.tiers:
        tier = assessed.tier
        sentences.append(Sentence(f"达到的等次：{tier.name}。" if tier else "没有达到任何等次。"))
    counts = [
        f"{assessed.word(verdict)} {found} 项"
        for verdict in (Verdict.MET, Verdict.WITHIN, Verdict.FAILED, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)
        if (found := assessed.together.filter(pl.col("verdict") == verdict).height)
    ]
    sentences.append(Sentence(f"各项目中，{'，'.join(counts)}。", inputs.source))
    yield Paragraph(tuple(sentences))
    if assessed.standard.rules:
        yield Grid(rules_table(inputs))
    doubts = [*assessed.standard.document.unverified]
    if doubts:
        yield Notice(f"标准中尚未核对原文的：{'；'.join(doubts)}。")


def _verdict_words(inputs: StandardInputs) -> str:
    verdict = inputs.assessed.verdict
    if verdict == Verdict.MET:
        return f"自评结论：{inputs.whole}达到标准的各项规则。"
    if verdict == Verdict.UNKNOWN:
        return "自评结论：有项目没有数据，还不能判断是否达到标准。"
    if verdict == Verdict.NOT_APPLICABLE:
        return "自评结论：这个标准不适用。"
    return f"自评结论：{inputs.whole}尚未达到标准。"


def _county(inputs: StandardInputs) -> Iterator[Block]:
    if inputs.facts:
        yield Grid(
            table(
                "table-county",
                "基本情况",
                [Column("项目", kind="words"), Column("数量", kind="words")],
                [[text(name), text(figure)] for name, figure in inputs.facts],
                source=inputs.source,
                sortable=False,
            )
        )


def _group(inputs: StandardInputs, items: Sequence[Item], id: str, group: str) -> Iterator[Block]:
    in_schools = [item for item in items if item.judged == "school"]
    in_county = [item for item in items if item.judged == "county"]
    if items:
        yield Paragraph((Sentence(_group_words(inputs, items)),))
    if in_schools:
        yield Grid(school_items_table(inputs, in_schools, id=f"table-{id}-schools", caption=f"{group}：学校"))
    if in_county:
        name = f"{group}：{inputs.whole}" if in_schools else group
        yield Grid(county_items_table(inputs, in_county, id=f"table-{id}", caption=name))


def _group_words(inputs: StandardInputs, items: Sequence[Item]) -> str:
    assessed = inputs.assessed
    verdicts = assessed.together.filter(pl.col("item").is_in([item.id for item in items]))
    counts = [
        f"{verdicts.filter(pl.col('verdict') == one).height} 项{assessed.word(one)}"
        for one in (Verdict.MET, Verdict.WITHIN, Verdict.FAILED, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)
        if verdicts.filter(pl.col("verdict") == one).height
    ]
    return f"共 {len(items)} 项：{'，'.join(counts)}。" if counts else f"共 {len(items)} 项。"


def _problems(inputs: StandardInputs) -> Iterator[Block]:
    """What is wrong, computed: item by item which schools, how much; and the schools with most of it."""
    points = tuple(Sentence(said) for said in _problem_lines(inputs))
    if not points:
        yield Paragraph((Sentence("在有数据的项目中，没有发现问题。"),))
        return
    yield Points(points)
    failing = failing_schools_table(inputs, id="table-failing-schools")
    if failing.rows:
        yield Grid(failing)


def _problem_lines(inputs: StandardInputs) -> Iterator[str]:
    assessed = inputs.assessed
    for item in assessed.items:
        rows = assessed.rows.filter(
            (pl.col("item") == item.id) & pl.col("verdict").is_in(["failed", "within"])
        )
        for stage in dict.fromkeys(rows["stage"]):
            found = rows.filter(pl.col("stage").eq_missing(pl.lit(stage, pl.String)))
            worst = found.sort("margin", nulls_last=True).row(0, named=True)
            label = words.stage_words(stage)
            name = f"{item.name}（{label}）" if label else item.name
            asked = words.threshold_words(assessed, worst)
            value = words.value_words(assessed, worst)
            if item.judged == "county":
                yield f"{name}：现为 {value}，要求 {asked}。条款：{item.clause}。"
                continue
            failed = found.filter(pl.col("verdict") == Verdict.FAILED).height
            within = found.height - failed
            nearly = f"，另有 {within} 所{assessed.standard.words.within}" if within else ""
            farthest = f"最差的是{worst['school_name']}（{value}，要求 {asked}）。"
            more = "" if words.yes_or_no(item) else farthest
            word = assessed.standard.words.failed
            yield f"{name}：{failed} 所学校{word}{nearly}。{more}条款：{item.clause}。"


def _remedies(inputs: StandardInputs) -> Iterator[Block]:
    bad = short(inputs)
    county = county_gaps_table(inputs)
    if bad.is_empty() and not county.rows:
        yield Paragraph((Sentence("没有需要整改的项目。"),))
        return
    when = f"在{inputs.deadline}补齐" if inputs.by else "补齐的时限尚未确定，请填写"
    yield Paragraph((Sentence(f"按下面各表补足差额，{when}；每一所学校的差额见《一校一策问题清单》。"),))
    if bad.height:
        yield Grid(_needs_table(inputs, bad))
    if county.rows:
        yield Heading("县级")
        yield Grid(county)


def _needs_table(inputs: StandardInputs, bad: pl.DataFrame) -> Table:
    """What all schools together lack, item by item; whole teachers and rooms are counted school by school."""
    assessed, body = inputs.assessed, []
    for item in assessed.items:
        for stage in dict.fromkeys(bad.filter(pl.col("item") == item.id)["stage"]):
            rows = bad.filter(
                (pl.col("item") == item.id) & pl.col("stage").eq_missing(pl.lit(stage, pl.String))
            )
            body.append(
                [
                    item_name(item),
                    blank(words.stage_words(stage)),
                    number(float(rows["school"].n_unique())),
                    blank(_total(inputs, item, rows)),
                    blank(inputs.deadline),
                    blank(""),
                ]
            )
    return table(
        "table-needs",
        "各项差额合计",
        [
            Column("项目", kind="words"),
            Column("学段", kind="words"),
            Column("涉及学校", "所"),
            Column("共需补足", kind="words"),
            Column("时限", kind="words"),
            Column("责任单位", kind="words"),
        ],
        body,
        source=inputs.source,
        note="人、间等逐校按整数补足后相加；学生数不变。各校之间调剂的，可以少补。",
    )


def _total(inputs: StandardInputs, item: Item, rows: pl.DataFrame) -> str:
    if words.yes_or_no(item) or rows["amount"].null_count():
        return ""
    return total_words(inputs.assessed, item, list(rows.iter_rows(named=True)))


def _unknown(unknown: Table) -> Iterator[Block]:
    if unknown.rows:
        yield Paragraph(
            (Sentence(f"有 {shown(len(unknown.rows))} 处没有数据，不能判断，不算达到，也不算没有达到。"),)
        )
        yield Grid(unknown)


def _annexes(inputs: StandardInputs) -> Iterator[Block]:
    yield Points(
        (
            Sentence("申报表（表Ⅰ至表Ⅵ等，依标准所附表样）"),
            Sentence("一校一策问题清单"),
        )
    )
    given = inputs.answers.answers if inputs.answers else {}
    names = {item.id: item.name for item in inputs.assessed.items}
    rows: list[list[Cell]] = [
        [text(names[id_]), text("；".join(answer.evidence)), blank(answer.by or "")]
        for id_, answer in given.items()
        if id_ in names and answer.evidence
    ]
    if rows:
        yield Grid(
            table(
                "table-evidence",
                "佐证材料",
                [Column(head, kind="words") for head in ("项目", "材料", "填报人")],
                rows,
                sortable=False,
            )
        )
    else:
        yield Notice("还没有登记佐证材料：在工作区 assessments/ 的填报文件里逐项写上“evidence”。")
