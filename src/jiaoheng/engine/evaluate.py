"""Works out many expressions over a frame in one pass, sharing what they have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from jiaoheng.engine.compiler import PREFIX, Compiler
from jiaoheng.engine.errors import EngineError
from jiaoheng.engine.summary import SUMMARY_SIZE, part_of, summary
from jiaoheng.engine.values import Value
from jiaoheng.packs.expression import ExpressionError, Node, Schema, check, is_aggregate
from jiaoheng.packs.expression.nodes import Call

Frame = nw.LazyFrame[Any]


def derive(frame: Frame, expressions: Mapping[str, Node], schema: Schema) -> Frame:
    """Add columns that are worked out row by row.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        From any engine.
    expressions : Mapping[str, Node]
        The new columns: name and expression. A name that the frame has is replaced.
    schema : Mapping[str, Type]
        The types of the columns that the expressions may read.

    Returns
    -------
    narwhals.LazyFrame
        The columns of `frame` and the new ones.

    Raises
    ------
    ExpressionError
        When an expression does not fit `schema`, or is an aggregate.
    """
    for node in expressions.values():
        check(node, schema)
        if is_aggregate(node):
            raise _misplaced(node, "这里要逐行计算，不能用汇总函数。请去掉 sum、count 等汇总函数。")
    columns = frame.collect_schema()
    stages: list[dict[str, nw.Expr]] = []
    compiler = Compiler(schema, stages=stages, dtypes=columns)
    results = {name: compiler.result(node).expr for name, node in expressions.items()}
    kept = [name for name in columns if name not in results]
    return _staged(frame, stages).with_columns(**results).select(*kept, *results)


def aggregate(frame: Frame, keys: Sequence[str], expressions: Mapping[str, Node], schema: Schema) -> Frame:
    """Work out aggregates over the groups of a frame.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        From any engine.
    keys : Sequence[str]
        The columns that make the groups; null is a group of its own. Without keys all rows are one group,
        even when there are none.
    expressions : Mapping[str, Node]
        The results: name and expression. Each is an aggregate or a constant.
    schema : Mapping[str, Type]
        The types of the columns that the expressions may read.

    Returns
    -------
    narwhals.LazyFrame
        One row per group, in no order: the keys, then the results.

    Raises
    ------
    ExpressionError
        When an expression does not fit `schema`, or reads a column outside aggregates.
    EngineError
        When a result has the name of a key.
    """
    _check_aggregates(keys, expressions, schema)
    row_stages: list[dict[str, nw.Expr]] = []
    rows = Compiler(schema, stages=row_stages, dtypes=frame.collect_schema())
    parts = _Parts()
    leaves: dict[Node, Value] = {}
    for node in expressions.values():
        for call in node.walk():
            if isinstance(call, Call) and call.aggregates and call not in leaves:
                leaves[call] = parts.summary(call.function, rows.shared(rows.argument(call)))
    group_stages: list[dict[str, nw.Expr]] = []
    groups = Compiler(schema, stages=group_stages, leaves=leaves)
    results = {name: groups.result(node).expr for name, node in expressions.items()}

    read = dict.fromkeys([*keys, *sorted(set().union(*(node.columns() for node in expressions.values())))])
    worked = _staged(frame.select(*read) if read else frame, row_stages)
    grouped = worked.group_by(*keys).agg(**parts.columns) if keys else worked.select(**parts.columns)
    return _staged(grouped, group_stages).select(*keys, **results)


class _Parts:
    """The plain aggregates that all results together need, each worked out once."""

    def __init__(self) -> None:
        # Without any, an engine could not tell how many rows a result of constants has.
        self.columns: dict[str, nw.Expr] = {f"{PREFIX}rows": nw.len()}
        self._names: dict[tuple[Value, str], str] = {}

    def summary(self, function: str, argument: Value) -> Value:
        def part(kind: str) -> nw.Expr:
            if kind == "rows":
                return nw.col(f"{PREFIX}rows")
            if (argument, kind) not in self._names:
                name = f"{PREFIX}part_{len(self._names)}"
                self._names[argument, kind] = name
                self.columns[name] = part_of(argument, kind)
            return nw.col(self._names[argument, kind])

        return Value(summary(function, part), "number", size=SUMMARY_SIZE, finite=function != "sum")


def _staged(frame: Frame, stages: list[dict[str, nw.Expr]]) -> Frame:
    for stage in stages:
        frame = frame.with_columns(**stage)
    return frame


def _check_aggregates(keys: Sequence[str], expressions: Mapping[str, Node], schema: Schema) -> None:
    for name, node in expressions.items():
        check(node, schema)
        if name in keys:
            raise EngineError(f"结果“{name}”与分组的列同名。请改用别的名称。")
        if node.columns() and not is_aggregate(node):
            raise _misplaced(node, "这里要按组汇总，不能逐行计算。请用 sum、count 等汇总函数。")


def _misplaced(node: Node, problem: str) -> ExpressionError:
    place = node.place
    return ExpressionError(problem, place.text if place else node.unparse(), 0)
