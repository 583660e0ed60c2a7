"""The columns of a sheet, taken from the model whose entries stand in its rows."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from jiaoheng.packs.models import Alias
from jiaoheng.packs.sheets import codecs
from jiaoheng.packs.sheets.codecs import Codec
from jiaoheng.packs.sheets.headings import CHOICES, STAGES, heading


@dataclass(frozen=True)
class Column:
    """A column: its heading, the way to its value inside an entry, and how that stands in a cell.

    ``null`` marks a value that must be given and may be null: a blank cell says that nobody knows it.
    """

    heading: str
    way: tuple[str, ...]
    codec: Codec
    required: bool = False
    null: bool = False


def columns(model: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of a model; what it holds in lists of models stands on sheets of their own."""
    return tuple(_columns(model, model.__name__, (), {}))


def _columns(
    model: type[BaseModel], owner: str, above: tuple[str, ...], labels: Mapping[str, str]
) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        # mypy and pydantic agree that the annotation is that of the field without its metadata.
        kinds, null = _kinds(field.annotation)
        way = (*above, name)
        inner = _model(kinds)
        if inner is not None:
            yield from _columns(inner, owner, way, labels)
            continue
        codec = _codec(kinds, ".".join(way), name)
        if codec is not None:
            needed = field.is_required()
            yield Column(heading(owner, way), way, codec, needed and not null and not above, needed and null)


def children(model: type[BaseModel]) -> dict[str, tuple[type[BaseModel], bool]]:
    """The fields that hold several models: each model, and whether they have names (a mapping)."""
    found = {}
    for name, field in model.model_fields.items():
        kinds, _ = _kinds(field.annotation)
        for kind in kinds:
            arguments = [_bare(one) for one in get_args(kind) if one is not Ellipsis]
            last = arguments[-1] if arguments else None
            if isinstance(last, type) and issubclass(last, BaseModel) and last is not Alias:
                found[name] = (last, get_origin(kind) is dict)
    return found


def _kinds(annotation: Any) -> tuple[list[Any], bool]:
    """The parts of a union without their metadata, and whether None is one of them."""
    bare = _bare(annotation)
    if get_origin(bare) in (Union, types.UnionType):
        parts = [_kinds(part) for part in get_args(bare)]
        return [kind for kinds, _ in parts for kind in kinds], any(null for _, null in parts)
    return ([], True) if bare is type(None) else ([bare], False)


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _model(kinds: list[Any]) -> type[BaseModel] | None:
    if len(kinds) == 1 and isinstance(kinds[0], type) and get_origin(kinds[0]) is None:
        return kinds[0] if issubclass(kinds[0], BaseModel) else None
    return None


def _codec(kinds: list[Any], key: str, name: str) -> Codec | None:
    """The codec of a field; None for one that has a sheet of its own."""
    origins = {get_origin(kind) or kind for kind in kinds}
    if origins == {Literal}:
        return codecs.choice(_labels([code for kind in kinds for code in get_args(kind)], key))
    if origins == {tuple}:
        return _several(_bare(get_args(kinds[0])[0]), key)
    if dict in origins and {float, str} & origins:
        return codecs.threshold(expressions=str in origins)
    if origins == {dict}:
        return _mapping(_bare(get_args(kinds[0])[1]), name)
    if origins == {float, str}:
        return codecs.NUMBER_OR_TEXT
    return _SIMPLE[next(iter(origins))]


_SIMPLE = {
    bool: codecs.TRUTH,
    date: codecs.DAY,
    int: codecs.NUMBER,
    float: codecs.NUMBER,
    str: codecs.TEXT,
}


def _several(each: Any, key: str) -> Codec | None:
    if each is Alias:
        return codecs.alias_names()
    if get_origin(each) is Literal:
        return codecs.lines(_labels(get_args(each), key))
    return codecs.lines() if each is str else None


def _mapping(value: Any, name: str) -> Codec | None:
    if get_origin(value) is Literal:
        codes = {code: code for code in get_args(value)}
        return codecs.pairs(None, codecs.choice(codes), hint="每行写“以上：>=”")
    if get_origin(value) is tuple:
        return codecs.pairs(None, _codes(), hint="每行写“东组：440703、440704”")
    return codecs.JSON if value is Any else None


def _codes() -> Codec:
    several = codecs.lines()
    return Codec("、".join, lambda cell: several.decode(codecs.plain(cell).replace("、", "\n")), several.hint)


def _labels(codes: Any, key: str) -> dict[str, str]:
    known = CHOICES.get(key) or {}
    return {code: known.get(code) or STAGES.get(code) or code for code in codes}
