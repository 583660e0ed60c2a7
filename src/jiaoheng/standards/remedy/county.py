"""From an assessed county to the problem: the standard's school rule, its caps, and what every school has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from jiaoheng import engine as engines
from jiaoheng import measures
from jiaoheng.census.snapshot import Census
from jiaoheng.measures.base import Wanted, school_frame
from jiaoheng.measures.sums import split_weights
from jiaoheng.packs import Catalogue, Standard
from jiaoheng.packs import Item as Judged
from jiaoheng.packs import Rule as Joined
from jiaoheng.standards.remedy.actions import RemedyError
from jiaoheng.standards.remedy.problem import Item, Problem, Rule, SchoolStage
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.verdict import Verdict


@dataclass(frozen=True)
class County:
    """A problem, and where it comes from.

    Attributes
    ----------
    rule : the rule of the standard that schools must pass.
    judged : the items of the standard, in the order of the problem's.
    """

    problem: Problem
    assessed: Assessed
    rule: Joined
    judged: tuple[Judged, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """Names that people may give the items by, to the ids of their measures."""
        found: dict[str, str] = {}
        for item in self.judged:
            if item.measure is not None:
                measure = self.assessed.catalogue.measures[item.measure]
                given = (item.id, item.name, measure.name, *(alias.name for alias in measure.aliases))
                found |= dict.fromkeys(given, measure.id)
        return found


def county(census: Census, assessed: Assessed, *, catalogue: Catalogue) -> County:
    """The problem of a county that was assessed.

    Parameters
    ----------
    catalogue : every rule, whatever the year.

    Raises
    ------
    RemedyError
        The standard has no rule for schools that more of everything would help to pass.
    """
    rule, judged = _school_rule(assessed)
    items = tuple(_item(assessed, item) for item in judged)
    stages = list(dict.fromkeys(_applicable(assessed, judged)["stage"].to_list()))
    levels = {stage: tuple(_level(item, stage) for item in judged) for stage in stages}
    floors = {
        stage: tuple(
            _floor(item, stage, level, rule) for item, level in zip(judged, levels[stage], strict=True)
        )
        for stage in stages
    }
    caps = {stage: tuple(_cap(assessed, item, stage) for item in items) for stage in stages}
    needed = len(items) if rule.at_least is None else rule.at_least
    rows = _rows(census, assessed, judged, catalogue)
    if not rows:
        raise RemedyError(f"「{assessed.standard.name}」在这一年没有可以评估的学校。请先导入学校数据。")
    return County(Problem(items, rows, Rule(levels, floors, caps, needed)), assessed, rule, judged)


def _school_rule(assessed: Assessed) -> tuple[Joined, tuple[Judged, ...]]:
    for rule in assessed.standard.rules:
        items = tuple(
            item
            for item in assessed.items
            if (item.group in rule.groups or item.id in rule.items)
            and item.judged == "school"
            and item.measure is not None
            and _more_helps(assessed, item)
        )
        if rule.level == "school" and items:
            return rule, items
    raise RemedyError(_unfit(assessed.standard, "没有学校要逐项达到的、越多越好的指标"))


def _more_helps(assessed: Assessed, item: Judged) -> bool:
    measure = assessed.catalogue.measures[item.measure or ""]
    return item.op == ">=" and measure.rollup == "ratio_of_sums" and measure.denominator == "pupils"


def _unfit(standard: Standard, why: str) -> str:
    return f"「{standard.name}」{why}，不能计算补齐方案。可用：quality-balance-2017。"


def _item(assessed: Assessed, item: Judged) -> Item:
    measure = assessed.catalogue.measures[item.measure or ""]
    return Item(measure.id, item.name, measure.unit, assessed.amount_unit(item), int(measure.factor))


def _level(item: Judged, stage: str) -> Fraction:
    value = item.value
    if isinstance(value, Mapping):
        value = value.get(stage)
    if not isinstance(value, int | float):
        raise RemedyError(f"「{item.name}」的阈值是算式，不能计算补齐方案。")
    return Fraction(str(value))


def _floor(item: Judged, stage: str, level: Fraction, rule: Joined) -> Fraction:
    """How low an item may lie that does not reach its threshold."""
    if rule.others is None:
        return Fraction(0)
    if item.within is None:
        return level
    if item.within.share is not None:
        return level * Fraction(str(item.within.share))
    value = item.within.value
    if isinstance(value, Mapping):
        value = value.get(stage)
    if not isinstance(value, int | float):
        raise RemedyError(f"「{item.name}」的另一个阈值是算式，不能计算补齐方案。")
    return Fraction(str(value))


def _cap(assessed: Assessed, item: Item, stage: str) -> float | None:
    """The most that the coefficient of an item may be, where the standard says so."""
    for one in assessed.items:
        if one.measure is None or one.op != "<=" or one.judged != "county":
            continue
        if assessed.catalogue.measures[one.measure].of == item.id:
            value = one.value.get(stage) if isinstance(one.value, Mapping) else one.value
            return value if isinstance(value, float) else None
    return None


def _applicable(assessed: Assessed, judged: Sequence[Judged]) -> pl.DataFrame:
    return assessed.rows.filter(
        pl.col("item").is_in([item.id for item in judged])
        & (pl.col("verdict") != Verdict.NOT_APPLICABLE)
        & pl.col("school").is_not_null()
    ).sort("school", "stage", descending=[False, True])


def _rows(
    census: Census, assessed: Assessed, judged: Sequence[Judged], catalogue: Catalogue
) -> tuple[SchoolStage, ...]:
    ids = [item.measure for item in judged if item.measure is not None]
    counted = measures.compute(census, ids, by="school", catalogue=catalogue)
    amounts = {
        (key, stage, id_): (numerator, denominator)
        for key, stage, id_, numerator, denominator in counted.select(
            "key", "stage", "measure", "numerator", "denominator"
        ).iter_rows()
    }
    frame = _frame(census, assessed.catalogue)
    decided: dict[tuple[str, str], dict[str, tuple[float | None, str | None]]] = {}
    for row in _applicable(assessed, judged).iter_rows(named=True):
        place = decided.setdefault((row["school"], row["stage"]), {})
        place[row["item"]] = (row["numerator"], row["exemption"])
    found = []
    for (school, stage), verdicts in decided.items():
        base = frame[school, stage]
        own = [amounts.get((school, stage, id_), (None, None)) for id_ in ids]
        pupils = next((denominator for _, denominator in own if denominator), base["pupils"])
        if not pupils:
            continue
        credits = tuple(
            _credit(amount, verdicts.get(item.id, (None, None)))
            for (amount, _), item in zip(own, judged, strict=True)
        )
        found.append(
            SchoolStage(
                school=school,
                name=base["name"] or school,
                stage=stage,
                pupils=int(pupils),
                amounts=tuple(amount for amount, _ in own),
                credits=credits,
                share=1.0 if base["stage_share"] is None else base["stage_share"],
                alone=base["stage_count"] == 1,
                teachers=None if base["teachers"] is None else int(base["teachers"]),
                area=base["area_code"] or "",
                area_name=base["area_name"] or "",
                urban_rural=base["urban_rural"] or "",
            )
        )
    return tuple(found)


def _credit(amount: float | None, decided: tuple[float | None, str | None]) -> float:
    """What an exemption lets count besides what the measure counts."""
    counted, exemption = decided
    if exemption is None or counted is None or amount is None:
        return 0.0
    return max(0.0, counted - amount)


def _frame(census: Census, catalogue: Catalogue) -> dict[tuple[str, str], dict[str, Any]]:
    with engines.open("polars") as engine:
        wanted = Wanted(frozenset({"teachers"}))
        base = school_frame(census, engine, wanted, weights=split_weights(catalogue))
        rows = base.collect("polars").to_native()
    names = {
        table: pl.DataFrame(pl.from_arrow(census.table(table).select([code, "name"]))).rename({"name": named})
        for table, code, named in (("schools", "school_code", "name"), ("areas", "area_code", "area_name"))
    }
    joined = rows.join(names["schools"], on="school_code", how="left")
    joined = joined.join(names["areas"], on="area_code", how="left")
    return {(row["school_code"], row["stage"]): row for row in joined.iter_rows(named=True)}
