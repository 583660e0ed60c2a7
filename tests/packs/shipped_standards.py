"""The standards and score cards that come with Jiaoheng, cut out of their packs, to be broken.

Each file holds the document and the standards, items, score cards and score items of a few packs; what these
stand on (parameters, facts, measures) lies in a second file, which stays whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jiaoheng import packs
from jiaoheng.measures.columns import all_columns
from jiaoheng.packs import Catalogue, Measure
from jiaoheng.packs.yaml_lines import read

Data = dict[str, Any]

SECTIONS = ("standards", "items", "score_cards", "score_items")
GROUPS = (
    ("quality_balance_2017", "jiangmen_appraisal_2022"),
    ("preschool_universal_2020", "shenyang_preschool_2021"),
    ("size_and_class", "staffing_norms", "seat_norms"),
)


@dataclass(frozen=True)
class Shipped:
    """One pack to break, and the pack that it stands on."""

    name: str
    data: Data
    base: str

    def copy(self) -> Data:
        """Something to break."""
        return deepcopy(self.data)


@cache
def raw() -> dict[str, Data]:
    """Every pack as it is written, by the name of its file."""
    paths = [*packs.builtin_paths(), *packs.optional_paths()]
    return {path.stem: read(path).data for path in paths}


@cache
def catalogue() -> Catalogue:
    """All packs at once."""
    return packs.load([*packs.builtin_paths(), *packs.optional_paths()], columns=all_columns())


@cache
def shipped() -> tuple[Shipped, ...]:
    """The packs to break."""
    found = []
    for names in GROUPS:
        data: Data = {"document": raw()[names[0]]["document"]}
        for section in SECTIONS:
            entries = [entry for name in names for entry in raw()[name].get(section, [])]
            if entries:
                data[section] = entries
        found.append(Shipped(names[0], data, text(_base(data))))
    return tuple(found)


def text(data: Data) -> str:
    """The pack as a file."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)


def write(folder: Path, base: str, broken: str) -> list[Path]:
    """The two files."""
    paths = [folder / "base.yaml", folder / "broken.yaml"]
    for path, content in zip(paths, (base, broken), strict=True):
        path.write_text(content, encoding="utf-8")
    return paths


def _base(data: Data) -> Data:
    """Parameters, facts and the measures that the entries name, as their packs write them."""
    written = yaml.safe_dump(data, allow_unicode=True)
    measures = _with_parts(one for one in catalogue().measures.values() if one.id in written)
    wanted = {
        "parameters": set(catalogue().parameters),
        "facts": set(catalogue().facts),
        "measures": {measure.id for measure in measures},
    }
    found: Data = {"document": raw()["school_census"]["document"]}
    for section, ids in wanted.items():
        found[section] = [
            {name: value for name, value in entry.items() if name != "aliases"}
            for pack in raw().values()
            for entry in pack.get(section, [])
            if entry["id"] in ids
        ]
    return found


def _with_parts(measures: Iterable[Measure]) -> list[Measure]:
    found = {measure.id: measure for measure in measures}
    waiting = list(found.values())
    while waiting:
        measure = waiting.pop()
        for id_ in (*measure.mean_of, *([measure.of] if measure.of else [])):
            if id_ not in found:
                found[id_] = catalogue().measures[id_]
                waiting.append(found[id_])
    return list(found.values())
