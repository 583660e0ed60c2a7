"""Proves the parameters and facts of a catalogue: tables, names, types, levels, cycles."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.expression import ExpressionError, Node, Type, check, is_aggregate
from jiaoheng.packs.grains import (
    GRAINS,
    GROUPED_TABLES,
    ROW_TABLES,
    Grain,
    grain_columns,
    grain_of,
    table_columns,
)
from jiaoheng.packs.models import Fact
from jiaoheng.packs.problems import Problem, unfit
from jiaoheng.packs.yaml_lines import nearest


def parameter_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Parameters that hide a column."""
    columns = {name for grain in GRAINS for name in grain_columns(grain, catalogue.columns)}
    for parameter in catalogue.parameters.values():
        if parameter.id in columns:
            problem = f"参数「{parameter.id}」与数据字典的列同名，会盖住它。请换一个编号。"
            yield Problem(parameter, "id", problem)


def fact_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Facts that cannot be worked out from the census."""
    for fact in catalogue.facts.values():
        grain = grain_of(fact.table)
        if grain is None or fact.table not in catalogue.columns:
            tables = sorted({*ROW_TABLES, *GROUPED_TABLES})
            hint = nearest(fact.table, tables) or f"可用的表：{'、'.join(tables)}。"
            yield Problem(fact, "table", f"没有可用的表「{fact.table}」。{hint}")
            continue
        try:
            node = catalogue.node(fact.expr)
        except ExpressionError as error:
            yield Problem(fact, "expr", str(error))
            continue
        if cycle := _cycle(fact, catalogue):
            yield Problem(fact, "expr", f"统计项互相引用成了圈：{' → '.join(cycle)}。请拆开。")
            continue
        yield from _name_problems(fact, grain, node, catalogue)
        yield from _expression_problems(fact, grain, node, catalogue)
        yield from _records_problems(fact, grain, catalogue)


def fact_types(catalogue: Catalogue) -> dict[Grain, dict[str, Type]]:
    """What names may stand for at each grain: columns and facts; a faulty fact counts as a number."""
    schemas: dict[Grain, dict[str, Type]] = {
        grain: grain_columns(grain, catalogue.columns) for grain in GRAINS
    }
    for fact in catalogue.ordered(catalogue.facts.values()):
        if grain := grain_of(fact.table):
            schemas[grain][fact.id] = _type(fact, schemas[grain], catalogue)
    return schemas


def _type(fact: Fact, schema: dict[str, Type], catalogue: Catalogue) -> Type:
    grouped = fact.table in GROUPED_TABLES
    try:
        return check(
            catalogue.node(fact.expr), table_columns(fact.table, catalogue.columns) if grouped else schema
        )
    except ExpressionError:
        return "number"


def _name_problems(fact: Fact, grain: Grain, node: Node, catalogue: Catalogue) -> Iterator[Problem]:
    same = grain_columns(grain, catalogue.columns)
    if fact.id in same and (node.unparse() != fact.id or fact.table in GROUPED_TABLES):
        problem = f"统计项「{fact.id}」与数据字典的列同名，算式却不是这一列本身。请换一个编号。"
        yield Problem(fact, "id", problem)


def _expression_problems(fact: Fact, grain: Grain, node: Node, catalogue: Catalogue) -> Iterator[Problem]:
    grouped = fact.table in GROUPED_TABLES
    if grouped != is_aggregate(node):
        many = f"表「{fact.table}」的许多行合成一行，算式要用 sum、count 等汇总函数。"
        single = f"表「{fact.table}」逐行计算，算式不能用汇总函数。请去掉 sum、count 等。"
        yield Problem(fact, "expr", many if grouped else single)
        return
    schema = table_columns(fact.table, catalogue.columns)
    if not grouped:
        schema = grain_columns(grain, catalogue.columns)
        for other in catalogue.ordered(catalogue.facts[name] for name in catalogue.reads(fact)):
            if grain_of(other.table) == grain:
                schema[other.id] = _type(other, schema, catalogue)
    yield from unfit(fact, "expr", node, schema, catalogue, wanted=("number", "boolean"))


def _records_problems(fact: Fact, grain: Grain, catalogue: Catalogue) -> Iterator[Problem]:
    if fact.records is None:
        return
    if grain != "school" or fact.table in GROUPED_TABLES:
        yield Problem(fact, "records", "只有学校表和学段表的统计项才能从花名册汇总。请删去「records」。")
        return
    try:
        node = catalogue.node(fact.records.expr)
    except ExpressionError as error:
        yield Problem(fact, "records.expr", str(error))
        return
    if not is_aggregate(node):
        yield Problem(fact, "records.expr", "从花名册汇总，算式要用 sum、count 等汇总函数。")
        return
    schema = table_columns(fact.records.table, catalogue.columns)
    yield from unfit(fact, "records.expr", node, schema, catalogue, wanted=("number",))


def _cycle(fact: Fact, catalogue: Catalogue) -> tuple[str, ...]:
    """The way from a fact back to itself, empty where there is none."""
    seen: set[str] = set()

    def way_back(id_: str) -> tuple[str, ...]:
        for name in sorted(catalogue.reads(catalogue.facts[id_])):
            if name == fact.id:
                return (id_, name)
            if name not in seen:
                seen.add(name)
                if rest := way_back(name):
                    return (id_, *rest)
        return ()

    return way_back(fact.id)
