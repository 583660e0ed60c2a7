"""Works out the expressions of a mapping file over the rows of a sheet, all in one pass of the Polars
engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
import pyarrow as pa

from jiaoheng import engine
from jiaoheng.census import dictionary, values
from jiaoheng.census.readers.assemble import Problem
from jiaoheng.census.readers.mappings.columns import Table
from jiaoheng.census.readers.mappings.model import Mapping
from jiaoheng.census.workbook import Cell
from jiaoheng.packs.expression import ExpressionError, Node, Type, check, is_aggregate
from jiaoheng.packs.yaml_lines import Location

_RESULT = "_expression_"


@dataclass(frozen=True)
class Masks:
    """The results of a mapping's expressions.

    Attributes
    ----------
    height : the number of data rows.
    found : by the place of an expression in the mapping file, a value for each row.
    tables : the number of tables in the mapping.
    broken : rows with an operand that is no number; no condition may leave them out unsaid.
    """

    height: int
    found: dict[Location, list[Cell]]
    tables: int
    broken: frozenset[int]

    def where(self, group: int) -> list[bool] | None:
        """Which rows a table takes; None where it takes all. Unknown is not taken."""
        results = self.found.get(("tables", group, "where"))
        return None if results is None else [each is True for each in results]

    def results(self, group: int, name: str) -> list[Cell] | None:
        """The values of a column's expression."""
        return self.found.get(("tables", group, "columns", name, "expr"))

    def skipped(self) -> list[int]:
        """The rows that a ``skip`` condition passes over."""
        skips = [results for place, results in self.found.items() if place[:2] == ("file", "skip")]
        return [i for i in range(self.height) if any(results[i] is True for results in skips)]

    def left_out(self) -> list[int]:
        """The rows that are not skipped and that no table takes."""
        wheres = [self.where(group) for group in range(self.tables)]
        chosen = [where for where in wheres if where is not None]
        if len(chosen) < self.tables:
            return []
        gone = {*self.skipped(), *self.broken}
        return [i for i in range(self.height) if i not in gone and not any(where[i] for where in chosen)]

    def read(self) -> list[int]:
        """The rows that any table takes."""
        gone = {*self.skipped(), *self.left_out()}
        return [i for i in range(self.height) if i not in gone]

    def take(self, positions: Sequence[int]) -> Masks:
        """The results for some of the rows."""
        found = {place: [results[i] for i in positions] for place, results in self.found.items()}
        broken = frozenset(new for new, old in enumerate(positions) if old in self.broken)
        return replace(self, height=len(positions), found=found, broken=broken)


def evaluate(mapping: Mapping, table: Table) -> tuple[Masks, list[Problem]]:
    """All expressions of a mapping, and the cells among their operands that are no numbers.

    Raises
    ------
    PackError
        An expression does not fit: a number compared with a text, or a condition that is none.
    """
    expressions = mapping.expressions()
    texts = {table.squeeze(word) for word in mapping.content.file.text}
    schema: dict[str, Type] = {}
    arrays: dict[str, pa.Array] = {}
    problems: list[Problem] = []
    operand = _operand(mapping)
    for word in sorted({word for _, node in expressions for word in node.columns()}):
        if table.squeeze(word) in texts:
            schema[word] = "text"
            cells = [_text(cell) for cell in table.cells(word)]
            arrays[word] = pa.array(cells, pa.string())
            continue
        schema[word] = "number"
        found, faults = values.parse_column(table.cells(word), operand)
        arrays[word] = pa.array(found, pa.float64())
        place = table.place(word)
        mend = "请改为数字；若本是文字，请在映射文件的 file.text 里列出这个表头。"
        problems += [Problem(at, place, word, error.reason, mend) for at, error in faults.items()]
    for location, node in expressions:
        _prove(mapping, location, node, schema)
    height = len(table.rows)
    results = _results(expressions, arrays, schema, height)
    broken = frozenset(problem.position for problem in problems)
    return Masks(height, results, len(mapping.content.tables), broken), problems


def _operand(mapping: Mapping) -> dictionary.Column:
    """The column that an operand is read as.

    Degrees are the numbers that may be negative; what an expression reads may be any number. As a column of
    a table of persons, where the mapping feeds one, its values are not repeated.
    """
    degrees = dictionary.table("schools")["longitude"]
    persons = (each.table for each in mapping.content.tables if dictionary.table(each.table).of_persons)
    return replace(degrees, table=next(persons, degrees.table))


def _prove(mapping: Mapping, location: Location, node: Node, schema: dict[str, Type]) -> None:
    try:
        kind = check(node, schema)
    except ExpressionError as error:
        raise mapping.error(location, str(error)) from None
    if is_aggregate(node):
        raise mapping.error(location, "这里要逐行计算，不能用 sum、count 等汇总函数。")
    if location[-1] != "expr" and kind not in ("boolean", "null"):
        raise mapping.error(location, "这里要一个条件（是或否），如 人数 > 0。")


def _results(
    expressions: Sequence[tuple[Location, Node]],
    arrays: dict[str, pa.Array],
    schema: dict[str, Type],
    height: int,
) -> dict[Location, list[Cell]]:
    if not expressions:
        return {}
    # An expression of constants alone still needs rows to stand in.
    data = pa.table(arrays or {_RESULT: pa.nulls(height, pa.float64())})
    nodes = {f"{_RESULT}{index}": node for index, (_, node) in enumerate(expressions)}
    with engine.open("polars") as polars:
        frame = engine.derive(polars.from_arrow(data), nodes, schema).collect("polars").to_native()
    assert isinstance(frame, pl.DataFrame)
    return {place: frame[f"{_RESULT}{index}"].to_list() for index, (place, _) in enumerate(expressions)}


def _text(cell: Cell) -> str | None:
    text = values.clean(cell)
    return None if text in values.BLANKS else text


__all__ = ["Masks", "evaluate"]
