"""Items that are judged in schools, at their boundaries, from a census to the verdict.

For each item schools are made whose figures lie a step of what a form can hold (one teacher, 0.01 m², one
yuan) around the threshold. What should become of them is worked out from the pack's own expressions in
exact fractions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from every_pack import every_catalogue
from exact import Exact, compared, exact

from jiaoheng import standards
from jiaoheng.census import dictionary
from jiaoheng.measures.recipes import Term, recipes, with_facts
from jiaoheng.measures.rules import in_force
from jiaoheng.packs import Item
from jiaoheng.packs.expression import Node
from small import school, snapshot

EVERY = every_catalogue()
CATALOGUE = in_force(EVERY, 2025)
KIND = {
    "preschool": "kindergarten",
    "primary": "primary_school",
    "junior": "junior_school",
    "senior": "senior_school",
}
PUPILS = (50, 100, 470, 1000, 1990)
CLASSES = 7
BELOW = 130
"""What stands below a ratio, where it is not pupils."""
OWN = {
    name: {column.name: column for column in dictionary.table(name).columns}
    for name in ("schools", "school_stages")
}


@dataclass(frozen=True)
class Tried:
    """A school at a boundary of an item, and the verdict that it should have."""

    item: Item
    stage: str
    row: Mapping[str, Exact]
    value: Fraction
    verdict: str


def judged_in_schools() -> list[Item]:
    items = [item for standard in CATALOGUE.standards.values() for item in CATALOGUE.items_of(standard)]
    return [item for item in items if item.judged == "school" and item.measure is not None and item.op]


ITEMS = judged_in_schools()


def tries(item: Item) -> Iterator[Tried]:
    measure = CATALOGUE.measures[item.measure or ""]
    (term,) = recipes(CATALOGUE, [measure])[-1].parts
    for stage in measure.stages:
        if (item.stages and stage not in item.stages) or stage not in KIND:
            continue
        for pupils in PUPILS:
            plain = row_of(term, stage, Fraction(pupils))
            for value in around(item, term, stage, plain, Fraction(str(measure.factor))):
                found = exactly(term, value, Fraction(str(measure.factor)))
                if found is not None:
                    yield Tried(item, stage, value, found, expected(item, stage, value, found))


def around(
    item: Item, term: Term, stage: str, plain: dict[str, Exact], factor: Fraction
) -> list[dict[str, Exact]]:
    """Rows whose value lies at a threshold and a step to either side, by one column that can be moved."""
    rows = []
    for bound in bounds(item, stage, plain):
        for name in movable(term, plain):
            one, two = (exactly(term, moved(plain, name, Fraction(at)), factor) for at in (1, 2))
            if one is None or two is None or one == two or 1 + (bound - one) / (two - one) < 0:
                continue
            step = step_of(name)
            middle = math.floor((1 + (bound - one) / (two - one)) / step)
            found = [moved(plain, name, step * at) for at in range(middle - 1, middle + 3) if at >= 0]
            if crosses(item, term, found, factor, bound):
                rows += found
                break
    return rows


def crosses(item: Item, term: Term, rows: list[dict[str, Exact]], factor: Fraction, bound: Fraction) -> bool:
    assert item.op
    values = [exactly(term, row, factor) for row in rows]
    return {compared(value, item.op, bound) for value in values if value is not None} == {True, False}


def bounds(item: Item, stage: str, row: Mapping[str, Exact]) -> list[Fraction]:
    first = threshold(item.value, stage, row)
    if item.within is None:
        return [first]
    share = item.within.share
    return [first, first * Fraction(str(share)) if share else threshold(item.within.value, stage, row)]


def threshold(value: object, stage: str, row: Mapping[str, Exact]) -> Fraction:
    if isinstance(value, dict):
        return Fraction(str(value[stage]))
    if isinstance(value, str):
        found = exact(with_facts(CATALOGUE, CATALOGUE.node(value)), row)
        assert isinstance(found, Fraction)
        return found
    return Fraction(str(value))


def expected(item: Item, stage: str, row: Mapping[str, Exact], value: Fraction) -> str:
    assert item.op
    words = ("met", "within")
    for bound, word in zip(bounds(item, stage, row), words, strict=False):
        if compared(value, item.op, bound):
            return word
    return "failed"


def exactly(term: Term, row: Mapping[str, Exact], factor: Fraction) -> Fraction | None:
    """The measure in a school of one stage; None where the school is not looked at or has no value."""
    if term.where is not None and exact(term.where, row) is not True:
        return None
    top = exact(term.numerator, row)
    below = Fraction(1) if term.denominator is None else exact(term.denominator, row)
    if not isinstance(top, Fraction) or not isinstance(below, Fraction) or not below:
        return None
    return top / below * factor


def row_of(term: Term, stage: str, pupils: Fraction) -> dict[str, Exact]:
    """A school of one stage in which there is nothing but pupils, classes and what others are divided by."""
    row: dict[str, Exact] = {"stage": stage, "school_type": KIND[stage], "urban_rural": "urban"}
    row |= {"ownership": "public", "urban_rural_code": "111"}
    compulsory = stage in ("primary", "junior")
    row |= {
        "pupils": pupils,
        "classes": Fraction(CLASSES),
        "school_pupils": pupils,
        "school_compulsory_pupils": pupils if compulsory else Fraction(0),
        "school_compulsory_classes": Fraction(CLASSES) if compulsory else Fraction(0),
        "stage_count": Fraction(1),
        "stage_share": Fraction(1),
        "school_stage_count": Fraction(stage != "preschool"),
        "compulsory_stage_count": Fraction(compulsory),
    }
    nodes: list[Node] = list(term.nodes)
    below = set() if term.denominator is None else term.denominator.columns()
    for name in {name for node in nodes for name in node.columns()} - row.keys():
        column = OWN["schools"].get(name) or OWN["school_stages"].get(name)
        if column is not None and column.type in ("integer", "number"):
            row[name] = Fraction(BELOW if name in below else 0)
        elif column is not None and column.type == "boolean":
            row[name] = False
    return row


def movable(term: Term, plain: Mapping[str, Exact]) -> list[str]:
    """The columns of the numerator that can be moved, pupils last."""
    own = (OWN["schools"].keys() | OWN["school_stages"].keys()) - {"pupils", "classes"}
    names = [name for name in sorted(term.numerator.columns() & own) if isinstance(plain[name], Fraction)]
    return [*names, "pupils"]


def moved(plain: Mapping[str, Exact], name: str, value: Fraction) -> dict[str, Exact]:
    """The school with another figure; the pupils of the one stage are those of the school."""
    of_school = ("school_pupils", "school_compulsory_pupils") if name == "pupils" else ()
    return {**plain, name: value, **{other: value for other in of_school if plain[other]}}


def step_of(name: str) -> Fraction:
    column = OWN["schools"].get(name) or OWN["school_stages"][name]
    if column.type == "integer":
        return Fraction(1)
    return Fraction(1) if column.unit == "元" else Fraction("0.01")


def stored(tried: list[Tried]) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {"schools": [], "school_stages": []}
    for place, one in enumerate(tried):
        code = f"21440{place:05}"
        plain = {name: _stored(value) for name, value in one.row.items() if value is not None}
        tables["schools"].append(
            school(code) | {name: value for name, value in plain.items() if name in OWN["schools"]}
        )
        own = {name: value for name, value in plain.items() if name in OWN["school_stages"]}
        tables["school_stages"].append(own | {"school_code": code, "stage": one.stage})
    return tables


def _stored(value: Exact) -> Any:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


@pytest.mark.parametrize("standard", sorted({item.standard for item in ITEMS}))
def test_schools_at_a_boundary_are_judged_as_the_document_says(standard: str, tmp_path: Path) -> None:
    tried = [one for item in ITEMS if item.standard == standard for one in tries(item)]
    assessed = standards.assess(snapshot(tmp_path, stored(tried)), standard, catalogue=EVERY)
    found = {
        (row["item"], row["school"]): row
        for row in assessed.rows.filter(pl.col("school").is_not_null()).iter_rows(named=True)
    }
    for place, one in enumerate(tried):
        row = found[one.item.id, f"21440{place:05}"]
        said = (one.item.id, one.stage, dict(one.row), row["value"], float(one.value))
        assert math.isclose(row["value"], one.value, rel_tol=1e-12, abs_tol=1e-12), said
        assert row["verdict"] == one.verdict, said


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_item_of_schools_has_been_tried_on_each_side(item: Item) -> None:
    tried = list(tries(item))
    wanted = {"met", "failed"} | ({"within"} if item.within else set())
    assert {one.verdict for one in tried} == wanted
