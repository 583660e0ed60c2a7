"""Makes measures fit to be published: small counts are masked where they are of something sensitive.

Schools, townships, kinds of schools and the county are held against each other, whichever of them is asked
for: one list may be published today and another tomorrow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.snapshot import Census
from jiaoheng.disclosure.lattice import TOTAL, Tree
from jiaoheng.disclosure.protect import LEAST, protect
from jiaoheng.measures import rules
from jiaoheng.measures.gather import slices
from jiaoheng.measures.recipes import Recipe, Term, recipes
from jiaoheng.measures.records import COUNTED
from jiaoheng.measures.values import compute
from jiaoheng.measures.words import column_of
from jiaoheng.packs import Catalogue, Fact
from jiaoheng.packs.expression import Node

MASKED = "masked"
"""The status of a value that is known and not published."""

REASON = "人数少，为保护个人信息不公布"


def publish(frame: pl.DataFrame, census: Census, *, catalogue: Catalogue, least: int = LEAST) -> pl.DataFrame:
    """Mask what may not be published of the rows of a census's year.

    Parameters
    ----------
    frame : measures in the long form of `measures.compute`, grouped in any way, of one year or several.
    census : the snapshot of the year whose rows are looked at; other rows stay as they are.
    least : counts from 1 to ``least - 1`` are small.

    Returns
    -------
    polars.DataFrame
        The same rows. Those that are masked have no value, numerator and denominator, the status `MASKED`,
        and a reason.
    """
    every = rules.in_force(catalogue, census.year)
    found = _sensitive(every)
    if not set(frame.filter(year=census.year)["measure"]) & found.keys():
        return frame
    # All that count the same persons, asked for or not: what one masks no other may tell.
    masks = _masks(census, every, found, least)
    hidden = pl.Series(
        [
            year == census.year
            and status == "known"
            and _label(by, key) in masks.get((measure, stage), frozenset())
            for measure, year, by, key, stage, status in frame.select(
                "measure", "year", "by", "key", "stage", "status"
            ).iter_rows()
        ],
        dtype=pl.Boolean,
    )
    return frame.with_columns(
        *(pl.when(~hidden).then(pl.col(name)).alias(name) for name in ("value", "numerator", "denominator")),
        status=pl.when(hidden).then(pl.lit(MASKED)).otherwise("status"),
        reason=pl.when(hidden).then(pl.lit(REASON)).otherwise("reason"),
    )


def sensitive_measures(catalogue: Catalogue) -> tuple[str, ...]:
    """The measures that count persons by something sensitive, by the classes of the dictionary."""
    return tuple(_sensitive(catalogue))


Quantity = tuple[Node, Node | None]
"""What is counted: a tree over the columns of a grain, and the rows on which it is."""

Slot = tuple[str, str | None]
"""A measure and the label of its rows: a stage, several together, or none."""


@dataclass
class _Count:
    """The counts of one quantity by group and stage, with what they are out of where that is public."""

    grain: str
    counts: dict[tuple[str, str], float] = field(default_factory=dict)
    wholes: dict[tuple[str, str], float] = field(default_factory=dict)
    slots: set[Slot] = field(default_factory=set)


def _sensitive(catalogue: Catalogue) -> dict[str, Recipe]:
    found = recipes(catalogue, catalogue.measures.values())
    # A coefficient of variation is one figure for all schools; it says nothing of any of them.
    return {
        recipe.measure.id: recipe
        for recipe in found
        if recipe.kind not in ("variation", "mean")
        and any(_is_sensitive(catalogue, term, node) for term in recipe.terms for node in term.nodes)
    }


def _is_sensitive(catalogue: Catalogue, term: Term, node: Node) -> bool:
    for name in node.columns():
        if name.startswith(COUNTED):
            if _counts_sensitive(catalogue, catalogue.facts[name.removeprefix(COUNTED)]):
                return True
        elif (column := column_of(name, term.grain)) is not None and column.rule.published == "protected":
            return True
    return False


def _counts_sensitive(catalogue: Catalogue, fact: Fact) -> bool:
    """Whether a fact is counted from what is sensitive of a person."""
    table = fact.records.table if fact.records else fact.table
    node = catalogue.records_node(fact) or catalogue.fact_node(fact)
    columns = dictionary.table(table).by_name
    return any(columns[name].rule.published == "protected" for name in node.columns() if name in columns)


def _masks(
    census: Census, catalogue: Catalogue, found: Mapping[str, Recipe], least: int
) -> dict[Slot, frozenset[str]]:
    """Of every measure and stage, the groups that are masked."""
    masks: dict[Slot, set[str]] = defaultdict(set)
    trees = _trees(census)
    for count in _counts(census, catalogue, found):
        table = pl.DataFrame(
            {
                "group": [group for group, _ in count.counts],
                "stage": [stage for _, stage in count.counts],
                "count": [round(value) for value in count.counts.values()],
            },
            schema={"group": pl.String, "stage": pl.String, "count": pl.Int64},
        )
        wholes = [round(count.wholes.get(cell, -1)) for cell in count.counts]
        of = (
            "whole"
            if all(whole >= value for whole, value in zip(wholes, table["count"], strict=True))
            else None
        )
        table = table.with_columns(whole=pl.Series(wholes, dtype=pl.Int64))
        for stages, together in _separable(count.slots, catalogue):
            part = table.filter(pl.col("stage").is_in(stages))
            if part.is_empty():
                continue
            done = protect(
                part,
                dimensions=["group", "stage"] if together else ["group"],
                count="count",
                of=of,
                hierarchy={"group": trees if count.grain == "school" else (), "stage": together},
                least=least,
            )
            hidden = done.published.filter("masked")
            for measure, stage in count.slots:
                label = stage or ""
                rows = hidden.filter(pl.col("stage") == label) if together else hidden
                if label in stages or label in together.values():
                    masks[measure, stage] |= set(rows["group"])
    return {slot: frozenset(labels) for slot, labels in masks.items()}


def _counts(census: Census, catalogue: Catalogue, found: Mapping[str, Recipe]) -> list[_Count]:
    counts: dict[Quantity, _Count] = {}
    for grain, by in (
        ("school", "school"),
        ("area", "area"),
        ("county", "county"),
        ("county_stage", "county"),
    ):
        own = {id_: recipe for id_, recipe in found.items() if max(recipe.grains) == grain}
        if not own:
            continue
        rows = compute(census, own, by=by, engine="polars", catalogue=catalogue).filter(status="known")
        for row in rows.iter_rows(named=True):
            recipe = own[row["measure"]]
            group = row["key"] if by == "county" else _label(by, row["key"])
            cell = (group, row["stage"] or "")
            for name, quantity, whole in _quantities(catalogue, recipe):
                if row[name] is None:
                    continue
                count = counts.setdefault(quantity, _Count(grain))
                count.counts[cell] = row[name]
                count.slots.add((row["measure"], row["stage"]))
                if whole and row["denominator"] is not None:
                    count.wholes[cell] = row["denominator"]
    return list(counts.values())


def _quantities(catalogue: Catalogue, recipe: Recipe) -> Iterator[tuple[str, Quantity, bool]]:
    """What a row's numerator and denominator count, and whether the denominator is a public whole of it."""
    first = recipe.parts[0]
    below = recipe.divisor.numerator if recipe.divisor else first.denominator
    home = recipe.divisor or first
    hidden_below = below is not None and _is_sensitive(catalogue, home, below)
    yield "numerator", (first.numerator, first.where), below is not None and not hidden_below
    if below is not None and hidden_below:
        yield "denominator", (below, home.where), False


def _separable(slots: set[Slot], catalogue: Catalogue) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Stages that no published sum ties together, each alone; the others with what they add up to."""
    labels = {
        stage or "": part.stages
        for id_, _ in slots
        for part in slices(catalogue.measures[id_])
        for stage in [part.label]
    }
    together = {
        stage: label
        for label, stages in labels.items()
        if len(stages) > 1 and all(stage in labels for stage in stages)
        for stage in stages
    }
    if together:
        yield list(together), together
    for label in labels:
        if label not in together and label not in together.values():
            yield [label], {}


def _trees(census: Census) -> tuple[Tree, ...]:
    """How schools add up: by township, by class of area, by ownership."""
    schools = (
        census.table("schools")
        .select(["school_code", "area_code", "urban_rural_code", "ownership"])
        .to_pylist()
    )
    return tuple(
        {row["school_code"]: _label(by, key(row)) for row in schools}
        for by, key in (
            ("area", _plain("area_code")),
            ("urban_rural", _urban_rural),
            ("ownership", _plain("ownership")),
        )
    )


def _plain(column: str) -> Callable[[Mapping[str, str | None]], str]:
    return lambda row: row[column] or ""


def _urban_rural(school: Mapping[str, str | None]) -> str:
    place = terms.UrbanRuralCode.named(school["urban_rural_code"] or "")
    group = terms.UrbanRural.named(place.code) if place else None
    return str(group.value) if group else ""


def _label(by: str, key: str) -> str:
    """A group's name in a table in which schools, townships and kinds of schools stand side by side."""
    return key if by == "school" else TOTAL if by == "county" else f"{by} {key}"
