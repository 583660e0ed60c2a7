"""What a template may do: ask for names, call our functions, choose, and repeat over our lists; nothing else.

Jinja's own sandbox keeps a template from Python's insides. This one also keeps it from taking all time and
memory: loops share one budget of rounds, text cannot be multiplied, and what could grow without end (macros,
includes, recursion) is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from jiaoheng.reports.numbers import MINUS, MISSING

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

MOST_ROUNDS = 200_000
"""Rounds that all loops of one document may make together."""

_FILTERS = ("default", "first", "join", "last", "length", "round")
_LOOP_NAMES = frozenset({"index", "index0", "first", "last", "length"})
_REFUSED: dict[type[nodes.Node], str] = {
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.AssignBlock: "set 块",
    nodes.With: "with",
    nodes.ScopedEvalContextModifier: "autoescape",
}
# What a name may be set to: something that is there already, never something longer.
_SETTABLE = (
    nodes.Assign,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Call,
    nodes.Keyword,
)


class TagError(Exception):
    """A tag asks for what is not there, or does what it may not; the message says what there is.

    ``lineno`` is the template's line, where it is known before anything is worked out.
    """

    def __init__(self, message: str, lineno: int | None = None) -> None:
        super().__init__(message)
        self.lineno = lineno


@dataclass(frozen=True)
class Tag:
    """Something that a template can ask for: what it is called, its names, and how it is written out.

    ``text`` is None where the thing itself is no text; the template must then name which part it means.
    """

    what: str
    names: Mapping[str, Any]
    text: str | None = None
    items: Sequence[Any] = ()

    def __str__(self) -> str:
        if self.text is None:
            raise TagError(f"{self.what}本身不是一个数，请写明要哪一项，如{_some(self.names)}")
        return self.text

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, part: slice) -> Sequence[Any]:
        """Some of the items. Jinja takes slices past the environment, and nothing else."""
        return self.items[part]


@dataclass(frozen=True)
class Function:
    """A function that a template can call."""

    name: str
    call: Callable[..., Any] = field(repr=False)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self.call(*arguments, **options)

    def __str__(self) -> str:
        raise TagError(f'{self.name}后面应有括号和名称，如 {self.name}("……")')


class Sandbox(SandboxedEnvironment):
    """The environment in which the tags of one document are worked out.

    Parameters
    ----------
    top : the names that a template begins with.
    """

    # Arithmetic is for numbers: a text times a million would be as long.
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, top: Mapping[str, Any]) -> None:
        super().__init__(autoescape=True, finalize=_shown, undefined=_undefined(top))
        self.filters = {name: self.filters[name] for name in _FILTERS} | {"bounded": self._bounded}
        self.globals = dict(top)
        self._rounds = 0

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Tag):
            if attribute in obj.names:
                return obj.names[attribute]
            raise TagError(f"{obj.what}没有“{attribute}”这一项。{nearest(attribute, obj.names)}")
        if isinstance(obj, LoopContext) and attribute in _LOOP_NAMES:
            return getattr(obj, attribute)
        if isinstance(obj, jinja2.Undefined):
            str(obj)
        raise TagError(f"“{attribute}”前面的内容不能再往下取")

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        items = obj.items if isinstance(obj, Tag) else obj
        if isinstance(items, list | tuple) and isinstance(argument, int):
            if -len(items) <= argument < len(items):
                return items[argument]
            raise TagError(f"只有 {len(items)} 项，没有第 {argument} 项（从 0 数起）")
        raise TagError("方括号里应是名称或序号")

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Function)

    def call(self, context: Any, obj: Any, *arguments: Any, **options: Any) -> Any:
        if not isinstance(obj, Function):
            if isinstance(obj, jinja2.Undefined):
                str(obj)
            raise TagError("括号前面的不是可以调用的名称")
        return obj(*arguments, **options)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (_number(left) and _number(right)):
            raise TagError(f"“{operator}”两边应都是有数的数值")
        if operator in ("/", "//", "%") and right == 0:
            raise TagError("除数是 0")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for kind, word in _REFUSED.items():
            for node in tree.find_all(kind):
                raise TagError(f"模板里不能用 {word}", node.lineno)
        for assign in tree.find_all(nodes.Assign):
            if any(not isinstance(node, _SETTABLE) for node in [assign, *assign.find_all(nodes.Expr)]):
                raise TagError("set 只能给一个已有的内容取名", assign.lineno)
        for loop in tree.find_all(nodes.For):
            if loop.recursive:
                raise TagError("模板里不能用 recursive", loop.lineno)
            loop.iter = nodes.Filter(loop.iter, "bounded", [], [], None, None, lineno=loop.lineno)
        return tree

    def _bounded(self, items: Iterable[Any]) -> Iterator[Any]:
        if isinstance(items, jinja2.Undefined):
            str(items)
        if not isinstance(items, Tag | list | tuple):
            raise TagError("for 的后面应是一个清单（表的行、规划指标等）")
        for item in items:
            self._rounds += 1
            if self._rounds > MOST_ROUNDS:
                raise TagError(f"循环太多：全文合计最多 {MOST_ROUNDS:,} 次")
            yield item


def _shown(value: Any) -> Any:
    """What is not known is said, never left blank; what XML has no place for is left out.

    A bare number comes from a template's own arithmetic, and is shown with as many places as it has.
    """
    if value is None:
        return MISSING
    if _number(value):
        return f"{value:,.10g}".replace("-", MINUS)
    return value if hasattr(value, "__html__") else clean(str(value))


def clean(text: str) -> str:
    """``text`` without the characters that XML has no place for."""
    return _NOT_XML.sub("", text)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _undefined(top: Mapping[str, Any]) -> type[jinja2.StrictUndefined]:
    """An unknown name, which names those that come nearest."""

    class Unknown(jinja2.StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            name = str(self._undefined_name)
            return f"没有“{name}”这个名称。{nearest(name, top)}"

    return Unknown


def nearest(name: str, names: Iterable[str]) -> str:
    """What a person may have meant by ``name``: the names that come nearest to it, else some of them."""
    known = list(dict.fromkeys(names))
    found = get_close_matches(name, known, n=3, cutoff=0.4)
    found = found or [each for each in known if name and name in each][:3]
    return f"相近的有：{'；'.join(found)}" if found else f"可用的如：{_some(known)}"


def _some(names: Iterable[str]) -> str:
    return "；".join(islice(names, 6))
