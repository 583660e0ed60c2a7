"""Turns what stands beside the labels of a form (教基1001) into values of the dictionary's columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jiaoheng import terms
from jiaoheng.census import dictionary, values
from jiaoheng.census.readers.forms.fields import Field, field_named
from jiaoheng.census.readers.forms.finding import Form
from jiaoheng.census.readers.known import Areas, Known

_TYPE_CODE = re.compile(r"^\d{2,5}[-.、:]?(?=[^\d])")
_DIGITS = re.compile(r"\d{9,12}")
_GROUP_CODES = {"urban": "111", "town": "121", "rural": "220"}
"""A member of each group, where a form says no more than 城区, 镇区, 乡村."""


@dataclass(frozen=True)
class FieldValue:
    """A value, or why it is none, with its label and where it stands (row and column from 0)."""

    target: str
    label: str
    value: values.Value
    position: int
    column: int
    error: values.CellError | None = None


def field_values(form: Form, known: Known) -> tuple[FieldValue, ...]:
    """The values of all labels that the form's layout knows; of several by one label the first that fits."""
    found = []
    for entry in form.layout.fields:
        field = field_named(form.fields, entry.labels)
        if field is not None:
            found.append(_value(entry.column, field, Areas(known.areas)))
    return tuple(found)


def _value(target: str, field: Field, areas: Areas) -> FieldValue:
    table, _, name = target.partition(".")
    column = dictionary.table(table)[name]
    first: values.CellError | None = None
    for text, position, place in field.values:
        try:
            value = _resolved(target, text, areas)
            parsed = values.parse(value, column)
        except values.CellError as error:
            first = first or error
            continue
        return FieldValue(target, field.label, parsed, position, place)
    _, position, place = field.values[0]
    return FieldValue(target, field.label, None, position, place, first)


def _resolved(target: str, text: str, areas: Areas) -> str:
    if target == "schools.area_code":
        return _area(text, areas)
    resolver = _RESOLVERS.get(target)
    return resolver(text) if resolver else text


def _area(text: str, areas: Areas) -> str:
    """The town of an address, of its name, or of a 12-digit code of statistics."""
    if not areas:
        return text
    digits = _DIGITS.search(text)
    for said in (text, *((digits[0], digits[0][:9]) if digits else ())):
        if code := areas.find(said):
            return code
    if code := areas.within(text):
        return code
    raise values.CellError(
        f"“{text[:30]}”不在本县的镇街表中", f"{areas.nearest(text)}请改正名称，或先在镇街表中加上它。"
    )


def _school_type(text: str) -> str:
    return _TYPE_CODE.sub("", text)


def _urban_rural(text: str) -> str:
    code = terms.lookup("urban_rural_code", text) or terms.lookup("urban_rural_code", text[:3])
    group = terms.lookup("urban_rural", text)
    return code or (_GROUP_CODES[group] if group else text)


def _organiser(text: str) -> str:
    return re.sub(r"^\d{1,3}[-.、:]", "", text)


def _ownership(text: str) -> str:
    """公办 or 民办, also from the organiser: all but private ones are public."""
    if terms.lookup("ownership", text):
        return text
    organiser = terms.lookup("organiser", _organiser(text))
    if organiser is None:
        return text
    return "private" if organiser == "private" else "public"


_RESOLVERS: Mapping[str, Callable[[str], str]] = {
    "schools.school_type": _school_type,
    "schools.urban_rural_code": _urban_rural,
    "schools.organiser": _organiser,
    "schools.ownership": _ownership,
}


__all__ = ["FieldValue", "field_values"]
