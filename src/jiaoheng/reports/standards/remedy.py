"""A remedy as a plain document: what it comes to, what each school does, the coefficients, the years."""

from __future__ import annotations

from jiaoheng.reports import results
from jiaoheng.reports.blocks import Chapter, Document, Grid, Notice
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text
from jiaoheng.standards import words
from jiaoheng.standards.remedy import Remedy, sentences

_TEN_THOUSAND = 10_000.0


def remedy_document(found: Remedy, origin: Origin, *, only_steps: bool = False) -> Document:
    """Everything that a remedy says.

    Parameters
    ----------
    only_steps : leave the one table of what to do, for a format that holds one table.
    """
    todo = Chapter(
        "steps", "一校一策：做什么、多少、花多少", (Grid(_steps(found, origin, codes=only_steps)),)
    )
    chapters = [todo]
    if not only_steps:
        said = tuple(Notice(sentence) for sentence in sentences(found))
        chapters = [
            Chapter("summary", "结论", said),
            todo,
            Chapter("coefficients", "校际差异系数", (Grid(_coefficients(found, origin)),)),
        ]
        if found.years:
            chapters.insert(2, Chapter("years", "分年安排", (Grid(_years(found, origin)),)))
    standard = found.county.assessed.standard
    return Document(
        title=f"{origin.region_name}{standard.name}达标方案",
        subtitle=f"以 {origin.year} 年数据为准，依据《{standard.document.title}》",
        facts=results.facts(origin),
        warning=origin.warning,
        chapters=tuple(chapters),
        issuer=origin.region_name,
        created=origin.generated_on,
    )


def _steps(found: Remedy, origin: Origin, *, codes: bool) -> Table:
    columns = [Column("年份", kind="words")] if found.years else []
    columns += [
        Column("学校", kind="words"),
        *([Column("学校标识码", kind="words")] if codes else []),
        Column("学段", kind="words"),
        Column("措施", kind="words"),
        Column("来自", kind="words"),
        Column("数量"),
        Column("单位", kind="words"),
        Column("一次性支出", "万元"),
        Column("每年支出", "万元"),
    ]
    cells = []
    for step in found.steps:
        row = [text(str(step.year))] if found.years else []
        row += [
            text(step.school_name),
            *([text(step.school)] if codes else []),
            text(words.stage_words(step.stage) if step.stage else "全校"),
            text(step.change),
            Cell(step.source_name or "", step.source_name),
            number(step.amount, 0),
            text(step.unit),
            number(step.once / _TEN_THOUSAND, 2),
            number(step.yearly / _TEN_THOUSAND, 2),
        ]
        cells.append(row)
    return table("table-remedy", "措施清单", columns, cells, source=origin.source)


def _coefficients(found: Remedy, origin: Origin) -> Table:
    columns = [
        Column("指标", kind="words"),
        Column("学段", kind="words"),
        Column("现在"),
        Column("方案实施后"),
        Column("复评所得"),
        Column("上限"),
    ]
    problem = found.county.problem
    proved = {} if found.proof is None else found.proof.variations(found.county)
    cells = []
    for (stage, place), before in found.before.variations.items():
        item = problem.items[place]
        cap = problem.rule.caps[stage][place]
        cells.append(
            [
                text(item.name),
                text(words.stage_words(stage)),
                number(before, 3),
                number(found.after.variations.get((stage, place)), 3),
                number(proved.get((stage, item.id)), 3),
                number(cap, 2),
            ]
        )
    return table("table-remedy-coefficients", "差异系数：现在与以后", columns, cells, source=origin.source)


def _years(found: Remedy, origin: Origin) -> Table:
    columns = [
        Column("年份", kind="words"),
        Column("当年支出", "万元"),
        Column("达标学校"),
        Column("学校总数"),
        Column("超过上限的系数"),
    ]
    problem = found.county.problem
    cells = [
        [
            text(str(one.year)),
            number(one.spent / _TEN_THOUSAND, 2),
            number(len(one.judged.passing(problem)), 0),
            number(len(problem.of_school), 0),
            number(len(one.judged.over), 0),
        ]
        for one in found.years
    ]
    return table("table-remedy-years", "分年安排", columns, cells, source=origin.source, sortable=False)
