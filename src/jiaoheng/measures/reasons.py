"""Says in Chinese why a measure has no value: which columns are missing, and in how many schools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.measures.gather import Slice
from jiaoheng.measures.groups import GRAINS, LABELS, By
from jiaoheng.measures.recipes import Recipe, Term
from jiaoheng.measures.records import COUNTED
from jiaoheng.measures.sums import Numbers, leaves
from jiaoheng.measures.words import name_of, part_words
from jiaoheng.packs import GROUPED_TABLES, STAGE_GROUPS, Catalogue
from jiaoheng.packs.expression.nodes import Call

Row = Mapping[str, Any]


def why(
    cause: str, recipe: Recipe, row: Row, part: Slice, by: By, catalogue: Catalogue, numbers: Numbers
) -> str:
    """The reason why a measure has no value in a row of `Gathered.gaps`."""
    match cause:
        case "out_of_scope":
            if by == "school":
                return "该校不在统计范围内"
            return f"没有在统计范围内的学校{_bracketed(part)}"
        case "alone":
            return "只有一所学校，没有校际差异"
        case "zero":
            text = recipe.measure.denominator
            return f"分母为 0：{part_words(catalogue, text)}" if text else "数量合计为 0，不能求差异系数"
        case "few":
            return f"可比较的学校不足两所；{missing_words(recipe, row, part, by, catalogue, numbers)}"
        case "unmeant":
            names = "、".join(f"「{catalogue.measures[id_].name}」" for id_ in recipe.mean_of)
            return f"{names}中有不能计算的"
        case _:
            return missing_words(recipe, row, part, by, catalogue, numbers)


def not_allowed(recipe: Recipe, by: By) -> str:
    """Why a measure cannot be grouped in this way."""
    if recipe.kind in ("variation", "mean"):
        return "差异系数比较的是学校之间的差异，不能按学校计算"
    above = recipe.grains - GRAINS[by]
    if above == {"area"}:
        return f"所用的人口等数据按镇街统计，不能按{LABELS[by]}计算"
    return f"所用的数据只有全县数，不能按{LABELS[by]}计算"


def missing_words(
    recipe: Recipe, row: Row, part: Slice, by: By, catalogue: Catalogue, numbers: Numbers
) -> str:
    """What is missing: ``12 所小学中 3 所缺「教学仪器设备资产值」``."""
    said = []
    for term in recipe.terms:
        place = numbers[term]
        known, total = row[f"k{place}"], row[f"t{place}"]
        if known < total:
            said.append(_of_term(term, row, total - known, total, part, by, catalogue, place))
    return "；".join(said)


def _of_term(
    term: Term, row: Row, lacking: int, total: int, part: Slice, by: By, catalogue: Catalogue, place: int
) -> str:
    counts = {leaf: row.get(f"g{place}_{at}") for at, leaf in enumerate(leaves(term))}
    # Without a row in its table nothing could be counted: everything is missing.
    gaps = {leaf: lacking if count is None else count for leaf, count in counts.items()}
    names = list(dict.fromkeys(leaf_words(leaf, term, catalogue) for leaf, count in gaps.items() if count))
    # Where a fact can be counted from records, those are missing too, but the column is what to fill in.
    what = "、".join(f"「{name}」" for name in names if name)
    absent = what or "（各项都有，但算式没有结果）"
    if term.grain == "school" and by != "school":
        unit = "所" if len(part.stages) == 1 else "个校段"
        schools = f"{total} 所学校{_bracketed(part)}" if unit == "所" else f"{total} 个校段"
        return f"{schools}中有 {lacking} {unit}缺{absent}"
    if term.grain == "area" and by == "county" and total > 1:
        return f"{total} 个镇街中有 {lacking} 个缺{absent}"
    return f"缺{absent}"


def leaf_words(leaf: str, term: Term, catalogue: Catalogue) -> str:
    """The Chinese name of a column that a term is made of; empty for one that stands in for another."""
    if not leaf.startswith(COUNTED):
        return name_of(leaf, catalogue, term.grain)
    fact = catalogue.facts[leaf.removeprefix(COUNTED)]
    if fact.table not in GROUPED_TABLES:
        return ""
    table = dictionary.table(fact.table)
    node = catalogue.node(fact.expr)
    summed = {name for call in node.walk() if isinstance(call, Call) for name in call.columns()} - set(
        table.key
    )
    names = "、".join(table[name].zh for name in sorted(summed) if name in table.by_name)
    return f"{table.zh}：{names}" if names else table.zh


def _bracketed(part: Slice) -> str:
    return f"（{stage_words(part.label)}）" if part.label else ""


def stage_words(label: str | None) -> str:
    """The Chinese of a row label: a stage, a group of stages, or nothing."""
    if label is None:
        return ""
    return STAGE_GROUPS.get(label) or terms.label("stage", label)
