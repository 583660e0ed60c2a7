"""The tree of an expression: frozen nodes that compare by meaning and can be written back as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from jiaoheng.packs.expression.words import AGGREGATES, BINDING, EITHER, WORDS, is_name

Type = Literal["number", "text", "boolean", "null"]
"""What a value can be. ``null`` is the type of an expression that is never known, such as the literal."""

Schema = Mapping[str, Type]
"""The columns that an expression may name, and their types."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which text a node begins; for messages only."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression. Two nodes are equal when they say the same, wherever they stand."""

    place: Place | None = field(default=None, compare=False, repr=False, kw_only=True)

    def children(self) -> tuple[Node, ...]:
        """Give the nodes directly below this one, left to right."""
        return ()

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children()))

    def columns(self) -> frozenset[str]:
        """Give the names of all columns that the expression reads."""
        return frozenset(node.name for node in self.walk() if isinstance(node, Column))

    def unparse(self) -> str:
        """Write the expression as text that parses to an equal tree (if it is not too long to be parsed)."""
        return _write(self, 0)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A finite number."""

    value: float


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A string."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """true or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Null(Node):
    """The unknown."""


LiteralNode = Number | Text | Boolean


@dataclass(frozen=True, slots=True)
class Column(Node):
    """The value of a column in the row at hand."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """``-`` or ``not`` before an operand."""

    operator: str
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Arithmetic, comparison, ``and`` or ``or``."""

    operator: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """``operand in [options]``."""

    operand: Node
    options: tuple[LiteralNode, ...]

    def children(self) -> tuple[Node, ...]:
        return (self.operand, *self.options)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of its arguments."""

    function: str
    arguments: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.arguments

    @property
    def aggregates(self) -> bool:
        """Whether it is worked out over the rows of a group, as are min and max of one argument."""
        return self.function in AGGREGATES or (self.function in EITHER and len(self.arguments) == 1)


def with_columns(node: Node, instead: Callable[[Column], Node]) -> Node:
    """`node` with each of its columns replaced by what ``instead`` gives for it."""
    match node:
        case Column():
            return instead(node)
        case Unary(operand=operand):
            return replace(node, operand=with_columns(operand, instead))
        case Binary(left=left, right=right):
            return replace(node, left=with_columns(left, instead), right=with_columns(right, instead))
        case Membership(operand=operand):
            return replace(node, operand=with_columns(operand, instead))
        case Call(arguments=arguments):
            return replace(node, arguments=tuple(with_columns(each, instead) for each in arguments))
    return node


def _write(node: Node, tightness: int) -> str:
    """Write `node` so that it can stand where an operator of the given binding power holds it."""
    match node:
        case Number(value=value):
            return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
        case Text(value=value):
            return "'" + value.replace("'", "''") + "'"
        case Boolean(value=value):
            return "true" if value else "false"
        case Null():
            return "null"
        case Column(name=name):
            return name if is_name(name) and name not in WORDS else "`" + name.replace("`", "``") + "`"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_write(argument, 0) for argument in arguments)})"
        case Unary(operator=operator, operand=operand):
            power = BINDING[f"{operator} unary"]
            written = f"{operator}{' ' if operator == 'not' else ''}{_write(operand, power)}"
        case Binary(operator=operator, left=left, right=right):
            power = BINDING[operator]
            # Comparisons cannot be chained, so both sides must bind more tightly.
            left_power = power + 1 if power == BINDING["="] else power
            written = f"{_write(left, left_power)} {operator} {_write(right, power + 1)}"
        case Membership(operand=operand, options=options):
            power = BINDING["in"]
            written = f"{_write(operand, power + 1)} in [{', '.join(_write(o, 0) for o in options)}]"
        case _:
            raise TypeError(f"not a node: {node!r}")
    return f"({written})" if power < tightness else written
