"""An assessment: the verdicts as tables, and the questions that a person asks of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.packs import Catalogue, Item, Measure, Standard, Tier
from jiaoheng.standards.verdict import Verdict, every


@dataclass(frozen=True)
class Assessed:
    """What became of a standard in one year.

    Attributes
    ----------
    standard, items : what was judged by, as it was in force.
    year : the year of the census.
    rows : columns of `ITEMS`: each item in each school and stage, or in the county.
    together : one row for each unit and item: ``unit``, ``item``, ``verdict``, and how many of its rows had
        each verdict.
    rules : columns of `RULES`.
    catalogue : the rules in force.
    """

    standard: Standard
    items: tuple[Item, ...]
    year: int
    rows: pl.DataFrame
    together: pl.DataFrame
    rules: pl.DataFrame
    catalogue: Catalogue

    @property
    def verdict(self) -> Verdict:
        """Of the county: all rules of its level, and every veto. `NOT_APPLICABLE` where there is no rule."""
        county = [rule.id for rule in self.standard.rules if rule.level == "county"]
        ruled = self.rules.filter(pl.col("rule").is_in(county))["verdict"].to_list()
        if len(ruled) < len(county):
            ruled.append(Verdict.UNKNOWN.value)
        vetoes = [item.id for item in self.items if item.veto]
        struck = self.together.filter(pl.col("item").is_in(vetoes))["verdict"].to_list()
        return every(Verdict(one) for one in (*ruled, *struck))

    @property
    def tier(self) -> Tier | None:
        """The highest tier that is reached with none below it skipped; None where none is."""
        reached = None
        for tier in self.standard.tiers:
            chosen = [item.id for item in self.items if not tier.groups or item.group in tier.groups]
            verdicts = self.together.filter(pl.col("item").is_in(chosen))["verdict"]
            met, within = (int((verdicts == one).sum()) for one in (Verdict.MET, Verdict.WITHIN))
            applicable = int((verdicts != Verdict.NOT_APPLICABLE).sum())
            if met < tier.met or within > tier.within or met + within < applicable:
                break
            reached = tier
        return reached

    def failing(self) -> pl.DataFrame:
        """The rows that are not met and not merely unknown, the farthest from their threshold first.

        Far is meant in shares of the threshold; what must be nothing is wholly missed by any amount.
        """
        bad = self.rows.filter(pl.col("verdict").is_in([Verdict.FAILED, Verdict.WITHIN]))
        apart = (
            pl.when(pl.col("threshold") == 0)
            .then(-1.0)
            .otherwise(pl.col("margin") / pl.col("threshold").abs())
        )
        return bad.sort(pl.col("verdict"), apart, pl.col("margin"), nulls_last=True)

    def one(self, unit: str) -> Assessed:
        """What became of one county, where many were assessed at once."""
        own = pl.col("unit") == unit
        rows, together, rules = (frame.filter(own) for frame in (self.rows, self.together, self.rules))
        return replace(self, rows=rows, together=together, rules=rules)

    def narrowed(self, wanted: pl.Expr) -> Assessed:
        """The same with those rows alone; a rule stays where the condition can be asked of it."""
        rows = self.rows.filter(wanted)
        asked = set(wanted.meta.root_names())
        rules = self.rules.filter(wanted) if asked <= set(self.rules.columns) else self.rules
        left = set(rows["item"])
        together = self.together.filter(pl.col("item").is_in(list(left)))
        items = tuple(item for item in self.items if item.id in left)
        return replace(self, items=items, rows=rows, together=together, rules=rules)

    def item(self, id_: str) -> Item:
        """The item of that id."""
        return next(item for item in self.items if item.id == id_)

    def word(self, verdict: Verdict | str) -> str:
        """What the document calls a verdict."""
        words = self.standard.words
        return {
            Verdict.MET: words.met,
            Verdict.WITHIN: words.within,
            Verdict.FAILED: words.failed,
            Verdict.UNKNOWN: "未知",
            Verdict.NOT_APPLICABLE: "不适用",
        }[Verdict(verdict)]

    def amount_unit(self, item: Item) -> str:
        """The unit of ``amount``: of the numerator, or of the measure where the gap is told by that."""
        if item.amount_unit:
            return item.amount_unit
        if item.measure is None:
            return ""
        measure = self.catalogue.measures[item.measure]
        if not told_by_numerator(item, self.catalogue):
            return measure.unit
        return counted_in(measure, self.catalogue) or measure.unit


def told_by_numerator(item: Item, catalogue: Catalogue) -> bool:
    """Whether a gap can be told in what the measure counts: teachers, m².

    It cannot where the measure is no ratio, nor where its numerator is an expression and the item does not
    say what that counts; then it is told in the unit of the measure.
    """
    measure = catalogue.measures.get(item.measure) if item.measure else None
    if measure is None or measure.denominator is None or measure.rollup != "ratio_of_sums":
        return False
    return item.amount_unit is not None or counted_in(measure, catalogue) is not None


def counted_in(measure: Measure, catalogue: Catalogue) -> str | None:
    """The unit of a measure's numerator where that is a fact or a column; None where it is an expression."""
    name = measure.numerator or ""
    if name in catalogue.facts:
        return catalogue.facts[name].unit
    homes = (table.by_name.get(name) for table in dictionary.tables().values())
    return next((column.unit_zh for column in homes if column is not None), None)
