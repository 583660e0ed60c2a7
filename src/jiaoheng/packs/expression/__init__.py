"""The expression language of facts, conditions and score cases: text to tree, and what the tree means.

``parse`` turns text into a tree of frozen nodes, ``check`` proves it against the columns and their types,
and ``is_aggregate`` tells whether it is worked out over a group of rows. Running a tree is the work of
`jiaoheng.engine`. The language is described in ``docs/reference/expressions.md``.
"""

from jiaoheng.packs.expression.check import check, is_aggregate
from jiaoheng.packs.expression.errors import ExpressionError
from jiaoheng.packs.expression.nodes import Node, Schema, Type
from jiaoheng.packs.expression.parser import parse

__all__ = ["ExpressionError", "Node", "Schema", "Type", "check", "is_aggregate", "parse"]
