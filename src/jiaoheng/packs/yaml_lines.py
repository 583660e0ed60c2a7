"""YAML that knows its lines: what is wrong in a file that people write is reported as ``file:line: what``.

The loader is stricter than PyYAML's: a key given twice is an error, ``yes``, ``no``, ``on`` and ``off`` are
words and not truth values, and a number with a leading zero (a school code, an area code) stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from jiaoheng.errors import JiaohengError

Location = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


class PackError(JiaohengError):
    """A pack, a layout or a mapping that cannot be used; one line for each fault, ``file:line: what``."""


@dataclass(frozen=True)
class Located:
    """The content of a YAML file, and the line on which each key and each list item stands.

    Attributes
    ----------
    path : the file.
    data : plain dicts, lists and scalars.
    lines : from the way through keys and list indices to the line, counted from 1.
    """

    path: Path
    data: Any
    lines: Mapping[Location, int]

    def line(self, location: Iterable[str | int]) -> int:
        """The line of `location`, or of what stands nearest above it."""
        found: Location = ()
        for part in location:
            # pydantic puts names of validators and union members between the keys; they have no line.
            if (*found, part) in self.lines:
                found = (*found, part)
        return self.lines.get(found, 1)

    def message(self, location: Iterable[str | int], problem: str) -> str:
        """``file:line: problem``."""
        return f"{self.path}:{self.line(location)}: {problem}"

    def error(self, location: Iterable[str | int], problem: str) -> PackError:
        """An error that points at `location`."""
        return PackError(self.message(location, problem))


def _line(error: yaml.MarkedYAMLError) -> int:
    """Where it is wrong; of a quote or a bracket that is never closed, where it is opened."""
    open_ = "end of stream" in (error.problem or "")
    marks = (error.context_mark, error.problem_mark) if open_ else (error.problem_mark, error.context_mark)
    return next((mark.line + 1 for mark in marks if mark is not None), 1)


def load(model: type[Model], path: Path) -> Model:
    """The file at `path` as a validated `model`.

    Raises
    ------
    PackError
        With every fault of the file, one to a line.
    """
    return build(model, read(path))


def read(path: Path) -> Located:
    """The content of a YAML file with its lines; an empty file is an empty mapping.

    Raises
    ------
    PackError
        Where the file cannot be read, is not YAML, or gives a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PackError(f"{path}：无法读取（{error.strerror}）。请检查路径和权限。") from None
    except UnicodeDecodeError:
        raise PackError(f"{path}：不是 UTF-8 编码。请另存为 UTF-8 后重试。") from None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Location, int] = {}
        data = {} if node is None else _construct(loader, node, (), lines, path)
    except yaml.MarkedYAMLError as error:
        raise PackError(
            f"{path}:{_line(error)}: 不是合法的 YAML（{error.problem}）。请检查缩进、冒号和引号。"
        ) from None
    except yaml.YAMLError:
        # A character that no YAML may hold. The readers in C and in Python count its place differently.
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
        raise PackError(f"{path}:{line}: 不是合法的 YAML（有控制字符）。请删去这个字符。") from None
    finally:
        loader.dispose()
    return Located(path, data, lines)


def build(model: type[Model], located: Located) -> Model:
    """`located.data` as a validated `model`; faults become `PackError` with their lines."""
    try:
        return model.model_validate(located.data)
    except ValidationError as error:
        words = sorted(_fields(model))
        faults = sorted(
            (located.line(fault["loc"]), located.message(fault["loc"], _problem(fault, words)))
            for fault in error.errors()
        )
        raise PackError("\n".join(dict.fromkeys(message for _, message in faults))) from None


def nearest(word: str, words: Iterable[str]) -> str:
    """``是不是「…」？`` with the most similar of `words`, or an empty string."""
    close = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f"是不是「{close[0]}」？" if close else ""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with the scalars of YAML 1.2, so that codes and words stay as they are written.

    The one in C, where PyYAML has it: reading all packs takes a fifth of the time.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_RESOLVERS = (
    ("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF")),
    ("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789")),
    (
        "tag:yaml.org,2002:float",
        re.compile(r"^[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$"),
        list("-+0123456789."),
    ),
    ("tag:yaml.org,2002:timestamp", re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), list("0123456789")),
    ("tag:yaml.org,2002:merge", re.compile(r"^(?:<<)$"), ["<"]),
)

for _tag, _pattern, _first in _RESOLVERS:
    _Loader.add_implicit_resolver(_tag, _pattern, _first)


def text_of(data: Any) -> str:
    """``data`` as YAML that `read` gives back as it is, in the order of its keys."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Quotes every text that either our loader or another reader of YAML would take for something else."""


for _tag, _pattern, _first in _RESOLVERS:
    _Dumper.add_implicit_resolver(_tag, _pattern, _first)


def _construct(
    loader: _Loader, node: yaml.Node, place: Location, lines: dict[Location, int], path: Path
) -> Any:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        loader.flatten_mapping(node)
        content: dict[str | int, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, str | int):
                raise PackError(f"{path}:{line}: 键「{key}」应是一个词或一个整数。请加引号。")
            if key in content:
                raise PackError(
                    f"{path}:{line}: 键「{key}」重复（先见第 {lines[(*place, key)]} 行）。请删去一个。"
                )
            lines[(*place, key)] = line
            content[key] = _construct(loader, value_node, (*place, key), lines, path)
        return content
    if isinstance(node, yaml.SequenceNode):
        return [_construct(loader, item, (*place, i), lines, path) for i, item in enumerate(node.value)]
    try:
        return loader.construct_object(node, deep=True)
    except ValueError:
        # It looks like a date and is none: 2025-13-45.
        line = node.start_mark.line + 1
        raise PackError(f"{path}:{line}: 「{node.value}」不是日期。请改正，或加引号作文字。") from None


_PROBLEMS = {
    "missing": "缺少「{key}」。请补上。",
    "string_type": "「{key}」应是文字。若是数字，请加引号。",
    "int_type": "「{key}」应是整数。",
    "int_parsing": "「{key}」应是整数。",
    "int_from_float": "「{key}」应是整数。",
    "float_type": "「{key}」应是数。",
    "float_parsing": "「{key}」应是数。",
    "bool_type": "「{key}」应是 true 或 false。",
    "bool_parsing": "「{key}」应是 true 或 false。",
    "list_type": "「{key}」应是列表。",
    "tuple_type": "「{key}」应是列表。",
    "dict_type": "「{key}」应是键值对。",
    "mapping_type": "「{key}」应是键值对。",
    "model_type": "「{key}」应是键值对。",
    "date_type": "「{key}」应是日期，写作 2025-09-01。",
    "date_parsing": "「{key}」应是日期，写作 2025-09-01。",
    "date_from_datetime_parsing": "「{key}」应是日期，写作 2025-09-01。",
    "too_short": "「{key}」不能为空。",
    "string_too_short": "「{key}」不能为空。",
}


def _problem(fault: Mapping[str, Any], words: Sequence[str]) -> str:
    keys = [part for part in fault["loc"] if isinstance(part, str)]
    key = str(fault["loc"][-1]) if fault["loc"] else "文件"
    kind = fault["type"]
    if kind == "extra_forbidden":
        return f"不认识的键「{key}」。{nearest(key, words) or '请删去它，或对照格式说明改正。'}"
    if kind in ("literal_error", "enum"):
        allowed = fault["ctx"]["expected"]
        return f"「{keys[-1] if keys else key}」的值「{fault['input']}」不在允许的范围：{allowed}。"
    if kind in ("value_error", "assertion_error"):
        return str(fault["ctx"]["error"])
    if kind in _PROBLEMS:
        return _PROBLEMS[kind].format(key=key)
    return f"「{key}」不合格式（{fault['msg']}）。"


def _fields(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> set[str]:
    """The names of all fields of a model and of the models inside it: what a wrong key may have meant."""
    seen = set() if seen is None else seen
    if model in seen:
        return set()
    seen.add(model)
    names: set[str] = set()
    for name, field in model.model_fields.items():
        names.add(field.alias or name)
        for inner in _models(field.annotation):
            names |= _fields(inner, seen)
    return names


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
