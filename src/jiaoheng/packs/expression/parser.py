"""Reads the text of an expression into a tree: a Pratt parser, in which each operator has a binding power."""

from __future__ import annotations

import difflib

from jiaoheng.packs.expression.check import check_grain
from jiaoheng.packs.expression.errors import ExpressionError
from jiaoheng.packs.expression.nodes import (
    Binary,
    Boolean,
    Call,
    Column,
    LiteralNode,
    Membership,
    Node,
    Null,
    Number,
    Place,
    Text,
    Unary,
)
from jiaoheng.packs.expression.tokens import Token, tokenize
from jiaoheng.packs.expression.words import BINDING, FUNCTIONS

MAX_LENGTH = 10_000
"""The most characters an expression may have."""

MAX_DEPTH = 100
"""How deep an expression may be nested. A chain such as a + b + c counts one level for each operator."""


def parse(text: str) -> Node:
    """Read an expression.

    Parameters
    ----------
    text : str
        One expression, as described in ``docs/reference/expressions.md``.

    Returns
    -------
    Node
        The tree. Functions, their arity and the level of aggregates are sound; columns and types are for
        `check` to prove.

    Raises
    ------
    ExpressionError
        When the text is not an expression. Nothing else is raised, whatever the text.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"表达式有 {len(text)} 个字符，超过上限 {MAX_LENGTH}。请拆成几个。", text[:MAX_LENGTH], MAX_LENGTH
        )
    node = _Parser(text).whole()
    _check_depth(node, text)
    check_grain(node)
    return node


def _check_depth(root: Node, text: str) -> None:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node.children()]
        if not level:
            return
    place = level[0].place
    raise _too_deep(text, place.position if place else 0)


def _too_deep(text: str, position: int) -> ExpressionError:
    return ExpressionError(
        f"嵌套超过 {MAX_DEPTH} 层。请拆成几个表达式，或用括号把长算式分段。", text, position
    )


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.index = 0
        self.depth = 0

    def whole(self) -> Node:
        if self.tokens[0].kind == "end":
            raise self.error("表达式是空的。请写上表达式。")
        node = self.expression(0)
        if self.next.kind != "end":
            raise self.error(f"这里多出了{self.described()}。请在它前面补上运算符，或删去它。")
        return node

    def expression(self, power: int) -> Node:
        """Read an operand and all the operators after it that bind at least as tightly as `power`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _too_deep(self.text, self.next.position)
        left = self.operand(power)
        while (operator := self.operator()) and BINDING[operator] >= power:
            token = self.take()
            place = Place(self.text, token.position)
            binding = BINDING[operator]
            if operator == "in":
                left = Membership(left, self.options(), place=place)
            else:
                left = Binary(operator, left, self.expression(binding + 1), place=place)
            if binding == BINDING["="] and (again := self.operator()) and BINDING[again] == binding:
                raise self.error("比较不能连写。请用 and 连接，如 a < b and b < c。")
        self.depth -= 1
        return left

    def operand(self, power: int) -> Node:
        token = self.next
        place = Place(self.text, token.position)
        match token.kind, token.value:
            case ("number", _) | ("text", _) | ("word", "true" | "false"):
                return self.literal()
            case "word", "null":
                self.take()
                return Null(place=place)
            case "word", "not":
                if power > BINDING["not unary"]:
                    raise self.error("not 不能直接放在这个运算符后面。请给它加上括号，如 (not a)。")
                self.take()
                return Unary("not", self.expression(BINDING["not unary"]), place=place)
            case "sign", "-":
                self.take()
                return Unary("-", self.expression(BINDING["- unary"]), place=place)
            case "sign", "(":
                self.take()
                node = self.expression(0)
                self.close(")", token)
                return node
            case "name", _:
                self.take()
                return self.call(token) if self.at("(") else Column(token.value, place=place)
            case "quoted name", _:
                self.take()
                return Column(token.value, place=place)
        raise self.error(f"这里应是列名、数、文字或函数，却是{self.described()}。请补上缺少的部分。")

    def call(self, name: Token) -> Node:
        if name.value not in FUNCTIONS:
            near = difflib.get_close_matches(name.value.lower(), FUNCTIONS, n=1)
            hint = f"是不是“{near[0]}”？" if near else ""
            problem = f"没有名为“{name.value}”的函数。{hint}可用的函数：{'、'.join(FUNCTIONS)}。"
            raise ExpressionError(problem, self.text, name.position)
        opening = self.take()
        arguments: list[Node] = []
        if not self.at(")"):
            arguments.append(self.expression(0))
            while self.at(","):
                self.take()
                arguments.append(self.expression(0))
        self.close(")", opening)
        least, most = FUNCTIONS[name.value]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            wanted = f" {least} 个" if least == most else f"至少 {least} 个"
            problem = f"函数 {name.value} 要{wanted}参数，这里有 {len(arguments)} 个。请增减参数。"
            raise ExpressionError(problem, self.text, name.position)
        return Call(name.value, tuple(arguments), place=Place(self.text, name.position))

    def options(self) -> tuple[LiteralNode, ...]:
        if not self.at("["):
            raise self.error(f"in 后面应是方括号，却是{self.described()}。请写成 in [甲, 乙] 的样子。")
        opening = self.take()
        options = [self.literal()]
        while self.at(","):
            self.take()
            options.append(self.literal())
        self.close("]", opening)
        return tuple(options)

    def literal(self) -> LiteralNode:
        token = self.next
        place = Place(self.text, token.position)
        match token.kind, token.value:
            case "number", _:
                return Number(self.take().number, place=place)
            case "text", _:
                return Text(self.take().value, place=place)
            case "word", "true" | "false":
                return Boolean(self.take().value == "true", place=place)
            case "sign", "-":
                self.take()
                if self.next.kind == "number":
                    return Number(-self.take().number, place=place)
        raise self.error(
            f"方括号里只能写数、文字、true 或 false，却是{self.described()}。"
            "请改正；要找缺失值，请用 known(…)。"
        )

    @property
    def next(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.next
        self.index += 1
        return token

    def at(self, sign: str) -> bool:
        return self.next.kind == "sign" and self.next.value == sign

    def operator(self) -> str | None:
        token = self.next
        return token.value if token.kind in ("word", "sign") and token.value in BINDING else None

    def close(self, sign: str, opening: Token) -> None:
        if not self.at(sign):
            column = opening.position + 1
            raise self.error(
                f"第 {column} 列的“{opening.value}”没有配对，这里却是{self.described()}。"
                f"请补上“{sign}”，或在参数之间补上逗号。"
            )
        self.take()

    def described(self) -> str:
        token = self.next
        if token.kind == "end":
            return "表达式的末尾"
        end = self.tokens[self.index + 1].position if self.index + 1 < len(self.tokens) else len(self.text)
        return f"“{self.text[token.position : end].strip()[:20]}”"

    def error(self, problem: str) -> ExpressionError:
        return ExpressionError(problem, self.text, self.next.position)
