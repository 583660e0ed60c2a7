"""Says in Chinese what is wrong with a row: columns by name, the two sides of a comparison, values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.dictionary import Column
from jiaoheng.packs import check_names as names
from jiaoheng.packs.expression import Node
from jiaoheng.packs.expression import nodes as n

_SHOULD = {
    "=": "应等于",
    "!=": "应不同于",
    "<": "应小于",
    "<=": "应不大于",
    ">": "应大于",
    ">=": "应不小于",
}
_DERIVED = {
    "year": "统计年份",
    "region": "县行政区划代码",
    "province": "省代码",
    "code_length": "标识码位数",
    "code_kind": "标识码第 1 至 2 位",
    "code_province": "标识码第 3 至 4 位",
    "code_county": "镇街代码前 6 位",
    "in_county": "坐标在县界内",
    "in_area": "坐标在本镇街内",
    "age": "周岁",
    "point": "坐标",
}
_PREFIXES = {
    names.LAST: "上年{}",
    names.ROSTER: "名册中的{}",
    names.TOTAL: "各学段{}合计",
    names.SCHOOLS: "各校{}合计",
    names.POPULATION: "各镇街{}合计",
    names.SAME: "相同的{}",
    names.OTHERS: "{}相同的其他行",
}
_FEW = 3
"""A sum of more parts is named by its first and how many there are."""


def conjuncts(node: Node) -> list[Node]:
    """The conditions that ``and`` joins, left to right."""
    if isinstance(node, n.Binary) and node.operator == "and":
        return [*conjuncts(node.left), *conjuncts(node.right)]
    return [node]


def sides(node: Node) -> tuple[Node, str, Node] | None:
    """The two sides of a comparison and its sign; None for any other condition."""
    if isinstance(node, n.Binary) and node.operator in _SHOULD:
        return node.left, node.operator, node.right
    return None


def compared(node: Node, left: float | str | None, right: float | str | None, table: str) -> tuple[str, str]:
    """What a broken comparison says, and what should stand on its left: two sentences without a full stop."""
    parts = sides(node)
    assert parts is not None
    should = f"{_SHOULD[parts[1]]} {_value(parts[2], right, parts[0], table)}"
    told = should
    if parts[2].columns() and (name := _name(parts[2], table)):
        told = f"{_SHOULD[parts[1]]}{name} {_value(parts[2], right, parts[0], table)}"
    return f"{_name(parts[0], table)}为 {_value(parts[0], left, parts[2], table)}，{told}", should


def listed(values: Mapping[str, Any], table: str) -> str:
    """The columns with their values, where a condition is no comparison."""
    return "，".join(f"「{label(name, table)}」{_said(name, value, table)}" for name, value in values.items())


def filled(says: str, values: Mapping[str, Any], table: str) -> str:
    """A check's own message with the values put in."""
    return re.sub(r"\{([^}]*)\}", lambda found: said(found[1], values.get(found[1]), table), says)


def label(name: str, table: str) -> str:
    """The Chinese name of a column, or of what stands beside the columns."""
    if column := _column(name, table):
        return column.zh
    for prefix, pattern in _PREFIXES.items():
        if name.startswith(prefix):
            inner = name.removeprefix(prefix)
            return pattern.format(label(inner, "school_stages" if prefix == names.SCHOOLS else table))
    if name.startswith(names.ROWS):
        return f"{dictionary.table(name.removeprefix(names.ROWS)).zh}表的行数"
    return _DERIVED.get(name, name)


def said(name: str, value: Any, table: str) -> str:
    """A value as people read it: the label of a term, 是 or 否, a number without needless digits."""
    if value is None:
        return "（空）"
    if name in ("detail", "column"):
        return str(value)
    column = _column(re.sub(rf"^(?:{names.LAST})", "", name), table)
    if column is not None and column.codes:
        return terms.label(column.codes, str(value))
    return _plain(value)


def _said(name: str, value: Any, table: str) -> str:
    return "没有填写" if value is None else f"为 {said(name, value, table)}"


def _name(node: Node, table: str) -> str:
    if isinstance(node, n.Column):
        return f"「{label(node.name, table)}」"
    parts = _addends(node)
    if parts and len(parts) > _FEW:
        return f"「{label(parts[0], table)}」等 {len(parts)} 项之和"
    if any(isinstance(part, n.Call) for part in node.walk()):
        # A choice among parameters, or a sum in which the unknown counts nothing: its value says enough.
        return ""
    named = n.with_columns(_folded(node), lambda column: n.Column(label(column.name, table)))
    return f"「{named.unparse().replace('`', '').replace(' * ', ' × ').replace(' / ', ' ÷ ')}」"


def _folded(node: Node) -> Node:
    """`node` with the sums and differences of two numbers worked out: 1 + 0.3 is 1.3."""
    if not isinstance(node, n.Binary):
        return node
    left, right = _folded(node.left), _folded(node.right)
    if isinstance(left, n.Number) and isinstance(right, n.Number) and node.operator in "+-":
        value = left.value + right.value if node.operator == "+" else left.value - right.value
        return n.Number(round(value, 10))
    return n.Binary(node.operator, left, right)


def _addends(node: Node) -> list[str] | None:
    """The columns of a plain sum; None where it is anything else."""
    if isinstance(node, n.Column):
        return [node.name]
    if isinstance(node, n.Binary) and node.operator == "+":
        left, right = _addends(node.left), _addends(node.right)
        return None if left is None or right is None else [*left, *right]
    return None


def _value(node: Node, value: Any, other: Node, table: str) -> str:
    """A side's value, with its unit where it is an amount of one kind."""
    if value is None:
        return "（空）"
    if isinstance(node, n.Column):
        text = said(node.name, value, table)
    elif isinstance(node, n.Text) and isinstance(other, n.Column):
        text = said(other.name, value, table)
    else:
        text = _plain(value)
    unit = _unit(node, table) or ("" if node.columns() else _unit(other, table))
    return f"{text} {unit}" if unit and isinstance(value, int | float) else text


def _unit(node: Node, table: str) -> str:
    parts = _addends(node)
    column = _column(_bare(parts[0]), table) if parts else None
    return column.unit_zh if column is not None else ""


def _bare(name: str) -> str:
    for prefix in _PREFIXES:
        if name.startswith(prefix) and prefix not in (names.SAME, names.OTHERS):
            return _bare(name.removeprefix(prefix))
    return name


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def _column(name: str, table: str) -> Column | None:
    for home in (table, "schools", "school_stages", "population"):
        found = dictionary.table(home).by_name.get(name)
        if found is not None:
            return found
    return None
