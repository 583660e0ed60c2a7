"""Thresholds that name a parameter: the item with the parameter's number in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiaoheng.packs.models import Parameter
from jiaoheng.packs.standard import Exemption, Item, Threshold, Within


def settled(item: Item, parameters: Mapping[str, Parameter]) -> Item:
    """`item` with each threshold that is the id of a parameter replaced by the parameter's value."""
    changed: dict[str, Any] = {}
    if _names(item.value, parameters):
        changed["value"] = number_of(item.value, parameters)
    if item.within is not None and _names(item.within.value, parameters):
        changed["within"] = Within(value=number_of(item.within.value, parameters))
    if any(_names(one.value, parameters) for one in item.exemptions):
        changed["exemptions"] = tuple(_exemption(one, parameters) for one in item.exemptions)
    return item.model_copy(update=changed) if changed else item


def number_of(value: Threshold | None, parameters: Mapping[str, Parameter]) -> Threshold | None:
    """The value of the parameter that a threshold names; any other threshold as it is."""
    return parameters[str(value).strip()].value if _names(value, parameters) else value


def _exemption(one: Exemption, parameters: Mapping[str, Parameter]) -> Exemption:
    return one.model_copy(update={"value": number_of(one.value, parameters)})


def _names(value: Threshold | None, parameters: Mapping[str, Parameter]) -> bool:
    return isinstance(value, str) and value.strip() in parameters
