"""Every item of every pack that comes with Jiaoheng, the optional ones too."""

from __future__ import annotations

from functools import cache

from jiaoheng import packs
from jiaoheng.measures.columns import all_columns
from jiaoheng.packs import Catalogue, Item


@cache
def every_catalogue() -> Catalogue:
    """All packs at once."""
    return packs.load([*packs.builtin_paths(), *packs.optional_paths()], columns=all_columns())


def every_item(catalogue: Catalogue) -> list[Item]:
    """The items as standards judge by them: thresholds that name a parameter have its value."""
    found = {
        item.id: item for standard in catalogue.standards.values() for item in catalogue.items_of(standard)
    }
    return list(found.values())
