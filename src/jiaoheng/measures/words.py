"""Formulas in Chinese: facts and columns by their names, operators as people write them."""

from __future__ import annotations

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.measures.records import COUNTED
from jiaoheng.packs import ROW_TABLES, Catalogue, Grain, Measure
from jiaoheng.packs.expression import Node
from jiaoheng.packs.expression.nodes import Binary, Boolean, Call, Column, Membership, Number, Text, Unary
from jiaoheng.packs.expression.words import BINDING
from jiaoheng.terms import FinanceItem

DERIVED_NAMES = {
    "census_year": "数据年份",
    "urban_rural": "城乡类别",
    "school_pupils": "全校在校生数",
    "school_compulsory_pupils": "全校义务教育在校生数",
    "school_compulsory_classes": "全校义务教育班级数",
    "school_compulsory_migrants": "全校义务教育随迁子女数",
    "stage_count": "学段数",
    "school_stage_count": "中小学学段数",
    "compulsory_stage_count": "义务教育学段数",
    "stage_share": "各学段在校生数（用于分摊共用资源）",
}
"""Names of the columns that no table has."""

_SIGNS = {"*": "×", "/": "÷", "-": "－", "+": "＋", "!=": "≠", "<=": "≤", ">=": "≥", "and": "且", "or": "或"}
_FUNCTIONS = {
    "ceil": "向上取整",
    "floor": "向下取整",
    "min": "最小",
    "max": "最大",
    "sum": "合计",
    "share": "占比",
}


def definition(catalogue: Catalogue, measure: Measure) -> str:
    """How a measure is worked out, in Chinese: ``高于规定学历专任教师数 ÷ 在校生数 × 100``."""
    if measure.of:
        return f"「{catalogue.measures[measure.of].name}」的校际差异系数（按分母加权）"
    if measure.mean_of:
        names = "、".join(f"「{catalogue.measures[id_].name}」" for id_ in measure.mean_of)
        return f"{names}的算术平均"
    assert measure.numerator is not None  # the pack's model makes sure
    upper = part_words(catalogue, measure.numerator)
    if measure.plus:
        upper = f"{upper} ＋ {part_words(catalogue, measure.plus)}"
    if measure.denominator is None:
        return upper if measure.factor == 1 else f"（{upper}）× {measure.factor:g}"
    lower = part_words(catalogue, measure.denominator)
    ratio = f"{_held(upper)} ÷ {_held(lower)}"
    return ratio if measure.factor == 1 else f"{ratio} × {measure.factor:g}"


def part_words(catalogue: Catalogue, text: str) -> str:
    """An expression of a measure in Chinese."""
    return said(catalogue.node(text), catalogue, catalogue.grain(text) or "school")


def said(node: Node, catalogue: Catalogue, grain: Grain | None = None, table: str | None = None) -> str:
    """A tree in Chinese; names are those of facts, else of columns of the table or the grain."""

    def part(child: Node) -> str:
        return said(child, catalogue, grain, table)

    match node:
        case Column(name=name):
            return name_of(name, catalogue, grain, table)
        case Number(value=value):
            return f"{value:g}"
        case Text(value=value):
            return _label(value)
        case Boolean(value=value):
            return "是" if value else "否"
        case Unary(operator=operator, operand=operand):
            return f"{'非' if operator == 'not' else '－'}{_held(part(operand))}"
        case Binary(operator=operator, left=left, right=right):
            power = BINDING[operator]
            # What binds less tightly is put in brackets, and so is an equal on the right: a － (b － c).
            loose = [isinstance(left, Binary) and BINDING[left.operator] < power]
            loose.append(isinstance(right, Binary) and BINDING[right.operator] <= power)
            sides = [part(side) for side in (left, right)]
            written = [
                f"（{side}）" if held or side.startswith("若") else side
                for side, held in zip(sides, loose, strict=True)
            ]
            return f" {_SIGNS.get(operator, operator)} ".join(written)
        case Membership(operand=operand, options=options):
            return f"{part(operand)}为{'、'.join(part(option) for option in options)}之一"
        case Call(function="if", arguments=(condition, then, otherwise)):
            return f"若{part(condition)}则{_held(part(then))}，否则{_held(part(otherwise))}"
        case Call(function="known", arguments=(argument,)):
            return f"{part(argument)}已知"
        case Call(function="count", arguments=(argument,)):
            return "行数" if isinstance(argument, Boolean) else f"满足“{part(argument)}”的行数"
        case Call(function=function, arguments=arguments):
            return f"{_FUNCTIONS[function]}（{'，'.join(part(argument) for argument in arguments)}）"
    return "缺失"


def name_of(name: str, catalogue: Catalogue, grain: Grain | None = None, table: str | None = None) -> str:
    """The Chinese name of a fact or a column."""
    if name.startswith(COUNTED):
        return catalogue.facts[name.removeprefix(COUNTED)].name
    if table is None and name in catalogue.facts:
        return catalogue.facts[name].name
    column = column_of(name, grain, table)
    if column is not None:
        return column.zh
    for item in FinanceItem:
        if name in (item.value, f"{item.value}_last_year"):
            return item.label if name == item.value else f"上年{item.label}"
    return DERIVED_NAMES.get(name, name)


def column_of(name: str, grain: Grain | None = None, table: str | None = None) -> dictionary.Column | None:
    """The dictionary's entry of a column of a table, or of the row tables of a grain."""
    tables = [table] if table else [known for known, own in ROW_TABLES.items() if own == grain]
    for known in tables:
        column = dictionary.table(known).by_name.get(name)
        if column is not None:
            return column
    return None


def _label(value: str) -> str:
    for list_name, members in terms.CODE_LISTS.items():
        if any(member.value == value for member in members):
            return terms.label(list_name, value)
    return value


def _held(text: str) -> str:
    return f"（{text}）" if " " in text or "若" in text else text
