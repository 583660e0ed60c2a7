"""Assesses many counties by a standard in one go: a province or a nation in one snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from jiaoheng import measures as measures_room
from jiaoheng.census.snapshot import Census
from jiaoheng.measures.many import ManyValues, compute_many
from jiaoheng.measures.rules import CENSUS_DAY, in_force
from jiaoheng.packs import Catalogue, Item, Rule, Standard
from jiaoheng.standards.assess import StandardError, conclude, named
from jiaoheng.standards.questions import questions
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.values import item_rows
from jiaoheng.standards.verdict import ITEMS


def assess_many(
    census: Census,
    standard: str,
    *,
    rules: Iterable[str] | None = None,
    catalogue: Catalogue | None = None,
    engine: str = "duckdb",
) -> Assessed:
    """Hold every county of a snapshot against a standard.

    Parameters
    ----------
    census : a snapshot of many counties; a school lies in the county whose code (six digits of GB/T 2260) its
        area's code begins with.
    standard : the id of a standard or of its document, or its name.
    rules : the ids of the rules that are wanted, with the items that they join and no others; all rules and
        items where None.
    catalogue : the rules; those that come with Jiaoheng where None.
    engine : ``duckdb``, ``polars`` or ``spark``.

    Returns
    -------
    Assessed
        ``unit`` is the code of the county. ``verdict``, ``tier`` and ``failing`` speak of one county: ask
        them of ``one(unit)``.

    Raises
    ------
    StandardError
        No pack defines the standard, or it has no such rule.
    PackError, EngineError
        A rule or an engine is not as it should be.

    Notes
    -----
    What counties declare, and what a county keeps as a whole (finance, surveys), is not in such a snapshot:
    these items are unknown. The figures of schools are those of `assess`, without the names of schools and
    with shorter reasons.
    """
    every = catalogue or measures_room.catalogue()
    in_day = in_force(every, census.year)
    chosen = _narrowed(named(in_day, standard), rules)
    items = in_day.items_of(chosen)
    if rules is not None:
        items = tuple(item for item in items if any(_joins(rule, item) for rule in chosen.rules))
    asked = questions(in_day, items)
    found = compute_many(
        census,
        by_school=asked.by_school,
        by_county=asked.by_county,
        engine=engine,
        catalogue=every,
        extra=asked.made,
    )
    day = date(census.year, *CENSUS_DAY)
    rows = [_rows(item, found, in_day, day) for item in items]
    table = pl.concat([pl.DataFrame(schema=ITEMS), *rows])
    return conclude(chosen, items, table, catalogue=in_day, year=census.year)


def _narrowed(standard: Standard, rules: Iterable[str] | None) -> Standard:
    """The standard with the wanted rules, and the school rules that these rest on."""
    if rules is None:
        return standard
    wanted = set(rules)
    known = {rule.id: rule for rule in standard.rules}
    for id_ in sorted(wanted):
        if id_ not in known:
            raise StandardError(f"「{standard.name}」没有规则「{id_}」。可用：{'、'.join(known)}。")
    wanted |= {rule.schools for rule in standard.rules if rule.id in wanted and rule.schools}
    kept = tuple(rule for rule in standard.rules if rule.id in wanted)
    return standard.model_copy(update={"rules": kept, "tiers": ()})


def _joins(rule: Rule, item: Item) -> bool:
    return item.group in rule.groups or item.id in rule.items


def _rows(item: Item, found: ManyValues, catalogue: Catalogue, day: date) -> pl.DataFrame:
    if item.declared is not None:
        counties = pl.DataFrame({"unit": found.units}, schema={"unit": pl.String})
        row = item_rows(item, pl.DataFrame(), catalogue, unit="", day=day, answers=None)
        return row.drop("unit").join(counties, how="cross").select(ITEMS.names())
    at_school = item.judged == "school"
    frames = found.schools if at_school else found.counties
    asked = questions(catalogue, [item])
    ids = asked.by_school if at_school else asked.by_county
    computed = pl.concat(frames[id_].with_columns(measure=pl.lit(id_)) for id_ in ids)
    # Counties are judged as schools are, a row for each key; the name beside it is the code of the county.
    each = item.model_copy(update={"judged": "school"})
    rows = item_rows(each, computed, catalogue, unit="", day=day, answers=None)
    nothing = pl.lit(None, pl.String)
    return rows.with_columns(
        unit="school_name", school="school" if at_school else nothing, school_name=nothing
    )
